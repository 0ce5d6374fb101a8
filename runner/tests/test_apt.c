// SPDX-License-Identifier: GPL-2.0-only
/* What apt says, read: packages and mirrors, and what must never reach a command line. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/apt.h"

static void packages_are_read_with_their_fields(void **state)
{
	static const char stanzas[] =
		"Package: linux-image-6.1.0-50-cloud-amd64\nArchitecture: amd64\nVersion: 6.1.176-1\n"
		"Depends: kmod, linux-base (>= 4.3~)\nDescription: Linux\n Package: none\n .\n more\n"
		"Size: 26474248\n\n"
		"Package: linux-image-cloud-amd64\nVersion: 6.1.176-1\n\n";
	struct apt_packages packages;

	(void)state;
	assert_int_equal(apt_packages_parse(stanzas, &packages), 0);
	assert_int_equal(packages.count, 2);
	assert_string_equal(packages.items[0].name, "linux-image-6.1.0-50-cloud-amd64");
	assert_string_equal(packages.items[0].version, "6.1.176-1");
	assert_string_equal(packages.items[0].depends, "kmod, linux-base (>= 4.3~)");
	assert_int_equal(packages.items[0].size, 26474248);
	assert_string_equal(packages.items[1].name, "linux-image-cloud-amd64");
	assert_string_equal(packages.items[1].depends, "");
	assert_int_equal(packages.items[1].size, 0);
	apt_packages_free(&packages);
}

static void an_impossible_package_is_passed_over(void **state)
{
	static const char *const stanzas[] = {
		"",
		"\n\n\n",
		"Package",
		"Package:",
		"Package: \nVersion: 1\n",
		"Package: a\n",
		"Version: 1\n",
		"Package: --option\nVersion: 1\n",
		"Package: a b\nVersion: 1\n",
		"Package: a\nVersion: 1;x\n",
		"Package: a/../b\nVersion: 1\n",
		"Package: a\nVersion: -1\n",
		" Package: a\n Version: 1\n",
	};
	char long_name[400];
	struct apt_packages packages;

	(void)state;
	for (size_t i = 0; i < sizeof(stanzas) / sizeof(stanzas[0]); i++) {
		assert_int_equal(apt_packages_parse(stanzas[i], &packages), 0);
		if (packages.count)
			fail_msg("stanza %zu", i);
	}
	snprintf(long_name, sizeof(long_name), "Package: %0200d\nVersion: 1\n", 7);
	assert_int_equal(apt_packages_parse(long_name, &packages), 0);
	assert_int_equal(packages.count, 0);
	/* and hides none that follows */
	assert_int_equal(
		apt_packages_parse("Package: a b\nVersion: 1\n\nPackage: b\nVersion: 2", &packages),
		0);
	assert_int_equal(packages.count, 1);
	assert_string_equal(packages.items[0].version, "2");
	apt_packages_free(&packages);
}

static void a_suite_has_the_mirror_of_its_kind(void **state)
{
	static const char targets[] =
		"https://packages.example/apt|bookworm|Example|Example\n"
		"broken line\n"
		"|bookworm|Debian|Debian\n"
		"no-uri|bookworm|Debian|Debian\n"
		"http://mirror.example/a b|bookworm|Debian|Debian\n"
		"http://mirror.example/debian-security/|bookworm-security|Debian|Debian-Security\n"
		"http://mirror.example/debian/|bookworm|Debian|Debian\n"
		"http://other.example/debian/|sid|Debian|Debian\n";
	static const struct {
		const char *suite, *uri;
	} suites[] = {
		{ "bookworm", "http://mirror.example/debian/" },
		{ "trixie", "http://mirror.example/debian/" },
		{ "bookworm-backports", "http://mirror.example/debian/" },
		{ "trixie-security", "http://mirror.example/debian-security/" },
	};
	char uri[64];

	(void)state;
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
		assert_int_equal(apt_mirror_parse(targets, suites[i].suite, uri, sizeof(uri)), 0);
		assert_string_equal(uri, suites[i].uri);
	}
}

static void without_a_mirror_there_is_none(void **state)
{
	char uri[64];

	(void)state;
	assert_int_equal(apt_mirror_parse("", "sid", uri, sizeof(uri)), -ENOENT);
	assert_int_equal(apt_mirror_parse("http://m.example/|bookworm|Debian|Debian\n",
					  "trixie-security", uri, sizeof(uri)),
			 -ENOENT);
	assert_int_equal(
		apt_mirror_parse("http://m.example/|x|Ubuntu|Ubuntu\n", "sid", uri, sizeof(uri)),
		-ENOENT);
	assert_int_equal(apt_mirror_parse("http://m.example/too/long/for/this|x|Debian|Debian\n",
					  "sid", uri, 16),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packages_are_read_with_their_fields),
		cmocka_unit_test(an_impossible_package_is_passed_over),
		cmocka_unit_test(a_suite_has_the_mirror_of_its_kind),
		cmocka_unit_test(without_a_mirror_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
