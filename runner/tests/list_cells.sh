#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What list says of cells is what the agent lists and the suites take: in full, for the kernel that is
# asked, each with its why; and a suite's glob that matches nothing is told. The agent is a script.
. "${0%/*}/lib.sh"
agent=$place/agent
cat >"$agent" <<'END'
#!/bin/bash
plan=$(cat)
echo "remapbench-report 1"
minor=none
while read -r word major rest; do
	[ "$word" != kernel ] || minor=$major.$rest
done <<<"$plan"
if [[ $plan == *"task cells"* ]]; then
	cat <<LIST
env asked $minor
rule move a folio is larger than the mapping
rule move nothing is there to be moved
cells floor/op=empty 0 1
cells move/size=4K 10 2
expect f_${minor/./_} 17 17
expect g 0 3
cells move/size=1G 400000 100
LIST
else
	echo "metric 0 ns ns ok"
	while read -r word key; do
		[ "$word" = cell ] || continue
		printf 'cell %s\n' "$key"
		for sample in 0 1; do
			printf 'sample %d 7\noutcome vmas %d\noutcome errno 0\n' $sample $((3 + sample))
		done
		printf 'cell-end %s\n' "$key"
	done <<<"$plan"
fi
echo end
END
chmod +x "$agent"
export REMAPBENCH_AGENT=$agent
printf '%s\n' 'name: some' 'cells: ["floor/*"]' 'groups:' \
	'  - why: What a page costs.' '    cells: ["move/*", "mvoe/*"]' '    except: ["*/size=1G", "no/such"]' \
	'instruments: { clock: { trials: 1, samples: 2, warmup: 0 } }' >"$place/some.yaml"

prints() { # prints TEXT ARGUMENT…: exactly this on stdout
	ends_with 0 "${@:2}" && diff <(printf '%s\n' "$1") "$place/out"
}
holds "cells are keys alone" prints $'floor/op=empty\nmove/size=4K\nmove/size=1G' list cells
holds "a glob keeps what it matches" prints $'move/size=4K\nmove/size=1G' list cells 'move/*'
holds "benches are counted" prints $'floor  1\nmove   2' list benches
holds "rules have their reasons" prints \
	$'move  a folio is larger than the mapping\nmove  nothing is there to be moved' list rules
holds "and are found by their bench" prints '[]' list rules 'flo*' --json
holds "a version needs no image" prints \
	$'move/size=4K\n    path: f_6_12=17 g=0..3\nmove/size=1G' list cells -k 6.12 'move/*'
holds "the host's is asked without a version" prints \
	$'floor/op=empty\nmove/size=4K\n    path: f_none=17 g=0..3\n    why: What a page costs.' \
	list cells -s "$place/some.yaml"
holds "a glob that matches nothing is told" said 'the suite some: no cell matches "mvoe/*"'
not_said() { ! grep -qF -- "$1" "$place/err"; }
holds "one that excepts nothing is not" not_said "no/such"
holds "as JSON too" ends_with 0 list cells -s "$place/some.yaml" -k 7.3 --json
holds "with all that is known" grep -qF '"expected": "f_7_3=17 g=0..3"' "$place/out"
holds "and its weight" grep -qF '"setup": 10,' "$place/out"
holds "an unknown kernel is told" ends_with 1 list cells -k no-such-kernel
holds "by name" said no-such-kernel
holds "an unknown suite is told" ends_with 1 list cells -s no-such-suite
holds "a suite goes with cells alone" ends_with 2 list runs -s core
suites() { ends_with 0 list suites && grep -qE '^full +3 ' "$place/out"; }
holds "suites say how many cells they take" suites

holds "a run with such a suite ends well" ends_with 0 run -q -s "$place/some.yaml"
holds "and is warned of the glob as well" said 'no cell matches "mvoe/*"'
holds "what was left behind is shown" ends_with 0 show last --outcomes
holds "with its values" grep -qx '    vmas=3..4 errno=0' "$place/out"
holds "one of it can be the metric" ends_with 0 show last --metric outcome:vmas
holds "and be compared" ends_with 0 compare last last --metric outcome:vmas
holds "it is exported" cell_is last move/size=4K outcome:vmas ok ""
finish
