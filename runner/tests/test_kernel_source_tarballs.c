// SPDX-License-Identifier: GPL-2.0-only
/* Tarballs of kernel sources: none leaves its folder, whatever stands in it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/kernel_source.h"
#include "runner/source_parts.h"
#include "runner/tests/taken_source.h"

/* Tarballs made entry by entry. */
struct entry {
	const char *name;
	char kind; /* f: file with this text; d; l: link to it; h: hard link; c p s: special */
	const char *text;
};

static void entry_write(struct archive *archive, const struct entry *entry)
{
	static const struct {
		char kind;
		unsigned int type;
	} types[] = { { 'f', AE_IFREG }, { 'h', AE_IFREG }, { 'd', AE_IFDIR }, { 'l', AE_IFLNK },
		      { 'c', AE_IFCHR }, { 'k', AE_IFBLK }, { 'p', AE_IFIFO } };
	struct archive_entry *out = archive_entry_new();
	size_t len = entry->text ? strlen(entry->text) : 0;

	archive_entry_set_pathname(out, entry->name);
	archive_entry_set_perm(out, 06777);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].kind == entry->kind)
			archive_entry_set_filetype(out, types[i].type);
	archive_entry_set_size(out, entry->kind == 'f' ? (la_int64_t)len : 0);
	if (entry->kind == 'l')
		archive_entry_set_symlink(out, entry->text);
	if (entry->kind == 'h')
		archive_entry_set_hardlink(out, entry->text);
	assert_int_equal(archive_write_header(archive, out), ARCHIVE_OK);
	if (entry->kind == 'f')
		assert_int_equal(archive_write_data(archive, entry->text, len), (long)len);
	archive_entry_free(out);
}

/* place/x.tar: a kernel's first files, then these. */
static const char *tarball_of(const struct entry *entries, size_t count)
{
	static const struct entry first[] = {
		{ "linux/", 'd', NULL },
		{ "linux/Makefile", 'f', "VERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 4\n" },
		{ "linux/Kconfig", 'f', "" },
		{ "linux/arch/x86/Kconfig", 'f', "" },
		{ "linux/scripts/x", 'f', "" },
		{ "linux/mm/mremap.c", 'f', "line\n" },
	};
	struct archive *archive = archive_write_new();
	const char *path = fake_path(&fake, "x.tar");

	archive_write_set_format_pax_restricted(archive);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		entry_write(archive, &first[i]);
	for (size_t i = 0; i < count; i++)
		entry_write(archive, &entries[i]);
	archive_write_close(archive);
	archive_write_free(archive);
	return path;
}

/* The archive is refused with these words, nothing is left of it, and nothing is anywhere else. */
static void refused(const struct entry *entries, size_t count, const char *words)
{
	size_t before;

	fake_write(&fake, "outside/file", "as it was\n");
	unlink(fake_path(&fake, "x.tar"));
	before = count_in(".");
	tarball_of(entries, count);
	if (!source_take(fake_path(&fake, "x.tar")))
		fail_msg("taken: %s", entries[count - 1].name);
	fault_says(words);
	fault_says("x.tar: ");
	assert_int_equal(count_in("into"), 0);
	assert_int_equal(unlink(fake_path(&fake, "x.tar")), 0);
	assert_int_equal(count_in("."), before);
	assert_string_equal(fake_read(&fake, "outside/file"), "as it was\n");
	assert_int_equal(count_in("outside"), 1);
}

#define REFUSED(words, ...)                            \
	refused((const struct entry[]){ __VA_ARGS__ }, \
		sizeof((const struct entry[]){ __VA_ARGS__ }) / sizeof(struct entry), words)

static void a_tarball_of_a_kernel_without_tricks_is_taken(void **state)
{
	static const struct entry entries[] = {
		{ "linux/mm/", 'd', NULL },
		{ "./linux//lib/./a.c", 'f', "a\n" },
		{ "linux/lib/link", 'l', "../mm/mremap.c" },
		{ "linux/tools/link", 'l', "../.././mm" },
		{ "linux/dangling", 'l', "arch/arm/boot" },
		{ "linux/.git/config", 'f', "x" },
		{ "linux/arch/arm/mm/fault.c", 'f', "x" },
	};
	struct stat status;

	(void)state;
	/* linux/tools/link leads one folder too high. */
	tarball_of(entries, 3);
	source_takes(fake_path(&fake, "x.tar"));
	assert_string_equal(fake_read(&fake, "into/lib/a.c"), "a\n");
	assert_string_equal(fake_read(&fake, "into/lib/link"), "line\n");
	assert_int_equal(stat(fake_path(&fake, "into/lib/a.c"), &status), 0);
	assert_int_equal(status.st_mode & 07022, 0); /* not set-user-id, not everybody's */
	fake_shell(&fake, "rm -r into && mkdir into");
	REFUSED("entry 10, linux/tools/link: it is a symbolic link out of the tree", entries[0],
		entries[1], entries[2], entries[3]);
	tarball_of(entries + 4, 3);
	source_takes(fake_path(&fake, "x.tar"));
	assert_false(is_there("into/.git"));
	assert_false(is_there("into/arch/arm"));
	assert_true(is_there("into/dangling"));
}

static void a_tarball_with_an_absolute_path_is_refused(void **state)
{
	char name[PATH_MAX + 32];

	(void)state;
	snprintf(name, sizeof(name), "%s/outside/new", fake.place);
	REFUSED("entry 7, /", { name, 'f', "bad" });
	REFUSED("its name is absolute", { "/linux/x", 'f', "bad" });
	REFUSED("its name is absolute", { "//linux/x", 'd', NULL });
}

static void a_tarball_with_dotdot_in_a_path_is_refused(void **state)
{
	(void)state;
	REFUSED("its name leads out by \"..\"", { "linux/../../outside/new", 'f', "bad" });
	REFUSED("its name leads out by \"..\"", { "../outside/new", 'f', "bad" });
	REFUSED("its name leads out by \"..\"", { "linux/mm/../x", 'f', "bad" });
	REFUSED("its name leads out by \"..\"", { "linux/..", 'd', NULL });
	REFUSED("its name leads out by \"..\"", { "linux/mm/..", 'l', "x" });
}

static void a_tarball_with_a_link_out_of_the_tree_is_refused(void **state)
{
	static const char words[] = "it is a symbolic link out of the tree";

	(void)state;
	REFUSED(words, { "linux/l", 'l', "/etc/passwd" });
	REFUSED(words, { "linux/l", 'l', ".." });
	REFUSED(words, { "linux/l", 'l', "../outside/file" });
	REFUSED(words, { "linux/mm/l", 'l', "../../outside/file" });
	REFUSED(words, { "linux/mm/l", 'l', ".././../outside/file" });
	REFUSED(words, { "linux", 'l', "/etc" });
	/* Each stays inside, taken by its letters; the second by way of the first doesn't. */
	REFUSED("linux/out: it is a symbolic link out", { "linux/a/b/up", 'l', ".." },
		{ "linux/out", 'l', "a/b/up/../../outside" });
}

static void a_tarball_that_writes_through_a_link_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/l/x", { "linux/l", 'l', "mm" }, { "linux/l/x", 'f', "bad" });
	REFUSED("linux/l/x/y", { "linux/l", 'l', "mm" }, { "linux/l/x/y", 'f', "bad" });
	REFUSED("linux/l: it is in the archive twice", { "linux/l", 'l', "mm/mremap.c" },
		{ "linux/l", 'f', "bad" });
	REFUSED("linux/l: it is in the archive twice", { "linux/l", 'l', "mm" },
		{ "linux/l", 'd', NULL });
}

static void a_tarball_with_a_hard_link_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/h: it is a hard link", { "linux/h", 'h', "linux/Makefile" });
	REFUSED("linux/h: it is a hard link", { "linux/h", 'h', "/etc/passwd" });
}

static void a_tarball_with_a_device_or_a_fifo_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/d: it is a device, a fifo or a socket", { "linux/d", 'c', NULL });
	REFUSED("linux/d: it is a device, a fifo or a socket", { "linux/d", 'k', NULL });
	REFUSED("linux/d: it is a device, a fifo or a socket", { "linux/d", 'p', NULL });
}

static void a_tarball_with_one_name_twice_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/Makefile: it is in the archive twice", { "linux/Makefile", 'f', "x" });
	REFUSED("linux/mm/mremap.c: it is in the archive twice",
		{ "linux/./mm//mremap.c", 'f', "x" });
	REFUSED("linux/mm: it is in the archive twice", { "linux/mm", 'f', "x" });
	REFUSED("linux/Kconfig: it is in the archive twice", { "linux/Kconfig/", 'd', NULL });
	REFUSED("linux/Kconfig/x: it stands below a file", { "linux/Kconfig/x", 'f', "x" });
}

/* An archive of so many folders, none of which is one that is unpacked. */
static void many_write(const char *path, int count)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	char name[64];

	archive_write_add_filter_gzip(archive);
	archive_write_set_filter_option(archive, "gzip", "compression-level", "1");
	archive_write_set_format_ustar(archive);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFDIR);
	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "linux/Documentation/%d", i);
		archive_entry_set_pathname(entry, name);
		assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	}
	archive_entry_free(entry);
	archive_write_close(archive);
	archive_write_free(archive);
}

static void a_tarball_that_is_too_large_is_refused(void **state)
{
	char name[1100];

	(void)state;
	fake_shell(&fake, "mkdir sparse; truncate -s 600M sparse/big; tar cSf big.tar sparse");
	assert_int_equal(source_take(fake_path(&fake, "big.tar")), -EFBIG);
	fault_says("sparse/big: it is larger than 512 MiB");
	snprintf(name, sizeof(name), "linux/%01050d", 7);
	REFUSED("its name is too long", { name, 'f', "x" });
	many_write(fake_path(&fake, "many.tar.gz"), 400001);
	assert_int_equal(source_take(fake_path(&fake, "many.tar.gz")), -EFBIG);
	fault_says("more than 400000 entries");
	assert_int_equal(count_in("into"), 0);
}

static void a_tarball_with_more_than_one_top_folder_is_refused(void **state)
{
	(void)state;
	REFUSED("other/x: it is not in the folder linux", { "other/x", 'f', "x" });
	REFUSED("linux2/x: it is not in the folder linux", { "linux2/x", 'f', "x" });
	fake_shell(&fake, "cd linux-7.3; tar cf ../flat.tar *");
	assert_int_equal(source_take(fake_path(&fake, "flat.tar")), -EPROTO);
	fault_says("not in the folder");
}

static void what_is_no_kernels_tarball_is_said(void **state)
{
	(void)state;
	assert_int_equal(source_take(fake_path(&fake, "none.tar")), -ENOENT);
	assert_int_equal(source_take(fake_write(&fake, "words.tar", "these are words\n")), -EPROTO);
	assert_int_equal(source_take(fake_write(&fake, "empty.tar", "")), -EPROTO);
	fake_shell(&fake, "mkdir other; echo 'all:' >other/Makefile; tar cf other.tar other");
	assert_int_equal(source_take(fake_path(&fake, "other.tar")), -EPROTO);
	fault_says("other.tar: no kernel's source: its Makefile has no VERSION");
	fake_shell(&fake, "rm other/Makefile; touch other/x; tar cf other.tar other");
	assert_int_equal(source_take(fake_path(&fake, "other.tar")), -EPROTO);
	fault_says("no kernel's source: there is no Makefile in it");
	fake_shell(&fake, "tar czf cut.tar.gz linux-7.3; truncate -s 300 cut.tar.gz");
	assert_int_equal(source_take(fake_path(&fake, "cut.tar.gz")), -EPROTO);
	assert_int_equal(count_in("into"), 0);
	fake_write(&fake, "into/mine", "mine\n");
	fake_shell(&fake, "tar cf linux.tar linux-7.3; mkfifo fifo.tar");
	assert_int_equal(source_take(fake_path(&fake, "linux.tar")), -ENOTEMPTY);
	assert_string_equal(fake_read(&fake, "into/mine"), "mine\n");
	assert_int_equal(source_take(fake_path(&fake, "fifo.tar")), -EINVAL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, source_begin, source_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tarball_of_a_kernel_without_tricks_is_taken),
		TEST(a_tarball_with_an_absolute_path_is_refused),
		TEST(a_tarball_with_dotdot_in_a_path_is_refused),
		TEST(a_tarball_with_a_link_out_of_the_tree_is_refused),
		TEST(a_tarball_that_writes_through_a_link_is_refused),
		TEST(a_tarball_with_a_hard_link_is_refused),
		TEST(a_tarball_with_a_device_or_a_fifo_is_refused),
		TEST(a_tarball_with_one_name_twice_is_refused),
		TEST(a_tarball_that_is_too_large_is_refused),
		TEST(a_tarball_with_more_than_one_top_folder_is_refused),
		TEST(what_is_no_kernels_tarball_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
