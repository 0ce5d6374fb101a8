/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * watch: which guest addresses mean something to the plugin. The runner writes them, from the
 * kernel's own symbols, to a file that the plugin reads when it starts. One line each:
 *   function ADDRESS NAME      entering it is counted, by name; more than one address may have it
 *   interrupt ADDRESS          the first instruction of an interrupt handler's entry
 *   stubs ADDRESS END STRIDE   entries of handlers, one every STRIDE bytes
 *   exception ADDRESS          the entry of an exception handler: ends in an iret as well
 *   fault ADDRESS              the same, of an exception whose instruction is executed again after it
 * Addresses are hex with 0x.
 */
#ifndef RUNNER_PLUGIN_WATCH_H
#define RUNNER_PLUGIN_WATCH_H

#include <stddef.h>
#include <stdint.h>

enum {
	WATCH_FUNCTIONS = 48,
	WATCH_ADDRESSES = 192,
	WATCH_ENTRIES = 256,
	WATCH_NAME = 64,
	WATCH_FAULTS = 4
};

enum watch_kind { WATCH_NOTHING, WATCH_FUNCTION, WATCH_INTERRUPT, WATCH_EXCEPTION, WATCH_FAULT };

struct watch {
	char names[WATCH_FUNCTIONS][WATCH_NAME]; /* each once */
	size_t function_count;
	uint64_t addresses[WATCH_ADDRESSES];
	uint8_t functions[WATCH_ADDRESSES]; /* an address's index among the names */
	size_t address_count;
	uint64_t interrupts[WATCH_ENTRIES], exceptions[WATCH_ENTRIES];
	size_t interrupt_count, exception_count;
	uint64_t faults[WATCH_FAULTS];
	size_t fault_count;
	struct {
		uint64_t start, end, stride;
	} stubs[4];
	size_t stub_count;
};

/* 0, or -1 where the file can't be read or holds anything else. */
int watch_read(const char *path, struct watch *watch);
/* What the address is; *function is its index for WATCH_FUNCTION. */
enum watch_kind watch_find(const struct watch *watch, uint64_t address, size_t *function);

#endif
