// SPDX-License-Identifier: GPL-2.0-only
/* settings: libcyaml's log turned into one line with a position that is the fault's own. */
#include "runner/settings.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"

/* The first thing that libcyaml says is wrong, and the innermost place of its backtrace. */
struct complaint {
	char text[256];
	size_t line, column; /* from 1; 0 while unknown */
};

/* A log function, called with a line at a time: the complaint, "Backtrace:", then places. */
static void complaint_log(cyaml_log_t level, void *context, const char *fmt, va_list args)
{
	struct complaint *complaint = context;
	char text[sizeof(complaint->text)];
	const char *at;

	if (level < CYAML_LOG_ERROR || vsnprintf(text, sizeof(text), fmt, args) < 0)
		return;
	text[strcspn(text, "\n")] = '\0';
	if (!complaint->text[0]) {
		at = !strncmp(text, "Load: ", 6) ? text + 6 : text;
		memcpy(complaint->text, at, strlen(at) + 1);
		return;
	}
	at = strrchr(text, '('); /* the last: a key before it may hold anything */
	if (at && !complaint->line &&
	    sscanf(at, "(line: %zu, column: %zu)", &complaint->line, &complaint->column) != 2)
		complaint->line = 0;
}

static cyaml_config_t config_make(struct complaint *complaint, cyaml_cfg_flags_t flags)
{
	return (cyaml_config_t){
		.log_fn = complaint_log,
		.log_ctx = complaint,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_ERROR,
		.flags = flags | CYAML_CFG_NO_ALIAS,
	};
}

/* Is a key here: the word, perhaps quoted, and a colon. */
static bool key_is_at(const char *text, const char *at, const char *key, size_t len)
{
	if (strncmp(at, key, len) || (at > text && !strchr(" \n\t,{\"'?", at[-1])))
		return false;
	at += len;
	at += *at == '"' || *at == '\'';
	return at[strspn(at, " \t")] == ':';
}

/*
 * A wrong key is noticed with the position of what was read before it: goes on to the key itself.
 * Where it is not found (it may be written with escapes), the position stays.
 */
static void complaint_move(struct complaint *complaint, const struct settings *settings)
{
	static const char *const about_keys[] = { "Unexpected key: ",
						  "Mapping field already seen: " };
	const char *text = text_get(&settings->text), *at = text, *key = NULL, *newline;
	size_t line = 1, start;

	for (size_t i = 0; i < sizeof(about_keys) / sizeof(*about_keys); i++)
		if (!strncmp(complaint->text, about_keys[i], strlen(about_keys[i])))
			key = complaint->text + strlen(about_keys[i]);
	if (!key || !*key || !complaint->line)
		return;
	for (; line < complaint->line && (newline = strchr(at, '\n')); line++)
		at = newline + 1;
	for (start = 1; start < complaint->column && *at && *at != '\n'; start++)
		at++;
	for (; *at; at++) {
		if (key_is_at(text, at, key, strlen(key))) {
			complaint->line = line;
			complaint->column = start;
			return;
		}
		start = *at == '\n' ? 1 : start + 1;
		line += *at == '\n';
	}
}

static int complaint_tell(const struct complaint *complaint, const struct settings *settings,
			  struct fault *fault)
{
	if (!complaint->line)
		return fault_set(fault, -EPROTO, "%s: %s", settings->path, complaint->text);
	return fault_set(fault, -EPROTO, "%s:%zu:%zu: %s", settings->path, complaint->line,
			 complaint->column, complaint->text);
}

int settings_open(struct settings *settings, const char *path, struct fault *fault)
{
	int err;

	*settings = (struct settings){ .path = path };
	err = file_read(path, SETTINGS_LIMIT, &settings->text);
	if (err == -EFBIG)
		return fault_set(fault, err, "%s: larger than %d KiB", path, SETTINGS_LIMIT >> 10);
	return err ? fault_set(fault, err, "%s: %s", path, strerror(-err)) : 0;
}

void settings_close(struct settings *settings)
{
	text_free(&settings->text);
}

int settings_load(const struct settings *settings, const cyaml_schema_value_t *schema, void **data,
		  struct fault *fault)
{
	struct complaint complaint = { 0 };
	cyaml_config_t config = config_make(&complaint, CYAML_CFG_DEFAULT);
	cyaml_err_t wrong;

	*data = NULL;
	if (memchr(text_get(&settings->text), '\0', settings->text.len))
		return fault_set(fault, -EPROTO, "%s: it has NUL bytes", settings->path);
	wrong = cyaml_load_data((const uint8_t *)text_get(&settings->text), settings->text.len,
				&config, schema, data, NULL);
	if (wrong == CYAML_OK && *data)
		return 0;
	*data = NULL;
	if (wrong == CYAML_ERR_OOM)
		return fault_set(fault, -ENOMEM, "%s: no memory", settings->path);
	if (!complaint.text[0])
		snprintf(complaint.text, sizeof(complaint.text), "%s",
			 wrong == CYAML_OK ? "it is empty" : cyaml_strerror(wrong));
	complaint_move(&complaint, settings);
	return complaint_tell(&complaint, settings, fault);
}

void settings_free(const cyaml_schema_value_t *schema, void *data)
{
	cyaml_config_t config = config_make(NULL, CYAML_CFG_DEFAULT);

	config.log_fn = NULL;
	cyaml_free(&config, schema, data, 0);
}

/*
 * libcyaml keeps no positions of what it took. So it reads the text again by a schema that knows
 * only the keys on the way, and at their end wants a string longer than any file: its complaint
 * has the position.
 */
static void complaint_locate(struct complaint *complaint, const struct settings *settings,
			     const char *const keys[])
{
	enum { DEPTH = 4 };
	struct holder {
		void *value;
	} *data = NULL;
	cyaml_schema_field_t fields[DEPTH][2] = { 0 };
	cyaml_schema_value_t schema;
	struct complaint found = { 0 };
	cyaml_config_t config = config_make(&found, CYAML_CFG_IGNORE_UNKNOWN_KEYS);
	size_t depth = 0;

	while (depth < DEPTH && keys[depth])
		depth++;
	for (size_t i = 0; i < depth; i++) {
		cyaml_schema_value_t way = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct holder,
								 fields[i + 1]) };
		cyaml_schema_value_t end = { CYAML_VALUE_STRING(
			CYAML_FLAG_POINTER, char, 2 * SETTINGS_LIMIT, 2 * SETTINGS_LIMIT) };

		fields[i][0] = (cyaml_schema_field_t){ .key = keys[i],
						       .value = i + 1 < depth ? way : end };
	}
	schema = (cyaml_schema_value_t){ CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct holder,
							     fields[0]) };
	if (cyaml_load_data((const uint8_t *)text_get(&settings->text), settings->text.len, &config,
			    &schema, (cyaml_data_t **)&data, NULL) == CYAML_OK)
		cyaml_free(&config, &schema, data, 0);
	complaint->line = found.line;
	complaint->column = found.column;
}

int settings_refuse(const struct settings *settings, const char *const keys[], struct fault *fault,
		    const char *fmt, ...)
{
	struct complaint complaint = { 0 };
	va_list args;

	va_start(args, fmt);
	vsnprintf(complaint.text, sizeof(complaint.text), fmt, args);
	va_end(args);
	complaint_locate(&complaint, settings, keys);
	return complaint_tell(&complaint, settings, fault);
}
