// SPDX-License-Identifier: GPL-2.0-only
/* suite: the schema of a suite's file, what of it is possible, and which cells it takes. */
#include "runner/suite.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runner/paths.h"
#include "runner/settings.h"

enum { TRIALS_MAX = 1000, SAMPLES_MAX = 100000, WARMUP_MAX = 1000 };
enum { GLOBS_MAX = 256, GLOB_LENGTH = 255, EVENTS_MAX = 24, EVENT_LENGTH = 63 };
enum { GROUPS_MAX = 128, WHY_LENGTH = 300, CLAIMS_MAX = 256 };

/* The file, as libcyaml lays it down. */
struct instruments {
	struct suite_effort *clock, *pmu, *insn;
};
struct group_file {
	char *why, **cells, **except;
	uint32_t cell_count, except_count;
};
struct suite_file {
	char *name, *about, *margin;
	struct group_file *groups;
	uint32_t group_count;
	char **cells, **except, **events;
	uint32_t cell_count, except_count, event_count;
	struct suite_claim *claims;
	uint32_t claim_count;
	struct instruments instruments;
};

static const cyaml_schema_value_t glob_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, GLOB_LENGTH),
};
static const cyaml_schema_value_t event_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, EVENT_LENGTH),
};
static const cyaml_schema_field_t group_fields[] = {
	CYAML_FIELD_STRING_PTR("why", CYAML_FLAG_POINTER, struct group_file, why, 1, WHY_LENGTH),
	CYAML_FIELD_SEQUENCE_COUNT("cells", CYAML_FLAG_POINTER, struct group_file, cells,
				   cell_count, &glob_schema, 1, GLOBS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("except", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				   struct group_file, except, except_count, &glob_schema, 0,
				   GLOBS_MAX),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t group_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct group_file, group_fields),
};
static const cyaml_schema_field_t effort_fields[] = {
	CYAML_FIELD_UINT("trials", CYAML_FLAG_DEFAULT, struct suite_effort, trials),
	CYAML_FIELD_UINT("samples", CYAML_FLAG_DEFAULT, struct suite_effort, samples),
	CYAML_FIELD_UINT("warmup", CYAML_FLAG_DEFAULT, struct suite_effort, warmup),
	CYAML_FIELD_END,
};
static const cyaml_schema_field_t instrument_fields[] = {
	CYAML_FIELD_MAPPING_PTR("clock", CYAML_FLAG_OPTIONAL, struct instruments, clock,
				effort_fields),
	CYAML_FIELD_MAPPING_PTR("pmu", CYAML_FLAG_OPTIONAL, struct instruments, pmu, effort_fields),
	CYAML_FIELD_MAPPING_PTR("insn", CYAML_FLAG_OPTIONAL, struct instruments, insn,
				effort_fields),
	CYAML_FIELD_END,
};
static const cyaml_schema_field_t suite_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct suite_file, name, 1,
			       sizeof(((struct suite *)0)->name) - 1),
	CYAML_FIELD_STRING_PTR("about", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct suite_file,
			       about, 0, sizeof(((struct suite *)0)->about) - 1),
	CYAML_FIELD_STRING_PTR("margin", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct suite_file, margin, 0,
			       sizeof(((struct suite *)0)->margin) - 1),
	CYAML_FIELD_SEQUENCE_COUNT("cells", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				   struct suite_file, cells, cell_count, &glob_schema, 1,
				   GLOBS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("groups", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				   struct suite_file, groups, group_count, &group_schema, 1,
				   GROUPS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("except", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				   struct suite_file, except, except_count, &glob_schema, 0,
				   GLOBS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("events", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				   struct suite_file, events, event_count, &event_schema, 1,
				   EVENTS_MAX),
	CYAML_FIELD_SEQUENCE_COUNT("claims", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				   struct suite_file, claims, claim_count, &suite_claim_schema, 1,
				   CLAIMS_MAX),
	CYAML_FIELD_MAPPING("instruments", CYAML_FLAG_DEFAULT, struct suite_file, instruments,
			    instrument_fields),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t suite_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct suite_file, suite_fields),
};

static bool name_is_good(const char *name)
{
	return *name && strlen(name) < sizeof(((struct suite *)0)->name) &&
	       !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static int effort_check(const struct settings *settings, const char *instrument,
			const struct suite_effort *effort, struct fault *fault)
{
	const struct {
		const char *name;
		uint32_t value, least, most;
	} rows[] = {
		{ "trials", effort->trials, 1, TRIALS_MAX },
		{ "samples", effort->samples, 1, SAMPLES_MAX },
		{ "warmup", effort->warmup, 0, WARMUP_MAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const keys[] = { "instruments", instrument, rows[i].name, NULL };

		if (rows[i].value < rows[i].least || rows[i].value > rows[i].most)
			return settings_refuse(settings, keys, fault, "%s is %u, not %u to %u",
					       rows[i].name, rows[i].value, rows[i].least,
					       rows[i].most);
	}
	return 0;
}

/* Names go into lines of the agent's plan: no blanks, nothing that doesn't print. where: before the words. */
static int words_check(const struct settings *settings, const char *key, const char *where,
		       char **words, size_t count, struct fault *fault)
{
	const char *const keys[] = { key, NULL };

	for (size_t i = 0; i < count; i++)
		for (const char *at = words[i]; *at; at++)
			if (*at <= ' ' || *at > '~')
				return settings_refuse(
					settings, keys, fault,
					"%sentry %zu has a blank or no printable ASCII: %s", where,
					i + 1, words[i]);
	return 0;
}

/* libcyaml keeps no place of what is in a sequence: the words say which group it is. */
static int groups_check(const struct settings *settings, const struct suite_file *file,
			struct fault *fault)
{
	char where[64];
	int err = 0;

	for (uint32_t i = 0; i < file->group_count && !err; i++) {
		const struct group_file *group = &file->groups[i];

		snprintf(where, sizeof(where), "group %u, cells: ", i + 1);
		err = words_check(settings, "groups", where, group->cells, group->cell_count,
				  fault);
		snprintf(where, sizeof(where), "group %u, except: ", i + 1);
		if (!err)
			err = words_check(settings, "groups", where, group->except,
					  group->except_count, fault);
	}
	return err;
}

/* "2%": digits and at most one point, above 0 and below 100. */
static bool margin_is_good(const char *margin)
{
	size_t length = strspn(margin, "0123456789.");
	double percent = strtod(margin, NULL);
	const char *point = strchr(margin, '.');

	return length && !strcmp(margin + length, "%") && percent > 0 && percent < 100 &&
	       !(point && strchr(point + 1, '.'));
}

static int file_check(const struct settings *settings, const struct suite_file *file,
		      struct fault *fault)
{
	static const char *const name_keys[] = { "name", NULL };
	static const char *const margin_keys[] = { "margin", NULL };
	static const char *const instrument_keys[] = { "instruments", NULL };
	const struct instruments *instruments = &file->instruments;
	int err = 0;

	if (!name_is_good(file->name))
		return settings_refuse(settings, name_keys, fault,
				       "the name is not made of a-z, 0-9 and '-': %s", file->name);
	if (file->margin && !margin_is_good(file->margin))
		return settings_refuse(settings, margin_keys, fault,
				       "the margin is no percentage like 2%%: %s", file->margin);
	if (!file->cell_count && !file->group_count && !file->claim_count)
		return settings_refuse(
			settings, name_keys, fault,
			"the suite has no cells: no cells, groups or claims are there");
	if (!instruments->clock && !instruments->pmu && !instruments->insn)
		return settings_refuse(settings, instrument_keys, fault, "no instrument is there");
	if (instruments->clock)
		err = effort_check(settings, "clock", instruments->clock, fault);
	if (!err && instruments->pmu)
		err = effort_check(settings, "pmu", instruments->pmu, fault);
	if (!err && instruments->insn)
		err = effort_check(settings, "insn", instruments->insn, fault);
	if (!err)
		err = words_check(settings, "cells", "", file->cells, file->cell_count, fault);
	if (!err)
		err = groups_check(settings, file, fault);
	if (!err)
		err = words_check(settings, "except", "", file->except, file->except_count, fault);
	if (!err)
		err = words_check(settings, "events", "", file->events, file->event_count, fault);
	if (!err)
		err = suite_claims_check(settings, file->claims, file->claim_count, fault);
	return err;
}

static int strings_copy(char **from, size_t count, char ***to, size_t *copied)
{
	if (!count)
		return 0;
	*to = calloc(count, sizeof(**to));
	if (!*to)
		return -ENOMEM;
	for (; *copied < count; ++*copied) {
		(*to)[*copied] = strdup(from[*copied]);
		if (!(*to)[*copied])
			return -ENOMEM;
	}
	return 0;
}

static int groups_copy(const struct suite_file *file, struct suite *suite)
{
	int err = 0;

	if (!file->group_count)
		return 0;
	suite->groups = calloc(file->group_count, sizeof(*suite->groups));
	if (!suite->groups)
		return -ENOMEM;
	while (suite->group_count < file->group_count && !err) {
		const struct group_file *from = &file->groups[suite->group_count];
		struct suite_group *to = &suite->groups[suite->group_count++];

		to->why = strdup(from->why);
		if (!to->why)
			return -ENOMEM;
		err = strings_copy(from->cells, from->cell_count, &to->cells, &to->cell_count);
		if (!err)
			err = strings_copy(from->except, from->except_count, &to->except,
					   &to->except_count);
	}
	return err;
}

static int suite_fill(const struct suite_file *file, struct suite *suite)
{
	int err;

	snprintf(suite->name, sizeof(suite->name), "%s", file->name);
	snprintf(suite->about, sizeof(suite->about), "%s", file->about ? file->about : "");
	snprintf(suite->margin, sizeof(suite->margin), "%s", file->margin ? file->margin : "");
	if (file->instruments.clock)
		suite->clock = *file->instruments.clock;
	if (file->instruments.pmu)
		suite->pmu = *file->instruments.pmu;
	if (file->instruments.insn)
		suite->insn = *file->instruments.insn;
	err = strings_copy(file->cells, file->cell_count, &suite->cells, &suite->cell_count);
	if (!err)
		err = groups_copy(file, suite);
	if (!err)
		err = strings_copy(file->except, file->except_count, &suite->except,
				   &suite->except_count);
	if (!err)
		err = strings_copy(file->events, file->event_count, &suite->events,
				   &suite->event_count);
	if (!err)
		err = suite_claims_copy(file->claims, file->claim_count, &suite->claims,
					&suite->claim_count);
	return err;
}

static int suite_path(const char *name, char path[PATH_MAX], struct fault *fault)
{
	char config[PATH_MAX];
	size_t len = strlen(name);
	int err;

	if (len >= PATH_MAX)
		return fault_set(fault, -ENAMETOOLONG, "the suite's name is too long");
	if (strchr(name, '/') || (len > 5 && !strcmp(name + len - 5, ".yaml"))) {
		memcpy(path, name, len + 1);
		return 0;
	}
	if (!name_is_good(name))
		return fault_set(fault, -EINVAL,
				 "no suite's name is like this, nor is it a path: %.80s", name);
	snprintf(config, sizeof(config), "suites/%.80s.yaml", name);
	err = path_of_config(config, path);
	return err ? fault_set(fault, err, "%s: %s", config, strerror(-err)) : 0;
}

int suite_load(const char *name, struct suite *suite, struct fault *fault)
{
	struct suite_file *file = NULL;
	struct settings settings = { 0 };
	char path[PATH_MAX];
	int err;

	*suite = (struct suite){ 0 };
	err = suite_path(name, path, fault);
	if (err)
		return err;
	err = settings_open(&settings, path, fault);
	if (!err)
		err = bytes_sha256(text_get(&settings.text), settings.text.len, suite->sha256);
	if (!err)
		err = settings_load(&settings, &suite_schema, (void **)&file, fault);
	if (err)
		goto out;
	err = file_check(&settings, file, fault);
	if (err)
		goto out;
	err = suite_fill(file, suite);
	if (err)
		fault_set(fault, err, "%s: %s", path, strerror(-err));
out:
	if (err)
		suite_free(suite);
	if (file)
		settings_free(&suite_schema, file);
	settings_close(&settings);
	return err;
}

static void strings_free(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
	free(strings);
}

void suite_free(struct suite *suite)
{
	strings_free(suite->cells, suite->cell_count);
	strings_free(suite->except, suite->except_count);
	strings_free(suite->events, suite->event_count);
	for (size_t i = 0; i < suite->group_count; i++) {
		free(suite->groups[i].why);
		strings_free(suite->groups[i].cells, suite->groups[i].cell_count);
		strings_free(suite->groups[i].except, suite->groups[i].except_count);
	}
	free(suite->groups);
	suite_claims_free(suite->claims, suite->claim_count);
	*suite = (struct suite){ 0 };
}

static bool globs_match(char **globs, size_t count, const char *cell)
{
	for (size_t i = 0; i < count; i++)
		if (glob_match(globs[i], cell))
			return true;
	return false;
}

const char *suite_why(const struct suite *suite, const char *cell)
{
	if (globs_match(suite->except, suite->except_count, cell))
		return NULL;
	for (size_t i = 0; i < suite->group_count; i++) {
		const struct suite_group *group = &suite->groups[i];

		if (globs_match(group->cells, group->cell_count, cell) &&
		    !globs_match(group->except, group->except_count, cell))
			return group->why;
	}
	for (size_t i = 0; i < suite->claim_count; i++) {
		const struct suite_claim *claim = &suite->claims[i];

		if (!strcmp(claim->cell, cell) || (claim->against && !strcmp(claim->against, cell)))
			return claim->says;
	}
	return globs_match(suite->cells, suite->cell_count, cell) ? "" : NULL;
}

bool suite_takes(const struct suite *suite, const char *cell)
{
	return suite_why(suite, cell) != NULL;
}

/* The glob at a place among those of `cells`, then of each group, then the claims' cells. */
static const char *glob_at(const struct suite *suite, size_t at)
{
	if (at < suite->cell_count)
		return suite->cells[at];
	at -= suite->cell_count;
	for (size_t i = 0; i < suite->group_count; i++) {
		if (at < suite->groups[i].cell_count)
			return suite->groups[i].cells[at];
		at -= suite->groups[i].cell_count;
	}
	if (at < 2 * suite->claim_count) {
		const struct suite_claim *claim = &suite->claims[at / 2];

		return at % 2 && claim->against ? claim->against : claim->cell;
	}
	return NULL;
}

const char *suite_idle_glob(const struct suite *suite, char *const *keys, size_t count, size_t *at)
{
	const char *glob;

	while ((glob = glob_at(suite, (*at)++))) {
		size_t i = 0;

		while (i < count && !glob_match(glob, keys[i]))
			i++;
		if (i == count)
			return glob;
	}
	return NULL;
}

const struct suite_effort *suite_effort(const struct suite *suite, const char *instrument)
{
	if (!strcmp(instrument, "clock"))
		return &suite->clock;
	if (!strcmp(instrument, "pmu"))
		return &suite->pmu;
	return strcmp(instrument, "insn") ? NULL : &suite->insn;
}
