#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel_build: building kernels and keeping them, on a tree whose make takes milliseconds: nothing is built
# twice, nothing half-made stays, failures say what and where, what goes from the cache goes whole.
# shellcheck disable=SC2016,SC2317 # functions are called by `holds`
. "${0%/*}/lib.sh"
. "${0%/*}/fake_kernel.sh"

rm -f "$place/cache/kernels" # a cache of its own, empty
cache=$place/cache
kernels=$cache/kernels
tree=$place/linux
tarball=$place/linux-7.3.tar.xz
fragment=$place/mine.config

fake_kernel "$tree"
tar -C "$place" -cJf "$tarball" linux
printf '# base: allnoconfig\n# figures: no\nCONFIG_MMU=y\nCONFIG_SMP=y\nCONFIG_NUMA=y\nCONFIG_NONE=y\n' >"$fragment"

make_patch() { # make_patch NAME SED-SCRIPT [FILE]: a patch of the tree, with a subject
	local file=${3:-mm/mremap.c}
	rm -rf "$place/a" "$place/b"
	cp -a "$tree" "$place/a"
	cp -a "$tree" "$place/b"
	sed -i "$2" "$place/b/$file"
	{
		printf 'From: A <a@b.invalid>\nSubject: [PATCH] mm: %s\n\nWhy.\n---\n' "$1"
		(cd "$place" && diff -u "a/$file" "b/$file")
	} >"$place/$1.patch"
}

build() { # build ARGUMENT…
	ends_with 0 kernel build --source "$tarball" --config "$fragment" "$@"
}

field() { # field NAME: of the last --json
	sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\).*/\1/p" "$place/out"
}

nothing_left() { # no work, no half of a kernel or of a base, no lock
	local left
	left=$(find "$cache" \( -name 'run.*' -o -name '.new-*' -o -name '*.lock' ! -name '.lock' \) -print)
	[ -z "$left" ] || {
		echo "left: $left"
		return 1
	}
}

kernels_are() { # kernels_are COUNT
	[ "$(find "$kernels" -mindepth 1 -maxdepth 1 -type d -name '????????????????*' | wc -l)" = "$1" ]
}

bench kernel build --source "$tarball" --config "$fragment" ||
	! grep -q 'needs these packages' "$place/err" ||
	skip "$(cat "$place/err")"

the_same_is_never_built_twice() {
	build --json && [ "$(field cached)" = true ] && [ "$(field compiled)" = 0 ] &&
		[ "$(field name)" = 7.3.4-mine ] && kernels_are 1 && nothing_left
}
holds "the same inputs are never built twice" the_same_is_never_built_twice

the_name_stays() {
	build --name other && [ "$(cat "$place/out")" = 7.3.4-mine ] && said "by the name 7.3.4-mine"
}
holds "what was built before keeps its name, and that is said" the_name_stays

dropped_is_said() {
	ends_with 0 kernel show 7.3.4-mine && grep -q '1 of .* unknown to the source' "$place/out" &&
		grep -q 'CONFIG_NONE=y$' "$place/out" && grep -q '1 of .* not come out' "$place/out" &&
		grep -q 'CONFIG_NUMA=y (mm/Kconfig:3)' "$place/out" &&
		! grep -q 'CONFIG_MMU=y' "$place/out" && grep -q 'traits *not for figures' "$place/out"
}
holds "what the config asked for and did not get is kept with the kernel" dropped_is_said

make_patch plus-one 's/return moved/return moved + 1/'
make_patch plus-two 's/int moved;/int moved, again;/'

a_patch_builds_what_it_changes() {
	build --patch "$place/plus-one.patch" --json && [ "$(field cached)" = false ] &&
		[ "$(field compiled)" = 1 ] && [ "$(field name)" = 7.3.4-mine-plus-one ] && nothing_left &&
		ends_with 0 kernel show 7.3.4-mine-plus-one && grep -q 'patch *mm: plus-one' "$place/out"
}
holds "a patch compiles what it changes, and its subject is kept" a_patch_builds_what_it_changes

what_is_no_object_has_no_size() { # the fake tree's are text
	build --patch "$place/plus-two.patch" && said "machine code's sizes are not known: size: " &&
		ends_with 0 kernel show 7.3.4-mine-plus-two && ! grep -q '^code\|^function' "$place/out" &&
		ends_with 0 kernel rm --yes 7.3.4-mine-plus-two
}
holds "objects that can't be measured are no error, and that is said" what_is_no_object_has_no_size

a_base_keeps_what_was_read() {
	[ -z "$(find "$cache/builds" -name lost.c)" ] && [ -n "$(find "$cache/builds" -name Kconfig)" ]
}
holds "a warm base keeps no driver that was not built" a_base_keeps_what_was_read

make_patch driver 's/int lost;/int lost, found;/' drivers/lost.c
make_patch wider 's,^objects = ,&drivers/lost.o ,' Makefile
what_the_base_lacks_is_put_back() {
	build --patch "$place/driver.patch" && said "has not kept" &&
		build --patch "$place/wider.patch" --json && [ "$(field compiled)" = 1 ] && said "has not kept" &&
		build --patch "$place/driver.patch" --patch "$place/wider.patch" &&
		grep -aq 'lost, found' "$(dirname "$("$remapbench" kernel show "$(cat "$place/out")" |
			sed -n 's/^image *//p')")"/vmlinuz &&
		ends_with 0 kernel rm --yes '7.3.4-mine-driver*' 7.3.4-mine-wider && nothing_left
}
holds "what a patch needs of them is put back" what_the_base_lacks_is_put_back

order_tells() {
	local one two
	build --patch "$place/plus-one.patch" --patch "$place/plus-two.patch" --json && one=$(field key) &&
		build --patch "$place/plus-two.patch" --patch "$place/plus-one.patch" --json && two=$(field key) &&
		[ "$one" != "$two" ] && kernels_are 4
}
holds "the patches' order is a part of what tells kernels apart" order_tells

same_from_nothing() { # a cache without bases gives the same image
	local sha
	build --patch "$place/plus-one.patch" --json && sha=$(field sha256) && rm -rf "$cache/builds" &&
		ends_with 0 kernel rm --yes 7.3.4-mine-plus-one &&
		build --patch "$place/plus-one.patch" --json && [ "$(field sha256)" = "$sha" ] &&
		[ "$(field cached)" = false ]
}
holds "the same inputs give the same image, with a warm base and without" same_from_nothing

releases_differ_by_digits_only() {
	local lengths
	lengths=$("$remapbench" kernel list --json | sed -n 's/^ *"release": "\(.*\)",/\1/p' | sort -u |
		awk '{ print length }' | sort | uniq -c)
	[ "$(echo "$lengths" | wc -l)" = 1 ] && [ "$(echo "$lengths" | awk '{ print $1 }')" = 4 ]
}
holds "releases tell kernels apart at one length" releases_differ_by_digits_only

an_environment_of_its_own() {
	export SECRET=1 MAKEFLAGS=-k CFLAGS=-g
	make_patch secret 's/moved;/moved; /'
	build --patch "$place/secret.patch" && ! grep -aq 'SECRET=' "$kernels"/*/vmlinuz
	local status=$?
	unset SECRET MAKEFLAGS CFLAGS
	return $status
}
holds "make sees nothing of the user's environment" an_environment_of_its_own

printf -- '--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -3,3 +3,3 @@\n int mremap(void)\n-{ nothing like it }\n+{ }\n \n' \
	>"$place/stray.patch"
a_patch_that_does_not_apply() {
	ends_with 1 kernel build --source "$tarball" --config "$fragment" --patch "$place/stray.patch" &&
		said stray.patch && said mm/mremap.c && nothing_left && kernels_are 5
}
holds "a patch that does not apply says which file, and leaves nothing" a_patch_that_does_not_apply

make_patch broken 's/return moved/BROKEN/'
what_does_not_compile() {
	local log
	ends_with 1 kernel build --source "$tarball" --config "$fragment" --patch "$place/broken.patch" &&
		said "error: expected ';' before 'BROKEN'" && nothing_left && kernels_are 5 &&
		log=$(sed -n 's/.*all that make said: //p' "$place/err") && grep -q BROKEN "$log"
}
holds "what does not compile says the compiler's words, and where its log is" what_does_not_compile

make_patch kconfig 's/config THP/config NONE/' Kconfig
a_changed_kconfig_is_asked_again() {
	build --patch "$place/kconfig.patch" && ends_with 0 kernel show 7.3.4-mine-kconfig &&
		! grep -q 'unknown' "$place/out" &&
		grep -qx 'CONFIG_NONE=y' "$(sed -n 's/^config *//p' "$place/out")"
}
holds "a patch of Kconfig is configured for anew" a_changed_kconfig_is_asked_again

make_patch slow 's/int moved;/int moved; SLOW/'
two_at_once() { # the second waits and gets the first's
	local first second
	sed -i 's/sleep 30/sleep 2/' "$tree/scripts/compile"
	tar -C "$place" -cJf "$place/linux-two.tar.xz" linux
	sed -i 's/sleep 2/sleep 30/' "$tree/scripts/compile"
	set -- kernel build --source "$place/linux-two.tar.xz" --config "$fragment" --json \
		--patch "$place/slow.patch"
	"$remapbench" "$@" >"$place/first" 2>"$place/first.err" &
	first=$!
	"$remapbench" "$@" >"$place/second" 2>"$place/second.err" &
	second=$!
	wait "$first" && wait "$second" &&
		[ "$(cat "$place/first" "$place/second" | grep -c '"cached": false')" = 1 ] &&
		[ "$(cat "$place/first" "$place/second" | grep '"sha256"' | sort -u | wc -l)" = 1 ] && nothing_left
}
holds "of two that build the same at once, one builds" two_at_once

processes_in() { # processes_in FOLDER: that work there, or below it
	find /proc -maxdepth 2 -path '/proc/[0-9]*/cwd' -lname "$1*" -printf '%h\n' 2>/dev/null |
		sed 's,^/proc/,,'
}

ended_by() { # ended_by SIGNAL STATUS: while make is at work
	local pid status i
	"$remapbench" kernel build --source "$tarball" --config "$fragment" --patch "$place/slow.patch" \
		>"$place/out" 2>"$place/err" &
	pid=$!
	for i in $(seq 100); do
		[ -n "$(processes_in "$cache/builds/run.")" ] && break
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	kill "-$1" "$pid"
	wait "$pid" 2>/dev/null
	status=$?
	[ "$status" = "$2" ] || echo "exit status $status"
	[ "$status" = "$2" ]
}

# A job in the background ignores SIGINT, as sh has it: TERM goes the same way.
an_end_ends_all() {
	local count
	count=$(find "$kernels" -mindepth 1 -maxdepth 1 -type d | wc -l)
	ended_by TERM 130 && [ -z "$(processes_in "$cache/builds")" ] && nothing_left && kernels_are "$count"
}
holds "a signal ends make and its children, and leaves nothing" an_end_ends_all

a_killed_one() {
	local count left
	count=$(find "$kernels" -mindepth 1 -maxdepth 1 -type d | wc -l)
	ended_by KILL 137 && kernels_are "$count" && ! nothing_left >/dev/null &&
		ends_with 0 kernel gc -n && grep -q 'program that was killed' "$place/out" &&
		ends_with 0 kernel gc && nothing_left &&
		ends_with 0 kernel gc -n && ! grep -q 'killed' "$place/out" && build
	for left in $(processes_in "$cache/builds/"); do kill "$left" 2>/dev/null; done
}
holds "what a killed build leaves is no kernel, and is collected" a_killed_one

git_tree() {
	git -C "$tree" init -q && git -C "$tree" add -A &&
		git -C "$tree" -c user.name=a -c user.email=a@b.invalid commit -qm one
}
a_commit_near_the_base_compiles_what_differs() {
	git_tree || return
	ends_with 0 kernel build --source "$tree@HEAD" --config "$fragment" --json &&
		[ "$(field compiled)" = 0 ] || return
	sed -i 's/mapped;/mapped, twice;/' "$tree/mm/mmap.c"
	git -C "$tree" -c user.name=a -c user.email=a@b.invalid commit -qam two
	ends_with 0 kernel build --source "$tree@HEAD" --config "$fragment" --json &&
		[ "$(field compiled)" = 1 ] && nothing_left
}
holds "a commit begins from the nearest base, and compiles what differs" \
	a_commit_near_the_base_compiles_what_differs

names() {
	local name
	for name in '"x"' "it's" '<b>' 'a b' '../x' '-x' $'a\nb' '$(id)' ''; do
		ends_with 1 kernel build --source "$tarball" --config "$fragment" "--name=$name" || return
		said "can't be a kernel's name" || return
	done
}
holds "a name that would have to be quoted is refused" names

no_such() {
	ends_with 1 kernel build --source "$place/none.tar.xz" && said none.tar.xz &&
		ends_with 1 kernel build --source "$tarball" --config none && said "lab-small" &&
		ends_with 1 kernel build --source "$tarball" --config "$fragment" --ablation none &&
		said "no-move-pmd" &&
		ends_with 1 kernel build --source "$tarball" --config "$fragment" --patch "$place/none.patch" &&
		said none.patch &&
		ends_with 2 kernel build && ends_with 2 kernel build --source "$tarball" --ablation
}
holds "what is not there is named, with what there is" no_such

removal() {
	local count
	count=$(find "$kernels" -mindepth 1 -maxdepth 1 -type d | wc -l)
	ends_with 2 kernel rm 7.3.4-mine </dev/null && kernels_are "$count" &&
		ends_with 1 kernel rm --yes 7.3.4-mine 7.3 && kernels_are "$count" &&
		ends_with 0 kernel rm -n '7.3.4-mine*' && grep -q 7.3.4-mine-kconfig "$place/out" &&
		kernels_are "$count" && ends_with 0 kernel rm --yes 7.3.4-mine && kernels_are $((count - 1)) &&
		ends_with 1 kernel show nothing-such && build && kernels_are "$count"
}
holds "rm takes whole names and globs, asks first, and what is gone can be built again" removal

what_is_held_stays() {
	local image
	image=$("$remapbench" kernel show 7.3.4-mine | sed -n 's/^image *//p')
	(
		flock -s 9
		ends_with 1 kernel rm --yes 7.3.4-mine && said "is using it"
	) 9<"${image%/*}" && ends_with 0 kernel rm --yes 7.3.4-mine
}
holds "a kernel that a run holds is not removed" what_is_held_stays

printf '# base: distro\nCONFIG_SMP=y\n' >"$place/distro.config"
printf 'CONFIG_MMU=y\nCONFIG_THP=m\n' >"$place/stock.config"
a_distribution_goes_without_modules() {
	local config
	cat "$kernels"/*/vmlinuz | head -c 2560 >"$place/stock" && echo >>"$place/stock" &&
		ends_with 0 kernel add "$place/stock" --config "$place/stock.config" --name stock &&
		ends_with 0 kernel build --source "$tarball" --config "$place/distro.config" --config-of stock \
			--name like-stock && ends_with 0 kernel show like-stock &&
		config=$(sed -n 's/^config *//p' "$place/out") && grep -qx CONFIG_MMU=y "$config" &&
		grep -qx CONFIG_SMP=y "$config" && ! grep -q THP "$config" &&
		ends_with 1 kernel build --source "$tarball" --config "$place/distro.config" &&
		said "remapbench kernel fetch 7.3" &&
		ends_with 1 kernel build --source "$tarball" --config "$fragment" --config-of stock &&
		said "stands on allnoconfig, not on another kernel's config"
}
holds "a distribution's config is taken without its modules" a_distribution_goes_without_modules

old_bases_go() {
	touch -d '20 days ago' "$cache"/builds/*/base.json
	ends_with 0 kernel gc --dry-run --unused 30 && ! grep -q 'warm base' "$place/out" &&
		ends_with 0 kernel gc -n && grep -q 'warm base, unused for 20 days' "$place/out" &&
		ends_with 0 kernel gc --json && grep -q '"bytes"' "$place/out" &&
		[ -z "$(find "$cache/builds" -name base.json)" ]
}
old_sources_go() {
	local kept=$cache/sources/$(printf x | sha256sum | cut -d' ' -f1)
	mkdir -p "$kept"
	touch "$kept/linux-source-7.3.tar.xz"
	ends_with 0 kernel gc -n && ! grep -q 'source package' "$place/out" &&
		touch -d '20 days ago' "$kept" && ends_with 0 kernel gc &&
		grep -q 'a source package, unused for 20 days' "$place/out" && [ ! -e "$kept" ]
}
holds "source packages go when nobody used them for long" old_sources_go
holds "warm bases go when nobody used them for long" old_bases_go

finish
