/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * console: what a guest's kernel says of itself going wrong, read from its console as it comes, or
 * from any text that was kept. Any bytes in pieces of any size; allocates nothing; the same bytes give
 * the same answer however they are cut. Knows the words of Linux 6.1 to 7.3 on x86.
 */
#ifndef RUNNER_CONSOLE_H
#define RUNNER_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a report of the kernel's is about. Each is one splat, however many lines it has. */
enum splat_kind {
	SPLAT_PANIC, /* Kernel panic - not syncing */
	SPLAT_OOPS, /* a page fault, a general protection fault … in the kernel */
	SPLAT_BUG, /* kernel BUG at FILE:LINE, and any "BUG: " that is none of the others */
	SPLAT_WARN, /* WARNING: … at FILE:LINE function */
	SPLAT_LOCKDEP, /* lock order, lock state, suspicious RCU usage, locks held or freed */
	SPLAT_ATOMIC, /* sleeping or scheduling where that is forbidden */
	SPLAT_KASAN,
	SPLAT_UBSAN,
	SPLAT_KCSAN,
	SPLAT_KMSAN,
	SPLAT_KFENCE,
	SPLAT_PAGE, /* bad page state, page map, rss counter, page-table or swap entry */
	SPLAT_SLAB, /* SLUB found an object overwritten or freed twice */
	SPLAT_LOCKUP, /* soft lockup, hung task, RCU stall, workqueue lockup */
	SPLAT_OOM, /* the OOM killer took a process */
	SPLAT_KINDS
};
/* "panic", "oops", … "oom": what is stored, and written in tables and JSON. */
const char *splat_kind_name(enum splat_kind kind);

enum {
	CONSOLE_HEADLINE = 200, /* bytes with the NUL */
	CONSOLE_SPLATS = 16, /* different ones kept; further ones are in `total` only */
	CONSOLE_HEAD = 4096, /* bytes of the first splat's own text */
	CONSOLE_LINE = 512, /* bytes of a line that are looked at */
	CONSOLE_LEAD = 1024,
};

/* Splats of one kind with one headline, which names no process, CPU or time. Printable ASCII. */
struct console_splat {
	enum splat_kind kind;
	char headline[CONSOLE_HEADLINE]; /* "mm/mremap.c:1234 move_vma+0x12/0x90" */
	uint32_t count; /* at least 1 */
	uint64_t at; /* where the first of them begins: bytes from the console's start */
};

/* Why a kernel stopped, in its own words; what stopped it without words is the caller's to tell. */
enum console_end {
	CONSOLE_GOES_ON, /* it said nothing of an end */
	CONSOLE_PANIC,
	CONSOLE_OOM, /* a panic, for want of memory */
	CONSOLE_NO_INIT, /* it came up, and found no /init that it could start */
	CONSOLE_NO_KERNEL, /* the image did not even unpack itself */
};

struct console_scan {
	/* Those that are complete, in the order in which each first came: all, after console_finish(). */
	struct console_splat splats[CONSOLE_SPLATS];
	size_t count;
	uint32_t total; /* splats in all */
	enum console_end end; /* the first that it came to */
	char end_words[CONSOLE_HEADLINE]; /* "Attempted to kill init! exitcode=0x00000700" */
	char head[CONSOLE_HEAD]; /* the first splat's own lines, made printable; a string */
	size_t head_len;
	uint64_t bytes; /* fed so far */
	/* the scanner's own */
	char line[CONSOLE_LINE],
		said[CONSOLE_LINE]; /* the open line; the last that said anything */
	size_t line_len;
	uint64_t line_at;
	char lead[CONSOLE_LEAD]; /* what stands before a splat's first line and is part of it */
	size_t lead_len;
	uint64_t lead_at;
	unsigned int lead_lines;
	struct console_splat current; /* the splat whose lines come now */
	bool open, head_open, detailed, numbered;
	unsigned int open_lines;
};

void console_begin(struct console_scan *scan);
void console_feed(struct console_scan *scan, const char *bytes, size_t count);
/* No more will come: takes the last line, though it has no end. Feeding after it is no error. */
void console_finish(struct console_scan *scan);

/*
 * Puts together what two witnesses saw of one guest: its console, and its kernel's log as read from
 * inside. What both saw counts once. `scan` becomes both; its own head stands, where it has one.
 */
void console_merge(struct console_scan *scan, const struct console_scan *other);

/* "1 splat: warn mm/mremap.c:12 move_vma+0x1/0x2", "3 splats, the first: …"; "" for none. Returns out. */
char *console_words(const struct console_scan *scan, char *out, size_t room);

#endif
