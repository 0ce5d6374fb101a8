/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kernel_lab: the project's own patches, configs/kernels/ablations/VERSION/NAME.patch and
 * configs/kernels/relocation/VERSION.patch: VERSION is what a source's version begins with, the longest
 * that there is.
 */
#ifndef RUNNER_KERNEL_LAB_H
#define RUNNER_KERNEL_LAB_H

#include "base/fault.h"

/* The path (PATH_MAX) of the patch. -ENOENT: the fault says which there are. */
int lab_ablation(const char *version, const char *name, char *path, struct fault *fault);
int lab_relocation(const char *version, char *path, struct fault *fault);

#endif
