// SPDX-License-Identifier: GPL-2.0-only
/* bisect_lab: commits built by kernel_build, counted in guests, and remembered. */
#include "runner/bisect_lab.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "results/query.h"
#include "results/reference.h"
#include "runner/paths.h"
#include "runner/trial_parts.h"
#include "runner/verify.h"

enum { NOTE_SIZE = 4096 };

/* Whatever changes what is built or counted has a folder of its own. */
static int lab_key(const struct lab *lab, char key[SHA256_HEX], struct fault *fault)
{
	const struct lab_ask *ask = lab->ask;
	char agent[PATH_MAX], sha256[SHA256_HEX] = "";
	struct text words = { 0 };
	int err = agent_path(agent);

	if (!err)
		err = file_sha256(agent, sha256);
	if (err)
		return fault_set(fault, err, "the agent: %s", strerror(-err));
	text_addf(&words, "%s\n%s\n%" PRIu32 "\n%s\n", lab->tree, sha256, ask->samples,
		  ask->config ? ask->config : "");
	for (size_t i = 0; i < ask->cell_count; i++)
		text_addf(&words, "cell %s\n", ask->cells[i]);
	for (size_t i = 0; i < ask->patch_count; i++)
		text_addf(&words, "patch %s\n", ask->patches[i]);
	err = words.failed ? -ENOMEM : bytes_sha256(words.data, words.len, key);
	text_free(&words);
	return err ? fault_set(fault, err, "no memory") : 0;
}

int lab_open(struct lab *lab, const struct lab_ask *ask, struct fault *fault)
{
	char key[SHA256_HEX], name[PATH_MAX], path[PATH_MAX];
	int err = 0;

	*lab = (struct lab){ .ask = ask, .lock = -1 };
	if (!realpath(ask->tree, lab->tree))
		return fault_set(fault, -EINVAL, "%s: %s", ask->tree, strerror(errno));
	err = lab_key(lab, key, fault);
	if (err)
		return err;
	snprintf(name, sizeof(name), "bisect/%.16s", key);
	err = path_of_cache(name, lab->folder);
	if (!err)
		err = path_join(lab->database, sizeof(lab->database), lab->folder, "results.db");
	if (!err)
		err = path_join(lab->repository, sizeof(lab->repository), lab->folder, "git");
	if (!err)
		err = path_join(path, sizeof(path), lab->folder, "lock");
	if (!err)
		err = lock_take(path, false, &lab->lock);
	if (err)
		lab->lock = -1;
	if (err == -EAGAIN)
		return fault_set(fault, err, "another bisect of the same is running");
	return err ? fault_set(fault, err, "the cache: %s", strerror(-err)) : 0;
}

void lab_close(struct lab *lab)
{
	if (lab->lock >= 0)
		close(lab->lock);
	lab->lock = -1;
}

/* A commit's file in the lab's folder: the kernel that was built, or why none was. */
static int note_path(const struct lab *lab, const char *kind, const struct bisect_commit *commit,
		     char out[PATH_MAX])
{
	char name[BISECT_COMMIT + 16];

	snprintf(name, sizeof(name), "%s.%s", kind, commit->id);
	return path_join(out, PATH_MAX, lab->folder, name);
}

static bool note_read(const struct lab *lab, const char *kind, const struct bisect_commit *commit,
		      char *out, size_t room)
{
	char path[PATH_MAX];
	struct text text = { 0 };
	bool there = !note_path(lab, kind, commit, path) && !file_read(path, NOTE_SIZE, &text);

	snprintf(out, room, "%s", text_get(&text));
	text_free(&text);
	return there;
}

static void note_write(const struct lab *lab, const char *kind, const struct bisect_commit *commit,
		       const char *words)
{
	char path[PATH_MAX];

	if (!note_path(lab, kind, commit, path))
		file_write(path, words, strlen(words));
}

/*
 * 0; 1: it does not compile, or a patch does not apply to it: remembered, since nothing changes that.
 * What is missing here (tools, space) ends the bisection instead: it says nothing of the commit.
 */
static int commit_build(const struct lab *lab, const struct bisect_commit *commit,
			char sha256[SHA256_HEX], struct fault *why)
{
	const struct lab_ask *ask = lab->ask;
	char source[PATH_MAX + BISECT_COMMIT], name[32];
	struct kernel_build_ask build = {
		.source = source,
		.config = ask->config,
		.patches = ask->patches,
		.patch_count = ask->patch_count,
		.name = name,
		.jobs = ask->jobs,
		.who = ask->quiet ? NULL : "bisect",
	};
	struct kernel_built built;
	int err;

	if (note_read(lab, "skip", commit, why->text, sizeof(why->text)))
		return 1;
	snprintf(source, sizeof(source), "%s@%s", lab->tree, commit->id);
	snprintf(name, sizeof(name), "bisect-%.12s", commit->id);
	err = kernel_build(&build, &built, why);
	if (err == -EEXIST) { /* the name is of a build with another config or patches */
		build.name = NULL;
		err = kernel_build(&build, &built, why);
	}
	if (err == -ENOEXEC || err == -EBADMSG) {
		note_write(lab, "skip", commit, why->text);
		return 1;
	}
	if (err)
		return err;
	memcpy(sha256, built.sha256, SHA256_HEX);
	note_write(lab, "kernel", commit, sha256);
	return 0;
}

/* The newest finished run of that image in the lab's database. -ENOENT */
static int run_find(struct store *store, const char *sha256, int64_t *id, struct fault *fault)
{
	const struct run_filter filter = {
		.instrument = "insn", .kernel_sha256 = sha256, .finished_only = true, .limit = 1
	};
	struct run_list runs;
	int err = query_runs(store, &filter, &runs, fault);

	if (err)
		return err;
	err = runs.count ? 0 : -ENOENT;
	if (runs.count)
		*id = runs.items[0].id;
	run_list_free(&runs);
	return err;
}

static void counts_take(const struct summary_list *summaries, struct bisect_counts *counts)
{
	for (size_t i = 0; i < summaries->count && counts->count < BISECT_CELLS; i++) {
		const struct cell_summary *row = &summaries->items[i];
		struct bisect_count *count = &counts->items[counts->count++];

		snprintf(count->cell, sizeof(count->cell), "%s", row->cell);
		if (strcmp(row->status, "ok") != 0)
			snprintf(count->why, sizeof(count->why), "%s: %s: %.120s", row->cell,
				 row->status, row->reason);
		count->middle = row->median;
		count->least = row->min;
		count->most = row->max;
	}
}

static int counts_read(const struct lab *lab, const char *sha256, struct bisect_counts *counts,
		       struct fault *fault)
{
	struct summary_list summaries = { 0 };
	struct store *store = NULL;
	int64_t id = 0;
	int err = store_open(lab->database, STORE_READ, &store, NULL);

	if (!err)
		err = run_find(store, sha256, &id, fault);
	if (!err)
		err = query_summaries(store, id, "insn", &summaries, fault);
	if (!err)
		counts_take(&summaries, counts);
	summary_list_free(&summaries);
	store_close(store);
	return err;
}

/* 1 where no guest came to an end: it does not boot. */
static int image_run(const struct lab *lab, const char *sha256, struct fault *why)
{
	const struct lab_ask *ask = lab->ask;
	struct run_outcome *outcomes = calloc(RUN_NAMES, sizeof(*outcomes));
	struct run_request *request = calloc(1, sizeof(*request));
	size_t count = 0;
	int err = -ENOMEM;

	if (outcomes && request) {
		request->suite = "full";
		request->kernels[request->kernel_count++] = sha256;
		request->instrument = "insn";
		request->samples = ask->samples;
		request->trials = 1;
		request->database = lab->database;
		request->quiet = ask->quiet;
		memcpy(request->globs, ask->cells, sizeof(request->globs));
		request->glob_count = ask->cell_count;
		err = run_request_do(request, outcomes, &count, why);
	}
	if (!err && (!count || !outcomes[0].ok)) {
		fault_set(why, 0, "%.400s", count ? outcomes[0].reason : "nothing was measured");
		err = 1;
	}
	free(outcomes);
	free(request);
	return err;
}

int lab_count(struct lab *lab, const struct bisect_commit *commit, struct bisect_counts *counts,
	      struct fault *why)
{
	char sha256[SHA256_HEX];
	int err = commit_build(lab, commit, sha256, why);

	if (err)
		return err;
	err = counts_read(lab, sha256, counts, why);
	if (err != -ENOENT)
		return err;
	err = image_run(lab, sha256, why);
	return err ? err : counts_read(lab, sha256, counts, why);
}

static int commit_load(struct lab *lab, struct store *store, const struct bisect_commit *commit,
		       struct reference *counted, struct fault *fault)
{
	char sha256[SHA256_HEX];
	int64_t id = 0;
	int err;

	if (!note_read(lab, "kernel", commit, sha256, sizeof(sha256)))
		return -ENOENT;
	err = run_find(store, sha256, &id, fault);
	return err ? err : reference_load_run(store, id, counted, fault);
}

static const struct reference_cell *counted_cell(const struct reference *counted, const char *cell)
{
	for (size_t i = 0; i < counted->cell_count; i++)
		if (!strcmp(counted->cells[i].key, cell) && counted->cells[i].row_count)
			return &counted->cells[i];
	return NULL;
}

int lab_paths(struct lab *lab, const struct bisect_commit *before,
	      const struct bisect_commit *after, const char *cell, struct text *what,
	      struct fault *fault)
{
	struct reference a = { 0 }, b = { 0 };
	struct store *store = NULL;
	int err = store_open(lab->database, STORE_READ, &store, fault);

	if (!err)
		err = commit_load(lab, store, before, &a, fault);
	if (!err)
		err = commit_load(lab, store, after, &b, fault);
	if (!err) {
		const struct reference_cell *x = counted_cell(&a, cell),
					    *y = counted_cell(&b, cell);

		if (x && y)
			verify_paths_same(reference_text_of(&x->paths, x->rows[0].path),
					  reference_text_of(&y->paths, y->rows[0].path), what);
	}
	reference_free(&a);
	reference_free(&b);
	store_close(store);
	return err == -ENOENT ? 0 : err;
}
