// SPDX-License-Identifier: GPL-2.0-only
/* query_splats: what a run's kernels reported of themselves, over all of its trials. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "results/database.h"
#include "results/kernel_order.h"
#include "results/query.h"

static int splat_read(sqlite3_stmt *stmt, struct splat_info *splat)
{
	*splat = (struct splat_info){
		.count = sqlite3_column_int64(stmt, 2),
		.trials = sqlite3_column_int64(stmt, 3),
		.first = sqlite3_column_int64(stmt, 4),
	};
	return db_copy(stmt, 0, &splat->kind) || db_copy(stmt, 1, &splat->headline) ? -ENOMEM : 0;
}

int query_splats(struct store *store, int64_t run_id, struct splat_list *splats,
		 struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	size_t room = 0;
	int err;

	*splats = (struct splat_list){ 0 };
	err = db_prepare(store->db,
			 "SELECT kind, headline, sum(splat.count), count(*), min(sequence)"
			 " FROM splat JOIN trial ON trial.id = splat.trial WHERE trial.run = ?1"
			 " GROUP BY kind, headline"
			 " ORDER BY min(sequence * 100 + splat.position), kind, headline",
			 &stmt, fault);
	if (err)
		return err;
	sqlite3_bind_int64(stmt, 1, run_id);
	while ((err = db_step(stmt, fault)) == 1) {
		err = array_grow(&splats->items, &room, splats->count, sizeof(*splats->items));
		if (!err)
			err = splat_read(stmt, &splats->items[splats->count++]);
		if (err) {
			fault_set(fault, err, "out of memory");
			break;
		}
	}
	sqlite3_finalize(stmt);
	if (err)
		splat_list_free(splats);
	return err;
}

void splat_list_free(struct splat_list *splats)
{
	for (size_t i = 0; i < splats->count; i++) {
		free(splats->items[i].kind);
		free(splats->items[i].headline);
	}
	free(splats->items);
	*splats = (struct splat_list){ 0 };
}

char *run_mark(const struct run_info *run, char *out, size_t room)
{
	struct text mark = { 0 };

	if (run->reference[0])
		text_add(&mark, "reference");
	if (run->splats)
		text_addf(&mark, "%s%" PRId64 " splat%s", mark.len ? "; " : "", run->splats,
			  run->splats == 1 ? "" : "s");
	if (run->kernel_traits[0])
		text_addf(&mark, "%skernel: %s", mark.len ? "; " : "", run->kernel_traits);
	snprintf(out, room, "%s", text_get(&mark));
	text_free(&mark);
	return out;
}

bool run_is_for_figures(const struct run_info *run)
{
	return !kernel_has_trait(run, "not for figures");
}

const char *run_left_out(const struct run_info *run)
{
	if (!run_is_for_figures(run))
		return "its kernel is built to find bugs";
	return run->splats ? "its kernel reported an error of its own while it was measured" : NULL;
}
