// SPDX-License-Identifier: GPL-2.0-only
/* The profiles' blob: there and back, and what hostile bytes must not do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "results/profile_blob.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { SAMPLES = 5 };

/* A row's values, written out. */
static void row_expand(const struct profile_rows *rows, size_t row, uint64_t values[SAMPLES])
{
	size_t at = 0;

	for (size_t i = 0; i < rows->rows[row].run_count; i++) {
		const struct profile_run *run = &rows->runs[rows->rows[row].run + i];

		for (uint32_t s = 0; s < run->samples; s++)
			values[at++] = run->value;
	}
	assert_int_equal(at, SAMPLES);
}

static void a_profile_comes_back_as_it_went(void **state)
{
	static const uint64_t values[][SAMPLES] = {
		{ 7, 7, 7, 7, 7 },
		{ 0, 0, 0, 812, 0 },
		{ 1, 2, 3, 4, 5 },
		{ 0, UINT64_MAX, 0, UINT64_MAX, UINT64_MAX },
	};
	const struct profile_column columns[] = {
		{ 1, values[0] }, { 2, values[1] }, { 900, values[2] }, { UINT64_MAX, values[3] }
	};
	struct profile_rows rows;
	struct text blob = { 0 };

	(void)state;
	assert_int_equal(profile_blob_encode(columns, COUNT(columns), SAMPLES, &blob), 0);
	assert_int_equal(profile_blob_decode(blob.data, blob.len, &rows), 0);
	assert_int_equal(rows.samples, SAMPLES);
	assert_int_equal(rows.row_count, COUNT(columns));
	for (size_t i = 0; i < COUNT(columns); i++) {
		uint64_t back[SAMPLES];

		assert_true(rows.rows[i].id == columns[i].id);
		row_expand(&rows, i, back);
		assert_memory_equal(back, values[i], sizeof(back));
	}
	profile_rows_free(&rows);
	/* Every shorter piece of it is refused. */
	for (size_t cut = 0; cut < blob.len; cut++) {
		assert_int_equal(profile_blob_decode(blob.data, cut, &rows), -EBADMSG);
		assert_null(rows.rows);
		assert_null(rows.runs);
	}
	text_free(&blob);
}

static void samples_that_cost_the_same_take_no_room(void **state)
{
	static uint64_t values[1000];
	const struct profile_column column = { 3, values };
	struct text blob = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++)
		values[i] = 40;
	assert_int_equal(profile_blob_encode(&column, 1, COUNT(values), &blob), 0);
	assert_int_equal(blob.len, 1 + 2 + 1 + 1 + 2 + 1);
	text_free(&blob);
}

static void what_is_no_profile_is_not_written(void **state)
{
	static const uint64_t values[] = { 1 };
	static const struct {
		struct profile_column columns[2];
		size_t count, samples;
		int err;
	} cases[] = {
		{ { { 0, values } }, 1, 1, -EINVAL },
		{ { { 2, values }, { 2, values } }, 2, 1, -EINVAL },
		{ { { 2, values }, { 1, values } }, 2, 1, -EINVAL },
		{ { { 1, values } }, 1, 0, -EINVAL },
		{ { { 0, NULL } }, 0, 1, -EINVAL },
		{ { { 1, values } }, 1, (size_t)PROFILE_BLOB_SAMPLES + 1, -EFBIG },
		{ { { 1, values } }, (size_t)PROFILE_BLOB_FUNCTIONS + 1, 1, -EFBIG },
		{ { { 0, NULL } }, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text blob = { 0 };

		assert_int_equal(profile_blob_encode(cases[i].columns, cases[i].count,
						     cases[i].samples, &blob),
				 cases[i].err);
		assert_true(!cases[i].err == (blob.len > 0));
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
		BYTES(0, 0, 0), /* another format */
		BYTES(2, 0, 0),
		BYTES(1, 0, 0, 0), /* bytes behind the end */
		BYTES(1, 1, 1, 1, 1, 2, 0),
		BYTES(1, 1, 0), /* samples without functions, and the reverse */
		BYTES(1, 0, 1, 1),
		BYTES(1, 1, 1, 0, 1, 2), /* no function has the id 0 */
		BYTES(1, 1, 2, 1, 1, 2, 0, 1, 2), /* nor have two the same */
		BYTES(1, 2, 1, 1, 0, 2), /* a run of nothing */
		BYTES(1, 2, 1, 1, 3, 2), /* a run past the samples */
		BYTES(1, 2, 1, 1, 1, 2, 1, 0), /* two runs of one value */
		BYTES(1, 2, 1, 1, 1, 2), /* too few runs */
		BYTES(1, 1, 9, 1, 1, 2), /* more functions than bytes */
		BYTES(1, 0x81, 0, 1, 1, 1, 2), /* a number that is longer than it need be */
		BYTES(1, 0xff, 0xff, 0xff, 0x7f, 1, 1, 1, 2), /* too many samples */
		BYTES(1, 1, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 2,
		      1), /* past the last id */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct profile_rows rows;

		if (profile_blob_decode(cases[i].bytes, cases[i].size, &rows) != -EBADMSG)
			fail_msg("case %zu was taken", i);
		assert_null(rows.rows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_profile_comes_back_as_it_went),
		cmocka_unit_test(samples_that_cost_the_same_take_no_room),
		cmocka_unit_test(what_is_no_profile_is_not_written),
		cmocka_unit_test(a_blob_that_no_encoder_wrote_is_refused),
	};

	return cmocka_run_group_tests_name("profile_blob", tests, NULL, NULL);
}
