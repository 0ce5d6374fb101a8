#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Two runners that write to one database at once both end well, and nothing of either is lost.
. "${0%/*}/lib.sh"

for i in 1 2; do
	"$remapbench" --db "$db" run -q -s full -i clock -c 'floor/*' -c 'move/size=4K/*' -n 3 -t 30 \
		>"$place/out.$i" 2>&1 &
	pids[i]=$!
done
for i in 1 2; do
	ended() { wait "${pids[i]}" || ! cat "$place/out.$i"; }
	holds "runner $i ends well" ended
done
cells=$("$remapbench" list cells | grep -cE '^(floor/|move/size=4K/)')
all() { # a trial a cell and round, three samples each
	local is
	is=$(export_of "$1" --samples | awk -F, 'NR > 1 { rows++; trials[$4]; cells[$1] }
		END { print length(trials), length(cells), rows }')
	[ "$is" = "$((30 * cells)) $cells $((90 * cells))" ] || {
		echo "trials, cells, samples: $is"
		return 1
	}
}
for run in 1 2; do
	holds "run $run is complete" run_is $run status complete
	holds "run $run has all of its trials, cells and samples" all $run
done
together() { [[ $(run_field 1 ended) > $(run_field 2 started) || $(run_field 1 ended) == $(run_field 2 started) ]]; }
holds "they ran at the same time" together
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
