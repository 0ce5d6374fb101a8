// SPDX-License-Identifier: GPL-2.0-only
/* What may be fetched: the words that ask for it, the suites it is looked for in, the package that is taken. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/apt.h"
#include "runner/catalogue.h"
#include "runner/kernel_builds.h"
#include "runner/kernel_spec.h"
#include "runner/kernel_take.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A release candidate, its release signed and (a newer one) not, other flavours, and what only leads on. */
static const char stanzas[] =
	"Package: linux-image-cloud-amd64\nVersion: 7.2.13-1\nSize: 10\n"
	"Depends: linux-image-7.2.13+deb14-cloud-amd64 (= 7.2.13-1)\n\n"
	"Package: linux-image-7.2-cloud-amd64\nVersion: 7.2.13-1\nSize: 10\n"
	"Depends: linux-image-7.2.13+deb14-cloud-amd64 (= 7.2.13-1)\n\n"
	"Package: linux-image-7.2.9+deb14-cloud-amd64\nVersion: 7.2.9-1\nSize: 2000\nDepends: kmod\n\n"
	"Package: linux-binary-unsigned-7.2.13+deb14-cloud-amd64\nVersion: 7.2.13-1\nSize: 13000\n"
	"Depends: linux-base-7.2.13+deb14-cloud-amd64 (= 7.2.13-1)\n\n"
	"Package: linux-image-7.2.13+deb14-cloud-amd64\nVersion: 7.2.13-1\nSize: 2\n"
	"Depends: initramfs-tools (>= 1) | dracut, linux-base (>= 4), "
	"linux-base-7.2.13+deb14-cloud-amd64 (= 7.2.13-1), "
	"linux-binary-7.2.13+deb14-cloud-amd64 (= 7.2.13-1), "
	"linux-modules-7.2.13+deb14-cloud-amd64 (= 7.2.13-1)\n\n"
	"Package: linux-base-7.2.13+deb14-cloud-amd64\nVersion: 7.2.13-1\nSize: 300\n\n"
	"Package: linux-binary-7.2.13+deb14-cloud-amd64\nVersion: 7.2.13-1\nSize: 14000\n\n"
	"Package: linux-image-7.2.13+deb14-amd64\nVersion: 7.2.13-1\nSize: 3\n\n"
	"Package: linux-image-7.2.13+deb14-amd64-dbg\nVersion: 7.2.13-1\nSize: 900000\n\n"
	"Package: linux-image-7.3-cloud-amd64\nVersion: 7.3~rc7-1~exp1\nSize: 4\nDepends: kmod\n\n"
	"Package: linux-binary-unsigned-7.3.4+deb14-cloud-amd64\nVersion: 7.3.4-1~bpo13+1\nSize: 5\n\n"
	"Package: linux-image-7.10.1-rt-amd64\nVersion: 7.10.1-1\nSize: 6\n";

static char signed_images[] = "linux-image-*-cloud-amd64",
	    unsigned_images[] = "linux-binary-unsigned-*-cloud-amd64",
	    binaries[] = "linux-binary-*", bases[] = "linux-base-*", old_version[] = "6.1",
	    any_version[] = "*", old_suite[] = "old", security[] = "old-security",
	    ports[] = "ports", sid[] = "sid";
static char *images[] = { signed_images, unsigned_images }, *parts[] = { binaries, bases },
	    *old_suites[] = { old_suite, security }, *all_suites[] = { ports, sid, old_suite };
static struct catalogue_series series[] = { { old_version, old_suites, 2 },
					    { any_version, all_suites, 3 } };
static const struct catalogue catalogue = { images, 2, parts, 2, series, 2 };

static int packages_read(void **state)
{
	static struct apt_packages packages;

	*state = &packages;
	return apt_packages_parse(stanzas, &packages);
}

static int packages_forget(void **state)
{
	apt_packages_free(*state);
	return 0;
}

static void what_may_be_asked_for_is_told_apart(void **state)
{
	static const struct {
		const char *string, *suite, *name;
		enum kernel_wanted wanted;
	} rows[] = {
		{ "6.12", "", "6.12", WANTED_VERSION },
		{ "6.12.107-1", "", "6.12.107-1", WANTED_VERSION },
		{ "1:6.12~rc1+b1_x", "", "1:6.12~rc1+b1_x", WANTED_VERSION },
		{ "sid/7.2", "sid", "7.2", WANTED_VERSION },
		{ "trixie-backports/6.16.12", "trixie-backports", "6.16.12", WANTED_VERSION },
		{ "newest", "", "newest", WANTED_NEWEST },
		{ "sid/newest", "sid", "newest", WANTED_NEWEST },
		{ "linux-image-6.12.90+deb13-amd64", "", "linux-image-6.12.90+deb13-amd64",
		  WANTED_PACKAGE },
	};
	struct kernel_spec spec;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (kernel_spec_parse(rows[i].string, &spec, NULL) ||
		    spec.wanted != rows[i].wanted || strcmp(spec.suite, rows[i].suite) ||
		    strcmp(spec.name, rows[i].name))
			fail_msg("%s: %d, %s, %s", rows[i].string, spec.wanted, spec.suite,
				 spec.name);
}

static void what_could_do_harm_is_not_asked_for(void **state)
{
	static const char *const strings[] = {
		"",
		"/",
		"sid/",
		"/7.2",
		"sid/7.2/",
		"sid//7.2",
		"a/b/7.2",
		"../7.2",
		"sid/../x",
		"./6.1",
		"/etc/passwd",
		"-6.1",
		"--option",
		"-o/7.2",
		"Sid/7.2",
		"si d/7.2",
		"sid./7.2",
		"7.2/sid",
		"6.1;x",
		"6.1 6.12",
		"6.1\n",
		"6.1\"",
		"6.1$(x)",
		"6.1*",
		"6.1\\",
		"6.1\xc3\xa9",
		"bash",
		"newest1",
		"linux-image-*",
		"linux-image-6.1=1",
		"linux-image-6.1 -o",
	};
	char name[400];
	struct kernel_spec spec;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < COUNT(strings); i++) {
		fault.text[0] = '\0';
		if (kernel_spec_parse(strings[i], &spec, &fault) != -EINVAL ||
		    !strstr(fault.text, "newest"))
			fail_msg("\"%s\": %s", strings[i], fault.text);
	}
	snprintf(name, sizeof(name), "6.%0200d", 1);
	assert_int_equal(kernel_spec_parse(name, &spec, &fault), -EINVAL);
	memset(name, 'a', 80);
	memcpy(name + 80, "/6.1", 5);
	assert_int_equal(kernel_spec_parse(name, &spec, &fault), -EINVAL);
}

static void a_build_is_looked_for_everywhere_and_a_version_in_its_series(void **state)
{
	static const struct {
		const char *string, *suites;
	} rows[] = {
		{ "6.1", "old old-security" },
		{ "6.1.176", "old old-security" },
		{ "6.1.176-1", "old old-security ports sid" },
		{ "6.12", "ports sid old" },
		{ "6.12.107-1", "ports sid old old-security" },
		{ "newest", "ports sid old" },
		{ "linux-image-6.1.0-50-amd64", "old old-security ports sid" },
		{ "linux-image-amd64", "old old-security ports sid" },
		{ "else/6.1.176-1", "else" },
		{ "else/newest", "else" },
		{ "else/linux-image-6.1.0-50-amd64", "else" },
	};
	const char *suites[SUITES_MAX];
	struct kernel_spec spec;
	struct text looked = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t count;

		assert_int_equal(kernel_spec_parse(rows[i].string, &spec, NULL), 0);
		count = kernel_spec_suites(&spec, &catalogue, suites);
		text_clear(&looked);
		for (size_t j = 0; j < count; j++)
			text_addf(&looked, "%s%s", j ? " " : "", suites[j]);
		if (strcmp(text_get(&looked), rows[i].suites))
			fail_msg("%s: %s", rows[i].string, text_get(&looked));
	}
	text_free(&looked);
}

static void without_a_series_there_is_nowhere_to_look(void **state)
{
	static const struct catalogue narrow = { images, 2, parts, 2, series, 1 };
	const char *suites[SUITES_MAX];
	struct kernel_spec spec;

	(void)state;
	assert_int_equal(kernel_spec_parse("7.2", &spec, NULL), 0);
	assert_int_equal(kernel_spec_suites(&spec, &narrow, suites), 0);
	assert_int_equal(kernel_spec_parse("newest", &spec, NULL), 0);
	assert_int_equal(kernel_spec_suites(&spec, &narrow, suites), 0);
}

static void the_build_that_is_meant_is_taken(void **state)
{
	static const struct {
		const char *spec, *package; /* NULL: none */
	} rows[] = {
		/* the signed one of two; neither of the packages that only lead to it */
		{ "7.2", "linux-image-7.2.13+deb14-cloud-amd64" },
		{ "7.2.13-1", "linux-image-7.2.13+deb14-cloud-amd64" },
		{ "7.2.9", "linux-image-7.2.9+deb14-cloud-amd64" },
		/* the unsigned one where there is no other, and it comes after its release candidate */
		{ "7.3", "linux-binary-unsigned-7.3.4+deb14-cloud-amd64" },
		{ "7.3.4-1~bpo13+1", "linux-binary-unsigned-7.3.4+deb14-cloud-amd64" },
		{ "7.3~rc7", "linux-image-7.3-cloud-amd64" },
		{ "newest", "linux-binary-unsigned-7.3.4+deb14-cloud-amd64" },
		/* by its name, any flavour */
		{ "linux-image-7.2.13+deb14-amd64", "linux-image-7.2.13+deb14-amd64" },
		{ "linux-image-7.10.1-rt-amd64", "linux-image-7.10.1-rt-amd64" },
		{ "linux-binary-unsigned-7.2.13+deb14-cloud-amd64",
		  "linux-binary-unsigned-7.2.13+deb14-cloud-amd64" },
		{ "7.10", NULL },
		{ "7.1", NULL },
		{ "7.2.1", NULL },
		{ "linux-image-7.2.13", NULL },
		{ "linux-image-7.2.13+deb14-amd64-dbg", NULL },
		{ "linux-image-cloud-amd64", NULL },
		{ "linux-image-7.2-cloud-amd64", NULL },
		{ "linux-base-7.2.13+deb14-cloud-amd64", NULL },
	};
	const struct apt_packages *packages = *state;
	struct kernel_spec spec;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct apt_package *package;

		assert_int_equal(kernel_spec_parse(rows[i].spec, &spec, NULL), 0);
		package = build_choose(&catalogue, packages, &spec);
		if (package ? !rows[i].package || strcmp(package->name, rows[i].package)
			    : rows[i].package != NULL)
			fail_msg("%s: %s", rows[i].spec, package ? package->name : "none");
	}
}

static void a_build_is_listed_once(void **state)
{
	const struct apt_packages *packages = *state;
	struct text names = { 0 };

	for (size_t i = 0; i < packages->count; i++)
		if (build_usual(&catalogue, packages, &packages->items[i]))
			text_addf(&names, "%s\n", packages->items[i].name);
	assert_string_equal(text_get(&names), "linux-image-7.2.9+deb14-cloud-amd64\n"
					      "linux-image-7.2.13+deb14-cloud-amd64\n"
					      "linux-image-7.3-cloud-amd64\n"
					      "linux-binary-unsigned-7.3.4+deb14-cloud-amd64\n");
	text_free(&names);
}

static const struct apt_package *package_of(const struct apt_packages *packages, const char *name)
{
	for (size_t i = 0; i < packages->count; i++)
		if (!strcmp(packages->items[i].name, name))
			return &packages->items[i];
	fail_msg("no %s", name);
	return NULL;
}

static void the_size_counts_the_parts_of_its_own_version(void **state)
{
	const struct apt_packages *packages = *state;
	const char *names[BUILD_PARTS];
	char *storage;
	const struct apt_package *image =
		package_of(packages, "linux-image-7.2.13+deb14-cloud-amd64");

	assert_int_equal(build_parts(&catalogue, image, names, &storage), 3);
	assert_string_equal(names[0], image->name);
	assert_string_equal(names[1], "linux-base-7.2.13+deb14-cloud-amd64");
	assert_string_equal(names[2], "linux-binary-7.2.13+deb14-cloud-amd64");
	free(storage);
	assert_int_equal(build_bytes(&catalogue, packages, image), 2 + 300 + 14000);
	image = package_of(packages, "linux-image-7.2.9+deb14-cloud-amd64");
	assert_int_equal(build_bytes(&catalogue, packages, image), 2000);
}

static void a_name_in_the_cache_tells_flavours_apart(void **state)
{
	static const struct {
		struct apt_package package;
		const char *name;
	} rows[] = {
		{ { "linux-image-6.1.0-50-cloud-amd64", "6.1.176-1", 0, "", NULL },
		  "debian-6.1.176-1-cloud-amd64" },
		{ { "linux-image-6.1.0-50-amd64", "6.1.176-1", 0, "", NULL },
		  "debian-6.1.176-1-amd64" },
		{ { "linux-image-6.1.0-50-rt-amd64-unsigned", "6.1.176-1", 0, "", NULL },
		  "debian-6.1.176-1-rt-amd64-unsigned" },
		{ { "linux-image-6.10-rc7-amd64", "6.10~rc7-1~exp1", 0, "", NULL },
		  "debian-6.10~rc7-1~exp1-amd64" },
		{ { "linux-binary-unsigned-7.3.4+deb13-cloud-amd64", "7.3.4-1~bpo13+1", 0, "",
		    NULL },
		  "debian-7.3.4-1~bpo13+1-cloud-amd64" },
		{ { "linux-image-7", "1:7-1", 0, "", NULL }, "debian-1~7-1" },
	};
	char name[KERNEL_NAME];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct kernel there = { 0 }, other = { .name = "debian-6.1" };
		struct kernel both[2] = { other, there };
		struct kernel_list list = { both, 2 };

		build_name(&rows[i].package, name, sizeof(name));
		assert_string_equal(name, rows[i].name);
		assert_false(build_there(&list, &rows[i].package));
		snprintf(both[1].name, sizeof(both[1].name), "%s", rows[i].name);
		assert_true(build_there(&list, &rows[i].package));
	}
}

static void what_is_near_is_what_begins_alike_then_what_is_newest(void **state)
{
	static const struct {
		const char *spec, *first, *second;
	} rows[] = {
		{ "7.2.14", "sid/7.2.13-1", "sid/7.2.9-1" },
		{ "7.3.5", "sid/7.3.4-1~bpo13+1", "sid/7.3~rc7-1~exp1" },
		{ "6.1", "sid/7.3.4-1~bpo13+1", "sid/7.3~rc7-1~exp1" },
		{ "linux-image-7.2.8+deb14-cloud-amd64", "sid/linux-image-7.2.13+deb14-cloud-amd64",
		  "sid/linux-image-7.2.9+deb14-cloud-amd64" },
	};
	const struct apt_packages *packages = *state;
	struct kernel_spec spec;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct near near = { 0 };

		assert_int_equal(kernel_spec_parse(rows[i].spec, &spec, NULL), 0);
		near_add(&near, &catalogue, "sid", packages, &spec);
		near_add(&near, &catalogue, "sid", packages, &spec); /* none twice */
		assert_int_equal(near.count, 4);
		assert_string_equal(near.items[0].text, rows[i].first);
		assert_string_equal(near.items[1].text, rows[i].second);
		near_add(&near, &catalogue, "other", packages, &spec); /* no more than fit */
		assert_int_equal(near.count, NEAR_MAX);
	}
}

#define WITH_PACKAGES(test) cmocka_unit_test_setup_teardown(test, packages_read, packages_forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_be_asked_for_is_told_apart),
		cmocka_unit_test(what_could_do_harm_is_not_asked_for),
		cmocka_unit_test(a_build_is_looked_for_everywhere_and_a_version_in_its_series),
		cmocka_unit_test(without_a_series_there_is_nowhere_to_look),
		WITH_PACKAGES(the_build_that_is_meant_is_taken),
		WITH_PACKAGES(a_build_is_listed_once),
		WITH_PACKAGES(the_size_counts_the_parts_of_its_own_version),
		cmocka_unit_test(a_name_in_the_cache_tells_flavours_apart),
		WITH_PACKAGES(what_is_near_is_what_begins_alike_then_what_is_newest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
