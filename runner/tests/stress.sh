#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A stress ends well on stock kernels, in a guest and on the host, and does the same for the same seed.
# What goes wrong, in the agent's eyes or on the kernel's console, is a failure that is kept and can be
# repeated; what can't be asked for is refused.
. "${0%/*}/lib.sh"

holds "a stress of the host ends well" ends_with 0 stress -q --seed 5 --operations 400
counted() { # counted NAME: its count, by the last bench's words
	sed -n "s/^  $1  *//p" "$place/out"
}
first="$(counted mremap) $(counted moved) $(counted invalid)"
holds "it has moved memory" test "$(counted moved)" -gt 0
holds "and the same seed again" ends_with 0 stress -q --seed 5 --operations 400
holds "does the same again" test "$first" = "$(counted mremap) $(counted moved) $(counted invalid)"
holds "so does one with threads end well" ends_with 0 stress -q --seed 5 --operations 150 --threads 2
holds "and one without some operations" \
	ends_with 0 stress -q --seed 5 --operations 300 --without fork --without child
holds "which then does not fork" test "$(counted forks)" -lt 100

holds "the outcome is there as JSON" ends_with 0 stress -q --seed 6 --operations 50 --json
holds "and says so" grep -qF '"ok": true' "$place/out"

# An agent that finds something wrong.
cat >"$place/agent" <<'END'
#!/bin/sh
cat >/dev/null
printf '%s\n' 'remapbench-report 1' 'progress 12 mremap=3' 'count operations 12' \
	'trouble seed 5' 'trouble operation 12' 'trouble page 77 holds 0x0' 'end'
END
chmod +x "$place/agent"
export REMAPBENCH_AGENT=$place/agent
holds "what the agent finds wrong is a failure" ends_with 1 stress -q --seed 5 --operations 400
holds "it says what" said 'page 77 holds 0x0'
holds "and how to do it again" said 'again: remapbench stress -k host --seed 5 --operations 400'
holds "and it is kept" grep -qF 'page 77 holds 0x0' "$place/data/stress/host-5/trouble"
holds "with the command" grep -qF -- '--seed 5 --operations 400' "$place/data/stress/host-5/command"
holds "another time beside it" ends_with 1 stress -q --seed 5 --operations 400
holds "in a folder of its own" test -s "$place/data/stress/host-5-1/trouble"
unset REMAPBENCH_AGENT

holds "an operation that there is not is refused" ends_with 2 stress --without everything
holds "so is a number that is none" ends_with 2 stress --seed x
holds "so is a host with more CPUs" ends_with 2 stress --cpus 2
holds "so are words with a line's end" ends_with 2 stress --append 'a
b'
holds "so is a word too many" ends_with 2 stress 6.12

need_kernels 6.12
holds "a stress of a stock kernel ends well" \
	ends_with 0 stress -q -k debian-6.12 --seed 7 --operations 300 --time-limit 1200
holds "memory was reclaimed in it" test "$(counted pages_reclaimed)" -gt 0
holds "and migrated" test "$(counted pages_migrated)" -gt 0
holds "a kernel that panics is a failure" \
	ends_with 1 stress -q -k debian-6.12 --seed 8 --operations 300 --append rdinit=/nothing
holds "whose console is kept" grep -rqF 'Kernel panic' "$place/data/stress"
holds "no file is left" no_scratch_stays
finish
