// SPDX-License-Identifier: GPL-2.0-only
/* main: finds the command and calls it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "build/version.h"
#include "runner/commands.h"

const char *option_db;
char *command_line;

static const struct {
	const char *name;
	int (*call)(int argc, char **argv);
	const char *about;
} commands[] = {
	{ "doctor", cmd_doctor, "what can be measured here, what not, why, and how to get it" },
	{ "list", cmd_list, "benches, cells, suites, kernels, events, runs" },
	{ "kernel", cmd_kernel, "fetch, add, list and show the kernels that guests boot" },
	{ "run", cmd_run, "measure a suite on kernels with an instrument, and keep it" },
	{ "show", cmd_show, "one run as a table" },
	{ "compare", cmd_compare, "what one run costs more than another, cell by cell" },
	{ "profile", cmd_profile, "a cell's instructions by kernel function, of one run or two" },
	{ "review", cmd_review,
	  "what a series of patches costs: built, counted, told in one report" },
	{ "steps", cmd_steps, "where exact counts step from one kernel build to the next" },
	{ "ablation", cmd_ablation, "what each optimisation of mremap is worth by itself" },
	{ "bisect", cmd_bisect, "which commit of a kernel tree made a count another one" },
	{ "claims", cmd_claims, "what is claimed of mremap, expected and measured on each kernel" },
	{ "stress", cmd_stress, "random operations beside a model: is a kernel's mremap right?" },
	{ "export", cmd_export, "a run as CSV or JSON, with its samples if wanted" },
	{ "plot", cmd_plot, "one figure as SVG, PNG or PDF, with its data and its script" },
	{ "reference", cmd_reference, "the counts of many kernels that come with the project" },
	{ "verify", cmd_verify, "rows of it, measured again: identical or not" },
	{ "site", cmd_site, "the dashboard: static pages" },
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void usage(FILE *to)
{
	fprintf(to,
		"usage: remapbench [--db FILE] COMMAND [ARGUMENT…]\n"
		"\n"
		"Measures what mremap(2) costs, exactly (instructions, in a guest that is counted)\n"
		"and in time, and proves which path the kernel took.\n"
		"\n");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-9s %s\n", commands[i].name, commands[i].about);
	fprintf(to, "\n"
		    "Each command explains itself with --help. For example:\n"
		    "  remapbench kernel fetch 6.12\n"
		    "  remapbench run -s core -k 6.12 -i insn\n"
		    "  remapbench show last\n");
}

/* Single quotes where a shell would read anything but the word itself. */
static void quote_add(struct text *line, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789%+,-./:=@_";

	if (*word && word[strspn(word, plain)] == '\0') {
		text_add(line, word);
		return;
	}
	text_add(line, "'");
	for (; *word; word++)
		text_add(line, *word == '\'' ? "'\\''" : (char[]){ *word, '\0' });
	text_add(line, "'");
}

static int command_call(int argc, char **argv)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, argv[0]) == 0)
			return commands[i].call(argc, argv);
	fprintf(stderr, "remapbench: there is no command '%s'; remapbench --help lists them\n",
		argv[0]);
	return 2;
}

int main(int argc, char **argv)
{
	struct text line = { 0 };
	int at = 1, status;

	while (at < argc && argv[at][0] == '-') {
		if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0) {
			usage(stdout);
			return 0;
		}
		if (strcmp(argv[at], "--version") == 0) {
			printf("remapbench %s\n", REMAPBENCH_COMMIT);
			return 0;
		}
		if (strcmp(argv[at], "--db") == 0 && at + 1 < argc) {
			option_db = argv[at + 1];
			at += 2;
		} else if (strncmp(argv[at], "--db=", 5) == 0) {
			option_db = argv[at++] + 5;
		} else {
			fprintf(stderr, "remapbench: unknown option '%s'; see remapbench --help\n",
				argv[at]);
			return 2;
		}
	}
	if (at == argc) {
		usage(stderr);
		return 2;
	}
	text_add(&line, "remapbench");
	for (int i = at; i < argc; i++) {
		text_add(&line, " ");
		quote_add(&line, argv[i]);
	}
	command_line = line.data;
	status = command_call(argc - at, argv + at);
	text_free(&line);
	if (fflush(stdout) || ferror(stdout)) {
		perror("remapbench: writing the output");
		return 1;
	}
	return status;
}
