// SPDX-License-Identifier: GPL-2.0-only
/*
 * insn: QEMU's plugin. Between the agent's two marks it counts every instruction that the guest
 * executes, takes those of interrupt handlers out, and counts how often each watched function is
 * entered. Arguments: watch=FILE (watch.h), out=FILE (docs/protocol.md, "The plugin's output").
 *
 * Every instruction adds one to a counter, inline; only the few that mean something (marks, entries,
 * returns from interrupts) cost a call, and they add their own one.
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
#include "runner/plugin/watch.h"

int qemu_plugin_version = QEMU_API;

static struct watch watch;
static int out = -1;
static uint64_t region_index;

/* The region that is open. */
static struct {
	bool open;
	uint64_t begin; /* the counter at its first mark */
	uint64_t excluded; /* instructions of handlers so far */
	unsigned int depth; /* handlers that were entered and have not returned */
	uint64_t handler_begin;
	uint32_t entries[WATCH_FUNCTIONS];
} region;

#if QEMU_API == 1
static uint64_t counter;

static uint64_t *counter_get(void)
{
	return &counter;
}

static void counter_inline(struct qemu_plugin_insn *insn)
{
	qemu_plugin_register_vcpu_insn_exec_inline(insn, INLINE_ADD, &counter, 1);
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
static struct qemu_plugin_scoreboard *scoreboard;

static uint64_t *counter_get(void)
{
	return qemu_plugin_scoreboard_find(scoreboard, 0);
}

static void counter_inline(struct qemu_plugin_insn *insn)
{
	qemu_plugin_u64 counter = { scoreboard, 0 };

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

static void out_region(uint64_t instructions)
{
	char line[WATCH_FUNCTIONS * (WATCH_NAME + 12) + 100];
	int used = snprintf(line, sizeof(line), "region %" PRIu64 " %" PRIu64 " %" PRIu64,
			    region_index++, instructions, region.excluded);

	if (region.depth) /* a mark inside a handler: the agent's marks are never there */
		used += snprintf(line + used, sizeof(line) - (size_t)used, " torn=1");
	for (size_t i = 0; i < watch.function_count; i++)
		if (region.entries[i])
			used += snprintf(line + used, sizeof(line) - (size_t)used, " %s=%" PRIu32,
					 watch.names[i], region.entries[i]);
	line[used++] = '\n';
	out_line(line, (size_t)used);
}

static void on_begin(unsigned int vcpu, void *context)
{
	uint64_t *count = counter_get();

	(void)vcpu;
	(void)context;
	++*count;
	memset(&region, 0, sizeof(region));
	region.open = true;
	region.begin = *count;
}

static void on_end(unsigned int vcpu, void *context)
{
	uint64_t *count = counter_get();

	(void)vcpu;
	(void)context;
	if (region.open)
		out_region(*count - region.begin - region.excluded);
	region.open = false;
	++*count;
}

static void on_function(unsigned int vcpu, void *context)
{
	(void)vcpu;
	++*counter_get();
	if (region.open && !region.depth)
		region.entries[(size_t)(uintptr_t)context]++;
}

static void on_interrupt(unsigned int vcpu, void *context)
{
	uint64_t *count = counter_get();

	(void)vcpu;
	(void)context;
	if (region.open && region.depth++ == 0)
		region.handler_begin = *count;
	++*count;
}

/* An exception is part of the cost, unless a handler takes it. */
static void on_exception(unsigned int vcpu, void *context)
{
	(void)vcpu;
	(void)context;
	++*counter_get();
	if (region.open && region.depth)
		region.depth++;
}

/*
 * The instruction that faulted was counted when it was tried, and will be when it is tried again, but is
 * executed once: the entry's own one is left out in its stead. The guest's TSC agrees, but where the
 * instruction itself could not be fetched: that was never tried, and one too few is counted (execve:
 * one a program).
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
	uint64_t *count = counter_get();

	(void)vcpu;
	(void)context;
	++*count;
	if (region.open && region.depth && --region.depth == 0)
		region.excluded += *count - region.handler_begin;
}

/* The callback that this instruction needs, or NULL for the inlined counter. */
static insn_callback insn_meaning(const struct qemu_plugin_insn *insn, void **context)
{
	uint8_t bytes[MARKER_LENGTH] = { 0 };
	size_t size = insn_bytes(insn, bytes, sizeof(bytes)), function = 0;
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
	switch (watch_find(&watch, qemu_plugin_insn_vaddr(insn), &function)) {
	case WATCH_FUNCTION:
		*context = (void *)(uintptr_t)function;
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
		void *context = NULL;
		insn_callback meaning = insn_meaning(insn, &context);

		if (meaning)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, meaning, CALLBACK_NO_REGISTERS,
							       context);
		else
			counter_inline(insn);
	}
}

static int out_open(const char *path)
{
	char line[WATCH_FUNCTIONS * (WATCH_NAME + 1) + 64];
	int used = snprintf(line, sizeof(line), "remapbench-plugin 1 torn");

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
	const char *watch_path = NULL, *out_path = NULL;

	(void)info;
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "watch=", 6) == 0)
			watch_path = argv[i] + 6;
		else if (strncmp(argv[i], "out=", 4) == 0)
			out_path = argv[i] + 4;
	}
	if (!watch_path || !out_path || watch_read(watch_path, &watch) || out_open(out_path)) {
		fprintf(stderr, "remapbench plugin: needs watch=FILE and out=FILE, both usable\n");
		return -1;
	}
#if QEMU_API != 1
	scoreboard = qemu_plugin_scoreboard_new(sizeof(uint64_t));
#endif
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
