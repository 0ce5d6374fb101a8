// SPDX-License-Identifier: GPL-2.0-only
/* The cache of kernels: what is added is found, by any of its names; folders that are broken. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/image.h"
#include "runner/kernels.h"
#include "runner/tests/image_file.h"

static void a_recipe_is_kept_and_told(void **state)
{
	json_t *recipe =
		json_pack("{s:s, s:[s, s]}", "key",
			  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
			  "traits", "no-move-pmd", "not for figures");
	const char *image = image_write("a", "7.3.4", 0);
	struct kernel_new fresh = { .image = image, .name = "built", .recipe = recipe };
	struct kernel_list list;
	struct kernel kernel;
	json_t *again = NULL;

	(void)state;
	assert_int_equal(kernel_put(&fresh, &kernel, NULL), 0);
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].traits, "no-move-pmd, not for figures");
	assert_int_equal(strncmp(list.items[0].key, "0123456789abcdef", 16), 0);
	assert_int_equal(kernel_recipe(&list.items[0], &again, NULL), 0);
	assert_true(json_equal(recipe, again));
	kernel_list_free(&list);
	json_decref(again);
	/* One that could not be read again is not written. */
	json_object_set_new(recipe, "traits", json_pack("[s]", "a\033b"));
	fresh.image = image_write("b", "7.3.4", 1);
	fresh.name = "bad";
	assert_int_equal(kernel_put(&fresh, &kernel, NULL), -EPROTO);
	json_object_set_new(recipe, "traits", json_array());
	json_object_set_new(recipe, "key", json_string("none"));
	assert_int_equal(kernel_put(&fresh, &kernel, NULL), -EPROTO);
	json_decref(recipe);
}

static void what_is_held_is_not_removed(void **state)
{
	struct kernel_list list;
	struct kernel kernel;
	int one, two;

	(void)state;
	assert_int_equal(
		kernel_add(image_write("a", "6.1.0", 0), NULL, "one", "", "", &kernel, NULL), 0);
	assert_int_equal(kernel_hold(&kernel, &one, NULL), 0);
	assert_int_equal(kernel_hold(&kernel, &two, NULL), 0);
	close(one);
	assert_int_equal(kernel_remove(&kernel, NULL), -EBUSY);
	close(two);
	assert_int_equal(kernel_remove(&kernel, NULL), 0);
	assert_int_equal(kernel_hold(&kernel, &one, NULL), -ENOENT);
	assert_int_equal(kernel_remove(&kernel, NULL), -ENOENT);
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, 0);
	kernel_list_free(&list);
}

static void what_is_no_file_is_refused_without_waiting(void **state)
{
	struct kernel kernel;

	(void)state;
	assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
	assert_int_equal(kernel_add(in_folder("pipe"), NULL, NULL, "", "", &kernel, NULL), -EINVAL);
	assert_int_equal(kernel_add("/dev/zero", NULL, NULL, "", "", &kernel, NULL), -EINVAL);
	assert_int_equal(kernel_add(folder, NULL, NULL, "", "", &kernel, NULL), -EINVAL);
	assert_int_equal(kernel_add(in_folder("none"), NULL, NULL, "", "", &kernel, NULL), -ENOENT);
}

static void a_file_of_any_size_is_refused_unread(void **state)
{
	struct kernel kernel;
	FILE *file = fopen(in_folder("big"), "w");

	(void)state;
	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), IMAGE_SIZE_MAX + 1), 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(kernel_add(in_folder("big"), NULL, NULL, "", "", &kernel, NULL), -EFBIG);
}

static void what_is_added_is_found_with_all_its_fields(void **state)
{
	struct kernel_list list;
	struct kernel added, found;
	char sha256[SHA256_HEX];

	(void)state;
	assert_int_equal(file_write(in_folder("config"), "CONFIG_MMU=y\n", 13), 0);
	assert_int_equal(kernel_add(image_write("a", "6.1.0-50-cloud-amd64", 0),
				    in_folder("config"), "debian-6.1.176-1-cloud-amd64",
				    "6.1.176-1", "debian bookworm", &added, NULL),
			 0);
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, 1);
	assert_int_equal(kernel_find(&list, "6.1", &found, NULL), 0);
	assert_memory_equal(&found, &added, sizeof(found));
	assert_string_equal(found.name, "debian-6.1.176-1-cloud-amd64");
	assert_string_equal(found.release, "6.1.0-50-cloud-amd64");
	assert_string_equal(found.version, "6.1.176-1");
	assert_string_equal(found.origin, "debian bookworm");
	assert_int_equal(file_sha256(found.image, sha256), 0);
	assert_string_equal(found.sha256, sha256);
	assert_int_equal(file_sha256(found.config, sha256), 0);
	assert_string_equal(found.config_sha256, sha256);
	kernel_list_free(&list);
}

static void the_same_content_again_is_the_kernel_that_is_there(void **state)
{
	struct kernel_list list;
	struct kernel first, second;

	(void)state;
	assert_int_equal(
		kernel_add(image_write("a", "6.1.0", 0), NULL, "one", "", "file a", &first, NULL),
		0);
	assert_int_equal(
		kernel_add(image_write("b", "6.1.0", 0), NULL, "two", "", "file b", &second, NULL),
		0);
	assert_string_equal(second.name, "one");
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, 1);
	kernel_list_free(&list);
}

static void a_name_belongs_to_one_content(void **state)
{
	struct kernel kernel;

	(void)state;
	assert_int_equal(
		kernel_add(image_write("a", "6.1.0", 0), NULL, "mine", "", "", &kernel, NULL), 0);
	assert_int_equal(
		kernel_add(image_write("b", "6.1.0", 1), NULL, "mine", "", "", &kernel, NULL),
		-EEXIST);
	/* Without one, the release is it; the second of a release says its content too. */
	assert_int_equal(kernel_add(in_folder("b"), NULL, NULL, "", "", &kernel, NULL), 0);
	assert_string_equal(kernel.name, "6.1.0");
	assert_int_equal(
		kernel_add(image_write("c", "6.1.0", 2), NULL, NULL, "", "", &kernel, NULL), 0);
	assert_int_equal(strncmp(kernel.name, "6.1.0-", 6), 0);
	assert_int_equal(strncmp(kernel.name + 6, kernel.sha256, 8), 0);
}

static void a_name_that_is_none_is_refused(void **state)
{
	static const char *const names[] = {
		"", "..", ".hidden", "-k", "a/b", "a b", "a\nb", "\""
	};
	const char *image = image_write("a", "6.1.0", 0);
	struct kernel kernel;
	char name[200];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(kernel_add(image, NULL, names[i], "", "", &kernel, NULL), -EINVAL);
	memset(name, 'a', sizeof(name));
	name[128] = '\0';
	assert_int_equal(kernel_add(image, NULL, name, "", "", &kernel, NULL), -EINVAL);
	name[127] = '\0';
	assert_int_equal(kernel_add(image, NULL, name, "", "", &kernel, NULL), 0);
}

static void a_refused_image_leaves_nothing_behind(void **state)
{
	struct kernel_list list;
	struct kernel kernel;
	char path[PATH_MAX];

	(void)state;
	assert_int_equal(file_write(in_folder("text"), "no kernel", 9), 0);
	assert_int_equal(kernel_add(in_folder("text"), NULL, NULL, "", "", &kernel, NULL), -EPROTO);
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, 0);
	kernel_list_free(&list);
	snprintf(path, sizeof(path), "%s/kernels/.new-%d", folder, (int)getpid());
	assert_int_equal(access(path, F_OK), -1);
}

static void what_a_killed_one_left_is_removed(void **state)
{
	struct kernel kernel;

	(void)state;
	assert_int_equal(directory_make(in_folder("kernels/.new-1/deep"), 0755), 0);
	assert_int_equal(file_write(in_folder("kernels/.new-1/vmlinuz"), "half", 4), 0);
	assert_int_equal(
		kernel_add(image_write("a", "6.1.0", 0), NULL, NULL, "", "", &kernel, NULL), 0);
	assert_int_equal(access(in_folder("kernels/.new-1"), F_OK), -1);
}

/* One kernel whose record says what a hand has written over it. */
static void record_break(const char *json)
{
	struct kernel_list list;
	struct kernel kernel, again;
	struct fault fault = { 0 };
	char path[PATH_MAX];

	assert_int_equal(
		kernel_add(image_write("a", "6.1.0", 0), NULL, "good", "", "", &kernel, NULL), 0);
	assert_int_equal(
		kernel_add(image_write("b", "6.2.0", 1), NULL, "bad", "", "", &kernel, NULL), 0);
	snprintf(path, sizeof(path), "%s/kernels/%s/kernel.json", folder, kernel.sha256);
	assert_int_equal(file_write(path, json, strlen(json)), 0);

	assert_int_equal(kernels_load(&list, &fault), 0);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].name, "good");
	assert_non_null(strstr(fault.text, kernel.sha256));
	kernel_list_free(&list);

	/* Adding it again mends it. */
	assert_int_equal(kernel_add(in_folder("b"), NULL, "bad", "", "", &again, &fault), 0);
	assert_string_equal(again.name, "bad");
	assert_int_equal(kernels_load(&list, &fault), 0);
	assert_int_equal(list.count, 2);
	assert_string_equal(fault.text, "");
	kernel_list_free(&list);
	assert_int_equal(directory_remove(in_folder("kernels")), 0);
}

static void a_broken_record_hides_no_other_and_is_mended(void **state)
{
	static const char *const records[] = {
		"",
		"{",
		"[]",
		"{\"name\": 1}",
		"{\"sha256\": \"../../etc\", \"name\": \"x\", \"release\": \"6\", \"version\": \"\", "
		"\"origin\": \"\", \"config_sha256\": \"\"}",
		"{\"sha256\": \"0000000000000000000000000000000000000000000000000000000000000000\", "
		"\"name\": \"x\", \"release\": \"6\", \"version\": \"\", \"origin\": \"\", "
		"\"config_sha256\": \"\"}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		record_break(records[i]);
}

static void a_kernel_without_its_image_is_passed_over(void **state)
{
	struct kernel_list list;
	struct kernel kernel;
	struct fault fault = { 0 };

	(void)state;
	assert_int_equal(
		kernel_add(image_write("a", "6.1.0", 0), NULL, NULL, "", "", &kernel, NULL), 0);
	assert_int_equal(unlink(kernel.image), 0);
	assert_int_equal(kernels_load(&list, &fault), 0);
	assert_int_equal(list.count, 0);
	assert_non_null(strstr(fault.text, "missing"));
	kernel_list_free(&list);
}

static void a_spec_finds_the_newest_that_it_means(void **state)
{
	static const struct {
		const char *release, *name, *version;
	} kernels[] = {
		{ "6.1.0-50-cloud-amd64", "debian-6.1.176-1-cloud-amd64", "6.1.176-1" },
		{ "6.1.0-9-cloud-amd64", "debian-6.1.27-1-cloud-amd64", "6.1.27-1" },
		{ "6.12.107+deb13-cloud-amd64", "debian-6.12.107-1-cloud-amd64", "6.12.107-1" },
		{ "6.12.74+deb12-cloud-amd64", "debian-6.12.74-2~bpo12+1-cloud-amd64",
		  "6.12.74-2" },
		{ "7.3.0-rc7", "candidate", "" },
		{ "7.3.0", "patched", "" },
	};
	static const struct {
		const char *spec;
		int found; /* the index above; -1: none */
	} specs[] = {
		{ "6.1", 0 },	  { "6.12", 2 },       { "6.1.0-9", 1 },     { "6.1.27", 1 },
		{ "6.12.74", 3 }, { "debian-6.1", 0 }, { "debian-6.12", 2 }, { "debian", 2 },
		{ "deb", 2 },	  { "7.3", 5 },	       { "7", 5 },	     { "candidate", 4 },
		{ "cand", 4 },	  { "patched", 5 },    { "6.11", -1 },	     { "6.", -1 },
		{ "", -1 },	  { "12.107", -1 },    { "host", -1 },
	};
	struct kernel_list list;
	struct kernel kernel;
	struct fault fault = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(kernels) / sizeof(kernels[0]); i++)
		assert_int_equal(kernel_add(image_write("a", kernels[i].release, (unsigned char)i),
					    NULL, kernels[i].name, kernels[i].version, "", &kernel,
					    NULL),
				 0);
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, sizeof(kernels) / sizeof(kernels[0]));
	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		int err = kernel_find(&list, specs[i].spec, &kernel, &fault);

		if (specs[i].found < 0 && err != -ENOENT)
			fail_msg("\"%s\" found %s", specs[i].spec, kernel.name);
		if (specs[i].found >= 0 &&
		    (err || strcmp(kernel.name, kernels[specs[i].found].name)))
			fail_msg("\"%s\": %s", specs[i].spec, err ? fault.text : kernel.name);
	}
	assert_non_null(strstr(fault.text, "candidate")); /* it says what there is */
	char sha256[9];

	memcpy(sha256, list.items[3].sha256, 8);
	sha256[8] = '\0';
	assert_int_equal(kernel_find(&list, sha256, &kernel, NULL), 0);
	assert_string_equal(kernel.sha256, list.items[3].sha256);
	kernel_list_free(&list);
}

static void two_programs_add_at_once_and_nothing_is_lost(void **state)
{
	enum { PROGRAMS = 4, IMAGES = 6 };
	struct kernel_list list;
	struct kernel kernel;
	int status, bad = 0;

	(void)state;
	for (int i = 0; i < IMAGES; i++) {
		char name[24];

		snprintf(name, sizeof(name), "image%d", i);
		image_write(name, "6.1.0", (unsigned char)i);
	}
	for (int program = 0; program < PROGRAMS; program++) {
		if (fork())
			continue;
		for (int i = 0; i < IMAGES; i++) {
			char name[24];

			snprintf(name, sizeof(name), "image%d", (i + program) % IMAGES);
			bad |= kernel_add(in_folder(name), NULL, NULL, "", "", &kernel, NULL);
		}
		_exit(bad ? 1 : 0);
	}
	for (int program = 0; program < PROGRAMS; program++) {
		assert_true(wait(&status) > 0);
		bad |= status;
	}
	assert_int_equal(bad, 0);
	assert_int_equal(kernels_load(&list, NULL), 0);
	assert_int_equal(list.count, IMAGES);
	kernel_list_free(&list);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_recipe_is_kept_and_told),
		IN_FOLDER(what_is_held_is_not_removed),
		IN_FOLDER(what_is_no_file_is_refused_without_waiting),
		IN_FOLDER(a_file_of_any_size_is_refused_unread),
		IN_FOLDER(what_is_added_is_found_with_all_its_fields),
		IN_FOLDER(the_same_content_again_is_the_kernel_that_is_there),
		IN_FOLDER(a_name_belongs_to_one_content),
		IN_FOLDER(a_name_that_is_none_is_refused),
		IN_FOLDER(a_refused_image_leaves_nothing_behind),
		IN_FOLDER(what_a_killed_one_left_is_removed),
		IN_FOLDER(a_broken_record_hides_no_other_and_is_mended),
		IN_FOLDER(a_kernel_without_its_image_is_passed_over),
		IN_FOLDER(a_spec_finds_the_newest_that_it_means),
		IN_FOLDER(two_programs_add_at_once_and_nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
