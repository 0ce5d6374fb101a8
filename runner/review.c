// SPDX-License-Identifier: GPL-2.0-only
/* review: base and series built, counted, and held against each other. */
#include "runner/review.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"
#include "results/compare.h"
#include "results/query.h"
#include "runner/kernel_recipe.h"
#include "runner/kvm.h"
#include "runner/scratch.h"

enum { RUNS_LOOKED_AT = 8 };

static const char *review_who(const struct review_ask *ask)
{
	return ask->quiet ? NULL : "review";
}

static struct review_step *step_add(struct review *review)
{
	return &review->steps[review->step_count++];
}

static int step_build(struct review *review, const struct kernel_build_ask *build,
		      const char *title, struct fault *fault)
{
	struct review_step *step = step_add(review);
	struct kernel_built built;
	int err = kernel_build(build, &built, fault);

	if (err)
		return err;
	snprintf(step->title, sizeof(step->title), "%s", title);
	step->built = !built.cached;
	step->build_seconds = built.seconds;
	step->compiled = built.compiled;
	return kernel_get(built.sha256, &step->kernel, fault);
}

static int step_take(struct review *review, const struct kernel *kernel)
{
	struct review_step *step = step_add(review);

	step->kernel = *kernel;
	snprintf(step->title, sizeof(step->title), "%s", kernel->name);
	return 0;
}

/* What a kernel of the cache was built from, as kernel_build takes it again. */
struct base_source {
	char source[SOURCE_ORIGIN];
	char config[128];
	bool relocation;
};

static const char *json_word(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static int base_source_read(const struct kernel *kernel, struct base_source *out,
			    struct fault *fault)
{
	json_t *recipe = NULL;
	const json_t *patches;
	int err = kernel_recipe(kernel, &recipe, fault);

	if (err)
		return err;
	recipe_source_spec(recipe, out->source, sizeof(out->source));
	snprintf(out->config, sizeof(out->config), "%s",
		 json_word(json_object_get(recipe, "config"), "name"));
	patches = json_object_get(recipe, "patches");
	out->relocation = strstr(kernel->traits, "relocation") != NULL;
	if (!recipe || !out->source[0])
		err = fault_set(
			fault, -EINVAL,
			"%s was not built here, so there is no source that the series could be"
			" applied to: name one as base (linux-source-6.12, a tarball, TREE@REF),"
			" or compare two kernels by --with",
			kernel->name);
	else if (json_array_size(patches) > (out->relocation ? 1 : 0))
		err = fault_set(
			fault, -EINVAL,
			"%s was built with patches: name its source as base, and those patches"
			" before the series",
			kernel->name);
	json_decref(recipe);
	return err;
}

/* A base that was built before its config, or the compiler, changed would be blamed on the series. */
static int steps_alike(const struct review *review, struct fault *fault)
{
	json_t *a = NULL, *b = NULL;
	int err = kernel_recipe(&review->steps[0].kernel, &a, fault);

	if (!err)
		err = kernel_recipe(&review->steps[review->step_count - 1].kernel, &b, fault);
	if (!err && (strcmp(json_word(json_object_get(a, "config"), "sha256"),
			    json_word(json_object_get(b, "config"), "sha256")) ||
		     strcmp(json_word(json_object_get(a, "source"), "identity"),
			    json_word(json_object_get(b, "source"), "identity")) ||
		     !json_equal(json_object_get(a, "toolchain"), json_object_get(b, "toolchain"))))
		err = fault_set(
			fault, -EINVAL,
			"%s was built from another source, config or compiler than the patched"
			" kernel: name the source as base, so that it is built anew",
			review->steps[0].kernel.name);
	json_decref(a);
	json_decref(b);
	return err;
}

/* Base and patched, by kernel_build. */
static int steps_build(const struct review_ask *ask, struct review *review, struct fault *fault)
{
	struct kernel_build_ask build = {
		.source = ask->base,
		.config = ask->config,
		.relocation = ask->relocation,
		.jobs = ask->jobs,
		.who = review_who(ask),
		.keep_base = true,
	};
	struct kernel_patches patches = { 0 };
	struct base_source source = { 0 };
	struct kernel *kernel = calloc(1, sizeof(*kernel));
	int err = kernel ? kernel_patches_load(ask->patches, ask->patch_count, &patches, fault)
			 : -ENOMEM;

	if (err)
		goto out;
	if (ask->each && patches.count >= REVIEW_STEPS) {
		err = fault_set(fault, -E2BIG, "%zu patches: each of at most %d", patches.count,
				REVIEW_STEPS - 1);
		goto out;
	}
	if (!kernel_get(ask->base, kernel, NULL)) {
		err = base_source_read(kernel, &source, fault);
		build.source = source.source;
		build.config = source.config[0] ? source.config : NULL;
		build.relocation = source.relocation;
		if (!err)
			err = step_take(review, kernel);
	} else {
		err = step_build(review, &build, "base", fault);
	}
	build.patches = ask->patches;
	build.patch_count = ask->patch_count;
	for (size_t i = ask->each ? 1 : patches.count; i <= patches.count && !err; i++) {
		const struct kernel_patch *patch = &patches.items[i - 1];

		build.patch_limit = i;
		err = step_build(review, &build, patch->subject[0] ? patch->subject : patch->source,
				 fault);
	}
	if (!err)
		err = steps_alike(review, fault);
out:
	kernel_patches_free(&patches);
	free(kernel);
	return err;
}

static int steps_make(const struct review_ask *ask, struct review *review, struct fault *fault)
{
	struct kernel *kernel;
	int err;

	if (!ask->with)
		return steps_build(ask, review, fault);
	kernel = calloc(1, sizeof(*kernel));
	err = kernel ? kernel_get(ask->base, kernel, fault) : -ENOMEM;
	if (!err)
		err = step_take(review, kernel);
	if (!err)
		err = kernel_get(ask->with, kernel, fault);
	if (!err)
		err = step_take(review, kernel);
	if (!err && !strcmp(review->steps[0].kernel.sha256, review->steps[1].kernel.sha256))
		err = fault_set(fault, -EINVAL, "%s and %s are the same kernel", ask->base,
				ask->with);
	free(kernel);
	return err;
}

/* Runs the suite on some steps in one go; each step's run is noted. */
static int steps_run(const struct review_ask *ask, struct review_step *steps, size_t count,
		     const char *instrument, struct fault *fault)
{
	struct run_outcome *outcomes = calloc(RUN_NAMES, sizeof(*outcomes));
	struct run_request *request = calloc(1, sizeof(*request));
	size_t got = 0;
	int err = outcomes && request ? 0 : -ENOMEM;

	if (err)
		goto out;
	request->suite = ask->suite;
	request->instrument = instrument;
	for (size_t i = 0; i < count; i++)
		request->kernels[request->kernel_count++] = steps[i].kernel.sha256;
	memcpy(request->globs, ask->globs, sizeof(request->globs));
	request->glob_count = ask->glob_count;
	request->samples = ask->samples;
	request->guests = ask->jobs;
	request->database = ask->database;
	request->quiet = ask->quiet;
	err = run_request_do(request, outcomes, &got, fault);
	for (size_t i = 0; i < got && i < count && !err; i++) {
		*(instrument ? &steps[i].clock_run : &steps[i].run) = outcomes[i].id;
		if (!outcomes[i].ok)
			err = fault_set(fault, -ENODATA, "%s gave no count: %.300s",
					steps[i].kernel.name, outcomes[i].reason);
	}
out:
	free(outcomes);
	free(request);
	return err;
}

/* Whether two runs differ in nothing but their kernel; agent and plugin are named by their own hashes. */
static bool runs_alike(struct store *store, int64_t a, int64_t b)
{
	struct comparison comparison;
	char a_words[24], b_words[24];
	bool alike = true;

	snprintf(a_words, sizeof(a_words), "%" PRId64, a);
	snprintf(b_words, sizeof(b_words), "%" PRId64, b);
	if (compare_runs(store, a_words, b_words, NULL, &comparison, NULL))
		return false;
	for (size_t i = 0; i < comparison.difference_count; i++)
		alike = alike && (comparison.differences[i].weight == COMPARE_POINT ||
				  !strcmp(comparison.differences[i].key, "tool.commit"));
	comparison_free(&comparison);
	return alike;
}

/*
 * Counts are the same every time, so the base's of an earlier review, of the same plan, will do: that of
 * run `like`; 0: of any, which may or may not do.
 */
static int64_t base_run_find(const struct review_ask *ask, const struct review *review,
			     int64_t like)
{
	const struct run_filter filter = { .instrument = "insn",
					   .kernel_sha256 = review->steps[0].kernel.sha256,
					   .finished_only = true,
					   .limit = RUNS_LOOKED_AT };
	struct run_list runs = { 0 };
	struct store *store = NULL;
	int64_t found = 0;

	if (ask->count_again || store_open(ask->database, STORE_READ, &store, NULL))
		return 0;
	if (!query_runs(store, &filter, &runs, NULL))
		for (size_t i = 0; i < runs.count && !found; i++)
			if (!strcmp(runs.items[i].status, "complete") && !runs.items[i].splats &&
			    (!like || runs_alike(store, runs.items[i].id, like)))
				found = runs.items[i].id;
	run_list_free(&runs);
	store_close(store);
	return found;
}

/* Side by side, unless the base may have been counted before: that is known of a run to hold it against. */
static int steps_count(const struct review_ask *ask, struct review *review, struct fault *fault)
{
	struct review_step *base = &review->steps[0];
	bool perhaps = base_run_find(ask, review, 0) != 0;
	int err = steps_run(ask, base + perhaps, review->step_count - perhaps, NULL, fault);

	if (err || !perhaps)
		return err;
	base->run = base_run_find(ask, review, review->steps[1].run);
	base->run_was_there = base->run != 0;
	return base->run ? 0 : steps_run(ask, base, 1, NULL, fault);
}

static int judge_two(struct store *store, const struct judge_ask *ask, int64_t a, int64_t b,
		     struct judgement *out, struct fault *fault)
{
	char a_words[24], b_words[24];

	snprintf(a_words, sizeof(a_words), "%" PRId64, a);
	snprintf(b_words, sizeof(b_words), "%" PRId64, b);
	return judge_runs(store, a_words, b_words, ask, out, fault);
}

static int steps_judge(const struct review_ask *ask, struct review *review, struct fault *fault)
{
	size_t count = review->step_count;
	struct judge_ask timed = ask->judge;
	struct store *store = NULL;
	int err = store_open(ask->database, STORE_READ, &store, fault);

	review->judgements = calloc(count + 1, sizeof(*review->judgements));
	if (!review->judgements)
		err = fault_set(fault, -ENOMEM, "no memory");
	for (size_t i = 1; i < count && !err; i++) {
		err = judge_two(store, &ask->judge, review->steps[i - 1].run, review->steps[i].run,
				&review->judgements[i], fault);
		review->judgement_count = i + 1;
	}
	if (!err && count > 2) {
		err = judge_two(store, &ask->judge, review->steps[0].run,
				review->steps[count - 1].run, &review->judgements[count], fault);
		review->judgement_count = count + 1;
	}
	/* So many instructions are no nanoseconds. */
	timed.threshold = timed.threshold_percent ? timed.threshold : 0;
	if (!err && review->steps[count - 1].clock_run)
		err = judge_two(store, &timed, review->steps[0].clock_run,
				review->steps[count - 1].clock_run, &review->clock, fault);
	store_close(store);
	return err;
}

/* Why guests here have no time of their own; 0 where they have. */
static int clock_usable(struct review *review)
{
	struct kvm_trial tried;
	struct scratch scratch = { .lock = -1 };
	struct fault fault = { 0 };
	int err = scratch_open(&scratch, &fault);

	if (err) {
		snprintf(review->clock_why, sizeof(review->clock_why), "%.390s", fault.text);
		return err;
	}
	err = kvm_try(&review->steps[0].kernel, scratch.path, &tried);
	scratch_close(&scratch);
	snprintf(review->clock_why, sizeof(review->clock_why), "%s", tried.why);
	return err;
}

/* Times of the base and of the last step, in one go, where guests can have any. */
static int steps_time(const struct review_ask *ask, struct review *review, struct fault *fault)
{
	struct review_step ends[2];
	struct fault why = { 0 };
	int err;

	if (!ask->clock) {
		snprintf(review->clock_why, sizeof(review->clock_why), "not asked for");
		return 0;
	}
	if (clock_usable(review))
		return 0;
	ends[0] = review->steps[0];
	ends[1] = review->steps[review->step_count - 1];
	err = steps_run(ask, ends, 2, "clock", &why);
	if (err == -EINTR)
		return fault_set(fault, err, "%s", why.text);
	if (err) {
		snprintf(review->clock_why, sizeof(review->clock_why), "%.390s", why.text);
		return 0;
	}
	review->steps[0].clock_run = ends[0].clock_run;
	review->steps[review->step_count - 1].clock_run = ends[1].clock_run;
	return 0;
}

int review_do(const struct review_ask *ask, struct review *review, struct fault *fault)
{
	double began = seconds_now();
	int err;

	*review = (struct review){ 0 };
	review->steps = calloc(REVIEW_STEPS, sizeof(*review->steps));
	if (!review->steps)
		return fault_set(fault, -ENOMEM, "no memory");
	err = steps_make(ask, review, fault);
	if (!err)
		err = steps_count(ask, review, fault);
	if (!err)
		err = steps_time(ask, review, fault);
	if (!err)
		err = steps_judge(ask, review, fault);
	review->seconds = seconds_now() - began;
	return err;
}

const struct judgement *review_whole(const struct review *review)
{
	return &review->judgements[review->judgement_count - 1];
}

int review_status(const struct review *review)
{
	return review->clock.counts[JUDGE_COSTS] ? 1 : judgement_status(review_whole(review));
}

void review_free(struct review *review)
{
	for (size_t i = 1; i < review->judgement_count; i++)
		judgement_free(&review->judgements[i]);
	if (review->clock.rows)
		judgement_free(&review->clock);
	free(review->judgements);
	free(review->steps);
	*review = (struct review){ 0 };
}
