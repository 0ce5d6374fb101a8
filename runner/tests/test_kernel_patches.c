// SPDX-License-Identifier: GPL-2.0-only
/* Patch series: read from whatever they come in, applied in order. */
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
#include "runner/patch_list.h"
#include "runner/tests/patch_series.h"

static void an_mbox_is_applied_in_its_order(void **state)
{
	struct text mbox = { 0 };
	char diff[1024];

	(void)state;
	text_add(&mbox, mail_of("[PATCH v2 0/2] mm: both", ""));
	text_add(&mbox, mail_of("[PATCH v2 1/2] mm: first", diff_of(10, "ten", diff)));
	text_add(&mbox, mail_of("[PATCH v2 2/2] mm: second", diff_of(50, "fifty", diff)));
	series_loads(fake_write(&fake, "series.mbox", text_get(&mbox)));
	text_free(&mbox);
	assert_int_equal(patches.count, 2);
	assert_string_equal(patches.items[0].subject, "mm: first");
	assert_string_equal(patches.items[1].subject, "mm: second");
	assert_string_equal(patches.items[1].source, "series.mbox: mail 3");
	assert_string_equal(text_get(&patches.notes), "");
	series_applies();
	line_is(10, "ten");
	line_is(50, "fifty");
}

static void mails_out_of_order_are_put_in_order_by_their_numbers(void **state)
{
	struct text mbox = { 0 };
	char diff[1024];

	(void)state;
	/* The second changes what the first has made. */
	snprintf(diff, sizeof(diff),
		 "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -9,3 +9,3 @@\n"
		 " line 9\n-ten\n+TEN\n line 11\n");
	text_add(&mbox, mail_of("[PATCH RFC v3 2/3] second", diff));
	text_add(&mbox, mail_of("Re: [PATCH RFC v3 2/3] second", diff));
	text_add(&mbox, mail_of("[PATCH RFC v3 1/3] first", diff_of(10, "ten", diff)));
	series_loads(fake_write(&fake, "t.mbox", text_get(&mbox)));
	text_free(&mbox);
	assert_int_equal(patches.count, 2);
	assert_string_equal(patches.items[0].subject, "first");
	assert_non_null(strstr(text_get(&patches.notes), "order of their numbers"));
	assert_non_null(strstr(text_get(&patches.notes), "t.mbox: patch 3/3 is not in it"));
	assert_non_null(strstr(text_get(&patches.notes), "1 reply is passed over"));
	series_applies();
	line_is(10, "TEN");
}

static void mails_without_numbers_stay_in_the_order_of_the_mbox(void **state)
{
	struct text mbox = { 0 };
	char diff[1024];

	(void)state;
	text_add(&mbox, mail_of("[PATCH 2/2] a", diff_of(10, "ten", diff)));
	text_add(&mbox, mail_of("[PATCH] b", diff_of(20, "twenty", diff)));
	text_add(&mbox, mail_of("[PATCH 2/2] c", diff_of(30, "thirty", diff)));
	series_loads(fake_write(&fake, "t.mbox", text_get(&mbox)));
	text_free(&mbox);
	assert_int_equal(patches.count, 3);
	assert_string_equal(patches.items[0].subject, "a");
	assert_string_equal(patches.items[2].subject, "c");
}

static void a_folder_is_taken_in_the_order_of_its_names(void **state)
{
	char diff[1024];

	(void)state;
	fake_write(&fake, "out/0002-b.patch", mail_of("[PATCH 2/2] b", diff_of(20, "2", diff)));
	fake_write(&fake, "out/0001-a.patch", mail_of("[PATCH 1/2] a", diff_of(10, "1", diff)));
	fake_write(&fake, "out/0000-cover-letter.patch", mail_of("[PATCH 0/2] *** ***", ""));
	fake_write(&fake, "out/README", "--- a/mm/mremap.c\n");
	series_loads(fake_path(&fake, "out"));
	assert_int_equal(patches.count, 2);
	assert_string_equal(patches.items[0].source, "0001-a.patch");
	assert_string_equal(patches.items[1].source, "0002-b.patch");
	series_applies();
	line_is(10, "1");
}

static void a_quilt_series_is_applied_as_it_says(void **state)
{
	char diff[1024];

	(void)state;
	fake_write(&fake, "patches/series",
		   "# what we have\nmm/one.diff\t-p1 # a note\n\nzero.patch -p0\n#off.patch\n"
		   "deep.patch -p2\nempty.patch\n");
	fake_write(&fake, "patches/mm/one.diff", diff_of(10, "one", diff));
	fake_write(&fake, "patches/empty.patch", "");
	fake_write(
		&fake, "patches/zero.patch",
		"Why, in words.\nIndex: mm/mremap.c\n====\n--- mm/mremap.c\t2026-01-01\n"
		"+++ mm/mremap.c\t2026-01-02\n@@ -19,3 +19,3 @@\n line 19\n-line 20\n+zero\n line 21\n");
	fake_write(&fake, "patches/deep.patch",
		   "diff -ur x/y.orig/mm/mremap.c x/y/mm/mremap.c\n--- x/y.orig/mm/mremap.c\n"
		   "+++ x/y/mm/mremap.c\n@@ -29,3 +29,3 @@\n line 29\n-line 30\n+deep\n line 31\n");
	series_loads(fake_path(&fake, "patches"));
	assert_int_equal(patches.count, 3);
	assert_int_equal(patches.items[1].level, 0);
	series_applies();
	line_is(10, "one");
	line_is(20, "zero");
	line_is(30, "deep");
}

static void what_doesnt_apply_is_named_by_patch_file_and_hunk(void **state)
{
	struct text two = { 0 };
	char diff[1024];

	(void)state;
	text_add(&two, diff_of(10, "ten", diff));
	text_add(&two, "@@ -40,3 +40,3 @@\n line 40\n-line 41\n+forty-one\n line 42\n");
	text_add(&two, "@@ -60,3 +60,3 @@\n line 60\n-nothing here\n+x\n line 62\n");
	fake_write(&fake, "out/0001-good.patch",
		   mail_of("[PATCH 1/2] good", diff_of(80, "eighty", diff)));
	fake_write(&fake, "out/0002-foo.patch", mail_of("[PATCH 2/2] mm: foo", text_get(&two)));
	text_free(&two);
	series_loads(fake_path(&fake, "out"));
	assert_int_equal(kernel_patches_apply(&patches, 0, 2, fake.tree, &fault), -EBADMSG);
	assert_string_equal(fault.text, "0002-foo.patch (\"mm: foo\"): mm/mremap.c: hunk 3 of 3 "
					"(line 60) does not apply");
	line_is(80, "eighty"); /* the one before it is applied, of it nothing is */
	line_is(10, "line 10");
}

static void other_reasons_why_a_patch_doesnt_apply_are_said(void **state)
{
	static const struct {
		const char *diff, *says;
	} cases[] = {
		{ "--- a/mm/none.c\n+++ b/mm/none.c\n@@ -1 +1 @@\n-a\n+b\n",
		  "mm/none.c: there is no such file in the tree" },
		{ "diff --git a/mm/mremap.c b/mm/mremap.c\nnew file mode 100644\n--- /dev/null\n"
		  "+++ b/mm/mremap.c\n@@ -0,0 +1 @@\n+a\n",
		  "mm/mremap.c: is in the tree already" },
		{ "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -5 +5 @@\n-a\n+b\n"
		  "--- a/Kconfig\n+++ b/Kconfig\n@@ -1 +1 @@\n-a\n+b\n",
		  "hunk 1 of 1 (line 5) does not apply; Kconfig: hunk 1 of 1 (line 1)" },
		{ "--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -6,3 +6,3 @@\n line 6\n-seven\n+line 7\n line 8\n",
		  "(the tree has this patch already)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		series_loads(fake_write(&fake, "x.diff", cases[i].diff));
		assert_int_equal(kernel_patches_apply(&patches, 0, 1, fake.tree, &fault), -EBADMSG);
		fault_says(cases[i].says);
		kernel_patches_free(&patches);
	}
}

static void patches_can_be_applied_one_after_another(void **state)
{
	char diff[1024], first[SHA256_HEX], both[SHA256_HEX];

	(void)state;
	fake_write(&fake, "out/1.patch", diff_of(10, "ten", diff));
	fake_write(&fake, "out/2.patch", diff_of(20, "twenty", diff));
	series_loads(fake_path(&fake, "out"));
	kernel_patches_identity(&patches, 1, first);
	kernel_patches_identity(&patches, 2, both);
	assert_string_not_equal(first, both);
	assert_int_equal(kernel_patches_apply(&patches, 0, 1, fake.tree, &fault), 0);
	line_is(10, "ten");
	line_is(20, "line 20");
	assert_int_equal(kernel_patches_apply(&patches, 1, 2, fake.tree, &fault), 0);
	line_is(20, "twenty");
}

static void the_same_change_is_the_same_patch_wherever_it_comes_from(void **state)
{
	char diff[1024], identity[3][SHA256_HEX], plain[1024];
	const char *line;

	(void)state;
	diff_of(10, "ten", diff);
	fake_write(&fake, "mail.patch", mail_of("[PATCH] mm: x", diff));
	fake_write(&fake, "other.patch", mail_of("[PATCH v7 1/1] another word", diff));
	line = strstr(diff, "index ");
	snprintf(plain, sizeof(plain), "%.*s%s", (int)(line - diff), diff, strchr(line, '\n') + 1);
	fake_write(&fake, "bare.diff", plain);
	for (size_t i = 0; i < 3; i++) {
		static const char *const names[] = { "mail.patch", "other.patch", "bare.diff" };

		series_loads(fake_path(&fake, names[i]));
		assert_int_equal(patches.count, 1);
		kernel_patches_identity(&patches, 1, identity[i]);
		kernel_patches_free(&patches);
	}
	assert_string_equal(identity[0], identity[1]);
	assert_string_equal(identity[0], identity[2]);
	series_loads(fake_write(&fake, "bare.diff", diff_of(10, "Ten", diff)));
	kernel_patches_identity(&patches, 1, identity[2]);
	assert_string_not_equal(identity[0], identity[2]);
}

static void encoded_mails_are_decoded(void **state)
{
	static const char head[] =
		"From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\nMIME-Version: 1.0\n"
		"Subject: =?utf-8?q?=5BPATCH=5D_mm=3A_f=C3=BCnf?=\nContent-Type: text/plain; "
		"charset=utf-8\nContent-Transfer-Encoding: ";
	/* "line 5" becomes "= =C3=A4 =3D and a line that is cut softly" */
	static const char quoted[] =
		"quoted-printable\n\nwhy =E2=82=AC\n---\ndiff --git a/mm/mremap.c b/mm/mremap.c\n"
		"--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -4,3 +4,3 @@\n line 4\n-line 5\n+=3D =C3=A4 "
		"cut =\nsoftly=20\n line 6\n--=20\n2.39\n";
	static const char base64[] =
		"base64\n\nd2h5Ci0tLQotLS0gYS9tbS9tcmVtYXAuYworKysgYi9tbS9tcmVtYXAuYwpAQCAtNCwz\n"
		"ICs0LDMgQEAKIGxpbmUgNAotbGluZSA1Cis9IMOkIGN1dCBzb2Z0bHkgCiBsaW5lIDYK\n";
	const char *const bodies[] = { quoted, base64 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct text mail = { 0 };

		text_addf(&mail, "%s%s", head, bodies[i]);
		series_loads(fake_write(&fake, "mail.eml", text_get(&mail)));
		text_free(&mail);
		assert_int_equal(patches.count, 1);
		assert_string_equal(patches.items[0].subject, "mm: f\xc3\xbcnf");
		fake_shell(&fake, "rm -rf copy && cp -r linux-7.3 copy");
		if (kernel_patches_apply(&patches, 0, 1, fake_path(&fake, "copy"), &fault))
			fail_msg("%s", fault.text);
		assert_non_null(strstr(fake_read(&fake, "copy/mm/mremap.c"),
				       "line 4\n= \xc3\xa4 cut softly \nline 6\n"));
		kernel_patches_free(&patches);
	}
}

static void an_attached_patch_and_a_flowed_mail_are_read(void **state)
{
	static const char attached[] =
		"From: a@example.org\nSubject: [PATCH] mm: attached\nMIME-Version: 1.0\n"
		"Content-Type: multipart/mixed; boundary=\"XX\"\n\n--XX\nContent-Type: text/plain\n\n"
		"See below.\n\n--XX\nContent-Type: text/x-patch; name=x.patch\n"
		"Content-Disposition: attachment\nContent-Transfer-Encoding: 7bit\n\n"
		"--- a/mm/mremap.c\n+++ b/mm/mremap.c\n@@ -4,3 +4,3 @@\n line 4\n-line 5\n+five\n line 6\n--XX--\n";
	static const char flowed[] =
		"From: a@example.org\nSubject: [PATCH] mm: flowed\nContent-Type: text/plain; "
		"charset=us-ascii; format=flowed\n\nwhy\n---\n--- a/mm/mremap.c\n"
		"+++ b/mm/mremap.c\n@@ -7,3 +7,3 @@\n  line 7\n-line 8\n+eight\n  line 9\n";

	(void)state;
	series_loads(fake_write(&fake, "a.eml", attached));
	assert_int_equal(patches.count, 1);
	series_applies();
	line_is(5, "five");
	kernel_patches_free(&patches);
	series_loads(fake_write(&fake, "b.eml", flowed));
	series_applies();
	line_is(8, "eight");
}

static void line_ends_of_other_systems_are_taken(void **state)
{
	char diff[1024];
	struct text other = { 0 };

	(void)state;
	for (const char *at = diff_of(10, "ten", diff); *at; at++)
		text_addf(&other, "%s%c", *at == '\n' ? "\r" : "", *at);
	series_loads(fake_write(&fake, "x.diff", text_get(&other)));
	text_free(&other);
	series_applies();
	line_is(10, "ten");
}

static void a_compressed_mbox_is_read(void **state)
{
	char diff[1024];

	(void)state;
	fake_write(&fake, "t.mbox", mail_of("[PATCH] mm: x", diff_of(10, "ten", diff)));
	fake_shell(&fake, "gzip t.mbox");
	series_loads(fake_path(&fake, "t.mbox.gz"));
	series_applies();
	line_is(10, "ten");
}

static void arguments_hold_their_order(void **state)
{
	char diff[1024], one[PATH_MAX], two[PATH_MAX];
	const char *const arguments[] = { two, one };

	(void)state;
	snprintf(one, sizeof(one), "%s", fake_write(&fake, "1.diff", diff_of(10, "1", diff)));
	snprintf(two, sizeof(two), "%s", fake_write(&fake, "2.diff", diff_of(20, "2", diff)));
	assert_int_equal(kernel_patches_load(arguments, 2, &patches, &fault), 0);
	assert_string_equal(patches.items[0].source, "2.diff");
	assert_string_equal(patches.items[1].source, "1.diff");
}

static void what_is_touched_is_told(void **state)
{
	const char **files;
	size_t count;

	(void)state;
	fake_write(&fake, "out/1.patch",
		   "diff --git a/mm/mremap.c b/mm/move.c\nsimilarity index 100%\n"
		   "rename from mm/mremap.c\nrename to mm/move.c\n");
	fake_write(
		&fake, "out/2.patch",
		"--- a/Kconfig\n+++ b/Kconfig\n@@ -1 +1 @@\n-source \"Documentation/Kconfig\"\n+x\n"
		"diff --git a/mm/new.c b/mm/new.c\nnew file mode 100644\n--- /dev/null\n"
		"+++ b/mm/new.c\n@@ -0,0 +1 @@\n+a\n"
		"diff --git a/mm/move.c b/mm/move.c\nold mode 100644\nnew mode 100755\n");
	series_loads(fake_path(&fake, "out"));
	assert_int_equal(kernel_patches_touched(&patches, 2, &files, &count), 0);
	assert_int_equal(count, 4);
	assert_string_equal(files[0], "Kconfig");
	assert_string_equal(files[1], "mm/move.c");
	assert_string_equal(files[2], "mm/mremap.c");
	assert_string_equal(files[3], "mm/new.c");
	free((void *)files);
	series_applies();
	assert_int_equal(access(fake_path(&fake, "linux-7.3/mm/mremap.c"), F_OK), -1);
	assert_int_equal(access(fake_path(&fake, "linux-7.3/mm/move.c"), X_OK), 0);
}

static void what_is_no_part_of_the_tree_is_left_out(void **state)
{
	struct text both = { 0 };
	char diff[1024];

	(void)state;
	text_add(&both, "--- a/Documentation/mm/none[1]*.rst\n"
			"+++ b/Documentation/mm/none[1]*.rst\n@@ -1 +1 @@\n-a\n+b\n");
	text_add(&both, diff_of(10, "ten", diff));
	text_add(&both, "diff --git a/tools/testing/x.c b/tools/testing/x.c\n"
			"new file mode 100644\n--- /dev/null\n+++ b/tools/testing/x.c\n"
			"@@ -0,0 +1 @@\n+a\n");
	text_add(&both, "--- a/Documentation/Kconfig\n+++ b/Documentation/Kconfig\n"
			"@@ -1 +1 @@\n-config DOC\n+config DOCS\n");
	series_loads(fake_write(&fake, "x.diff", text_get(&both)));
	text_free(&both);
	series_applies();
	line_is(10, "ten");
	assert_string_equal(fake_read(&fake, "linux-7.3/Documentation/Kconfig"), "config DOCS\n");
	assert_int_equal(access(fake_path(&fake, "linux-7.3/tools/testing/x.c"), F_OK), -1);
	kernel_patches_free(&patches);
	series_loads(fake_write(&fake, "doc.diff",
				"--- a/Documentation/x.rst\n+++ b/Documentation/x.rst\n"
				"@@ -1 +1 @@\n-a\n+b\n"));
	series_applies();
}

static void nothing_of_the_users_git_settings_matters(void **state)
{
	char diff[1024];

	(void)state;
	/* A repository above, settings that break it, and the environment of a git hook. */
	fake_write(&fake, "home/.gitconfig",
		   "[apply]\n\twhitespace = error-all\n[core]\n"
		   "\tautocrlf = true\n[mailinfo]\n\tscissors = true\n");
	fake_shell(&fake, "git init -q .");
	setenv("HOME", fake_path(&fake, "home"), 1);
	setenv("GIT_DIR", fake_path(&fake, ".git"), 1);
	setenv("GIT_INDEX_FILE", "/nonexistent/index", 1);
	setenv("GIT_WORK_TREE", "/", 1);
	series_loads(
		fake_write(&fake, "x.patch",
			   mail_of("[PATCH] mm: x", diff_of(10, "blanks at the end  ", diff))));
	series_applies();
	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	unsetenv("GIT_WORK_TREE");
	line_is(10, "blanks at the end  ");
}

static void subjects_are_read(void **state)
{
	static const struct {
		const char *subject, *rest;
		unsigned int number, of;
	} cases[] = {
		{ "[PATCH] mm: x", "mm: x", 0, 0 },
		{ "[PATCH v2 3/8] mm: x", "mm: x", 3, 8 },
		{ "[RFC PATCH mm-unstable v12 03/08] x", "x", 3, 8 },
		{ "[PATCH,2/3] x", "x", 2, 3 },
		{ "[PATCH 6.12 010/123] x [y]", "x [y]", 10, 123 },
		{ "[list] [PATCH 1/2] x", "x", 1, 2 },
		{ "[PATCH 9/8] x", "x", 0, 0 },
		{ "[PATCH 1/99999999999999999999] x", "x", 0, 0 },
		{ "[PATCH x1/2] x", "x", 0, 0 },
		{ "[PATCH 1/2", "[PATCH 1/2", 0, 0 },
		{ "x [PATCH 1/2]", "x [PATCH 1/2]", 0, 0 },
		{ "", "", 0, 0 },
	};
	static const struct {
		const char *text, *subject;
	} texts[] = {
		{ "# a license\nSubject: [PATCH] mm: x\n\nwords\n---\n", "[PATCH] mm: x" },
		{ "words\nSubject: a", "a" },
		{ "diff --git a/f b/f\nSubject: a\n", "" },
		{ "words\n--- a/f\nSubject: a\n", "" },
		{ "words\n", "" },
		{ "", "" },
	};
	struct patch_number number;
	char subject[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(patch_subject_read(cases[i].subject, &number), cases[i].rest);
		if (number.number != cases[i].number || number.of != cases[i].of)
			fail_msg("%s: %u/%u", cases[i].subject, number.number, number.of);
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		patch_subject_find(texts[i].text, subject, sizeof(subject));
		assert_string_equal(subject, texts[i].subject);
	}
	assert_true(patch_subject_replies("Re: [PATCH 1/2] x"));
	assert_true(patch_subject_replies(" RE: x"));
	assert_false(patch_subject_replies("[PATCH] Re: x"));
	assert_false(patch_subject_replies("Revert \"x\""));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, series_begin, series_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_mbox_is_applied_in_its_order),
		TEST(mails_out_of_order_are_put_in_order_by_their_numbers),
		TEST(mails_without_numbers_stay_in_the_order_of_the_mbox),
		TEST(a_folder_is_taken_in_the_order_of_its_names),
		TEST(a_quilt_series_is_applied_as_it_says),
		TEST(what_doesnt_apply_is_named_by_patch_file_and_hunk),
		TEST(other_reasons_why_a_patch_doesnt_apply_are_said),
		TEST(patches_can_be_applied_one_after_another),
		TEST(the_same_change_is_the_same_patch_wherever_it_comes_from),
		TEST(encoded_mails_are_decoded),
		TEST(an_attached_patch_and_a_flowed_mail_are_read),
		TEST(line_ends_of_other_systems_are_taken),
		TEST(a_compressed_mbox_is_read),
		TEST(arguments_hold_their_order),
		TEST(what_is_touched_is_told),
		TEST(what_is_no_part_of_the_tree_is_left_out),
		TEST(nothing_of_the_users_git_settings_matters),
		TEST(subjects_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
