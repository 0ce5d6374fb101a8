// SPDX-License-Identifier: GPL-2.0-only
/* blob: a series of counts as few bytes, there and back. */
#include <errno.h>
#include <stdlib.h>

#include "results/blob.h"

enum { FORMAT_ZIGZAG = 1, NUMBER_BYTES = 10 };

struct reader {
	const uint8_t *at, *end;
};

static uint64_t zigzag(uint64_t difference)
{
	return difference << 1 ^ (0 - (difference >> 63));
}

static uint64_t unzigzag(uint64_t code)
{
	return code >> 1 ^ (0 - (code & 1));
}

static size_t number_write(uint8_t *out, uint64_t number)
{
	size_t count = 0;

	while (number >= 0x80) {
		out[count++] = (uint8_t)(number | 0x80);
		number >>= 7;
	}
	out[count++] = (uint8_t)number;
	return count;
}

/* Only the shortest form of a number is taken, so that one series is one blob. */
static int number_read(struct reader *reader, uint64_t *number)
{
	uint64_t result = 0;

	for (unsigned int shift = 0; shift < 7 * NUMBER_BYTES; shift += 7) {
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

int blob_encode(const uint64_t *values, size_t count, struct text *out)
{
	uint8_t bytes[1 + NUMBER_BYTES] = { FORMAT_ZIGZAG };
	uint64_t before = 0;

	if (count > BLOB_VALUES)
		return -EFBIG;
	text_add_bytes(out, bytes, 1 + number_write(bytes + 1, count));
	for (size_t i = 0; i < count; i++) {
		text_add_bytes(out, bytes, number_write(bytes, zigzag(values[i] - before)));
		before = values[i];
	}
	return out->failed ? -ENOMEM : 0;
}

int blob_decode(const void *bytes, size_t size, uint64_t **values, size_t *count)
{
	struct reader reader = { .at = bytes };
	uint64_t number, before = 0;
	uint64_t *list = NULL;
	int err;

	*values = NULL;
	*count = 0;
	if (!size || *reader.at != FORMAT_ZIGZAG)
		return -EBADMSG;
	reader.end = reader.at + size;
	reader.at++;
	err = number_read(&reader, &number);
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

		if (number_read(&reader, &code))
			goto bad;
		before += unzigzag(code);
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
