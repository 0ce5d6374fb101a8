/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * settings: a user's YAML, read with libcyaml by a schema, and every complaint about it as
 * "FILE:LINE:COLUMN: what is wrong", also where the complaint is ours and libcyaml was content.
 */
#ifndef RUNNER_SETTINGS_H
#define RUNNER_SETTINGS_H

#include <cyaml/cyaml.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

enum { SETTINGS_LIMIT = 1 << 20 }; /* bytes of a file */

struct settings {
	const char *path; /* borrowed: for the complaints */
	struct text text;
};

/* 0, or a negative errno with the fault set; settings_close in any case. */
int settings_open(struct settings *settings, const char *path, struct fault *fault);
void settings_close(struct settings *settings);
/*
 * One document by a schema (a mapping with CYAML_FLAG_POINTER); an unknown key, a key that comes
 * twice, an alias or an empty document is an error: -EPROTO. *data is for settings_free.
 */
int settings_load(const struct settings *settings, const cyaml_schema_value_t *schema, void **data,
		  struct fault *fault);
void settings_free(const cyaml_schema_value_t *schema, void *data);

/* Complains about the value at keys ("instruments", "clock", "trials", NULL; at most 4): -EPROTO. */
int settings_refuse(const struct settings *settings, const char *const keys[], struct fault *fault,
		    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
