// SPDX-License-Identifier: GPL-2.0-only
/* cmd_kernel_fetch: `remapbench kernel fetch`: stock kernels into the cache. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "runner/cmd_kernel.h"
#include "runner/kernel_fetch.h"
#include "runner/kernel_spec.h"

int kernel_fetch_command(int argc, char **argv)
{
	struct kernel_options options;
	struct fault fault = { 0 };
	struct kernel_spec spec;
	char(*names)[KERNEL_NAME];
	size_t count;
	int status = kernel_options_read(argc, argv, 0, &options);

	if (status)
		return status < 0 ? 0 : status;
	if (optind >= argc)
		return kernel_usage_wrong(
			"fetch wants at least one version, such as 6.12, or \"newest\"");
	for (int i = optind; i < argc; i++)
		if (kernel_spec_parse(argv[i], &spec, &fault))
			return kernel_usage_wrong(fault.text);
	count = (size_t)(argc - optind);
	names = calloc(count, sizeof(*names));
	if (!names)
		status = fault_set(&fault, -ENOMEM, "no memory");
	else
		status = kernel_fetch((const char *const *)argv + optind, count, names, &fault);
	for (size_t i = 0; names && i < count; i++)
		if (names[i][0])
			puts(names[i]);
	free(names);
	return status ? kernel_failed(&fault) : 0;
}
