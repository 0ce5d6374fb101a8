// SPDX-License-Identifier: GPL-2.0-only
/*
 * calibrate: how often the verdicts are wrong, and what they see, by simulation. `ninja calibrate` writes
 * build/calibrate.md; docs/statistics.md has it.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "results/calibrate/choice.h"
#include "results/calibrate/simulate.h"
#include "results/dip.h"
#include "results/stats.h"

static const char usage[] =
	"usage: calibrate [--tables N] [--seed N] [--choice | --dip]\n"
	"Simulates tables of 100 rows whose truth is known, under six kinds of noise, and prints how\n"
	"often a table holds a false claim and how often a true effect is proved: Markdown on stdout,\n"
	"progress on stderr. The same seed gives the same tables of numbers.\n"
	"  --tables N  how many tables for each error rate (default 1000); for power, a tenth\n"
	"  --seed N    (default 1)\n"
	"  --choice    instead: what else could have been done with the same trials\n"
	"  --dip       instead: the limits of the dip test (results/dip.c)\n";

static const size_t trial_counts[] = { 5, 10, 20, 30 };
static const double effects[] = { 0.5, 1, 2, 3 };
enum { COUNTS = 4, EFFECTS = 4 };

static const double sigma = 0.01, margin = 0.01;

/* What there is to do: each is simulated by itself, by whatever thread is free. */
struct job {
	struct simulate_ask ask;
	bool sequential;
	struct simulate_result result;
};
/* Of a noise: no effect, an effect at the margin, and the effects; for each count, then sequentially. */
enum { JOB_NONE, JOB_MARGIN, JOB_EFFECT, JOBS_HERE = JOB_EFFECT + EFFECTS };
enum { JOBS = NOISE_KINDS * (COUNTS + 1) * JOBS_HERE };

static struct {
	struct job jobs[JOBS];
	size_t next, done;
	int err;
	bool progress;
	pthread_mutex_t lock;
} work = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct job *job_at(enum noise_kind noise, size_t count, size_t what)
{
	return &work.jobs[(noise * (COUNTS + 1) + count) * JOBS_HERE + what];
}

static void jobs_make(size_t tables, uint64_t seed)
{
	for (int noise = 0; noise < NOISE_KINDS; noise++)
		for (size_t count = 0; count <= COUNTS; count++)
			for (size_t what = 0; what < JOBS_HERE; what++) {
				struct job *job = job_at((enum noise_kind)noise, count, what);
				bool power = what >= JOB_EFFECT;

				job->sequential = count == COUNTS;
				job->ask = (struct simulate_ask){
					.noise = (enum noise_kind)noise,
					.seed = seed + what + JOBS_HERE * count,
					.trials = count < COUNTS ? trial_counts[count]
								 : SIMULATE_TRIALS,
					.tables = power ? (tables + 9) / 10 : tables,
					/* so that it could be proved to be less: else nothing is */
					.sigma = what == JOB_MARGIN ? sigma / 4 : sigma,
					.effect = what == JOB_MARGIN ? log1p(margin)
						  : power ? sigma * effects[what - JOB_EFFECT]
							  : 0,
					/* of no effect, rows go on though they could be proved
					 * to be equal: more looks, more chances to be wrong */
					.margin = what == JOB_NONE ? 1e-9 : margin,
				};
			}
}

static void *jobs_do(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&work.lock);
	/* The longest are at the end: take those first, so that no thread is left with one. */
	while (work.next < JOBS && !work.err) {
		struct job *job = &work.jobs[JOBS - 1 - work.next++];
		int err;

		pthread_mutex_unlock(&work.lock);
		err = job->sequential ? simulate_sequential(&job->ask, &job->result)
				      : simulate_fixed(&job->ask, &job->result);
		pthread_mutex_lock(&work.lock);
		if (err)
			work.err = err;
		work.done++;
		if (work.progress)
			fprintf(stderr, "\rcalibrate: %zu of %d ", work.done, JOBS);
	}
	pthread_mutex_unlock(&work.lock);
	return NULL;
}

static int jobs_run(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t threads[16];
	int count = 0, wanted = cpus < 1 ? 1 : cpus > 16 ? 16 : (int)cpus;

	work.progress = isatty(STDERR_FILENO);
	while (count < wanted && !pthread_create(&threads[count], NULL, jobs_do, NULL))
		count++;
	if (!count)
		jobs_do(NULL);
	while (count)
		pthread_join(threads[--count], NULL);
	if (work.progress)
		fputc('\n', stderr);
	return work.err;
}

static double percent(size_t part, size_t all)
{
	return 100 * (double)part / (double)all;
}

/* Half a 95 % interval of a rate at 5 %: what the tables below are known to. */
static double percent_error(size_t tables)
{
	return 100 * 1.96 * sqrt(0.05 * 0.95 / (double)tables);
}

static void errors_print(size_t tables)
{
	printf("False claims: tables of %d rows that hold at least one, in %% (a rate of 5 is known to "
	       "± %.1f).\n\n"
	       "| noise | trials a side | no effect: a cost or a saving | at the margin: \"less than\" | "
	       "no effect, benchstat | no effect, LKP |\n"
	       "| --- | --- | --- | --- | --- | --- |\n",
	       SIMULATE_ROWS, percent_error(tables));
	for (int noise = 0; noise < NOISE_KINDS; noise++)
		for (size_t count = 0; count <= COUNTS; count++) {
			const struct simulate_result *none =
				&job_at((enum noise_kind)noise, count, JOB_NONE)->result;
			const struct simulate_result *edge =
				&job_at((enum noise_kind)noise, count, JOB_MARGIN)->result;

			printf("| %s | ", noise_names[noise]);
			if (count == COUNTS)
				printf("until decided, at most %d | %.1f | %.1f | | |\n",
				       SIMULATE_TRIALS, percent(none->false_tables, none->tables),
				       percent(edge->false_tables, edge->tables));
			else
				printf("%zu | %.1f | %.1f | %.1f | %.1f |\n", trial_counts[count],
				       percent(none->false_tables, none->tables),
				       percent(edge->false_tables, edge->tables),
				       percent(none->false_benchstat, none->tables),
				       percent(none->false_lkp, none->tables));
		}
}

static void power_row(enum noise_kind noise, size_t count)
{
	printf("| %s | ", noise_names[noise]);
	if (count == COUNTS)
		printf("until decided, at most %d", SIMULATE_TRIALS);
	else
		printf("%zu", trial_counts[count]);
	for (size_t i = 0; i < EFFECTS; i++) {
		const struct simulate_result *result =
			&job_at(noise, count, JOB_EFFECT + i)->result;
		size_t rows = SIMULATE_ROWS * result->tables;

		if (count == COUNTS)
			printf(" | %.0f (%.1f trials)", percent(result->proved, rows),
			       result->trials / (double)rows);
		else
			printf(" | %.0f (%.0f, %.0f)", percent(result->proved, rows),
			       percent(result->proved_benchstat, rows),
			       percent(result->proved_lkp, rows));
	}
	puts(" |");
}

static void power_print(void)
{
	printf("\nPower: rows of a true cost for which \"no cost\" is refused, in %%, at the level of a "
	       "table of %d rows; in brackets what benchstat and LKP call changed, at theirs; "
	       "until decided, the trials a side that it took.\n\n"
	       "| noise | trials a side | 0.5 sigma | 1 sigma | 2 sigma | 3 sigma |\n"
	       "| --- | --- | --- | --- | --- | --- |\n",
	       SIMULATE_ROWS);
	for (int noise = 0; noise < NOISE_KINDS; noise++)
		for (size_t count = 0; count <= COUNTS; count++)
			power_row((enum noise_kind)noise, count);
}

/* dip_limit()'s table. */
static int dip_print(uint64_t seed)
{
	static const size_t counts[] = { 10, 15, 20, 30, 50, 100, 200, 500, 1000 };
	enum { SAMPLES = 200000 };
	double *dips = calloc(SAMPLES, sizeof(*dips)), values[1000];
	struct random random;

	if (!dips)
		return -ENOMEM;
	for (size_t k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		random_seed(&random, seed, counts[k]);
		for (size_t i = 0; i < SAMPLES; i++) {
			for (size_t j = 0; j < counts[k]; j++)
				values[j] = random_unit(&random);
			stats_sort(values, counts[k]);
			dips[i] = dip_of(values, counts[k]);
		}
		stats_sort(dips, SAMPLES);
		printf("%zu values: %.3f\n", counts[k],
		       sqrt((double)counts[k]) * stats_quantile(dips, SAMPLES, 0.995));
	}
	free(dips);
	return 0;
}

static int number_take(const char *text, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(text, &end, 10);
	return errno || end == text || *end || !*number || *text == '-' ? -EINVAL : 0;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "tables", required_argument, NULL, 't' },
		{ "seed", required_argument, NULL, 's' },
		{ "choice", no_argument, NULL, 'c' },
		{ "dip", no_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	uint64_t tables = 1000, seed = 1;
	bool dip = false, choice = false;
	int option, err = 0;

	while (!err && (option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 't')
			err = number_take(optarg, &tables);
		else if (option == 's')
			err = number_take(optarg, &seed);
		else if (option == 'c')
			choice = true;
		else if (option == 'd')
			dip = true;
		else if (option == 'h')
			return fputs(usage, stdout) < 0;
		else
			err = -EINVAL;
	}
	if (err || optind < argc) {
		fputs(usage, stderr);
		return 2;
	}
	if (dip)
		return dip_print(seed) ? 1 : 0;
	if (choice)
		return choice_print((size_t)tables, seed) ? 1 : 0;
	jobs_make((size_t)tables, seed);
	err = jobs_run();
	if (err) {
		fprintf(stderr, "calibrate: %s\n", strerror(-err));
		return 1;
	}
	printf("`calibrate --tables %" PRIu64 " --seed %" PRIu64 "`\n\n", tables, seed);
	errors_print((size_t)tables);
	power_print();
	return 0;
}
