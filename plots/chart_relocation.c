// SPDX-License-Identifier: GPL-2.0-only
/*
 * chart_relocation: what relocation (MREMAP_RELOCATE_ANON, MREMAP_MUST_RELOCATE_ANON, or always) costs
 * over an ordinary move of the same pages: as a factor, and by the page.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/chart.h"

/* What is moved, in the order of the axis. */
static const struct {
	const char *fill, *folio, *pages, *beside, *name, *group; /* group NULL: the size */
} shapes[] = {
	{ "100", "4K", "owned", "nothing", "4K", NULL },
	{ "50stride", "4K", "owned", "nothing", "4K, half", NULL },
	{ "100", "64K", "owned", "nothing", "64K", NULL },
	{ "100", "2Mptes", "owned", "nothing", "2M by PTEs", NULL },
	{ "100", "2M", "owned", "nothing", "2M", NULL },
	{ "100", "2Mstraddle", "owned", "nothing", "2M, cut", NULL },
	{ "0", "4K", "owned", "nothing", "empty", NULL },
	{ "100", "4K", "forked", "neighbours", "shared", "falls back" },
	{ "100", "4K", "pinned", "neighbours", "pinned", "falls back" },
};
enum { SHAPES = sizeof(shapes) / sizeof(*shapes) };
static const char *const sizes[] = { "4K", "2M", "32M" };
enum { SIZES = sizeof(sizes) / sizeof(*sizes) };

enum way { WAY_ORDINARY, WAY_RELOCATE, WAY_MUST, WAY_ALWAYS, WAYS };
static const struct {
	const char *flags, *name;
	enum figure_hue hue;
} ways[WAYS] = {
	{ "0", "ordinary move", HUE_FIRST },
	{ "8", "RELOCATE (8)", HUE_THIRD },
	{ "16", "MUST_RELOCATE (16)", HUE_SECOND },
	{ "0", "booted with relocation always", HUE_FOURTH },
};

struct relocation_runs {
	const struct run_info *patched;
	const struct run_info *always; /* NULL: not measured */
};

struct panels {
	size_t factor[WAYS], page[WAYS]; /* series */
};

static char *key_of(size_t shape, const char *size, enum way way, char *out, size_t room)
{
	snprintf(out, room, "relocate/flags=%s/size=%s/fill=%s/folio=%s/pages=%s/beside=%s",
		 ways[way].flags, size, shapes[shape].fill, shapes[shape].folio,
		 shapes[shape].pages, shapes[shape].beside);
	return out;
}

/* Of the pages that the call moves, those that are there. */
static double pages_there(size_t shape, const char *size)
{
	uint64_t bytes = 0;

	size_parse(size, &bytes);
	if (strcmp(shapes[shape].fill, "0") == 0)
		return 0;
	return (double)bytes / 4096 / (strcmp(shapes[shape].fill, "50stride") == 0 ? 2 : 1);
}

/* The errno with which all its samples were refused; 0. */
static int refusal(struct source *source, const struct run_info *run, const char *cell)
{
	const struct cell_summary *error = source_find(source, run, cell, "outcome:errno");

	return summary_usable(error) && error->min > 0 ? (int)error->min : 0;
}

/* One value, divided; what was refused, and what is no number, becomes a gap with its reason. */
static void value_add(struct figure *figure, size_t series, double x, const char *place,
		      const char *cell, const struct run_info *run, const struct cell_summary *cost,
		      double by, const char *unit, int refused)
{
	static char status_gone[] = "refused";
	struct cell_summary summary;
	char reason[80], units[32];

	if (!cost) {
		figure_value_add(figure, series, x, place, cell, run, NULL);
		return;
	}
	summary = *cost;
	snprintf(units, sizeof(units), "%s", unit);
	summary.unit = units;
	summary.median /= by;
	summary.low /= by;
	summary.high /= by;
	summary.min /= by;
	summary.max /= by;
	if (refused) {
		const char *name = strerrorname_np(refused);

		snprintf(reason, sizeof(reason), "%s: nothing was moved", name ? name : "refused");
		summary.status = status_gone;
		summary.reason = reason;
	}
	figure_value_add(figure, series, x, place, cell, run, &summary);
}

static void way_add(struct source *source, const struct relocation_runs *runs, size_t shape,
		    const char *size, enum way way, double x, const struct panels *panels,
		    struct figure *figure)
{
	const struct run_info *run = way == WAY_ALWAYS ? runs->always : runs->patched;
	double pages = pages_there(shape, size);
	const struct cell_summary *cost, *ordinary;
	char cell[160], base[160], place[64];
	int refused;

	if (!run)
		return;
	key_of(shape, size, way, cell, sizeof(cell));
	snprintf(place, sizeof(place), "%s of %s", shapes[shape].name, size);
	ordinary = source_cost(source, runs->patched,
			       key_of(shape, size, WAY_ORDINARY, base, sizeof(base)));
	cost = source_cost(source, run, cell);
	refused = refusal(source, run, cell);
	if (way != WAY_ORDINARY && summary_usable(ordinary) && ordinary->median > 0)
		value_add(figure, panels->factor[way], x, place, cell, run, cost, ordinary->median,
			  "times", refused);
	if (pages > 0)
		value_add(figure, panels->page[way], x, place, cell, run, cost, pages,
			  "instructions a page", refused);
}

static bool place_is_measured(struct source *source, const struct relocation_runs *runs,
			      size_t shape, const char *size)
{
	char cell[160];

	for (int way = WAY_RELOCATE; way <= WAY_MUST; way++)
		if (summary_usable(
			    source_cost(source, runs->patched,
					key_of(shape, size, (enum way)way, cell, sizeof(cell)))))
			return true;
	return false;
}

static void shapes_add(struct source *source, const struct relocation_runs *runs, const char *size,
		       bool special, const struct panels *panels, struct figure *figure)
{
	for (size_t shape = 0; shape < SHAPES; shape++) {
		char group[48];
		double x;

		if ((shapes[shape].group != NULL) != special ||
		    !place_is_measured(source, runs, shape, size))
			continue;
		if (special)
			snprintf(group, sizeof(group), "%s (%s)", shapes[shape].group, size);
		else
			snprintf(group, sizeof(group), "%s", size);
		x = figure_place_add(figure, shapes[shape].name, group);
		for (int way = 0; way < WAYS; way++)
			way_add(source, runs, shape, size, (enum way)way, x, panels, figure);
	}
}

static void panels_make(const struct relocation_runs *runs, struct figure *figure,
			struct panels *panels)
{
	size_t factor = figure_panel_add(figure, "one call, relative to the ordinary move");
	size_t page = figure_panel_add(figure,
				       "instructions of one call, by page of 4 KiB that is there");

	figure->panels[factor].factor = true;
	figure->panels[factor].numbers = true;
	figure->panels[page].numbers = true;
	for (int way = 0; way < WAYS; way++) {
		if (way == WAY_ALWAYS && !runs->always)
			continue;
		if (way != WAY_ORDINARY)
			panels->factor[way] =
				figure_panel_series(figure, factor, ways[way].name, ways[way].hue);
		panels->page[way] =
			figure_panel_series(figure, page, ways[way].name, ways[way].hue);
	}
}

/* Every eligible move of such a guest is relocated: it was booted so, or its kernel is built so. */
static bool run_relocates_always(const struct run_info *run)
{
	return strstr(run->guest_recipe, "mremap_relocate=always") ||
	       kernel_has_trait(run, "relocate-always") || strstr(run->kernel_name, "always");
}

static bool run_has_flags(struct source *source, const struct run_info *run)
{
	const struct relocation_runs runs = { run, NULL };

	for (size_t s = 0; s < SIZES; s++)
		for (size_t shape = 0; shape < SHAPES; shape++)
			if (place_is_measured(source, &runs, shape, sizes[s]))
				return true;
	return false;
}

static bool same_source(const struct run_info *a, const struct run_info *b)
{
	size_t length = strspn(a->kernel_release, "0123456789.");

	return a->kernel_id == b->kernel_id ||
	       (length && strspn(b->kernel_release, "0123456789.") == length &&
		strncmp(a->kernel_release, b->kernel_release, length) == 0);
}

static const struct run_info *always_of(struct source *source, const struct run_info *patched)
{
	for (size_t i = 0; i < source_run_count(source); i++) {
		const struct run_info *run = source_run(source, i);

		if (run_drawable(run) && strcmp(run->instrument, "insn") == 0 &&
		    run_relocates_always(run) && same_source(run, patched))
			return run;
	}
	return NULL;
}

/* Runs are listed with the newest first; of each kernel, the first with these cells. */
static bool is_first_of_kernel(struct source *source, size_t which)
{
	const struct run_info *run = source_run(source, which);

	for (size_t i = 0; i < which; i++) {
		const struct run_info *newer = source_run(source, i);

		if (newer->kernel_id == run->kernel_id && run_drawable(newer) &&
		    strcmp(newer->instrument, "insn") == 0 && !run_relocates_always(newer) &&
		    run_has_flags(source, newer))
			return false;
	}
	return true;
}

static bool kernel_wanted(const struct chart_choice *choice, const struct run_info *run)
{
	return !choice->kernels || glob_match(choice->kernels, run->kernel_name) ||
	       glob_match(choice->kernels, run->kernel_release) ||
	       glob_match(choice->kernels, run->kernel_version);
}

static bool run_wanted(const struct chart_choice *choice, const struct run_info *run)
{
	return (!choice->run || run == choice->run) && run_drawable(run) &&
	       strcmp(run->instrument, "insn") == 0 && !run_relocates_always(run) &&
	       kernel_wanted(choice, run);
}

/* The which-th run on a patched kernel. */
static const struct run_info *patched_run(struct source *source, const struct chart_choice *choice,
					  size_t which)
{
	for (size_t i = 0; i < source_run_count(source); i++) {
		const struct run_info *run = source_run(source, i);

		if (run_wanted(choice, run) && run_has_flags(source, run) &&
		    (choice->run || is_first_of_kernel(source, i)) && !which--)
			return run;
	}
	return NULL;
}

/* Runs that have the cells, on kernels without the flags. */
static size_t runs_passed(struct source *source, const struct chart_choice *choice)
{
	size_t passed = 0;
	char cell[160];

	key_of(0, "2M", WAY_RELOCATE, cell, sizeof(cell));
	for (size_t i = 0; i < source_run_count(source); i++) {
		const struct run_info *run = source_run(source, i);
		const struct cell_summary *cost =
			run_wanted(choice, run) ? source_cost(source, run, cell) : NULL;

		passed += cost && strcmp(cost->status, "unsupported") == 0;
	}
	return passed;
}

static int fill_many(struct source *source, const struct chart_choice *choice, size_t which,
		     struct figure *figure, struct fault *fault);

const struct chart chart_relocation = {
	.name = "relocation",
	.title = "What relocation costs over an ordinary move",
	.asks = "What is paid for giving pages the index of their new place, by folio size, by how much "
		"is there, and where it can't be done?",
	.needs = "relocate/* on a kernel that has the flags 8 and 16 (configs/kernels/relocation)",
	.make = "remapbench run -s seeds -i insn -c 'relocate/*' -k KERNEL    # kernel build "
		"--relocation",
	.kind = FIGURE_PANELS,
	.instrument = "insn",
	.fill_many = fill_many,
};

static void words_add(const struct relocation_runs *runs, const struct chart_choice *choice,
		      size_t passed, struct figure *figure)
{
	char ending[48];

	snprintf(ending, sizeof(ending), "insn-run%lld", (long long)runs->patched->id);
	chart_name_many(&chart_relocation, ending,
			&(struct chart_choice){ .run = runs->patched, .kernels = choice->kernels },
			figure);
	figure_words(figure, &figure->subtitle, "kernel %s (%s) · run %lld · insn: %s",
		     runs->patched->kernel_name, runs->patched->kernel_release,
		     (long long)runs->patched->id, instrument_note("insn"));
	figure_words(
		figure, &figure->note, "%s",
		"By size and folio. Cut: the range ends inside 2M folios. Falls back: what RELOCATE "
		"can't do is undone and moved ordinarily; MUST is refused.");
	if (passed)
		figure_words(figure, &figure->note,
			     "%s %zu runs passed over: their kernels have no such flags.",
			     figure->note, passed);
}

static int fill_many(struct source *source, const struct chart_choice *choice, size_t which,
		     struct figure *figure, struct fault *fault)
{
	struct relocation_runs runs = { 0 };
	struct panels panels = { 0 };
	(void)fault;
	runs.patched = patched_run(source, choice, which);
	if (!runs.patched)
		return -ENODATA;
	runs.always = always_of(source, runs.patched);
	words_add(&runs, choice, runs_passed(source, choice), figure);
	panels_make(&runs, figure, &panels);
	for (size_t s = 0; s < SIZES; s++)
		shapes_add(source, &runs, sizes[s], false, &panels, figure);
	for (size_t s = 0; s < SIZES; s++)
		shapes_add(source, &runs, sizes[s], true, &panels, figure);
	return 0;
}
