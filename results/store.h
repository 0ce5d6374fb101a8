/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * store: writing what was measured to SQLite. The one way in; query.h is the way out.
 * Words as in docs/design.md: run, trial, cell, sample, metric, fingerprint.
 *
 * Crash safety: a run is a row from its start (status "running"); each trial is written in one
 * transaction when it ends. A killed runner loses the trial in flight and nothing else.
 * Two writers at once are fine (WAL, BEGIN IMMEDIATE, a busy timeout of 60 s).
 * All functions return 0 or a negative errno and set fault where it is not NULL.
 */
#ifndef RESULTS_STORE_H
#define RESULTS_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct store; /* one connection */

enum store_mode {
	STORE_READ, /* -ENOENT where there is no database; migrates nothing, refuses an older schema */
	STORE_WRITE, /* makes and migrates it; refuses a newer schema (-EPROTO), a foreign file (-EBADMSG) */
};

int store_open(const char *path, enum store_mode mode, struct store **store, struct fault *fault);
void store_close(struct store *store);

/* A kernel image's identity is its content: sha256 (hex). For the running kernel: see kernel.host. */
struct kernel_record {
	const char *
		sha256; /* of the image; for the host, of its release, version and build-id notes */
	const char *name; /* what a person calls it: "debian-6.1.192-2-cloud-amd64", "host" */
	const char *release; /* uname -r */
	const char *version; /* uname -v, or the package's version */
	const char *origin; /* "debian bookworm-security linux-image-…", "file", "host" */
	const char *config_sha256; /* "" where unknown */
};
int store_kernel_put(struct store *store, const struct kernel_record *kernel, int64_t *kernel_id,
		     struct fault *fault);

struct run_record {
	const char *suite; /* name */
	const char *suite_sha256;
	int64_t kernel_id;
	const char *instrument; /* "clock", "pmu", "insn" */
	const char *machine; /* host name-free: CPU model and count */
	const char *command; /* the command line that makes it again, shell-quoted */
	int64_t trials_planned;
	const char *
		kernel_traits; /* what its numbers are not to be taken as any kernel's for: "not for figures"; NULL: none */
};
int store_run_begin(struct store *store, const struct run_record *run, int64_t *run_id,
		    struct fault *fault);
/* The cells that the run sets out to measure, in the order in which tables show them. Once a run. */
int store_run_plan(struct store *store, int64_t run_id, const char *const *cells, size_t count,
		   struct fault *fault);
/* Provenance: any number of keys; the same key again replaces its value. */
int store_run_note(struct store *store, int64_t run_id, const char *key, const char *value,
		   struct fault *fault);
/* A trial more than was planned: for what another one did not come to. */
int store_run_more(struct store *store, int64_t run_id, int64_t trials, struct fault *fault);
/* status: "complete", "failed" (no trial succeeded), "partial" (some did), "interrupted". */
int store_run_end(struct store *store, int64_t run_id, const char *status, const char *reason,
		  struct fault *fault);
/* Marks "running" runs whose process (pid, its start time, boot id) is gone as "interrupted"; *count of them. */
int store_runs_recover(struct store *store, int64_t *count, struct fault *fault);

/* One metric of one cell in one trial: as many values as the cell has samples. */
struct series_record {
	const char *
		metric; /* "ns", "insn", "tsc", "instructions:k", "fn:__pte_alloc", "outcome:vmas" … */
	const char *unit; /* "ns", "instructions", "events", "entries" */
	const char *unsupported; /* NULL, or the reason why there are no values */
	const uint64_t *values;
};
/*
 * How the reason of a sample begins that was right in all it left behind, but took another path than its
 * cell names. Such a cell is not what its key says; what its samples took is what the call costs there.
 */
#define REJECT_PATH "another path: "
struct reject_record { /* one invalid sample */
	uint32_t sample; /* index from 0 */
	const char *reason;
};
struct measurement_record {
	const char *cell; /* the key */
	const char *status; /* "ok", "unsupported", "failed" (its trial ended inside it) */
	const char *reason; /* "" with ok */
	const char *
		expected; /* the expected fingerprint, as the agent stated it: "__pte_alloc=17 …"; "" if none */
	uint32_t samples; /* how many values each series has */
	size_t series_count;
	const struct series_record *series;
	size_t reject_count;
	const struct reject_record *rejects;
};
/* The instructions of one kernel function: its symbol, or a row that is none (results/profile.h). */
struct function_record {
	const char *name;
	const uint64_t *values; /* one a sample of the measurement */
};
/* All of a measurement's, each name once. A sample's add up to its count; all 0: it has no profile. */
struct profile_record {
	size_t count; /* 0: no profile was made */
	const struct function_record *functions;
};
struct splat_record { /* what the kernel reported of itself, as often as it did */
	const char *kind; /* "panic", "oops", "warn", "lockdep" … (runner/console.h) */
	const char *headline; /* names no process, address of memory or time */
	uint32_t count;
};
struct trial_record {
	int64_t sequence; /* from 1, within the run */
	const char *status; /* "ok", "failed" */
	const char *reason; /* "" with ok */
	const char *console; /* the console's tail, with failed or with splats; else "" */
	int64_t started_us, ended_us; /* CLOCK_REALTIME, microseconds */
	size_t measurement_count;
	const struct measurement_record *measurements;
	const char *ending; /* "ended", "panic", "hang" … (runner/trial.h); NULL: not known */
	const char *head; /* the first splat's own lines; NULL: none */
	uint32_t splats; /* in all, those without a record included */
	size_t splat_count;
	const struct splat_record *splat_records;
	const struct profile_record *profiles; /* one a measurement; NULL: none was made */
};
/* In one transaction, all or nothing. */
int store_trial_save(struct store *store, int64_t run_id, const struct trial_record *trial,
		     struct fault *fault);

#endif
