/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_recipe: what a kernel is built from, as a key (which changes with anything that can change the
 * image) and as the record that is kept beside it.
 */
#ifndef RUNNER_KERNEL_RECIPE_H
#define RUNNER_KERNEL_RECIPE_H

#include <jansson.h>
#include <stddef.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/kconfig.h"
#include "runner/kernel_config.h"
#include "runner/kernel_patches.h"
#include "runner/kernel_source.h"

struct recipe {
	struct kernel_source source;
	struct kernel_config config;
	struct kernel_patches patches;
	struct text toolchain; /* lines */
	const char *ablation; /* or NULL */
	bool relocation;
	char version[SOURCE_VERSION];
	char key[SHA256_HEX], base_key[SHA256_HEX], family[SHA256_HEX];
};

/* Fills in the three keys, of what else is there. -ENOMEM. */
int recipe_keys(struct recipe *recipe);
/* The object for kernel.json. parted: what the config asked for in vain. NULL: no memory. */
json_t *recipe_json(const struct recipe *recipe, double seconds, size_t compiled,
		    const struct kconfig_parted *parted);
void recipe_free(struct recipe *recipe);

/* The source of a recipe as kernel_build takes it again; "" where the recipe does not say. */
void recipe_source_spec(const json_t *recipe, char *out, size_t room);

/* For people: lines "source  …", indented as `kernel show` does. Made plain. */
void recipe_print(const json_t *recipe, struct text *out);

#endif
