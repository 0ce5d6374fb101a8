/* SPDX-License-Identifier: GPL-2.0-only */
/* kernel_ask: what a build is asked for, read into a recipe, of which its key is made. */
#ifndef RUNNER_KERNEL_ASK_H
#define RUNNER_KERNEL_ASK_H

#include "runner/kernel_build.h"
#include "runner/kernel_recipe.h"

/*
 * Everything that the key is made of; nothing is unpacked or built yet. What is to be said of the patches goes to
 * stderr, if ask->who is there. A negative errno with words; recipe_free in any case.
 */
int recipe_of_ask(const struct kernel_build_ask *ask, struct recipe *recipe, struct fault *fault);

#endif
