#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Once ./setup has done all it can, another call does nothing and says nothing.
set -u
cd "$(dirname "$0")/../.." || exit 1
[ -f build/setup/stamp.lint ] || {
	echo "the last ./setup --lint could not get everything"
	exit 77
}
before=$(stat -c '%n %Y' build/setup/* build/deps/libperf/*)
said=$(./setup --lint 2>&1) || {
	echo "./setup failed: $said"
	exit 1
}
[ -z "$said" ] || {
	echo "a second ./setup says: $said"
	exit 1
}
[ "$before" = "$(stat -c '%n %Y' build/setup/* build/deps/libperf/*)" ] || {
	echo "a second ./setup wrote something"
	exit 1
}
