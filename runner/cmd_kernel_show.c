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

/* The traits of the kernel it is made of, and one for what is appended: see kernel_trait_of(). */
static json_t *variant_recipe(const struct kernel *from, const char *append)
{
	json_t *recipe = NULL, *traits, *old;
	char both[SHA256_HEX + sizeof(from->append) + 1], key[SHA256_HEX], words[300];

	if (kernel_recipe(from, &recipe, NULL) || !recipe)
		recipe = json_object();
	snprintf(both, sizeof(both), "%s %s", from->sha256, append);
	snprintf(words, sizeof(words), "booted with %s", append);
	traits = json_array();
	old = json_object_get(recipe, "traits");
	if (json_is_array(old))
		json_array_extend(traits, old);
	json_array_append_new(traits, json_string(strcmp(append, "mremap_relocate=always") == 0
							  ? "relocates-always"
							  : words));
	if (bytes_sha256(both, strlen(both), key) ||
	    json_object_set_new(recipe, "key", json_string(key)) ||
	    json_object_set_new(recipe, "append", json_string(append)) ||
	    json_object_set_new(recipe, "of", json_string(from->sha256)) ||
	    json_object_set_new(recipe, "traits", traits)) {
		json_decref(recipe);
		return NULL;
	}
	return recipe;
}

static bool append_valid(const char *append)
{
	size_t len = strlen(append);

	if (!len || len >= sizeof(((struct kernel *)NULL)->append))
		return false;
	for (size_t i = 0; i < len; i++)
		if (append[i] < ' ' || append[i] > '~' || append[i] == ',')
			return false;
	return true;
}

static int kernel_add_variant(const struct kernel_options *options, const char *spec)
{
	struct kernel_list list = { 0 };
	struct kernel_new fresh = { .name = options->name };
	struct kernel from, kernel;
	struct fault fault = { 0 };
	int status;

	if (!options->name)
		return kernel_usage_wrong("--append makes another kernel: give it a --name");
	if (!append_valid(options->append))
		return kernel_usage_wrong(
			"--append takes up to 255 printable characters, no comma");
	if (kernel_cache_load(&list, &fault))
		return kernel_failed(&fault);
	status = kernel_find(&list, spec, &from, &fault);
	kernel_list_free(&list);
	if (status)
		return kernel_failed(&fault);
	if (from.append[0])
		return kernel_usage_wrong("that kernel is such a variant already");
	fresh.image = from.image;
	fresh.config = from.config[0] ? from.config : NULL;
	fresh.version = from.version;
	fresh.origin = from.origin;
	fresh.recipe = variant_recipe(&from, options->append);
	if (!fresh.recipe)
		status = fault_set(&fault, -ENOMEM, "no memory");
	else
		status = kernel_put(&fresh, &kernel, &fault);
	json_decref(fresh.recipe);
	return status ? kernel_failed(&fault) : kernel_print(&kernel);
}

int kernel_add_command(int argc, char **argv)
{
	struct kernel_options options;
	struct kernel kernel;
	struct fault fault = { 0 };
	char *real, origin[sizeof(kernel.origin)];
	int status = kernel_options_read(
		argc, argv, KERNEL_OPTION_CONFIG | KERNEL_OPTION_NAME | KERNEL_OPTION_APPEND,
		&options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind != argc - 1)
		return kernel_usage_wrong("add takes one image");
	if (options.append)
		return options.config ? kernel_usage_wrong("--append leaves the config as it is")
				      : kernel_add_variant(&options, argv[optind]);
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
