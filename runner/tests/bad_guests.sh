#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A guest that hangs, panics, floods its serial lines, is cut off or talks nonsense ends as a failed
# trial with its reason; what it had finished is kept, and nothing of it stays. (runner/tests/bad_guest.c)
. "${0%/*}/lib.sh"
need_kernels 6.1
export REMAPBENCH_AGENT=$root/build/release/tests/bad-guest
cat >"$place/bad.yaml" <<'END'
name: bad
cells: ["bad/*"]
instruments:
  insn: { trials: 1, samples: 1, warmup: 0 }
END

guest() { # guest HOW OPTION…: its run, and its exit status in $place/HOW.status
	"$remapbench" --db "$place/$1.db" run -q -s "$place/bad.yaml" -k 6.1 -c "bad/how=$1" "${@:2}" \
		>"$place/$1.out" 2>&1
	echo $? >"$place/$1.status"
}

# Enough for a boot on a busy machine; the others end by themselves, far below their limit.
guest hang --time-limit 90 & # a boot beside three others must fit
hang=$!
for how in panic flood flood-console cut noise; do
	guest $how
done
wait $hang

shows() { # shows WORDS: `show last --json` of $db has them, in this order, on one line
	bench show last --json && grep -q -- "$1" "$place/out"
}
ended() { # ended HOW: exit status 1, the run failed
	local status
	status=$(cat "$place/$1.status")
	[ "$status" = 1 ] && run_is last status failed || {
		echo "exit status $status"
		cat "$place/$1.out"
		return 1
	}
}
while read -r how reason; do
	db=$place/$how.db
	holds "$how: the run has failed" ended "$how"
	holds "$how: its trial says '$reason'" shows "\"reason\": \"$reason"
	holds "$how: so does its cell" cell_is last "bad/how=$how" insn failed "its trial failed: $reason"
	holds "$how: the cell that had ended is kept" cell_is last bad/how=first insn ok ""
done <<'END'
hang it hung: nothing reported for 90 s
panic the kernel panicked: Kernel panic - not syncing: Attempted to kill init!
flood its report is not valid: line 200009 of the report: sample: more than 100000 in a cell
flood-console it flooded its console: more than 4 MiB
cut it ended before its report did: exit status 0
noise its report is not valid: line 9 of the report: byte 0x01 at column 1
END
db=$place/panic.db
holds "the panic's console is kept" shows '"console": ".*Kernel panic - not syncing'
db=$place/flood-console.db
holds "the flood's console is kept" shows '"console": ".*xxxxxxxxxx'
tail_is_short() { [ "$(grep '"console"' "$place/out" | wc -c)" -lt 8192 ]; }
holds "but only its tail" tail_is_short
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
