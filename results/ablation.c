// SPDX-License-Identifier: GPL-2.0-only
/* ablation: pairs kernels that differ in one optimisation, and finds the cells in which that shows. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "results/ablation.h"

/* The traits that say what a kernel is without, in the order in which Linux got it. */
static const struct {
	const char *trait, *optimisation;
} optimisations[] = {
	{ "no-move-pmd", "PMD moves" },
	{ "no-move-pud", "PUD moves" },
	{ "no-realign", "realignment" },
	{ "no-multi-vma", "multi-VMA moves" },
};
enum { OPTIMISATIONS = sizeof(optimisations) / sizeof(optimisations[0]) };

/* Which optimisation it is without; OPTIMISATIONS: none. */
static size_t lacks(const struct run_info *run)
{
	size_t i = 0;

	while (i < OPTIMISATIONS && !kernel_has_trait(run, optimisations[i].trait))
		i++;
	return i;
}

/* "7.3.4" of "7.3.4-small": what of the release is the source's. */
static size_t version_length(const char *release)
{
	return strspn(release, "0123456789.");
}

/* "built from SOURCE, CONFIG, N patches": up to the number. */
static size_t recipe_length(const char *origin)
{
	const char *comma = strrchr(origin, ',');

	return comma ? (size_t)(comma - origin) : strlen(origin);
}

static bool same_beginning(const char *a, size_t length, const char *b, size_t other)
{
	return length == other && strncmp(a, b, length) == 0;
}

/* Built from the same source, by the same recipe but for patches; not a distribution's own build. */
static bool built_alike(const struct run_info *a, const struct run_info *b)
{
	const char *built = "built from ";

	if (!strncmp(b->kernel_origin, "debian ", 7) ||
	    !same_beginning(a->kernel_release, version_length(a->kernel_release), b->kernel_release,
			    version_length(b->kernel_release)))
		return false;
	if (strncmp(a->kernel_origin, built, strlen(built)) != 0 ||
	    strncmp(b->kernel_origin, built, strlen(built)) != 0)
		return true; /* taken from files, which don't say */
	return same_beginning(a->kernel_origin, recipe_length(a->kernel_origin), b->kernel_origin,
			      recipe_length(b->kernel_origin));
}

static bool same_other_traits(const struct run_info *without, const struct run_info *with)
{
	return lacks(with) == OPTIMISATIONS &&
	       kernel_has_trait(without, "relocation") == kernel_has_trait(with, "relocation");
}

static int ablation_order(const void *a, const void *b)
{
	const struct ablation *x = a, *y = b;

	if (x->with != y->with)
		return x->with < y->with ? -1 : 1;
	if (x->trait != y->trait) { /* of one array */
		for (size_t i = 0; i < OPTIMISATIONS; i++)
			if (optimisations[i].trait == x->trait ||
			    optimisations[i].trait == y->trait)
				return optimisations[i].trait == x->trait ? -1 : 1;
	}
	return (x->without > y->without) - (x->without < y->without);
}

int ablations_find(const struct history *history, struct ablation_list *list)
{
	*list = (struct ablation_list){ 0 };
	list->items = calloc(history->build_count + 1, sizeof(*list->items));
	if (!list->items)
		return -ENOMEM;
	for (size_t i = 0; i < history->build_count; i++) {
		const struct run_info *without = history->builds[i].run, *best = NULL;
		size_t lacking = lacks(without), found = 0;

		for (size_t j = 0; j < history->build_count && lacking < OPTIMISATIONS; j++) {
			const struct run_info *with = history->builds[j].run;

			if (!built_alike(without, with) || !same_other_traits(without, with) ||
			    (best && best->id > with->id))
				continue;
			best = with;
			found = j;
		}
		if (best)
			list->items[list->count++] =
				(struct ablation){ found, i, optimisations[lacking].trait,
						   optimisations[lacking].optimisation };
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), ablation_order);
	return 0;
}

void ablation_list_free(struct ablation_list *list)
{
	free(list->items);
	*list = (struct ablation_list){ 0 };
}

static int errno_after(const struct change_list *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		if (!strcmp(changes->items[i].metric, "outcome:errno") && changes->items[i].to > 0)
			return (int)changes->items[i].to;
	return 0;
}

/* The same work in many calls: "…/how=many_calls/…" for "…/how=one_call/…". */
static const struct history_cell *cell_instead(const struct history *history, const char *cell)
{
	static const char one[] = "/how=one_call/";
	const char *at = strstr(cell, one);
	struct text key = { 0 };
	const struct history_cell *found = NULL;

	if (!at)
		return NULL;
	text_add_bytes(&key, cell, (size_t)(at - cell));
	text_add(&key, "/how=many_calls/");
	text_add(&key, at + strlen(one));
	for (size_t i = 0; i < history->cell_count; i++)
		if (!strcmp(history->cells[i].key, text_get(&key)))
			found = &history->cells[i];
	text_free(&key);
	return found;
}

static int row_fill(struct store *store, struct history *history, struct ablation_row *row,
		    struct fault *fault)
{
	const struct history_cell *cell = &history->cells[row->step.cell], *instead = cell;
	const struct step_point *without;
	int err = history_changes(store, history, &row->step, &row->changes, fault);

	if (err)
		return err;
	row->refused = errno_after(&row->changes);
	if (row->refused)
		instead = cell_instead(history, cell->key);
	without = instead ? &instead->points[row->step.to].at : NULL;
	row->count = (double)cell->points[row->step.from].at.count.value;
	row->instead_count =
		without && without->state == STEP_COUNTED ? (double)without->count.value : NAN;
	row->instead = instead ? instead->key : "";
	row->ratio = row->count > 0 ? row->instead_count / row->count : NAN;
	return 0;
}

static int row_order(const void *a, const void *b)
{
	const struct ablation_row *x = a, *y = b;
	double p = isnan(x->ratio) ? 0 : fabs(log(x->ratio)),
	       q = isnan(y->ratio) ? 0 : fabs(log(y->ratio));

	if (p != q)
		return p > q ? -1 : 1;
	return (x->step.cell > y->step.cell) - (x->step.cell < y->step.cell);
}

int ablation_rows(struct store *store, struct history *history, const struct ablation *ablation,
		  struct ablation_rows *rows, struct fault *fault)
{
	int err = 0;

	*rows = (struct ablation_rows){ 0 };
	rows->items = calloc(history->cell_count + 1, sizeof(*rows->items));
	if (!rows->items)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t c = 0; !err && c < history->cell_count; c++) {
		const struct history_point *points = history->cells[c].points;
		struct ablation_row *row = &rows->items[rows->count];

		if (points[ablation->with].at.state != STEP_COUNTED ||
		    points[ablation->without].at.state != STEP_COUNTED ||
		    !step_is(&points[ablation->with].at, &points[ablation->without].at,
			     &step_rule_default))
			continue;
		row->step = (struct history_step){ c, 0, ablation->with, ablation->without };
		rows->count++;
		err = row_fill(store, history, row, fault);
	}
	if (err)
		ablation_rows_free(rows);
	else if (rows->count)
		qsort(rows->items, rows->count, sizeof(*rows->items), row_order);
	return err;
}

void ablation_rows_free(struct ablation_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		change_list_free(&rows->items[i].changes);
	free(rows->items);
	*rows = (struct ablation_rows){ 0 };
}
