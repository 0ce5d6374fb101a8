// SPDX-License-Identifier: GPL-2.0-only
/* tracing: a private mount of tracefs. */
#include "runner/tracing.h"

#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include <limits.h>
#include <unistd.h>

#include "runner/paths.h"

#define TRACEFS "/sys/kernel/tracing"

int tracing_prepare(void)
{
	char part[PATH_MAX];

	if (access(TRACEFS "/events", F_OK) == 0 || errno == EACCES)
		return 0;
	if (geteuid() != 0)
		return -EPERM;
	path_of_part("", part); /* while we can still tell where we stand (paths.c) */
	/* What is mounted here may not reach the machine's own namespace. */
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("tracefs", TRACEFS, "tracefs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		return -errno;
	return 0;
}
