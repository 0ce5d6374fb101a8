// SPDX-License-Identifier: GPL-2.0-only
/* run_plan: makes the runs and their trials, opens the store, and lets the schedule work. */
#include "runner/run_plan.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "results/sequential.h"
#include "results/store.h"
#include "runner/commands.h"
#include "runner/kvm.h"
#include "runner/probe.h"
#include "runner/provenance.h"
#include "runner/run_work.h"
#include "runner/tracing.h"

enum { DECIDE_TRIALS = 60 }; /* a side, at most, where nothing else was said */

static int work_instrument(struct work *work, struct fault *fault)
{
	const struct run_request *request = work->request;
	bool counted;

	work->instrument = request->instrument	? request->instrument
			   : work->kernels.host ? "clock"
						: "insn";
	work->effort = suite_effort(&work->suite, work->instrument);
	if (!work->effort)
		return fault_set(fault, -EINVAL, "there is no instrument '%s': clock, pmu or insn",
				 work->instrument);
	counted = strcmp(work->instrument, "insn") == 0;
	if ((request->shape.five_levels || request->shape.swap_disk) && work->kernels.host)
		return fault_set(
			fault, -EINVAL,
			"the host is as it is: --five-levels and --swap-disk are a guest's,"
			" name a kernel with -k");
	if (counted && work->kernels.host)
		return fault_set(fault, -EINVAL,
				 "insn counts in a guest: name a kernel of `remapbench kernel list`"
				 " with -k");
	if (!work->effort->trials)
		return fault_set(fault, -EINVAL, "the suite %s says nothing of %s",
				 work->suite.name, work->instrument);
	work->timed = !counted;
	work->samples = request->samples ? request->samples : work->effort->samples;
	work->trials = request->trials ? request->trials : work->effort->trials;
	if (request->decide && !request->trials)
		work->trials = DECIDE_TRIALS;
	if (request->decide && (!work->timed || work->kernels.count < 2))
		return fault_set(
			fault, -EINVAL,
			"what is decided is a difference in time: name two kernels, or host"
			" twice, and clock or pmu; counts are exact at once");
	if (request->decide && work->trials / 2 > SEQUENTIAL_BLOCKS)
		return fault_set(fault, -EINVAL, "at most %d trials a side", 2 * SEQUENTIAL_BLOCKS);
	if (work->timed && work->kernels.count > RUN_TIMED)
		return fault_set(fault, -EINVAL, "at most %d are timed side by side", RUN_TIMED);
	if (work->timed && work->kernels.count > 1)
		work->trials += work->trials % 2; /* blocks have two of each */
	return 0;
}

void suite_warn(const struct suite *suite, const struct cell_list *cells)
{
	const char *glob;
	size_t at = 0;

	while ((glob = suite_idle_glob(suite, cells->keys, cells->count, &at)))
		fprintf(stderr, "the suite %s: no cell matches \"%s\"\n", suite->name, glob);
}

static bool work_takes(const struct work *work, const char *cell)
{
	if (!suite_takes(&work->suite, cell))
		return false;
	for (size_t i = 0; i < work->request->glob_count; i++)
		if (glob_match(work->request->globs[i], cell))
			return true;
	return work->request->glob_count == 0;
}

static int work_cells(struct work *work, struct fault *fault)
{
	uint32_t rounds = work->samples + work->effort->warmup;
	int err = probe_cells(0, 0, NULL, &work->all, fault);

	if (err)
		return err;
	suite_warn(&work->suite, &work->all);
	work->cells = calloc(work->all.count + 1, sizeof(*work->cells));
	work->weights = calloc(work->all.count + 1, sizeof(*work->weights));
	if (!work->cells || !work->weights)
		return -ENOMEM;
	for (size_t i = 0; i < work->all.count; i++) {
		const struct listed_cell *cell = &work->all.cells[i];

		if (!work_takes(work, work->all.keys[i]))
			continue;
		work->weights[work->cell_count] = cell_weight(cell->setup, cell->sample, rounds);
		work->cells[work->cell_count++] = work->all.keys[i];
	}
	if (!work->cell_count)
		return fault_set(fault, -EINVAL,
				 "no cell of the suite %s matches; remapbench list cells",
				 work->suite.name);
	return 0;
}

static int64_t work_planned(const struct work *work, const struct planned_run *run)
{
	int64_t planned = 0;

	for (size_t i = 0; i < work->job_count; i++)
		planned += work->jobs[i].run == run && !work->jobs[i].symbols;
	return planned;
}

/* What else the numbers may hang on: what ran before a sample in its trial may move an exact count. */
static int work_effort_note(const struct work *work, int64_t run_id, struct fault *fault)
{
	struct text cells = { 0 };
	char value[200], sha256[SHA256_HEX] = "";
	int err;

	for (size_t i = 0; i < work->cell_count; i++)
		text_addf(&cells, "%s\n", work->cells[i]);
	err = cells.failed ? -ENOMEM : bytes_sha256(text_get(&cells), cells.len, sha256);
	text_free(&cells);
	if (err)
		return fault_set(fault, err, "the list of cells: %s", strerror(-err));
	snprintf(value, sizeof(value), "%zu of %zu, list %.12s", work->cell_count, work->all.count,
		 sha256);
	err = store_run_note(work->store, run_id, "run.cells", value, fault);
	if (err)
		return err;
	snprintf(value, sizeof(value),
		 "%" PRIu32 " trials, %" PRIu32 " samples, %" PRIu32 " warm-ups", work->trials,
		 work->samples, work->effort->warmup);
	err = store_run_note(work->store, run_id, "run.effort", value, fault);
	if (!err && work->suite.margin[0])
		err = store_run_note(work->store, run_id, "suite.margin", work->suite.margin,
				     fault);
	return err;
}

/* The run's trials, then its row in the store. */
static int work_run_begin(struct work *work, size_t index, struct fault *fault)
{
	const struct run_request *request = work->request;
	struct planned_run *run = &work->runs[index];
	struct kernel *kernel = &work->kernels.items[index];
	char label[40] = "host";
	struct kernel_record record = { kernel->sha256,	 kernel->name,	 kernel->release,
					kernel->version, kernel->origin, kernel->config_sha256 };
	struct run_record begin = { 0 };
	char machine[300], seed[32];
	int err = work->kernels.host ? host_kernel(&record, fault) : 0;

	run->kernel = work->kernels.host ? NULL : kernel;
	if (!err && !work->timed)
		err = work_guest_jobs(work, run);
	if (err)
		return err;
	if (index && work->kernels.host)
		snprintf(label, sizeof(label), "host, again %zu", index + 1);
	snprintf(run->label, sizeof(run->label), "%.90s %s",
		 work->kernels.host ? label : kernel->name, work->instrument);
	begin.suite = work->suite.name;
	begin.suite_sha256 = work->suite.sha256;
	begin.instrument = work->instrument;
	begin.kernel_traits = work->kernels.host ? NULL : kernel->traits;
	begin.machine = machine_name(machine, sizeof(machine));
	begin.command = command_line;
	begin.trials_planned = request->decide ? 2 * (int64_t)work->cell_count
			       : work->timed   ? (int64_t)(work->cell_count * work->trials)
					       : work_planned(work, run);
	err = store_kernel_put(work->store, &record, &begin.kernel_id, fault);
	if (!err)
		err = store_run_begin(work->store, &begin, &run->id, fault);
	if (err)
		return err;
	work->run_count++;
	err = store_run_plan(work->store, run->id, work->cells, work->cell_count, fault);
	if (err)
		return err;
	err = work_effort_note(work, run->id, fault);
	if (err)
		return err;
	snprintf(seed, sizeof(seed), "%" PRIu64, work->seed);
	err = provenance_keep(work->store, run->id,
			      work->kernels.host ? NULL : &work->request->shape, fault);
	if (!err && !work->kernels.host)
		err = provenance_keep_kernel(work->store, run->id, kernel, fault);
	if (!err && work->timed)
		err = store_run_note(work->store, run->id, "run.order_seed", seed, fault);
	if (!err && work->group[0])
		err = store_run_note(work->store, run->id, "run.group", work->group, fault);
	snprintf(seed, sizeof(seed), "%" PRIu32, work->trials / 2);
	if (!err && request->decide)
		err = store_run_note(work->store, run->id, "run.looks", seed, fault);
	return err;
}

/* A guest has real time only where it runs on the real CPU. */
static int work_kvm(struct work *work, struct fault *fault)
{
	struct kvm_trial tried;

	if (!kvm_try(&work->kernels.items[0], work->scratch.path, &tried))
		return 0;
	return fault_set(
		fault, -EINVAL,
		"%s wants real time, which a guest has under KVM alone: %s. Use -k host, or"
		" -i insn",
		work->instrument, tried.why);
}

static int work_open(struct work *work, struct fault *fault)
{
	const struct run_request *request = work->request;
	int64_t dead;
	int err = suite_load(request->suite ? request->suite : "core", &work->suite, fault);

	if (err)
		return err == -ENOMEM ? err : -EINVAL;
	err = run_kernels_choose(request, &work->kernels, fault);
	if (!err)
		err = work_instrument(work, fault);
	if (!err)
		err = work_cells(work, fault);
	if (!err && strcmp(work->instrument, "pmu") == 0)
		tracing_prepare(); /* where it can't be had, the events say so */
	if (!err)
		err = scratch_open(&work->scratch, fault);
	if (!err && work->timed && !work->kernels.host)
		err = work_kvm(work, fault);
	if (!err)
		err = store_open(request->database, STORE_WRITE, &work->store, fault);
	if (!err)
		err = store_runs_recover(work->store, &dead, fault);
	return err;
}

static int work_do(struct work *work, struct fault *fault)
{
	struct schedule schedule = {
		.limits = trial_default_limits,
		.guests = work->request->guests,
		.quiet = work->request->quiet,
	};
	int err = 0;

	if (work->timed && work->kernels.count > 1)
		snprintf(work->group, sizeof(work->group), "%" PRIu64 "-%ld", work->seed,
			 (long)getpid());
	for (size_t i = 0; i < work->kernels.count && !err; i++)
		err = work_run_begin(work, i, fault);
	if (!err && work->timed && !work->request->decide)
		err = work_timed_jobs(work, work->group[0] ? work->trials / 2 : work->trials, NULL);
	if (err)
		return err;
	if (!schedule.guests)
		schedule.guests = (unsigned int)sysconf(_SC_NPROCESSORS_ONLN);
	if (work->request->silence > 0)
		schedule.limits.silence = work->request->silence;
	schedule.store = work->store;
	schedule.scratch = work->scratch.path;
	schedule.jobs = work->jobs;
	schedule.count = work->job_count;
	schedule.timed = work->timed;
	return work->request->decide ? work_decide(work, &schedule, fault)
				     : schedule_run(&schedule, fault);
}

static void work_end(struct work *work, int err, const struct fault *fault,
		     struct run_outcome *outcomes, size_t *count)
{
	for (size_t i = 0; i < work->run_count; i++) {
		struct planned_run *run = &work->runs[i];
		struct run_outcome *outcome = &outcomes[(*count)++];
		struct fault ending = { 0 };
		const char *status = err == -EINTR	  ? "interrupted"
				     : run->ok == 0	  ? "failed"
				     : run->failed || err ? "partial"
							  : "complete";

		if (err && !run->reason[0])
			snprintf(run->reason, sizeof(run->reason), "%.500s", fault->text);
		outcome->id = run->id;
		outcome->ok = run->ok;
		outcome->failed = run->failed;
		outcome->splats = run->splats;
		memcpy(outcome->splat, run->splat, sizeof(outcome->splat));
		memcpy(outcome->label, run->label, sizeof(outcome->label));
		memcpy(outcome->reason, run->reason, sizeof(outcome->reason));
		snprintf(outcome->status, sizeof(outcome->status), "%s", status);
		if (store_run_end(work->store, run->id, status, run->reason, &ending))
			snprintf(outcome->reason, sizeof(outcome->reason), "%.500s", ending.text);
	}
}

int run_request_do(const struct run_request *request, struct run_outcome *outcomes, size_t *count,
		   struct fault *fault)
{
	struct work *work = calloc(1, sizeof(*work));
	int err;

	*count = 0;
	if (!work)
		return -ENOMEM;
	work->request = request;
	work->seed = work->random = (uint64_t)time(NULL);
	work->scratch.lock = -1;
	err = work_open(work, fault);
	if (!err) {
		err = work_do(work, fault);
		work_end(work, err, fault, outcomes, count);
	}
	store_close(work->store);
	scratch_close(&work->scratch);
	cell_list_free(&work->all);
	run_kernels_drop(&work->kernels);
	suite_free(&work->suite);
	free(work->cells);
	free(work->weights);
	free(work->jobs);
	free(work);
	return err;
}
