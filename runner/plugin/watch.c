// SPDX-License-Identifier: GPL-2.0-only
/* watch: reads the list of addresses and looks one up. Only at translation: a search per block will do. */
#include "runner/plugin/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Copies of a function that the compiler made have its name, and count as one. */
static int watch_function(struct watch *watch, uint64_t address, const char *name)
{
	size_t i = 0;

	while (i < watch->function_count && strcmp(watch->names[i], name) != 0)
		i++;
	if (i == WATCH_FUNCTIONS || watch->address_count == WATCH_ADDRESSES)
		return -1;
	if (i == watch->function_count) {
		snprintf(watch->names[i], WATCH_NAME, "%s", name);
		watch->function_count++;
	}
	watch->addresses[watch->address_count] = address;
	watch->functions[watch->address_count++] = (uint8_t)i;
	return 0;
}

static int watch_line(const char *line, struct watch *watch)
{
	uint64_t start, end, stride;
	char name[WATCH_NAME];
	size_t i;

	if (sscanf(line, "function 0x%" SCNx64 " %63s", &start, name) == 2) {
		return watch_function(watch, start, name);
	} else if (sscanf(line, "interrupt 0x%" SCNx64, &start) == 1) {
		if (watch->interrupt_count == WATCH_ENTRIES)
			return -1;
		watch->interrupts[watch->interrupt_count++] = start;
	} else if (sscanf(line, "exception 0x%" SCNx64, &start) == 1) {
		if (watch->exception_count == WATCH_ENTRIES)
			return -1;
		watch->exceptions[watch->exception_count++] = start;
	} else if (sscanf(line, "fault 0x%" SCNx64, &start) == 1) {
		if (watch->fault_count == WATCH_FAULTS)
			return -1;
		watch->faults[watch->fault_count++] = start;
	} else if (sscanf(line, "stubs 0x%" SCNx64 " 0x%" SCNx64 " %" SCNu64, &start, &end,
			  &stride) == 3 &&
		   stride > 0 && start < end &&
		   watch->stub_count < sizeof(watch->stubs) / sizeof(watch->stubs[0])) {
		i = watch->stub_count++;
		watch->stubs[i].start = start;
		watch->stubs[i].end = end;
		watch->stubs[i].stride = stride;
	} else {
		return -1;
	}
	return 0;
}

int watch_read(const char *path, struct watch *watch)
{
	char line[256];
	int err = 0;
	FILE *file = fopen(path, "re");

	memset(watch, 0, sizeof(*watch));
	if (!file)
		return -1;
	while (!err && fgets(line, sizeof(line), file))
		err = watch_line(line, watch);
	fclose(file);
	return err;
}

static int watch_among(const uint64_t *addresses, size_t count, uint64_t address, size_t *index)
{
	for (*index = 0; *index < count; (*index)++)
		if (addresses[*index] == address)
			return 1;
	return 0;
}

enum watch_kind watch_find(const struct watch *watch, uint64_t address, size_t *function)
{
	size_t index;

	for (size_t i = 0; i < watch->stub_count; i++)
		if (address >= watch->stubs[i].start && address < watch->stubs[i].end &&
		    (address - watch->stubs[i].start) % watch->stubs[i].stride == 0)
			return WATCH_INTERRUPT;
	if (watch_among(watch->addresses, watch->address_count, address, &index)) {
		*function = watch->functions[index];
		return WATCH_FUNCTION;
	}
	if (watch_among(watch->interrupts, watch->interrupt_count, address, &index))
		return WATCH_INTERRUPT;
	if (watch_among(watch->exceptions, watch->exception_count, address, &index))
		return WATCH_EXCEPTION;
	if (watch_among(watch->faults, watch->fault_count, address, &index))
		return WATCH_FAULT;
	return WATCH_NOTHING;
}
