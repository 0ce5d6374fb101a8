// SPDX-License-Identifier: GPL-2.0-only
/* schedule: starts what may run, polls what runs, keeps what has ended. */
#include "runner/schedule.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runner/keep.h"
#include "runner/kernel_needs.h"
#include "runner/probe.h"
#include "runner/provenance.h"
#include "runner/trial_parts.h"

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

static void signals_take(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

double boot_weight(void)
{
	return 8;
}

/* An emulated guest that is counted runs some 65 million instructions a second. */
double cell_weight(uint64_t setup, uint64_t sample, uint32_t rounds)
{
	static const double thousands = 65000, cell = 0.02, round = 0.002;

	return cell + round * rounds + ((double)setup + (double)sample * rounds) / thousands;
}

/* However many CPUs there are: what shares a boot may move a count by a few instructions. */
static const double boot_share = 75;

size_t boot_cells(const double *weights, size_t count, double *weight)
{
	double sum = weights[0];
	size_t taken = 1;

	while (taken < count && sum + weights[taken] <= boot_share)
		sum += weights[taken++];
	*weight = boot_weight() + sum;
	return taken;
}

/* How often cells behind one that kills its guest are tried again: in a boot's place, and in a run. */
enum { JOB_AGAIN = 8, RUN_AGAIN = 32 };

static bool job_is_guest(const struct job *job)
{
	return job->run->kernel != NULL;
}

/* Counted guests beside each other, once their kernel's symbols are there; what is timed beside nothing. */
static bool job_may_start(const struct schedule *schedule, const struct job *job,
			  unsigned int running, bool host_running)
{
	if (host_running)
		return false;
	return job_is_guest(job) && !schedule->timed ? running < schedule->guests : running == 0;
}

static int job_start(struct schedule *schedule, struct job *job, struct fault *fault)
{
	struct trial *trial = malloc(sizeof(*trial));
	int err;

	if (!trial)
		return fault_set(fault, -ENOMEM, "no memory for a trial");
	if (job_is_guest(job))
		err = trial_start_guest(job->run->kernel,
					job->symbols	  ? GUEST_EMULATED
					: schedule->timed ? GUEST_KVM
							  : GUEST_COUNTED,
					&job->ask, &schedule->limits, schedule->scratch, trial,
					fault);
	else
		err = trial_start_host(&job->ask, &schedule->limits, trial, fault);
	if (err)
		free(trial);
	else
		job->trial = trial;
	return err;
}

static void job_trial_free(struct job *job)
{
	if (!job->trial)
		return;
	trial_free(job->trial);
	free(job->trial);
	job->trial = NULL;
}

static int job_keep(struct schedule *schedule, struct job *job, const struct trial *trial,
		    struct fault *fault)
{
	struct planned_run *run = job->run;
	int err = trial_keep(schedule->store, run->id, job->sequence, trial, &job->ask,
			     job_is_guest(job) && !schedule->timed, fault);

	run->splats += trial->splats.total;
	if (trial->splats.count && !run->splat[0])
		snprintf(run->splat, sizeof(run->splat), "%s %s",
			 splat_kind_name(trial->splats.splats[0].kind),
			 trial->splats.splats[0].headline);
	if (!err && !run->envs_kept)
		err = provenance_keep_envs(schedule->store, run->id, &trial->report, fault);
	run->envs_kept = true;
	if (trial->ok) {
		run->ok++;
	} else {
		if (!run->failed++)
			snprintf(run->reason, sizeof(run->reason), "trial %lld: %.470s",
				 (long long)job->sequence, trial->reason);
	}
	job->done = true;
	return err;
}

/* How many of the cells asked for the trial came to: the last of them is what it died of. */
static size_t job_reached(const struct job *job)
{
	const struct report *report = &job->trial->report;

	for (size_t i = job->ask.cell_count; i > 0; i--)
		for (size_t j = report->cell_count; j > 0; j--)
			if (strcmp(report->cells[j - 1].key, job->ask.cells[i - 1]) == 0)
				return i;
	return 0;
}

/*
 * A guest that died takes nothing else along: the cells behind the one that it died of get a boot of
 * their own. Each such boot leaves fewer of them; one that comes to no cell at all is the last.
 */
static bool job_goes_on(const struct job *job, size_t reached)
{
	return job_is_guest(job) && !job->trial->ok && reached && reached < job->ask.cell_count &&
	       job->again < JOB_AGAIN && job->run->again < RUN_AGAIN;
}

static int job_again(struct schedule *schedule, struct job *job, size_t reached,
		     struct fault *fault)
{
	const struct ask all = job->ask;
	int err;

	job->ask.cell_count = reached;
	err = job_keep(schedule, job, job->trial, fault);
	if (!err)
		err = store_run_more(schedule->store, job->run->id, 1, fault);
	for (size_t i = 0; i < reached; i++)
		job->weight_done += job->weights[i];
	job->ask = all;
	job->ask.cells += reached;
	job->ask.cell_count -= reached;
	job->weights += reached;
	job->sequence = ++job->run->sequence;
	job->again++;
	job->run->again++;
	job->done = false;
	job_trial_free(job);
	return err;
}

/* A kernel that does not boot to its symbols: no trial of its run would end in another way. */
static int run_give_up(struct schedule *schedule, const struct job *symbols, struct fault *fault)
{
	int err = 0;

	for (size_t i = 0; i < schedule->count && !err; i++)
		if (schedule->jobs[i].run == symbols->run && !schedule->jobs[i].symbols) {
			err = job_keep(schedule, &schedule->jobs[i], symbols->trial, fault);
			console_begin(&symbols->trial->splats); /* they were there once */
		}
	return err;
}

/* Kernels whose config says that no boot of them can report: their runs fail without one. */
static int unfit_give_up(struct schedule *schedule, struct fault *fault)
{
	char why[300] = "";
	int err = 0;

	/* A run's jobs stand together: `why` is that of the run that was judged last. */
	for (size_t i = 0; i < schedule->count && !err; i++) {
		struct job *job = &schedule->jobs[i];
		struct trial trial;

		if (job->done || !job_is_guest(job))
			continue;
		if (!job->run->judged)
			job->run->unfit = kernel_is_unfit(job->run->kernel, why, sizeof(why));
		job->run->judged = true;
		if (!job->run->unfit)
			continue;
		if (!job->symbols) {
			trial_unfit(&trial, why);
			err = job_keep(schedule, job, &trial, fault);
			trial_free(&trial);
		}
		job->done = true;
	}
	return err;
}

static int job_end(struct schedule *schedule, struct job *job, struct fault *fault)
{
	struct trial *trial = job->trial;
	struct fault why = { 0 };
	size_t reached = job->symbols ? 0 : job_reached(job);
	int err;

	if (job_goes_on(job, reached))
		return job_again(schedule, job, reached, fault);
	if (!job->symbols) {
		err = job_keep(schedule, job, trial, fault);
	} else if (trial->ok && !probe_symbols_take(job->run->kernel, &trial->report, &why)) {
		err = 0;
	} else {
		if (trial->ok)
			snprintf(trial->reason, sizeof(trial->reason), "%.500s", why.text);
		trial->ok = false;
		err = run_give_up(schedule, job, fault);
	}
	if (job->symbols)
		job->run->waits = false;
	job->done = true;
	job_trial_free(job);
	return err;
}

static double job_work_done(const struct job *job)
{
	const struct report *report;
	double done = job->weight_done;

	if (job->done)
		return job->weight;
	if (!job->trial)
		return done;
	report = &job->trial->report;
	for (size_t i = 0; i < report->cell_count && i < job->ask.cell_count; i++)
		done += job->weights[i];
	if (job->symbols)
		return 0;
	if (job_is_guest(job) && report->metric_count)
		done += boot_weight();
	return done < job->weight ? done : job->weight;
}

static void schedule_show(const struct schedule *schedule, struct progress *progress)
{
	double done = 0;
	char what[200] = "";

	for (size_t i = 0; i < schedule->count; i++) {
		const struct job *job = &schedule->jobs[i];
		const struct report *report;
		size_t used = strlen(what);
		const char *cell = "booting";

		done += job_work_done(job);
		if (!job->trial)
			continue;
		report = &job->trial->report;
		if (job->symbols)
			cell = "booting for its symbols";
		else if (report->cell_count)
			cell = report->cells[report->cell_count - 1].key;
		else if (!job_is_guest(job))
			cell = job->ask.cells[0];
		snprintf(what + used, sizeof(what) - used, "%s%.40s: %.60s", used ? " | " : "",
			 job->run->label, cell);
	}
	progress_show(progress, done, what);
}

static void schedule_abort(struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->count; i++)
		job_trial_free(&schedule->jobs[i]);
}

/* One round: keeps what has ended, starts what may start. *left: jobs that are not done. */
static int schedule_step(struct schedule *schedule, size_t *left, struct fault *fault)
{
	unsigned int running = 0;
	bool host_running = false;
	int err;

	*left = 0;
	for (size_t i = 0; i < schedule->count; i++) {
		struct job *job = &schedule->jobs[i];

		if (job->trial && trial_poll(job->trial)) {
			err = job_end(schedule, job, fault);
			if (err)
				return err;
		}
		*left += !job->done;
		running += job->trial != NULL;
		host_running = host_running || (job->trial && !job_is_guest(job));
	}
	for (size_t i = 0; i < schedule->count; i++) {
		struct job *job = &schedule->jobs[i];

		if (job->done || job->trial || (job->run->waits && !job->symbols))
			continue;
		if (!job_may_start(schedule, job, running, host_running))
			break; /* in order: what comes later waits too */
		err = job_start(schedule, job, fault);
		if (err)
			return err;
		running++;
		host_running = !job_is_guest(job);
	}
	return 0;
}

int schedule_run(struct schedule *schedule, struct fault *fault)
{
	static const struct timespec guest_pause = { .tv_nsec = 20000000 },
				     host_pause = { .tv_nsec = 1000000 };
	struct progress progress;
	double total = 0;
	size_t left = 1;
	int err = 0;

	for (size_t i = 0; i < schedule->count; i++)
		total += schedule->jobs[i].weight;
	signals_take();
	progress_start(&progress, total, schedule->quiet);
	err = unfit_give_up(schedule, fault);
	while (left && !err) {
		err = interrupted ? fault_set(fault, -EINTR, "interrupted")
				  : schedule_step(schedule, &left, fault);
		schedule_show(schedule, &progress);
		if (left && !err)
			nanosleep(schedule->count && job_is_guest(&schedule->jobs[0]) ? &guest_pause
										      : &host_pause,
				  NULL);
	}
	progress_pause(&progress);
	schedule_abort(schedule);
	return err;
}
