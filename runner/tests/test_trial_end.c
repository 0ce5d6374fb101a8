// SPDX-License-Identifier: GPL-2.0-only
/* How a trial ended is told from what it left behind: its console, its report, its exit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "runner/trial_parts.h"

#define BEGUN "remapbench-report 1\nenv a b\n"
#define WHOLE BEGUN "end\n"
#define PANIC "Kernel panic - not syncing: "

enum { EXIT_3 = 3 << 8 };

static const struct {
	const char *console, *report;
	int status;
	enum trial_ending limit; /* which a limit set, or TRIAL_ENDED */
	bool host;
	enum trial_ending ending;
	const char *reason; /* how it begins */
} rows[] = {
	{ "", WHOLE, 0, TRIAL_ENDED, false, TRIAL_ENDED, "" },
	{ "WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1/0x2\n", WHOLE, 0, TRIAL_ENDED, false, TRIAL_ENDED,
	  "" },
	/* It had said all before. */
	{ PANIC "late\n", WHOLE, 0, TRIAL_ENDED, false, TRIAL_ENDED, "" },
	{ PANIC "words\n", BEGUN, 0, TRIAL_ENDED, false, TRIAL_PANIC,
	  "the kernel panicked: Kernel panic - not syncing: words" },
	{ "BUG: kernel NULL pointer dereference, address: 0\n" PANIC "Fatal exception\n", BEGUN, 0,
	  TRIAL_ENDED, false, TRIAL_PANIC,
	  "the kernel panicked: Kernel panic - not syncing: Fatal exception; before that: oops "
	  "kernel NULL pointer dereference, address: 0" },
	{ PANIC "a loop that does not end\n", BEGUN, SIGKILL, TRIAL_HANG, false, TRIAL_PANIC,
	  "the kernel panicked: " },
	{ PANIC "System is deadlocked on memory\n", BEGUN, 0, TRIAL_ENDED, false, TRIAL_OOM,
	  "the guest ran out of memory: System is deadlocked on memory" },
	{ PANIC "VFS: Unable to mount root fs on unknown-block(0,0)\n", "", 0, TRIAL_ENDED, false,
	  TRIAL_NO_INIT, "the kernel found no /init that it can start (CONFIG_BLK_DEV_INITRD" },
	{ "\n\nuncompression error\n\n -- System halted", "", SIGKILL, TRIAL_NO_REPORT, false,
	  TRIAL_NO_KERNEL, "the image did not unpack itself: uncompression error" },
	{ "", "", SIGKILL, TRIAL_SILENT, false, TRIAL_SILENT,
	  "not a word on its serial ports in 7 s: " },
	{ "", "", 0, TRIAL_ENDED, false, TRIAL_SILENT,
	  "it went away without a word on its serial ports: " },
	{ "/dev/ttyS1: No such file\n", "", 0, TRIAL_ENDED, false, TRIAL_NO_REPORT,
	  "it ended before its report began: exit status 0; its console's last words: /dev/ttyS1: "
	  "No such file" },
	{ "random: late\n", "", SIGKILL, TRIAL_NO_REPORT, false, TRIAL_NO_REPORT,
	  "the kernel spoke, but nothing was reported for 7 s; its console's last words: random" },
	{ "", BEGUN, SIGKILL, TRIAL_HANG, false, TRIAL_HANG, "it hung: nothing reported for 7 s" },
	{ "watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [a:5]\n", BEGUN, SIGKILL, TRIAL_HANG,
	  false, TRIAL_HANG,
	  "it hung: nothing reported for 7 s; before that: lockup soft lockup - CPU#N" },
	{ "", BEGUN, 0, TRIAL_ENDED, false, TRIAL_CUT,
	  "it ended before its report did: exit status 0" },
	{ "", BEGUN, SIGSEGV, TRIAL_ENDED, false, TRIAL_KILLED,
	  "it ended before its report did: killed by signal 11" },
	{ "", "", EXIT_3, TRIAL_ENDED, false, TRIAL_QEMU, "QEMU did not start it: exit status 3" },
	{ "", BEGUN "no such line\n", 0, TRIAL_ENDED, false, TRIAL_REPORT,
	  "its report is not valid: line 3 of the report: unknown keyword" },
	{ "", WHOLE, EXIT_3, TRIAL_ENDED, false, TRIAL_OTHER,
	  "it failed after its report: exit status 3" },
	/* What a process on the host prints is no kernel's. */
	{ PANIC "words\n", BEGUN, EXIT_3, TRIAL_ENDED, true, TRIAL_CUT,
	  "it ended before its report did: exit status 3" },
};

static void each_ending_is_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trial *trial = malloc(sizeof(*trial));

		assert_non_null(trial);
		trial_init(trial);
		trial->guest = !rows[i].host;
		trial->limits = (struct trial_limits){ .silence = 7, .total = 70 };
		trial->ending = rows[i].limit;
		trial->console_bytes = strlen(rows[i].console);
		trial->report_bytes = strlen(rows[i].report);
		report_feed(&trial->report, rows[i].report, strlen(rows[i].report),
			    &trial->protocol);
		if (trial->guest)
			console_feed(&trial->splats, rows[i].console, strlen(rows[i].console));
		console_finish(&trial->splats);
		trial_end(trial, rows[i].status);
		if (trial->ending != rows[i].ending ||
		    strncmp(trial->reason, rows[i].reason, strlen(rows[i].reason)) != 0 ||
		    !trial->reason[0] != !rows[i].reason[0])
			fail_msg("row %zu: %s: %s", i, trial_ending_name(trial->ending),
				 trial->reason);
		trial_free(trial);
		free(trial);
	}
}

static void every_ending_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < TRIAL_ENDINGS; i++)
		assert_true(trial_ending_name((enum trial_ending)i)[0] != '\0');
	for (int i = 0; i < SPLAT_KINDS; i++)
		assert_true(splat_kind_name((enum splat_kind)i)[0] != '\0');
}

static void one_that_was_not_started_says_why(void **state)
{
	struct trial *trial = malloc(sizeof(*trial));

	(void)state;
	assert_non_null(trial);
	trial_unfit(trial, "CONFIG_TTY is not set");
	assert_int_equal(trial->ending, TRIAL_UNFIT);
	assert_false(trial->ok);
	assert_string_equal(trial->reason,
			    "not booted, since it can't report: CONFIG_TTY is not set");
	trial_free(trial);
	free(trial);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_ending_is_told_apart),
		cmocka_unit_test(every_ending_has_a_name),
		cmocka_unit_test(one_that_was_not_started_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
