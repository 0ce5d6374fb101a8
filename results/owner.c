// SPDX-License-Identifier: GPL-2.0-only
/* owner: which process writes a run, and whether it still lives. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "results/owner.h"

/* proc(5): "pid (comm) state ppid …"; comm may hold spaces and parentheses: the last ')' ends it. */
static int stat_read(int64_t pid, int64_t *started)
{
	char path[64], line[2048];
	const char *at;
	char state;
	int err;

	snprintf(path, sizeof(path), "/proc/%" PRId64 "/stat", pid);
	err = file_read_line(path, line, sizeof(line));
	if (err)
		return err;
	at = strrchr(line, ')');
	if (!at || at[1] != ' ' || !at[2])
		return -EBADMSG;
	at += 2; /* field 3 */
	state = *at;
	if (state == 'Z' || state == 'X')
		return -ESRCH;
	for (int field = 3; field < 22; field++) {
		at = strchr(at, ' ');
		if (!at)
			return -EBADMSG;
		at++;
	}
	*started = strtoll(at, NULL, 10);
	return 0;
}

int owner_self(struct owner *owner, struct fault *fault)
{
	static const char boot[] = "/proc/sys/kernel/random/boot_id";
	int err;

	owner->pid = getpid();
	err = stat_read(owner->pid, &owner->started);
	if (err)
		return fault_set(fault, err, "/proc/self/stat: %s", strerror(-err));
	err = file_read_line(boot, owner->boot_id, sizeof(owner->boot_id));
	if (err)
		return fault_set(fault, err, "%s: %s", boot, strerror(-err));
	return 0;
}

bool owner_alive(const struct owner *owner, const struct owner *self)
{
	int64_t started;

	return !strcmp(owner->boot_id, self->boot_id) && !stat_read(owner->pid, &started) &&
	       started == owner->started;
}
