// SPDX-License-Identifier: GPL-2.0-only
/* fake_tree: the smallest tree that is taken for a kernel's. */
#include "runner/tests/fake_tree.h"

#include <stdarg.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"

const char *fake_path(const struct fake_tree *fake, const char *name)
{
	static char paths[8][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 8];

	assert_int_equal(path_join(path, PATH_MAX, fake->place, name), 0);
	return path;
}

const char *fake_write_bytes(const struct fake_tree *fake, const char *name, const void *bytes,
			     size_t count)
{
	const char *path = fake_path(fake, name);
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	assert_int_equal(directory_make(folder, 0755), 0);
	assert_int_equal(file_write(path, bytes, count), 0);
	return path;
}

const char *fake_write(const struct fake_tree *fake, const char *name, const char *text)
{
	return fake_write_bytes(fake, name, text, strlen(text));
}

const char *fake_read(const struct fake_tree *fake, const char *name)
{
	static struct text text;

	text_clear(&text);
	return file_read(fake_path(fake, name), 1 << 20, &text) ? "" : text_get(&text);
}

void fake_shell(const struct fake_tree *fake, const char *line)
{
	struct text command = { 0 };

	text_addf(&command, "cd '%s' && { %s\n} >shell.log 2>&1", fake->place, line);
	/* NOLINTNEXTLINE(cert-env33-c): a test's own words */
	if (system(text_get(&command)))
		fail_msg("%s: %s", line, fake_read(fake, "shell.log"));
	text_free(&command);
}

void fake_tree_make(struct fake_tree *fake)
{
	static const char *const files[][2] = {
		{ "Makefile", "# SPDX-License-Identifier: GPL-2.0\nVERSION = 7\nPATCHLEVEL = 3\n"
			      "SUBLEVEL = 4\nEXTRAVERSION =\nNAME = Nothing\n" },
		{ "Kconfig", "source \"Documentation/Kconfig\"\n" },
		{ "Documentation/Kconfig", "config DOC\n" },
		{ "Documentation/mm/mremap.rst", "one\ntwo\nthree\n" },
		{ "arch/x86/Kconfig", "config X86\n\tselect HAVE_MOVE_PMD\n" },
		{ "arch/arm64/Kconfig", "config ARM64\n" },
		{ "arch/arm64/mm/fault.c", "int arm;\n" },
		{ "scripts/run.sh", "#!/bin/sh\n" },
		{ "tools/testing/selftests/mm/mremap.c", "int test;\n" },
	};
	struct text lines = { 0 };
	char name[128];

	snprintf(fake->place, sizeof(fake->place), "%s/remapbench-test.XXXXXX",
		 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(fake->place));
	snprintf(fake->tree, sizeof(fake->tree), "%s", fake_path(fake, "linux-7.3"));
	setenv("REMAPBENCH_CACHE", fake_path(fake, "cache"), 1);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(name, sizeof(name), "linux-7.3/%s", files[i][0]);
		fake_write(fake, name, files[i][1]);
	}
	for (int i = 1; i <= 100; i++)
		text_addf(&lines, "line %d\n", i);
	fake_write(fake, "linux-7.3/mm/mremap.c", text_get(&lines));
	text_free(&lines);
}

void fake_tree_remove(struct fake_tree *fake)
{
	assert_int_equal(directory_remove(fake->place), 0);
}
