#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Writes the tool's own commit into a header, and touches the header only when it changes.
set -eu
commit=$(git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)
line="#define REMAPBENCH_COMMIT \"$commit\""
[ -f "$1" ] && [ "$(cat "$1")" = "$line" ] || printf '%s\n' "$line" >"$1"
