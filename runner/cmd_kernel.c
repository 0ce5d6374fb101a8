// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel: `remapbench kernel`: fetching, adding, listing and showing what guests boot. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/commands.h"
#include "runner/kernel_fetch.h"
#include "runner/kernel_spec.h"
#include "runner/kernels.h"

static void kernel_usage(FILE *to)
{
	fputs("usage: remapbench kernel fetch [SUITE/]WHAT…\n"
	      "       remapbench kernel add IMAGE [--config FILE] [--name NAME]\n"
	      "       remapbench kernel list [--json]\n"
	      "       remapbench kernel list --available [GLOB] [--json]\n"
	      "       remapbench kernel show KERNEL [--json]\n"
	      "\n"
	      "The kernels that guests boot. They are kept in a cache, each under the SHA-256 of its\n"
	      "image; nothing is installed, and removing the cache loses nothing that was measured.\n"
	      "\n"
	      "  fetch  a stock kernel of Debian's, from the mirror that this system's apt uses, verified\n"
	      "         by Debian's signatures. The system's own packages and lists are left alone. Prints\n"
	      "         its name in the cache. configs/kernels.yaml says in which suites to look. WHAT is\n"
	      "           6.12          the newest cloud kernel whose version begins so, of the first\n"
	      "                         suite that has one\n"
	      "           6.12.107-1    that build, from wherever it is\n"
	      "           linux-image-6.12.107+deb13-amd64\n"
	      "                         that package, of whatever flavour\n"
	      "           newest        the highest version that any of the suites holds (7.3~rc7 comes\n"
	      "                         before 7.3)\n"
	      "         and SUITE/ before it looks in that suite only, which may be any of the mirror's.\n"
	      "  add    an image of your own (a bzImage: arch/x86/boot/bzImage of a kernel tree)\n"
	      "  list   what is there, oldest first; with --available, what the suites hold whose version,\n"
	      "         package or SUITE/VERSION matches the GLOB, with the size to download\n"
	      "  show   one of them. KERNEL is a name, the beginning of a name or of a release (6.1 finds\n"
	      "         6.1.0-50-cloud-amd64, not 6.12), or 8 or more digits of the image's SHA-256;\n"
	      "         of several the newest is meant.\n"
	      "\n"
	      "For example:\n"
	      "  remapbench kernel fetch 6.1 6.12\n"
	      "  remapbench kernel list --available '6.17*'\n"
	      "  remapbench kernel fetch trixie-backports/6.17 newest\n"
	      "  remapbench kernel add ~/linux/arch/x86/boot/bzImage --config ~/linux/.config --name patched\n"
	      "  remapbench run -k 6.1 -k patched -i insn\n",
	      to);
}

enum { OPTION_JSON = 1, OPTION_CONFIG = 2, OPTION_NAME = 4, OPTION_AVAILABLE = 8 };

struct kernel_options {
	bool json, available;
	const char *config, *name;
};

static int usage_wrong(const char *about)
{
	fprintf(stderr, "remapbench kernel: %s; see remapbench kernel --help\n", about);
	return 2;
}

/* Reads the options after the subcommand (argv[0]); 0, 2, or -1 where only help was asked for. */
static int options_read(int argc, char **argv, int allowed, struct kernel_options *options)
{
	static const struct option names[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "available", no_argument, NULL, 'a' },
		{ "config", required_argument, NULL, 'c' },
		{ "name", required_argument, NULL, 'n' },
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
			given |= OPTION_JSON;
			break;
		case 'a':
			options->available = true;
			given |= OPTION_AVAILABLE;
			break;
		case 'c':
			options->config = optarg;
			given |= OPTION_CONFIG;
			break;
		case 'n':
			options->name = optarg;
			given |= OPTION_NAME;
			break;
		case 'd': /* taken everywhere; the cache is no part of the database */
			break;
		case 'h':
			kernel_usage(stdout);
			return -1;
		default:
			return usage_wrong("an unknown option, or one without its value");
		}
	}
	return given & ~allowed ? usage_wrong("an option that isn't this subcommand's") : 0;
}

static int failed(const struct fault *fault)
{
	fprintf(stderr, "remapbench kernel: %s\n", fault->text);
	return 1;
}

/* What kernels_load passed over is no failure, but it is said. */
static int cache_load(struct kernel_list *list, struct fault *fault)
{
	int err = kernels_load(list, fault);

	if (!err && fault->text[0])
		fprintf(stderr, "remapbench kernel: %s\n", fault->text);
	return err;
}

static json_t *kernel_json(const struct kernel *kernel)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", kernel->name,
			 "release", kernel->release, "version", kernel->version, "origin",
			 kernel->origin, "sha256", kernel->sha256, "config_sha256",
			 kernel->config_sha256, "image", kernel->image, "config", kernel->config);
}

/* Takes over what it prints. */
static int json_print(json_t *value)
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

static int list_print(const struct kernel_list *list)
{
	int name = 4, release = 7;

	for (size_t i = 0; i < list->count; i++) {
		int name_len = (int)strlen(list->items[i].name);
		int release_len = (int)strlen(list->items[i].release);

		name = name_len > name ? name_len : name;
		release = release_len > release ? release_len : release;
	}
	printf("%-*s  %-*s  %-12s  %s\n", name, "name", release, "release", "sha256", "origin");
	for (size_t i = 0; i < list->count; i++) {
		const struct kernel *kernel = &list->items[i];

		printf("%-*s  %-*s  %-12.12s  %s\n", name, kernel->name, release, kernel->release,
		       kernel->sha256, kernel->origin);
	}
	return 0;
}

static json_t *available_json(const struct kernel_available_list *list)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < list->count; i++) {
		const struct kernel_available *build = &list->items[i];

		if (json_array_append_new(array,
					  json_pack("{s:s, s:s, s:s, s:I, s:s, s:b}", "version",
						    build->version, "suite", build->suite,
						    "package", build->package, "download_bytes",
						    (json_int_t)build->bytes, "name", build->name,
						    "cached", build->cached))) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

static int available_print(const struct kernel_available_list *list)
{
	int version = 7, suite = 5, package = 7;

	for (size_t i = 0; i < list->count; i++) {
		int version_len = (int)strlen(list->items[i].version);
		int suite_len = (int)strlen(list->items[i].suite);
		int package_len = (int)strlen(list->items[i].package);

		version = version_len > version ? version_len : version;
		suite = suite_len > suite ? suite_len : suite;
		package = package_len > package ? package_len : package;
	}
	printf("%-*s  %-*s  %-*s  %8s  cache\n", version, "version", suite, "suite", package,
	       "package", "size");
	for (size_t i = 0; i < list->count; i++) {
		const struct kernel_available *build = &list->items[i];

		printf("%-*s  %-*s  %-*s  %5.1f MB  %s\n", version, build->version, suite,
		       build->suite, package, build->package, (double)build->bytes / 1e6,
		       build->cached ? "there" : "-");
	}
	return 0;
}

static int available_command(int argc, char **argv, bool json)
{
	struct kernel_available_list list;
	struct fault fault = { 0 };
	int status = 0;

	if (optind < argc - 1)
		return usage_wrong("list --available takes one glob at most");
	if (kernels_available(optind < argc ? argv[optind] : NULL, &list, &fault))
		return failed(&fault);
	if (json)
		status = json_print(available_json(&list));
	else if (list.count)
		status = available_print(&list);
	else
		fputs("remapbench kernel: the suites hold no such kernel\n", stderr);
	free(list.items);
	return status;
}

static int kernel_list_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel_list list;
	struct fault fault = { 0 };
	json_t *array;
	int status = options_read(argc, argv, OPTION_JSON | OPTION_AVAILABLE, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (options.available)
		return available_command(argc, argv, options.json);
	if (optind != argc)
		return usage_wrong("list takes no argument without --available");
	if (cache_load(&list, &fault))
		return failed(&fault);
	if (options.json) {
		array = json_array();
		for (size_t i = 0; array && i < list.count; i++)
			if (json_array_append_new(array, kernel_json(&list.items[i]))) {
				json_decref(array);
				array = NULL;
			}
		status = json_print(array);
	} else if (list.count) {
		status = list_print(&list);
	} else {
		fputs("no kernels yet: remapbench kernel fetch 6.1 6.12\n", stderr);
	}
	kernel_list_free(&list);
	return status;
}

static int kernel_print(const struct kernel *kernel)
{
	printf("name     %s\nrelease  %s\nversion  %s\norigin   %s\nsha256   %s\nimage    %s\n",
	       kernel->name, kernel->release, kernel->version[0] ? kernel->version : "-",
	       kernel->origin, kernel->sha256, kernel->image);
	if (kernel->config[0])
		printf("config   %s\n         sha256 %s\n", kernel->config, kernel->config_sha256);
	else
		puts("config   unknown");
	return 0;
}

static int kernel_show_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel_list list;
	struct kernel kernel;
	struct fault fault = { 0 };
	int status = options_read(argc, argv, OPTION_JSON, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind != argc - 1)
		return usage_wrong("show takes one kernel");
	if (cache_load(&list, &fault))
		return failed(&fault);
	status = kernel_find(&list, argv[optind], &kernel, &fault);
	kernel_list_free(&list);
	if (status)
		return failed(&fault);
	return options.json ? json_print(kernel_json(&kernel)) : kernel_print(&kernel);
}

static int kernel_add_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel kernel;
	struct fault fault = { 0 };
	char *real, origin[sizeof(kernel.origin)];
	int status = options_read(argc, argv, OPTION_CONFIG | OPTION_NAME, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind != argc - 1)
		return usage_wrong("add takes one image");
	real = realpath(argv[optind], NULL);
	/* A path that doesn't fit or isn't plain text is no loss: the content is the identity. */
	snprintf(origin, sizeof(origin), "file %s", real ? real : argv[optind]);
	for (char *at = origin; *at; at++)
		if (*at < ' ' || *at > '~')
			*at = '?';
	free(real);
	if (kernel_add(argv[optind], options.config, options.name, "", origin, &kernel, &fault))
		return failed(&fault);
	if (options.name && strcmp(options.name, kernel.name))
		fprintf(stderr, "remapbench kernel: this image is there already, by the name %s\n",
			kernel.name);
	return kernel_print(&kernel);
}

static int kernel_fetch_command(int argc, char **argv)
{
	struct kernel_options options;
	struct fault fault = { 0 };
	struct kernel_spec spec;
	char(*names)[KERNEL_NAME];
	size_t count;
	int status = options_read(argc, argv, 0, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind >= argc)
		return usage_wrong("fetch wants at least one version, such as 6.12, or \"newest\"");
	for (int i = optind; i < argc; i++)
		if (kernel_spec_parse(argv[i], &spec, &fault))
			return usage_wrong(fault.text);
	count = (size_t)(argc - optind);
	names = calloc(count, sizeof(*names));
	if (!names)
		status = fault_set(&fault, -ENOMEM, "no memory");
	else
		status = kernel_fetch((const char *const *)argv + optind, count, names, &fault);
	for (size_t i = 0; names && i < count; i++)
		if (names[i][0])
			puts(names[i]);
	free(names);
	return status ? failed(&fault) : 0;
}

int cmd_kernel(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*call)(int argc, char **argv);
	} subcommands[] = {
		{ "fetch", kernel_fetch_command },
		{ "add", kernel_add_command },
		{ "list", kernel_list_command },
		{ "show", kernel_show_command },
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
	return usage_wrong("the subcommands are fetch, add, list and show");
}
