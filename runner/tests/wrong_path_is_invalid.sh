#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A bench that claims a path which the kernel doesn't take, doesn't find its data, crashes, can't be set
# up or doesn't get ready has no number in any figure, says why, and harms no other.
# (benches/tests/registry_wrong.c)
. "${0%/*}/lib.sh"
export REMAPBENCH_AGENT=$root/build/release/tests/agent-wrong
cat >"$place/wrong.yaml" <<'END'
name: wrong
cells: ["*"]
except: ["fallback/*"]
instruments:
  clock: { trials: 1, samples: 3, warmup: 1 }
  insn: { trials: 1, samples: 3, warmup: 1 }
END

reasons() { # reasons RUN CELL METRIC GLOB: each of its three samples is invalid, and says this
	local reason count=0
	while IFS= read -r reason; do
		# shellcheck disable=SC2053 # the reason is a glob
		[[ $reason == $4 ]] || {
			echo "a sample's reason: '$reason'"
			return 1
		}
		count=$((count + 1))
	done < <(export_of "$1" --samples | grep -F "$2,$3," | cut -d, -f7-)
	[ $count = 3 ]
}

# On the host each cell is a process, so that a crash is its trial's end. No path is seen here.
holds "on the host the run is partial" ends_with 1 run -q -s "$place/wrong.yaml" -i clock
holds "and is kept as such" run_is 1 status partial
holds "the crash's trial says how it ended" said "killed by signal 4"
holds "host: right is ok" cell_is 1 right ns ok ""
holds "host: the floor is ok" cell_is 1 floor/op=getppid ns ok ""
holds "host: wrong data is invalid" cell_is 1 wrong_data ns invalid "the data was looked for and not found"
holds "host: each of its samples says so" reasons 1 wrong_data ns "the data was looked for and not found"
holds "host: what can't be set up has failed" cell_is 1 no_setup ns failed "setup: no memory to move"
holds "host: what is not ready is invalid, and not timed" cell_is 1 not_ready ns invalid "the state is not there"
holds "host: each of its samples says so" reasons 1 not_ready ns "the state is not there"
holds "host: what is refused is unsupported" cell_is 1 refused ns unsupported "errno 22: the kernel has no such flag"
holds "host: the crash has failed" cell_is 1 crash ns failed "killed by signal 4"

need_kernels 6.1
# In a guest each cell is a process of one trial, which goes on.
holds "in a guest the run is complete" ends_with 0 run -q -s "$place/wrong.yaml" -k debian-6.1
holds "and is kept as such" run_is 2 status complete
holds "right is ok" cell_is 2 right insn ok ""
holds "another path is invalid" \
	cell_is 2 wrong_path insn invalid "another path: __pte_alloc entered 0 times instead of 5"
holds "each of its samples says so" \
	reasons 2 wrong_path insn "another path: __pte_alloc entered 0 times instead of 5"
holds "wrong data is invalid" cell_is 2 wrong_data insn invalid "the data was looked for and not found"
holds "each of its samples says so" reasons 2 wrong_data insn "the data was looked for and not found"
holds "what can't be set up has failed" cell_is 2 no_setup insn failed "setup: no memory to move"
holds "what is not ready is invalid, and not timed" cell_is 2 not_ready insn invalid "the state is not there"
holds "each of its samples says so" reasons 2 not_ready insn "the state is not there"
holds "what is refused is unsupported" cell_is 2 refused insn unsupported "errno 22: the kernel has no such flag"
holds "the crash has failed" cell_is 2 crash insn failed "killed by signal 4"
for op in empty clock getppid; do # they come after the crash
	holds "floor $op is ok" cell_is 2 "floor/op=$op" insn ok ""
done
holds "show tells the reason" ends_with 0 show 2
holds "of the other path too" grep -q "wrong_path.*3 of 3 samples invalid: another path" "$place/out"
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
