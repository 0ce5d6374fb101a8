// SPDX-License-Identifier: GPL-2.0-only
/*
 * insn: QEMU's plugin. Between the agent's two marks it counts every instruction that the guest
 * executes, takes those of interrupt handlers out, and counts how often each watched function is
 * entered; with symbols also the instructions by function. Arguments: watch=FILE (watch.h), out=FILE
 * (docs/protocol.md, "The plugin's output"), symbols=FILE (symbols.h).
 *
 * Every instruction adds one to its function's counter, inline; only the few that mean something (marks,
 * entries, returns from interrupts) cost a call, and they add their own one. The count of all is the
 * counters' sum, taken at these events: so an instruction costs no more than without a profile, and the
 * functions can't but add up to it.
 * A handler's instructions go from the first of its entry to the iret that matches it: exceptions
 * and interrupts inside it nest and end in an iret of their own. Another task that runs when a
 * handler ends in a reschedule is inside that span too.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/marker.h"
#include "runner/plugin/qemu_abi.h"
#include "runner/plugin/rows.h"
#include "runner/plugin/watch.h"

int qemu_plugin_version = QEMU_API;

static struct watch watch;
static struct rows rows;
static int out = -1;
static uint64_t region_index;

/* The region that is open. */
static struct {
	bool open;
	uint64_t begin; /* the count at its first mark */
	uint64_t excluded; /* instructions of handlers so far */
	unsigned int depth; /* handlers that were entered and have not returned */
	uint32_t entries[WATCH_FUNCTIONS];
} region;

#if QEMU_API == 1
static uint64_t counters[ROWS_MAX]; /* by row */

static uint64_t *counters_get(void)
{
	return counters;
}

static void counter_inline(struct qemu_plugin_insn *insn, uint32_t row)
{
	qemu_plugin_register_vcpu_insn_exec_inline(insn, INLINE_ADD, &counters[row], 1);
}

static size_t insn_bytes(const struct qemu_plugin_insn *insn, uint8_t *bytes, size_t room)
{
	size_t size = qemu_plugin_insn_size(insn);

	if (size > room)
		size = room;
	memcpy(bytes, qemu_plugin_insn_data(insn), size);
	return size;
}
#else
static struct qemu_plugin_scoreboard *scoreboard; /* of arrays of counters, by row */

static uint64_t *counters_get(void)
{
	return qemu_plugin_scoreboard_find(scoreboard, 0);
}

static void counter_inline(struct qemu_plugin_insn *insn, uint32_t row)
{
	qemu_plugin_u64 counter = { scoreboard, row * sizeof(uint64_t) };

	qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(insn, INLINE_ADD, counter, 1);
}

static size_t insn_bytes(const struct qemu_plugin_insn *insn, uint8_t *bytes, size_t room)
{
	return qemu_plugin_insn_data(insn, bytes, room);
}
#endif

/* Whole or not at all: a guest that is killed in a sample leaves the lines of all before it. */
static void out_line(const char *line, size_t length)
{
	if (out >= 0 && write(out, line, length) != (ssize_t)length) {
		close(out);
		out = -1;
	}
}

/* The region's line, and those of its profile, in one piece. */
static void out_region(uint64_t instructions)
{
	static char lines[WATCH_FUNCTIONS * (WATCH_NAME + 12) + 100 + ROWS_BUFFER];
	const size_t room = sizeof(lines) - ROWS_BUFFER;
	size_t used = (size_t)snprintf(lines, room, "region %" PRIu64 " %" PRIu64 " %" PRIu64,
				       region_index, instructions, region.excluded);

	if (region.depth) /* a mark inside a handler: the agent's marks are never there */
		used += (size_t)snprintf(lines + used, room - used, " torn=1");
	for (size_t i = 0; i < watch.function_count; i++)
		if (region.entries[i])
			used += (size_t)snprintf(lines + used, room - used, " %s=%" PRIu32,
						 watch.names[i], region.entries[i]);
	lines[used++] = '\n';
	used += rows_profile(&rows, counters_get(), region_index, lines + used);
	region_index++;
	out_line(lines, used);
}

/*
 * What a callback is told of its instruction: the row that it counts in, and for a watched function its
 * index.
 */
static void *insn_context(uint32_t row, size_t function)
{
	return (void *)((uintptr_t)function << 32 | row);
}

static uint32_t context_row(const void *context)
{
	return (uint32_t)(uintptr_t)context;
}

static size_t context_function(const void *context)
{
	return (uintptr_t)context >> 32;
}

static void on_begin(unsigned int vcpu, void *context)
{
	uint64_t *counts = counters_get();

	(void)vcpu;
	counts[context_row(context)]++;
	memset(&region, 0, sizeof(region));
	region.open = true;
	region.begin = rows_total(&rows, counts);
	rows_begin(&rows, counts);
}

static void on_end(unsigned int vcpu, void *context)
{
	uint64_t *counts = counters_get();

	(void)vcpu;
	if (region.open)
		out_region(rows_total(&rows, counts) - region.begin - region.excluded);
	region.open = false;
	counts[context_row(context)]++;
}

static void on_function(unsigned int vcpu, void *context)
{
	(void)vcpu;
	counters_get()[context_row(context)]++;
	if (region.open && !region.depth)
		region.entries[context_function(context)]++;
}

static void on_interrupt(unsigned int vcpu, void *context)
{
	uint64_t *counts = counters_get();

	(void)vcpu;
	if (region.open && region.depth++ == 0)
		rows_handler_begin(&rows, counts);
	counts[context_row(context)]++;
}

/* An exception is part of the cost, unless a handler takes it. */
static void on_exception(unsigned int vcpu, void *context)
{
	(void)vcpu;
	counters_get()[context_row(context)]++;
	if (region.open && region.depth)
		region.depth++;
}

/*
 * The instruction that faulted was counted when it was tried, and will be when it is tried again, but is
 * executed once: the entry's own one is left out in its stead. The guest's TSC agrees, but where the
 * instruction itself could not be fetched: that was never tried, and one too few is counted (execve:
 * one a program). So in a profile the function that faulted has one more and the entry one less.
 */
static void on_fault(unsigned int vcpu, void *context)
{
	(void)vcpu;
	(void)context;
	if (region.open && region.depth)
		region.depth++;
}

static void on_iret(unsigned int vcpu, void *context)
{
	uint64_t *counts = counters_get();

	(void)vcpu;
	counts[context_row(context)]++;
	if (region.open && region.depth && --region.depth == 0)
		region.excluded += rows_handler_end(&rows, counts);
}

/* The callback that this instruction needs, or NULL for the inlined counter. */
static insn_callback insn_meaning(const struct qemu_plugin_insn *insn, size_t *function)
{
	uint8_t bytes[MARKER_LENGTH] = { 0 };
	size_t size = insn_bytes(insn, bytes, sizeof(bytes));
	uint32_t message;

	if (size == MARKER_LENGTH && bytes[0] == 0x0f && bytes[1] == 0x1f && bytes[2] == 0x80) {
		memcpy(&message, bytes + 3, sizeof(message));
		if (message == (MARKER_MAGIC << 8 | MARKER_BEGIN))
			return on_begin;
		if (message == (MARKER_MAGIC << 8 | MARKER_END))
			return on_end;
	}
	if (size == 2 && bytes[0] == 0x48 && bytes[1] == 0xcf)
		return on_iret;
	switch (watch_find(&watch, qemu_plugin_insn_vaddr(insn), function)) {
	case WATCH_FUNCTION:
		return on_function;
	case WATCH_INTERRUPT:
		return on_interrupt;
	case WATCH_EXCEPTION:
		return on_exception;
	case WATCH_FAULT:
		return on_fault;
	default:
		return NULL;
	}
}

static void on_translation(plugin_id id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < count; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint32_t row = rows_find(&rows, qemu_plugin_insn_vaddr(insn));
		size_t function = 0;
		insn_callback meaning = insn_meaning(insn, &function);

		if (meaning)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, meaning, CALLBACK_NO_REGISTERS,
							       insn_context(row, function));
		else
			counter_inline(insn, row);
	}
}

static int out_open(const char *path)
{
	char line[WATCH_FUNCTIONS * (WATCH_NAME + 1) + 64];
	int used = snprintf(line, sizeof(line), "remapbench-plugin %d torn", rows.row_of ? 2 : 1);

	out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (out < 0)
		return -1;
	for (size_t i = 0; i < watch.function_count; i++)
		used += snprintf(line + used, sizeof(line) - (size_t)used, " %s", watch.names[i]);
	line[used++] = '\n';
	out_line(line, (size_t)used);
	return 0;
}

int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv)
{
	const char *watch_path = NULL, *out_path = NULL, *symbols_path = NULL;

	(void)info;
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "watch=", 6) == 0)
			watch_path = argv[i] + 6;
		else if (strncmp(argv[i], "out=", 4) == 0)
			out_path = argv[i] + 4;
		else if (strncmp(argv[i], "symbols=", 8) == 0)
			symbols_path = argv[i] + 8;
	}
	if (!watch_path || !out_path || watch_read(watch_path, &watch) ||
	    rows_open(&rows, symbols_path) || out_open(out_path)) {
		fprintf(stderr,
			"remapbench plugin: needs watch=FILE and out=FILE, and takes symbols=FILE, "
			"all usable\n");
		return -1;
	}
#if QEMU_API != 1
	scoreboard = qemu_plugin_scoreboard_new(ROWS_MAX * sizeof(uint64_t));
#endif
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
