/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fault: what went wrong, in words, beside the negative errno that says it to code.
 * A function that can fail in ways its errno can't tell takes a `struct fault *` as its last
 * parameter (NULL where nobody asks); only the command layer prints it.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

struct fault {
	char text[768]; /* one line, no newline at the end; "" while nothing went wrong */
};

/* Writes the text (cut to what fits, control characters shown as '?'); returns err, a negative errno. */
int fault_set(struct fault *fault, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "prefix: " before the text that is there; returns err. */
int fault_wrap(struct fault *fault, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
