// SPDX-License-Identifier: GPL-2.0-only
/* machine: reads the machine's settings, and writes them where the machine is a guest of ours. */
#include "benches/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "benches/bench.h"

/* Spare memory for page tables and the rest of the machine, as a share of what is asked for. */
#define SPARE_SHIFT 4

static bool machine_ours;

static struct machine_notes *noted; /* NULL: none are kept */

void machine_own(struct machine_notes *notes)
{
	machine_ours = true;
	noted = notes;
}

/* The first time that a cell sets it. What can't be read can't be put back: it only starts something. */
static void setting_note(const char *path)
{
	char line[64], *word = line, *end;

	if (!noted || noted->count == MACHINE_NOTES || strlen(path) >= sizeof(noted->items[0].path))
		return;
	for (unsigned int i = 0; i < noted->count; i++)
		if (strcmp(noted->items[i].path, path) == 0)
			return;
	if (file_read_line(path, line, sizeof(line)) || !line[0])
		return;
	/* One of several words: "always [madvise] never". */
	end = strchr(line, ']');
	if (end && strchr(line, '[') && strchr(line, '[') < end) {
		word = strchr(line, '[') + 1;
		*end = '\0';
	}
	snprintf(noted->items[noted->count].path, sizeof(noted->items[0].path), "%s", path);
	snprintf(noted->items[noted->count].was, sizeof(noted->items[0].was), "%s", word);
	noted->count++;
}

bool machine_is_ours(void)
{
	return machine_ours;
}

int machine_write(const char *path, const char *value, char *reason)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), err = 0;
	ssize_t wrote;

	if (fd < 0)
		return reason_set(reason, -errno, "%s: %s", path, strerror(errno));
	wrote = write(fd, value, strlen(value));
	if (wrote != (ssize_t)strlen(value))
		err = reason_set(reason, wrote < 0 ? -errno : -EIO, "%s to %s: %s", value, path,
				 strerror(wrote < 0 ? errno : EIO));
	close(fd);
	return err;
}

int machine_set(const char *path, const char *value, char *reason)
{
	if (!machine_ours)
		return reason_set(reason, -EPERM, "needs %s in %s", value, path);
	setting_note(path);
	return machine_write(path, value, reason);
}

void machine_next(bool died)
{
	char reason[REASON_SIZE];

	while (noted && died && noted->count) {
		noted->count--;
		/* What is set only once (the size of a memory disk) stays. */
		if (machine_write(noted->items[noted->count].path, noted->items[noted->count].was,
				  reason))
			fprintf(stderr, "after a cell that died: %s\n", reason);
	}
	if (noted)
		noted->count = 0;
}

uint64_t machine_number(const char *path, uint64_t otherwise)
{
	char line[64];
	uint64_t number;

	if (file_read_line(path, line, sizeof(line)))
		return otherwise;
	line[strcspn(line, " \t\n")] = '\0';
	return number_parse(line, &number) ? otherwise : number;
}

uint64_t machine_meminfo(const char *key)
{
	struct text meminfo = { 0 };
	unsigned long long number = 0;
	char start[64];
	const char *line;

	snprintf(start, sizeof(start), "\n%s:", key);
	/* No key that is asked for is the first line's, so each begins after a newline. */
	if (file_read("/proc/meminfo", 1 << 16, &meminfo) == 0 &&
	    (line = strstr(text_get(&meminfo), start)) &&
	    sscanf(line + strlen(start), "%llu", &number) != 1)
		number = 0;
	text_free(&meminfo);
	return number;
}

int memory_supported(uint64_t bytes, char *reason)
{
	uint64_t available = machine_meminfo("MemAvailable");
	uint64_t wanted = bytes + (bytes >> SPARE_SHIFT);

	if (available * 1024 < wanted)
		return reason_set(reason, -ENOMEM,
				  "needs %" PRIu64 " MiB of memory, %" PRIu64 " available",
				  wanted >> 20, available >> 10);
	return 0;
}
