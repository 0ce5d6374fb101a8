// SPDX-License-Identifier: GPL-2.0-only
/*
 * registry_wrong: benches of the test agent alone, each wrong in one way: a claimed path that the
 * kernel does not take, a verify that fails, a crash, a setup or a ready that fails. Their cells' fate
 * is what tests look at.
 */
#include <errno.h>
#include <stdlib.h>

#include "benches/bench.h"
#include "benches/syscalls.h"

extern const struct bench bench_floor, bench_fallback;

static void nothing_body(void *state)
{
	(void)state;
	raw_getppid();
}

/* getppid(2) makes no page-table page. */
static void wrong_expect(const struct cell *cell, struct kernel_version kernel,
			 struct fingerprint *fingerprint)
{
	(void)cell;
	(void)kernel;
	fingerprint->items[fingerprint->count++] = (struct expect){ "__pte_alloc", 5, 5 };
}

static int wrong_verify(void *state, char *reason)
{
	(void)state;
	return reason_set(reason, -EIO, "the data was looked for and not found");
}

static void crash_body(void *state)
{
	(void)state;
	__builtin_trap();
}

static int failing_setup(const struct cell *cell, void *state, char *reason)
{
	(void)cell;
	(void)state;
	return reason_set(reason, -ENOMEM, "no memory to move");
}

static int failing_ready(void *state, char *reason)
{
	(void)state;
	return reason_set(reason, -EPROTO, "the state is not there");
}

static int refusing_supported(const struct cell *cell, char *reason)
{
	(void)cell;
	return reason_set(reason, -EINVAL, "errno 22: the kernel has no such flag");
}

static const struct param no_params[] = { { NULL, NULL } };

static const struct bench bench_right = { .name = "right",
					  .about = "getppid(2), nothing claimed",
					  .params = no_params,
					  .body = nothing_body };
static const struct bench bench_path = { .name = "wrong_path",
					 .about = "claims page-table pages that nobody makes",
					 .params = no_params,
					 .body = nothing_body,
					 .expect = wrong_expect };
static const struct bench bench_verify = { .name = "wrong_data",
					   .about = "never finds its data",
					   .params = no_params,
					   .body = nothing_body,
					   .verify = wrong_verify };
static const struct bench bench_setup = { .name = "no_setup",
					  .about = "can't be set up",
					  .params = no_params,
					  .setup = failing_setup,
					  .body = nothing_body };
/* Its body would end the process. */
static const struct bench bench_ready = { .name = "not_ready",
					  .about = "never gets ready",
					  .params = no_params,
					  .ready = failing_ready,
					  .body = crash_body };
static const struct bench bench_refused = { .name = "refused",
					    .about = "is supported nowhere",
					    .params = no_params,
					    .supported = refusing_supported,
					    .body = nothing_body };
static const struct bench bench_crash = {
	.name = "crash", .about = "dies in the timed body", .params = no_params, .body = crash_body
};

const struct bench *const bench_registry[] = {
	&bench_right,	&bench_path,  &bench_verify, &bench_setup,    &bench_ready,
	&bench_refused, &bench_crash, &bench_floor,  &bench_fallback,
};
const size_t bench_count = sizeof(bench_registry) / sizeof(bench_registry[0]);
