// SPDX-License-Identifier: GPL-2.0-only
/* cmd_plot: draws one chart, each figure with its data and its script beside it. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "plots/chart.h"
#include "plots/draw.h"
#include "runner/commands.h"
#include "runner/paths.h"
#include "runner/reading.h"

struct plot_options {
	const struct chart *chart;
	const char *database, *output, *run, *instrument, *kernels;
	const char *cells[CELL_GLOBS];
	size_t cell_count;
	bool dark;
};

/* Where the figures go: a folder, and for -o the file's name without and with its ending. */
struct plot_place {
	char directory[PATH_MAX], staging[PATH_MAX];
	char stem[256], file[256];
	enum figure_format format;
};

static void charts_list(FILE *to)
{
	for (size_t i = 0; i < chart_count; i++)
		fprintf(to, "  %-11s %s\n              %s\n              from %s\n",
			charts[i]->name, charts[i]->title, charts[i]->asks, charts[i]->needs);
}

static void usage(FILE *to)
{
	fprintf(to,
		"usage: remapbench plot CHART [-o FILE] [--run RUN] [--instrument I] [-c GLOB…]\n"
		"                       [-k GLOB] [--dark] [--db FILE]\n"
		"       remapbench plot --list\n"
		"\n"
		"Draws a chart, with its data (.csv) and the gnuplot script that draws it again\n"
		"(.gp) beside it. Prints the paths of the figures.\n"
		"\n"
		"  -o, --output FILE   one figure, of the newest run with such data; .svg, .png or\n"
		"                      .pdf. Without -o: the newest run of each instrument and\n"
		"                      kernel, as SVG, into the current directory\n"
		"      --run RUN       a run's number, \"last\", or last:INSTRUMENT[:KERNEL]\n"
		"      --instrument I  clock, pmu or insn\n"
		"  -c, --cell GLOB     kernels: these cells, six a figure; again for more\n"
		"  -k, --kernels GLOB  kernels, relocation, ablation: these kernels only, by name,\n"
		"                      release or version\n"
		"      --dark          for a dark background\n"
		"      --list          the charts\n"
		"      --db FILE       the results; default: results.db in the data folder\n"
		"  -h, --help          this text\n"
		"\n"
		"The charts:\n");
	charts_list(to);
	fprintf(to, "\nFor example:\n"
		    "  remapbench plot kernels -o kernels.svg\n"
		    "  remapbench plot kernels -c 'resize/*/size=32M/*' -k '6.12.*'\n"
		    "  remapbench plot size --run last:clock -o size.pdf\n");
}

/* Splits -o FILE; words for a person on stderr. */
static int place_make(const char *output, struct plot_place *place)
{
	static const struct {
		const char *ending;
		enum figure_format format;
	} formats[] = { { ".svg", FIGURE_SVG }, { ".png", FIGURE_PNG }, { ".pdf", FIGURE_PDF } };
	const char *slash = output ? strrchr(output, '/') : NULL;
	const char *name = slash ? slash + 1 : output;
	size_t length;

	*place = (struct plot_place){ .directory = ".", .format = FIGURE_SVG };
	if (!output)
		return 0;
	length = strlen(name);
	if ((size_t)(name - output) >= sizeof(place->directory) || length > 250) {
		fprintf(stderr, "remapbench plot: the name of the file is too long\n");
		return 2;
	}
	for (const char *c = name; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f) {
			fprintf(stderr,
				"remapbench plot: no control characters in a file's name\n");
			return 2;
		}
	if (slash)
		snprintf(place->directory, sizeof(place->directory), "%.*s",
			 slash == output ? 1 : (int)(slash - output), output);
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (length <= 4 || strcmp(name + length - 4, formats[i].ending) != 0)
			continue;
		place->format = formats[i].format;
		snprintf(place->file, sizeof(place->file), "%s", name);
		snprintf(place->stem, sizeof(place->stem), "%.*s", (int)length - 4, name);
		return 0;
	}
	fprintf(stderr, "remapbench plot: %s: the file's name ends in .svg, .png or .pdf\n",
		output);
	return 2;
}

static int file_move(const struct plot_place *place, const char *stem, const char *ending,
		     struct fault *fault)
{
	char from[PATH_MAX], to[PATH_MAX], name[300];
	int err;

	snprintf(name, sizeof(name), "%s%s", stem, ending);
	err = path_join(from, sizeof(from), place->staging, name);
	if (!err)
		err = path_join(to, sizeof(to), place->directory, name);
	if (!err && rename(from, to))
		err = -errno;
	return err ? fault_set(fault, err, "%s: %s", name, strerror(-err)) : 0;
}

/* Draws in a folder of its own and moves the files into place: a failure leaves what was there. */
static int jobs_draw(struct plot_place *place, const struct draw_job *jobs, size_t count,
		     struct fault *fault)
{
	int err = path_join(place->staging, sizeof(place->staging), place->directory,
			    ".remapbench-plot-XXXXXX");

	if (err || !mkdtemp(place->staging)) {
		err = err ? err : -errno;
		return fault_set(fault, err, "%s: %s", place->directory, strerror(-err));
	}
	err = draw_figures(place->staging, jobs, count, fault);
	for (size_t i = 0; !err && i < count; i++) {
		err = file_move(place, jobs[i].stem, ".csv", fault);
		if (!err)
			err = file_move(place, jobs[i].stem, ".gp", fault);
		if (!err)
			err = file_move(place, jobs[i].files[0], "", fault);
	}
	directory_remove(place->staging);
	return err;
}

static int figures_draw(const struct plot_options *plot, struct plot_place *place,
			const struct figure_list *figures, struct fault *fault)
{
	struct draw_job *jobs = calloc(figures->count, sizeof(*jobs));
	int err;

	if (!jobs)
		return fault_set(fault, -ENOMEM, "out of memory");
	for (size_t i = 0; i < figures->count; i++) {
		const char *slug = figures->items[i].slug;

		jobs[i] = (struct draw_job){ .figure = &figures->items[i],
					     .format = place->format,
					     .dark = { plot->dark },
					     .output_count = 1 };
		snprintf(jobs[i].stem, sizeof(jobs[i].stem), "%s",
			 place->stem[0] ? place->stem : slug);
		if (place->stem[0])
			snprintf(jobs[i].files[0], sizeof(jobs[i].files[0]), "%s", place->file);
		else
			snprintf(jobs[i].files[0], sizeof(jobs[i].files[0]), "%.120s.svg", slug);
	}
	err = jobs_draw(place, jobs, figures->count, fault);
	for (size_t i = 0; !err && i < figures->count; i++) {
		char path[PATH_MAX];

		err = path_join(path, sizeof(path), place->directory, jobs[i].files[0]);
		if (!err)
			printf("%s\n", path);
	}
	free(jobs);
	return err;
}

static void nothing_to_draw(const struct plot_options *plot)
{
	fprintf(stderr, "remapbench plot: ");
	if (plot->run)
		fprintf(stderr, "run %s has no data for '%s'", plot->run, plot->chart->name);
	else if (plot->instrument)
		fprintf(stderr, "no run of %s has data for '%s'", plot->instrument,
			plot->chart->name);
	else
		fprintf(stderr, "no run has data for '%s'", plot->chart->name);
	fprintf(stderr, ": it needs %s. This measures it: %s\n", plot->chart->needs,
		plot->chart->make);
}

/* The run that --run means, as the source knows it. */
static int run_choose(const struct plot_options *plot, struct source *source,
		      struct chart_choice *choice, struct fault *fault)
{
	struct run_info run;
	int err;

	if (!plot->run)
		return 0;
	err = query_run_find(source_store(source), plot->run, &run, fault);
	if (err)
		return err;
	choice->run = source_run_by_id(source, run.id);
	run_info_free(&run);
	if (!choice->run)
		return fault_set(fault, -ENOENT, "there is no run %s", plot->run);
	return 0;
}

static int plot_make(const struct plot_options *plot, struct plot_place *place)
{
	struct chart_choice choice = { .instrument = plot->instrument,
				       .limit = plot->output ? 1 : 0,
				       .cells = plot->cells,
				       .cell_count = plot->cell_count,
				       .kernels = plot->kernels };
	struct figure_list figures = { 0 };
	struct source *source = NULL;
	struct fault fault = { 0 };
	int err = source_open(plot->database, &source, &fault);

	if (err == -ENOENT) {
		fprintf(stderr,
			"remapbench plot: there are no results in %s yet. This measures some: %s\n",
			plot->database, plot->chart->make);
		return 1;
	}
	if (!err)
		err = run_choose(plot, source, &choice, &fault);
	if (!err)
		err = chart_draw(plot->chart, source, &choice, &figures, &fault);
	if (!err && !figures.count) {
		nothing_to_draw(plot);
		source_close(source);
		return 1;
	}
	if (!err)
		err = figures_draw(plot, place, &figures, &fault);
	if (err)
		fprintf(stderr, "remapbench plot: %s\n", fault.text);
	figure_list_free(&figures);
	source_close(source);
	return err ? 1 : 0;
}

static int plot_check(const struct plot_options *plot, const char *name)
{
	if (!plot->chart) {
		if (name)
			fprintf(stderr, "remapbench plot: there is no chart '%s'; there are:\n",
				name);
		else
			fprintf(stderr, "remapbench plot: which chart? There are:\n");
		charts_list(stderr);
		return 2;
	}
	if (plot->instrument && !instrument_known(plot->instrument)) {
		fprintf(stderr,
			"remapbench plot: there is no instrument '%s'; there are clock, pmu "
			"and insn\n",
			plot->instrument);
		return 2;
	}
	if (plot->run && plot->instrument) {
		fprintf(stderr, "remapbench plot: --run or --instrument, not both\n");
		return 2;
	}
	return 0;
}

int cmd_plot(int argc, char **argv)
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "run", required_argument, NULL, 'r' },
		{ "instrument", required_argument, NULL, 'i' },
		{ "cell", required_argument, NULL, 'c' },
		{ "kernels", required_argument, NULL, 'k' },
		{ "list", no_argument, NULL, 'l' },
		{ "dark", no_argument, NULL, 'D' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct plot_options plot = { .database = option_db };
	struct plot_place place;
	char default_db[PATH_MAX];
	const char *name;
	int option, status;

	optind = 0; /* glibc: from the beginning, whoever called getopt before */
	while ((option = getopt_long(argc, argv, "o:i:c:k:h", options, NULL)) != -1) {
		switch (option) {
		case 'o':
			plot.output = optarg;
			break;
		case 'r':
			plot.run = optarg;
			break;
		case 'i':
			plot.instrument = optarg;
			break;
		case 'c':
			if (reading_cell("plot", plot.cells, &plot.cell_count, optarg))
				return 2;
			break;
		case 'k':
			plot.kernels = optarg;
			break;
		case 'l':
			charts_list(stdout);
			return 0;
		case 'D':
			plot.dark = true;
			break;
		case 'd':
			plot.database = optarg;
			break;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	}
	name = optind < argc ? argv[optind] : NULL;
	if (optind + 1 < argc) {
		fprintf(stderr, "remapbench plot: one chart at a time: unexpected '%s'\n",
			argv[optind + 1]);
		return 2;
	}
	plot.chart = name ? chart_find(name) : NULL;
	status = plot_check(&plot, name);
	if (!status)
		status = place_make(plot.output, &place);
	if (status)
		return status;
	if (!plot.database) {
		int err = path_of_data("results.db", default_db);

		if (err) {
			fprintf(stderr, "remapbench plot: the data folder: %s\n", strerror(-err));
			return 1;
		}
		plot.database = default_db;
	}
	return plot_make(&plot, &place);
}
