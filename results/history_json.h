/* SPDX-License-Identifier: GPL-2.0-only */
/* history_json: a history as JSON: its builds, its cells' counts, and its steps with what changed. */
#ifndef RESULTS_HISTORY_JSON_H
#define RESULTS_HISTORY_JSON_H

#include <jansson.h>

#include "results/history.h"

/* *json: a new reference. */
int history_json(struct store *store, struct history *history, const struct step_rule *rule,
		 json_t **json, struct fault *fault);

#endif
