// SPDX-License-Identifier: GPL-2.0-only
/* Versions and their order, and the catalogue of what can be fetched by them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "runner/catalogue.h"
#include "runner/tests/image_file.h"
#include "runner/version.h"

static void versions_have_debians_order(void **state)
{
	static const char *const ordered[] = {
		"5.10",	     "6.1.0-9",	   "6.1.0-50", "6.1.27-1", "6.1.176-1", "6.12.74-2~bpo12+1",
		"6.12.74-2", "6.12.107-1", "7.3-rc2",  "7.3-rc10", "7.3",	"7.3-1",
	};
	enum { COUNT = sizeof(ordered) / sizeof(ordered[0]) };

	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = 0; j < COUNT; j++) {
			int order = version_compare(ordered[i], ordered[j]);

			if ((order > 0) - (order < 0) != (i > j) - (i < j))
				fail_msg("%s and %s: %d", ordered[i], ordered[j], order);
		}
	assert_int_equal(version_compare("7.3~rc7", "7.3-rc7"), 0);
	assert_int_equal(version_compare("6.01", "6.1"), 0);
	assert_true(version_compare("1.99999999999999999999999", "1.100000000000000000000000") < 0);
}

static void a_version_begins_where_a_part_ends(void **state)
{
	static const struct {
		const char *version, *spec;
		bool begins;
	} pairs[] = {
		{ "6.1.176-1", "6.1", true },
		{ "6.12.1", "6.1", false },
		{ "6.1", "6.1", true },
		{ "6.1~rc1", "6.1", true },
		{ "6.1", "6.1.1", false },
		{ "6.1+x", "6.1", true },
		{ "6.1.0-50-x", "6.1.0-5", false },
		{ "6.1", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (version_begins(pairs[i].version, pairs[i].spec) != pairs[i].begins)
			fail_msg("%s, %s", pairs[i].version, pairs[i].spec);
}

static int catalogue_from(const char *yaml, struct catalogue **catalogue, struct fault *fault)
{
	assert_int_equal(file_write(in_folder("kernels.yaml"), yaml, strlen(yaml)), 0);
	return catalogue_load(in_folder("kernels.yaml"), catalogue, fault);
}

static void the_catalogue_is_read(void **state)
{
	struct catalogue *catalogue;

	(void)state;
	assert_int_equal(
		catalogue_from("images: [ \"linux-image-*\" ]\nparts: []\nseries:\n"
			       "- version: \"6.1\"\n  suites: [ bookworm, bookworm-security ]\n"
			       "- version: \"*\"\n  suites: [ sid ]\n",
			       &catalogue, NULL),
		0);
	assert_string_equal(catalogue->images[0], "linux-image-*");
	assert_string_equal(catalogue_find(catalogue, "6.1.170")->suites[1], "bookworm-security");
	assert_string_equal(catalogue_find(catalogue, "6.12")->suites[0], "sid");
	catalogue_free(catalogue);
}

static void a_wrong_catalogue_is_refused_with_its_reason(void **state)
{
	static const struct {
		const char *yaml, *why;
	} wrong[] = {
		{ "", "" },
		{ "[", "" },
		{ "images: [ a ]\nparts: []\nseries: []\n", "series" },
		{ "images: []\nparts: []\nseries:\n- version: \"*\"\n  suites: [ sid ]\n",
		  "images" },
		{ "images: [ a ]\nparts: []\nseries:\n- version: \"*\"\n  suites: [ "
		  "a123456789b123456789c123456789d123456789e123456789f123456789g123 ]\n",
		  "suite" },
		{ "images: [ a ]\nparts: []\nmirror: b\nseries:\n- version: \"*\"\n  suites: [ sid ]\n",
		  "mirror" },
		{ "images: [ a ]\nparts: []\nseries:\n- version: \"*\"\n  suites: [ 'sid main' ]\n",
		  "sid main" },
		{ "images: [ a ]\nparts: []\nseries:\n- version: \"*\"\n  suites: [ '../../x' ]\n",
		  "suite" },
		{ "images: [ a ]\nparts: []\nseries:\n- version: \"*\"\n", "suites" },
	};
	struct catalogue *catalogue;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		fault.text[0] = '\0';
		assert_int_equal(catalogue_from(wrong[i].yaml, &catalogue, &fault), -EPROTO);
		assert_null(catalogue);
		if (!fault.text[0] || !strstr(fault.text, wrong[i].why))
			fail_msg("%s: %s", wrong[i].yaml, fault.text);
	}
	assert_int_equal(catalogue_load(in_folder("none"), &catalogue, &fault), -ENOENT);
}

/* From the project's root, where ./check runs the tests. */
static void the_shipped_catalogue_knows_the_default_kernels(void **state)
{
	struct catalogue *catalogue = NULL;
	struct fault fault = { 0 };

	(void)state;
	if (catalogue_load("configs/kernels.yaml", &catalogue, &fault))
		fail_msg("%s", fault.text);
	assert_non_null(catalogue_find(catalogue, "6.1"));
	assert_non_null(catalogue_find(catalogue, "6.12"));
	assert_true(catalogue_find(catalogue, "6.1")->suite_count > 0);
	assert_non_null(catalogue_find(catalogue, "*")); /* where "newest" is looked for */
	catalogue_free(catalogue);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_have_debians_order),
		cmocka_unit_test(a_version_begins_where_a_part_ends),
		IN_FOLDER(the_catalogue_is_read),
		IN_FOLDER(a_wrong_catalogue_is_refused_with_its_reason),
		cmocka_unit_test(the_shipped_catalogue_knows_the_default_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
