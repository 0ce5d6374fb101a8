/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * landing: makes the kernel's own choice of a place known before the call. get_unmapped_area() takes
 * the highest gap that fits; where all higher ones are taken, and a filler ends at a chosen place,
 * the next mapping of that length lands right below it.
 */
#ifndef BENCHES_LANDING_H
#define BENCHES_LANDING_H

#include <stddef.h>
#include <stdint.h>

enum { LANDING_FILLERS = 256 };

struct landing {
	uint64_t boundary; /* where what lands will end: PMD-aligned; 0 before the first prepare */
	struct {
		uint64_t address, length;
	} fillers[LANDING_FILLERS]; /* reserved address space without pages */
	size_t count;
};

/*
 * From here on a mapping of that length, of which the kernel chooses the place, lands at *place, its
 * end on a PMD boundary: a length of whole PMDs is PMD-aligned then, as kernels since 6.7 make it by
 * themselves (thp_get_unmapped_area()), and no other is. 0; -EADDRNOTAVAIL with words where the
 * kernel chose otherwise.
 */
int landing_prepare(struct landing *landing, uint64_t length, uint64_t *place, char *reason);
/* Some place of that offset in the PMD, for what is claimed before there is one. */
uint64_t landing_likely(uint64_t length);
void landing_free(struct landing *landing);

#endif
