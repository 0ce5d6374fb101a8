/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine: the settings that the whole machine shares. A guest exists for one trial and is ours to
 * set; the host is not: there a cell that needs another setting is unsupported, and says which.
 */
#ifndef BENCHES_MACHINE_H
#define BENCHES_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/* Called once, by process 1 of a guest; children inherit it. */
void machine_own(void);
bool machine_is_ours(void);

/*
 * The setting in the file at path becomes value. 0; -EPERM with words where the machine is not ours;
 * -ENOENT, or what write(2) said, where the kernel has no such setting or refuses the value.
 */
int machine_set(const char *path, const char *value, char *reason);
/* The number in the file at path; `otherwise` where there is none. */
uint64_t machine_number(const char *path, uint64_t otherwise);
/* A line of /proc/meminfo, "MemAvailable" for example, in its own unit; 0 where it is missing. */
uint64_t machine_meminfo(const char *key);

/* -ENOMEM with words where the machine has not bytes available (and some to spare). */
int memory_supported(uint64_t bytes, char *reason);

#endif
