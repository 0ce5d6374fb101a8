// SPDX-License-Identifier: GPL-2.0-only
/* What a config lacks is found before a boot shows it the hard way; nothing is said of half a config. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "runner/kernel_needs.h"

static const char *const all[] = {
	"64BIT=y",
	"BLK_DEV_INITRD=y",
	"BINFMT_ELF=y",
	"PROC_FS=y",
	"DEVTMPFS=y",
	"TTY=y",
	"SERIAL_8250=y",
	"SERIAL_8250_NR_UARTS=4",
	"SERIAL_8250_RUNTIME_UARTS=2",
	"KALLSYMS=y",
	"SERIAL_8250_CONSOLE=y",
	"PRINTK=y",
	"SYSFS=y",
	"ACPI=y",
	"PROC_PAGE_MONITOR=y",
	"TRANSPARENT_HUGEPAGE=y",
	"SHMEM=y",
	"HUGETLBFS=y",
	"USERFAULTFD=y",
	"KSM=y",
	"SWAP=y",
	"BLK_DEV_NVME=y",
};

/* A whole config, but for one line that is another, or not there (""). */
static size_t lacks_with(const char *option, const char *line, struct kernel_lack *lacks)
{
	struct text config = { 0 };
	size_t count;

	for (int i = 0; i < 200; i++)
		text_addf(&config, "# CONFIG_OTHER_%d is not set\n", i);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		size_t length = strlen(option);

		if (length && !strncmp(all[i], option, length) && all[i][length] == '=')
			text_addf(&config, "%s\n", line);
		else
			text_addf(&config, "CONFIG_%s\n", all[i]);
	}
	count = kernel_lacks_of(text_get(&config), lacks);
	text_free(&config);
	return count;
}

static void each_lack_is_named_with_what_it_means(void **state)
{
	static const struct {
		const char *option, *line, *words;
		bool fatal;
	} rows[] = {
		{ "BLK_DEV_INITRD", "# CONFIG_BLK_DEV_INITRD is not set",
		  "CONFIG_BLK_DEV_INITRD is not set: the agent comes as an initramfs", true },
		{ "SERIAL_8250", "CONFIG_SERIAL_8250=m",
		  "CONFIG_SERIAL_8250 is a module, and guests load none: the agent reports through a "
		  "serial port",
		  true },
		{ "SERIAL_8250_RUNTIME_UARTS", "CONFIG_SERIAL_8250_RUNTIME_UARTS=1",
		  "CONFIG_SERIAL_8250_RUNTIME_UARTS is not set: the report has the second serial port",
		  true },
		{ "BINFMT_ELF", "", "CONFIG_BINFMT_ELF is not set: the agent is an ELF program",
		  true },
		{ "PROC_PAGE_MONITOR", "# CONFIG_PROC_PAGE_MONITOR is not set",
		  "CONFIG_PROC_PAGE_MONITOR is not set: not to be had: the proof of folio sizes",
		  false },
	};
	struct kernel_lack lacks[KERNEL_LACKS];
	char words[200];

	(void)state;
	assert_int_equal(lacks_with("", "", lacks), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(lacks_with(rows[i].option, rows[i].line, lacks), 1);
		assert_string_equal(lacks[0].option, rows[i].option);
		assert_int_equal(lacks[0].fatal, rows[i].fatal);
		assert_string_equal(kernel_lack_words(&lacks[0], words, sizeof(words)),
				    rows[i].words);
	}
}

static void half_a_config_lacks_nothing(void **state)
{
	struct kernel_lack lacks[KERNEL_LACKS];

	(void)state;
	assert_int_equal(kernel_lacks_of("", lacks), 0);
	assert_int_equal(kernel_lacks_of("CONFIG_MMU=y\n", lacks), 0);
	assert_int_equal(kernel_lacks_of("\x7f\x45 no config at all", lacks), 0);
}

static void a_kernel_without_a_config_is_tried(void **state)
{
	const struct kernel kernel = { .name = "unknown" };
	char words[200] = "";

	(void)state;
	assert_false(kernel_is_unfit(&kernel, words, sizeof(words)));
	assert_string_equal(words, "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lack_is_named_with_what_it_means),
		cmocka_unit_test(half_a_config_lacks_nothing),
		cmocka_unit_test(a_kernel_without_a_config_is_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
