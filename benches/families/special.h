/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * special: mappings that drivers made of a size of their own (VM_DONTEXPAND), which mremap may move
 * but not duplicate or resize.
 */
#ifndef BENCHES_SPECIAL_H
#define BENCHES_SPECIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum special {
	SPECIAL_VVAR, /* the kernel's time page, in every process: install_special_mapping() */
	SPECIAL_PERF, /* the buffer of a perf event: perf_mmap() */
	SPECIAL_RING, /* the rings of an io_uring: io_uring_mmap() */
};

struct special_mapping {
	uint64_t address, length; /* length: 0 of vvar, which is never unmapped */
	int fd; /* -1: none */
};

/* "vvar", "perf", "io_uring"; false for anything else. */
bool special_parse(const char *word, enum special *special);
/*
 * At least one page of that kind: at address where the kernel lets choose (perf). -errno with words where the
 * machine has none or refuses it.
 */
int special_map(enum special special, uint64_t address, struct special_mapping *mapping,
		char *reason);
void special_unmap(struct special_mapping *mapping);
int special_supported(enum special special, uint64_t address, char *reason);
/* The line of maps that begins at address, to compare. -ENOENT with words. */
int special_line(uint64_t address, struct text *line, char *reason);

#endif
