#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Every bench runs as an ordinary process under AddressSanitizer and UndefinedBehaviorSanitizer
# without a report of theirs: each cell of up to 32 MiB, once, in a process of its own.
. "$(dirname "${BASH_SOURCE[0]}")/../../runner/tests/lib.sh"
agent=$root/build/asan/remapbench-agent
[ -x "$agent" ] || skip "build/asan/remapbench-agent is not built: ninja"
# What a sanitizer found ends the process with this status, which nothing else gives.
export ASAN_OPTIONS=exitcode=99:detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:exitcode=99

one_cell() { # one_cell KEY FILE: a line "ended STATUS KEY", and what its report says beside samples
	printf 'remapbench-plan 1\ntask measure\ninstrument clock\nsamples 1\ncell %s\nend\n' "$1" \
		>"$2.plan"
	timeout 60 "$agent" <"$2.plan" >"$2.report" 2>&1
	echo "ended $? $(tail -n 1 "$2.report") $1"
	grep -E '^(failed|unsupported|invalid)' "$2.report" | sed "s|\$| ($1)|"
	[ "$(tail -n 1 "$2.report")" = end ] || sed 's/^/    /' "$2.report"
}

"$remapbench" list cells | grep -vE 'size=(256M|[0-9]+G)' >"$place/cells"
half=$((($(wc -l <"$place/cells") + 1) / 2))
head -n "$half" "$place/cells" | while read -r key; do one_cell "$key" "$place/a"; done >"$place/one" &
tail -n "+$((half + 1))" "$place/cells" |
	while read -r key; do one_cell "$key" "$place/b"; done >"$place/two"
wait
cat "$place/one" "$place/two" >"$place/all"
grep -vE '^(ended 0 end|unsupported) ' "$place/all"
grep '^unsupported' "$place/all" | sort | sed 's/^/  /'
echo "$(wc -l <"$place/cells") cells of $(cut -d/ -f1 "$place/cells" | sort -u | wc -l) benches," \
	"$(grep -c '^unsupported' "$place/all") unsupported here"
holds "there are cells" [ "$half" -gt 0 ]
holds "each cell's process ended well, with a whole report" \
	[ "$(grep -c '^ended 0 end ' "$place/all")" = "$(wc -l <"$place/cells")" ]
holds "no cell failed or was invalid" [ "$(grep -cE '^(failed|invalid)' "$place/all")" = 0 ]
finish
