// SPDX-License-Identifier: GPL-2.0-only
/*
 * agent: the one program that calls mremap. On the host a plain process: the plan on standard input,
 * the report on standard output. In a guest process 1: the plan in /plan, the report on a serial
 * line, one child a cell.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "benches/cell.h"
#include "benches/guest.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/measure.h"
#include "benches/stress/stress.h"
#include "benches/tell.h"

static void tell_file(const char *key, const char *path)
{
	char line[400];

	if (file_read_line(path, line, sizeof(line)) == 0)
		tell("env %s %s", key, line[0] ? line : "-");
}

static struct kernel_version tell_kernel(void)
{
	struct kernel_version version = kernel_running();
	struct utsname name;

	uname(&name);
	tell("env kernel.release %s", name.release);
	tell("env kernel.version %s", name.version);
	if (!version.major)
		tell("env kernel.unknown the release does not begin with a version");
	return version;
}

static void tell_environment(void)
{
	static const char thp[] = "/sys/kernel/mm/transparent_hugepage";
	char path[200];

	tell_file("kernel.cmdline", "/proc/cmdline");
	snprintf(path, sizeof(path), "%s/enabled", thp);
	tell_file("thp.enabled", path);
	snprintf(path, sizeof(path), "%s/defrag", thp);
	tell_file("thp.defrag", path);
	snprintf(path, sizeof(path), "%s/hugepages-2048kB/enabled", thp);
	tell_file("thp.2048kB", path);
	snprintf(path, sizeof(path), "%s/khugepaged/scan_sleep_millisecs", thp);
	tell_file("khugepaged.scan_sleep_ms", path);
	tell_file("ksm.run", "/sys/kernel/mm/ksm/run");
	tell_file("clocksource",
		  "/sys/devices/system/clocksource/clocksource0/current_clocksource");
}

/* One CPU for the whole trial: a migration in the timed region would be measured too. */
static void agent_pin(void)
{
	int cpu = sched_getcpu();
	cpu_set_t one;

	CPU_ZERO(&one);
	if (cpu >= 0) {
		CPU_SET((unsigned int)cpu, &one);
		if (sched_setaffinity(0, sizeof(one), &one) == 0)
			tell("env cpu.pinned yes");
	}
}

static void tell_metrics(const struct metrics *metrics)
{
	for (size_t i = 0; i < metrics->count; i++) {
		const struct metric *metric = &metrics->items[i];

		if (metric->unsupported)
			tell("metric %zu %s %s unsupported %s", i, metric->name, metric->unit,
			     metric->unsupported);
		else
			tell("metric %zu %s %s ok", i, metric->name, metric->unit);
	}
}

/* In a guest each cell gets a process of its own: a fresh mm, and a crash ends only that cell. */
static void measure_in_child(const struct measure_context *context, const char *key)
{
	struct metrics metrics = { 0 };
	struct measure_context mine = *context;
	char reason[REASON_SIZE];
	pid_t child;
	int status = -1; /* of no process: neither exited nor killed */

	tell("cell %s", key);
	tell_flush(); /* who waits outside sees which cell runs now */
	child = fork();
	if (child == 0) {
		context->instrument->close(); /* counters follow a process, not its children */
		mine.metrics = &metrics;
		if (context->instrument->open(context->plan, &metrics, reason))
			_exit(4);
		measure_cell(&mine, key);
		tell_flush();
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		tell("failed fork: %s", strerror(errno));
		tell("cell-end %s", key);
	} else if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		/* The child writes only at its end: the cell was begun, and nothing more. */
		if (WIFSIGNALED(status))
			tell("failed killed by signal %d", WTERMSIG(status));
		else
			tell("failed exit status %d", WEXITSTATUS(status));
		tell("cell-end %s", key);
	}
	machine_next(status != 0);
	tell_flush();
}

/* What process 1 of a guest shares with the processes of its cells. One page: one VMA more for each. */
struct shared {
	uint64_t regions;
	struct machine_notes notes;
};
_Static_assert(sizeof(struct shared) <= 4096, "as small as a VMA can be");

static int task_measure(const struct plan *plan, bool guest)
{
	struct metrics metrics = { 0 };
	struct measure_context context = { .plan = plan, .metrics = &metrics, .guest = guest };
	struct shared *shared;
	char reason[REASON_SIZE] = "";

	context.instrument = instrument_find(plan->instrument);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (!context.instrument || shared == MAP_FAILED) {
		fprintf(stderr, "no instrument '%s', or no memory\n", plan->instrument);
		return 1;
	}
	context.regions = &shared->regions;
	context.kernel = tell_kernel();
	tell_environment();
	if (guest)
		machine_own(&shared->notes);
	else
		agent_pin();
	if (context.instrument->open(plan, &metrics, reason)) {
		fprintf(stderr, "%s: %s\n", plan->instrument, reason);
		return 1;
	}
	tell_metrics(&metrics);
	for (size_t i = 0; i < plan->cell_count; i++) {
		if (guest) {
			measure_in_child(&context, plan->cells[i]);
		} else {
			tell("cell %s", plan->cells[i]);
			measure_cell(&context, plan->cells[i]);
		}
		tell_flush();
	}
	context.instrument->close();
	munmap(shared, sizeof(*shared));
	return 0;
}

static void tell_listed(const struct cell *cell, struct kernel_version kernel)
{
	struct burden burden = { 0 };
	char key[CELL_KEY];

	if (cell->bench->burden)
		cell->bench->burden(cell, &burden);
	tell("cells %s %" PRIu64 " %" PRIu64, cell_key(cell, key), burden.setup, burden.sample);
	tell_expected(cell, kernel);
}

/* Every cell, and the path that it should take on the plan's kernel, or on this one. */
static void task_cells(const struct plan *plan)
{
	struct kernel_version kernel = plan->kernel.major ? plan->kernel : kernel_running();
	struct cell cell;

	for (size_t i = 0; i < bench_count; i++) {
		const struct bench *bench = bench_registry[i];

		for (size_t r = 0; bench->rules && bench->rules[r].excludes; r++)
			tell("rule %s %s", bench->name, bench->rules[r].why);
		for (bool more = cell_first(bench, &cell); more; more = cell_next(&cell))
			tell_listed(&cell, kernel);
	}
}

/* Text symbols of the kernel itself; modules, named in brackets, move from boot to boot. */
static int task_symbols(void)
{
	FILE *symbols = fopen("/proc/kallsyms", "re");
	char line[512], type, name[300], module[8];
	uint64_t address;
	int fields;

	if (!symbols) {
		fprintf(stderr, "/proc/kallsyms: %s\n", strerror(errno));
		return 1;
	}
	tell_kernel();
	while (fgets(line, sizeof(line), symbols)) {
		fields = sscanf(line, "%" SCNx64 " %c %299s %7s", &address, &type, name, module);
		if (fields == 3 && address && strchr("tTwW", type))
			tell("symbol %" PRIx64 " %s", address, name);
	}
	fclose(symbols);
	return 0;
}

static int task_stress(const struct plan *plan, bool guest)
{
	tell_kernel();
	if (guest)
		machine_own(NULL);
	return stress_run(plan, guest);
}

static int agent_run(int in, int out, bool guest)
{
	struct plan plan;
	char reason[REASON_SIZE];
	int failed = 0;

	if (plan_read(in, &plan, reason)) {
		fprintf(stderr, "remapbench-agent: %s\n", reason);
		return 2;
	}
	kernel_traits_set(plan.kernel_traits);
	tell_open(out);
	tell("remapbench-report 1");
	if (guest && plan.task != TASK_STRESS)
		guest_quiet();
	if (plan.task == TASK_CELLS)
		task_cells(&plan);
	else if (plan.task == TASK_SYMBOLS)
		failed = task_symbols();
	else if (plan.task == TASK_STRESS)
		failed = task_stress(&plan, guest);
	else
		failed = task_measure(&plan, guest);
	if (guest && plan.task == TASK_MEASURE)
		guest_tell_log();
	if (!failed)
		tell("end");
	tell_flush();
	plan_free(&plan);
	return failed;
}

static void agent_guest(void)
{
	int plan = open("/plan", O_RDONLY | O_CLOEXEC);
	int line = guest_prepare();

	if (plan < 0 || line < 0 || agent_run(plan, line, true))
		fprintf(stderr, "remapbench-agent: this trial has failed\n");
	guest_end();
}

int main(int argc, char **argv)
{
	if (getpid() == 1)
		agent_guest();
	if (argc > 1) {
		fprintf(stderr,
			"%s: no arguments: it reads a plan from standard input and writes a report\n"
			"to standard output (docs/protocol.md); `remapbench run` is what calls it\n",
			argv[0]);
		return 2;
	}
	signal(SIGPIPE, SIG_DFL);
	return agent_run(STDIN_FILENO, STDOUT_FILENO, false);
}
