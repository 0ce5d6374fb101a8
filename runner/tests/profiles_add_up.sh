#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Instructions by function, counted in guests: in each sample they add up to its count; two runs have
# the same profiles, byte for byte; counting by function changes no count; and a difference of two
# kernels by function adds up to the cell's, to the instruction.
. "${0%/*}/lib.sh"
need_kernels 6.1 6.12

move=move/size=2M/align=unaligned/fill=100/folio=4K/type=anon
cells=(-c 'floor/*' -c "$move")
for run in 1 2; do
	holds "run $run on 6.12 ends well" ends_with 0 run -q -k debian-6.12 -i insn -n 4 "${cells[@]}"
done
holds "run 3, on 6.12 without profiles, ends well" \
	ends_with 0 run -q -k debian-6.12 -i insn -n 4 --no-profile "${cells[@]}"
holds "run 4, on 6.1, ends well" ends_with 0 run -q -k debian-6.1 -i insn -n 4 "${cells[@]}"

profile_of() { # profile_of RUN CELL: as JSON, without what says which run it is
	"$remapbench" --db "$db" profile "$1" "$2" --json --samples | sed '/^ "run": {$/,/^ },$/d'
}
# The JSON is one value a line, a space deeper for each level: a profile's own values stand behind one
# or two, those of its functions and groups behind three or four.
adds_up() { # adds_up RUN CELL: each sample's functions, and the count that the plugin gave it
	profile_of "$1" "$2" >"$place/profile"
	export_of "$1" --samples | awk -F, -v cell="$2" '$1 == cell && $2 == "insn" { print $6 }' \
		>"$place/counts"
	awk 'FNR == NR { count[samples++] = $1; next }
		/^   "values": \[$/ { at = 0; inside = 1; next }
		/^   ]$/ { inside = 0 }
		inside { sum[at++] += $1 }
		/^ "functions": \[$/ { functions = 1 }
		/^ "[a-z]*": \{$/ { key = $1 }
		/^  "steady": / { steady[key] = $2 + 0 }
		/^    "steady": / && functions { by += $2 }
		/^ "without_profile": / && $2 + 0 { print "a sample has no profile"; bad = 1 }
		END {
			for (i = 0; i < samples; i++)
				if (sum[i] != count[i]) {
					print "sample " i ": " sum[i] " by function, " count[i] " in all"
					bad = 1
				}
			parts = steady["\"path\":"] + steady["\"refill\":"] + steady["\"layout\":"]
			if (by != steady["\"insn\":"] || by != parts) {
				print "steady: " by " by function, " parts " by part"
				bad = 1
			}
			exit bad || samples != 4
		}' "$place/counts" "$place/profile"
}
for run in 1 2 4; do
	holds "run $run: the functions of a floor's samples add up to its counts" \
		adds_up $run floor/op=getppid
	holds "run $run: those of a move's do" adds_up $run "$move"
done

same_profile() {
	profile_of 1 "$1" >"$place/first" && profile_of 2 "$1" >"$place/second" &&
		cmp "$place/first" "$place/second"
}
holds "two runs have the same profile of a move, byte for byte" same_profile "$move"
holds "two runs have the same profile of a floor" same_profile floor/op=getppid
same_counts() { cmp <(export_of 1 --samples) <(export_of 3 --samples); }
holds "counting by function changes no count" same_counts
without_says_so() { ends_with 1 profile 3 "$move" && said "--no-profile"; }
holds "a run without profiles says so" without_says_so

holds_moves() { # what any kernel runs to move pages, and no more of the agent than the call
	awk '/^   "function": / { name = $2 }
		/^    "steady": / { steady[name] = $2 + 0 }
		/^   "entries": / { entries[name] = $2 + 0 }
		END {
			user = steady["\"[user]\","]
			print user " instructions in user space, " entries["\"__pte_alloc\","] " page tables"
			exit !(steady["\"move_page_tables\","] && steady["\"move_vma\","] && user &&
				user <= 40 && entries["\"__pte_alloc\","] == 2)
		}' "$place/first"
}
profile_of 1 "$move" >"$place/first"
holds "a move's profile has the functions of a move" holds_moves

difference_adds_up() {
	ends_with 0 profile 4 1 "$move" --json || return 1
	awk '/^ "groups": \[$/ { list = "groups" }
		/^ "functions": \[$/ { list = "functions" }
		/^ "change": / { change = $2 + 0 }
		/^  "change": / { parts += $2 }
		/^   "change": / { sum[list] += $2 }
		END {
			print change " in all, " parts " by part, " sum["groups"] " by group, " \
				sum["functions"] " by function"
			exit !(change && parts == change && sum["groups"] == change &&
				sum["functions"] == change)
		}' "$place/out"
}
holds "6.1 to 6.12: the difference by function adds up to the cell's" difference_adds_up
holds "the difference is shown" ends_with 0 profile 4 1 "$move"
holds "no process is left" none_of_ours_runs
holds "no file is left" no_scratch_stays
finish
