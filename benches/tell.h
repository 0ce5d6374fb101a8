/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tell: the agent's side of the report (docs/protocol.md). Lines gather in memory and go out by
 * tell_flush() only, so that nothing is written, and no interrupt of a serial line comes, while
 * samples are taken.
 */
#ifndef BENCHES_TELL_H
#define BENCHES_TELL_H

/* Where the report goes: a pipe, or a serial line (flush then waits until it is sent). */
void tell_open(int fd);
/* One line, without its newline. Characters that the protocol does not know become '?'. */
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Everything gathered; ends the program where nobody listens any more. */
void tell_flush(void);

#endif
