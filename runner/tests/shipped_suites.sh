#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The suites that are shipped fit the benches that there are: each glob takes cells, core stays small
# enough to read, and every cell of core, seeds and scenario says why it is there and which path it takes.
. "${0%/*}/lib.sh"

suites=$(cd configs/suites && printf '%s\n' ./*.yaml | sed 's|^\./||; s|\.yaml$||')
holds "core, full, seeds, scenario, smoke and claims are there" \
	[ "$(echo "$suites" | grep -cxE 'core|full|seeds|scenario|smoke|claims')" = 6 ]
for suite in $suites; do
	holds "$suite can be listed" ends_with 0 list cells -s "$suite" --json
	cp "$place/out" "$place/$suite.json"
	holds "$suite has cells" grep -q '"cell":' "$place/out"
	holds "no glob of $suite is idle" [ ! -s "$place/err" ]
done
holds "core has at most 60 cells" [ "$(grep -c '"cell":' "$place/core.json")" -le 60 ]
holds "full has every cell" \
	[ "$(grep -c '"cell":' "$place/full.json")" = "$("$remapbench" list cells | wc -l)" ]
for suite in core seeds scenario smoke claims; do
	holds "every cell of $suite says why it is there" \
		[ "$(grep -c '"why": "..*"' "$place/$suite.json")" = "$(grep -c '"cell":' "$place/$suite.json")" ]
done
for version in 6.1 6.12 6.17 7.3; do
	holds "each cell of core but the contended ones claims a path on $version" \
		[ "$("$remapbench" list cells -s core -k "$version" | grep -A1 -vE '^( |contend)' |
			grep -cE '^    path: .*=')" = "$(grep '"cell":' "$place/core.json" | grep -vc contend)" ]
done
finish
