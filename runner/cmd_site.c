// SPDX-License-Identifier: GPL-2.0-only
/* cmd_site: writes the dashboard. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "plots/site.h"
#include "runner/commands.h"
#include "runner/groups_file.h"
#include "runner/paths.h"

static void usage(FILE *to)
{
	fprintf(to,
		"usage: remapbench site [-o DIR] [--db FILE]\n"
		"\n"
		"Writes the dashboard: static pages that work from a file, without a server and\n"
		"without JavaScript. Prints the path of its index.html.\n"
		"\n"
		"  -o, --output DIR  where to; default: site, beside the results. Replaced as a\n"
		"                    whole if remapbench site made it, refused if somebody else did\n"
		"      --db FILE     the results; default: results.db in the data folder\n"
		"  -h, --help        this text\n"
		"\n"
		"For example:\n"
		"  remapbench site -o /var/www/remapbench\n");
}

static int site_make(const char *database, const char *directory)
{
	char index[PATH_MAX];
	struct fault fault = { 0 }, warning = { 0 };
	struct function_groups groups = { 0 };
	struct source *source;
	int err = source_open(database, &source, &fault);

	if (err == -ENOENT) {
		fprintf(stderr,
			"remapbench site: there are no results in %s yet; remapbench run makes them\n",
			database);
		return 1;
	}
	if (err) {
		fprintf(stderr, "remapbench site: %s\n", fault.text);
		return 1;
	}
	err = groups_file_read(&groups, &fault);
	if (!err)
		err = site_write(source, &groups, directory, &warning, &fault);
	function_groups_free(&groups);
	source_close(source);
	if (err) {
		fprintf(stderr, "remapbench site: %s\n", fault.text);
		return 1;
	}
	if (warning.text[0])
		fprintf(stderr, "remapbench site: the pages are there, the figures are not: %s\n",
			warning.text);
	if (path_join(index, sizeof(index), directory, "index.html"))
		return 1;
	printf("%s\n", index);
	return 0;
}

int cmd_site(int argc, char **argv)
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	const char *database = option_db, *directory = NULL;
	char default_db[PATH_MAX], default_site[PATH_MAX];
	int option, err = 0;

	optind = 0; /* glibc: from the beginning, whoever called getopt before */
	while ((option = getopt_long(argc, argv, "o:h", options, NULL)) != -1) {
		switch (option) {
		case 'o':
			directory = optarg;
			break;
		case 'd':
			database = optarg;
			break;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	}
	if (optind != argc) {
		fprintf(stderr, "remapbench site: unexpected '%s'\n", argv[optind]);
		return 2;
	}
	if (!database) {
		err = path_of_data("results.db", default_db);
		database = default_db;
	}
	if (!err && !directory) {
		err = path_of_data("site", default_site);
		directory = default_site;
	}
	if (err) {
		fprintf(stderr, "remapbench site: the data folder: %s\n", strerror(-err));
		return 1;
	}
	return site_make(database, directory);
}
