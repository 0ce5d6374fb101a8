// SPDX-License-Identifier: GPL-2.0-only
/* verify: getting the kernels of rows, running their boots into a database of its own, comparing. */
#include "runner/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "results/store.h"
#include "runner/commands.h"
#include "runner/kernel_fetch.h"
#include "runner/kernel_spec.h"
#include "runner/kernels.h"
#include "runner/probe.h"
#include "runner/provenance.h"
#include "runner/schedule.h"
#include "runner/scratch.h"

/* One boot of one kernel: all that the dataset says it ran. */
struct boot {
	size_t from, to; /* the dataset's cells */
	const char **cells;
	double *weights;
};

/* A kernel of the dataset, whose rows are asked for. */
struct target {
	size_t kernel;
	struct kernel *image; /* in the cache; NULL: it can't be had */
	struct planned_run run;
	char why[400]; /* it can't */
};

struct work {
	const struct reference *from;
	const struct verify_request *request;
	struct verify_result *result;
	struct guest_shape shape;
	struct kernel_list cache;
	struct target *targets;
	size_t target_count;
	struct boot *boots;
	size_t boot_count;
	struct job *jobs;
	size_t job_count;
	struct scratch scratch;
	struct store *store;
	struct fault *fault;
};

/* A boot's share of work (schedule.h) is about this: for the progress line only. */
static const double boot_seconds = 75;

static int no_memory(const struct work *work)
{
	fault_set(work->fault, -ENOMEM, "no memory");
	return -ENOMEM;
}

void verify_free(struct verify_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		free(result->rows[i].what);
	free(result->rows);
	pair_list_free(&result->provenance);
	*result = (struct verify_result){ 0 };
}

static int targets_choose(struct work *work)
{
	const struct verify_result *result = work->result;

	work->targets = calloc(result->count, sizeof(*work->targets));
	if (!work->targets)
		return no_memory(work);
	for (size_t i = 0; i < result->count; i++)
		if (!work->target_count ||
		    work->targets[work->target_count - 1].kernel != result->rows[i].kernel)
			work->targets[work->target_count++].kernel = result->rows[i].kernel;
	return 0;
}

static struct kernel *image_find(struct work *work, const char *sha256)
{
	for (size_t i = 0; i < work->cache.count; i++)
		if (!strcmp(work->cache.items[i].sha256, sha256))
			return &work->cache.items[i];
	return NULL;
}

/* What is not in the cache, by its package's version: one fetch of all. */
static void images_fetch(struct work *work)
{
	const char **specs = calloc(work->target_count + 1, sizeof(const char *));
	char(*names)[KERNEL_NAME] = calloc(work->target_count + 1, sizeof(*names));
	struct kernel_spec spec;
	struct fault why = { 0 };
	size_t count = 0;

	for (size_t i = 0; specs && names && i < work->target_count; i++) {
		const struct reference_kernel *kernel =
			&work->from->kernels[work->targets[i].kernel];

		if (!image_find(work, kernel->sha256) &&
		    !kernel_spec_parse(kernel->version, &spec, NULL) && kernel_spec_whole(&spec))
			specs[count++] = kernel->version;
	}
	if (count && kernel_fetch(specs, count, names, &why))
		fprintf(stderr, "verify: %s\n", why.text);
	free(specs);
	free(names);
}

static int images_find(struct work *work)
{
	int err;

	if (!work->request->no_fetch) {
		err = kernels_load(&work->cache, work->fault);
		if (err)
			return err;
		images_fetch(work);
		kernel_list_free(&work->cache);
	}
	err = kernels_load(&work->cache, work->fault);
	for (size_t i = 0; !err && i < work->target_count; i++) {
		struct target *target = &work->targets[i];
		const struct reference_kernel *kernel = &work->from->kernels[target->kernel];

		target->image = image_find(work, kernel->sha256);
		if (!target->image)
			snprintf(target->why, sizeof(target->why),
				 "the image %.12s (%.100s) is not in the cache%s", kernel->sha256,
				 kernel->version,
				 work->request->no_fetch ? ""
							 : ", and not to be had from the mirror");
	}
	return err;
}

static int shape_find(struct work *work)
{
	const char *recipe = reference_note(work->from, "guest.recipe");

	for (int i = 0; recipe && i < 4; i++) {
		work->shape = (struct guest_shape){ .five_levels = i & 1, .swap_disk = i & 2 };
		if (!strcmp(qemu_recipe(&work->shape), recipe))
			return 0;
	}
	return fault_set(work->fault, -EINVAL,
			 "the dataset's guests are not as this program makes them (guest.recipe)");
}

static bool boot_asked(const struct work *work, size_t kernel, const struct boot *boot)
{
	for (size_t i = 0; i < work->result->count; i++)
		if (work->result->rows[i].kernel == kernel &&
		    work->result->rows[i].cell >= boot->from &&
		    work->result->rows[i].cell < boot->to)
			return true;
	return false;
}

/* The boots are the same for all kernels: their lists of cells are made once. */
static int boots_make(struct work *work)
{
	const struct reference *from = work->from;

	work->boots = calloc(from->cell_count, sizeof(*work->boots));
	if (!work->boots)
		return no_memory(work);
	for (size_t i = 0; i < from->cell_count;) {
		struct boot *boot = &work->boots[work->boot_count++];

		*boot = (struct boot){ .from = i, .to = i + 1 };
		while (boot->to < from->cell_count &&
		       from->cells[boot->to].boot == from->cells[i].boot)
			boot->to++;
		boot->cells = calloc(boot->to - i, sizeof(const char *));
		boot->weights = calloc(boot->to - i, sizeof(*boot->weights));
		if (!boot->cells || !boot->weights)
			return no_memory(work);
		for (size_t j = i; j < boot->to; j++) {
			boot->cells[j - i] = from->cells[j].key;
			boot->weights[j - i] = boot_seconds / (double)(boot->to - i);
		}
		i = boot->to;
	}
	return 0;
}

static void jobs_add(struct work *work, struct target *target)
{
	struct job *job;

	if (probe_symbols_wanted(target->image)) {
		job = &work->jobs[work->job_count++];
		job->run = &target->run;
		job->ask = (struct ask){ .task = "symbols" };
		job->weight = boot_weight();
		job->symbols = target->run.waits = true;
	}
	for (size_t i = 0; i < work->boot_count; i++) {
		const struct boot *boot = &work->boots[i];

		if (!boot_asked(work, target->kernel, boot))
			continue;
		job = &work->jobs[work->job_count++];
		work->result->boots++;
		job->run = &target->run;
		job->sequence = work->from->cells[boot->from].boot;
		job->ask = (struct ask){
			.task = "measure",
			.instrument = work->from->instrument,
			.samples = work->from->samples,
			.warmup = work->from->warmup,
			.cells = boot->cells,
			.cell_count = boot->to - boot->from,
			.shape = work->shape,
		};
		job->weights = boot->weights;
		job->weight = boot_weight() + boot_seconds;
		if (target->run.sequence < job->sequence)
			target->run.sequence = job->sequence;
	}
}

static int target_begin(struct work *work, struct target *target)
{
	const struct kernel *image = target->image;
	const struct kernel_record record = { image->sha256,  image->name,   image->release,
					      image->version, image->origin, image->config_sha256 };
	const char *effort = reference_note(work->from, "run.effort");
	struct run_record begin = { .suite = work->from->suite,
				    .suite_sha256 = work->from->suite_sha256,
				    .instrument = work->from->instrument,
				    .machine = work->from->machine,
				    .command = command_line,
				    .trials_planned = (int64_t)work->boot_count };
	int err = store_kernel_put(work->store, &record, &begin.kernel_id, work->fault);

	if (!err)
		err = store_run_begin(work->store, &begin, &target->run.id, work->fault);
	if (!err)
		err = provenance_keep(work->store, target->run.id, &work->shape, work->fault);
	if (!err)
		err = store_run_note(work->store, target->run.id, "run.effort",
				     effort ? effort : "", work->fault);
	target->run.kernel = image;
	snprintf(target->run.label, sizeof(target->run.label), "%.90s", image->name);
	if (!err)
		jobs_add(work, target);
	return err;
}

static int boots_run(struct work *work)
{
	struct schedule schedule = {
		.limits = trial_default_limits,
		.guests = work->request->guests,
		.quiet = work->request->quiet,
		.scratch = work->scratch.path,
		.store = work->store,
	};
	int err = 0;

	work->jobs = calloc(work->target_count * (work->boot_count + 1), sizeof(*work->jobs));
	if (!work->jobs)
		return no_memory(work);
	for (size_t i = 0; !err && i < work->target_count; i++)
		if (work->targets[i].image)
			err = target_begin(work, &work->targets[i]);
	if (err || !work->job_count)
		return err;
	if (!schedule.guests)
		schedule.guests = (unsigned int)sysconf(_SC_NPROCESSORS_ONLN);
	schedule.jobs = work->jobs;
	schedule.count = work->job_count;
	if (!work->request->quiet)
		fprintf(stderr, "verify: %zu boots\n", work->result->boots);
	return schedule_run(&schedule, work->fault);
}

/* What is not as it was: said once, of the first run. */
static int provenance_compare(struct work *work, int64_t run)
{
	static const char *const keys[] = { "guest.qemu", "tool.agent_sha256",
					    "tool.plugin_sha256" };
	struct pair_list *to = &work->result->provenance, notes = { 0 };
	int err = query_provenance(work->store, run, &notes, work->fault);

	to->items = calloc(sizeof(keys) / sizeof(keys[0]), sizeof(*to->items));
	if (!err && !to->items)
		err = no_memory(work);
	for (size_t i = 0; !err && i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *old = reference_note(work->from, keys[i]);
		struct text words = { 0 };

		for (size_t j = 0; j < notes.count; j++)
			if (!strcmp(notes.items[j].key, keys[i]) && old &&
			    strcmp(notes.items[j].value, old) != 0)
				text_addf(&words, "%.40s -> %.40s", old, notes.items[j].value);
		if (!words.len)
			continue;
		to->items[to->count++] = (struct pair){ strdup(keys[i]), words.data };
	}
	pair_list_free(&notes);
	return err;
}

static const struct reference_cell *cell_again(const struct reference *again,
					       const struct reference_cell *cell)
{
	for (size_t i = 0; i < again->cell_count; i++)
		if (again->cells[i].boot == cell->boot && !strcmp(again->cells[i].key, cell->key))
			return &again->cells[i];
	return NULL;
}

/* The reason why a boot failed: what it came to before is not compared, for it did not end. */
static const char *boot_failure(const struct trial_list *trials, uint32_t boot)
{
	for (size_t i = 0; i < trials->count; i++)
		if (trials->items[i].sequence == boot)
			return strcmp(trials->items[i].status, "ok") ? trials->items[i].reason
								     : NULL;
	return "its boot did not come to an end";
}

static void row_judge(struct work *work, struct verify_row *row, const struct reference *again,
		      const struct trial_list *trials)
{
	const struct reference_cell *cell = &work->from->cells[row->cell];
	const struct reference_cell *new_cell = cell_again(again, cell);
	const struct reference_row *old_row = reference_row_find(cell, row->kernel);
	const char *failure = boot_failure(trials, cell->boot);
	struct text what = { 0 };

	if (failure || !new_cell || !new_cell->row_count) {
		text_add(&what, failure ? failure : "it was not measured");
		work->result->boots_failed++;
	} else {
		row->verdict = verify_rows_same(work->from, cell, old_row, new_cell,
						&new_cell->rows[0], &what)
				       ? VERIFY_IDENTICAL
				       : VERIFY_DIFFERS;
	}
	row->what = what.data;
}

static int target_judge(struct work *work, const struct target *target)
{
	struct reference again = { 0 };
	struct trial_list trials = { 0 };
	int err = 0;

	if (target->image) {
		err = query_trials(work->store, target->run.id, &trials, work->fault);
		if (!err)
			err = reference_load_run(work->store, target->run.id, &again, work->fault);
	}
	for (size_t i = 0; !err && i < work->result->count; i++) {
		struct verify_row *row = &work->result->rows[i];

		if (row->kernel != target->kernel)
			continue;
		if (target->image)
			row_judge(work, row, &again, &trials);
		else
			row->what = strdup(target->why);
		work->result->verdicts[row->verdict]++;
	}
	trial_list_free(&trials);
	reference_free(&again);
	return err;
}

static int work_do(struct work *work)
{
	char database[PATH_MAX];
	bool compared = false;
	int err = boots_make(work);

	if (!err)
		err = images_find(work);
	if (!err)
		err = scratch_open(&work->scratch, work->fault);
	if (!err && path_join(database, sizeof(database), work->scratch.path, "verify.db"))
		err = fault_set(work->fault, -ENAMETOOLONG, "the cache's path is too long");
	if (!err)
		err = store_open(database, STORE_WRITE, &work->store, work->fault);
	if (!err)
		err = boots_run(work);
	for (size_t i = 0; !err && i < work->target_count; i++) {
		if (work->targets[i].image && !compared)
			err = provenance_compare(work, work->targets[i].run.id);
		compared = compared || work->targets[i].image;
		if (!err)
			err = target_judge(work, &work->targets[i]);
	}
	return err;
}

int verify_do(const struct reference *reference, const struct verify_request *request,
	      struct verify_result *result, struct fault *fault)
{
	struct work work = { .from = reference,
			     .request = request,
			     .result = result,
			     .fault = fault,
			     .scratch = { .lock = -1 } };
	int err;

	*result = (struct verify_result){ 0 };
	err = shape_find(&work);
	if (!err)
		err = verify_choose(reference, request, result, fault);
	if (!err)
		err = targets_choose(&work);
	if (!err)
		err = work_do(&work);
	store_close(work.store);
	scratch_close(&work.scratch);
	for (size_t i = 0; i < work.boot_count; i++) {
		free(work.boots[i].cells);
		free(work.boots[i].weights);
	}
	free(work.boots);
	free(work.jobs);
	free(work.targets);
	kernel_list_free(&work.cache);
	return err;
}
