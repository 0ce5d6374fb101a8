// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel_build: `remapbench kernel build`: a kernel of one's own making into the cache. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runner/cmd_kernel.h"
#include "runner/kernel_build.h"

enum { JOBS_MOST = 1024 };

static void build_usage(FILE *to)
{
	fputs("usage: remapbench kernel build --source SRC [--config CONFIG] [--config-of KERNEL]\n"
	      "                               [--relocation] [--ablation NAME] [--patch P]…\n"
	      "                               [--name NAME] [-j N] [--json] [-q]\n"
	      "\n"
	      "Builds a kernel, adds it to the cache, and prints its name. The same source, config, patches\n"
	      "and compiler are never built twice: the second call prints the name at once. The first build\n"
	      "of a source with a config leaves a warm base behind, built without patches, which is a kernel\n"
	      "in the cache too; a patched build copies it and compiles what the patches change.\n"
	      "\n"
	      "  --source SRC  linux-source-7.3    that package of Debian's, installed or fetched;\n"
	      "                                    SUITE/linux-source-7.3 from that suite\n"
	      "                linux-6.12.tar.xz   a tarball\n"
	      "                ~/linux@v6.17       a git tree, at a ref (HEAD without one); what is not\n"
	      "                                    committed there is not built\n"
	      "  --config      lab-small           (the default) quick to build and to boot; what decides the\n"
	      "                                    cost of mremap is set as distributions set it\n"
	      "                lab-distro          a distribution's own choices, without modules; it stands\n"
	      "                                    on the config of a kernel of that series in the cache\n"
	      "                lab-debug           the kernel's own checks, to find bugs in patches: its\n"
	      "                                    numbers are not for figures, and marked so\n"
	      "                FILE                a fragment or a whole .config\n"
	      "  --config-of   the config of a kernel in the cache as it stands, or, for lab-distro, as its\n"
	      "                base instead of that of Debian's newest kernel of the series\n"
	      "  --relocation  with the project's own relocation patch (docs/relocation.md)\n"
	      "  --ablation    without one optimisation, such as no-move-pmd: a patch of configs/kernels/ablations\n"
	      "  --patch P     an mbox, a patch, a folder of patches or of a quilt series; may be repeated,\n"
	      "                and is applied in the order given, after the two above\n"
	      "  --name        what to call it; else it is made of version, config and patch\n"
	      "  -j N          so many jobs at once; else one a CPU\n"
	      "  --json        name, sha256, key, release, seconds, objects compiled, whether it was cached\n"
	      "  -q            no progress\n"
	      "\n"
	      "Needed are make, gcc, flex, bison, bc and libelf-dev, which ./setup installs; make runs without\n"
	      "your environment. What the config asks for and does not get is said and kept (`kernel show`).\n"
	      "\n"
	      "For example:\n"
	      "  remapbench kernel build --source linux-source-6.12\n"
	      "  remapbench kernel build --source linux-source-6.12 --patch series.mbox --name patched\n"
	      "  remapbench kernel build --source linux-source-7.3 --ablation no-move-pmd\n"
	      "  remapbench kernel build --source ~/linux@mm-unstable --config lab-debug\n",
	      to);
}

struct build_options {
	struct kernel_build_ask ask;
	const char *patches[BUILD_PATCHES];
	bool json;
};

static int patch_add(struct build_options *options, const char *patch)
{
	/* The word for the project's own, wherever a patch is named. */
	if (!strcmp(patch, "relocation")) {
		options->ask.relocation = true;
		return 0;
	}
	if (options->ask.patch_count == BUILD_PATCHES)
		return kernel_usage_wrong("too many patches: a folder or an mbox holds any number");
	options->patches[options->ask.patch_count++] = patch;
	return 0;
}

static int jobs_read(const char *string, unsigned int *jobs)
{
	uint64_t number;

	if (number_parse(string, &number) || !number || number > JOBS_MOST)
		return kernel_usage_wrong("-j takes a number of jobs");
	*jobs = (unsigned int)number;
	return 0;
}

/* 0, 2, or -1 where only help was asked for. */
static int options_read(int argc, char **argv, struct build_options *options)
{
	static const struct option names[] = {
		{ "source", required_argument, NULL, 's' },
		{ "config", required_argument, NULL, 'c' },
		{ "config-of", required_argument, NULL, 'o' },
		{ "patch", required_argument, NULL, 'p' },
		{ "relocation", no_argument, NULL, 'r' },
		{ "ablation", required_argument, NULL, 'a' },
		{ "name", required_argument, NULL, 'n' },
		{ "json", no_argument, NULL, 'J' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ "db", required_argument, NULL, 'd' },
		{ 0 },
	};
	struct kernel_build_ask *ask = &options->ask;
	int option, status = 0;

	optind = 0;
	opterr = 0;
	while (!status && (option = getopt_long(argc, argv, "j:qh", names, NULL)) != -1) {
		switch (option) {
		case 's':
			ask->source = optarg;
			break;
		case 'c':
			ask->config = optarg;
			break;
		case 'o':
			ask->config_of = optarg;
			break;
		case 'p':
			status = patch_add(options, optarg);
			break;
		case 'r':
			ask->relocation = true;
			break;
		case 'a':
			ask->ablation = optarg;
			break;
		case 'n':
			ask->name = optarg;
			break;
		case 'j':
			status = jobs_read(optarg, &ask->jobs);
			break;
		case 'J':
			options->json = true;
			break;
		case 'q':
			ask->who = NULL;
			break;
		case 'd': /* taken everywhere; the cache is no part of the database */
			break;
		case 'h':
			build_usage(stdout);
			return -1;
		default:
			return kernel_usage_wrong("an unknown option, or one without its value");
		}
	}
	return status;
}

static int built_print(const struct kernel_built *built, const struct build_options *options)
{
	const char *name = options->ask.name;

	if (name && strcmp(name, built->name) != 0)
		fprintf(stderr, "remapbench kernel: this was built before, by the name %s\n",
			built->name);
	if (options->json)
		return kernel_json_print(
			json_pack("{s:s, s:s, s:s, s:s, s:f, s:I, s:b}", "name", built->name,
				  "sha256", built->sha256, "key", built->key, "release",
				  built->release, "seconds", built->seconds, "compiled",
				  (json_int_t)built->compiled, "cached", built->cached));
	if (options->ask.who && !built->cached)
		fprintf(stderr, "kernel build: %s: %zu objects, %.1f s in all\n", built->name,
			built->compiled, built->seconds);
	puts(built->name);
	return 0;
}

int kernel_build_command(int argc, char **argv)
{
	struct build_options *options = calloc(1, sizeof(*options));
	struct kernel_built built;
	struct fault fault = { 0 };
	int status, err;

	if (!options)
		return kernel_failed(&(struct fault){ .text = "no memory" });
	options->ask.who = "kernel build";
	options->ask.keep_base = true;
	options->ask.patches = options->patches;
	status = options_read(argc, argv, options);
	if (!status && optind != argc)
		status = kernel_usage_wrong("build takes options only: --source SRC");
	else if (!status && !options->ask.source)
		status = kernel_usage_wrong("build wants a --source, such as linux-source-6.12");
	if (status) {
		free(options);
		return status < 0 ? 0 : status;
	}
	err = kernel_build(&options->ask, &built, &fault);
	status = err == -EINTR ? 130 : err ? 1 : built_print(&built, options);
	if (err)
		kernel_failed(&fault);
	free(options);
	return status;
}
