#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A guest that hangs, panics, runs out of memory, floods its serial lines, is cut off or talks nonsense
# ends as a failed trial with its reason and its kind of ending; what it had finished is kept, what stood
# behind it is measured in another boot, and nothing of it stays. What its kernel reported of itself marks
# the run, though every trial succeeded. (runner/tests/bad_guest.c)
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
	"$remapbench" --db "$place/$1.db" run -q -s "$place/bad.yaml" -k debian-6.1 -c "bad/how=$1" "${@:2}" \
		>"$place/$1.out" 2>&1
	echo $? >"$place/$1.status"
}

# Enough for a boot on a busy machine; the others end by themselves, far below their limit.
guest hang --time-limit 90 & # a boot beside three others must fit
hang=$!
for how in panic flood flood-console cut noise oom reset; do
	guest $how
done
wait $hang
# Two that go well around one that crashes the kernel, and two whose kernel warns.
guest all -c 'bad/how=fine-*' -c bad/how=crash -c bad/how=warn -c bad/how=log

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
while read -r how ending reason; do
	db=$place/$how.db
	holds "$how: the run has failed" ended "$how"
	holds "$how: its trial says '$reason'" shows "\"reason\": \"$reason"
	holds "$how: it ended as '$ending'" shows "\"ending\": \"$ending\""
	holds "$how: so does its cell" cell_is last "bad/how=$how" insn failed "its trial failed: $reason"
	holds "$how: the cell that had ended is kept" cell_is last bad/how=first insn ok ""
done <<'END'
hang hang it hung: nothing reported for 90 s
panic panic the kernel panicked: Kernel panic - not syncing: Attempted to kill init!
oom oom the guest ran out of memory: System is deadlocked on memory
flood report its report is not valid: line 200009 of the report: sample: more than 100000 in a cell
flood-console flood it flooded its console: more than 4 MiB
cut cut it ended before its report did: exit status 0
noise report its report is not valid: line 9 of the report: byte 0x01 at column 1
reset cut it ended before its report did: exit status 0
END
db=$place/all.db
holds "cells around one that crashes: exit status 1" [ "$(cat "$place/all.status")" = 1 ]
holds "the run is partial" run_is last status partial
holds "two boots were made of the one planned" shows '"planned": 2'
for how in fine-1 fine-2 warn log; do
	holds "$how is measured" cell_is last "bad/how=$how" insn ok ""
done
holds "the one that crashed is failed" cell_is last bad/how=crash insn failed \
	"its trial failed: the kernel panicked: Kernel panic - not syncing: sysrq triggered crash"
holds "the run is marked" run_is last splats 3
holds "run says so" grep -q "marked, since its kernel reported 3 splats of itself; the first: panic " \
	"$place/all.out"
bench show last
for words in "marked      3 splats" "panic: 1 in 1 trial, first in trial 1: sysrq triggered crash" \
	"warn: 1 in 1 trial, first in trial 2: mm/mremap.c:1 f+0x1/0x2" \
	"warn: 1 in 1 trial, first in trial 2: mm/mremap.c:2 g+0x1/0x2"; do
	holds "show says '$words'" grep -qF -- "$words" "$place/out"
done
db=$place/panic.db
holds "the panic's console is kept" shows '"console": ".*Kernel panic - not syncing'
db=$place/flood-console.db
holds "the flood's console is kept" shows '"console": ".*xxxxxxxxxx'
tail_is_short() { [ "$(grep '"console"' "$place/out" | wc -c)" -lt 8192 ]; }
holds "but only its tail" tail_is_short
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
