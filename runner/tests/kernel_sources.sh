#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel_sources: what `kernel build` does with sources and patches that mean harm, or are broken: each is
# refused in words that name it, nothing is written outside, no kernel and no half of one stays. And that series
# come in whatever form.
# shellcheck disable=SC2016,SC2317 # functions are called by `holds`
. "${0%/*}/lib.sh"
. "${0%/*}/fake_kernel.sh"

rm -f "$place/cache/kernels" # a cache of its own, empty
cache=$place/cache
tree=$place/linux
fragment=$place/mine.config
outside=$place/outside

fake_kernel "$tree"
tar -C "$place" -cf "$place/good.tar" linux
printf '# base: allnoconfig\n# figures: no\nCONFIG_MMU=y\n' >"$fragment"
mkdir "$outside"
echo 'as it was' >"$outside/file"

bench kernel build --source "$place/good.tar" --config "$fragment" ||
	! grep -q 'needs these packages' "$place/err" ||
	skip "$(cat "$place/err")"

kernels() {
	find "$cache/kernels" -mindepth 1 -maxdepth 1 -type d | wc -l
}
there=$(kernels)

unharmed() { # nothing outside, nothing half-made, no kernel more
	local left
	left=$(find "$cache" \( -name 'run.*' -o -name '.new-*' \) -print
		find "$outside" -newer "$fragment" ! -path "$outside" ! -path "$outside/file" -print)
	[ -z "$left" ] && [ "$(cat "$outside/file")" = 'as it was' ] && [ "$(kernels)" = "$there" ] || {
		echo "there is: $left $(cat "$outside/file") $(kernels)"
		return 1
	}
}

refused() { # refused SOURCE WORDS [ARGUMENT…]
	ends_with 1 kernel build --source "$1" --config "$fragment" "${@:3}" && said "$2" && unharmed
}

# Tarballs: the good one, and one entry more.
entry() { # entry NAME KIND [TARGET]: in evil.tar
	rm -rf "$place/x" "$place/evil.tar"
	case $2 in
	file) echo bad >"$place/x" ;;
	folder) mkdir "$place/x" ;;
	link) ln -s "$3" "$place/x" ;;
	fifo) mkfifo "$place/x" ;;
	esac
	cp "$place/good.tar" "$place/evil.tar"
	tar -C "$place" -rPf "$place/evil.tar" --transform "flags=r;s,^x\$,$1," x
}

tarball_refused() { # tarball_refused WORDS NAME KIND [TARGET]
	entry "${@:2}" && refused "$place/evil.tar" "$1"
}
holds "a tarball with an absolute path is refused" \
	tarball_refused 'its name is absolute' "$outside/new" file
holds "a tarball with .. in a path is refused" \
	tarball_refused 'its name leads out by ".."' linux/../outside/new file
holds "a tarball with a link to an absolute path is refused" \
	tarball_refused 'linux/l: it is a symbolic link out of the tree' linux/l link "$outside"
holds "a tarball with a link out by .. is refused" \
	tarball_refused 'linux/mm/l: it is a symbolic link out of the tree' linux/mm/l link ../../outside
holds "a tarball with a fifo is refused" \
	tarball_refused 'linux/f: it is a device, a fifo or a socket' linux/f fifo
holds "a tarball with a name twice is refused" \
	tarball_refused 'linux/Makefile: it is in the archive twice' linux/Makefile file
holds "a tarball with two folders at its top is refused" \
	tarball_refused 'it is not in the folder linux' other/Makefile file

through_a_link() {
	entry linux/l link mm
	rm "$place/x"
	echo bad >"$place/x"
	tar -C "$place" -rPf "$place/evil.tar" --transform 'flags=r;s,^x$,linux/l/new,' x
	refused "$place/evil.tar" linux/l/new
}
holds "a tarball that writes through a link is refused" through_a_link

hard_link() {
	cp -a "$tree" "$place/other"
	ln "$place/other/Kconfig" "$place/other/mm/hard"
	tar -C "$place" -cf "$place/evil.tar" --transform 's,^other,linux,' other
	rm -r "$place/other"
	refused "$place/evil.tar" 'it is a hard link'
}
holds "a tarball with a hard link is refused" hard_link

cut_short() {
	gzip -k "$place/good.tar"
	head -c 700 "$place/good.tar.gz" >"$place/cut.tar.gz"
	refused "$place/cut.tar.gz" cut.tar.gz
}
holds "a tarball that is cut short is refused" cut_short

no_kernel() {
	mkdir "$place/empty"
	touch "$place/empty/README"
	tar -C "$place" -cf "$place/evil.tar" empty
	refused "$place/evil.tar" "no kernel's source" && refused "$fragment" mine.config &&
		refused "$place/empty" 'neither the top folder of a git tree'
}
holds "what is no kernel is said" no_kernel

# Patches.
patch_refused() { # patch_refused WORDS DIFF
	printf '%b' "$2" >"$place/evil.patch"
	refused "$place/good.tar" "$1" --patch "$place/evil.patch" && said evil.patch
}
holds "a patch that writes outside by .. is refused" patch_refused 'outside the tree: ../outside/file' \
	'--- a/../outside/file\n+++ b/../outside/file\n@@ -1 +1 @@\n-as it was\n+bad\n'
holds "a patch that writes outside further down is refused" \
	patch_refused 'outside the tree: mm/../../outside/new' \
	'--- /dev/null\n+++ b/mm/../../outside/new\n@@ -0,0 +1 @@\n+bad\n'
holds "a patch that renames to outside is refused" patch_refused 'outside the tree: ../outside/new' \
	'diff --git a/mm/mmap.c b/../outside/new\nsimilarity index 100%%\nrename from mm/mmap.c\nrename to ../outside/new\n'
holds "a patch that writes into .git is refused" patch_refused 'outside the tree: .git/config' \
	'--- /dev/null\n+++ b/.git/config\n@@ -0,0 +1 @@\n+bad\n'
holds "a patch that makes a link is refused" patch_refused 'symbolic link' \
	"diff --git a/mm/l b/mm/l\nnew file mode 120000\n--- /dev/null\n+++ b/mm/l\n@@ -0,0 +1 @@\n+$outside\n\\\\ No newline at end of file\n"
holds "a binary patch is refused" patch_refused 'binary patch' \
	'diff --git a/mm/b b/mm/b\nnew file mode 100644\nGIT binary patch\nliteral 1\nIcmZQz\n\n'
holds "a patch with NUL bytes is refused" patch_refused 'NUL byte' \
	'--- a/mm/mmap.c\n+++ b/mm/mmap.c\n@@ -1 +1 @@\n-int mapped;\n+\0000\n'
holds "a patch that is cut short is refused" patch_refused 'within a hunk' \
	'--- a/mm/mmap.c\n+++ b/mm/mmap.c\n@@ -1,9 +1 @@\n-int mapped;\n'

absolute() {
	mkdir -p "$place/quilt"
	printf -- '--- %s/file\n+++ %s/file\n@@ -1 +1 @@\n-as it was\n+bad\n' "$outside" "$outside" \
		>"$place/quilt/evil.patch"
	echo 'evil.patch -p0' >"$place/quilt/series"
	refused "$place/good.tar" 'outside the tree: /' --patch "$place/quilt"
}
holds "a patch that writes to an absolute path is refused" absolute

quilt_outside() {
	echo '../evil.patch' >"$place/quilt/series"
	refused "$place/good.tar" 'line 1: ../evil.patch lies outside its folder' --patch "$place/quilt"
}
holds "a quilt series that names a file outside is refused" quilt_outside

through_a_trees_link() { # a link that stands in the tree already
	rm -rf "$place/linked"
	mkdir "$place/linked"
	cp -a "$tree" "$place/linked/linux"
	ln -s ../mm "$place/linked/linux/scripts/link"
	tar -C "$place/linked" -cf "$place/linked.tar" linux
	printf -- '--- a/scripts/link/mmap.c\n+++ b/scripts/link/mmap.c\n@@ -1 +1 @@\n-int mapped;\n+bad\n' \
		>"$place/evil.patch"
	refused "$place/linked.tar" 'symbolic link' --patch "$place/evil.patch"
}
holds "a patch that writes through a link of the tree is refused" through_a_trees_link

# Markup, quotes and terminal codes in a subject: shown as they are or as '?', and never obeyed.
a_subject_is_words() {
	{
		printf 'From: A <a@b.invalid>\nSubject: =?utf-8?q?=5BPATCH=5D_=3Cb=3E=22=27_=1B[31m_=07_=C3?=\n\nwhy\n---\n'
		printf -- '--- a/mm/mmap.c\n+++ b/mm/mmap.c\n@@ -1 +1 @@\n-int mapped;\n+int other;\n'
	} >"$place/subject.patch"
	ends_with 0 kernel build --source "$place/good.tar" --config "$fragment" --name odd \
		--patch "$place/subject.patch" && there=$(kernels) && ends_with 0 kernel show odd &&
		grep -qF "<b>\"' ?[31m ? ?" "$place/out" && ! grep -q "$(printf '[\033\007]')" "$place/out" &&
		ends_with 0 kernel show odd --json && ends_with 0 kernel rm --yes odd && there=$(kernels)
}
holds "a subject with markup and terminal codes is only words" a_subject_is_words

# What series come in.
change() { # change FILE FROM TO: a diff
	printf -- '--- a/%s\n+++ b/%s\n@@ -1 +1 @@\n-%s\n+%s\n' "$1" "$1" "$2" "$3"
}
mail() { # mail SUBJECT: around a diff
	printf 'From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n'
	printf 'From: A <a@b.invalid>\nSubject: %s\n\nWhy.\n---\n mm/mmap.c | 2 +-\n\n' "$1"
	cat
	printf -- '-- \n2.39\n\n'
}
keys_of() { # keys_of PATCH…: of one build
	local arguments=() patch
	for patch in "$@"; do arguments+=(--patch "$patch"); done
	ends_with 0 kernel build --source "$place/good.tar" --config "$fragment" --json "${arguments[@]}" &&
		sed -n 's/^ *"key": "\(.*\)".*/\1/p' "$place/out" >>"$place/keys"
}

series_in_any_form() {
	change mm/mmap.c 'int mapped;' 'int one;' >"$place/1.diff"
	change mm/mmap.c 'int one;' 'int two;' >"$place/2.diff"
	: | mail '[PATCH 0/2] both' >"$place/series.mbox"
	mail '[PATCH 2/2] two' <"$place/2.diff" >>"$place/series.mbox"
	mail '[PATCH 1/2] one' <"$place/1.diff" >>"$place/series.mbox"
	mail 'Re: [PATCH 1/2] one' <"$place/1.diff" >>"$place/series.mbox"
	mkdir "$place/out.d" "$place/patches"
	mail '[PATCH 1/2] one' <"$place/1.diff" >"$place/out.d/0001-one.patch"
	mail '[PATCH 2/2] two' <"$place/2.diff" >"$place/out.d/0002-two.patch"
	cp "$place/1.diff" "$place/2.diff" "$place/patches"
	printf '1.diff -p1 # the first\n\n2.diff\n' >"$place/patches/series"
	gzip -k "$place/series.mbox"
	rm -f "$place/keys"
	keys_of "$place/series.mbox" && said 'in the order of their numbers' && said '1 reply is passed over' &&
		keys_of "$place/series.mbox.gz" && keys_of "$place/out.d" && keys_of "$place/patches" &&
		keys_of "$place/1.diff" "$place/2.diff" && [ "$(wc -l <"$place/keys")" = 5 ] &&
		[ "$(sort -u "$place/keys" | wc -l)" = 1 ] && there=$(kernels)
}
holds "mbox, compressed mbox, folder, quilt series and diffs of one series are one kernel" series_in_any_form

the_hunk_is_named() {
	{
		printf -- '--- a/scripts/compile\n+++ b/scripts/compile\n@@ -1,2 +1,3 @@\n+#\n'
		head -n 2 "$tree/scripts/compile" | sed 's/^/ /'
		printf '@@ -4,1 +5,1 @@\n-nothing like it\n+x\n'
	} | mail '[PATCH 2/2] mm: foo' >"$place/out.d/0002-two.patch"
	refused "$place/good.tar" \
		'0002-two.patch ("mm: foo"): scripts/compile: hunk 2 of 2 (line 4) does not apply' \
		--patch "$place/out.d"
}
holds "a patch that does not apply says which hunk of which file" the_hunk_is_named

git_trees() {
	git -C "$tree" init -q && git -C "$tree" add -A &&
		git -C "$tree" -c user.name=a -c user.email=a@b.invalid commit -qm one && git -C "$tree" tag v7.3.4 &&
		git clone -q --bare "$tree" "$place/bare.git" && echo 'int broken' >"$tree/mm/mmap.c" || return
	rm -f "$place/keys"
	for source in "$tree" "$tree@v7.3.4" "$place/bare.git@HEAD"; do
		ends_with 0 kernel build --source "$source" --config "$fragment" --json &&
			sed -n 's/^ *"key": "\(.*\)".*/\1/p' "$place/out" >>"$place/keys" || return
	done
	there=$(kernels)
	[ "$(sort -u "$place/keys" | wc -l)" = 1 ] && [ "$(cat "$tree/mm/mmap.c")" = 'int broken' ] &&
		refused "$tree@v9" 'there is no such commit: v9' && refused "$tree/mm" 'neither the top folder'
}
holds "a commit is one source, in a work tree and in a bare repository, whatever is not committed" git_trees

kept_package() { # a version that is named, and kept: no mirror is asked
	local kept
	kept=$cache/sources/$(printf x | sha256sum | cut -d' ' -f1)
	mkdir -p "$kept"
	xz -c "$place/good.tar" >"$kept/linux-source-9.8.tar.xz"
	echo 'linux-source-9.8 9.8.1-1 nowhere' >"$kept/package"
	ends_with 0 kernel build --source debian:linux-source-9.8=9.8.1-1 --config "$fragment" --name kept &&
		there=$(kernels) && ends_with 0 kernel show kept &&
		grep -q 'linux-source-9.8 9.8.1-1 (nowhere)' "$place/out" &&
		! grep -q 'looking for' "$place/err" && rm -r "$kept"
}
holds "a package's version that is kept is taken without a mirror" kept_package

# A mirror that nobody has signed.
unsigned_package() {
	local suite=$place/mirror/dists/bookworm packages=main/binary-amd64/Packages
	mkdir -p "$suite/main/binary-amd64" "$place/state/lists/partial" "$place/apt/archives/partial"
	printf 'Package: linux-source-9.9\nVersion: 9.9.1-1\nArchitecture: all\nFilename: pool/s.deb\nSize: 5\nSHA256: %s\nDescription: forged\n' \
		2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae >"$suite/$packages"
	{
		printf 'Origin: Debian\nLabel: Debian\nCodename: bookworm\nDate: %s\nArchitectures: amd64\n' \
			"$(LC_ALL=C date -Ru)"
		printf 'Components: main\nSHA256:\n %s %s %s\n' "$(sha256sum "$suite/$packages" | cut -d' ' -f1)" \
			"$(stat -c %s "$suite/$packages")" "$packages"
	} >"$suite/Release"
	echo "deb [trusted=yes] file:$place/mirror bookworm main" >"$place/sources.list"
	printf 'Dir::Etc::sourcelist "%s";\nDir::Etc::sourceparts "/dev/null";\nDir::State "%s";\nDir::Cache "%s";\nAPT::Sandbox::User "root";\n' \
		"$place/sources.list" "$place/state" "$place/apt" >"$place/apt.conf"
	export APT_CONFIG=$place/apt.conf
	apt-get -q update >"$place/said" 2>&1
	apt-cache madison linux-source-9.9 | grep -q 9.9.1-1 || {
		echo "the forged mirror can't be set up here, so nothing is proved"
		return 0
	}
	refused debian:bookworm/linux-source-9.9 'is not signed' && said 'linux-source-9.9 is not in bookworm' &&
		[ -z "$(ls "$cache/sources" 2>/dev/null)" ]
	local status=$?
	unset APT_CONFIG
	return $status
}
holds "a source package of a mirror that is not signed is refused" unsigned_package

finish
