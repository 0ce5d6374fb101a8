#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The reference dataset: what was measured is exported, imported and measured again to the instruction;
# one that was changed differs, one that is not valid adds nothing, and one's own runs stay the newest.
. "${0%/*}/lib.sh"

holds "a file that isn't there is said" ends_with 1 reference list "$place/none"
printf 'suite core\n' >"$place/wrong.ref"
holds "a file that isn't one is refused" ends_with 1 reference import "$place/wrong.ref"
holds "by its line" said "wrong.ref: line 1: not a reference dataset"
holds "and a pipe is not waited for" ends_with 1 reference list /dev/stdin
for wrong in 'reference' 'reference frob' 'reference list a b' 'reference import --json' \
	'reference export x' 'verify a b' 'verify --rows 0' 'verify --frob'; do
	# shellcheck disable=SC2086 # words
	holds "wrong usage: $wrong" ends_with 2 $wrong
done

if [ -e results/reference/core.ref ]; then
	holds "the project's own is listed" ends_with 0 reference list
	holds "and imported into a new database" ends_with 0 reference import
	holds "once" ends_with 0 reference import
	holds "as it says" said "the others were there"
	holds "its runs are complete" test \
		"$("$remapbench" --db "$db" list runs | grep -c complete)" = \
		"$("$remapbench" reference list --json | grep -c '"label"')"
	holds "a row that it doesn't have is wrong usage" ends_with 2 verify -k 5.0
fi
[ $bad = 0 ] || finish

need_kernels 6.1
db=$place/own.db
holds "a small plan of two boots" ends_with 0 run -q -s full -i insn -k debian-6.1 -n 3 -t 2 \
	-c 'floor/*' -c 'move/size=2M/align=*/fill=100/folio=4K/type=anon' -c 'refuse/case=sealed/*'
holds "is exported" ends_with 0 reference export -s full -o "$place/own.ref"
holds "and the same again is the same bytes" sh -c \
	"'$remapbench' --db '$db' reference export -s full 2>/dev/null | cmp - '$place/own.ref'"
db=$place/copy.db
holds "what was exported is imported" ends_with 0 reference import -q "$place/own.ref"
holds "with the same summary" sh -c "
	'$remapbench' --db '$place/own.db' export last --format csv | grep -v '^# run\|,tsc,' >'$place/a'
	'$remapbench' --db '$place/copy.db' export last --format csv | grep -v '^# run\|,tsc,' >'$place/b'
	cmp '$place/a' '$place/b'"
holds "measured again it is identical, to the instruction" ends_with 0 verify -q --no-fetch "$place/own.ref"
holds "in all rows" grep -q '^[1-9][0-9]* identical, 0 differ, 0 skipped' "$place/out"

count=$(sed -n 's/^ok [^ ]* [0-9]* [0-9]* 0 \([0-9]*\)\*3$/\1/p' "$place/own.ref" | tail -1)
sed "s/ $count\*3\$/ $((count + 1))*3/" "$place/own.ref" >"$place/changed.ref"
holds "one instruction more differs" ends_with 1 verify -q --no-fetch -c 'move/*' -c 'floor/*' "$place/changed.ref"
holds "and it is said which" grep -q "DIFFERS *.* -> .*, in 3 of 3 samples" "$place/out"
sed '/^kernel /s/ [0-9a-f]\{64\} / 0000000000000000000000000000000000000000000000000000000000000000 /' \
	"$place/own.ref" >"$place/gone.ref"
holds "a kernel that can't be had is skipped" ends_with 3 verify -q --no-fetch --json "$place/gone.ref"
holds "with its reason" grep -q "is not in the cache" "$place/out"
holds "nothing is left behind" no_scratch_stays

# The project's own, where one of its kernels is here: one boot.
[ $bad = 0 ] || finish
kernel=
for candidate in $(sed -n 's/^kernel [^ ]* \([0-9a-f]*\) .*/\1/p' results/reference/core.ref); do
	"$remapbench" kernel show "$candidate" >/dev/null 2>&1 && kernel=$candidate && break
done
[ -n "$kernel" ] || skip "none of the kernels of the project's dataset is here: remapbench kernel fetch --all"
"$remapbench" verify -q --no-fetch -k "$kernel" -c 'floor/*' >"$place/out" 2>"$place/err"
status=$?
cat "$place/out"
grep -q '^not as it was: guest.qemu' "$place/out" && skip "another QEMU made the project's dataset"
# An agent of another compiler, or of another commit, may move a count without anything being wrong.
agent=$(sha256sum build/release/remapbench-agent | cut -d' ' -f1)
[ $status = 0 ] || grep -q "^note tool.agent_sha256 $agent\$" results/reference/core.ref ||
	skip "the project's dataset was made by another build of the agent, and is not the same with this one"
holds "the project's own dataset is identical, measured here" test $status = 0
finish
