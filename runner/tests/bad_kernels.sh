#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A kernel that says nothing, and one whose config lacks what the agent needs: each fails its own run,
# told apart, the second without a boot; what is given with it goes on.
. "${0%/*}/lib.sh"
need_kernels 6.1
good=$("$remapbench" kernel show 6.1 | sed -n 's/^image *//p')
config=$("$remapbench" kernel show 6.1 | sed -n 's/^config *//p')
[ -r "$config" ] || skip "there is no config of the kernel 6.1 here"
export REMAPBENCH_CACHE=$place/cache2
mkdir "$REMAPBENCH_CACHE"

# A valid header, and nothing behind it.
setup=$((($(od -An -tu1 -j 497 -N 1 "$good") + 1) * 512))
head -c $setup "$good" >"$place/zeros"
head -c $(($(stat -c %s "$good") - setup)) /dev/zero >>"$place/zeros"
# Another image, by one byte at its end, that would boot.
{ cat "$good" && echo; } >"$place/other"
sed 's/^CONFIG_BLK_DEV_INITRD=y/# CONFIG_BLK_DEV_INITRD is not set/; s/^CONFIG_KSM=y/# &/' \
	"$config" >"$place/config"
holds "an image of zeros is taken for what its header says" \
	ends_with 0 kernel add "$place/zeros" --name zeros
holds "so is one with a config" \
	ends_with 0 kernel add "$place/other" --name other --config "$place/config"
holds "kernel show names what the config lacks" grep -qF \
	"CONFIG_BLK_DEV_INITRD is not set: the agent comes as an initramfs; it can't be measured" \
	"$place/out"
holds "and what it can be measured without" grep -qF \
	"CONFIG_KSM is not set: not to be had: cells of merged pages" "$place/out"
holds "both fail, and only they" \
	ends_with 1 run -q -k zeros -k other -c floor/op=empty -n 1 --time-limit 8
holds "the silent one is said to be silent" said \
	"run 1: trial 1: not a word on its serial ports in 8 s: no kernel for this machine"
holds "the other one was not booted" said \
	"run 2: trial 1: not booted, since it can't report: CONFIG_BLK_DEV_INITRD is not set"
ending_is() { # ending_is RUN ENDING
	bench show "$1" --json && grep -q "\"ending\": \"$2\"" "$place/out"
}
holds "its ending is kept as 'silent'" ending_is 1 silent
holds "and the other's as 'unfit'" ending_is 2 unfit
holds "the silent one's cell is failed" cell_is 1 floor/op=empty insn failed "its trial failed: not a word"
holds "no process is left" none_of_ours_runs
finish
