/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine: the settings that the whole machine shares. A guest exists for one trial and is ours to
 * set; the host is not: there a cell that needs another setting is unsupported, and says which.
 */
#ifndef BENCHES_MACHINE_H
#define BENCHES_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/* What settings were before the running cell: a process that was killed can't put them back. */
enum { MACHINE_NOTES = 16 };
struct machine_notes {
	unsigned int count;
	struct {
		char path[128], was[64];
	} items[MACHINE_NOTES];
};

/*
 * Called once, by process 1 of a guest; children inherit it. notes: zeroed memory that they share with
 * it; NULL: none are kept.
 */
void machine_own(struct machine_notes *notes);
bool machine_is_ours(void);
/*
 * By process 1 when a cell's process has ended. Well: what it set, it has put back as far as it matters,
 * and nothing is kept in mind of it. Or not (died): what any process set since the last call is as it was
 * then, for the next cell.
 */
void machine_next(bool died);

/*
 * The setting in the file at path becomes value. 0; -EPERM with words where the machine is not ours;
 * -ENOENT, or what write(2) said, where the kernel has no such setting or refuses the value.
 */
int machine_set(const char *path, const char *value, char *reason);
/* The same by process 1 before there are cells, for all of them: nothing is noted, nothing asked. */
int machine_write(const char *path, const char *value, char *reason);
/* The number in the file at path; `otherwise` where there is none. */
uint64_t machine_number(const char *path, uint64_t otherwise);
/* A line of /proc/meminfo, "MemAvailable" for example, in its own unit; 0 where it is missing. */
uint64_t machine_meminfo(const char *key);

/* -ENOMEM with words where the machine has not bytes available (and some to spare). */
int memory_supported(uint64_t bytes, char *reason);

#endif
