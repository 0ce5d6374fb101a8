// SPDX-License-Identifier: GPL-2.0-only
/* blob: a series of counts as few bytes, there and back. */
#include <errno.h>
#include <stdlib.h>

#include "results/blob.h"
#include "results/blob_number.h"

enum { FORMAT_ZIGZAG = 1 };

int blob_encode(const uint64_t *values, size_t count, struct text *out)
{
	uint8_t bytes[1 + BLOB_NUMBER_BYTES] = { FORMAT_ZIGZAG };
	uint64_t before = 0;

	if (count > BLOB_VALUES)
		return -EFBIG;
	text_add_bytes(out, bytes, 1 + blob_number_write(bytes + 1, count));
	for (size_t i = 0; i < count; i++) {
		text_add_bytes(out, bytes,
			       blob_number_write(bytes, blob_zigzag(values[i] - before)));
		before = values[i];
	}
	return out->failed ? -ENOMEM : 0;
}

int blob_decode(const void *bytes, size_t size, uint64_t **values, size_t *count)
{
	struct blob_reader reader = { .at = bytes };
	uint64_t number, before = 0;
	uint64_t *list = NULL;
	int err;

	*values = NULL;
	*count = 0;
	if (!size || *reader.at != FORMAT_ZIGZAG)
		return -EBADMSG;
	reader.end = reader.at + size;
	reader.at++;
	err = blob_number_read(&reader, &number);
	/* A value is at least a byte: so the count can't ask for more memory than was sent. */
	if (err || number > BLOB_VALUES || number > (size_t)(reader.end - reader.at))
		return -EBADMSG;
	if (number) {
		list = malloc(number * sizeof(*list));
		if (!list)
			return -ENOMEM;
	}
	for (uint64_t i = 0; i < number; i++) {
		uint64_t code = 0;

		if (blob_number_read(&reader, &code))
			goto bad;
		before += blob_unzigzag(code);
		list[i] = before;
	}
	if (reader.at != reader.end)
		goto bad;
	*values = list;
	*count = number;
	return 0;
bad:
	free(list);
	return -EBADMSG;
}
