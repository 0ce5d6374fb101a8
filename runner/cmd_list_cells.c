// SPDX-License-Identifier: GPL-2.0-only
/* list: the agent's cells, what it leaves out by rule, and what each suite takes and why. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/json.h"
#include "results/words.h"
#include "runner/kernels.h"
#include "runner/list.h"
#include "runner/paths.h"
#include "runner/probe.h"
#include "runner/run_plan.h"
#include "runner/suite.h"

int list_benches(const struct list_options *options, json_t *rows, struct fault *fault)
{
	struct cell_list cells;
	int err = probe_cells(0, 0, NULL, &cells, fault);
	size_t count = 0;

	for (size_t i = 0; i < cells.count && !err; i++) {
		size_t length = strcspn(cells.keys[i], "/");
		bool last = i + 1 == cells.count ||
			    strncmp(cells.keys[i], cells.keys[i + 1], length + 1) != 0;
		char name[64];

		count++;
		if (!last)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)length, cells.keys[i]);
		err = row_add(rows, options, name,
			      json_pack("{s:s, s:I}", "bench", name, "cells", (json_int_t)count));
		count = 0;
	}
	cell_list_free(&cells);
	return err;
}

int list_rules(const struct list_options *options, json_t *rows, struct fault *fault)
{
	struct cell_list cells;
	int err = probe_cells(0, 0, NULL, &cells, fault);

	for (size_t i = 0; i < cells.rule_count && !err; i++)
		err = row_add(rows, options, cells.rules[i].bench,
			      json_pack("{s:s, s:s}", "bench", cells.rules[i].bench, "reason",
					cells.rules[i].reason));
	cell_list_free(&cells);
	return err;
}

struct version {
	uint32_t major, minor; /* 0, 0: the running kernel's */
};

/* The first two numbers of a version or a release: 6.12.107-cloud is 6.12. */
static int version_read(const char *text, struct version *version)
{
	char *end;
	unsigned long major, minor;

	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	major = strtoul(text, &end, 10);
	if (*end != '.' || !isdigit((unsigned char)end[1]))
		return -EINVAL;
	minor = strtoul(end + 1, NULL, 10);
	if (!major || major > UINT16_MAX || minor > UINT16_MAX)
		return -ERANGE;
	*version = (struct version){ (uint32_t)major, (uint32_t)minor };
	return 0;
}

/* The version and the traits of a kernel: what the paths of its cells hang on. */
static int version_find(const char *spec, struct version *version, char traits[KERNEL_TRAITS],
			struct fault *fault)
{
	struct kernel_list kernels;
	struct kernel kernel;
	int err;

	*version = (struct version){ 0 };
	traits[0] = '\0';
	if (!spec || !strcmp(spec, "host"))
		return 0;
	/* A version needs no image. */
	if (!spec[strspn(spec, "0123456789.")] && !version_read(spec, version))
		return 0;
	err = kernels_load(&kernels, fault);
	if (err)
		return err;
	err = kernel_find(&kernels, spec, &kernel, fault);
	if (!err && version_read(kernel.release, version))
		err = fault_set(fault, -EINVAL, "%s has no version: its release is %s", kernel.name,
				kernel.release);
	if (!err)
		memcpy(traits, kernel.traits, sizeof(kernel.traits));
	kernel_list_free(&kernels);
	return err;
}

/* why: NULL where no suite is asked. */
static json_t *cell_row(const struct cell_list *cells, size_t at, const char *why)
{
	const struct listed_cell *cell = &cells->cells[at];
	json_t *row = json_pack("{s:s, s:s}", "cell", cells->keys[at], "expected", cell->expected);

	if (row && why && json_object_set_new(row, "why", json_string(why)))
		goto fail;
	if (row && (json_object_set_new(row, "setup", count_json(cell->setup)) ||
		    json_object_set_new(row, "sample", count_json(cell->sample))))
		goto fail;
	return row;
fail:
	json_decref(row);
	return NULL;
}

int list_cells(const struct list_options *options, json_t *rows, struct fault *fault)
{
	struct cell_list cells = { 0 };
	struct suite suite = { 0 };
	struct version version;
	char traits[KERNEL_TRAITS];
	int err = options->suite ? suite_load(options->suite, &suite, fault) : 0;

	if (!err)
		err = version_find(options->kernel, &version, traits, fault);
	if (!err)
		err = probe_cells(version.major, version.minor, traits, &cells, fault);
	if (!err && options->suite)
		suite_warn(&suite, &cells);
	for (size_t i = 0; i < cells.count && !err; i++) {
		const char *why = options->suite ? suite_why(&suite, cells.keys[i]) : NULL;

		if (why || !options->suite)
			err = row_add(rows, options, cells.keys[i], cell_row(&cells, i, why));
	}
	cell_list_free(&cells);
	suite_free(&suite);
	return err;
}

static void detail_print(const json_t *row, const char *key, const char *name)
{
	const char *value = json_string_value(json_object_get(row, key));
	struct text plain = { 0 };

	if (!value || !value[0])
		return;
	text_add_plain(&plain, value);
	printf("    %s: %s\n", name, text_get(&plain));
	text_free(&plain);
}

void cells_print(const json_t *rows)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		printf("%s\n", json_string_value(json_object_get(row, "cell")));
		detail_print(row, "expected", "path");
		detail_print(row, "why", "why");
	}
}

static int suite_row(const struct list_options *options, const char *path,
		     const struct cell_list *cells, json_t *rows, struct fault *fault)
{
	struct suite suite;
	json_int_t count = 0;
	int err = suite_load(path, &suite, fault);

	if (err)
		return err;
	suite_warn(&suite, cells);
	for (size_t i = 0; i < cells->count; i++)
		count += suite_takes(&suite, cells->keys[i]);
	err = row_add(rows, options, suite.name,
		      json_pack("{s:s, s:I, s:s, s:s}", "suite", suite.name, "cells", count,
				"about", suite.about, "sha256", suite.sha256));
	suite_free(&suite);
	return err;
}

int list_suites(const struct list_options *options, json_t *rows, struct fault *fault)
{
	char folder[PATH_MAX], path[PATH_MAX];
	struct dirent **entries = NULL;
	struct cell_list cells;
	int err = path_of_config("suites", folder), count;

	count = err ? -1 : scandir(folder, &entries, NULL, alphasort);
	if (count < 0)
		return fault_set(fault, err ? err : -errno, "%s: %s", folder,
				 strerror(err ? -err : errno));
	err = probe_cells(0, 0, NULL, &cells, fault);
	for (int i = 0; i < count; i++) {
		size_t length = strlen(entries[i]->d_name);

		if (!err && length > 5 && strcmp(entries[i]->d_name + length - 5, ".yaml") == 0) {
			err = path_join(path, sizeof(path), folder, entries[i]->d_name);
			if (!err)
				err = suite_row(options, path, &cells, rows, fault);
		}
		free(entries[i]);
	}
	free(entries);
	cell_list_free(&cells);
	return err;
}
