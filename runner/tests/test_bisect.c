// SPDX-License-Identifier: GPL-2.0-only
/* The walk to the first bad commit, on a git history whose commits say themselves what they cost. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/bisect.h"
#include "runner/git.h"
#include "runner/tests/fake_tree.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "100 100 BROKEN 150": a commit each; its file "cost" holds the word. */
static void history_make(struct fake_tree *fake, const char *costs)
{
	struct text line = { 0 };
	char word[64];
	int number = 0, used;

	text_addf(&line, "rm -rf repo && git init -q repo && cd repo && git config user.name a && "
			 "git config user.email a@b.invalid && git config commit.gpgsign false");
	for (; sscanf(costs, " %63s%n", word, &used) == 1; costs += used, number++)
		text_addf(&line,
			  " && echo %s >cost && echo %d >number && git add . && "
			  "git commit -q -m 'commit %d' && git tag c%d",
			  word, number, number, number);
	fake_shell(fake, text_get(&line));
	text_free(&line);
}

struct stub {
	const struct fake_tree *fake;
	size_t counted, shown;
	int fatal; /* what the lab says of the word FATAL */
};

/* Several costs of a commit, "100,7", are several cells. */
static int stub_lab(void *opaque, const struct bisect_commit *commit, struct bisect_counts *counts,
		    struct fault *why)
{
	struct stub *stub = opaque;
	char object[BISECT_COMMIT + 8];
	const char *words[] = { "cat-file", "blob", object, NULL };
	const struct git_call call = { .how = GIT_READ,
				       .directory = fake_path(stub->fake, "repo"),
				       .arguments = words };
	struct text cost = { 0 }, said = { 0 };
	int err = 0;

	stub->counted++;
	snprintf(object, sizeof(object), "%s:cost", commit->id);
	assert_int_equal(git_run(&call, &cost, &said, NULL), 0);
	if (!strncmp(text_get(&cost), "BROKEN", 6))
		err = fault_set(why, 1, "mm/mremap.c:3: error: expected ';'");
	if (!strncmp(text_get(&cost), "FATAL", 5))
		err = fault_set(why, stub->fatal, "no space");
	for (const char *at = text_get(&cost); !err && *at && *at != '\n';) {
		struct bisect_count *count = &counts->items[counts->count];

		snprintf(count->cell, sizeof(count->cell), "cell/%zu", counts->count);
		if (*at == '-')
			snprintf(count->why, sizeof(count->why), "unsupported: errno 22");
		count->middle = count->least = strtod(at, NULL);
		count->most = count->least + 2;
		counts->count++;
		at += strcspn(at, ",\n");
		at += *at == ',';
	}
	text_free(&cost);
	text_free(&said);
	return err;
}

static void stub_step(void *opaque, const struct bisect_step *step)
{
	struct stub *stub = opaque;

	stub->shown += step->done;
	assert_non_null(strstr(step->commit->subject, "commit "));
	if (step->done && step->verdict == BISECT_SKIP)
		assert_non_null(step->reason);
}

static int walk(struct fake_tree *fake, const char *costs, const char *threshold,
		struct bisect_found *found, struct stub *stub, struct fault *fault)
{
	char last[16];
	char tree[PATH_MAX], work[PATH_MAX]; /* fake_path's buffers are few */
	struct bisect_ask ask = {
		.tree = tree,
		.good = "c0",
		.bad = last,
		.work = work,
		.lab = stub_lab,
		.step = stub_step,
		.opaque = stub,
	};
	int commits = 1;

	snprintf(tree, sizeof(tree), "%s", fake_path(fake, "repo"));
	snprintf(work, sizeof(work), "%s", fake_path(fake, "bisected/git"));
	for (const char *at = costs; *at; at++)
		commits += *at == ' ';
	snprintf(last, sizeof(last), "c%d", commits - 1);
	if (threshold[0]) {
		ask.rule.limited = true;
		ask.rule.threshold = strtod(threshold, NULL);
		ask.rule.percent = strchr(threshold, '%') != NULL;
	}
	*stub = (struct stub){ .fake = fake, .fatal = stub->fatal };
	history_make(fake, costs);
	return bisect_do(&ask, found, fault);
}

static void the_first_bad_commit_is_found(void **state)
{
	static const struct {
		const char *costs, *threshold, *bad, *before;
	} rows[] = {
		{ "100 150", "", "commit 1", "commit 0" },
		{ "100 100 100 150 150 150 150 150", "", "commit 3", "commit 2" },
		{ "100 100 100 100 100 100 150", "", "commit 6", "commit 5" },
		{ "100 150 150 150 150 150 150", "", "commit 1", "commit 0" },
		/* a gain is found as a loss is */
		{ "150 150 150 100 100", "", "commit 3", "commit 2" },
		/* small steps on the way don't mislead: the larger one crosses the middle */
		{ "100 103 104 104 150 152 155", "", "commit 4", "commit 3" },
		{ "100 103 104 104 150 152 155", "2", "commit 1", "commit 0" },
		{ "100 103 104 104 150 152 155", "5", "commit 4", "commit 3" },
		{ "1000 1003 1004 1004 1500", "1%", "commit 4", "commit 3" },
		/* what doesn't build or has no count is stepped over */
		{ "100 100 BROKEN 100 150 150", "", "commit 4", "commit 3" },
		{ "100 100 100 100 150 BROKEN BROKEN 150", "", "commit 4", "commit 3" },
		{ "100 100 -1 100 150 150", "", "commit 4", "commit 3" },
		/* only cells whose ends differ tell; the first of them to cross decides */
		{ "100,7 900,7 100,7 100,9000 100,9000", "", "commit 3", "commit 2" },
		{ "100,10 100,10 200,10 200,10 200,90", "", "commit 2", "commit 1" },
		{ "100,- 100,- 200,- 200,-", "", "commit 2", "commit 1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fake_tree *fake = *state;
		struct bisect_found found;
		struct stub stub = { 0 };
		struct fault fault = { 0 };

		if (walk(fake, rows[i].costs, rows[i].threshold, &found, &stub, &fault))
			fail_msg("%s: %s", rows[i].costs, fault.text);
		if (strcmp(found.bad.subject, rows[i].bad) != 0 ||
		    strcmp(found.before.subject, rows[i].before) != 0)
			fail_msg("%s (%s): %s, before it %s", rows[i].costs, rows[i].threshold,
				 found.bad.subject, found.before.subject);
		assert_non_null(found.first_counts);
		assert_int_equal(stub.shown, stub.counted);
		assert_int_equal(found.steps, stub.counted - 2);
		bisect_found_free(&found);
	}
}

static void where_only_untestable_commits_remain_they_are_named(void **state)
{
	struct bisect_found found;
	struct stub stub = { 0 };
	struct fault fault = { 0 };

	assert_int_equal(walk(*state, "100 100 BROKEN BROKEN 150", "", &found, &stub, &fault), 0);
	assert_true(found.only_skipped);
	assert_string_equal(found.bad.id, "");
	assert_non_null(strstr(found.remaining, "commit 2\n"));
	assert_non_null(strstr(found.remaining, "commit 3\n"));
	assert_non_null(strstr(found.remaining, "commit 4\n"));
	assert_null(strstr(found.remaining, "commit 1\n"));
	assert_int_equal(found.skipped, 2);
	bisect_found_free(&found);
}

static void what_cant_be_done_is_said(void **state)
{
	static const struct {
		const char *costs, *threshold, *words;
		int err;
	} rows[] = {
		{ "100 100 100", "", "the ends don't differ", -EINVAL },
		{ "100 100 101", "", "the ends don't differ", -EINVAL }, /* within its spread */
		{ "100 100 150", "60", "by more than the threshold", -EINVAL },
		{ "100 100 150", "50%", "by more than the threshold", -EINVAL },
		{ "- 100 150", "", "the ends don't differ", -EINVAL },
		{ "BROKEN 100 150", "", "the good end, ", -ENOEXEC },
		{ "100 100 BROKEN", "", "the bad end, ", -ENOEXEC },
		{ "100 FATAL 150", "", "no space", -ENOSPC },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bisect_found found;
		struct stub stub = { .fatal = -ENOSPC };
		struct fault fault = { 0 };
		int err = walk(*state, rows[i].costs, rows[i].threshold, &found, &stub, &fault);

		if (err != rows[i].err || !strstr(fault.text, rows[i].words))
			fail_msg("%s: %d, \"%s\"", rows[i].costs, err, fault.text);
		assert_null(found.good);
	}
}

static void names_that_are_no_commits_are_refused(void **state)
{
	static const char *const names[] = { "",	  "c9",	  "--all", "c0..c1",
					     "HEAD:cost", "c0\n", "$(x)" };
	struct fake_tree *fake = *state;
	struct bisect_commit commit;
	struct fault fault;

	history_make(fake, "100 150");
	for (size_t i = 0; i < COUNT(names); i++)
		if (bisect_commit_find(fake_path(fake, "repo"), names[i], &commit, &fault) !=
		    -EINVAL)
			fail_msg("\"%s\" is taken: %s", names[i], commit.id);
	assert_int_equal(bisect_commit_find(fake_path(fake, "repo"), "c1", &commit, &fault), 0);
	assert_string_equal(commit.subject, "commit 1");
	assert_true(bisect_commit_find(fake_path(fake, "nowhere"), "c1", &commit, &fault) < 0);
}

static void the_tree_stays_as_it_was(void **state)
{
	struct fake_tree *fake = *state;
	struct bisect_found found;
	struct stub stub = { .fake = fake };
	struct fault fault = { 0 };
	char tree[PATH_MAX], work[PATH_MAX];
	const struct bisect_ask ask = { .tree = tree,
					.good = "c0",
					.bad = "c3",
					.work = work,
					.lab = stub_lab,
					.step = stub_step,
					.opaque = &stub };

	snprintf(tree, sizeof(tree), "%s", fake_path(fake, "repo"));
	snprintf(work, sizeof(work), "%s", fake_path(fake, "bisected/git"));
	history_make(fake, "100 100 150 150");
	fake_shell(fake, "cd repo && git checkout -q c1 && echo mine >mine && echo x >>cost && "
			 "git status --porcelain >../was && git for-each-ref >>../was && "
			 "find . -type f | sort >>../was");
	assert_int_equal(bisect_do(&ask, &found, &fault), 0);
	bisect_found_free(&found);
	fake_shell(
		fake,
		"cd repo && git status --porcelain >../is && git for-each-ref >>../is && "
		"find . -type f | sort >>../is && cmp ../is ../was && test ! -e ../bisected/git");
}

static int fake_setup(void **state)
{
	static struct fake_tree fake;

	fake_tree_make(&fake);
	*state = &fake;
	return 0;
}

static int fake_teardown(void **state)
{
	fake_tree_remove(*state);
	return 0;
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, fake_setup, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(the_first_bad_commit_is_found),
		IN_FOLDER(where_only_untestable_commits_remain_they_are_named),
		IN_FOLDER(what_cant_be_done_is_said),
		IN_FOLDER(names_that_are_no_commits_are_refused),
		IN_FOLDER(the_tree_stays_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
