// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel_rm: `remapbench kernel rm` and `kernel gc`: what goes from the cache, by name or by use. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "runner/cmd_kernel.h"
#include "runner/kernels_gc.h"

enum { UNUSED_DAYS = 14, UNUSED_MOST = 36500 };

struct rm_options {
	bool dry_run, yes, json;
	unsigned int unused;
};

static void rm_usage(FILE *to)
{
	fputs("usage: remapbench kernel rm KERNEL… [-n] [--yes] [--json]\n"
	      "\n"
	      "Removes kernels from the cache. What was measured on them stays, with all that says what\n"
	      "they were; the kernels themselves can be fetched, added or built again. KERNEL is a whole\n"
	      "name, 8 or more digits of the image's SHA-256, or a glob of names ('debian-6.1.*'). One that\n"
	      "a run is using is not removed. On a terminal it asks first.\n"
	      "\n"
	      "  -n, --dry-run   says which would go, and how much that is; removes nothing\n"
	      "  -y, --yes       doesn't ask\n"
	      "  --json          what was removed (or would be) as JSON; doesn't ask either\n"
	      "\n"
	      "For example:\n"
	      "  remapbench kernel rm 7.3.4-lab-small-series\n"
	      "  remapbench kernel rm -n 'debian-6.1.*'\n",
	      to);
}

static void gc_usage(FILE *to)
{
	fputs("usage: remapbench kernel gc [-n] [--unused DAYS] [--json]\n"
	      "\n"
	      "Removes from the cache what no kernel's name refers to: the work of programs that were\n"
	      "killed, kernels whose record is broken, packages that were downloaded and unpacked, warm\n"
	      "bases of `kernel build` (and logs of builds that failed) that were not used for 14 days. Kernels\n"
	      "stay (see kernel rm), and so does whatever another program is using just now.\n"
	      "\n"
	      "  -n, --dry-run   says what would go, and how much that is; removes nothing\n"
	      "  --unused DAYS   instead of 14; 0 takes all warm bases, which the next build makes again\n"
	      "  --json          the same as JSON\n",
	      to);
}

/* 0, 2, or -1 where only help was asked for. */
static int options_read(int argc, char **argv, const char *letters, void (*usage)(FILE *),
			struct rm_options *options)
{
	static const struct option names[] = {
		{ "dry-run", no_argument, NULL, 'n' },
		{ "yes", no_argument, NULL, 'y' },
		{ "json", no_argument, NULL, 'j' },
		{ "unused", required_argument, NULL, 'u' },
		{ "help", no_argument, NULL, 'h' },
		{ "db", required_argument, NULL, 'd' },
		{ 0 },
	};
	uint64_t days;
	int option;

	*options = (struct rm_options){ .unused = UNUSED_DAYS };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "nyh", names, NULL)) != -1) {
		if (option != 'h' && option != 'd' && !strchr(letters, option))
			option = '?';
		switch (option) {
		case 'n':
			options->dry_run = true;
			break;
		case 'y':
			options->yes = true;
			break;
		case 'j':
			options->json = true;
			break;
		case 'u':
			if (number_parse(optarg, &days) || days > UNUSED_MOST)
				return kernel_usage_wrong("--unused takes a number of days");
			options->unused = (unsigned int)days;
			break;
		case 'd': /* taken everywhere; the cache is no part of the database */
			break;
		case 'h':
			usage(stdout);
			return -1;
		default:
			return kernel_usage_wrong("an unknown option, or one without its value");
		}
	}
	return 0;
}

static bool confirmed(const struct kernel_list *list, double bytes)
{
	char answer[16];

	if (!isatty(STDIN_FILENO)) {
		fputs("remapbench kernel: rm without a terminal to ask on: say --yes, or -n to see"
		      " what would go\n",
		      stderr);
		return false;
	}
	for (size_t i = 0; i < list->count; i++)
		fprintf(stderr, "%s\n", list->items[i].name);
	fprintf(stderr, "remove %zu kernels, %.1f MB? [y/N] ", list->count, bytes / 1e6);
	if (!fgets(answer, sizeof(answer), stdin))
		return false;
	return answer[0] == 'y' || answer[0] == 'Y';
}

static int found_remove(const struct kernel_list *found, const struct rm_options *options)
{
	json_t *array = json_array();
	unsigned long long sum = 0;
	size_t count = 0;
	int status = 0;

	for (size_t i = 0; i < found->count; i++) {
		const struct kernel *kernel = &found->items[i];
		unsigned long long bytes = kernel_bytes(kernel);
		struct fault fault = { 0 };

		if (!options->dry_run && kernel_remove(kernel, &fault)) {
			status = kernel_failed(&fault);
			continue;
		}
		sum += bytes;
		count++;
		if (options->json)
			json_array_append_new(
				array, json_pack("{s:s, s:s, s:I}", "name", kernel->name, "sha256",
						 kernel->sha256, "bytes", (json_int_t)bytes));
		else
			printf("%s  %.1f MB\n", kernel->name, (double)bytes / 1e6);
	}
	if (options->json)
		status |= kernel_json_print(json_incref(array));
	else
		fprintf(stderr, "remapbench kernel: %s %zu kernels, %.1f MB\n",
			options->dry_run ? "would remove" : "removed", count, (double)sum / 1e6);
	json_decref(array);
	return status;
}

int kernel_rm_command(int argc, char **argv)
{
	struct kernel_list list, found = { 0 };
	struct rm_options options;
	struct fault fault = { 0 };
	double bytes = 0;
	int status = options_read(argc, argv, "nyj", rm_usage, &options), err = 0;

	if (status)
		return status < 0 ? 0 : status;
	if (optind >= argc)
		return kernel_usage_wrong("rm takes at least one kernel");
	if (kernel_cache_load(&list, &fault))
		return kernel_failed(&fault);
	/* All are looked for before any goes: a name that is mistyped removes nothing. */
	for (int i = optind; !err && i < argc; i++)
		err = kernels_match(&list, argv[i], &found, &fault);
	for (size_t i = 0; i < found.count; i++)
		bytes += (double)kernel_bytes(&found.items[i]);
	if (err)
		status = kernel_failed(&fault);
	else if (!options.dry_run && !options.yes && !options.json && !confirmed(&found, bytes))
		status = isatty(STDIN_FILENO) ? 1 : 2;
	else
		status = found_remove(&found, &options);
	kernel_list_free(&list);
	kernel_list_free(&found);
	return status;
}

struct gc_sum {
	json_t *array; /* NULL: lines */
	unsigned long long bytes;
	size_t count;
};

static void gc_tell(void *context, const struct gc_item *item)
{
	struct gc_sum *sum = context;

	sum->bytes += item->bytes;
	sum->count++;
	if (sum->array)
		json_array_append_new(sum->array,
				      json_pack("{s:s, s:s, s:I}", "path", item->path, "what",
						item->what, "bytes", (json_int_t)item->bytes));
	else
		printf("%8.1f MB  %s  %s\n", (double)item->bytes / 1e6, item->path, item->what);
}

int kernel_gc_command(int argc, char **argv)
{
	struct rm_options options;
	struct fault fault = { 0 };
	struct gc_sum sum = { 0 };
	int status = options_read(argc, argv, "nju", gc_usage, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind != argc)
		return kernel_usage_wrong("gc takes no argument");
	sum.array = options.json ? json_array() : NULL;
	status = kernels_gc(options.unused, options.dry_run, gc_tell, &sum, &fault)
			 ? kernel_failed(&fault)
			 : 0;
	if (sum.array)
		status |= kernel_json_print(sum.array);
	else
		fprintf(stderr, "remapbench kernel: %s %zu things, %.1f MB\n",
			options.dry_run ? "would remove" : "removed", sum.count,
			(double)sum.bytes / 1e6);
	return status;
}
