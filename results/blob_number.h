/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * blob_number: the numbers that blobs are made of (blob.h, profile_blob.h). Internal to results/.
 * LEB128: seven bits a byte, low ones first, the high bit set in all but the last byte. Only the
 * shortest form of a number is taken, so that what was encoded has one form.
 */
#ifndef RESULTS_BLOB_NUMBER_H
#define RESULTS_BLOB_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum { BLOB_NUMBER_BYTES = 10 };

struct blob_reader {
	const uint8_t *at, *end;
};

/* A signed difference (modulo 2^64), small where it is near 0 on either side. */
static inline uint64_t blob_zigzag(uint64_t difference)
{
	return difference << 1 ^ (0 - (difference >> 63));
}

static inline uint64_t blob_unzigzag(uint64_t code)
{
	return code >> 1 ^ (0 - (code & 1));
}

/* out: BLOB_NUMBER_BYTES; returns how many are used. */
size_t blob_number_write(uint8_t *out, uint64_t number);
/* 0 or -EBADMSG. */
int blob_number_read(struct blob_reader *reader, uint64_t *number);

#endif
