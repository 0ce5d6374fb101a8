#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A review of two stock kernels: its verdict in the first line, its rows exact, its exit status; what can't be
# reviewed is refused in words. (Reviews of patches want a kernel's source: see docs/measuring.md.)
. "${0%/*}/lib.sh"
review() { # review STATUS ARGUMENT…
	local status=$1
	shift
	ends_with "$status" review -q --no-clock "$@"
}

for wrong in '' '--base debian-6.1' '--patch x' '--base debian-6.1 --patch x --with debian-6.12' \
	'--base debian-6.1 --with debian-6.12 --each' '--frob' '--base x --with y z' \
	'--base debian-6.1 --with debian-6.12 -n 0' '--base debian-6.1 --with debian-6.12 --threshold x'; do
	# shellcheck disable=SC2086 # words
	holds "wrong usage: review $wrong" ends_with 3 review -q $wrong
done
holds "help is no error" ends_with 0 review --help
need_kernels 6.1 6.12
holds "a stock kernel has no source to apply a series to" review 4 --base debian-6.1 \
	--patch runner/tests/data/planted/nothing.patch
holds "and what would do is said" said "name one as base"
holds "a patch that isn't there" review 4 --base debian-6.1 --patch "$place/none"
holds "one kernel is not two" review 4 --base debian-6.1 --with debian-6.1
holds "one that isn't there" review 4 --base debian-6.1 --with nosuchkernel

cells=(-c 'floor/*' -c 'move/size=3M/align=mutual/*')
holds "two kernels: a call became cheaper" review 0 --base debian-6.1 --with debian-6.12 "${cells[@]}" -n 3
cp "$place/out" "$place/first"
holds "the verdict is the first line" sh -c "head -1 '$place/first' | grep -q '^No cell.*costs\? more\|1 of 4 cells cost'"
holds "the realignment of 6.7 shows as page tables" grep -q '__pte_alloc 1 -> 0' "$place/first"
holds "lines fit a mail" test "$(awk 'length > 80 && !/\//' "$place/first" | wc -l)" = 0
holds "it says that no time was measured" grep -q '^Time (clock): not measured: not asked for' "$place/first"
holds "and how to do it again" grep -q 'remapbench.*review' "$place/first"
holds "the other way round it costs" review 1 --base debian-6.12 --with debian-6.1 "${cells[@]}" -n 3
holds "again: the base's counts are there" review 1 --base debian-6.12 --with debian-6.1 "${cells[@]}" -n 3
holds "and taken" grep -q "the base's was there" "$place/out"
holds "nothing is left behind" no_scratch_stays
finish
