// SPDX-License-Identifier: GPL-2.0-only
/* tell: gathers the report's lines and writes them when nothing is being measured. */
#include "benches/tell.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.h"

enum { LINE = 4000 };

static struct text gathered;
static int tell_fd = -1;

void tell_open(int fd)
{
	tell_fd = fd;
}

void tell(const char *fmt, ...)
{
	char line[LINE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	for (char *c = line; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	text_add(&gathered, line);
	text_add(&gathered, "\n");
}

void tell_flush(void)
{
	size_t done = 0;

	if (gathered.failed)
		_exit(3); /* a report with holes is worse than one that ends */
	while (done < gathered.len) {
		ssize_t wrote = write(tell_fd, gathered.data + done, gathered.len - done);

		if (wrote < 0 && errno != EINTR)
			_exit(3);
		if (wrote > 0)
			done += (size_t)wrote;
	}
	text_clear(&gathered);
	if (isatty(tell_fd))
		tcdrain(tell_fd);
}
