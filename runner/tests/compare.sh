#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# compare on real guests: a kernel beside itself is equal, exactly, in every cell; 6.12 beside 6.1 is not, and
# what differs is told by function; every format says the same, and its exit status.
. "${0%/*}/lib.sh"
need_kernels 6.1 6.12
cells=(-c 'floor/op=empty' -c 'move/size=2M/align=*/fill=100/folio=4K/type=anon' -c 'refuse/case=past_end/size=4K')

holds "runs of 6.1, and of 6.12, end well" \
	ends_with 0 run -q -s core -i insn -n 3 -k debian-6.1 -k debian-6.12 -j 1 "${cells[@]}"
holds "a second run of 6.1 ends well" \
	ends_with 0 run -q -s core -i insn -n 3 -k debian-6.1 "${cells[@]}"
newest() { # newest KERNEL: its newest run
	"$remapbench" --db "$db" list runs | awk -v kernel="$1" '$3 ~ kernel { print $1; exit }'
}
oldest() {
	"$remapbench" --db "$db" list runs | awk -v kernel="$1" '$3 ~ kernel { run = $1 } END { print run }'
}
first=$(oldest debian-6.1.)
second=$(newest debian-6.1.)
other=$(newest debian-6.12.)

line() { [[ $(head -n 1 "$place/out") == $1 ]] || { head -n 3 "$place/out" && return 1; }; }
holds "two runs of one kernel: no cost" ends_with 0 compare "$first" "$second"
holds "all their cells are equal, exactly" line 'All [3-9] cells equal, exactly'
# In these cells 6.1 executes more than 6.12 does.
holds "6.1 beside 6.12: a cost is proved" ends_with 1 compare "$other" "$first"
holds "the table's verdict comes first" line '[1-9] of [3-9] cells cost*more*'
holds "each difference is taken apart" grep -q 'in its path [-+][0-9,]*, in allocator refills' "$place/out"
narrow() { awk 'length > 80 && !/^move/ { print; bad = 1 } END { exit bad }' "$place/out"; }
holds "no line is wider than 80 columns" narrow
# Page by page, some releases of 6.1 execute less than 6.12 and some more: by page table all more.
saved=(-c 'floor/*' -c 'move/size=2M/align=pmd/*' -c 'refuse/*')
holds "the other way round, it saves what it cost" ends_with 0 compare "$first" "$other" "${saved[@]}"

fill='move/size=2M/align=pmd/fill=100/folio=4K/type=anon'
holds "a row says why" ends_with 1 compare "$other" "$first" --explain "$fill" -c "$fill" -c 'move/*'
why() { grep -q "steady state" "$place/out" && grep -q "function, its group" "$place/out"; }
holds "by its samples, and by its functions" why

for format in text markdown html json lkp benchstat; do
	holds "as $format, the same status" ends_with 1 compare "$other" "$first" --format "$format"
	holds "as $format, there is the cell" grep -q 'move/size=2M/align=pmd' "$place/out"
done
holds "a wrong option is no verdict" ends_with 3 compare "$first" "$other" --format xml
holds "a run that is not there is no verdict" ends_with 4 compare "$first" 99
finish
