#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# On the running kernel: clock and pmu end well and keep what can't be had as unsupported, with its
# reason; what a person asks for that can't be is refused in words, and harms nothing.
. "${0%/*}/lib.sh"
small=(-s full -c 'floor/*' -c 'move/size=4K/*' -c 'move/size=2M/align=pmd/*')
cells=$("$remapbench" list cells | grep -cE '^(floor/|move/size=4K/|move/size=2M/align=pmd/)')

holds "clock ends well" ends_with 0 run -q -i clock "${small[@]}" -n 3 -t 2
holds "and is complete" run_is last:clock status complete
holds "pmu ends well" ends_with 0 run -q -i pmu "${small[@]}" -n 3 -t 1
holds "and is complete" run_is last:pmu status complete

rows() { # rows RUN METRIC…: each cell has a row for each; measured, or empty with a reason
	local run=$1
	shift
	export_of "$run" >"$place/rows"
	for metric in "$@"; do
		awk -F, -v metric="$metric" -v cells="$cells" '
			$2 != metric { next }
			{ seen++ }
			$4 == "ok" && $5 != "" && $11 > 0 { next }
			# The kernel may lack 2 MiB folios here; a counter may be missing or forbidden.
			$4 == "unsupported" && $5 == "" && $9 == "" && $11 == 0 && length($13) > 3 { next }
			{ print; bad = 1 }
			END {
				if (seen != cells) print metric ": " seen + 0 " cells, not " cells
				exit bad || seen != cells
			}' "$place/rows" || return 1
	done
}
holds "clock: a row for each cell" rows last:clock ns
holds "pmu: a row for each cell and event" rows last:pmu \
	instructions:k cycles:k dTLB-load-misses page-faults tlb:tlb_flush kmem:mm_page_alloc
no_false_zero() { # an event that can't be had has no samples; a move of a page takes some time
	local zeros
	zeros=$(awk -F, '$2 ~ /^(instructions:k|cycles:k|ns)$/ && $1 ~ /^move/ && $4 == "ok" && $5 == 0' "$place/rows")
	export_of last:pmu --samples >"$place/samples"
	awk -F, 'NR == FNR { if ($4 == "unsupported") no[$1, $2]; next }
		($1, $2) in no { print; bad = 1 } END { exit bad }' "$place/rows" "$place/samples" && [ -z "$zeros" ]
}
holds "pmu: what can't be had is never 0" no_false_zero
holds "the floor is measured by the clock" cell_is last:clock floor/op=getppid ns ok ""

cp "$db" "$place/before.db"
before=$(export_of last:clock --samples | sha256sum)
refused() { # refused WORDS ARGUMENT…: exit status 2, and these words
	ends_with 2 "${@:2}" && said "$1"
}
holds "insn on the host is refused" refused "insn counts in a guest" run -q -i insn -k host
holds "an unknown suite is refused" refused "no-such-suite" run -q -s no-such-suite
holds "an unknown kernel is refused" refused "no-such-kernel" run -q -k no-such-kernel
holds "a glob that no kernel matches is refused" refused "no kernel in the cache matches 'no-such-*'" run -q -k 'no-such-*'
holds "an unknown instrument is refused" refused "no instrument 'sundial'" run -q -i sundial
holds "cells that match nothing are refused" refused "no cell" run -q -c 'nothing/*'
holds "the host beside a kernel is refused" refused "name host alone" run -q -k host -k debian-6.1
holds "a sample count of 0 is refused" refused "not '0'" run -q -n 0
holds "a sample count of too many is refused" refused "not '100001'" run -q -n 100001
holds "an unknown option is refused" refused "run --help" run -q --no-such-option
holds "a word too many is refused" refused "one word too many" run -q more
holds "an unknown command is refused" refused "no command 'no-such-command'" no-such-command
holds "an unknown run is told" ends_with 1 show 999
list_is() { [ "$(grep -c . "$place/out")" = "$1" ]; }
holds "none of these began a run" ends_with 0 list runs
holds "there are still two" list_is 2

printf 'name: broken\ncells: ["floor/*"]\ninstruments:\n  clock: { trials: 1, samples: none, warmup: 0 }\n' >"$place/broken.yaml"
holds "a broken suite is refused by line and column" refused "broken.yaml:4:32: " run -q -s "$place/broken.yaml"
printf 'name: broken\ncells: ["floor/*"\n' >"$place/broken.yaml"
holds "a suite that is no YAML is refused by line" refused "broken.yaml:" run -q -s "$place/broken.yaml"
printf 'name: broken\ncells: ["floor/*"]\nsuprise: 1\ninstruments:\n  clock: { trials: 1, samples: 1, warmup: 0 }\n' >"$place/broken.yaml"
holds "an unknown key is refused by line and column" refused "broken.yaml:3:1: " run -q -s "$place/broken.yaml"

good_db=$db
db=$place/no.db
seq 10000 >"$db"
sum=$(sha256sum <"$db")
unchanged() { [ "$(sha256sum <"$db")" = "$sum" ]; }
holds "a file that is no database is refused" ends_with 1 run -q -i clock -c 'floor/op=empty' -n 1 -t 1
holds "and said so" said "$db"
holds "and not changed" unchanged
holds "nor read" ends_with 1 list runs
holds "nor changed by that" unchanged
db=$place/nowhere/no.db
holds "a database in no folder is refused" ends_with 1 run -q -i clock -c 'floor/op=empty' -n 1 -t 1
db=$good_db
the_same() { [ "$(export_of last:clock --samples | sha256sum)" = "$before" ]; }
holds "the results are what they were" the_same
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
