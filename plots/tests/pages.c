// SPDX-License-Identifier: GPL-2.0-only
/* pages: what the tests of the dashboard share. */
#include "plots/tests/pages.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "plots/site.h"
#include "plots/tests/fixture.h"

int pages_make(const char *database, const struct function_groups *groups, const char *target,
	       struct fault *fault)
{
	struct source *source;
	struct fault warning;
	int err;

	if (source_open(database, &source, fault))
		fail_msg("%s", fault->text);
	err = site_write(source, groups, target, &warning, fault);
	source_close(source);
	if (!err && warning.text[0])
		fail_msg("%s", warning.text);
	return err;
}

void pages_each(const char *folder, void (*visit)(const char *file))
{
	DIR *open = opendir(folder);
	struct dirent *entry;

	assert_non_null(open);
	while ((entry = readdir(open))) {
		char name[1024];
		struct stat is;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
		assert_int_equal(lstat(name, &is), 0);
		if (S_ISDIR(is.st_mode))
			pages_each(name, visit);
		else
			visit(name);
	}
	closedir(open);
}

void page_check_links(const char *file)
{
	static const char *const attributes[] = { "href=\"", "src=\"", "srcset=\"" };
	char *page, folder[1024];

	if (strlen(file) < 5 || strcmp(file + strlen(file) - 5, ".html") != 0)
		return;
	page = fixture_read(file);
	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(file, '/') - file), file);
	for (size_t i = 0; i < 3; i++)
		for (const char *at = page; (at = strstr(at, attributes[i]));) {
			char target[2048];
			int length;

			at += strlen(attributes[i]);
			length = (int)strcspn(at, "\"#");
			if (!length)
				continue;
			snprintf(target, sizeof(target), "%s/%.*s", folder, length, at);
			if (access(target, F_OK))
				fail_msg("%s: no %.*s", file, length, at);
		}
	free(page);
}

void page_check_escapes(const char *file)
{
	char *page = fixture_read(file);

	if (strlen(file) > 5 && strcmp(file + strlen(file) - 5, ".html") == 0) {
		if (strstr(page, "<script") || strchr(page, '\x1b') || strstr(page, "\xe2\x80\xae"))
			fail_msg("%s is not escaped", file);
		assert_null(strstr(page, "\xff"));
	}
	free(page);
}
