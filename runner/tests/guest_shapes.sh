#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Guests can be had with page tables of five levels, where execve's stack is realigned since 6.7, and with
# a disk to swap to, where moved memory can be reclaimed and read back; their counts are of a kind of
# their own, and the host is refused.
. "${0%/*}/lib.sh"
need_kernels 6.1 6.12

bench claims -q -s claims-five-levels --five-levels -k debian-6.1 -k debian-6.12 -j 2
status=$?
grep -v '^$' "$place/out"
holds "what is claimed of execve's stack holds on 6.1 and 6.12" [ $status = 0 ]

swapped=relocate/flags=0/size=2M/fill=100/folio=4K/pages=swapped/beside=neighbours
owned=relocate/flags=0/size=2M/fill=100/folio=4K/pages=owned/beside=nothing
holds "a guest with a disk to swap to ends well" \
	ends_with 0 run -q -s full -k debian-6.12 -n 2 --swap-disk -c "$swapped" -c "$owned"
holds "memory with a swapped page was moved" cell_is last "$swapped" insn ok ''
holds "and memory that was reclaimed after its move is as it was" cell_is last "$owned" insn ok ''
reclaimed() { # every page of 2 MiB went to swap and came back
	"$remapbench" --db "$db" show last --outcomes | grep -A1 -xF "$owned" | grep -qE ' reclaimed=512$'
}
holds "each of its pages was" reclaimed
holds "its count is not compared with other guests'" ends_with 4 compare last:insn:6.1 last:insn:6.12
holds "the host has no other levels" ends_with 2 run -i clock --five-levels
holds "nor such a disk" ends_with 2 run -i clock --swap-disk
holds "no file is left" no_scratch_stays
finish
