// SPDX-License-Identifier: GPL-2.0-only
/* The cache of kernels: images that lie, folders that are broken, names, versions and their order. */
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
#include "runner/catalogue.h"
#include "runner/image.h"
#include "runner/kernels.h"
#include "runner/version.h"

enum { SETUP_SECTS = 2, SETUP = (SETUP_SECTS + 1) * 512, PAYLOAD = 1024, SIZE = SETUP + PAYLOAD };

static char folder[64];

static int folder_make(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_kernels.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	return setenv("REMAPBENCH_CACHE", folder, 1);
}

static int folder_remove(void **state)
{
	(void)state;
	return directory_remove(folder);
}

/* A path in the test's folder; overwritten by the fourth call after it. */
static const char *in_folder(const char *name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 4];

	assert_int_equal(path_join(path, PATH_MAX, folder, name), 0);
	return path;
}

/* The least that is a bzImage, with its release, and a mark that makes contents differ. */
static void image_make(unsigned char image[SIZE], const char *release, unsigned char mark)
{
	memset(image, 0, SIZE);
	image[0x1f1] = SETUP_SECTS;
	image[0x1f4] = PAYLOAD / 16;
	image[0x1fe] = 0x55;
	image[0x1ff] = 0xaa;
	memcpy(image + 0x202, "HdrS", 4);
	image[0x206] = 0x0f;
	image[0x207] = 0x02;
	image[0x20e] = 0x80; /* the string is at 0x280 */
	image[0x211] = 1;
	snprintf((char *)image + 0x280, 200, "%s (somebody@somewhere) #1 SMP", release);
	image[SIZE - 1] = mark;
}

static const char *image_write(const char *name, const char *release, unsigned char mark)
{
	unsigned char image[SIZE];

	image_make(image, release, mark);
	assert_int_equal(file_write(in_folder(name), image, sizeof(image)), 0);
	return in_folder(name);
}

static int image_release(const char *path, char *release, size_t room, struct fault *fault)
{
	struct image image = { 0 };
	int err = image_read(path, &image, fault);

	assert_int_equal(image.format, IMAGE_BZIMAGE);
	snprintf(release, room, "%s", image.release);
	return err;
}

static void an_image_says_its_release(void **state)
{
	char release[72];

	(void)state;
	assert_int_equal(image_release(image_write("a", "6.1.0-50-cloud-amd64", 0), release,
				       sizeof(release), NULL),
			 0);
	assert_string_equal(release, "6.1.0-50-cloud-amd64");
}

static void an_image_that_lies_is_refused(void **state)
{
	static const struct {
		size_t at;
		unsigned char low, high;
		const char *why;
	} lies[] = {
		{ 0x1fe, 0, 0, "no setup header" },
		{ 0x202, 'h', 'd', "no setup header" },
		{ 0x206, 0x06, 0x02, "2.07" }, /* protocol 2.06 */
		{ 0x211, 0, 0, "zImage" },
		{ 0x1f1, 255, 0, "cut short" },
		{ 0x1f5, 1, 0, "cut short" }, /* a payload of 5 KiB */
		{ 0x1f6, 0xff, 0xff, "cut short" }, /* one of almost 64 GiB */
		{ 0x20e, 0, 0, "doesn't say" },
		{ 0x20e, 0xff, 0xff, "doesn't say" }, /* behind the setup code */
		{ 0x20e, 0x00, 0x04, "doesn't say" }, /* exactly at its end */
		{ 0x20e, 0x00, 0x03, "doesn't say" }, /* zeroes */
		{ 0x280, '/', '.', "doesn't say" },
		{ 0x280, '-', 'k', "doesn't say" },
		{ 0x284, '\n', '0', "doesn't say" },
	};
	unsigned char image[SIZE];
	char release[72];
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		image_make(image, "6.1.0", 0);
		image[lies[i].at] = lies[i].low;
		image[lies[i].at + 1] = lies[i].high;
		assert_int_equal(file_write(in_folder("lie"), image, sizeof(image)), 0);
		fault.text[0] = '\0';
		assert_int_equal(image_release(in_folder("lie"), release, sizeof(release), &fault),
				 -EPROTO);
		if (!strstr(fault.text, lies[i].why))
			fail_msg("lie %zu: %s", i, fault.text);
	}
}

static void an_image_cut_anywhere_is_refused(void **state)
{
	unsigned char image[SIZE];
	char release[72];

	(void)state;
	image_make(image, "6.1.0", 0);
	for (size_t size = 0; size < SIZE; size += 13) {
		assert_int_equal(file_write(in_folder("cut"), image, size), 0);
		assert_int_equal(image_release(in_folder("cut"), release, sizeof(release), NULL),
				 -EPROTO);
	}
}

/* The least that is a vmlinux that QEMU boots: its headers, a note, a banner. */
enum { ELF_NOTE = 0x100, ELF_BANNER = 0x200, ELF_SIZE = 0x300, ELF_LOAD = 64, ELF_NOTES = 64 + 56 };

static void elf_make(unsigned char elf[ELF_SIZE], const char *banner)
{
	static const unsigned char note[] = { 4, 0, 0,	 0,   4,   0, 0, 0, 18, 0,
					      0, 0, 'X', 'e', 'n', 0, 0, 0, 0,	1 };

	memset(elf, 0, ELF_SIZE);
	memcpy(elf, "\177ELF\2\1\1", 7);
	elf[16] = 2; /* ET_EXEC */
	elf[18] = 62; /* EM_X86_64 */
	elf[32] = ELF_LOAD; /* e_phoff */
	elf[54] = 56; /* e_phentsize */
	elf[56] = 2; /* e_phnum */
	elf[ELF_LOAD] = 1; /* PT_LOAD, of all of the file */
	elf[ELF_LOAD + 33] = ELF_SIZE >> 8; /* p_filesz */
	elf[ELF_NOTES] = 4; /* PT_NOTE */
	elf[ELF_NOTES + 9] = ELF_NOTE >> 8; /* p_offset */
	elf[ELF_NOTES + 32] = sizeof(note);
	memcpy(elf + ELF_NOTE, note, sizeof(note));
	snprintf((char *)elf + ELF_BANNER, ELF_SIZE - ELF_BANNER, "%s", banner);
}

static void a_vmlinux_says_its_release(void **state)
{
	unsigned char elf[ELF_SIZE];
	struct image image;
	struct kernel kernel;

	(void)state;
	elf_make(elf, "Linux version %s (Linux version 7.3.4-rb12345678 (a@b) #1 SMP");
	assert_int_equal(file_write(in_folder("vmlinux"), elf, sizeof(elf)), 0);
	assert_int_equal(image_read(in_folder("vmlinux"), &image, NULL), 0);
	assert_int_equal(image.format, IMAGE_VMLINUX);
	assert_string_equal(image.release, "7.3.4-rb12345678");
	assert_int_equal(kernel_add(in_folder("vmlinux"), NULL, "elf", "", "", &kernel, NULL), 0);
	assert_non_null(strstr(kernel.image, "/vmlinux"));
	assert_int_equal(access(kernel.image, R_OK), 0);
}

/* Wherever the pieces in which the file is read end. */
static void a_banner_is_found_whole_wherever_it_stands(void **state)
{
	static unsigned char elf[(1 << 16) + 1024];
	struct image image;

	(void)state;
	for (size_t at = (1 << 16) - 300; at < (1 << 16) + 20; at += 7) {
		memset(elf, 0, sizeof(elf));
		elf_make(elf, "");
		elf[ELF_LOAD + 32] = (unsigned char)sizeof(elf);
		elf[ELF_LOAD + 33] = (unsigned char)(sizeof(elf) >> 8);
		elf[ELF_LOAD + 34] = (unsigned char)(sizeof(elf) >> 16);
		memcpy(elf + at, "Linux version 6.12.107 (a@b)", 28);
		assert_int_equal(file_write(in_folder("vmlinux"), elf, sizeof(elf)), 0);
		assert_int_equal(image_read(in_folder("vmlinux"), &image, NULL), 0);
		assert_string_equal(image.release, "6.12.107");
	}
}

static void a_vmlinux_that_lies_is_refused(void **state)
{
	static const struct {
		size_t at;
		unsigned char value;
		const char *why;
	} lies[] = {
		{ 4, 1, "no kernel for x86-64" }, /* 32-bit */
		{ 18, 183, "no kernel for x86-64" }, /* arm64 */
		{ 16, 1, "no kernel for x86-64" }, /* an object file */
		{ 54, 32, "no kernel for x86-64" },
		{ 56, 0, "no kernel for x86-64" },
		{ 57, 1, "no kernel for x86-64" }, /* 258 segments */
		{ 33, 0xff, "cut short" }, /* their table behind the end */
		{ 39, 0xff, "cut short" }, /* and far behind it */
		{ ELF_LOAD + 39, 0x7f, "cut short" },
		{ ELF_LOAD + 15, 0xff, "cut short" }, /* offset and size that overflow */
		{ ELF_LOAD, 0, "no kernel for x86-64" },
		{ ELF_NOTES, 6, "CONFIG_PVH" },
		{ ELF_NOTES + 32, 8, "CONFIG_PVH" },
		{ ELF_NOTE, 0xff, "CONFIG_PVH" }, /* a name longer than the notes */
		{ ELF_NOTE + 3, 0xff, "CONFIG_PVH" },
		{ ELF_NOTE + 8, 17, "CONFIG_PVH" },
		{ ELF_NOTE + 12, 'Y', "CONFIG_PVH" },
		{ ELF_BANNER, 'l', "doesn't say its release" },
		{ ELF_BANNER + 14, '%', "doesn't say its release" },
		{ ELF_BANNER + 15, '\n', "doesn't say its release" },
	};
	unsigned char elf[ELF_SIZE];
	struct image image;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		elf_make(elf, "Linux version 7.3.4 (a@b)");
		elf[lies[i].at] = lies[i].value;
		assert_int_equal(file_write(in_folder("lie"), elf, sizeof(elf)), 0);
		fault.text[0] = '\0';
		assert_int_equal(image_read(in_folder("lie"), &image, &fault), -EPROTO);
		if (!strstr(fault.text, lies[i].why))
			fail_msg("lie %zu: %s", i, fault.text);
	}
	elf_make(elf, "Linux version 7.3.4 (a@b)");
	for (size_t size = 0; size < ELF_SIZE; size += 7) {
		assert_int_equal(file_write(in_folder("cut"), elf, size), 0);
		assert_int_equal(image_read(in_folder("cut"), &image, NULL), -EPROTO);
	}
}

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

static void a_release_too_long_is_refused(void **state)
{
	char name[120], release[72];

	(void)state;
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(image_release(image_write("a", name, 0), release, sizeof(release), NULL),
			 -EPROTO);
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

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_image_says_its_release),
		IN_FOLDER(an_image_that_lies_is_refused),
		IN_FOLDER(an_image_cut_anywhere_is_refused),
		IN_FOLDER(a_vmlinux_says_its_release),
		IN_FOLDER(a_banner_is_found_whole_wherever_it_stands),
		IN_FOLDER(a_vmlinux_that_lies_is_refused),
		IN_FOLDER(a_recipe_is_kept_and_told),
		IN_FOLDER(what_is_held_is_not_removed),
		IN_FOLDER(a_release_too_long_is_refused),
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
		cmocka_unit_test(versions_have_debians_order),
		cmocka_unit_test(a_version_begins_where_a_part_ends),
		IN_FOLDER(the_catalogue_is_read),
		IN_FOLDER(a_wrong_catalogue_is_refused_with_its_reason),
		cmocka_unit_test(the_shipped_catalogue_knows_the_default_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
