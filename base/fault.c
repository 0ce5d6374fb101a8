// SPDX-License-Identifier: GPL-2.0-only
/* fault: writing the one line that says what went wrong. */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FAULT_ROOM = sizeof(((struct fault *)0)->text) };

static void fault_clean(char *text)
{
	for (unsigned char *at = (unsigned char *)text; *at; at++)
		if (*at < ' ' || *at == 0x7f)
			*at = '?';
}

int fault_set(struct fault *fault, int err, const char *fmt, ...)
{
	/* By way of a copy: the arguments may be pieces of the text that is there. */
	char text[FAULT_ROOM];
	va_list args;

	if (!fault)
		return err;
	va_start(args, fmt);
	if (vsnprintf(text, sizeof(text), fmt, args) < 0)
		text[0] = '\0';
	va_end(args);
	fault_clean(text);
	memcpy(fault->text, text, strlen(text) + 1);
	return err;
}

int fault_wrap(struct fault *fault, int err, const char *fmt, ...)
{
	char text[FAULT_ROOM];
	va_list args;
	int len;
	size_t used;

	if (!fault)
		return err;
	va_start(args, fmt);
	len = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	used = len < 0 ? 0 : strlen(text);
	snprintf(text + used, sizeof(text) - used, fault->text[0] ? ": %.*s" : "%.*s",
		 (int)(sizeof(text) - used), fault->text);
	fault_clean(text);
	memcpy(fault->text, text, strlen(text) + 1);
	return err;
}
