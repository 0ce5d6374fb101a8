// SPDX-License-Identifier: GPL-2.0-only
/* Where the program finds its parts and keeps its files, by the environment it is started in. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/paths.h"

static char folder[64];

static int folder_make(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_paths.XXXXXX");
	if (!mkdtemp(folder) || chdir(folder))
		return -1;
	unsetenv("REMAPBENCH_CACHE");
	unsetenv("REMAPBENCH_DATA");
	unsetenv("XDG_CACHE_HOME");
	unsetenv("XDG_DATA_HOME");
	return setenv("HOME", folder, 1);
}

static int folder_remove(void **state)
{
	(void)state;
	return chdir("/") || directory_remove(folder);
}

static void path_is(const char *path, const char *below)
{
	char wanted[PATH_MAX];

	assert_int_equal(path_join(wanted, sizeof(wanted), folder, below), 0);
	assert_string_equal(path, wanted);
}

static void is_directory(const char *path, bool wanted)
{
	struct stat status;

	assert_int_equal(!stat(path, &status) && S_ISDIR(status.st_mode), wanted);
}

static void what_is_ours_wins_over_xdg_and_that_over_home(void **state)
{
	char path[PATH_MAX], value[PATH_MAX];

	(void)state;
	assert_int_equal(path_of_cache("kernels", path), 0);
	path_is(path, ".cache/remapbench/kernels");
	assert_int_equal(path_of_data("results.db", path), 0);
	path_is(path, ".local/share/remapbench/results.db");

	snprintf(value, sizeof(value), "%.100s/xdg/", folder);
	setenv("XDG_CACHE_HOME", value, 1);
	setenv("XDG_DATA_HOME", value, 1);
	assert_int_equal(path_of_cache("kernels", path), 0);
	path_is(path, "xdg/remapbench/kernels");
	assert_int_equal(path_of_data("results.db", path), 0);
	path_is(path, "xdg/remapbench/results.db");

	snprintf(value, sizeof(value), "%.100s/ours", folder);
	setenv("REMAPBENCH_CACHE", value, 1);
	setenv("REMAPBENCH_DATA", value, 1);
	assert_int_equal(path_of_cache("kernels", path), 0);
	path_is(path, "ours/kernels");
	assert_int_equal(path_of_data("site", path), 0);
	path_is(path, "ours/site");
}

static void a_relative_folder_of_ours_is_made_absolute(void **state)
{
	char path[PATH_MAX];

	(void)state;
	setenv("REMAPBENCH_CACHE", "here", 1);
	assert_int_equal(path_of_cache("kernels", path), 0);
	path_is(path, "here/kernels");
}

static void a_relative_or_empty_xdg_folder_is_void(void **state)
{
	char path[PATH_MAX];

	(void)state;
	setenv("REMAPBENCH_CACHE", "", 1);
	setenv("XDG_CACHE_HOME", "relative", 1);
	assert_int_equal(path_of_cache("kernels", path), 0);
	path_is(path, ".cache/remapbench/kernels");
}

static void the_cache_folder_is_made_and_of_data_the_one_above(void **state)
{
	char path[PATH_MAX];

	(void)state;
	assert_int_equal(path_of_cache("apt/bookworm", path), 0);
	is_directory(path, true);
	assert_int_equal(path_of_data("results.db", path), 0);
	is_directory(path, false);
	*strrchr(path, '/') = '\0';
	is_directory(path, true);
}

static void a_folder_that_cannot_be_made_is_an_error(void **state)
{
	char path[PATH_MAX];

	(void)state;
	setenv("REMAPBENCH_CACHE", "/dev/null/x", 1);
	assert_true(path_of_cache("kernels", path) < 0);
	setenv("REMAPBENCH_DATA", "/dev/null", 1);
	assert_true(path_of_data("results.db", path) < 0);
}

static void a_path_too_long_is_an_error(void **state)
{
	char name[PATH_MAX + 1], path[PATH_MAX];

	(void)state;
	memset(name, 'a', PATH_MAX);
	name[PATH_MAX] = '\0';
	assert_true(path_of_cache(name, path) < 0);
	assert_true(path_of_data(name, path) < 0);
	assert_true(path_of_part(name, path) < 0);
	assert_true(path_of_config(name, path) < 0);
}

static void parts_stand_beside_the_program_and_configs_above_it(void **state)
{
	char path[PATH_MAX], own[PATH_MAX] = { 0 };

	(void)state;
	assert_true(readlink("/proc/self/exe", own, sizeof(own) - 1) > 0);
	assert_int_equal(path_of_part(strrchr(own, '/') + 1, path), 0);
	assert_string_equal(path, own);
	/* The test programs stand one folder deeper than the program. */
	assert_int_equal(path_of_config("kernels.yaml", path), 0);
	assert_int_equal(access(path, R_OK), 0);
	/* What is nowhere is where it belongs. */
	assert_int_equal(path_of_part("no-such-part", path), 0);
	assert_int_equal(strncmp(path, own, (size_t)(strrchr(own, '/') + 1 - own)), 0);
	assert_string_equal(strrchr(path, '/'), "/no-such-part");
}

static void a_folders_name_is_no_pattern(void **state)
{
	static const char *const names[] = { "a[bc]d", "a*", "a?", "a\\b", "[", "plain" };
	char path[PATH_MAX], file[PATH_MAX];
	glob_t found;

	(void)state;
	setenv("REMAPBENCH_CACHE", folder, 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(path_of_cache(names[i], path), 0);
		assert_int_equal(path_glob(path, "*.deb", &found), -ENOENT);
		globfree(&found);
		assert_int_equal(path_join(file, sizeof(file), path, "x.deb"), 0);
		assert_int_equal(file_write(file, "", 0), 0);
		assert_int_equal(path_glob(path, "*.deb", &found), 0);
		assert_int_equal(found.gl_pathc, 1);
		assert_string_equal(found.gl_pathv[0], file);
		globfree(&found);
	}
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_ours_wins_over_xdg_and_that_over_home),
		IN_FOLDER(a_relative_folder_of_ours_is_made_absolute),
		IN_FOLDER(a_relative_or_empty_xdg_folder_is_void),
		IN_FOLDER(the_cache_folder_is_made_and_of_data_the_one_above),
		IN_FOLDER(a_folder_that_cannot_be_made_is_an_error),
		IN_FOLDER(a_path_too_long_is_an_error),
		IN_FOLDER(a_folders_name_is_no_pattern),
		cmocka_unit_test(parts_stand_beside_the_program_and_configs_above_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
