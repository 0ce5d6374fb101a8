/* SPDX-License-Identifier: GPL-2.0-only */
/* cmd_kernel: what the files of `remapbench kernel`, one a subject, share. */
#ifndef RUNNER_CMD_KERNEL_H
#define RUNNER_CMD_KERNEL_H

#include <jansson.h>
#include <stdbool.h>

#include "base/fault.h"
#include "runner/kernels.h"

enum {
	KERNEL_OPTION_JSON = 1,
	KERNEL_OPTION_CONFIG = 2,
	KERNEL_OPTION_NAME = 4,
	KERNEL_OPTION_AVAILABLE = 8,
	KERNEL_OPTION_APPEND = 16,
};

struct kernel_options {
	bool json, available;
	const char *config, *name, *append;
};

/* Reads the options after the subcommand (argv[0]); 0, 2, or -1 where only help was asked for. */
int kernel_options_read(int argc, char **argv, int allowed, struct kernel_options *options);

/* Both say it on stderr, and return the exit status: 2, and 1. */
int kernel_usage_wrong(const char *about);
int kernel_failed(const struct fault *fault);

/* kernels_load; what it passed over is no failure, but it is said. */
int kernel_cache_load(struct kernel_list *list, struct fault *fault);

json_t *kernel_json(const struct kernel *kernel);
int kernel_json_print(json_t *value); /* takes it over; the exit status */
int kernel_print(const struct kernel *kernel); /* with its recipe; the exit status */

int kernel_add_command(int argc, char **argv);
int kernel_build_command(int argc, char **argv);
int kernel_fetch_command(int argc, char **argv);
int kernel_gc_command(int argc, char **argv);
int kernel_list_command(int argc, char **argv);
int kernel_rm_command(int argc, char **argv);
int kernel_show_command(int argc, char **argv);

#endif
