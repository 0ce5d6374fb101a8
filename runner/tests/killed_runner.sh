#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A runner that is killed at any moment loses the trial in flight and nothing else: the database
# opens, what had ended is there and whole, its children die with it, and the next start clears up.
. "${0%/*}/lib.sh"

trials() { # trials RUN: how many are stored; fails where one is not whole or one is missing before another
	export_of "$1" --samples >"$place/samples" 2>"$place/err" || return 1
	awk -F, 'NR > 1 && $2 == "ns" { n[$4]++; if ($4 > last) last = $4 }
		END {
			for (i = 1; i <= last; i++)
				if (n[i] != 2) { print "trial " i ": " n[i] + 0 " samples"; exit 1 }
			print last + 0
		}' "$place/samples"
}
survives() { # survives RUN SEEN: as many as a reader saw before the kill, or more; whole
	local now
	now=$(trials "$1") || {
		echo "$now"
		cat "$place/err"
		return 1
	}
	echo "run $1: $now trials, $2 of them seen before"
	[ "$now" -ge "$2" ]
}
statuses() { # statuses WORD…: of all runs, the newest first
	local is
	bench list runs --json || return 1
	is=$(sed -n 's/.*"status": "\(.*\)".*/\1/p' "$place/out" | xargs)
	[ "$is" = "$*" ] || {
		echo "they are: $is"
		return 1
	}
}
start_host() {
	"$remapbench" --db "$db" run -q -s full -i clock -c 'floor/*' \
		-c 'move/size=2M/align=*/fill=*/folio=4K/type=anon' -n 2 -t 1000 \
		>"$place/run.out" 2>&1 &
	runner=$!
}
kill_runner() {
	kill -9 $runner
	wait $runner 2>/dev/null
}

opens() { # it may be as empty as it was made
	bench list runs || {
		cat "$place/err"
		return 1
	}
}
one_kill() { # one_kill WHEN: whatever it does now
	local run seen
	run=$(run_field last id 2>/dev/null)
	seen=${run:+$(trials "$run")}
	kill_runner
	holds "killed $1: its agent is gone" none_of_ours_runs
	[ -e "$db" ] || return
	holds "the database opens" opens
	[ -z "$run" ] || holds "what had ended is there" survives "$run" "$seen"
}
begins() { # begins COUNT: that many runs are there
	local i
	for i in $(seq 100); do
		[ "$("$remapbench" --db "$db" list runs 2>/dev/null | grep -c .)" -ge "$1" ] && return
		sleep 0.05
	done
	cat "$place/run.out"
	return 1
}
# While it starts, before there is a database and a run, and while it makes them.
for pause in 0.02 0.1 0.2 0.3 0.4; do
	start_host
	sleep "$pause"
	one_kill "after $pause s"
done
# While trials come and go: at any moment of the first half second.
for i in 1 2 3 4 5; do
	bench list runs
	start_host
	holds "a run begins" begins $(($(grep -c . "$place/out") + 1))
	pause=$(printf '0.%03d' $((RANDOM % 500)))
	sleep "$pause"
	one_kill "$pause s into its run"
done
bench list runs
runs=$(grep -c . "$place/out")
enough() { [ "$runs" -ge 5 ] && [ "$(trials last)" -ge 1 ]; }
holds "some were killed at work" enough

holds "a run ends well after all that" ends_with 0 run -q -i clock -c 'floor/*' -n 2 -t 2
# shellcheck disable=SC2046 # a word a run
holds "those that were killed are interrupted" statuses complete $(yes interrupted | head -n "$runs")
holds "no file is left" no_scratch_stays

need_kernels 6.1
# A guest in its boot: QEMU dies too, and its files are cleared away by the next start.
"$remapbench" --db "$db" run -q -s smoke -k debian-6.1 >"$place/run.out" 2>&1 &
runner=$!
booting() {
	local i
	for i in $(seq 100); do
		[ -n "$(find "$scratch" -name console -size +0 2>/dev/null)" ] && return
		ours | xargs -r -I{} readlink /proc/{}/exe | grep -q qemu && [ "$i" -gt 10 ] && return
		sleep 0.1
	done
	cat "$place/run.out"
	return 1
}
holds "a guest boots" booting
kill_runner
holds "killed in a boot: no QEMU is left" none_of_ours_runs
stays() { [ -n "$(find "$scratch" -name 'run.*')" ]; }
holds "its files are" stays
holds "the next run ends well" ends_with 0 run -q -i clock -c 'floor/op=empty' -n 1 -t 1
holds "and has cleared them away" no_scratch_stays
# shellcheck disable=SC2046 # a word a run
holds "the guest's run is interrupted" statuses complete interrupted complete $(yes interrupted | head -n "$runs")
finish
