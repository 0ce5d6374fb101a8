// SPDX-License-Identifier: GPL-2.0-only
/* console: cuts a console into lines and lines into splats; by which words, console_rules.c knows. */
#include "runner/console.h"

#include <stdio.h>
#include <string.h>

#include "runner/console_rules.h"

enum {
	LEAD_LINES =
		6, /* between "cut here" and the line that says what it is, a WARN()'s own words */
	SPLAT_LINES = 200, /* where no line says that it ends */
};

void console_begin(struct console_scan *scan)
{
	memset(scan, 0, sizeof(*scan));
}

static void lines_add(char *to, size_t room, size_t *length, const char *line)
{
	size_t more = strlen(line);

	if (*length + more + 2 > room)
		return;
	memcpy(to + *length, line, more);
	*length += more;
	to[(*length)++] = '\n';
	to[*length] = '\0';
}

static bool splat_same(const struct console_splat *a, const struct console_splat *b)
{
	return a->kind == b->kind && strcmp(a->headline, b->headline) == 0;
}

static struct console_splat *splat_find(struct console_scan *scan,
					const struct console_splat *splat)
{
	for (size_t i = 0; i < scan->count; i++)
		if (splat_same(&scan->splats[i], splat))
			return &scan->splats[i];
	return NULL;
}

static void splat_close(struct console_scan *scan)
{
	struct console_splat *same;

	if (!scan->open)
		return;
	scan->open = scan->head_open = false;
	same = splat_find(scan, &scan->current);
	if (same)
		same->count++;
	else if (scan->count < CONSOLE_SPLATS)
		scan->splats[scan->count++] = scan->current;
}

/* What the kernel said last, where that is why it stopped. */
static void end_note(struct console_scan *scan, enum console_end end, const char *words)
{
	if (scan->end)
		return;
	scan->end = end;
	snprintf(scan->end_words, sizeof(scan->end_words), "%.*s", CONSOLE_HEADLINE - 1, words);
}

static void panic_note(struct console_scan *scan, const char *words)
{
	static const struct {
		const char *words;
		enum console_end end;
	} known[] = {
		{ "System is deadlocked on memory", CONSOLE_OOM },
		{ "Out of memory", CONSOLE_OOM },
		{ "VFS: Unable to mount root", CONSOLE_NO_INIT },
		{ "No working init found", CONSOLE_NO_INIT },
		{ "No init found", CONSOLE_NO_INIT },
		{ "Requested init ", CONSOLE_NO_INIT },
	};
	enum console_end end = CONSOLE_PANIC;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && end == CONSOLE_PANIC; i++)
		if (strstr(words, known[i].words))
			end = known[i].end;
	end_note(scan, end, words);
}

static void splat_open(struct console_scan *scan, enum splat_kind kind, const char *headline)
{
	splat_close(scan);
	scan->current = (struct console_splat){
		.kind = kind,
		.count = 1,
		.at = scan->lead_len ? scan->lead_at : scan->line_at,
	};
	memcpy(scan->current.headline, headline, strlen(headline) + 1);
	scan->open = true;
	scan->detailed = scan->numbered = false;
	scan->open_lines = 0;
	scan->head_open = scan->total == 0;
	scan->total += scan->total < UINT32_MAX;
	if (scan->head_open && scan->lead_len)
		lines_add(scan->head, sizeof(scan->head), &scan->head_len, scan->lead);
	/* The lead ends in a newline of its own. */
	if (scan->head_open && scan->head_len)
		scan->head[--scan->head_len] = '\0';
	if (kind == SPLAT_PANIC)
		panic_note(scan, headline);
}

/* A line that would begin a splat, were it not of the one that is open. */
static bool splat_continues(struct console_scan *scan, enum splat_kind kind, const char *headline,
			    bool numbered)
{
	enum splat_kind open = scan->current.kind;

	if (!scan->open)
		return false;
	/* "BUG: kernel NULL pointer…", "#PF: …", "Oops: 0002 [#1]". */
	if (numbered && !scan->numbered && (open == SPLAT_OOPS || open == SPLAT_BUG))
		return true;
	/* "agent invoked oom-killer", a page of figures, "Out of memory: Killed process 57 (agent)". */
	if (kind == SPLAT_OOM && open == SPLAT_OOM && !scan->detailed &&
	    strstr(headline, "Killed process")) {
		memcpy(scan->current.headline, headline, strlen(headline) + 1);
		scan->detailed = true;
		return true;
	}
	return false;
}

static void detail_take(struct console_scan *scan, const char *text)
{
	char detail[CONSOLE_HEADLINE];
	char *headline = scan->current.headline;
	size_t used = strlen(headline);

	if (scan->detailed || !console_detail(scan->current.kind, text, detail, sizeof(detail)))
		return;
	scan->detailed = true;
	if (!strstr(headline, detail + 1))
		snprintf(headline + used, CONSOLE_HEADLINE - used, "%s", detail);
}

/* What may turn out to belong to the splat that comes next. */
static void lead_take(struct console_scan *scan, const char *text)
{
	if (console_ruler(text)) {
		scan->lead_len = scan->lead_lines = 0;
		scan->lead_at = scan->line_at;
	} else if (!scan->lead_len) {
		return;
	}
	if (scan->lead_lines++ < LEAD_LINES)
		lines_add(scan->lead, sizeof(scan->lead), &scan->lead_len, scan->line);
	else
		scan->lead_len = 0;
}

static void splat_line(struct console_scan *scan, const char *text)
{
	if (scan->head_open)
		lines_add(scan->head, sizeof(scan->head), &scan->head_len, scan->line);
	detail_take(scan, text);
	if (scan->open_lines && console_ends(scan->current.kind, text)) {
		splat_close(scan);
		scan->lead_len = 0;
	} else if (++scan->open_lines > SPLAT_LINES) {
		splat_close(scan);
	}
}

static void line_take(struct console_scan *scan)
{
	const char *text;
	char headline[CONSOLE_HEADLINE];
	enum splat_kind kind;
	bool numbered;

	scan->line[scan->line_len] = '\0';
	text = console_text(scan->line);
	numbered = console_numbered(text);
	if (console_starts(text, &kind, headline) &&
	    !splat_continues(scan, kind, headline, numbered)) {
		splat_open(scan, kind, headline);
		scan->lead_len = 0;
	} else {
		lead_take(scan, text);
	}
	if (scan->open && numbered)
		scan->numbered = true;
	if (scan->open)
		splat_line(scan, text);
	if (strstr(text, "-- System halted"))
		end_note(scan, CONSOLE_NO_KERNEL, scan->said);
	else if (text[0])
		snprintf(scan->said, sizeof(scan->said), "%s", text);
}

void console_feed(struct console_scan *scan, const char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++, scan->bytes++) {
		char byte = bytes[i];

		if (byte == '\n' || byte == '\r') {
			if (scan->line_len)
				line_take(scan);
			scan->line_len = 0;
			continue;
		}
		if (!scan->line_len)
			scan->line_at = scan->bytes;
		/* What a line has beyond that is not looked at. */
		if (scan->line_len < sizeof(scan->line) - 1)
			scan->line[scan->line_len++] = byte == '\t'		  ? ' '
						       : byte < ' ' || byte > '~' ? '?'
										  : byte;
	}
}

void console_finish(struct console_scan *scan)
{
	if (scan->line_len)
		line_take(scan);
	scan->line_len = 0;
	splat_close(scan);
}

void console_merge(struct console_scan *scan, const struct console_scan *other)
{
	uint32_t named = 0, others_named = 0, more;

	for (size_t i = 0; i < scan->count; i++)
		named += scan->splats[i].count;
	for (size_t i = 0; i < other->count; i++)
		others_named += other->splats[i].count;
	/* Those that had no room for their headlines. */
	more = scan->total - named;
	if (other->total - others_named > more)
		more = other->total - others_named;
	for (size_t i = 0; i < other->count; i++) {
		struct console_splat *same = splat_find(scan, &other->splats[i]);

		if (same && same->count < other->splats[i].count)
			same->count = other->splats[i].count;
		else if (!same && scan->count < CONSOLE_SPLATS)
			scan->splats[scan->count++] = other->splats[i];
		else if (!same)
			more += other->splats[i].count;
	}
	scan->total = more;
	for (size_t i = 0; i < scan->count; i++)
		scan->total += scan->splats[i].count;
	if (!scan->end) {
		scan->end = other->end;
		memcpy(scan->end_words, other->end_words, sizeof(scan->end_words));
	}
	if (!scan->head_len) {
		memcpy(scan->head, other->head, sizeof(scan->head));
		scan->head_len = other->head_len;
	}
}

char *console_words(const struct console_scan *scan, char *out, size_t room)
{
	const struct console_splat *first = &scan->splats[0];

	out[0] = '\0';
	if (scan->count)
		snprintf(out, room, "%u splat%s %s %s", scan->total,
			 scan->total == 1 ? ":" : "s, the first:", splat_kind_name(first->kind),
			 first->headline);
	return out;
}
