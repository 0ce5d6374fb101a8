// SPDX-License-Identifier: GPL-2.0-only
/* guest: being process 1 of a guest that exists for one trial. */
#include "benches/guest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "benches/tell.h"

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

/*
 * The recipe's `quiet` hides warnings from the console, and a guest that dies later has said nothing
 * of them elsewhere. One system call, no file: what is measured afterwards is not moved by it.
 */
static void guest_speak(void)
{
	enum { SYSLOG_ACTION_CONSOLE_LEVEL = 8, WARNINGS_TOO = 5 };

	klogctl(SYSLOG_ACTION_CONSOLE_LEVEL, NULL, WARNINGS_TOO);
}

void guest_quiet(void)
{
	struct sched_param first = { .sched_priority = 90 };

	guest_speak();
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

/* "<4>[    1.234567] …": a line of the kernel's own (not of /dev/kmsg's users), a warning or worse. */
static bool log_is_grave(const char *line)
{
	return line[0] == '<' && line[1] >= '0' && line[1] <= '4' && line[2] == '>';
}

void guest_tell_log(void)
{
	enum { SYSLOG_ACTION_READ_ALL = 3, SYSLOG_ACTION_SIZE_BUFFER = 10, LINES = 50000 };
	int size = klogctl(SYSLOG_ACTION_SIZE_BUFFER, NULL, 0), got, lines = 0;
	/* Each line is given its level and time, which the kernel's own buffer has in fewer bytes. */
	char *log = size > 0 ? malloc(2 * (size_t)size + 1) : NULL;

	if (!log)
		return;
	got = klogctl(SYSLOG_ACTION_READ_ALL, log, 2 * size);
	log[got > 0 ? got : 0] = '\0';
	for (char *line = log, *next; line && lines < LINES; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (log_is_grave(line)) {
			tell("log %s", line);
			lines++;
		}
	}
	free(log);
}

void guest_end(void)
{
	reboot(RB_POWER_OFF);
	for (;;)
		pause(); /* the runner's time limit ends a guest that can't power off */
}
