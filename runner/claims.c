// SPDX-License-Identifier: GPL-2.0-only
/* claims: looks a claim's cell and metric up in a run, and compares. */
#include "runner/claims.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "results/words.h"

enum { EXACT_BELOW = 1 << 24 }; /* larger ones are shown with separators */

static char *measured_words(double number, char out[NUMBER_WORDS])
{
	/* The range first: beyond it the number may fit no integer. */
	if (number >= 0 && number < EXACT_BELOW && number == (double)(long long)number)
		snprintf(out, NUMBER_WORDS, "%lld", (long long)number);
	else
		number_words(number, out);
	return out;
}

static const struct cell_summary *row_of(const struct summary_list *rows, const char *cell)
{
	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(rows->items[i].cell, cell) == 0)
			return &rows->items[i];
	return NULL;
}

static void verdict_state(struct claim_verdict *verdict, const char *state, const char *reason)
{
	struct text plain = { 0 };

	text_add_plain(&plain, reason);
	snprintf(verdict->measured, sizeof(verdict->measured), "%s", state);
	snprintf(verdict->reason, sizeof(verdict->reason), "%s", text_get(&plain));
	text_free(&plain);
}

static void verdict_numbers(struct claim_verdict *verdict, const struct claim_value *value,
			    const struct cell_summary *row)
{
	char least[NUMBER_WORDS], most[NUMBER_WORDS];

	measured_words(row->min, least);
	measured_words(row->max, most);
	if (row->min == row->max)
		snprintf(verdict->measured, sizeof(verdict->measured), "%s", least);
	else
		snprintf(verdict->measured, sizeof(verdict->measured), "%.30s..%.30s", least, most);
	verdict->held = !value->state[0] && row->min >= value->least && row->max <= value->most;
}

static void verdict_ratio(struct claim_verdict *verdict, const struct claim_value *value,
			  const struct cell_summary *row, const struct cell_summary *against)
{
	double ratio = row->median > 0 ? against->median / row->median : 0;

	snprintf(verdict->measured, sizeof(verdict->measured), "x%.2f", ratio);
	verdict->held = !value->state[0] && ratio >= value->least && ratio <= value->most;
}

static void claim_compare(const struct suite_claim *claim, const struct summary_list *rows,
			  struct claim_verdict *verdict)
{
	const struct cell_summary *row = row_of(rows, claim->cell);
	const struct cell_summary *against = claim->against ? row_of(rows, claim->against) : NULL;
	struct claim_value value;

	if (claim_value_parse(verdict->expected, &value)) {
		verdict_state(verdict, "-", "what is expected can't be read");
		return;
	}
	if (!row || (claim->against && !against)) {
		verdict_state(verdict, "-", "the run has no such cell");
		return;
	}
	if (strcmp(row->status, "ok") != 0) {
		verdict_state(verdict, row->status, row->reason);
		verdict->held = strcmp(value.state, row->status) == 0;
		return;
	}
	if (strcmp(value.state, "ok") == 0) {
		verdict_state(verdict, "ok", "");
		verdict->held = !row->rejected;
		return;
	}
	if (!claim->against)
		verdict_numbers(verdict, &value, row);
	else if (strcmp(against->status, "ok") != 0)
		verdict_state(verdict, against->status, against->reason);
	else
		verdict_ratio(verdict, &value, row, against);
	/* A sample that took another path shows that the claim does not always hold. */
	if (row->rejected) {
		verdict->held = false;
		snprintf(verdict->reason, sizeof(verdict->reason), "%u samples invalid: %.200s",
			 row->rejected, row->reason);
	}
}

int claim_judge(struct store *store, const struct suite_claim *claim, const struct run_info *run,
		struct claim_verdict *verdict, struct fault *fault)
{
	struct summary_list rows = { 0 };
	struct fault missing = { 0 };
	int err;

	*verdict = (struct claim_verdict){ .expected = claim_expected(claim, run->kernel_release) };
	err = query_summaries(store, run->id, claim->metric, &rows, &missing);
	if (err == -ENOENT) {
		verdict_state(verdict, "-", "no cell of the run has this metric");
		return 0;
	}
	if (err)
		return fault_set(fault, err, "%s", missing.text);
	claim_compare(claim, &rows, verdict);
	summary_list_free(&rows);
	return 0;
}
