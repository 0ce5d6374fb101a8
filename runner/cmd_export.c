// SPDX-License-Identifier: GPL-2.0-only
/* cmd_export: `remapbench export`: a run for other programs, as CSV or JSON. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/export.h"
#include "runner/commands.h"
#include "runner/reading.h"

static void export_usage(FILE *to)
{
	fputs("usage: remapbench export RUN --format csv|json [--samples] [-o FILE] [--db FILE]\n"
	      "\n"
	      "A run for other programs: a row for each cell and cost, then for each cell and outcome, or\n"
	      "with --samples for each single sample of all metrics. The run's number and dates stand in the lines that begin with \"# run\" (in\n"
	      "JSON: in the object \"run\") and nowhere else, so that two exports can be compared.\n"
	      "\n"
	      "  RUN        as for remapbench show: a number, last, or last:INSTRUMENT[:KERNEL]\n"
	      "  --format   csv (RFC 4180) or json\n"
	      "  --samples  every sample: its trial, its index, its value, and why it is invalid, if it is\n"
	      "  -o FILE    write there; the file appears complete or not at all\n"
	      "\n"
	      "For example:\n"
	      "  remapbench export last --format csv -o run.csv\n"
	      "  remapbench export 12 --format csv --samples | grep -v '^# run'\n",
	      to);
}

struct export_options {
	const char *db, *run, *output;
	bool samples;
	int format; /* enum export_format; -1: none was given */
};

static int format_read(const char *name)
{
	if (!strcmp(name, "csv"))
		return EXPORT_CSV;
	return strcmp(name, "json") ? -1 : EXPORT_JSON;
}

/* 0; 2 for wrong usage; -1 where help was asked for and given. */
static int options_read(int argc, char **argv, struct export_options *options)
{
	static const struct option names[] = {
		{ "format", required_argument, NULL, 'f' }, { "samples", no_argument, NULL, 's' },
		{ "output", required_argument, NULL, 'o' }, { "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },	    { 0 },
	};
	int option;

	optind = 0;
	options->format = -1;
	while ((option = getopt_long(argc, argv, "ho:", names, NULL)) != -1) {
		switch (option) {
		case 'f':
			options->format = format_read(optarg);
			break;
		case 's':
			options->samples = true;
			break;
		case 'o':
			options->output = optarg;
			break;
		case 'd':
			options->db = optarg;
			break;
		case 'h':
			export_usage(stdout);
			return -1;
		default:
			fputs("See remapbench export --help\n", stderr);
			return 2;
		}
	}
	if (argc - optind != 1 || options->format < 0) {
		fprintf(stderr, "remapbench export: %s; see remapbench export --help\n",
			options->format < 0 ? "say --format csv or --format json" : "name one run");
		return 2;
	}
	options->run = argv[optind];
	return 0;
}

static int run_export(struct store *store, const struct export_options *options, FILE *out,
		      struct fault *fault)
{
	enum export_format format = (enum export_format)options->format;
	struct run_info run;
	int err;

	err = query_run_find(store, options->run, &run, fault);
	if (err)
		return err;
	err = options->samples ? export_samples(store, &run, format, out, fault)
			       : export_summaries(store, &run, format, out, fault);
	run_info_free(&run);
	return err;
}

/* Beside the file, then in its place: what was there stays until all of the new is on the disk. */
static int file_export(struct store *store, const struct export_options *options,
		       struct fault *fault)
{
	char temporary[PATH_MAX];
	mode_t mask = umask(0);
	FILE *out = NULL;
	int err = 0, fd;

	umask(mask);
	if (snprintf(temporary, sizeof(temporary), "%s.XXXXXX", options->output) >=
	    (int)sizeof(temporary))
		return fault_set(fault, -ENAMETOOLONG, "%s: the name is too long", options->output);
	fd = mkstemp(temporary);
	if (fd >= 0 && !fchmod(fd, 0666 & ~mask))
		out = fdopen(fd, "w");
	if (!out) {
		err = fault_set(fault, -errno, "%s: %s", options->output, strerror(errno));
		if (fd >= 0) {
			close(fd);
			unlink(temporary);
		}
		return err;
	}
	err = run_export(store, options, out, fault);
	if (fflush(out) || fsync(fd))
		err = err ? err
			  : fault_set(fault, -errno, "%s: %s", options->output, strerror(errno));
	fclose(out);
	if (!err && rename(temporary, options->output))
		err = fault_set(fault, -errno, "%s: %s", options->output, strerror(errno));
	if (err)
		unlink(temporary);
	return err;
}

/* A device or a pipe is written to, not replaced. */
static bool output_special(const char *path)
{
	struct stat info;

	return !stat(path, &info) && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static int special_export(struct store *store, const struct export_options *options,
			  struct fault *fault)
{
	FILE *out = fopen(options->output, "w");
	int err;

	if (!out)
		return fault_set(fault, -errno, "%s: %s", options->output, strerror(errno));
	err = run_export(store, options, out, fault);
	if (fclose(out) && !err)
		err = fault_set(fault, -EIO, "%s: %s", options->output, strerror(errno));
	return err;
}

int cmd_export(int argc, char **argv)
{
	struct export_options options = { 0 };
	struct fault fault = { 0 };
	struct store *store;
	int err;

	err = options_read(argc, argv, &options);
	if (err)
		return err < 0 ? reading_end("export", stdout) : err;
	store = reading_open("export", options.db);
	if (!store)
		return 1;
	if (!options.output)
		err = run_export(store, &options, stdout, &fault);
	else if (output_special(options.output))
		err = special_export(store, &options, &fault);
	else
		err = file_export(store, &options, &fault);
	store_close(store);
	if (err)
		return reading_failed("export", fault.text);
	return reading_end("export", stdout);
}
