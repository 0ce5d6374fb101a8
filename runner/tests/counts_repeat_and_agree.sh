#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Counted in guests: two runs of a kernel give the same samples, byte for byte, whatever runs beside
# them; the plugin's count and the guest's own TSC differ by one constant; and each move takes the
# path that its kernel is known for, on 6.1 and on 6.12.
. "${0%/*}/lib.sh"
need_kernels 6.1 6.12

holds "a run of the smoke suite on 6.1 ends well" ends_with 0 run -q -s smoke -k debian-6.1
while :; do :; done &
busy=$!
holds "a run on 6.1 and 6.12 side by side, beside a busy loop, ends well" \
	ends_with 0 run -q -s smoke -k debian-6.1 -k debian-6.12 -j 2
kill $busy

for run in 1 2 3; do
	export_of $run --samples >"$place/samples.$run"
	export_of $run >"$place/summary.$run"
done
release() { [[ $(run_field "$1" kernel_release) == "$2".* ]]; }
holds "run 2 is of 6.1" release 2 6.1
holds "run 3 is of 6.12" release 3 6.12

same() { cmp "$1" "$2" || ! diff "$1" "$2" | head -n 20; }
holds "both runs of 6.1 have the same samples, byte for byte" same "$place/samples.1" "$place/samples.2"
holds "both runs of 6.1 have the same summary" same "$place/summary.1" "$place/summary.2"

whole() { # every cell of the suite: each sample valid, or unsupported where it can be nothing else
	local cells
	cells=$("$remapbench" list cells -s smoke | grep -vc '^ ')
	awk -F, -v cells="$cells" '
		NR == 1 { next }
		$2 == "insn" { seen++ }
		$2 == "insn" && $4 == "unsupported" && $1 ~ /^(relocate.flags=(8|16)|contend)\// { next }
		$2 == "insn" && ($4 != "ok" || $11 < 3 || $12 != 0) { print; bad = 1 }
		END {
			if (seen != cells) print seen + 0 " cells, not " cells
			exit bad || seen != cells
		}' "$1"
}
agree() { # an interrupt is in the TSC and not in the count: such samples differ by more, none by less
	awk -F, '
		$2 == "tsc" { tsc[$1, $4, $5] = $6 }
		$2 == "insn" { insn[$1, $4, $5] = $6 }
		END {
			for (sample in insn) {
				if (!(sample in tsc)) { print sample ": no TSC"; exit 1 }
				seen[tsc[sample] - insn[sample]]++
				samples++
			}
			for (difference in seen)
				if (!most || seen[difference] > seen[most]) most = difference
			for (difference in seen)
				if (difference + 0 < most + 0) less += seen[difference]
			print samples + 0 " samples, " seen[most] + 0 " differ by " most ", " less + 0 " by less"
			exit !(samples && seen[most] >= 0.9 * samples && !less && most + 0 > 0)
		}' "$1"
}
for run in 1 3; do
	holds "run $run: all cells are there, all samples are valid" whole "$place/summary.$run"
	holds "run $run: the count and the TSC differ by a constant" agree "$place/samples.$run"
done

fingerprint() { # fingerprint RUN CELL FUNCTION=ENTRIES…: in each sample; what no sample entered is not kept
	local run=$1 cell=$2/type=anon pair
	shift 2
	for pair in "$@"; do
		awk -F, -v cell="$cell" -v metric="fn:${pair%=*}" -v want="${pair#*=}" '
			$1 == cell && $2 == "insn" { samples++ }
			$1 == cell && $2 == metric { kept++; if ($6 != want) { print metric "=" $6; bad = 1 } }
			END { exit bad || !samples || (kept != samples && (want != 0 || kept)) }' \
			"$place/samples.$run" || {
			echo "run $run: $cell: ${pair%=*} is not ${pair#*=}"
			return 1
		}
	done
}
paths_hold() { # paths_hold RUN: `CELL __pte_alloc move_huge_pmd __split_huge_pmd flush_tlb_mm_range`
	local cell allocations huge splits flushes all=0
	while read -r cell allocations huge splits flushes; do
		fingerprint "$1" "$cell" "__pte_alloc=$allocations" "move_huge_pmd=$huge" \
			"__split_huge_pmd=$splits" "flush_tlb_mm_range=$flushes" || all=1
	done <<-END
		move/size=32M/align=pmd/fill=100/folio=4K 0 0 0 17
		move/size=32M/align=unaligned/fill=100/folio=4K 17 0 0 33
		move/size=32M/align=pmd/fill=100/folio=2M 0 16 0 17
		move/size=32M/align=unaligned/fill=100/folio=2M 17 0 16 49
		move/size=32M/align=pmd/fill=0/folio=4K 0 0 0 0
		move/size=32M/align=unaligned/fill=0/folio=4K 0 0 0 0
	END
	return $all
}
holds "6.1: the paths of 32 MiB" paths_hold 1
holds "6.12: the paths of 32 MiB" paths_hold 3
mutual=move/size=3M/align=mutual/fill=100/folio=4K
holds "6.1: 3 MiB at +1 MiB need a page table" fingerprint 1 $mutual __pte_alloc=1
holds "6.12: 3 MiB at +1 MiB are realigned and need none" fingerprint 3 $mutual __pte_alloc=0
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
