/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_config: what a kernel is to be configured as. A fragment says in its first comment lines
 * what it stands on ("# base: allnoconfig", "# base: lab-small.config", "# base: distro") and whether such a kernel's numbers
 * may be shown ("# figures: no"); a file that says no base is a whole config.
 */
#ifndef RUNNER_KERNEL_CONFIG_H
#define RUNNER_KERNEL_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/files.h"
#include "base/text.h"

struct kernel_config {
	char name[64]; /* "lab-small"; of a file its name without .config */
	char base
		[24]; /* the make target that it stands on: "allnoconfig"…; "olddefconfig": a whole config */
	bool figures;
	struct text
		text; /* with what it stands on before it, and what every build of ours needs behind */
	size_t asked; /* where in text begins what was asked for: before it is a distribution's config */
	char sha256[SHA256_HEX]; /* of base and text */
};

/*
 * what: NAME of configs/kernels/NAME.config, or a path; NULL: lab-small. -ENOENT says which there are.
 * version is the source's: one that stands on "distro" stands on the config of the newest kernel of Debian's
 * in the cache that is of this series, or of the kernel that `of` names (NULL).
 */
int kernel_config_load(const char *what, const char *version, const char *of,
		       struct kernel_config *config, struct fault *fault);
/* The whole config of a kernel of the cache, as it stands. */
int kernel_config_of(const char *of, struct kernel_config *config, struct fault *fault);
void kernel_config_free(struct kernel_config *config);

/*
 * What was asked for and is not so in the .config that came out, as lines "CONFIG_X=y" appended to out;
 * the result is their number. A symbol that the kernel doesn't know counts too, unless it was asked off
 * (kconfig.h tells them apart).
 */
size_t kernel_config_dropped(const struct kernel_config *config, const char *result,
			     struct text *out);

/* "y", "m", a number, a string with its quotes; "" where it is not set. Of a .config's text. */
void kernel_config_value(const char *text, const char *symbol, char *out, size_t room);

#endif
