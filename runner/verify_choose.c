// SPDX-License-Identifier: GPL-2.0-only
/* verify_choose: the rows of a dataset that a request asks for. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/verify.h"
#include "runner/version.h"

static bool kernel_asked(const struct verify_request *request,
			 const struct reference_kernel *kernel)
{
	const char *names[] = { kernel->label, kernel->name, kernel->release, kernel->version };

	for (size_t i = 0; i < request->kernel_count; i++) {
		const char *spec = request->kernels[i];

		if (strlen(spec) >= 8 && !strncmp(kernel->sha256, spec, strlen(spec)))
			return true;
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++)
			if (glob_match(spec, names[j]) || version_begins(names[j], spec))
				return true;
	}
	return !request->kernel_count;
}

static bool cell_asked(const struct verify_request *request, const char *key)
{
	for (size_t i = 0; i < request->cell_count; i++)
		if (glob_match(request->cells[i], key))
			return true;
	return !request->cell_count;
}

static int rows_add(const struct reference *from, const struct verify_request *request,
		    size_t kernel, struct verify_result *result)
{
	for (size_t i = 0; i < from->cell_count; i++) {
		struct verify_row *rows;

		if (!cell_asked(request, from->cells[i].key) ||
		    !reference_row_find(&from->cells[i], kernel))
			continue;
		rows = reallocarray(result->rows, result->count + 1, sizeof(*rows));
		if (!rows)
			return -ENOMEM;
		result->rows = rows;
		rows[result->count++] = (struct verify_row){ kernel, i, VERIFY_SKIPPED, NULL };
	}
	return 0;
}

/* So many of all that match, evenly: the same ones each time. */
static void rows_thin(struct verify_result *result, size_t wanted)
{
	size_t all = result->count;

	if (!wanted || wanted >= all)
		return;
	for (size_t i = 0; i < wanted; i++)
		result->rows[i] = result->rows[(2 * i + 1) * all / (2 * wanted)];
	result->count = wanted;
}

int verify_choose(const struct reference *from, const struct verify_request *request,
		  struct verify_result *result, struct fault *fault)
{
	int err = 0;

	for (size_t k = 0; !err && k < from->kernel_count; k++)
		if (kernel_asked(request, &from->kernels[k]))
			err = rows_add(from, request, k, result);
	if (err)
		return fault_set(fault, err, "no memory");
	if (!result->count)
		return fault_set(fault, -EINVAL,
				 "the dataset has no such row; remapbench reference list");
	rows_thin(result, request->rows);
	return 0;
}
