// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel: `remapbench kernel`: its help, and what its subcommands share. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/cmd_kernel.h"
#include "runner/commands.h"

static void kernel_usage(FILE *to)
{
	fputs("usage: remapbench kernel fetch [SUITE/]WHAT…\n"
	      "       remapbench kernel fetch --all [--since VERSION] [--until VERSION] [GLOB]\n"
	      "       remapbench kernel add IMAGE [--config FILE] [--name NAME]\n"
	      "       remapbench kernel add KERNEL --append WORDS --name NAME\n"
	      "       remapbench kernel build --source SRC [--config CONFIG] [--patch P]…\n"
	      "       remapbench kernel list [--json]\n"
	      "       remapbench kernel list --available [GLOB] [--json]\n"
	      "       remapbench kernel show KERNEL [--json]\n"
	      "       remapbench kernel rm KERNEL… [-n] [--yes]\n"
	      "       remapbench kernel gc [-n] [--unused DAYS]\n"
	      "\n"
	      "The kernels that guests boot. They are kept in a cache, each under the SHA-256 of its\n"
	      "image; nothing is installed, and removing the cache loses nothing that was measured.\n"
	      "fetch, build, rm and gc have a --help of their own.\n"
	      "\n"
	      "  fetch  a stock kernel of Debian's, by version (6.12), build (6.12.107-1), package, or\n"
	      "         \"newest\"; --all takes a whole history\n"
	      "  add    an image of your own: a bzImage (arch/x86/boot/bzImage of a kernel tree), or a vmlinux\n"
	      "         that was built with CONFIG_PVH=y, which boots faster, having nothing to unpack\n"
	      "         With --append, a KERNEL that is there, with words for its command line at each boot: a\n"
	      "         kernel of its own in runs and figures\n"
	      "  build  from a linux-source package, a tarball or a git tree, with patches, incrementally\n"
	      "  list   what is there, oldest first; with --available, what the suites hold whose version,\n"
	      "         package or SUITE/VERSION matches the GLOB, with the size to download\n"
	      "  show   one of them, and what it was built from. KERNEL is a name, the beginning of a name\n"
	      "         or of a release (6.1 finds 6.1.0-50-cloud-amd64, not 6.12), or 8 or more digits of the\n"
	      "         image's SHA-256; of several the newest is meant.\n"
	      "  rm     kernels, by their whole names or by globs\n"
	      "  gc     what killed programs left, warm bases that nobody uses, downloads that were unpacked\n"
	      "\n"
	      "For example:\n"
	      "  remapbench kernel fetch 6.1 6.12\n"
	      "  remapbench kernel list --available '6.17*'\n"
	      "  remapbench kernel add ~/linux/arch/x86/boot/bzImage --config ~/linux/.config --name mine\n"
	      "  remapbench kernel build --source linux-source-6.12 --patch series.mbox --name patched\n"
	      "  remapbench kernel add patched --append mremap_relocate=always --name patched-always\n"
	      "  remapbench run -k 6.12 -k patched -i insn\n",
	      to);
}

int kernel_usage_wrong(const char *about)
{
	fprintf(stderr, "remapbench kernel: %s; see remapbench kernel --help\n", about);
	return 2;
}

/* Reads the options after the subcommand (argv[0]); 0, 2, or -1 where only help was asked for. */
int kernel_options_read(int argc, char **argv, int allowed, struct kernel_options *options)
{
	static const struct option names[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "available", no_argument, NULL, 'a' },
		{ "config", required_argument, NULL, 'c' },
		{ "name", required_argument, NULL, 'n' },
		{ "append", required_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'h' },
		{ "db", required_argument, NULL, 'd' },
		{ 0 },
	};
	int option, given = 0;

	*options = (struct kernel_options){ 0 };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "h", names, NULL)) != -1) {
		switch (option) {
		case 'j':
			options->json = true;
			given |= KERNEL_OPTION_JSON;
			break;
		case 'a':
			options->available = true;
			given |= KERNEL_OPTION_AVAILABLE;
			break;
		case 'c':
			options->config = optarg;
			given |= KERNEL_OPTION_CONFIG;
			break;
		case 'n':
			options->name = optarg;
			given |= KERNEL_OPTION_NAME;
			break;
		case 'p':
			options->append = optarg;
			given |= KERNEL_OPTION_APPEND;
			break;
		case 'd': /* taken everywhere; the cache is no part of the database */
			break;
		case 'h':
			kernel_usage(stdout);
			return -1;
		default:
			return kernel_usage_wrong("an unknown option, or one without its value");
		}
	}
	return given & ~allowed ? kernel_usage_wrong("an option that isn't this subcommand's") : 0;
}

int kernel_failed(const struct fault *fault)
{
	fprintf(stderr, "remapbench kernel: %s\n", fault->text);
	return 1;
}

/* What kernels_load passed over is no failure, but it is said. */
int kernel_cache_load(struct kernel_list *list, struct fault *fault)
{
	int err = kernels_load(list, fault);

	if (!err && fault->text[0])
		fprintf(stderr, "remapbench kernel: %s\n", fault->text);
	return err;
}

json_t *kernel_json(const struct kernel *kernel)
{
	json_t *recipe = NULL;
	json_t *value;

	kernel_recipe(kernel, &recipe, NULL);
	value = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", kernel->name,
			  "release", kernel->release, "version", kernel->version, "origin",
			  kernel->origin, "sha256", kernel->sha256, "config_sha256",
			  kernel->config_sha256, "format", image_format_name(kernel->format),
			  "image", kernel->image, "config", kernel->config);
	if (value && recipe)
		json_object_set(value, "recipe", recipe);
	json_decref(recipe);
	return value;
}

/* Takes over what it prints. */
int kernel_json_print(json_t *value)
{
	char *bytes = value ? json_dumps(value, JSON_INDENT(2)) : NULL;

	json_decref(value);
	if (!bytes) {
		fputs("remapbench kernel: out of memory, or a path that is no UTF-8\n", stderr);
		return 1;
	}
	puts(bytes);
	free(bytes);
	return 0;
}

int cmd_kernel(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*call)(int argc, char **argv);
	} subcommands[] = {
		{ "fetch", kernel_fetch_command }, { "add", kernel_add_command },
		{ "build", kernel_build_command }, { "list", kernel_list_command },
		{ "show", kernel_show_command },   { "rm", kernel_rm_command },
		{ "gc", kernel_gc_command },
	};

	if (argc < 2) {
		kernel_usage(stderr);
		return 2;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		kernel_usage(stdout);
		return 0;
	}
	for (size_t i = 0; i < sizeof(subcommands) / sizeof(subcommands[0]); i++)
		if (!strcmp(subcommands[i].name, argv[1]))
			return subcommands[i].call(argc - 1, argv + 1);
	return kernel_usage_wrong("the subcommands are fetch, add, build, list, show, rm and gc");
}
