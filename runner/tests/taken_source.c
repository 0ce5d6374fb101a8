// SPDX-License-Identifier: GPL-2.0-only
/* taken_source: a fake tree, and a source that is taken from it into a folder beside it. */
#include "runner/tests/taken_source.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "runner/source_parts.h"

struct fake_tree fake;
struct kernel_source source;
struct fault fault;

int source_begin(void **state)
{
	(void)state;
	fake_tree_make(&fake);
	fault = (struct fault){ 0 };
	assert_int_equal(mkdir(fake_path(&fake, "into"), 0755), 0);
	return 0;
}

int source_end(void **state)
{
	(void)state;
	fake_tree_remove(&fake);
	return 0;
}

void fault_says(const char *words)
{
	if (!strstr(fault.text, words))
		fail_msg("not \"%s\": %s", words, fault.text);
}

int source_take(const char *name)
{
	int err = kernel_source_parse(name, &source, &fault);

	if (!err)
		err = kernel_source_identify(&source, NULL, &fault);
	return err ? err : kernel_source_extract(&source, fake_path(&fake, "into"), NULL, &fault);
}

void source_takes(const char *name)
{
	if (source_take(name))
		fail_msg("%s: %s", name, fault.text);
}

bool is_there(const char *name)
{
	struct stat status;

	return !lstat(fake_path(&fake, name), &status);
}

size_t count_in(const char *name)
{
	DIR *folder = opendir(fake_path(&fake, name));
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

/* The tree is there, as far as it is wanted. */
void tree_is_whole(void)
{
	char version[SOURCE_VERSION];

	assert_string_equal(fake_read(&fake, "into/mm/mremap.c"),
			    fake_read(&fake, "linux-7.3/mm/mremap.c"));
	assert_true(is_there("into/arch/x86/Kconfig"));
	assert_int_equal(access(fake_path(&fake, "into/scripts/run.sh"), X_OK), 0);
	assert_int_equal(kernel_source_version(fake_path(&fake, "into"), version, &fault), 0);
	assert_string_equal(version, "7.3.4");
	/* Read by every build, though what is beside them isn't. */
	assert_true(is_there("into/Documentation/Kconfig"));
	assert_true(is_there("into/arch/arm64/Kconfig"));
	assert_false(is_there("into/Documentation/mm"));
	assert_false(is_there("into/arch/arm64/mm"));
	assert_false(is_there("into/tools/testing"));
}
