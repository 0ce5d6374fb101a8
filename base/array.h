/* SPDX-License-Identifier: GPL-2.0-only */
/* array: arrays that grow by doubling. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

/*
 * Makes room for one more item. array: the address of the array's pointer, which the caller frees as before; *room:
 * how many items it has room for; count: how many are there; item: the size of one. 0, or -ENOMEM with the array
 * as it was.
 */
int array_grow(void *array, size_t *room, size_t count, size_t item);

#endif
