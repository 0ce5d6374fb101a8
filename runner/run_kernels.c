// SPDX-License-Identifier: GPL-2.0-only
/* run_kernels: the kernels that a run's request names, held while it lasts. */
#include "runner/run_kernels.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Takes it unless it is taken already: *new says which. */
static int choice_add(struct run_kernels *choice, const struct kernel *kernel, bool *new,
		      struct fault *fault)
{
	int err;

	*new = true;
	for (size_t i = 0; i < choice->count; i++)
		if (strcmp(choice->items[i].sha256, kernel->sha256) == 0)
			*new = false;
	if (!*new)
		return 0;
	if (choice->count == RUN_NAMES)
		return fault_set(fault, -EINVAL, "at most %d kernels in one go", RUN_NAMES);
	err = kernel_hold(kernel, &choice->holds[choice->hold_count], fault);
	if (err)
		return err;
	choice->hold_count++;
	choice->items[choice->count++] = *kernel;
	return 0;
}

static int choice_named(struct run_kernels *choice, const char *spec, struct fault *fault)
{
	struct kernel kernel;
	bool new;
	int err = kernel_find(&choice->known, spec, &kernel, fault);

	if (!err)
		err = choice_add(choice, &kernel, &new, fault);
	if (!err && !new)
		err = fault_set(fault, -EINVAL, "%s is named twice, as '%.80s' too", kernel.name,
				spec);
	return err;
}

/* All that match, oldest first; what was named before stays where it is. */
static int choice_matching(struct run_kernels *choice, const char *glob, struct fault *fault)
{
	bool any = false, new;
	int err = 0;

	for (size_t i = 0; i < choice->known.count && !err; i++) {
		if (!kernel_matches_glob(&choice->known.items[i], glob))
			continue;
		any = true;
		err = choice_add(choice, &choice->known.items[i], &new, fault);
	}
	if (!err && !any)
		err = fault_set(fault, -EINVAL,
				"no kernel in the cache matches '%.80s': remapbench kernel list",
				glob);
	return err;
}

int run_kernels_choose(const struct run_request *request, struct run_kernels *choice,
		       struct fault *fault)
{
	int err;

	choice->host = request->kernel_count == 0 || strcmp(request->kernels[0], "host") == 0;
	for (size_t i = 0; i < request->kernel_count; i++)
		if ((strcmp(request->kernels[i], "host") == 0) != choice->host)
			return fault_set(fault, -EINVAL,
					 "the host's run is a run of its own: name host alone");
	if (choice->host) {
		/* More than once: the same against itself, which says what the machine's noise alone does. */
		choice->count = request->kernel_count ? request->kernel_count : 1;
		return 0;
	}
	err = kernels_load(&choice->known, fault);
	for (size_t i = 0; i < request->kernel_count && !err; i++) {
		const char *spec = request->kernels[i];

		err = kernel_spec_is_glob(spec) ? choice_matching(choice, spec, fault)
						: choice_named(choice, spec, fault);
	}
	return err == -ENOENT ? -EINVAL : err;
}

void run_kernels_drop(struct run_kernels *choice)
{
	kernel_list_free(&choice->known);
	while (choice->hold_count)
		close(choice->holds[--choice->hold_count]);
}
