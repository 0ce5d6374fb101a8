// SPDX-License-Identifier: GPL-2.0-only
/* array: arrays that grow by doubling. */
#include "base/array.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int array_grow(void *array, size_t *room, size_t count, size_t item)
{
	void *old, *grown;
	size_t want;

	if (count < *room)
		return 0;
	want = *room ? *room * 2 : 16;
	if (want < *room || want > SIZE_MAX / item)
		return -ENOMEM;
	memcpy(&old, array, sizeof(old));
	grown = realloc(old, want * item);
	if (!grown)
		return -ENOMEM;
	memcpy(array, &grown, sizeof(grown));
	*room = want;
	/* cppcheck-suppress memleak ; the array's pointer is what holds it now */
	return 0;
}
