// SPDX-License-Identifier: GPL-2.0-only
/* patch_series: a fake tree, and a series that is read and applied to it. */
#include "runner/tests/patch_series.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct fake_tree fake;
struct kernel_patches patches;
struct fault fault;

int series_begin(void **state)
{
	(void)state;
	fake_tree_make(&fake);
	patches = (struct kernel_patches){ 0 };
	fault = (struct fault){ 0 };
	return 0;
}

int series_end(void **state)
{
	(void)state;
	kernel_patches_free(&patches);
	fake_tree_remove(&fake);
	return 0;
}

char *diff_of(int line, const char *word, char out[1024])
{
	int len = snprintf(out, 1024,
			   "diff --git a/mm/mremap.c b/mm/mremap.c\nindex 1234567..89abcde 100644\n"
			   "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -%d,7 +%d,7 @@ int f(void)\n",
			   line - 3, line - 3);

	for (int i = line - 3; i <= line + 3; i++)
		if (i == line)
			len += snprintf(out + len, 1024 - (size_t)len, "-line %d\n+%s\n", i, word);
		else
			len += snprintf(out + len, 1024 - (size_t)len, " line %d\n", i);
	return out;
}

const char *mail_of(const char *subject, const char *diff)
{
	static char mails[4][4096];
	static unsigned int next;
	char *mail = mails[next++ % 4];

	snprintf(mail, sizeof(mails[0]),
		 "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n"
		 "From: A Developer <a@example.org>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"
		 "Subject: %s\n\nWhy it is so.\n\nSigned-off-by: A Developer <a@example.org>\n"
		 "---\n mm/mremap.c | 2 +-\n 1 file changed\n\n%s-- \n2.39.5\n\n",
		 subject, diff);
	return mail;
}

int series_load(const char *path)
{
	return kernel_patches_load(&path, 1, &patches, &fault);
}

void series_loads(const char *path)
{
	if (series_load(path))
		fail_msg("%s: %s", path, fault.text);
}

void series_applies(void)
{
	if (kernel_patches_apply(&patches, 0, patches.count, fake.tree, &fault))
		fail_msg("%s", fault.text);
}

void fault_says(const char *words)
{
	if (!strstr(fault.text, words))
		fail_msg("not \"%s\": %s", words, fault.text);
}

void line_is(int line, const char *want)
{
	const char *at = fake_read(&fake, "linux-7.3/mm/mremap.c");

	while (--line)
		at = strchr(at, '\n') + 1;
	if (strncmp(at, want, strlen(want)) != 0 || at[strlen(want)] != '\n')
		fail_msg("not %s: %.40s", want, at);
}
