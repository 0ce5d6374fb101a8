#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The statistics beside GSL's: oracle_gsl prints values, beside_gsl compares the project's own. Two
# programs, since GSL's licence (GPL-3 or later) and the project's (GPL-2.0-only) do not go into one.
cd "$(dirname "$0")/../.." || exit 1
if ! echo '#include <gsl/gsl_version.h>' | cc -E - >/dev/null 2>&1; then
	echo "libgsl-dev is not installed: ./setup --lint"
	exit 77
fi
command -v ninja >/dev/null && ninja build/release/tests/oracle_gsl build/release/tests/beside_gsl || exit 1
build/release/tests/oracle_gsl | build/release/tests/beside_gsl || exit 1
# It can fail: one value that is not GSL's.
if echo 'tail 1 0.2' | build/release/tests/beside_gsl; then
	echo "a wrong value was taken"
	exit 1
fi
