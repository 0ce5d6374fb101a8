// SPDX-License-Identifier: GPL-2.0-only
/* compiled_trees: makes small objects by the system's compiler, below /tmp. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/process.h"
#include "runner/tests/compiled_trees.h"

static void path_in(char path[PATH_MAX], const char *directory, const char *name)
{
	assert_int_equal(path_join(path, PATH_MAX, directory, name), 0);
}

void compiled_trees_make(struct compiled_trees *trees, const char *log)
{
	strcpy(trees->place, "/tmp/remapbench-test.XXXXXX");
	assert_non_null(mkdtemp(trees->place));
	path_in(trees->before, trees->place, "before");
	path_in(trees->after, trees->place, "after");
	path_in(trees->log, trees->place, "log");
	assert_int_equal(directory_make(trees->before, 0755), 0);
	assert_int_equal(directory_make(trees->after, 0755), 0);
	assert_int_equal(file_write(trees->log, log, strlen(log)), 0);
}

void compiled_trees_compile(const char *tree, const char *name, const char *code)
{
	char source[PATH_MAX], object[PATH_MAX], file[64];
	const char *const argv[] = { "cc", "-O2", "-c", "-o", object, source, NULL };
	struct text out = { 0 };
	struct fault fault = { 0 };

	snprintf(file, sizeof(file), "%s.c", name);
	path_in(source, tree, file);
	snprintf(file, sizeof(file), "%s.o", name);
	path_in(object, tree, file);
	assert_int_equal(file_write(source, code, strlen(code)), 0);
	if (process_capture((char *const *)argv, 60, 65536, &out, &fault))
		fail_msg("%s", fault.text);
	text_free(&out);
}

void compiled_trees_remove(const struct compiled_trees *trees)
{
	assert_int_equal(directory_remove(trees->place), 0);
}
