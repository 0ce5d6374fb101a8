// SPDX-License-Identifier: GPL-2.0-only
/*
 * bad_guest: an /init that misbehaves, to show that its trial fails with a reason and takes nothing
 * else along. How it does is said by the first cell of its plan: cell bad/how=hang, …
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/marker.h"

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

static void misbehave(const char *how)
{
	say_beginning();
	if (strcmp(how, "hang") == 0) {
		say("cell bad/how=hang\n");
		for (;;)
			pause();
	} else if (strcmp(how, "panic") == 0) {
		say("cell bad/how=panic\nsample 0 12\n");
		_exit(7);
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

int main(void)
{
	char plan[65536], *how;
	struct termios settings;
	int fd = open("/plan", O_RDONLY);
	ssize_t got;

	if (fd < 0) { /* as a plain process it only lists what it has */
		fputs("remapbench-report 1\n", stdout);
		for (size_t i = 0; i < 6; i++) {
			static const char *const ways[] = { "hang",	     "panic", "flood",
							    "flood-console", "cut",   "noise" };

			printf("cells bad/how=%s 1 1\n", ways[i]);
		}
		puts("end");
		return 0;
	}
	mkdir("/dev", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	line = open("/dev/ttyS1", O_RDWR | O_NOCTTY);
	if (tcgetattr(line, &settings) == 0) {
		cfmakeraw(&settings);
		tcsetattr(line, TCSANOW, &settings);
	}
	got = read(fd, plan, sizeof(plan) - 1);
	plan[got > 0 ? got : 0] = '\0';
	how = strstr(plan, "bad/how=");
	if (how) {
		how += strlen("bad/how=");
		how[strcspn(how, "\n")] = '\0';
		misbehave(how);
	}
	return 1;
}
