#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The running kernel timed against itself: both sides in one go, in blocks; what may not be timed together
# or decided is refused in words, and an emulated guest has no time at all.
. "${0%/*}/lib.sh"
small=(-c 'floor/*' -c 'move/size=4K/align=unaligned/fill=100/*')

paired() { # paired A B: does compare know that they were measured side by side?
	"$remapbench" --db "$db" compare "$1" "$2" --json | tr -d ' ' | grep -q '"paired":true'
}
trials() { # trials RUN: how many ended well
	"$remapbench" --db "$db" show "$1" --json | tr -d ' \n' | grep -o '{"trial":[0-9]*' | wc -l
}
holds "host twice ends well" ends_with 0 run -q -i clock -k host -k host "${small[@]}" -n 3 -t 4
holds "as two runs of one go" paired 1 2
holds "with as many trials" test "$(trials 1)" = "$(trials 2)"
bench compare 1 2
holds "it is compared, and four trials prove nothing" test $? = 2
holds "as measured in balanced order" sh -c "! grep -q 'not measured in one go' '$place/out'"
holds "runs apart are not" ends_with 0 run -q -i clock "${small[@]}" -n 3 -t 4
bench compare 1 3
holds "and that is said" grep -q 'not measured in one go' "$place/out"
holds "three trials become two blocks" ends_with 0 run -q -i clock -k host -k host -c floor/op=empty -n 1 -t 3
holds "of two each" test "$(trials 4)" = 4

holds "until decided, it ends by its limit of trials" ends_with 0 run -q -i clock -k host -k host \
	"${small[@]}" -n 3 --until-decided -t 6
holds "side by side" paired 6 7
bench compare 6 7
status=$?
# Whatever it says: of tables of noise one in forty holds a cost, and no test may hang on that.
holds "compare gives a verdict" test "$status" -le 2
holds "by the same looks" sh -c "'$remapbench' --db '$db' compare 6 7 --json | grep -q 'spent over the looks'"
holds "or by its budget" ends_with 0 run -q -i clock -k host -k host -c floor/op=empty -n 1 \
	--until-decided --budget 0.001
holds "after one block" test "$(trials 8)" = 2

for wrong in '--until-decided' '--until-decided -k host' '--budget x' '--budget -1' '--until-decided -k host -k host -t 5000'; do
	# shellcheck disable=SC2086 # words
	holds "refused: run $wrong" ends_with 2 run -q $wrong
done
need_kernels 6.1
holds "counts need no decision" ends_with 2 run -q -i insn -k debian-6.1 --until-decided
timed_or_told() { # under KVM, or not at all
	bench run -q -i clock -k debian-6.1 -c floor/op=empty -n 1 -t 1 || said "wants real time, which a guest has under KVM alone"
}
holds "a guest that is not on the real CPU is not timed" timed_or_told
finish
