// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel_show: `remapbench kernel show` and `kernel add`: one kernel of the cache. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/cmd_kernel.h"
#include "runner/kernel_needs.h"
#include "runner/kernel_recipe.h"

/* What a boot of it would show the hard way. */
static void kernel_print_lacks(const struct kernel *kernel)
{
	struct kernel_lack lacks[KERNEL_LACKS];
	struct fault fault = { 0 };
	char words[200];
	size_t count;

	if (kernel_lacks(kernel, lacks, &count, &fault))
		fprintf(stderr, "remapbench kernel: %s\n", fault.text);
	for (size_t i = 0; i < count; i++)
		printf("%s %s%s\n", i ? "        " : "lacks   ",
		       kernel_lack_words(&lacks[i], words, sizeof(words)),
		       lacks[i].fatal ? "; it can't be measured" : "");
}

int kernel_print(const struct kernel *kernel)
{
	struct text lines = { 0 };
	json_t *recipe = NULL;

	printf("name     %s\nrelease  %s\nversion  %s\norigin   %s\nsha256   %s\nimage    %s\nformat   %s\n",
	       kernel->name, kernel->release, kernel->version[0] ? kernel->version : "-",
	       kernel->origin, kernel->sha256, kernel->image, image_format_name(kernel->format));
	if (kernel->config[0])
		printf("config   %s\n         sha256 %s\n", kernel->config, kernel->config_sha256);
	else
		puts("config   unknown");
	if (kernel->traits[0])
		printf("traits   %s\n", kernel->traits);
	kernel_print_lacks(kernel);
	if (!kernel_recipe(kernel, &recipe, NULL) && recipe)
		recipe_print(recipe, &lines);
	fputs(text_get(&lines), stdout);
	text_free(&lines);
	json_decref(recipe);
	return 0;
}

int kernel_show_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel_list list;
	struct kernel kernel;
	struct fault fault = { 0 };
	int status = kernel_options_read(argc, argv, KERNEL_OPTION_JSON, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind != argc - 1)
		return kernel_usage_wrong("show takes one kernel");
	if (kernel_cache_load(&list, &fault))
		return kernel_failed(&fault);
	status = kernel_find(&list, argv[optind], &kernel, &fault);
	kernel_list_free(&list);
	if (status)
		return kernel_failed(&fault);
	return options.json ? kernel_json_print(kernel_json(&kernel)) : kernel_print(&kernel);
}

int kernel_add_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel kernel;
	struct fault fault = { 0 };
	char *real, origin[sizeof(kernel.origin)];
	int status = kernel_options_read(argc, argv, KERNEL_OPTION_CONFIG | KERNEL_OPTION_NAME,
					 &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind != argc - 1)
		return kernel_usage_wrong("add takes one image");
	real = realpath(argv[optind], NULL);
	/* A path that doesn't fit or isn't plain text is no loss: the content is the identity. */
	snprintf(origin, sizeof(origin), "file %s", real ? real : argv[optind]);
	for (char *at = origin; *at; at++)
		if (*at < ' ' || *at > '~')
			*at = '?';
	free(real);
	if (kernel_add(argv[optind], options.config, options.name, "", origin, &kernel, &fault))
		return kernel_failed(&fault);
	if (options.name && strcmp(options.name, kernel.name))
		fprintf(stderr, "remapbench kernel: this image is there already, by the name %s\n",
			kernel.name);
	return kernel_print(&kernel);
}
