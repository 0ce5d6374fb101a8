/* SPDX-License-Identifier: GPL-2.0-only */
/* groups_file: the groups of kernel functions that a user may edit: configs/function-groups. */
#ifndef RUNNER_GROUPS_FILE_H
#define RUNNER_GROUPS_FILE_H

#include "results/function_groups.h"

/* 0 or a negative errno with words. */
int groups_file_read(struct function_groups *groups, struct fault *fault);

#endif
