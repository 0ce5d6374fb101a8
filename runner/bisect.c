// SPDX-License-Identifier: GPL-2.0-only
/* bisect: git bisect without a checkout, step by step, until it names the first bad commit. */
#include "runner/bisect.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/git.h"

enum { SAID_LIMIT = 1 << 20 };

struct walk {
	const struct bisect_ask *ask;
	struct bisect_found *found;
	struct fault *fault;
	/* The counts of all good commits, newest last: the first bad one's parent is among them. */
	struct tested {
		struct bisect_commit commit;
		struct bisect_counts *counts;
		enum bisect_verdict verdict;
	} * tested;
	size_t tested_count;
};

/* git in a folder; out: what it printed, NULL where nobody asks. -ECHILD: its words are the fault's. */
static int git_do(const char *folder, const char *const *words, struct text *out,
		  struct fault *fault)
{
	const struct git_call call = {
		.how = GIT_READ, .directory = folder, .arguments = words, .limit = SAID_LIMIT
	};
	struct text said = { 0 }, printed = { 0 };
	char why[400];
	int err = git_run(&call, out ? out : &printed, &said, fault);

	if (err == -ECHILD) {
		git_words(text_get(&said), why, sizeof(why));
		fault_set(fault, err, "git %s: %s", words[0], why);
	}
	text_free(&said);
	text_free(&printed);
	return err;
}

static bool id_valid(const char *id)
{
	size_t len = strlen(id);

	return len >= 40 && len < BISECT_COMMIT && !id[strspn(id, "0123456789abcdef")];
}

/* Cut at the first newline, in place. */
static const char *first_line(struct text *text)
{
	if (text->len)
		text->data[strcspn(text->data, "\n")] = '\0';
	return text_get(text);
}

int bisect_commit_find(const char *tree, const char *name, struct bisect_commit *commit,
		       struct fault *fault)
{
	char object[300];
	const char *parse[] = {
		"rev-parse", "--verify", "--quiet", "--end-of-options", object, NULL
	};
	const char *log[] = { "log", "-1", "--format=%s", commit->id, "--", NULL };
	struct text out = { 0 };
	int err;

	*commit = (struct bisect_commit){ 0 };
	if (!*name || snprintf(object, sizeof(object), "%s^{commit}", name) >= (int)sizeof(object))
		return fault_set(fault, -EINVAL, "\"%.80s\" names no commit", name);
	err = git_do(tree, parse, &out, fault);
	if (!err && !id_valid(first_line(&out)))
		err = -ECHILD;
	if (err == -ECHILD)
		err = fault_set(fault, -EINVAL, "%.300s: there is no commit \"%.80s\"", tree, name);
	if (!err)
		snprintf(commit->id, sizeof(commit->id), "%s", out.data);
	text_clear(&out);
	if (!err)
		err = git_do(tree, log, &out, fault);
	if (!err)
		snprintf(commit->subject, sizeof(commit->subject), "%s", first_line(&out));
	text_free(&out);
	return err;
}

/*
 * A bare repository of our own that borrows the tree's objects. Its only name is the bad end: git bisect
 * wants a HEAD to come back to.
 */
static int repository_make(const struct bisect_ask *ask, const char *bad, struct fault *fault)
{
	const char *where[] = { "rev-parse", "--path-format=absolute", "--git-path", "objects",
				NULL };
	const char *make[] = { "init", "--quiet", "--bare", ".", NULL };
	const char *head[] = { "update-ref", "--no-deref", "HEAD", bad, NULL };
	char file[PATH_MAX];
	struct text objects = { 0 };
	int err = git_do(ask->tree, where, &objects, fault);

	if (!err && path_join(file, sizeof(file), ask->work, "objects/info/alternates"))
		err = -ENAMETOOLONG;
	if (!err)
		err = directory_remove(ask->work);
	if (!err)
		err = directory_make(ask->work, 0755);
	if (err && err != -ECHILD)
		fault_set(fault, err, "%s: %s", ask->work, strerror(-err));
	if (!err)
		err = git_do(ask->work, make, NULL, fault);
	if (!err && (err = file_write(file, objects.data, objects.len)))
		fault_set(fault, err, "%s: %s", file, strerror(-err));
	if (!err)
		err = git_do(ask->work, head, NULL, fault);
	text_free(&objects);
	return err;
}

static int tested_add(struct walk *walk, const struct bisect_commit *commit,
		      struct bisect_counts *counts, enum bisect_verdict verdict)
{
	struct tested *tested = reallocarray(walk->tested, walk->tested_count + 1, sizeof(*tested));

	if (!tested)
		return fault_set(walk->fault, -ENOMEM, "no memory");
	walk->tested = tested;
	tested[walk->tested_count++] = (struct tested){ *commit, counts, verdict };
	return 0;
}

static const struct tested *tested_find(const struct walk *walk, const char *id)
{
	for (size_t i = 0; i < walk->tested_count; i++)
		if (!strcmp(walk->tested[i].commit.id, id))
			return &walk->tested[i];
	return NULL;
}

/* One commit to the lab. counts: the walk's, also where it was skipped. 0, 1 as the lab's, or an error. */
static int commit_count(struct walk *walk, const struct bisect_commit *commit,
			struct bisect_counts **counts, struct fault *why)
{
	*counts = calloc(1, sizeof(**counts));
	if (!*counts)
		return fault_set(why, -ENOMEM, "no memory");
	return walk->ask->lab(walk->ask->opaque, commit, *counts, why);
}

static int end_count(struct walk *walk, const struct bisect_commit *commit, const char *role,
		     enum bisect_verdict verdict, struct bisect_counts **counts)
{
	struct bisect_step step = { .commit = commit, .role = role, .left = SIZE_MAX };
	struct fault why = { 0 };
	int err;

	walk->ask->step(walk->ask->opaque, &step);
	err = commit_count(walk, commit, counts, &why);
	if (*counts && (err || tested_add(walk, commit, *counts, verdict))) {
		free(*counts);
		*counts = NULL;
	}
	if (err)
		return fault_set(walk->fault, err > 0 ? -ENOEXEC : err, "the %s, %.12s (%.80s): %s",
				 role, commit->id, commit->subject, why.text);
	if (!*counts)
		return -ENOMEM;
	step.done = true;
	step.verdict = verdict;
	step.counts = *counts;
	walk->ask->step(walk->ask->opaque, &step);
	return 0;
}

static int ends_differ(struct walk *walk)
{
	const struct bisect_counts *good = walk->found->good, *bad = walk->found->bad_counts;
	size_t telling = 0, without = 0;

	if (!good || !bad)
		return fault_set(walk->fault, -ENOMEM, "no memory");
	for (size_t i = 0; i < good->count; i++) {
		const struct bisect_count *to = bisect_count_of(bad, good->items[i].cell);

		telling += to && bisect_telling(&walk->ask->rule, &good->items[i], to);
		without += !to || to->why[0] || good->items[i].why[0];
	}
	if (telling)
		return 0;
	return fault_set(walk->fault, -EINVAL,
			 "the ends don't differ%s in %zu cell%s (%zu without a count): there is "
			 "nothing to find",
			 walk->ask->rule.limited ? " by more than the threshold" : "", good->count,
			 good->count == 1 ? "" : "s", without);
}

/* What git will ask about next, "" for nothing; and how many steps it thinks are left. */
static int next_find(struct walk *walk, char id[BISECT_COMMIT])
{
	const char *words[] = { "rev-parse", "--verify", "--quiet", "BISECT_HEAD", NULL };
	struct text out = { 0 };
	int err = git_do(walk->ask->work, words, &out, walk->fault);

	if (!err && !id_valid(first_line(&out)))
		err = fault_set(walk->fault, -EPROTO, "git bisect names no commit");
	if (!err)
		snprintf(id, BISECT_COMMIT, "%s", out.data);
	text_free(&out);
	return err;
}

/* "Bisecting: 3 revisions left to test after this (roughly 2 steps)" */
static size_t steps_left(const char *said)
{
	const char *at = strstr(said, "(roughly ");
	unsigned long steps;

	return at && sscanf(at, "(roughly %lu step", &steps) == 1 ? steps : SIZE_MAX;
}

/* "ID is the first bad commit" */
static bool first_bad(const char *said, char id[BISECT_COMMIT])
{
	size_t len = strspn(said, "0123456789abcdef");

	if (len < 40 || len >= BISECT_COMMIT ||
	    strncmp(said + len, " is the first bad commit", 24) != 0)
		return false;
	memcpy(id, said, len);
	id[len] = '\0';
	return true;
}

/* The commits of which any may be the first bad one, as git lists them. */
static void remaining_keep(struct walk *walk, const char *said)
{
	struct bisect_found *found = walk->found;
	size_t used = 0;

	found->only_skipped = true;
	for (const char *line = said; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		struct bisect_commit commit;
		char id[BISECT_COMMIT];
		size_t len = strspn(line, "0123456789abcdef");

		if (len < 40 || len >= sizeof(id) || used >= sizeof(found->remaining))
			continue;
		memcpy(id, line, len);
		id[len] = '\0';
		if (!bisect_commit_find(walk->ask->work, id, &commit, NULL))
			used += (size_t)snprintf(found->remaining + used,
						 sizeof(found->remaining) - used, "%.12s %s\n",
						 commit.id, commit.subject);
	}
}

/* Tells git; *over: it knows the answer, or can't. */
static int git_tell(struct walk *walk, const char *const *words, size_t *left, bool *over)
{
	struct text said = { 0 }, err_said = { 0 };
	const struct git_call call = { .how = GIT_READ,
				       .directory = walk->ask->work,
				       .arguments = words,
				       .limit = SAID_LIMIT };
	char id[BISECT_COMMIT], why[400];
	int err = git_run(&call, &said, &err_said, walk->fault);

	*left = steps_left(text_get(&said));
	*over = false;
	if (strstr(text_get(&said), "only 'skip'ped commits left")) { /* exit status 2 */
		remaining_keep(walk, text_get(&said));
		*over = true;
		err = 0;
	} else if (err == -ECHILD) {
		git_words(text_get(&err_said), why, sizeof(why));
		fault_set(walk->fault, err, "git bisect: %s", why);
	} else if (!err && first_bad(text_get(&said), id)) {
		err = bisect_commit_find(walk->ask->tree, id, &walk->found->bad, walk->fault);
		*over = true;
	}
	text_free(&said);
	text_free(&err_said);
	return err;
}

static int commit_step(struct walk *walk, const struct bisect_commit *commit, size_t left,
		       enum bisect_verdict *verdict)
{
	struct bisect_step step = { .commit = commit,
				    .role = "",
				    .number = ++walk->found->steps,
				    .left = left,
				    .good = walk->found->good,
				    .bad = walk->found->bad_counts };
	struct bisect_counts *counts;
	struct fault why = { 0 };
	int err;

	walk->ask->step(walk->ask->opaque, &step);
	err = commit_count(walk, commit, &counts, &why);
	if (err < 0) {
		free(counts);
		return fault_set(walk->fault, err, "%.12s (%.80s): %s", commit->id, commit->subject,
				 why.text);
	}
	step.done = true;
	step.verdict = err ? BISECT_SKIP
			   : bisect_judge(&walk->ask->rule, walk->found->good,
					  walk->found->bad_counts, counts, &step.why);
	step.counts = err ? NULL : counts;
	step.reason = err			     ? why.text
		      : step.why && step.why->why[0] ? step.why->why
						     : "no count of a cell that tells";
	walk->found->skipped += step.verdict == BISECT_SKIP;
	walk->ask->step(walk->ask->opaque, &step);
	*verdict = step.verdict;
	if (tested_add(walk, commit, counts, step.verdict)) {
		free(counts);
		return -ENOMEM;
	}
	return 0;
}

static int walk_do(struct walk *walk, const char *good, const char *bad)
{
	static const char *const answers[] = { "good", "bad", "skip" };
	const char *start[] = { "bisect", "start", "--no-checkout", bad, good, NULL };
	const char *answer[] = { "bisect", NULL, NULL, NULL };
	struct bisect_commit commit;
	enum bisect_verdict verdict = BISECT_SKIP;
	char id[BISECT_COMMIT];
	size_t left;
	bool over;
	int err = git_tell(walk, start, &left, &over);

	while (!err && !over) {
		err = next_find(walk, id);
		if (!err)
			err = bisect_commit_find(walk->ask->tree, id, &commit, walk->fault);
		if (!err)
			err = commit_step(walk, &commit, left, &verdict);
		if (err)
			break;
		answer[1] = answers[verdict];
		answer[2] = commit.id;
		err = git_tell(walk, answer, &left, &over);
	}
	return err;
}

/* Its first parent that was tested: what the step is measured from. */
static void before_find(struct walk *walk)
{
	struct bisect_found *found = walk->found;
	const char *words[] = { "rev-parse", "--verify", "--quiet", NULL, NULL };
	char parent[BISECT_COMMIT + 16];

	for (int i = 1; i < 4 && !found->before_counts; i++) {
		struct text out = { 0 };
		const struct tested *tested = NULL;

		snprintf(parent, sizeof(parent), "%s^%d", found->bad.id, i);
		words[3] = parent;
		if (!git_do(walk->ask->tree, words, &out, NULL))
			tested = tested_find(walk, first_line(&out));
		if (tested && tested->verdict == BISECT_GOOD) {
			found->before = tested->commit;
			found->before_counts = tested->counts;
		}
		text_free(&out);
	}
}

/* The found commits' counts go to the caller, the others are freed. */
static void tested_free(struct walk *walk)
{
	const struct bisect_found *found = walk->found;

	for (size_t i = 0; i < walk->tested_count; i++) {
		struct bisect_counts *counts = walk->tested[i].counts;

		if (counts != found->good && counts != found->bad_counts &&
		    counts != found->before_counts && counts != found->first_counts)
			free(counts);
	}
	free(walk->tested);
}

void bisect_found_free(struct bisect_found *found)
{
	struct bisect_counts *const all[] = { found->good, found->bad_counts, found->before_counts,
					      found->first_counts };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		bool again = false;

		for (size_t j = 0; j < i; j++)
			again = again || all[j] == all[i];
		if (!again)
			free(all[i]);
	}
	*found = (struct bisect_found){ 0 };
}

int bisect_do(const struct bisect_ask *ask, struct bisect_found *found, struct fault *fault)
{
	struct walk walk = { .ask = ask, .found = found, .fault = fault };
	struct bisect_commit good, bad;
	const struct tested *first;
	int err;

	*found = (struct bisect_found){ 0 };
	err = bisect_commit_find(ask->tree, ask->good, &good, fault);
	if (!err)
		err = bisect_commit_find(ask->tree, ask->bad, &bad, fault);
	if (!err && !strcmp(good.id, bad.id))
		err = fault_set(fault, -EINVAL, "%.80s and %.80s are the same commit", ask->good,
				ask->bad);
	if (!err)
		err = repository_make(ask, bad.id, fault);
	if (!err)
		err = end_count(&walk, &good, "good end", BISECT_GOOD, &found->good);
	if (!err)
		err = end_count(&walk, &bad, "bad end", BISECT_BAD, &found->bad_counts);
	if (!err)
		err = ends_differ(&walk);
	if (!err)
		err = walk_do(&walk, good.id, bad.id);
	if (!err && !found->only_skipped) {
		first = tested_find(&walk, found->bad.id);
		found->first_counts = first ? first->counts : NULL;
		before_find(&walk);
	}
	tested_free(&walk);
	directory_remove(ask->work);
	if (err)
		bisect_found_free(found);
	return err;
}
