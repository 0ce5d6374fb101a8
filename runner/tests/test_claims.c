// SPDX-License-Identifier: GPL-2.0-only
/* What a claim expects of a kernel, and which measured samples hold it. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runner/claims.h"
#include "runner/suite_claims.h"
#include "runner/tests/kept_run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void values_are_numbers_ranges_or_states(void **state)
{
	static const struct {
		const char *words;
		int err;
		double least, most;
		const char *state;
	} rows[] = {
		{ "17", 0, 17, 17, "" },
		{ "0", 0, 0, 0, "" },
		{ "0.5", 0, 0.5, 0.5, "" },
		{ "2..5", 0, 2, 5, "" },
		{ "0.9..1.1", 0, 0.9, 1.1, "" },
		{ ">=10", 0, 10, INFINITY, "" },
		{ "<=3", 0, -INFINITY, 3, "" },
		{ "ok", 0, -INFINITY, INFINITY, "ok" },
		{ "unsupported", 0, -INFINITY, INFINITY, "unsupported" },
		{ "", -EINVAL, 0, 0, "" },
		{ "5..2", -EINVAL, 0, 0, "" },
		{ "..2", -EINVAL, 0, 0, "" },
		{ "2..", -EINVAL, 0, 0, "" },
		{ "-1", -EINVAL, 0, 0, "" },
		{ "1e9", -EINVAL, 0, 0, "" },
		{ "1.2.3", -EINVAL, 0, 0, "" },
		{ "nan", -EINVAL, 0, 0, "" },
		{ "> 3", -EINVAL, 0, 0, "" },
		{ "11111111111111111111111111111111111111111111..2", -EINVAL, 0, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct claim_value value;

		if (claim_value_parse(rows[i].words, &value) != rows[i].err)
			fail_msg("'%s'", rows[i].words);
		if (rows[i].err)
			continue;
		assert_string_equal(value.state, rows[i].state);
		if (value.least != rows[i].least || value.most != rows[i].most)
			fail_msg("'%s': %f to %f", rows[i].words, value.least, value.most);
	}
}

static void the_kernels_release_chooses_between_was_and_is(void **state)
{
	static char version[] = "6.7", one[] = "1", none[] = "0", many[] = "17";
	static const struct suite_claim since = { .since = version, .was = one, .is = none };
	static const struct suite_claim always = { .is = many };
	static const struct {
		const struct suite_claim *claim;
		const char *release, *expected;
	} rows[] = {
		{ &since, "6.1.0-50-cloud-amd64", "1" },
		{ &since, "6.6.99", "1" },
		{ &since, "6.7.0", "0" },
		{ &since, "6.12.107+deb13-cloud-amd64", "0" },
		{ &since, "7.3-cloud-amd64", "0" },
		{ &always, "5.10.0", "17" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(claim_expected(rows[i].claim, rows[i].release),
				    rows[i].expected);
}

/* Four cells: steady, wavering, with an invalid sample, and unsupported. */
static void cells_keep(struct place *place)
{
	uint64_t steady[] = { 17, 17, 17 }, waver[] = { 2, 3, 5 }, insn[] = { 100, 100, 100 };
	uint64_t dear[] = { 1250, 1250, 1250 };
	struct series_record steady_series[] = { { "fn:f", "entries", NULL, steady },
						 { "insn", "instructions", NULL, insn } };
	struct series_record waver_series[] = { { "fn:f", "entries", NULL, waver },
						{ "insn", "instructions", NULL, dear } };
	struct reject_record reject = { 1, "another path" };
	struct measurement_record cells[] = {
		{ "steady", "ok", "", "", 3, 2, steady_series, 0, NULL },
		{ "waver", "ok", "", "", 3, 2, waver_series, 0, NULL },
		{ "reject", "ok", "", "", 3, 2, steady_series, 1, &reject },
		{ "none", "unsupported", "errno 22: no such flag", "", 0, 0, NULL, 0, NULL },
	};
	struct trial_record trial = { .sequence = 1,
				      .status = "ok",
				      .reason = "",
				      .console = "",
				      .measurement_count = COUNT(cells),
				      .measurements = cells };

	assert_int_equal(store_trial_save(place->store, place->run, &trial, NULL), 0);
	assert_int_equal(store_run_end(place->store, place->run, "complete", "", NULL), 0);
}

static void only_what_every_sample_shows_is_held(void **state)
{
	static const struct {
		const char *cell, *against, *metric, *is, *measured;
		bool held;
	} rows[] = {
		{ "steady", NULL, "fn:f", "17", "17", true },
		{ "steady", NULL, "fn:f", "16", "17", false },
		{ "steady", NULL, "fn:f", ">=17", "17", true },
		{ "steady", NULL, "fn:f", "unsupported", "17", false },
		{ "steady", NULL, "fn:f", "ok", "ok", true },
		{ "waver", NULL, "fn:f", "3", "2..5", false }, /* its median is */
		{ "waver", NULL, "fn:f", "2..5", "2..5", true },
		{ "waver", NULL, "fn:f", "2..4", "2..5", false },
		{ "reject", NULL, "fn:f", "17", "17", false },
		{ "reject", NULL, "fn:f", "ok", "ok", false },
		{ "none", NULL, "insn", "unsupported", "unsupported", true },
		{ "none", NULL, "insn", "17", "unsupported", false },
		{ "none", NULL, "insn", "ok", "unsupported", false },
		{ "steady", "waver", "insn", ">=12", "x12.50", true },
		{ "steady", "waver", "insn", "1", "x12.50", false },
		{ "steady", "none", "insn", ">=1", "unsupported", false },
		{ "steady", "missing", "insn", ">=0", "-", false },
		{ "missing", NULL, "insn", "0", "-", false },
		{ "steady", NULL, "fn:other", "0", "-", false },
	};
	struct place *place = *state;
	struct fault fault = { 0 };
	struct run_info run;

	cells_keep(place);
	assert_int_equal(query_run_find(place->store, "last", &run, &fault), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char words[8][80];
		struct suite_claim claim = { 0 };
		struct claim_verdict verdict;

		snprintf(words[0], sizeof(words[0]), "%s", rows[i].cell);
		snprintf(words[1], sizeof(words[1]), "%s", rows[i].against ? rows[i].against : "");
		snprintf(words[2], sizeof(words[2]), "%s", rows[i].metric);
		snprintf(words[3], sizeof(words[3]), "%s", rows[i].is);
		claim.cell = words[0];
		claim.against = rows[i].against ? words[1] : NULL;
		claim.metric = words[2];
		claim.is = words[3];
		if (claim_judge(place->store, &claim, &run, &verdict, &fault))
			fail_msg("%s", fault.text);
		if (verdict.held != rows[i].held || strcmp(verdict.measured, rows[i].measured) != 0)
			fail_msg("%s %s is %s: %s, %s", rows[i].cell, rows[i].metric, rows[i].is,
				 verdict.measured, verdict.held ? "held" : "not held");
	}
	run_info_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_numbers_ranges_or_states),
		cmocka_unit_test(the_kernels_release_chooses_between_was_and_is),
		cmocka_unit_test_setup_teardown(only_what_every_sample_shows_is_held, place_make,
						place_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
