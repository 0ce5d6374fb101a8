// SPDX-License-Identifier: GPL-2.0-only
/* Options that were asked for in vain: those that the source knows, and those that it doesn't. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/kconfig.h"
#include "runner/tests/fake_tree.h"

static struct fake_tree fake;

static int begin(void **state)
{
	(void)state;
	fake_tree_make(&fake);
	return 0;
}

static int end(void **state)
{
	(void)state;
	fake_tree_remove(&fake);
	return 0;
}

static void parts(const char *lines, const char *refused, const char *unknown)
{
	struct kconfig_parted parted;
	struct fault fault = { 0 };

	if (kconfig_part(fake.tree, lines, &parted, &fault))
		fail_msg("%s", fault.text);
	assert_string_equal(text_get(&parted.refused), refused);
	assert_string_equal(text_get(&parted.unknown), unknown);
	kconfig_parted_free(&parted);
}

static void what_a_kconfig_file_defines_is_known(void **state)
{
	static const struct {
		const char *text, *name;
		bool known;
	} rows[] = {
		{ "config ALPHA\n", "ALPHA", true },
		{ "menuconfig ALPHA\n", "ALPHA", true },
		{ "\tconfig ALPHA\n", "ALPHA", true },
		{ "config\t ALPHA # why\n", "ALPHA", true },
		{ "config ALPHA\r\n", "ALPHA", true },
		{ "config ALPHA", "ALPHA", true },
		{ "config ALPHABET\n", "ALPHA", false },
		{ "config ALP\n", "ALPHA", false },
		{ "config alpha\n", "ALPHA", false },
		{ "# config ALPHA\n", "ALPHA", false },
		{ "configALPHA\n", "ALPHA", false },
		{ "\t  Say config ALPHA here.\n", "ALPHA", false },
		{ "\t  config ALPHA is what it needs.\n", "ALPHA", false },
		{ "\tselect ALPHA\n\tdepends on ALPHA\n", "ALPHA", false },
		{ "config 9P_FS\n", "9P_FS", true },
		{ "", "ALPHA", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char asked[80], known[100];

		fake_write(&fake, "linux-7.3/mm/Kconfig.more", rows[i].text);
		snprintf(asked, sizeof(asked), "CONFIG_%s=y\n", rows[i].name);
		snprintf(known, sizeof(known), "CONFIG_%s=y (mm/Kconfig.more:1)\n", rows[i].name);
		parts(asked, rows[i].known ? known : "", rows[i].known ? "" : asked);
	}
}

static void many_are_parted_in_their_order(void **state)
{
	(void)state;
	fake_write(&fake, "linux-7.3/mm/Kconfig",
		   "menu \"Memory\"\n\nconfig KSM\n\tbool \"KSM\"\n\nconfig CMA\n");
	fake_write(&fake, "linux-7.3/kernel/Kconfig.preempt", "\n\nconfig PREEMPT\nconfig KSM\n");
	parts("CONFIG_SLS=y\nCONFIG_PREEMPT=y\nCONFIG_CMA=n\nCONFIG_A=\"a b\"\nCONFIG_KSM=y\n",
	      "CONFIG_PREEMPT=y (kernel/Kconfig.preempt:3)\nCONFIG_CMA=n (mm/Kconfig:6)\n"
	      "CONFIG_KSM=y (kernel/Kconfig.preempt:4)\n",
	      "CONFIG_SLS=y\nCONFIG_A=\"a b\"\n");
}

/* Options of other machines can't be had, whatever is done. */
static void what_x86_does_not_read_defines_nothing(void **state)
{
	(void)state;
	fake_write(&fake, "linux-7.3/arch/arm64/Kconfig", "config ARM64_ONLY\n");
	fake_write(&fake, "linux-7.3/arch/x86/Kconfig", "config X86_TOO\n");
	fake_write(&fake, "linux-7.3/arch/Kconfig", "config ALL_TOO\n");
	fake_write(&fake, "linux-7.3/scripts/kconfig/tests/Kconfig", "config EXAMPLE\n");
	parts("CONFIG_ARM64_ONLY=y\nCONFIG_X86_TOO=y\nCONFIG_ALL_TOO=y\nCONFIG_EXAMPLE=y\n",
	      "CONFIG_X86_TOO=y (arch/x86/Kconfig:1)\nCONFIG_ALL_TOO=y (arch/Kconfig:1)\n",
	      "CONFIG_ARM64_ONLY=y\nCONFIG_EXAMPLE=y\n");
}

static void nothing_asked_in_vain_is_nothing_parted(void **state)
{
	(void)state;
	parts("", "", "");
}

static void where_nothing_can_be_read_nothing_is_called_unknown(void **state)
{
	struct kconfig_parted parted;
	struct fault fault = { 0 };

	(void)state;
	assert_int_equal(kconfig_part(fake_path(&fake, "none"), "CONFIG_KSM=y\n", &parted, &fault),
			 -ENOENT);
	assert_non_null(strstr(fault.text, "Kconfig files"));
	assert_string_equal(text_get(&parted.refused), "CONFIG_KSM=y\n");
	assert_int_equal(parted.refused_count, 1);
	assert_int_equal(parted.unknown_count, 0);
	kconfig_parted_free(&parted);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_a_kconfig_file_defines_is_known),
		TEST(many_are_parted_in_their_order),
		TEST(what_x86_does_not_read_defines_nothing),
		TEST(nothing_asked_in_vain_is_nothing_parted),
		TEST(where_nothing_can_be_read_nothing_is_called_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
