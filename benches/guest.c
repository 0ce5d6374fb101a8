// SPDX-License-Identifier: GPL-2.0-only
/* guest: being process 1 of a guest that exists for one trial. */
#include "benches/guest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/machine.h"

#define REPORT_LINE_DEVICE "/dev/ttyS1"
#define THP "/sys/kernel/mm/transparent_hugepage/"

static const struct {
	const char *type, *where;
} guest_mounts[] = {
	{ "proc", "/proc" },
	{ "sysfs", "/sys" },
	{ "devtmpfs", "/dev" },
	{ "tracefs", "/sys/kernel/tracing" },
};

/* For a setting that not every kernel has: what can't be set is told by the report's env lines. */
static void setting_write(const char *path, const char *value)
{
	char reason[REASON_SIZE];
	int err = machine_write(path, value, reason);

	if (err && err != -ENOENT && err != -EINVAL)
		fprintf(stderr, "%s\n", reason);
}

int guest_prepare(void)
{
	struct termios line;
	int fd;

	for (size_t i = 0; i < sizeof(guest_mounts) / sizeof(guest_mounts[0]); i++) {
		mkdir(guest_mounts[i].where, 0755);
		if (mount(guest_mounts[i].type, guest_mounts[i].where, guest_mounts[i].type, 0,
			  NULL) &&
		    errno != EBUSY)
			fprintf(stderr, "mount %s: %s\n", guest_mounts[i].where, strerror(errno));
	}
	fd = open(REPORT_LINE_DEVICE, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", REPORT_LINE_DEVICE, strerror(errno));
		return -1;
	}
	if (tcgetattr(fd, &line) == 0) {
		cfmakeraw(&line);
		tcsetattr(fd, TCSANOW, &line);
	}
	return fd;
}

/* Since 6.8 each folio size has a switch: 2 MiB to those that ask, all others never. */
static void guest_folios(void)
{
	DIR *sizes = opendir(THP);
	const struct dirent *entry;
	char path[400];

	while (sizes && (entry = readdir(sizes))) {
		if (strncmp(entry->d_name, "hugepages-", 10) != 0)
			continue;
		snprintf(path, sizeof(path), THP "%s/enabled", entry->d_name);
		setting_write(path,
			      strcmp(entry->d_name, "hugepages-2048kB") == 0 ? "madvise" : "never");
	}
	if (sizes)
		closedir(sizes);
	setting_write(THP "enabled", "madvise");
	setting_write(THP "defrag", "madvise");
	/* Not off, which would turn faults' folios off too on some kernels: one scan a month. */
	setting_write(THP "khugepaged/scan_sleep_millisecs", "2678400000");
	setting_write(THP "khugepaged/alloc_sleep_millisecs", "2678400000");
}

/*
 * Since 6.12 the fair server (kernel/sched/deadline.c) gives ordinary tasks 50 ms of each second from
 * whatever real-time task has the CPU, sched_rt_runtime_us or not: a sample of a quarter of a second
 * was a fifth longer, now and then. Without debugfs it stays.
 */
static void guest_no_fair_server(void)
{
	static const char where[] = "/sys/kernel/debug";

	if (mount("debugfs", where, "debugfs", 0, NULL))
		return;
	setting_write("/sys/kernel/debug/sched/fair_server/cpu0/runtime", "0");
	umount(where);
}

void guest_quiet(void)
{
	struct sched_param first = { .sched_priority = 90 };

	guest_folios();
	setting_write("/sys/kernel/mm/ksm/run", "0");
	setting_write("/proc/sys/kernel/watchdog", "0");
	setting_write("/proc/sys/vm/compaction_proactiveness", "0");
	/*
	 * A kernel thread that woke up while a sample runs must not take the CPU at the next
	 * cond_resched(): its instructions would be counted as the call's.
	 */
	setting_write("/proc/sys/kernel/sched_rt_runtime_us", "-1");
	guest_no_fair_server();
	if (sched_setscheduler(0, SCHED_FIFO, &first))
		fprintf(stderr, "SCHED_FIFO: %s\n", strerror(errno));
}

void guest_end(void)
{
	reboot(RB_POWER_OFF);
	for (;;)
		pause(); /* the runner's time limit ends a guest that can't power off */
}
