// SPDX-License-Identifier: GPL-2.0-only
/* Patch series that are hostile, broken or none: refused, and what is outside the tree stays as it was. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/kernel_patches.h"
#include "runner/tests/patch_series.h"

/* Hostile ones. Outside the tree stands a file that must stay as it is. */
static void refused_when_read(const char *diff, const char *words)
{
	fake_write(&fake, "outside", "as it was\n");
	if (!series_load(fake_write(&fake, "x.diff", diff)))
		fail_msg("taken: %s", diff);
	fault_says(words);
	assert_int_equal(patches.count, 0);
}

static void a_patch_that_writes_outside_by_dotdot_is_refused(void **state)
{
	(void)state;
	refused_when_read("--- a/../outside\n+++ b/../outside\n@@ -1 +1 @@\n-as it was\n+bad\n",
			  "outside the tree: ../outside");
	refused_when_read("--- a/mm/../../outside\n+++ b/mm/../../outside\n@@ -1 +1 @@\n"
			  "-as it was\n+bad\n",
			  "outside the tree: mm/../../outside");
	refused_when_read("diff --git a/../new b/../new\nnew file mode 100644\n--- /dev/null\n"
			  "+++ b/../new\n@@ -0,0 +1 @@\n+bad\n",
			  "outside the tree: ../new");
}

static void a_patch_that_writes_to_an_absolute_path_is_refused(void **state)
{
	char diff[PATH_MAX * 2 + 100];

	(void)state;
	fake_write(&fake, "patches/series", "x.diff -p0\n");
	snprintf(diff, sizeof(diff),
		 "--- %s/outside\n+++ %s/outside\n@@ -1 +1 @@\n-as it was\n+bad\n", fake.place,
		 fake.place);
	fake_write(&fake, "outside", "as it was\n");
	fake_write(&fake, "patches/x.diff", diff);
	assert_int_equal(series_load(fake_path(&fake, "patches")), -EPROTO);
	fault_says("outside the tree: /");
	/* What is stripped of its first slash lies in the tree, where nothing of that name is. */
	series_loads(fake_write(&fake, "y.diff", diff));
	assert_int_equal(kernel_patches_apply(&patches, 0, 1, fake.tree, &fault), -EBADMSG);
	assert_string_equal(fake_read(&fake, "outside"), "as it was\n");
}

static void a_patch_that_renames_from_or_to_outside_is_refused(void **state)
{
	(void)state;
	refused_when_read("diff --git a/mm/mremap.c b/../m.c\nsimilarity index 100%\n"
			  "rename from mm/mremap.c\nrename to ../m.c\n",
			  "outside the tree: ../m.c");
	refused_when_read("diff --git a/../outside b/mm/m.c\nsimilarity index 100%\n"
			  "copy from ../outside\ncopy to mm/m.c\n",
			  "outside the tree: ../outside");
}

static void a_patch_that_writes_into_dotgit_is_refused(void **state)
{
	(void)state;
	refused_when_read("diff --git a/.git/hooks/x b/.git/hooks/x\nnew file mode 100755\n"
			  "--- /dev/null\n+++ b/.git/hooks/x\n@@ -0,0 +1 @@\n+bad\n",
			  "outside the tree: .git/hooks/x");
	refused_when_read("--- /dev/null\n+++ b/mm/.GIT/config\n@@ -0,0 +1 @@\n+bad\n",
			  "outside the tree: mm/.GIT/config");
}

static void a_patch_that_makes_a_link_is_refused(void **state)
{
	static const char *const modes[] = { "new file mode 120000", "new file mode 0120000",
					     "new file mode  120777", "new file mode 160000" };
	char diff[512];

	(void)state;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		snprintf(diff, sizeof(diff),
			 "diff --git a/mm/l b/mm/l\n%s\n--- /dev/null\n+++ b/mm/l\n@@ -0,0 +1 @@\n"
			 "+..\n\\ No newline at end of file\n",
			 modes[i]);
		refused_when_read(diff, "symbolic link");
	}
	refused_when_read("diff --git a/mm/mremap.c b/mm/mremap.c\nold mode 100644\n"
			  "new mode 120000\n",
			  "symbolic link");
}

static void a_patch_that_writes_through_a_link_is_refused(void **state)
{
	static const char *const diffs[] = {
		/* a file below it, the link itself, a new file in it */
		"--- a/mm/out/outside\n+++ b/mm/out/outside\n@@ -1 +1 @@\n-as it was\n+bad\n",
		"--- a/mm/out\n+++ b/mm/out\n@@ -1 +1 @@\n-../..\n\\ No newline at end of file\n"
		"+/etc\n\\ No newline at end of file\n",
		"--- /dev/null\n+++ b/mm/out/new\n@@ -0,0 +1 @@\n+bad\n",
		"--- a/mm/file\n+++ b/mm/file\n@@ -1 +1 @@\n-as it was\n+bad\n",
	};

	(void)state;
	fake_write(&fake, "outside", "as it was\n");
	fake_shell(&fake, "ln -s ../.. linux-7.3/mm/out; ln -s ../../outside linux-7.3/mm/file");
	for (size_t i = 0; i < sizeof(diffs) / sizeof(diffs[0]); i++) {
		series_loads(fake_write(&fake, "x.diff", diffs[i]));
		assert_int_equal(kernel_patches_apply(&patches, 0, 1, fake.tree, &fault), -EBADMSG);
		fault_says("symbolic link");
		kernel_patches_free(&patches);
	}
	assert_string_equal(fake_read(&fake, "outside"), "as it was\n");
	assert_int_equal(access(fake_path(&fake, "new"), F_OK), -1);
}

static void a_binary_patch_is_refused(void **state)
{
	(void)state;
	refused_when_read("diff --git a/mm/x b/mm/x\nnew file mode 100644\nindex 0000000..1234567\n"
			  "GIT binary patch\nliteral 99999999999\nzcmZ\n\n",
			  "binary patch");
	refused_when_read("diff --git a/mm/x b/mm/x\nindex 1..2 100644\n"
			  "Binary files a/mm/x and b/mm/x differ\n",
			  "binary patch");
}

static void a_patch_with_nul_bytes_is_refused(void **state)
{
	static const char bytes[] = "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -1 +1 @@\n-line 1\n"
				    "+\0\n";
	static const char wide[] = "\xff\xfe-\0-\0-\0 \0a\0";

	(void)state;
	assert_int_equal(series_load(fake_write_bytes(&fake, "x.diff", bytes, sizeof(bytes) - 1)),
			 -EPROTO);
	fault_says("NUL byte");
	assert_int_equal(series_load(fake_write_bytes(&fake, "x.diff", wide, sizeof(wide) - 1)),
			 -EPROTO);
	fault_says("UTF-16");
}

static void a_patch_that_is_too_large_is_refused(void **state)
{
	(void)state;
	fake_shell(&fake, "head -c 70000000 /dev/zero | tr '\\0' 'x' | gzip -1 >x.patch.gz");
	assert_int_equal(series_load(fake_path(&fake, "x.patch.gz")), -EFBIG);
	fault_says("larger than 64 MiB");
}

static void a_broken_patch_is_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "no patch in it" },
		{ "just words\n", "no patch in it" },
		{ "Subject: words\n\nno diff\n", "no patch in it" },
		{ "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -1,5 +1 @@\n-line 1\n",
		  "within a hunk" },
		{ "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -1,2 +1 @@\n-line 1\nx\n",
		  "cut short before: x" },
		{ "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -1 +1 @@\n-line 1\n+x\n@@ -9x +1 @@\n",
		  "begins no hunk" },
		{ "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -1,99999999999 +1 @@\n-line 1\n",
		  "begins no hunk" },
		{ "diff --cc mm/mremap.c\n--- a/mm/mremap.c\n", "diff of a merge" },
		{ "--- mremap.c\n+++ mremap.c\n@@ -1 +1 @@\n-a\n+b\n", "git can't read it" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		refused_when_read(cases[i].text, cases[i].says);
}

static void a_quilt_series_that_leads_out_is_refused(void **state)
{
	static const struct {
		const char *series, *says;
	} cases[] = {
		{ "../x.diff\n", "series: line 1: ../x.diff lies outside its folder" },
		{ "\n# x\na/../../x.diff\n", "line 3: a/../../x.diff lies outside" },
		{ "/etc/passwd\n", "/etc/passwd lies outside" },
		{ "x.diff -R\n", "only -pN is understood, not -R" },
		{ "x.diff -p99\n", "only -pN" },
		{ "x.diff --directory=/tmp\n", "only -pN" },
		{ "none.diff\n", "none.diff: No such file" },
		{ "fifo\n", "not a file" },
		{ "series\n", "no patch in it" },
		{ "# nothing\n", "no patch in it" },
	};
	char diff[1024];

	(void)state;
	fake_write(&fake, "x.diff", diff_of(10, "ten", diff));
	fake_write(&fake, "patches/x.diff", diff);
	fake_shell(&fake, "mkfifo patches/fifo");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fake_write(&fake, "patches/series", cases[i].series);
		if (!series_load(fake_path(&fake, "patches")))
			fail_msg("taken: %s", cases[i].series);
		fault_says(cases[i].says);
	}
}

static void what_is_no_patch_is_said(void **state)
{
	char diff[1024];

	(void)state;
	assert_int_equal(series_load(fake_path(&fake, "none")), -ENOENT);
	fault_says("No such file");
	assert_int_equal(
		series_load(fake_write(&fake, "re.mbox",
				       mail_of("Re: [PATCH] x", diff_of(10, "ten", diff)))),
		-EPROTO);
	fault_says("re.mbox: no patch in it: a reply");
	fake_shell(&fake, "mkdir empty; mkfifo fifo");
	assert_int_equal(series_load(fake_path(&fake, "empty")), -EPROTO);
	fault_says("a quilt series or *.patch files");
	assert_int_equal(series_load(fake_path(&fake, "fifo")), -EINVAL);
	assert_int_equal(series_load(fake_write(&fake, "x.gz", "\x1f\x8b\x08 cut")), -EPROTO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, series_begin, series_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_patch_that_writes_outside_by_dotdot_is_refused),
		TEST(a_patch_that_writes_to_an_absolute_path_is_refused),
		TEST(a_patch_that_renames_from_or_to_outside_is_refused),
		TEST(a_patch_that_writes_into_dotgit_is_refused),
		TEST(a_patch_that_makes_a_link_is_refused),
		TEST(a_patch_that_writes_through_a_link_is_refused),
		TEST(a_binary_patch_is_refused),
		TEST(a_patch_with_nul_bytes_is_refused),
		TEST(a_patch_that_is_too_large_is_refused),
		TEST(a_broken_patch_is_refused),
		TEST(a_quilt_series_that_leads_out_is_refused),
		TEST(what_is_no_patch_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
