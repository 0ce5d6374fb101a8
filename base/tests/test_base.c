// SPDX-License-Identifier: GPL-2.0-only
/* What base/ promises: text, numbers, globs, files, locks. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ARGV(...) ((char **)(const char *[]){ __VA_ARGS__, NULL })

static char folder[] = "/tmp/test_base.XXXXXX";

/* name in the test's own folder; several at once. */
static const char *in_folder(const char *name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 4];

	assert_int_equal(path_join(path, PATH_MAX, folder, name), 0);
	return path;
}

static int folder_make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_remove(void **state)
{
	(void)state;
	return directory_remove(folder);
}

static void a_fault_is_one_clean_line(void **state)
{
	struct fault fault = { .text = "old" };
	char longer[2000];

	(void)state;
	assert_int_equal(fault_set(&fault, -EIO, "a\nb\t%d\x7f", 7), -EIO);
	assert_string_equal(fault.text, "a?b?7?");
	assert_int_equal(fault_wrap(&fault, -EPERM, "file %s", "x"), -EPERM);
	assert_string_equal(fault.text, "file x: a?b?7?");
	fault_set(&fault, -EIO, "%s again", fault.text);
	assert_string_equal(fault.text, "file x: a?b?7? again");
	assert_int_equal(fault_set(NULL, -EIO, "nobody asks"), -EIO);
	assert_int_equal(fault_wrap(NULL, -EIO, "nobody asks"), -EIO);

	memset(longer, 'y', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	fault_wrap(&fault, -EIO, "%s", longer);
	assert_int_equal(strlen(fault.text), sizeof(fault.text) - 1);
	fault_set(&fault, -EIO, "%s", longer);
	fault_wrap(&fault, -EIO, "p");
	assert_int_equal(strlen(fault.text), sizeof(fault.text) - 1);
	assert_memory_equal(fault.text, "p: yyy", 6);
	fault.text[0] = '\0';
	fault_wrap(&fault, -EIO, "alone");
	assert_string_equal(fault.text, "alone");
}

static void a_text_grows_and_keeps_its_tail(void **state)
{
	struct text text = { 0 };
	char want[64];

	(void)state;
	assert_string_equal(text_get(&text), "");
	text_keep_tail(&text, 3);
	text_add_bytes(&text, NULL, 0);
	assert_string_equal(text_get(&text), "");
	for (int i = 0; i < 5000; i++)
		text_addf(&text, "%d,", i);
	text_add(&text, "end");
	assert_false(text.failed);
	assert_int_equal(text.len, strlen(text.data));
	snprintf(want, sizeof(want), "4998,4999,end");
	assert_string_equal(text.data + text.len - strlen(want), want);
	text_keep_tail(&text, 8);
	assert_string_equal(text_get(&text), "4999,end");
	text_keep_tail(&text, 8);
	assert_int_equal(text.len, 8);
	text_clear(&text);
	assert_string_equal(text_get(&text), "");
	text_add_bytes(&text, "a\0b", 3);
	assert_int_equal(text.len, 3);
	assert_memory_equal(text.data, "a\0b", 4);
	text_free(&text);
	assert_null(text.data);
}

static void an_impossible_size_marks_a_text_failed(void **state)
{
	struct text text = { 0 };

	(void)state;
	text_add(&text, "kept");
	text_add_bytes(&text, "x", SIZE_MAX / 2);
	assert_true(text.failed);
	assert_string_equal(text_get(&text), "kept");
	text_add(&text, "more");
	assert_string_equal(text_get(&text), "kept");
	text_free(&text);
}

static void sizes_are_parsed_exactly_or_refused(void **state)
{
	static const struct {
		const char *string;
		int err;
		uint64_t bytes;
		const char *written; /* the shortest form */
	} rows[] = {
		{ "0", 0, 0, "0" },
		{ "1", 0, 1, "1" },
		{ "4096", 0, 4096, "4K" },
		{ "4K", 0, 4096, "4K" },
		{ "1536K", 0, 1572864, "1536K" },
		{ "2M", 0, 2097152, "2M" },
		{ "1025", 0, 1025, "1025" },
		{ "1024M", 0, 1073741824, "1G" },
		{ "15E", 0, 15ULL << 60, "15E" },
		{ "18446744073709551615", 0, UINT64_MAX, "18446744073709551615" },
		{ "18446744073709551616", -ERANGE, 0, NULL },
		{ "16E", -ERANGE, 0, NULL },
		{ "99999999999999999999999", -ERANGE, 0, NULL },
		{ "", -EINVAL, 0, NULL },
		{ "K", -EINVAL, 0, NULL },
		{ "4k", -EINVAL, 0, NULL },
		{ "4KB", -EINVAL, 0, NULL },
		{ "-4K", -EINVAL, 0, NULL },
		{ "+4", -EINVAL, 0, NULL },
		{ " 4", -EINVAL, 0, NULL },
		{ "1.5M", -EINVAL, 0, NULL },
		{ "4 K", -EINVAL, 0, NULL },
	};
	char out[24];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t bytes = 77;

		assert_int_equal(size_parse(rows[i].string, &bytes), rows[i].err);
		assert_int_equal(bytes, rows[i].err ? 77 : rows[i].bytes);
		if (!rows[i].err)
			assert_string_equal(size_format(bytes, out, sizeof(out)), rows[i].written);
	}
}

static void numbers_are_parsed_whole_or_refused(void **state)
{
	static const struct {
		const char *string;
		int err;
		uint64_t number;
	} rows[] = {
		{ "0", 0, 0 },
		{ "007", 0, 7 },
		{ "18446744073709551615", 0, UINT64_MAX },
		{ "18446744073709551616", -ERANGE, 0 },
		{ "", -EINVAL, 0 },
		{ "1 ", -EINVAL, 0 },
		{ "0x1", -EINVAL, 0 },
		{ "-1", -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t number = 77;

		assert_int_equal(number_parse(rows[i].string, &number), rows[i].err);
		assert_int_equal(number, rows[i].err ? 77 : rows[i].number);
	}
}

static void counts_have_separators(void **state)
{
	static const struct {
		uint64_t count;
		const char *want;
	} rows[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 12176783, "12,176,783" },
		{ UINT64_MAX, "18,446,744,073,709,551,615" },
	};
	char out[32];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(count_format(rows[i].count, out, sizeof(out)), rows[i].want);
	assert_string_equal(count_format(1234567, out, 4), "1,2");
}

static void globs_match_as_a_shell_would(void **state)
{
	static const struct {
		const char *pattern, *string;
		bool match;
	} rows[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "*", "", true },
		{ "*", "a/b/c", true },
		{ "move/*", "move/size=4K/align=pmd", true },
		{ "move/*", "mov", false },
		{ "*/align=pmd*", "move/size=4K/align=pmd/fill=0", true },
		{ "*size=?M/*", "move/size=2M/x", true },
		{ "*size=?M/*", "move/size=32M/x", false },
		{ "a*b*c", "aXbXbXc", true },
		{ "a*b*c", "aXbXbX", false },
		{ "?", "", false },
		{ "**a**", "a", true },
		{ "a", "a*", false },
		{ "[a]", "[a]", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (glob_match(rows[i].pattern, rows[i].string) != rows[i].match)
			fail_msg("%s against %s", rows[i].pattern, rows[i].string);
}

static void a_nasty_glob_ends(void **state)
{
	char pattern[514], string[514];

	(void)state;
	for (int i = 0; i < 512; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	pattern[511] = 'b';
	pattern[512] = '\0';
	memset(string, 'a', 512);
	string[512] = '\0';
	assert_false(glob_match(pattern, string));
	assert_true(glob_match("*", string));
	string[512] = 'a';
	string[513] = '\0';
	assert_false(glob_match("*", string));
}

static void paths_join_with_one_slash(void **state)
{
	static const struct {
		const char *directory, *name, *want;
	} rows[] = {
		{ "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "a//", "/b", "a/b" },
		{ "/", "b", "/b" },  { "", "b", "b" },	   { "/a", "b/c", "/a/b/c" },
	};
	char out[8];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(path_join(out, sizeof(out), rows[i].directory, rows[i].name), 0);
		assert_string_equal(out, rows[i].want);
	}
	assert_int_equal(path_join(out, sizeof(out), "1234", "56"), 0);
	assert_int_equal(path_join(out, sizeof(out), "1234", "567"), -ENAMETOOLONG);
}

static void a_file_is_read_up_to_its_limit(void **state)
{
	const char *path = in_folder("limit");
	struct text text = { 0 };
	char line[6];

	(void)state;
	text_add(&text, "before:");
	assert_int_equal(file_write(path, "hello\nworld", 11), 0);
	assert_int_equal(file_read(path, 10, &text), -EFBIG);
	assert_string_equal(text_get(&text), "before:");
	assert_int_equal(file_read(path, 11, &text), 0);
	assert_string_equal(text_get(&text), "before:hello\nworld");
	assert_int_equal(file_read(folder, 100, &text), -EISDIR);
	assert_int_equal(file_read(in_folder("none"), 100, &text), -ENOENT);
	text_clear(&text);
	assert_int_equal(file_read("/proc/self/status", 1 << 20, &text), 0);
	assert_memory_equal(text_get(&text), "Name:", 5);
	text_free(&text);

	assert_int_equal(file_read_line(path, line, sizeof(line)), 0);
	assert_string_equal(line, "hello");
	assert_int_equal(file_read_line(path, line, 3), 0);
	assert_string_equal(line, "he");
	assert_int_equal(file_read_line(in_folder("none"), line, sizeof(line)), -ENOENT);
	assert_string_equal(line, "");
	assert_int_equal(file_write(path, "", 0), 0);
	assert_int_equal(file_read_line(path, line, sizeof(line)), 0);
	assert_string_equal(line, "");
}

static void a_failed_write_leaves_the_old_file_and_no_other(void **state)
{
	char **list = ARGV("ls", "-A", in_folder("write"));
	struct text text = { 0 };
	char target[PATH_MAX];

	(void)state;
	assert_int_equal(directory_make(in_folder("write"), 0755), 0);
	assert_int_equal(path_join(target, sizeof(target), in_folder("write"), "busy"), 0);
	assert_int_equal(directory_make(target, 0755), 0);
	assert_int_equal(file_write(target, "x", 1), -EISDIR); /* rename over a folder */
	assert_int_equal(process_capture(list, 10, 4096, &text, NULL), 0);
	assert_string_equal(text_get(&text), "busy\n");
	assert_int_equal(file_write(in_folder("nowhere/x"), "x", 1), -ENOENT);
	text_free(&text);
}

static void a_copy_has_the_content_and_the_mode(void **state)
{
	const char *from = in_folder("from"), *to = in_folder("to");
	struct text text = { 0 };
	struct stat status;
	char a[SHA256_HEX], b[SHA256_HEX];

	(void)state;
	for (int i = 0; i < 30000; i++)
		text_addf(&text, "%d\n", i);
	assert_int_equal(file_write(from, text.data, text.len), 0);
	assert_int_equal(chmod(from, 0750), 0);
	assert_int_equal(file_copy(from, to), 0);
	assert_int_equal(stat(to, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0750);
	assert_int_equal(file_sha256(from, a), 0);
	assert_int_equal(file_sha256(to, b), 0);
	assert_string_equal(a, b);
	assert_int_equal(bytes_sha256(text.data, text.len, b), 0);
	assert_string_equal(a, b);
	assert_int_equal(file_copy(in_folder("none"), to), -ENOENT);
	assert_int_equal(file_copy(folder, to), -EISDIR);
	assert_int_equal(file_sha256(to, b), 0);
	assert_string_equal(a, b);
	text_free(&text);
}

static void sha256_is_the_standards(void **state)
{
	char hex[SHA256_HEX];

	(void)state;
	/* FIPS 180-2's own examples. */
	assert_int_equal(bytes_sha256("abc", 3, hex), 0);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(bytes_sha256(NULL, 0, hex), 0);
	assert_string_equal(hex,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_int_equal(file_sha256(in_folder("none"), hex), -ENOENT);
	assert_string_equal(hex, "");
}

static void directories_are_made_with_their_parents(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(directory_make(in_folder("made/b//c/"), 0755), 0);
	assert_int_equal(directory_make(in_folder("made/b/c"), 0755), 0);
	assert_int_equal(stat(in_folder("made/b/c"), &status), 0);
	assert_true(S_ISDIR(status.st_mode));
	assert_int_equal(file_write(in_folder("made/file"), "", 0), 0);
	assert_int_equal(directory_make(in_folder("made/file"), 0755), -ENOTDIR);
	assert_int_equal(directory_make(in_folder("made/file/x"), 0755), -ENOTDIR);
	assert_int_equal(directory_make("", 0755), -ENOENT);
}

static void removing_a_directory_follows_no_link(void **state)
{
	(void)state;
	assert_int_equal(directory_make(in_folder("kept"), 0755), 0);
	assert_int_equal(file_write(in_folder("kept/file"), "x", 1), 0);
	assert_int_equal(directory_make(in_folder("gone/a/b/c"), 0755), 0);
	assert_int_equal(file_write(in_folder("gone/a/file"), "x", 1), 0);
	assert_int_equal(symlink(in_folder("kept"), in_folder("gone/a/link")), 0);
	assert_int_equal(symlink(in_folder("kept"), in_folder("outer")), 0);
	assert_int_equal(mkfifo(in_folder("gone/a/fifo"), 0600), 0);

	assert_int_equal(directory_remove(in_folder("gone")), 0);
	assert_int_not_equal(access(in_folder("gone"), F_OK), 0);
	assert_int_equal(directory_remove(in_folder("gone")), 0);
	assert_int_equal(directory_remove(in_folder("outer")), -ENOTDIR);
	assert_int_equal(access(in_folder("kept/file"), F_OK), 0);
}

static void a_lock_is_held_by_one(void **state)
{
	const char *path = in_folder("lock");
	int first, second;

	(void)state;
	assert_int_equal(lock_take(path, true, &first), 0);
	assert_int_equal(lock_take(path, false, &second), -EAGAIN);
	close(first);
	assert_int_equal(lock_take(path, false, &second), 0);
	close(second);
	assert_int_equal(lock_take(in_folder("no/lock"), false, &second), -ENOENT);
}

static void an_array_grows_and_keeps_what_it_has(void **state)
{
	int *items = NULL;
	size_t room = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(array_grow(&items, &room, (size_t)i, sizeof(*items)), 0);
		assert_true(room > (size_t)i);
		items[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	/* More than there can be: refused, and nothing is lost. */
	room = SIZE_MAX / 2 + 1;
	assert_int_equal(array_grow(&items, &room, room, sizeof(*items)), -ENOMEM);
	assert_int_equal(items[999], 999);
	free(items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_is_one_clean_line),
		cmocka_unit_test(a_text_grows_and_keeps_its_tail),
		cmocka_unit_test(an_impossible_size_marks_a_text_failed),
		cmocka_unit_test(sizes_are_parsed_exactly_or_refused),
		cmocka_unit_test(numbers_are_parsed_whole_or_refused),
		cmocka_unit_test(counts_have_separators),
		cmocka_unit_test(globs_match_as_a_shell_would),
		cmocka_unit_test(a_nasty_glob_ends),
		cmocka_unit_test(paths_join_with_one_slash),
		cmocka_unit_test(a_file_is_read_up_to_its_limit),
		cmocka_unit_test(a_failed_write_leaves_the_old_file_and_no_other),
		cmocka_unit_test(a_copy_has_the_content_and_the_mode),
		cmocka_unit_test(sha256_is_the_standards),
		cmocka_unit_test(directories_are_made_with_their_parents),
		cmocka_unit_test(removing_a_directory_follows_no_link),
		cmocka_unit_test(a_lock_is_held_by_one),
		cmocka_unit_test(an_array_grows_and_keeps_what_it_has),
	};

	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
