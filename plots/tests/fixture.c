// SPDX-License-Identifier: GPL-2.0-only
/* fixture: databases that look like the real ones, with numbers from a formula. */
#include "plots/tests/fixture.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "results/store.h"

enum { SAMPLES = 9, SERIES = 3 };

/* Everything that a shell, gnuplot, HTML, CSV or a terminal might take for more than words. */
const char *const fixture_hostile_words =
	"100% %s%n `touch pwned`$(touch pwned)'; system 'touch pwned'; \"|touch pwned\" <script>alert(1)"
	"</script>\n& @x \\ \x1b[31m \xff\xfe \xe2\x80\xae <<EOD\nEOD\n!touch pwned\n=1+1,\"x\"";

char *fixture_begin(void)
{
	char pattern[] = "/tmp/plots-test-XXXXXX";
	char *made = mkdtemp(pattern);

	assert_non_null(made);
	made = strdup(made);
	assert_non_null(made);
	return made;
}

void fixture_end(char *directory)
{
	assert_int_equal(directory_remove(directory), 0);
	free(directory);
}

char *fixture_path(const char *directory, const char *name)
{
	static char paths[64][512];
	static unsigned int next;
	char *path = paths[next++ % 64];

	snprintf(path, sizeof(paths[0]), "%s/%s", directory, name);
	return path;
}

char *fixture_folder;

int fixture_set_up(void **state)
{
	(void)state;
	fixture_folder = fixture_begin();
	return 0;
}

int fixture_tear_down(void **state)
{
	(void)state;
	fixture_end(fixture_folder);
	return 0;
}

char *fixture_at(const char *name)
{
	return fixture_path(fixture_folder, name);
}

char *fixture_read(const char *path)
{
	struct text text = { 0 };

	if (file_read(path, 64 << 20, &text))
		fail_msg("%s can't be read", path);
	text_add(&text, ""); /* an empty file has no memory yet */
	return text.data;
}

void fixture_same_as_golden(const char *directory, const char *golden, const char *name)
{
	char path[256], *made, *kept;

	snprintf(path, sizeof(path), "%s%.200s", golden, name);
	if (getenv("REMAPBENCH_GOLDEN"))
		assert_int_equal(file_copy(fixture_path(directory, name), path), 0);
	made = fixture_read(fixture_path(directory, name));
	kept = fixture_read(path);
	if (strcmp(made, kept) != 0)
		fail_msg("%s is not what it was; REMAPBENCH_GOLDEN=1 writes the new one", name);
	free(made);
	free(kept);
}

bool fixture_holds(const char *file, const char *words)
{
	char *content = fixture_read(file);
	bool found = strstr(content, words) != NULL;

	free(content);
	return found;
}

size_t fixture_entries(const char *directory, const char *prefix)
{
	DIR *open = opendir(directory);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(open);
	while ((entry = readdir(open)))
		count += strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
			 strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(open);
	return count;
}

static struct store *open_new(const char *database)
{
	struct fault fault = { 0 };
	struct store *store;

	if (store_open(database, STORE_WRITE, &store, &fault))
		fail_msg("%s", fault.text);
	return store;
}

void fixture_empty(const char *database)
{
	store_close(open_new(database));
}

/* What a cell "costs": a formula with the shape of the thing and nothing more. */
static uint64_t cost(const char *size, const char *align, int fill, int folio, int kernel)
{
	uint64_t bytes = 0, per;

	size_parse(size, &bytes);
	if (strcmp(align, "pud") == 0)
		per = 900 * (bytes >> 30 ? bytes >> 30 : 1);
	else if (strcmp(align, "pmd") == 0 || (strcmp(align, "mutual") == 0 && kernel > 0))
		per = 1500 * (bytes >> 21 ? bytes >> 21 : 1) + (*align == 'm' ? 5000 : 0);
	else if (strcmp(align, "mutual") == 0)
		per = 1400 * (bytes >> 21) + 26000;
	else
		per = 55 * (bytes >> 12) * (folio == 2 ? 2 : 1);
	if (!fill)
		per = 2 + (bytes >> 28);
	return 7000 - 800 * (uint64_t)kernel + per + per * (uint64_t)(kernel == 2) / 8;
}

struct scene {
	struct store *store;
	int64_t run;
	const char *metric, *unit;
	int kernel;
	bool noisy, fingerprints;
	struct measurement_record items[64];
	struct series_record series[64][SERIES];
	uint64_t values[64][SERIES][SAMPLES];
	struct reject_record rejects[64];
	char keys[64][128];
	size_t count;
};

static struct measurement_record *scene_cell(struct scene *scene, const char *key, uint64_t median)
{
	size_t at = scene->count++;
	struct measurement_record *item = &scene->items[at];

	assert_true(at < 64);
	snprintf(scene->keys[at], sizeof(scene->keys[at]), "%s", key);
	for (size_t i = 0; i < SAMPLES; i++) {
		scene->values[at][0][i] =
			median + (scene->noisy ? median * (i * i % 7) / 40 : i / 8);
		scene->values[at][1][i] = strstr(key, "unaligned") ? 17 : 0;
		scene->values[at][2][i] = strstr(key, "unaligned") ? 33 : 17;
	}
	scene->series[at][0] =
		(struct series_record){ scene->metric, scene->unit, NULL, scene->values[at][0] };
	scene->series[at][1] =
		(struct series_record){ "fn:__pte_alloc", "entries", NULL, scene->values[at][1] };
	scene->series[at][2] = (struct series_record){ "fn:flush_tlb_mm_range", "entries", NULL,
						       scene->values[at][2] };
	*item = (struct measurement_record){
		.cell = scene->keys[at],
		.status = "ok",
		.reason = "",
		.expected = strncmp(key, "move", 4)    ? ""
			    : strstr(key, "unaligned") ? "__pte_alloc=17"
						       : "__pte_alloc=0",
		.samples = SAMPLES,
		.series_count = scene->fingerprints ? SERIES : 1,
		.series = scene->series[at],
	};
	return item;
}

static void scene_moves(struct scene *scene)
{
	static const char *const sizes[] = { "4K", "2M", "3M", "32M", "1G" };
	static const char *const aligns[] = { "pud", "pmd", "mutual", "unaligned" };

	for (size_t s = 0; s < 5; s++)
		for (size_t a = 0; a < 4; a++)
			for (int form = 0; form < 3; form++) {
				int fill = form == 0 ? 0 : 100, folio = form == 2 ? 2 : 4;
				char key[128];

				if ((a == 0 && s < 4) || (a == 1 && (s == 0 || s == 2)) ||
				    (a == 2 && (s < 2 || form == 2)) || (a == 3 && s == 2) ||
				    (folio == 2 && s == 0))
					continue;
				snprintf(key, sizeof(key),
					 "move/size=%s/align=%s/fill=%d/folio=%s/type=anon",
					 sizes[s], aligns[a], fill, folio == 2 ? "2M" : "4K");
				scene_cell(scene, key,
					   cost(sizes[s], aligns[a], fill, folio, scene->kernel));
			}
}

static void scene_cells(struct scene *scene)
{
	scene_cell(scene, "floor/op=empty", 21);
	scene_cell(scene, "floor/op=clock", 62);
	scene_cell(scene, "floor/op=getppid", 170);
	scene_moves(scene);
}

static void scene_save(struct scene *scene, int64_t sequence, const char *status,
		       const char *reason, const char *console)
{
	struct trial_record trial = {
		.sequence = sequence,
		.status = status,
		.reason = reason,
		.console = console,
		.started_us = 1700000000000000 + sequence * 1000000,
		.ended_us = 1700000000000000 + sequence * 1000000 + 500000,
		.measurement_count = scene->count,
		.measurements = scene->items,
	};
	struct fault fault = { 0 };

	if (store_trial_save(scene->store, scene->run, &trial, &fault))
		fail_msg("%s", fault.text);
	scene->count = 0;
}

static struct scene *scene_begin(struct store *store, const char *instrument, int kernel,
				 const struct kernel_record *record)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	struct run_record run = { .suite = "default",
				  .suite_sha256 = "5",
				  .instrument = instrument,
				  .machine = "Some CPU, 2 CPUs",
				  .trials_planned = 1 };
	char command[128];
	struct fault fault = { 0 };

	assert_non_null(scene);
	snprintf(command, sizeof(command), "remapbench run -s default -i %s -k %s", instrument,
		 strlen(record->name) < 60 ? record->name : "long");
	run.command = command;
	if (store_kernel_put(store, record, &run.kernel_id, &fault) ||
	    store_run_begin(store, &run, &scene->run, &fault) ||
	    store_run_note(store, scene->run, "guest.qemu",
			   kernel == 2 && !strcmp(instrument, "insn") ? "9.9.10" : "9.9.9",
			   &fault) ||
	    store_run_note(store, scene->run, "kernel.cmdline", "nokaslr panic=-1", &fault))
		fail_msg("%s", fault.text);
	scene->store = store;
	scene->kernel = kernel;
	scene->metric = strcmp(instrument, "clock") ? "insn" : "ns";
	scene->unit = strcmp(instrument, "clock") ? "instructions" : "ns";
	if (strcmp(instrument, "pmu") == 0)
		scene->metric = "instructions:k";
	scene->noisy = strcmp(instrument, "insn") != 0;
	scene->fingerprints = !scene->noisy;
	return scene;
}

static void scene_end(struct scene *scene, const char *status)
{
	struct fault fault = { 0 };

	if (store_run_end(scene->store, scene->run, status, "", &fault))
		fail_msg("%s", fault.text);
	free(scene);
}

void fixture_full(const char *database)
{
	static const struct kernel_record kernels[] = {
		{ "a1", "debian-6.1", "6.1.0-56-cloud-amd64", "6.1.192-2", "debian", "c1" },
		{ "a2", "debian-6.12", "6.12.117+deb12-cloud-amd64", "6.12.117-1", "debian", "c2" },
		{ "a3", "debian-6.17", "6.17.13-cloud-amd64", "6.17.13-1", "debian", "c3" },
		{ "a4", "host", "6.18.0-host", "#1 SMP", "host", "" },
	};
	struct store *store = open_new(database);
	struct scene *scene;

	for (int i = 2; i >= 0; i--) {
		scene = scene_begin(store, "insn", i, &kernels[i]);
		scene_cells(scene);
		if (i == 1) { /* one path that was not the expected one, one cell that can't be */
			struct measurement_record *item = &scene->items[scene->count - 1];
			static struct reject_record rejects[SAMPLES];

			for (uint32_t s = 0; s < SAMPLES; s++)
				rejects[s] = (struct reject_record){
					s, "__pte_alloc was entered 0 times, expected 1 to 1"
				};
			item->rejects = rejects;
			item->reject_count = SAMPLES;
			for (item = scene->items;; item++)
				if (strstr(item->cell, "/size=2M/align=pmd/fill=100/folio=2M"))
					break;
			item->status = "unsupported";
			item->reason = "no free 2M folios";
			item->samples = 0;
			item->series_count = 0;
		}
		scene_save(scene, 1, "ok", "", "");
		scene_end(scene, "complete");
	}
	scene = scene_begin(store, "clock", 2, &kernels[3]);
	for (int64_t trial = 1; trial <= 2; trial++) {
		scene_cells(scene);
		scene_save(scene, trial, "ok", "", "");
	}
	scene_save(scene, 3, "failed", "the agent was killed by signal 9",
		   "last words\nof the <console> & more\n");
	scene_end(scene, "partial");
	scene = scene_begin(store, "pmu", 2, &kernels[3]);
	scene_cells(scene);
	for (size_t i = 0; i < scene->count; i++)
		scene->series[i][0].unsupported = "ENOENT: no hardware PMU here";
	scene_save(scene, 1, "ok", "", "");
	scene_end(scene, "complete");
	store_close(store);
}

void fixture_narrow(const char *database)
{
	static const struct kernel_record kernel = {
		"a1", "debian-6.1", "6.1.0-56-cloud-amd64", "6.1.192-2", "debian", "c1"
	};
	struct store *store = open_new(database);
	struct scene *scene = scene_begin(store, "insn", 0, &kernel);

	scene_cell(scene, "move/size=4K/align=unaligned/fill=100/folio=4K/type=anon", 1);
	scene_save(scene, 1, "ok", "", "");
	scene_end(scene, "complete");
	store_close(store);
}

void fixture_hostile(const char *database)
{
	struct store *store = open_new(database);
	char very_long[6000];
	struct kernel_record kernels[2] = {
		{ "b1", fixture_hostile_words, fixture_hostile_words, fixture_hostile_words,
		  fixture_hostile_words, fixture_hostile_words },
		{ "b2", very_long, very_long, very_long, very_long, "" },
	};

	memset(very_long, '\'', sizeof(very_long) - 1);
	very_long[sizeof(very_long) - 1] = '\0';
	for (int i = 0; i < 2; i++) {
		struct scene *scene = scene_begin(store, "insn", i, &kernels[i]);
		struct fault fault = { 0 };
		char key[128];

		scene_cells(scene);
		snprintf(key, sizeof(key), "move/size=%.100s", fixture_hostile_words);
		scene_cell(scene, key, 10);
		scene_cell(scene, "../../../../tmp/pwned", 10);
		scene->items[10].status = "unsupported";
		scene->items[10].reason = fixture_hostile_words;
		scene->items[10].samples = 0;
		scene->items[10].series_count = 0;
		scene->items[12].expected = fixture_hostile_words;
		store_run_note(store, scene->run, fixture_hostile_words, fixture_hostile_words,
			       &fault);
		scene_save(scene, 1, "ok", "", "");
		scene_save(scene, 2, "failed", fixture_hostile_words, fixture_hostile_words);
		scene_end(scene, "partial");
	}
	store_close(store);
}
