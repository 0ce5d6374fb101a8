/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * blob: a series of counts as few bytes. Format 1: the byte 1, the number of values, then each
 * value's difference to the one before it (the first: to 0) modulo 2^64, read as signed, zigzagged.
 * Numbers are LEB128: seven bits a byte, low ones first, the high bit set in all but the last byte.
 */
#ifndef RESULTS_BLOB_H
#define RESULTS_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { BLOB_VALUES = 1 << 24 }; /* more are not written, and not read */

/* Appends to out. -EFBIG, -ENOMEM. */
int blob_encode(const uint64_t *values, size_t count, struct text *out);

/*
 * *values (owned by the caller, NULL for none) and *count. Any bytes are safe to give: -EBADMSG for
 * what blob_encode would not have written; memory stays within eight times the blob's size.
 */
int blob_decode(const void *bytes, size_t size, uint64_t **values, size_t *count);

#endif
