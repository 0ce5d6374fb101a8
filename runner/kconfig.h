/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kconfig: which options a kernel's source knows. Of those that a config asked for in vain, one kind is
 * news (the source knows the option, and its conditions don't hold) and the other hardly (a config for
 * many versions names what one of them doesn't have; or a name is misspelt).
 */
#ifndef RUNNER_KCONFIG_H
#define RUNNER_KCONFIG_H

#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct kconfig_parted {
	struct text
		refused; /* lines "CONFIG_X=y (mm/Kconfig:12)": known, and defined there first */
	struct text unknown; /* lines "CONFIG_X=y" */
	size_t refused_count, unknown_count;
};

/*
 * Parts lines "CONFIG_X=…" by whether a Kconfig file of the tree that x86 reads defines X. Where that can't
 * be read, all are among the refused. kconfig_parted_free in any case.
 */
int kconfig_part(const char *tree, const char *lines, struct kconfig_parted *parted,
		 struct fault *fault);
void kconfig_parted_free(struct kconfig_parted *parted);

#endif
