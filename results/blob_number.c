// SPDX-License-Identifier: GPL-2.0-only
/* blob_number: the numbers that blobs are made of, there and back. */
#include <errno.h>

#include "results/blob_number.h"

size_t blob_number_write(uint8_t *out, uint64_t number)
{
	size_t count = 0;

	while (number >= 0x80) {
		out[count++] = (uint8_t)(number | 0x80);
		number >>= 7;
	}
	out[count++] = (uint8_t)number;
	return count;
}

int blob_number_read(struct blob_reader *reader, uint64_t *number)
{
	uint64_t result = 0;

	for (unsigned int shift = 0; shift < 7 * BLOB_NUMBER_BYTES; shift += 7) {
		if (reader->at == reader->end)
			return -EBADMSG;
		uint8_t byte = *reader->at++;

		if (shift == 63 && byte > 1)
			return -EBADMSG;
		result |= (uint64_t)(byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		if (!byte && shift)
			return -EBADMSG;
		*number = result;
		return 0;
	}
	return -EBADMSG;
}
