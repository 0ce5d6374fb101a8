// SPDX-License-Identifier: GPL-2.0-only
/* kernel_needs: the list of options, with what each is for, and the look into a config. */
#include "runner/kernel_needs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/kernel_config.h"

enum { CONFIG_SIZE_MAX = 4 << 20, CONFIG_LINES_MIN = 100 /* fewer are a fragment */ };

static const struct need {
	const char *option;
	unsigned long least; /* of a number; 0: y */
	bool fatal;
	const char *means;
} needs[] = {
	{ "64BIT", 0, true, "the agent is a 64-bit program" },
	{ "BLK_DEV_INITRD", 0, true, "the agent comes as an initramfs" },
	{ "BINFMT_ELF", 0, true, "the agent is an ELF program" },
	{ "PROC_FS", 0, true, "the agent proves a cell's layout by /proc/self" },
	{ "DEVTMPFS", 0, true, "the agent finds its serial port in /dev" },
	{ "TTY", 0, true, "the agent reports through a serial port" },
	{ "SERIAL_8250", 0, true, "the agent reports through a serial port" },
	{ "SERIAL_8250_NR_UARTS", 2, true, "the report has the second serial port" },
	{ "SERIAL_8250_RUNTIME_UARTS", 2, true, "the report has the second serial port" },
	{ "KALLSYMS", 0, true, "functions are watched by their addresses in /proc/kallsyms" },
	{ "SERIAL_8250_CONSOLE", 0, false, "the last words of a kernel that panics" },
	{ "PRINTK", 0, false, "what the kernel says of itself" },
	{ "SYSFS", 0, false, "sizes of folios" },
	{ "ACPI", 0, false, "the power-off: each boot ends by its time limit" },
	{ "PROC_PAGE_MONITOR", 0, false, "the proof of folio sizes" },
	{ "TRANSPARENT_HUGEPAGE", 0, false, "cells of folios above 4 KiB" },
	{ "SHMEM", 0, false, "cells of shared memory" },
	{ "HUGETLBFS", 0, false, "cells of hugetlb" },
	{ "USERFAULTFD", 0, false, "cells with a userfaultfd" },
	{ "KSM", 0, false, "cells of merged pages" },
	{ "SWAP", 0, false, "cells of pages swapped out" },
	{ "BLK_DEV_NVME", 0, false, "--swap-disk" },
};
_Static_assert(sizeof(needs) / sizeof(needs[0]) <= KERNEL_LACKS, "room for all");

static size_t config_lines(const char *config)
{
	size_t lines = 0;

	for (const char *at = config; (at = strstr(at, "CONFIG_")); at++)
		lines++;
	return lines;
}

size_t kernel_lacks_of(const char *config, struct kernel_lack *lacks)
{
	size_t count = 0;

	if (config_lines(config) < CONFIG_LINES_MIN)
		return 0;
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		const struct need *need = &needs[i];
		char symbol[64], value[32];
		bool there;

		snprintf(symbol, sizeof(symbol), "CONFIG_%s", need->option);
		kernel_config_value(config, symbol, value, sizeof(value));
		there = need->least ? strtoul(value, NULL, 10) >= need->least
				    : strcmp(value, "y") == 0;
		if (!there)
			lacks[count++] = (struct kernel_lack){
				.option = need->option,
				.fatal = need->fatal,
				.module = strcmp(value, "m") == 0,
				.means = need->means,
			};
	}
	return count;
}

int kernel_lacks(const struct kernel *kernel, struct kernel_lack *lacks, size_t *count,
		 struct fault *fault)
{
	struct text config = { 0 };
	int err;

	*count = 0;
	if (!kernel->config[0])
		return 0;
	err = file_read(kernel->config, CONFIG_SIZE_MAX, &config);
	if (!err)
		*count = kernel_lacks_of(text_get(&config), lacks);
	text_free(&config);
	return err ? fault_set(fault, err, "%s: %s", kernel->config, strerror(-err)) : 0;
}

char *kernel_lack_words(const struct kernel_lack *lack, char *out, size_t room)
{
	snprintf(out, room, "CONFIG_%s is %s: %s%s", lack->option,
		 lack->module ? "a module, and guests load none" : "not set",
		 lack->fatal ? "" : "not to be had: ", lack->means);
	return out;
}

bool kernel_is_unfit(const struct kernel *kernel, char *out, size_t room)
{
	struct kernel_lack lacks[KERNEL_LACKS];
	size_t count = 0;

	/* A config that can't be read is no reason not to try. */
	if (kernel_lacks(kernel, lacks, &count, NULL))
		return false;
	for (size_t i = 0; i < count; i++)
		if (lacks[i].fatal) {
			kernel_lack_words(&lacks[i], out, room);
			return true;
		}
	return false;
}
