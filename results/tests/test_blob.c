// SPDX-License-Identifier: GPL-2.0-only
/* The series' blob: there and back, and what hostile bytes must not do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "results/blob.h"

static void a_series_comes_back_as_it_went(void **state)
{
	static const struct {
		size_t count;
		uint64_t values[4];
		size_t bytes; /* of the blob */
	} cases[] = {
		{ 0, { 0 }, 2 },
		{ 1, { 0 }, 3 },
		{ 1, { UINT64_MAX }, 3 }, /* a difference of -1 */
		{ 2, { 0, UINT64_MAX }, 4 },
		{ 4, { 1, UINT64_MAX, 0, UINT64_MAX / 2 }, 15 },
		{ 3, { 423880, 423885, 423880 }, 7 },
		{ 2, { INT64_MAX, (uint64_t)INT64_MIN }, 13 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text blob = { 0 };
		uint64_t *values;
		size_t count;

		assert_int_equal(blob_encode(cases[i].values, cases[i].count, &blob), 0);
		assert_int_equal(blob.len, cases[i].bytes);
		assert_int_equal(blob_decode(blob.data, blob.len, &values, &count), 0);
		assert_int_equal(count, cases[i].count);
		if (count)
			assert_memory_equal(values, cases[i].values, count * sizeof(*values));
		free(values);
		/* Every shorter piece of it is refused. */
		for (size_t cut = 0; cut < blob.len; cut++) {
			assert_int_equal(blob_decode(blob.data, cut, &values, &count), -EBADMSG);
			assert_null(values);
		}
		text_free(&blob);
	}
}

static void a_blob_that_no_encoder_wrote_is_refused(void **state)
{
#define BYTES(...)                                  \
	{                                           \
		sizeof((uint8_t[]){ __VA_ARGS__ }), \
		{                                   \
			__VA_ARGS__                 \
		}                                   \
	}
	static const struct {
		size_t size;
		uint8_t bytes[16];
	} cases[] = {
		BYTES(0, 0), /* another format */
		BYTES(2, 0),
		BYTES(1, 0, 0), /* bytes behind the end */
		BYTES(1, 1, 0, 0),
		BYTES(1, 5, 0, 0), /* more values than bytes */
		BYTES(1, 0x80, 0), /* a number that is longer than it need be */
		BYTES(1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
		BYTES(1, 0xff, 0xff, 0xff, 0xff, 0x7f, 0),
		BYTES(1, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		      2), /* past 64 bits */
		BYTES(1, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t *values;
		size_t count;

		assert_int_equal(blob_decode(cases[i].bytes, cases[i].size, &values, &count),
				 -EBADMSG);
		assert_null(values);
	}
}

/* Any bytes: an error, or a series that encodes to those very bytes. */
static void noise_is_refused_or_is_a_series(void **state)
{
	uint64_t seed = 88172645463325252;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint8_t bytes[24] = { 1 };
		uint64_t *values;
		size_t count, size;
		struct text again = { 0 };

		for (size_t i = 1; i < sizeof(bytes); i++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			bytes[i] = (uint8_t)(i == 1 ? seed % 12 : seed % 200);
		}
		size = 2 + seed % (sizeof(bytes) - 2);
		if (blob_decode(bytes, size, &values, &count))
			continue;
		assert_int_equal(blob_encode(values, count, &again), 0);
		assert_int_equal(again.len, size);
		assert_memory_equal(again.data, bytes, size);
		free(values);
		text_free(&again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_comes_back_as_it_went),
		cmocka_unit_test(a_blob_that_no_encoder_wrote_is_refused),
		cmocka_unit_test(noise_is_refused_or_is_a_series),
	};

	return cmocka_run_group_tests_name("blob", tests, NULL, NULL);
}
