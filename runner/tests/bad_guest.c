// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_guest: an /init that misbehaves, to show that its trial fails with a reason and takes nothing
 * else along. How it does is said by the cells of its plan, one after the other: cell bad/how=hang, …
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/marker.h"

enum { PLANTED = 16 };

static int line = -1;

static void say(const char *text)
{
	if (write(line, text, strlen(text)) < 0)
		_exit(1); /* process 1 ends: a panic, which its trial reports */
	tcdrain(line);
}

/* What an honest agent says before its cells, and one finished cell, whose region is marked. */
static void say_beginning(void)
{
	MARKER(MARKER_BEGIN);
	MARKER(MARKER_END);
	say("remapbench-report 1\nenv kernel.release 6.1.0-bad\nmetric 0 tsc ticks ok\n"
	    "cell bad/how=first\nsample 0 11\nregion 1\ncell-end bad/how=first\n");
}

static void flood(int fd)
{
	char block[4096];

	memset(block, 'x', sizeof(block));
	for (size_t i = 127; i < sizeof(block); i += 128)
		block[i] = '\n';
	for (;;)
		if (write(fd, block, sizeof(block)) < 0)
			_exit(1);
}

static void flood_report(void)
{
	for (unsigned long i = 0;; i++) {
		char text[80];

		snprintf(text, sizeof(text), "sample %lu 11\nregion %lu\n", i, i + 2);
		if (i == 0)
			say("cell bad/how=flood\n");
		if (write(line, text, strlen(text)) < 0)
			_exit(1);
	}
}

static void file_say(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		say("cell bad/how=unable\nfailed no such file\ncell-end bad/how=unable\n");
}

/* As root in a stock kernel, so that it is the kernel itself that says it. */
static void crash(void)
{
	mkdir("/proc", 0555);
	mount("proc", "/proc", "proc", 0, NULL);
	file_say("/proc/sysrq-trigger", "c");
}

/* Process 1 can't be killed for it. */
static void eat_memory(void)
{
	for (;;) {
		char *block = malloc(16 << 20);

		if (block)
			memset(block, 1, 16 << 20);
	}
}

static void misbehave(const char *how)
{
	if (strcmp(how, "hang") == 0) {
		say("cell bad/how=hang\n");
		for (;;)
			pause();
	} else if (strcmp(how, "panic") == 0) {
		say("cell bad/how=panic\nsample 0 12\n");
		_exit(7);
	} else if (strcmp(how, "crash") == 0) {
		say("cell bad/how=crash\n");
		crash();
	} else if (strcmp(how, "oom") == 0) {
		say("cell bad/how=oom\n");
		eat_memory();
	} else if (strcmp(how, "reset") == 0) {
		say("cell bad/how=reset\n");
		reboot(RB_AUTOBOOT);
	} else if (strcmp(how, "flood") == 0) {
		flood_report();
	} else if (strcmp(how, "flood-console") == 0) {
		flood(open("/dev/ttyS0", O_WRONLY | O_NOCTTY));
	} else if (strcmp(how, "cut") == 0) {
		say("cell bad/how=cut\nsample 0 1");
	} else if (strcmp(how, "noise") == 0) {
		say("cell bad/how=noise\n\x01\x02\xff not a record\n");
		for (;;)
			pause();
	}
	sync();
	reboot(RB_POWER_OFF);
}

/* A fault of runner/tests/data/planted-faults.patch, in a process of its own: it may die of it. */
static void commit_planted(const char *number)
{
	static char words[] = "cell bad/how=planted-";
	pid_t child;

	say(words);
	say(number);
	say("\n");
	child = fork();
	if (child == 0) {
		syscall(SYS_mremap, 0, 0, 0, 0x46000000 | atoi(number), 0);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	say("failed it was planted\ncell-end bad/how=planted-");
	say(number);
	say("\n");
}

/* A cell that goes well, though the kernel may have had something to say meanwhile. */
static void behave(const char *how)
{
	static unsigned int regions = 1; /* the first cell's */
	char text[300];

	if (strcmp(how, "warn") == 0)
		file_say("/dev/kmsg", "<3>WARNING: CPU: 0 PID: 1 at mm/mremap.c:1 f+0x1/0x2\n");
	MARKER(MARKER_BEGIN);
	MARKER(MARKER_END);
	snprintf(text, sizeof(text),
		 "cell bad/how=%s\nsample 0 11\nregion %u\ncell-end bad/how=%s\n", how, ++regions,
		 how);
	say(text);
	if (strcmp(how, "log") == 0)
		say("log <4>[    3.000000][    T1] WARNING: mm/mremap.c:2 at g+0x1/0x2, CPU#0: a/1\n");
}

static bool is_good(const char *how)
{
	return strncmp(how, "fine", 4) == 0 || strcmp(how, "warn") == 0 || strcmp(how, "log") == 0;
}

static void plan_follow(char *plan)
{
	static const char cell[] = "cell bad/how=";

	say_beginning();
	for (char *at = strtok(plan, "\n"); at; at = strtok(NULL, "\n")) {
		const char *how = at + strlen(cell);

		if (strncmp(at, cell, strlen(cell)) != 0)
			continue;
		if (is_good(how))
			behave(how);
		else if (strncmp(how, "planted-", 8) == 0)
			commit_planted(how + 8);
		else
			misbehave(how);
	}
	say("end\n");
	reboot(RB_POWER_OFF);
}

int main(void)
{
	static const char *const ways[] = { "fine-1", "hang",  "panic",	 "crash",
					    "oom",    "reset", "flood",	 "flood-console",
					    "cut",    "noise", "fine-2", "warn",
					    "log" };
	char plan[65536];
	struct termios settings;
	int fd = open("/plan", O_RDONLY);
	ssize_t got;

	if (fd < 0) { /* as a plain process it only lists what it has */
		fputs("remapbench-report 1\n", stdout);
		for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
			printf("cells bad/how=%s 1 1\n", ways[i]);
		for (int i = 1; i <= PLANTED; i++)
			printf("cells bad/how=planted-%d 1 1\n", i);
		puts("end");
		return 0;
	}
	klogctl(8, NULL, 5); /* warnings to the console, as the agent has it */
	mkdir("/dev", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	line = open("/dev/ttyS1", O_RDWR | O_NOCTTY);
	if (tcgetattr(line, &settings) == 0) {
		cfmakeraw(&settings);
		tcsetattr(line, TCSANOW, &settings);
	}
	got = read(fd, plan, sizeof(plan) - 1);
	plan[got > 0 ? got : 0] = '\0';
	plan_follow(plan);
	return 1;
}
