// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel_list: `remapbench kernel list`: what is in the cache, and what the suites hold. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/cmd_kernel.h"
#include "runner/kernel_history.h"

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
		return kernel_usage_wrong("list --available takes one glob at most");
	if (kernels_available(optind < argc ? argv[optind] : NULL, &list, &fault))
		return kernel_failed(&fault);
	if (json)
		status = kernel_json_print(available_json(&list));
	else if (list.count)
		status = available_print(&list);
	else
		fputs("remapbench kernel: the suites hold no such kernel\n", stderr);
	free(list.items);
	return status;
}

int kernel_list_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel_list list;
	struct fault fault = { 0 };
	json_t *array;
	int status = kernel_options_read(argc, argv, KERNEL_OPTION_JSON | KERNEL_OPTION_AVAILABLE,
					 &options);

	if (status)
		return status < 0 ? 0 : status;
	if (options.available)
		return available_command(argc, argv, options.json);
	if (optind != argc)
		return kernel_usage_wrong("list takes no argument without --available");
	if (kernel_cache_load(&list, &fault))
		return kernel_failed(&fault);
	if (options.json) {
		array = json_array();
		for (size_t i = 0; array && i < list.count; i++)
			if (json_array_append_new(array, kernel_json(&list.items[i]))) {
				json_decref(array);
				array = NULL;
			}
		status = kernel_json_print(array);
	} else if (list.count) {
		status = list_print(&list);
	} else {
		fputs("no kernels yet: remapbench kernel fetch 6.1 6.12\n", stderr);
	}
	kernel_list_free(&list);
	return status;
}
