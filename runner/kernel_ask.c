// SPDX-License-Identifier: GPL-2.0-only
/* kernel_ask: what a build is asked for, read: source, config, patches, compiler. */
#include "runner/kernel_ask.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "runner/kernel_lab.h"
#include "runner/kernel_make.h"

static void notes_print(const char *who, const char *notes)
{
	for (const char *line = notes; *line;) {
		size_t len = strcspn(line, "\n");

		fprintf(stderr, "%s: %.*s\n", who, (int)len, line);
		line += len + (line[len] == '\n');
	}
}

/* The project's own come first: a series may stand on the relocation patch. */
static int patches_load(const struct kernel_build_ask *ask, struct recipe *recipe,
			struct fault *fault)
{
	const char *arguments[BUILD_PATCHES + 2];
	char relocation[PATH_MAX], ablation[PATH_MAX];
	size_t count = 0;
	int err = 0;

	if (ask->patch_count > BUILD_PATCHES)
		return fault_set(fault, -E2BIG, "more than %d patches", BUILD_PATCHES);
	if (ask->relocation) {
		err = lab_relocation(recipe->version, relocation, fault);
		arguments[count++] = relocation;
	}
	if (!err && ask->ablation) {
		err = lab_ablation(recipe->version, ask->ablation, ablation, fault);
		arguments[count++] = ablation;
	}
	for (size_t i = 0; i < ask->patch_count; i++)
		arguments[count++] = ask->patches[i];
	if (err || !count)
		return err;
	err = kernel_patches_load(arguments, count, &recipe->patches, fault);
	if (!err && ask->patch_limit)
		kernel_patches_cut(&recipe->patches, count - ask->patch_count + ask->patch_limit);
	if (!err && ask->who)
		notes_print(ask->who, text_get(&recipe->patches.notes));
	return err;
}

int recipe_of_ask(const struct kernel_build_ask *ask, struct recipe *recipe, struct fault *fault)
{
	int err = kernel_tools(&recipe->toolchain, fault);

	if (!err)
		err = kernel_source_parse(ask->source, &recipe->source, fault);
	if (!err)
		err = kernel_source_identify(&recipe->source, ask->who, fault);
	if (!err)
		err = kernel_source_peek(&recipe->source, recipe->version, fault);
	if (!err)
		err = ask->config_of && !ask->config
			      ? kernel_config_of(ask->config_of, &recipe->config, fault)
			      : kernel_config_load(ask->config, recipe->version, ask->config_of,
						   &recipe->config, fault);
	recipe->ablation = ask->ablation;
	recipe->relocation = ask->relocation;
	if (!err)
		err = patches_load(ask, recipe, fault);
	if (!err && recipe_keys(recipe))
		err = fault_set(fault, -ENOMEM, "no memory");
	return err;
}
