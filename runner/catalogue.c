// SPDX-License-Identifier: GPL-2.0-only
/* catalogue: the kernel catalogue's YAML, mapped to structs and checked. */
#include "runner/catalogue.h"

#include <cyaml/cyaml.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/version.h"

enum { CATALOGUE_SIZE = 1 << 20, CATALOGUE_ITEMS = 64, NAME_SIZE = 100 };

static const cyaml_schema_value_t string_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, NAME_SIZE),
};
static const cyaml_schema_field_t series_fields[] = {
	CYAML_FIELD_STRING_PTR("version", CYAML_FLAG_POINTER, struct catalogue_series, version, 1,
			       NAME_SIZE),
	CYAML_FIELD_SEQUENCE_COUNT("suites", CYAML_FLAG_POINTER, struct catalogue_series, suites,
				   suite_count, &string_schema, 1, CATALOGUE_ITEMS),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t series_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct catalogue_series, series_fields),
};
static const cyaml_schema_field_t catalogue_fields[] = {
	CYAML_FIELD_SEQUENCE_COUNT("images", CYAML_FLAG_POINTER, struct catalogue, images,
				   image_count, &string_schema, 1, CATALOGUE_ITEMS),
	CYAML_FIELD_SEQUENCE_COUNT("parts", CYAML_FLAG_POINTER, struct catalogue, parts, part_count,
				   &string_schema, 0, CATALOGUE_ITEMS),
	CYAML_FIELD_SEQUENCE_COUNT("series", CYAML_FLAG_POINTER, struct catalogue, series,
				   series_count, &series_schema, 1, CATALOGUE_ITEMS),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t catalogue_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct catalogue, catalogue_fields),
};

/* libcyaml tells what is wrong line by line; a person wants it in one. */
static void log_collect(cyaml_log_t level, void *context, const char *fmt, va_list args)
{
	struct text *said = context;

	if (level < CYAML_LOG_ERROR || said->len > sizeof(((struct fault *)0)->text))
		return;
	if (said->len)
		text_add(said, "; ");
	text_addv(said, fmt, args);
	while (said->len && said->data[said->len - 1] == '\n')
		said->data[--said->len] = '\0';
}

static const cyaml_config_t *config_make(cyaml_config_t *config, struct text *said)
{
	*config = (cyaml_config_t){
		.log_fn = log_collect,
		.log_ctx = said,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_ERROR,
	};
	return config;
}

/* Suites become lines of apt's settings: only what a suite's name is made of. */
static int suites_check(const struct catalogue *catalogue, const char *path, struct fault *fault)
{
	for (unsigned int i = 0; i < catalogue->series_count; i++) {
		const struct catalogue_series *series = &catalogue->series[i];

		for (unsigned int j = 0; j < series->suite_count; j++) {
			const char *suite = series->suites[j];

			if (suite[0] == '-' || strlen(suite) >= SUITE_NAME ||
			    suite[strspn(suite, "abcdefghijklmnopqrstuvwxyz"
						"0123456789-")])
				return fault_set(fault, -EPROTO, "%s: \"%s\" is no suite's name",
						 path, suite);
		}
	}
	return 0;
}

int catalogue_load(const char *path, struct catalogue **catalogue, struct fault *fault)
{
	struct text yaml = { 0 }, said = { 0 };
	cyaml_config_t config;
	cyaml_err_t wrong;
	int err;

	*catalogue = NULL;
	err = file_read(path, CATALOGUE_SIZE, &yaml);
	if (err) {
		fault_set(fault, err, "%s: %s", path, strerror(-err));
		goto out;
	}
	wrong = cyaml_load_data((const uint8_t *)text_get(&yaml), yaml.len,
				config_make(&config, &said), &catalogue_schema,
				(cyaml_data_t **)catalogue, NULL);
	if (wrong != CYAML_OK) {
		err = fault_set(fault, -EPROTO, "%s: %s", path,
				said.len ? text_get(&said) : cyaml_strerror(wrong));
		*catalogue = NULL;
		goto out;
	}
	if (!*catalogue) { /* an empty document */
		err = fault_set(fault, -EPROTO, "%s: empty", path);
		goto out;
	}
	err = suites_check(*catalogue, path, fault);
	if (err) {
		catalogue_free(*catalogue);
		*catalogue = NULL;
	}
out:
	text_free(&yaml);
	text_free(&said);
	return err;
}

void catalogue_free(struct catalogue *catalogue)
{
	struct text said = { 0 };
	cyaml_config_t config;

	if (catalogue)
		cyaml_free(config_make(&config, &said), &catalogue_schema, catalogue, 0);
	text_free(&said);
}

const struct catalogue_series *catalogue_find(const struct catalogue *catalogue,
					      const char *version)
{
	for (unsigned int i = 0; i < catalogue->series_count; i++)
		if (!strcmp(catalogue->series[i].version, "*") ||
		    version_begins(version, catalogue->series[i].version))
			return &catalogue->series[i];
	return NULL;
}
