// SPDX-License-Identifier: GPL-2.0-only
/* reason: why a cell or a sample is not what it should be, in words, beside its errno. */
#include <stdarg.h>
#include <stdio.h>

#include "benches/bench.h"

int reason_set(char *reason, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(reason, REASON_SIZE, fmt, args);
	va_end(args);
	return err;
}
