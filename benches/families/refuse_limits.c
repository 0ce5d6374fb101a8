// SPDX-License-Identifier: GPL-2.0-only
/* refuse_limits: lowers limits and lifts them again, seals, finds the vdso. */
#include "benches/families/refuse_limits.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/files.h"
#include "benches/bench.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/families/limit.h"

#define OVERCOMMIT "/proc/sys/vm/overcommit_memory"

enum { SYSCALL_MSEAL = 462, SPACE_LEFT = 1 << 20, SMAPS_LIMIT = 32 << 20, SEALED_COUNT = 64 };

int limits_maps(struct limits *limits, unsigned int more, char *reason)
{
	uint64_t was = limit_now();
	/* One VMA less than the first check of a move wants to be free. */
	uint64_t most = layout_count_all() + kernel_map_room(kernel_running(), false).first - 1;
	int err = was ? limit_set(most + more, reason)
		      : reason_set(reason, -ENOENT, "max_map_count can't be read");

	if (!err)
		limits->maps = was;
	return err;
}

int limits_space(struct limits *limits, char *reason)
{
	struct rlimit now;

	if (getrlimit(RLIMIT_AS, &limits->space_was))
		return reason_set(reason, -errno, "RLIMIT_AS: %s", strerror(errno));
	now = limits->space_was;
	now.rlim_cur = SPACE_LEFT;
	if (setrlimit(RLIMIT_AS, &now))
		return reason_set(reason, -errno, "RLIMIT_AS: %s", strerror(errno));
	limits->space = true;
	return 0;
}

static int capabilities_get(struct __user_cap_data_struct data[2])
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };

	return syscall(SYS_capget, &header, data) ? -errno : 0;
}

/* CAP_IPC_LOCK in the effective set, or not. */
static int lock_privilege_set(bool on)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	int err = capabilities_get(data);

	if (err)
		return err;
	if (on)
		data[0].effective |= 1u << CAP_IPC_LOCK;
	else
		data[0].effective &= ~(1u << CAP_IPC_LOCK);
	return syscall(SYS_capset, &header, data) ? -errno : 0;
}

static bool lock_privileged(void)
{
	struct __user_cap_data_struct data[2];

	return !capabilities_get(data) && data[0].effective & 1u << CAP_IPC_LOCK;
}

int lock_limit_supported(uint64_t length, char *reason)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_MEMLOCK, &limit))
		return reason_set(reason, -errno, "RLIMIT_MEMLOCK: %s", strerror(errno));
	if (limit.rlim_cur < length && !lock_privileged())
		return reason_set(reason, -EPERM,
				  "needs RLIMIT_MEMLOCK of %" PRIu64 " KiB, %" PRIu64 " it is",
				  length >> 10, (uint64_t)limit.rlim_cur >> 10);
	return 0;
}

int region_lock(const struct region *region, char *reason)
{
	/* Not mlock(3), which AddressSanitizer replaces by nothing. */
	if (syscall(SYS_mlock, region->address, region->length))
		return reason_set(reason, -errno, "mlock: %s", strerror(errno));
	return 0;
}

int limits_locked(struct limits *limits, uint64_t length, char *reason)
{
	struct rlimit now;
	int err;

	if (getrlimit(RLIMIT_MEMLOCK, &limits->locked_was))
		return reason_set(reason, -errno, "RLIMIT_MEMLOCK: %s", strerror(errno));
	now = limits->locked_was;
	now.rlim_cur = now.rlim_max < length ? now.rlim_max : length;
	if (setrlimit(RLIMIT_MEMLOCK, &now))
		return reason_set(reason, -errno, "RLIMIT_MEMLOCK: %s", strerror(errno));
	limits->locked = true;
	if (!lock_privileged())
		return 0;
	err = lock_privilege_set(false);
	if (err)
		return reason_set(reason, err, "setting CAP_IPC_LOCK aside: %s", strerror(-err));
	limits->privilege = true;
	return 0;
}

int limits_lift(struct limits *limits, char *reason)
{
	int err = 0, privileged;

	/* The address space first: the rest may need memory. */
	if (limits->space && setrlimit(RLIMIT_AS, &limits->space_was))
		err = reason_set(reason, -errno, "RLIMIT_AS: %s", strerror(errno));
	limits->space = false;
	if (limits->maps)
		err = limit_set(limits->maps, reason);
	limits->maps = 0;
	privileged = limits->privilege ? lock_privilege_set(true) : 0;
	if (privileged)
		err = reason_set(reason, privileged, "CAP_IPC_LOCK: %s", strerror(-privileged));
	limits->privilege = false;
	if (limits->locked && setrlimit(RLIMIT_MEMLOCK, &limits->locked_was))
		err = reason_set(reason, -errno, "RLIMIT_MEMLOCK: %s", strerror(errno));
	limits->locked = false;
	return err;
}

int commit_supported(char *reason)
{
	if (machine_number(OVERCOMMIT, 0) == 1)
		return reason_set(reason, -EOPNOTSUPP,
				  OVERCOMMIT " is 1: this machine promises any amount of memory");
	return 0;
}

int seal_supported(char *reason)
{
	/* No length: nothing is sealed, where the call is known. */
	if (syscall(SYSCALL_MSEAL, 0, 0, 0))
		return reason_set(reason, -errno, "errno %d: this kernel has no mseal (since 6.10)",
				  errno);
	return 0;
}

int region_seal(const struct region *region, char *reason)
{
	if (syscall(SYSCALL_MSEAL, region->address, region->length, 0))
		return reason_set(reason, -errno, "mseal: %s", strerror(errno));
	return 0;
}

uint64_t sealed_place(void)
{
	uint64_t place = WINDOW_SEALED;

	for (int i = 0; i < SEALED_COUNT; i++, place += PUD_BYTES)
		if (!layout_count(place, place + PUD_BYTES))
			return place + PMD_BYTES;
	return WINDOW_SEALED + PMD_BYTES; /* taken: mapping it will say so */
}

void region_drop(const struct region *region, bool sealed)
{
	char reason[REASON_SIZE];

	if (sealed)
		madvise((void *)(uintptr_t)region->address, region->length, MADV_DONTNEED);
	else
		region_unmap(region, region->address, reason);
}

/* Does the entry of smaps that begins there have that VmFlag? */
static bool entry_has_flag(const char *entry, const char *flag)
{
	const char *flags = strstr(entry, "\nVmFlags:"), *found;

	found = flags ? strstr(flags, flag) : NULL;
	return found && found < flags + 1 + strcspn(flags + 1, "\n");
}

int vdso_find(struct extent *vdso, char *reason)
{
	struct text smaps = { 0 };
	const char *line;
	int err = file_read("/proc/self/smaps", SMAPS_LIMIT, &smaps);
	unsigned long long start = 0, end = 0;

	line = err ? NULL : strstr(text_get(&smaps), "[vdso]");
	while (line && line > smaps.data && line[-1] != '\n')
		line--;
	if (err)
		err = reason_set(reason, err, "/proc/self/smaps: %s", strerror(-err));
	else if (!line || sscanf(line, "%llx-%llx", &start, &end) != 2)
		err = reason_set(reason, -ENOENT, "this process has no vdso");
	else if (entry_has_flag(line, " sl"))
		err = reason_set(reason, -EPERM, "this kernel seals the vdso");
	*vdso = (struct extent){ start, end };
	text_free(&smaps);
	return err;
}
