// SPDX-License-Identifier: GPL-2.0-only
/* kernel_rules: the versions since which mremap does what the benches claim. */
#include "benches/kernel_rules.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

static unsigned int kernel_traits;

unsigned int kernel_trait_of(const char *word)
{
	static const struct {
		const char *word;
		enum kernel_trait trait;
	} traits[] = {
		{ "no-move-pmd", TRAIT_NO_MOVE_PMD },
		{ "no-move-pud", TRAIT_NO_MOVE_PUD },
		{ "no-realign", TRAIT_NO_REALIGN },
		{ "no-multi-vma", TRAIT_NO_MULTI_VMA },
		{ "relocation", TRAIT_RELOCATION },
		{ "relocates-always", TRAIT_RELOCATES_ALWAYS },
	};

	for (size_t i = 0; i < sizeof(traits) / sizeof(traits[0]); i++)
		if (!strcmp(traits[i].word, word))
			return traits[i].trait;
	return 0;
}

void kernel_traits_set(unsigned int traits)
{
	kernel_traits = traits;
}

struct kernel_version kernel_running(void)
{
	struct kernel_version version = { 0 };
	struct utsname name;

	if (uname(&name) || sscanf(name.release, "%u.%u", &version.major, &version.minor) != 2)
		return (struct kernel_version){ 0 };
	return version;
}

bool kernel_since(struct kernel_version kernel, unsigned int major, unsigned int minor)
{
	return kernel.major > major || (kernel.major == major && kernel.minor >= minor);
}

bool kernel_relocates(void)
{
	return kernel_traits & TRAIT_RELOCATION;
}

bool kernel_relocates_always(void)
{
	return kernel_traits & TRAIT_RELOCATES_ALWAYS;
}

bool kernel_moves_tables(void)
{
	return !(kernel_traits & TRAIT_NO_MOVE_PMD);
}

bool kernel_moves_upper_tables(void)
{
	return !(kernel_traits & TRAIT_NO_MOVE_PUD);
}

bool kernel_realigns(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 7) && !(kernel_traits & TRAIT_NO_REALIGN);
}

bool kernel_moves_many(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 17) && !(kernel_traits & TRAIT_NO_MULTI_VMA);
}

bool kernel_seals(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 10);
}

struct map_room kernel_map_room(struct kernel_version kernel, bool dontunmap)
{
	if (kernel_since(kernel, 7, 1))
		return (struct map_room){ .first = dontunmap && kernel_since(kernel, 7, 2) ? 5 : 4,
					  .each = 2 };
	return (struct map_room){ .first = 6, .each = 4 };
}

bool kernel_checks_before_unmapping(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 17);
}

bool kernel_batches_tables(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 15);
}

bool kernel_has_folio_switches(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 8);
}

bool kernel_moves_watched_entries(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 12);
}

bool kernel_may_move_watched_entries(struct kernel_version kernel)
{
	return kernel_moves_watched_entries(kernel) ||
	       (kernel.major == 6 && (kernel.minor == 1 || kernel.minor == 6));
}

bool kernel_aligns_large(struct kernel_version kernel)
{
	return kernel_since(kernel, 6, 7);
}
