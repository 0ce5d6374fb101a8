/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report_line: one line of a report while it is read, and the pieces it is read by.
 * The parser's own (report*.c): the others see runner/report.h.
 */
#ifndef RUNNER_REPORT_LINE_H
#define RUNNER_REPORT_LINE_H

#include "runner/report.h"

/* Where a line is being read: what is left of it, and whom to tell what is wrong. */
struct line {
	struct report *report;
	char *rest; /* NULL once the last field was taken */
	struct fault *fault;
};

#define line_refuse(line, ...) fault_set((line)->fault, -EPROTO, __VA_ARGS__)

/* The next field, NUL-terminated; NULL where there is none or it is empty. */
char *line_field(struct line *line);
/* A field that must be there and fit; copied. `what` names it in the fault. */
int line_name(struct line *line, const char *what, char *out, size_t room);
int line_number(struct line *line, const char *what, uint64_t *number);
/* The free text to the line's end. It is for people: what doesn't fit is cut, and shows it. */
void line_text(struct line *line, char *out, size_t room);
int line_reason(struct line *line, char *out, size_t room); /* the same; must not be empty */
/* Nothing may be left. */
int line_done(struct line *line);
/* Counts memory (REPORT_BYTES) before it is asked for. */
int line_charge(struct line *line, size_t bytes);
/*
 * Room for one item more in an array that doubles: it is full at 0 and at each power of two from 8
 * on. Returns the array; NULL (and the fault set) without memory: items is then still good.
 */
void *line_grow(struct line *line, void *items, size_t count, size_t size);

/* What each kind of line does (report_cell.c). A line is checked whole before anything is kept. */
int take_rule(struct line *line);
int take_listed(struct line *line); /* `cells` */
int take_cell(struct line *line);
int take_expect(struct line *line);
int take_sample(struct line *line);
int take_outcome(struct line *line);
int take_invalid(struct line *line);
int take_region(struct line *line);
int take_unsupported(struct line *line);
int take_failed(struct line *line);
int take_cell_end(struct line *line);
/* … (report_stress.c). */
int take_progress(struct line *line);
int take_count(struct line *line);
int take_trouble(struct line *line);

#endif
