#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# `kernel fetch` takes nothing from a mirror that Debian's keys have not signed, not even where the
# system's own settings say that it is to be trusted.
set -u
cd "$(dirname "$0")/../.." || exit 1
remapbench=$PWD/build/asan/remapbench
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT

suite=$place/mirror/dists/bookworm
packages=main/binary-amd64/Packages
mkdir -p "$suite/main/binary-amd64" "$place/state/lists/partial" "$place/cache/archives/partial"
cat >"$suite/$packages" <<'END'
Package: linux-image-6.1.0-99-cloud-amd64
Version: 6.1.999-1
Architecture: amd64
Maintainer: nobody <nobody@example.org>
Filename: pool/kernel.deb
Size: 5
SHA256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
Description: a forged kernel
END
cat >"$suite/Release" <<END
Origin: Debian
Label: Debian
Codename: bookworm
Date: $(LC_ALL=C date -Ru)
Architectures: amd64
Components: main
SHA256:
 $(sha256sum "$suite/$packages" | cut -d' ' -f1) $(stat -c %s "$suite/$packages") $packages
END
echo "deb [trusted=yes] file:$place/mirror bookworm main" >"$place/sources.list"
cat >"$place/apt.conf" <<END
Dir::Etc::sourcelist "$place/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$place/state";
Dir::Cache "$place/cache";
APT::Sandbox::User "root";
END
export APT_CONFIG=$place/apt.conf REMAPBENCH_CACHE=$place/ours
apt-get -q update >"$place/said" 2>&1
apt-cache madison linux-image-6.1.0-99-cloud-amd64 | grep -q 6.1.999-1 || {
	cat "$place/said"
	echo "the forged mirror can't be set up here, so nothing is proved"
	exit 77
}

"$remapbench" kernel fetch 6.1 >"$place/said" 2>&1
status=$?
cat "$place/said"
[ $status = 1 ] || {
	echo "the exit status is $status, 1 is right"
	exit 1
}
grep -q 'is not signed' "$place/said" || {
	echo "it does not say that the mirror is not signed"
	exit 1
}
if "$remapbench" kernel show 6.1 >/dev/null 2>&1; then
	echo "it took the kernel"
	exit 1
fi
