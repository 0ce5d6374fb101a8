#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Where the kernel falls back to smaller folios than a cell's, the cell has no number in any figure, and
# says why. The memory of the guest is cut up for that. (benches/tests/fallback.c)
. "${0%/*}/lib.sh"
export REMAPBENCH_AGENT=$root/build/release/tests/agent-wrong
cat >"$place/fallback.yaml" <<'END'
name: fallback
cells: ["fallback/*"]
instruments:
  clock: { trials: 1, samples: 2, warmup: 0 }
  insn: { trials: 1, samples: 2, warmup: 0 }
END

# Each of a cell's two samples is invalid, for a folio's sake.
# shellcheck disable=SC2317 # holds calls it
samples_tell_folios() { # samples_tell_folios RUN CELL
	[ "$(export_of "$1" --samples | grep -F "$2,insn," | cut -d, -f7- | grep -cE 'folio|MiB')" = 2 ]
}

holds "on the host it is refused: it takes all memory" ends_with 0 run -q -s "$place/fallback.yaml" -i clock
holds "and says so" cell_is 1 fallback/folio=2M ns unsupported "takes all memory: in a guest only"

need_kernels 6.12
run=1
for folio in 64K 2M; do
	cell=fallback/folio=$folio
	run=$((run + 1))
	holds "in a guest the run is complete" \
		ends_with 0 run -q -s "$place/fallback.yaml" -k debian-6.12 -c "$cell"
	holds "a fallback from $folio is invalid" \
		cell_is "$run" "$cell" insn invalid "* is not the head of a folio*"
	holds "each of its samples says so" samples_tell_folios "$run" "$cell"
done
holds "no process is left" none_of_ours_runs
finish
