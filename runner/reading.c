// SPDX-License-Identifier: GPL-2.0-only
/* reading: what the commands that only read the results share. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "results/words.h"
#include "runner/commands.h"
#include "runner/paths.h"
#include "runner/reading.h"

enum { KEY_COLUMNS = 12 };

int reading_failed(const char *command, const char *text)
{
	struct text plain = { 0 };

	text_add_plain(&plain, text);
	fprintf(stderr, "remapbench %s: %s\n", command, text_get(&plain));
	text_free(&plain);
	return 1;
}

struct store *reading_open(const char *command, const char *db)
{
	struct fault fault = { 0 };
	struct store *store = NULL;
	char path[PATH_MAX];
	int err;

	/* A reader that went away (a pager that was left) is a write error, not our sudden end. */
	signal(SIGPIPE, SIG_IGN);
	if (!db)
		db = option_db;
	if (!db) {
		err = path_of_data("results.db", path);
		if (err) {
			fault_set(&fault, err, "the results' place: %s", strerror(-err));
			reading_failed(command, fault.text);
			return NULL;
		}
		db = path;
	}
	err = store_open(db, STORE_READ, &store, &fault);
	if (!err)
		return store;
	reading_failed(command, fault.text);
	if (err == -ENOENT)
		fputs("Nothing was measured into it yet: remapbench run --help shows how; --db FILE "
		      "reads another.\n",
		      stderr);
	return NULL;
}

int reading_cell(const char *command, const char *globs[CELL_GLOBS], size_t *count,
		 const char *glob)
{
	if (*count == CELL_GLOBS) {
		fprintf(stderr, "remapbench %s: at most %d times --cell\n", command, CELL_GLOBS);
		return 2;
	}
	globs[(*count)++] = glob;
	return 0;
}

int reading_end(const char *command, FILE *out)
{
	struct fault fault = { 0 };
	bool failed = ferror(out);

	/* An error of an earlier write: its errno is gone by now, unless this write fails by it too. */
	errno = 0;
	if (!fflush(out) && !failed)
		return 0;
	fault_set(&fault, -EIO, "not all of the output could be written%s%s", errno ? ": " : "",
		  errno ? strerror(errno) : "");
	return reading_failed(command, fault.text);
}

void reading_line(FILE *out, const char *key, const char *fmt, ...)
{
	struct text raw = { 0 }, plain = { 0 };
	va_list args;

	va_start(args, fmt);
	text_addv(&raw, fmt, args);
	va_end(args);
	text_add_plain(&plain, text_get(&raw));
	if (plain.len && key)
		fprintf(out, "%-*s%s\n", KEY_COLUMNS, key, text_get(&plain));
	else if (plain.len)
		fprintf(out, "  %s\n", text_get(&plain));
	text_free(&raw);
	text_free(&plain);
}

const char *reading_caution(const char *instrument)
{
	if (strcmp(instrument, "insn") != 0)
		return NULL;
	return "insn counts the instructions that the guest's kernel executed, exactly and without "
	       "noise.\nIt sees no cache, no TLB, no IPI: it says how much was done, not how long "
	       "it took.";
}
