#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# `kernel fetch --all`, from a made-up mirror: each build once and oldest first, of both layouts of the
# packages; what is there is not fetched again, what fails keeps none of the others, and a killed fetch
# leaves nothing half-made. apt itself is stood in for: what it verifies, kernel_fetch_unsigned.sh shows.
. "${0%/*}/lib.sh"
remapbench=$root/build/asan/remapbench # whose paths of failure these are
[ -x "$remapbench" ] || skip "build/asan/remapbench is not built: ninja"
command -v dpkg-deb >/dev/null || skip "there is no dpkg-deb here"
ls /usr/share/keyrings/debian-archive-keyring.* >/dev/null 2>&1 ||
	skip "the package debian-archive-keyring is not installed"

# A cache of its own, whose name means something to a shell.
export REMAPBENCH_CACHE="$place/c[ab] che"
mirror=$place/mirror
mkdir -p "$place/bin" "$mirror/pool"
PATH=$place/bin:$PATH

# The stand-ins. A suite's state is told by the folder of its settings: …/apt/SUITE/apt.conf.
cat >"$place/bin/apt-get" <<END
#!/bin/bash
suite() { while [ "\$1" != -c ]; do shift; done; basename "\$(dirname "\$2")"; }
case " \$* " in
*" indextargets "*)
	echo "file:$mirror|bookworm|Debian|Debian"
	echo "file:$mirror|bookworm-security|Debian|Debian-Security" ;;
*" update "*)
	echo "update \$(suite "\$@")" >>"$place/log"
	[ -e "$mirror/\$(suite "\$@")" ] || { echo "no such suite" >&2; exit 100; }
	mkdir -p "$place/x" ;;
*" download "*)
	for word; do
		[[ \$word == linux-*=* ]] || continue
		echo "download \$word" >>"$place/log"
		[ -e "$place/slow" ] && { touch "$place/slow.began"; exec sleep 60; }
		cp "$mirror/pool/\${word%%=*}_\${word#*=}.deb" . || exit 100
	done ;;
esac
END
cat >"$place/bin/apt-cache" <<END
#!/bin/bash
cat "$mirror/\$(basename "\$(dirname "\$2")")"
END
chmod +x "$place/bin/"*

image() { # image RELEASE FILE: as much of a bzImage as is looked at
	head -c 4096 /dev/zero >"$2"
	put() { printf "$2" | dd of="$3" bs=1 seek="$1" conv=notrunc status=none; }
	put $((0x1f1)) '\001' "$2"
	put $((0x1fe)) '\125\252' "$2"
	put $((0x202)) 'HdrS\017\002' "$2"
	put $((0x20e)) '\200' "$2"
	put $((0x211)) '\001' "$2"
	put $((0x280)) "$1 (a@b) #1" "$2"
}

package() { # package NAME VERSION DEPENDS: packs $place/tree
	local tree=$place/tree
	mkdir -p "$tree/DEBIAN"
	printf 'Package: %s\nVersion: %s\nArchitecture: amd64\nMaintainer: nobody <a@example.org>\nDescription: none\n' \
		"$1" "$2" >"$tree/DEBIAN/control"
	dpkg-deb -Znone -b "$tree" "$mirror/pool/$1_$2.deb" >/dev/null || exit 1
	rm -r "$tree"
	printf 'Package: %s\nVersion: %s\nSize: %s\nDepends: %s\n\n' "$1" "$2" \
		"$(stat -c %s "$mirror/pool/$1_$2.deb")" "$3" >"$place/stanza"
}

old_build() { # old_build RELEASE VERSION: image and config in one package
	mkdir -p "$place/tree/boot"
	image "$1" "$place/tree/boot/vmlinuz-$1"
	echo "CONFIG_OLD=y" >"$place/tree/boot/config-$1"
	package "linux-image-$1" "$2" kmod
}

old_build 6.1.0-7-cloud-amd64 6.1.7-1
cat "$place/stanza" >>"$mirror/bookworm"
cat "$place/stanza" >>"$mirror/bookworm-security" # in two suites
old_build 6.12.9-cloud-amd64 6.12.9-1
cat "$place/stanza" >>"$mirror/trixie"
old_build 6.12.10-cloud-amd64 6.12.10-1
cat "$place/stanza" >>"$mirror/trixie"
rm "$mirror/pool/linux-image-6.12.10-cloud-amd64_6.12.10-1.deb" # listed, and not there
old_build 7.3-cloud-amd64 '7.3~rc7-1'
cat "$place/stanza" >>"$mirror/experimental"
# The new layout: the image package is empty, vmlinuz and config are in two others.
mkdir -p "$place/tree/usr/lib/modules/7.3.4-cloud-amd64"
image 7.3.4-cloud-amd64 "$place/tree/usr/lib/modules/7.3.4-cloud-amd64/vmlinuz"
package linux-binary-7.3.4-cloud-amd64 7.3.4-1 kmod
cat "$place/stanza" >>"$mirror/sid"
mkdir -p "$place/tree/usr/lib/modules/7.3.4-cloud-amd64"
echo "CONFIG_NEW=y" >"$place/tree/usr/lib/modules/7.3.4-cloud-amd64/config"
package linux-base-7.3.4-cloud-amd64 7.3.4-1 kmod
cat "$place/stanza" >>"$mirror/sid"
mkdir -p "$place/tree"
package linux-image-7.3.4-cloud-amd64 7.3.4-1 \
	"linux-base-7.3.4-cloud-amd64 (= 7.3.4-1), linux-binary-7.3.4-cloud-amd64 (= 7.3.4-1)"
cat "$place/stanza" >>"$mirror/sid"

logged() { # logged COUNT GLOB: lines of what the stand-ins did
	local count
	count=$(grep -c -- "$2" "$place/log")
	[ "$count" = "$1" ] || {
		echo "$2: $count times instead of $1"
		cat "$place/log"
		return 1
	}
}

printed() { # printed LINE…: exactly these on stdout
	diff <(printf '%s\n' "$@") "$place/out"
}

cached() { # cached COUNT: kernels that are whole, and nothing else but the lock
	local count
	count=$("$remapbench" kernel list --json | grep -c '"sha256"')
	[ "$count" = "$1" ] && [ -z "$(find "$REMAPBENCH_CACHE/kernels" -name '.new-*')" ] && return
	echo "$count kernels instead of $1"
	ls -lA "$REMAPBENCH_CACHE/kernels"
	return 1
}

: >"$place/log"
holds "a plan names what is missing" ends_with 0 kernel fetch --all --dry-run --since 6.12 --until 7.3
holds "with 7.3~rc7 before 7.3.4, 6.12.9 before 6.12.10" \
	test "$(cut -d' ' -f1 "$place/out" | tr '\n' ' ')" = \
	"debian-6.12.9-1-cloud-amd64 debian-6.12.10-1-cloud-amd64 debian-7.3~rc7-1-cloud-amd64 debian-7.3.4-1-cloud-amd64 "
holds "and how many there are" said "0 of 4 builds are there, 4 to fetch"
holds "and fetches nothing" logged 0 download
holds "each suite is brought up to date once" logged 1 'update trixie$'

: >"$place/log"
touch "$place/slow"
"$remapbench" kernel fetch --all >"$place/out" 2>&1 &
fetch=$!
for _ in $(seq 100); do
	[ -e "$place/slow.began" ] && break
	sleep 0.1
done
kill -KILL $fetch
wait $fetch 2>/dev/null
rm -f "$place/slow"
holds "one that was killed while it downloads leaves no kernel" cached 0

: >"$place/log"
holds "one that can't be had is a failure" ends_with 1 kernel fetch --all
holds "and is named" said "debian-6.12.10-1-cloud-amd64: trixie"
holds "the others are fetched, oldest first" printed debian-6.1.7-1-cloud-amd64 \
	debian-6.12.9-1-cloud-amd64 debian-7.3~rc7-1-cloud-amd64 debian-7.3.4-1-cloud-amd64
holds "in a cache whose name has brackets and a space" cached 4
holds "a build that two suites hold is downloaded once" logged 1 'download linux-image-6.1.0-7'
holds "the new layout's config is there" \
	grep -q CONFIG_NEW "$("$remapbench" kernel show 7.3.4 | sed -n 's/^config *//p')"
scratch=$REMAPBENCH_CACHE/apt/work
holds "nothing stays of the work" test -d "$scratch" -a ! -e "$scratch/a" -a ! -e "$scratch/b"

: >"$place/log"
holds "a second call finds nothing to do but what failed" ends_with 1 kernel fetch --all
holds "and downloads no other" test "$(grep download "$place/log" | grep -vc 6.12.10)" = 0
: >"$place/log"
holds "or nothing at all" ends_with 0 kernel fetch --all --until 6.12.9
holds "and says so" said "2 of 2 builds are there, 0 to fetch"
holds "and downloads nothing" logged 0 download

holds "JSON tells each one's state" ends_with 1 kernel fetch --all --json -q
for state in '"state": "there"' '"state": "failed"' '"reason": "'; do
	holds "as $state" grep -qF "$state" "$place/out"
done
holds "quietly" test "$(grep -vc 'passed over\|failed:\|6.12.10' "$place/err")" = 0
holds "a glob takes some" ends_with 0 kernel fetch --all 'experimental/*'
holds "of one suite" printed debian-7.3~rc7-1-cloud-amd64
holds "what no suite holds is said" ends_with 1 kernel fetch --all '9.*'
for wrong in '--since 6.12' '--all --since x' '--all --until ../x' '--all a b' '--all --nothing'; do
	# shellcheck disable=SC2086 # words
	holds "wrong usage: $wrong" ends_with 2 kernel fetch $wrong
done
finish
