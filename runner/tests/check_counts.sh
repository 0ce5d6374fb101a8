#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ./check counts what the test programs say, in the words of each version of cmocka, and a program
# that dies or says nothing is a failure.
set -u
cd "$(dirname "$0")/../.." || exit 1
source ./check
tap=$(mktemp) || exit 1
trap 'rm -f "$tap"' EXIT
bad=0

counts() { # counts STATUS WANTED: what is said comes on stdin
	local got
	cat >"$tap"
	got=$(count_tap "$1" "$tap")
	[ "$got" = "$2" ] || {
		echo "line ${BASH_LINENO[0]}: \"$got\" where \"$2\" is right, of: $(tr '\n' '|' <"$tap")"
		bad=1
	}
}

printf '1..2\nok 1 - a\nok 2 - b\n' | counts 0 "2 0 0"
printf '1..2\nok 1 - a\nnot ok 2 - b\n' | counts 1 "1 1 0"
printf '1..2\nok 1 - a\nnot ok 2 # SKIP b\n' | counts 0 "1 0 1"
printf 'TAP version 13\n1..2\nok 1 - a\nok 2 - b # SKIP\n' | counts 0 "1 0 1"
printf '1..1\nok 1 - a\n1..1\nok 1 - b\n' | counts 0 "2 0 0"
# It died after the first of three, before its first, or in its teardown.
printf '1..3\nok 1 - a\n' | counts 139 "1 2 0"
printf '1..3\n' | counts 139 "0 3 0"
printf '1..1\nok 1 - a\n' | counts 1 "1 1 0"
printf '' | counts 0 "0 1 0"
printf '' | counts 139 "0 1 0"
printf 'some words, ok 1\n' | counts 0 "0 1 0"
printf 'a test prints: ok 7 of these\n1..1\nok 1 - a\n' | counts 0 "1 0 0"
exit $bad
