// SPDX-License-Identifier: GPL-2.0-only
/* What is a kernel's image, and what it says of itself: images that are cut or lie are refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/image.h"
#include "runner/kernels.h"
#include "runner/tests/image_file.h"

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
	unsigned char image[IMAGE_SIZE];
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
	unsigned char image[IMAGE_SIZE];
	char release[72];

	(void)state;
	image_make(image, "6.1.0", 0);
	for (size_t size = 0; size < IMAGE_SIZE; size += 13) {
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

static void a_release_too_long_is_refused(void **state)
{
	char name[120], release[72];

	(void)state;
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(image_release(image_write("a", name, 0), release, sizeof(release), NULL),
			 -EPROTO);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_image_says_its_release),
		IN_FOLDER(an_image_that_lies_is_refused),
		IN_FOLDER(an_image_cut_anywhere_is_refused),
		IN_FOLDER(a_vmlinux_says_its_release),
		IN_FOLDER(a_banner_is_found_whole_wherever_it_stands),
		IN_FOLDER(a_vmlinux_that_lies_is_refused),
		IN_FOLDER(a_release_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
