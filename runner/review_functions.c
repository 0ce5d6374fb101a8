// SPDX-License-Identifier: GPL-2.0-only
/* review_functions: adds up the profiles' differences of the rows that changed. */
#include "runner/review_functions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/profile.h"
#include "results/profile_diff.h"
#include "results/store.h"

struct finding {
	struct review_functions *to;
	size_t room;
};

static int change_add(struct finding *finding, const struct profile_change *change)
{
	struct review_functions *to = finding->to;
	struct review_function *item = NULL;

	for (size_t i = 0; i < to->count && !item; i++)
		if (!strcmp(to->items[i].name, change->function))
			item = &to->items[i];
	if (!item) {
		if (array_grow(&to->items, &finding->room, to->count, sizeof(*to->items)))
			return -ENOMEM;
		item = &to->items[to->count];
		*item = (struct review_function){ .name = strdup(change->function),
						  .least = change->change,
						  .most = change->change,
						  .part = change->part };
		if (!item->name)
			return -ENOMEM;
		to->count++;
	}
	item->rows++;
	if (change->change < item->least)
		item->least = change->change;
	if (change->change > item->most)
		item->most = change->change;
	return 0;
}

static int row_add(struct finding *finding, struct store *store, const struct judgement *judgement,
		   const struct judge_row *row, const struct function_groups *groups,
		   struct fault *fault)
{
	struct profile a = { 0 }, b = { 0 };
	struct profile_diff diff = { 0 };
	int err = profile_load(store, judgement->comparison.a.id, row->cell, &a, fault);

	if (!err)
		err = profile_load(store, judgement->comparison.b.id, row->cell, &b, fault);
	if (!err)
		judge_profiles_stand(row, &a, &b);
	if (!err)
		err = profile_diff_make(&a, &b, groups, &diff);
	for (size_t i = 0; i < diff.changed && !err; i++)
		err = change_add(finding, &diff.changes[i]);
	profile_diff_free(&diff);
	profile_free(&a);
	profile_free(&b);
	return err == -ENOENT || err == -ENODATA ? 0 : err;
}

static uint64_t largest(const struct review_function *item)
{
	uint64_t low = (uint64_t)llabs(item->least), high = (uint64_t)llabs(item->most);

	return low > high ? low : high;
}

/* Those of the path first: they are what a patch changed. */
static int function_order(const void *left, const void *right)
{
	const struct review_function *a = left, *b = right;

	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	if (a->rows != b->rows)
		return a->rows > b->rows ? -1 : 1;
	if (largest(a) != largest(b))
		return largest(a) > largest(b) ? -1 : 1;
	return strcmp(a->name, b->name);
}

int review_functions_find(const char *database, const struct judgement *judgement,
			  const struct function_groups *groups, struct review_functions *functions,
			  struct fault *fault)
{
	struct finding finding = { .to = functions };
	struct store *store = NULL;
	int err = store_open(database, STORE_READ, &store, fault);

	*functions = (struct review_functions){ 0 };
	for (size_t i = 0; i < judgement->row_count && !err; i++) {
		const struct judge_row *row = &judgement->rows[i];

		if (row->kind == JUDGE_COSTS || row->kind == JUDGE_SAVES ||
		    row->kind == JUDGE_CHANGED || row->kind == JUDGE_BELOW)
			err = row_add(&finding, store, judgement, row, groups, fault);
	}
	store_close(store);
	if (err) {
		review_functions_free(functions);
		return err == -ENOMEM ? fault_set(fault, err, "no memory") : err;
	}
	if (functions->count)
		qsort(functions->items, functions->count, sizeof(*functions->items),
		      function_order);
	while (functions->count > REVIEW_FUNCTIONS) {
		free(functions->items[--functions->count].name);
		functions->more++;
	}
	return 0;
}

void review_functions_free(struct review_functions *functions)
{
	for (size_t i = 0; i < functions->count; i++)
		free(functions->items[i].name);
	free(functions->items);
	*functions = (struct review_functions){ 0 };
}
