# SPDX-License-Identifier: GPL-2.0-only
# lib: what the tests of the whole program share. Read by them (`. "${0%/*}/lib.sh"`), not run.
# It gives $remapbench, a directory of the test's own ($place, gone when the test ends), a database's
# name in it ($db), a cache of its own that has the shared kernels in it, and the functions below.
# shellcheck shell=bash
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
root=$PWD
remapbench=$root/build/release/remapbench
shared=${REMAPBENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/remapbench}
place=$(mktemp -d "${TMPDIR:-/tmp}/remapbench-test.XXXXXX") || exit 1
db=$place/results.db
scratch=$place/cache/scratch # where guests' files are while they run
bad=0
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$place"' EXIT
mkdir "$place/cache" "$place/data"
[ -d "$shared/kernels" ] && ln -s "$(realpath "$shared/kernels")" "$place/cache/kernels"
export REMAPBENCH_CACHE=$place/cache REMAPBENCH_DATA=$place/data
unset REMAPBENCH_AGENT

skip() { # what has failed before stays a failure
	echo "$*"
	[ $bad = 0 ] || exit 1
	exit 77
}

[ -x "$remapbench" ] || skip "build/release/remapbench is not built: ninja"

holds() { # holds WORDS COMMAND…: what must be, and what shows it
	local words=$1
	shift
	if "$@"; then
		echo "PASS $words"
	else
		echo "FAIL $words ($(caller))"
		bad=1
	fi
}

finish() { # the last line of each test
	exit "$bad"
}

bench() { # remapbench on the test's database; stdout and stderr go to $place/out and $place/err
	"$remapbench" --db "$db" "$@" >"$place/out" 2>"$place/err"
}

ends_with() { # ends_with STATUS ARGUMENT…: remapbench's exit status; shows what it said if it is another
	local want=$1 status
	shift
	bench "$@"
	status=$?
	[ "$status" = "$want" ] && return
	echo "exit status $status instead of $want of: remapbench $*"
	sed 's/^/    /' "$place/out" "$place/err"
	return 1
}

said() { # said WORDS: on stderr, by the last bench
	grep -qF -- "$1" "$place/err" || {
		sed 's/^/    /' "$place/err"
		return 1
	}
}

need_kernels() { # skips where a guest can't be had; makes sure that each kernel's symbols are known
	local kernel image
	command -v qemu-system-x86_64 >/dev/null || skip "there is no qemu-system-x86_64 here"
	for kernel in "$@"; do
		image=$("$remapbench" kernel show "$kernel" 2>/dev/null | sed -n 's/^image *//p')
		[ -r "$image" ] || skip "there is no kernel $kernel here: remapbench kernel fetch $kernel"
		[ -r "${image%/*}/symbols" ] && continue
		"$remapbench" --db "$place/symbols.db" run -q -k "$kernel" -c 'floor/op=empty' -n 1 \
			>"$place/out" 2>&1 || {
			cat "$place/out"
			echo "$kernel does not boot"
			exit 1
		}
	done
}

export_of() { # export_of RUN [--samples]: CSV without the lines that say which run it is
	"$remapbench" --db "$db" export "$1" --format csv "${@:2}" | tr -d '\r' | grep -v '^# run'
}

run_field() { # run_field RUN KEY: from the lines that say which run it is
	"$remapbench" --db "$db" export "$1" --format csv | tr -d '\r' | sed -n "s/^# run $2: //p"
}

run_is() { # run_is RUN KEY VALUE
	local is
	is=$(run_field "$1" "$2")
	[ "$is" = "$3" ] || {
		echo "run $1: $2 is '$is'"
		return 1
	}
}

cell_is() { # cell_is RUN CELL METRIC STATE REASON: REASON is a glob; only ok ones have a median
	local line
	line=$(export_of "$1" | grep -F "$2,$3,")
	case $line in
	"$2,$3,"*",$4,"*) ;;
	*)
		echo "the summary: $line"
		return 1
		;;
	esac
	# shellcheck disable=SC2053 # the reason is a glob
	[[ $line == *$5* ]] && [[ $4 == ok || $line == "$2,$3,"*",$4,,,,,,"* ]] && return
	echo "the summary: $line"
	return 1
}

# Processes that were started by this test and run one of the project's programs, or QEMU.
ours() {
	local directory
	for directory in /proc/[0-9]*; do
		case $(readlink "$directory/exe" 2>/dev/null) in
		*/qemu-system-x86_64* | */remapbench* | */agent-wrong* | */bad-guest*) ;;
		*) continue ;;
		esac
		tr '\0' '\n' 2>/dev/null <"$directory/environ" | grep -qxF "REMAPBENCH_DATA=$place/data" &&
			echo "${directory#/proc/}"
	done
}

none_of_ours_runs() { # after at most 2 s: they die by the kernel's hand, which may take a moment
	local pids i
	for i in 1 2 3 4 5 6 7 8 9 10; do
		pids=$(ours)
		[ -z "$pids" ] && return
		sleep 0.2
	done
	for i in $pids; do
		echo "still there: $i $(tr '\0' ' ' 2>/dev/null <"/proc/$i/cmdline")"
	done
	return 1
}

no_scratch_stays() {
	local left
	left=$(find "$scratch" -mindepth 1 -name 'run.*' 2>/dev/null)
	[ -z "$left" ] || {
		echo "left behind: $left"
		return 1
	}
}
