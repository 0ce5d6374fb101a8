// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a suite's file, by way of a file in memory. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner/suite.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static void effort_check(const struct suite_effort *effort)
{
	if (effort->trials > 1000 || effort->samples > 100000 || effort->warmup > 1000 ||
	    !effort->trials != !effort->samples)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct fault fault = { 0 };
	struct suite suite;
	char path[64];
	int fd = memfd_create("suite", MFD_CLOEXEC), err;

	if (fd < 0 || write(fd, bytes, count) != (ssize_t)count)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	err = suite_load(path, &suite, &fault);
	if (!err != !fault.text[0])
		abort();
	if (!err) {
		if (!suite.name[0] || (!suite.cell_count && !suite.group_count) ||
		    suite.group_count > 128)
			abort();
		for (size_t i = 0; i < suite.group_count; i++)
			if (!suite.groups[i].why[0] || strlen(suite.groups[i].why) > 300 ||
			    !suite.groups[i].cell_count)
				abort();
		effort_check(&suite.clock);
		effort_check(&suite.pmu);
		effort_check(&suite.insn);
		suite_takes(&suite, "move/size=4K");
		suite_free(&suite);
	}
	close(fd);
	return 0;
}
