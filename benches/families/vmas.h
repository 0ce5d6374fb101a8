/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vmas: the VMAs of the two windows as a list that a bench can compute with: what a call should have
 * left is made from what was there before it, and compared with what is there, attributes included.
 */
#ifndef BENCHES_VMAS_H
#define BENCHES_VMAS_H

#include <stddef.h>
#include <stdint.h>

struct vma {
	uint64_t start, end;
	uint64_t rest; /* of its line in maps (permissions, offset, file), as a hash */
};

/* Those that begin in a window, by address. -E2BIG where room is too small. */
int vmas_read(struct vma *vmas, size_t room, size_t *count, char *reason);
/* Those inside [start, end) lie `by` higher now: still by address. */
void vmas_shift(struct vma *vmas, size_t count, uint64_t start, uint64_t end, uint64_t by);
/* Those inside [start, end) are gone. Returns how many are left. */
size_t vmas_drop(struct vma *vmas, size_t count, uint64_t start, uint64_t end);
/* 0, or -EPROTO with the first that is not as it should be. */
int vmas_same(const struct vma *want, size_t want_count, const struct vma *got, size_t got_count,
	      char *reason);
/* What is there now is what should be. */
int vmas_proof(const struct vma *want, size_t count, char *reason);

/* Nothing is mapped in the windows any more. */
int windows_clear(char *reason);

#endif
