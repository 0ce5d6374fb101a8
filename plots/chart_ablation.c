// SPDX-License-Identifier: GPL-2.0-only
/* chart_ablation: what each optimisation of mremap is worth by itself, in the cells in which it shows. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/chart.h"
#include "results/ablation.h"

enum { PLACES = 24 };

/* "32M pmd" of a move; of others, the values of all parameters but those that most cells share. */
static void place_words(const char *cell, char *out, size_t room)
{
	static const char *const usual[] = { "fill=100",    "folio=4K",	       "type=anon",
					     "kind=anon",   "layout=adjacent", "piece=16K",
					     "how=one_call" };
	struct text words = { 0 };
	size_t bench = strcspn(cell, "/");

	if (strncmp(cell, "move/", 5) != 0)
		text_add_bytes(&words, cell, bench);
	for (const char *at = cell + bench; *at;) {
		size_t length = strcspn(++at, "/"), value = strcspn(at, "=");
		bool shared = false;

		for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
			shared |= strlen(usual[i]) == length && !strncmp(at, usual[i], length);
		if (!shared && value < length) {
			text_add(&words, words.len ? " " : "");
			text_add_bytes(&words, at + value + 1, length - value - 1);
		}
		at += length;
	}
	snprintf(out, room, "%s", text_get(&words));
	text_free(&words);
}

/* The cells that say it plainest come first: moves of small pages, all there. */
static bool row_is_plain(const struct history *history, const struct ablation_row *row)
{
	const char *cell = history->cells[row->step.cell].key;

	return (cell_is(cell, "fill", "100") && cell_is(cell, "folio", "4K")) ||
	       strncmp(cell, "multi_vma/", 10) == 0;
}

static void value_add(struct figure *figure, size_t series, double x, const char *place,
		      const char *cell, const struct run_info *run, double value, const char *unit,
		      int refused)
{
	static char status_ok[] = "ok", status_gone[] = "refused", none[] = "", metric[] = "insn";
	char reason[64] = "", units[16];
	struct cell_summary summary = { .metric = metric,
					.unit = units,
					.status = isnan(value) ? status_gone : status_ok,
					.reason = reason,
					.expected = none,
					.trials = 1,
					.samples = 1,
					.median = value,
					.low = value,
					.high = value,
					.min = value,
					.max = value };

	snprintf(units, sizeof(units), "%s", unit);
	if (refused)
		snprintf(reason, sizeof(reason), "refused without it, errno %d", refused);
	figure_value_add(figure, series, x, place, cell, run, &summary);
}

struct panels {
	size_t factor, with, without; /* series */
};

static void row_add(const struct history *history, const struct ablation *ablation,
		    const struct ablation_row *row, const struct panels *panels,
		    struct figure *figure)
{
	const struct history_cell *cell = &history->cells[row->step.cell];
	const struct run_info *with = history->builds[ablation->with].run;
	const struct run_info *without = history->builds[ablation->without].run;
	char place[64];
	double x;

	place_words(cell->key, place, sizeof(place));
	x = figure_place_add(figure, place, ablation->optimisation);
	value_add(figure, panels->factor, x, place, cell->key, without, row->ratio, "times",
		  row->refused);
	value_add(figure, panels->with, x, place, cell->key, with, row->count, "instructions", 0);
	value_add(figure, panels->without, x, place, row->instead[0] ? row->instead : cell->key,
		  without, row->instead_count, "instructions", row->refused);
}

/* Of one optimisation as many as have room: the plain ones first, then what is worth most. */
static size_t rows_add(const struct history *history, const struct ablation *ablation,
		       const struct ablation_rows *rows, size_t room, const struct panels *panels,
		       struct figure *figure)
{
	size_t added = 0;

	for (int plain = 1; plain >= 0; plain--)
		for (size_t i = 0; i < rows->count && added < room; i++) {
			if (row_is_plain(history, &rows->items[i]) != (plain == 1))
				continue;
			row_add(history, ablation, &rows->items[i], panels, figure);
			added++;
		}
	return rows->count - added;
}

static void panels_make(struct figure *figure, struct panels *panels)
{
	size_t factor = figure_panel_add(figure, "how many times as much without it");
	size_t counts = figure_panel_add(figure, "instructions of one call");

	figure->panels[factor].factor = true;
	figure->panels[factor].numbers = true;
	panels->with = figure_panel_series(figure, counts, "with it", HUE_FIRST);
	panels->without = figure_panel_series(figure, counts, "without it", HUE_FOURTH);
	panels->factor = figure_panel_series(figure, factor, "without it", HUE_FOURTH);
}

static int ablations_add(struct source *source, struct history *history,
			 const struct ablation_list *list, size_t first, size_t next,
			 struct figure *figure, struct fault *fault)
{
	struct panels panels;
	size_t more = 0;
	int err = 0;

	panels_make(figure, &panels);
	for (size_t i = first; !err && i < next; i++) {
		struct ablation_rows rows;

		err = ablation_rows(source_store(source), history, &list->items[i], &rows, fault);
		if (err)
			break;
		more += rows_add(history, &list->items[i], &rows, PLACES / (next - first), &panels,
				 figure);
		ablation_rows_free(&rows);
	}
	figure_words(figure, &figure->note, "%s",
		     "Exact counts, of kernels that are built alike but for this. A call that is "
		     "refused without it stands beside as many calls as do the same.");
	if (more)
		figure_words(figure, &figure->note, "%s %zu more cells: remapbench ablation.",
			     figure->note, more);
	return err;
}

static int fill_many(struct source *source, const struct chart_choice *choice, size_t which,
		     struct figure *figure, struct fault *fault);

const struct chart chart_ablation = {
	.name = "ablation",
	.title = "What each optimisation is worth by itself",
	.asks = "What would a move cost without PMD moves, PUD moves, realignment, or without moves of "
		"many VMAs in one call?",
	.needs = "insn on a kernel and on others that lack one optimisation",
	.make = "remapbench kernel build --source linux-source-7.3 --name 7.3-no-move-pmd --ablation "
		"no-move-pmd    # and without --ablation; then: remapbench run -s core -i insn -k '7.3-*'",
	.kind = FIGURE_PANELS,
	.instrument = "insn",
	.fill_many = fill_many,
};

/* The which-th kernel from the newest on that has ablations: its part of the list. */
static bool kernel_of(const struct ablation_list *list, size_t which, size_t *first, size_t *next)
{
	for (*next = list->count; *next > 0; *next = *first) {
		*first = *next - 1;
		while (*first > 0 && list->items[*first - 1].with == list->items[*next - 1].with)
			--*first;
		if (!which--)
			return true;
	}
	return false;
}

static int fill_many(struct source *source, const struct chart_choice *choice, size_t which,
		     struct figure *figure, struct fault *fault)
{
	struct ablation_list list;
	struct history *history;
	size_t first, next;
	int err = source_history(source, choice->kernels, true, &history, fault);

	if (err)
		return err;
	err = ablations_find(history, &list);
	if (err)
		return fault_set(fault, err, "out of memory");
	if (kernel_of(&list, which, &first, &next)) {
		const struct run_info *with = history->builds[list.items[first].with].run;
		char ending[48];

		snprintf(ending, sizeof(ending), "insn-run%lld", (long long)with->id);
		chart_name_many(&chart_ablation, ending, choice, figure);
		figure_words(figure, &figure->subtitle, "kernel %s (%s) · insn: %s",
			     with->kernel_name, with->kernel_release, instrument_note("insn"));
		err = ablations_add(source, history, &list, first, next, figure, fault);
	} else {
		err = -ENODATA;
	}
	ablation_list_free(&list);
	return err;
}
