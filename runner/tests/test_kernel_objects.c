// SPDX-License-Identifier: GPL-2.0-only
/* What a patch's objects grew by: real objects of a compiler, and size(1)'s words, good and broken. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "runner/kernel_objects.h"
#include "runner/tests/compiled_trees.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void code_is_the_sum_of_the_sections_of_code_of_that_file_alone(void **state)
{
	static const char output[] =
		"a/x.o  :\nsection        size   addr\n.text           100      0\n"
		".data            50      0\n.text.unlikely    7      0\n.init.text        3      0\n"
		"Total           160\n\n\na/y.o  :\nsection   size   addr\n.noinstr.text 9 0\nTotal 9\n";
	static const struct {
		const char *output, *path;
		int err;
		uint64_t bytes;
	} rows[] = {
		{ output, "a/x.o", 0, 110 },
		{ output, "a/y.o", 0, 9 },
		{ output, "a/z.o", -ENOENT, 0 },
		{ output, "x.o", -ENOENT, 0 },
		{ "", "a/x.o", -ENOENT, 0 },
		{ "a/x.o  :\n", "a/x.o", 0, 0 },
		{ "a/x.o  :\n.text\n.text -\n.text 5", "a/x.o", 0, 5 },
		{ "a/x.o  :\n.text 18446744073709551615 0\n.text 1 0\n", "a/x.o", -EPROTO, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t bytes = 1;
		int err = size_output_code(rows[i].output, rows[i].path, &bytes);

		assert_int_equal(err, rows[i].err);
		if (!err)
			assert_int_equal(bytes, rows[i].bytes);
	}
}

static void only_objects_whose_code_changed_are_told_by_name(void **state)
{
	static const char skipped[] = "  CC      old.o\n";
	static const char log[] = "  CC      old.o\n  CC      same.o\n  CC      grown.o\n"
				  "  CC      grown.o\n  LD      vmlinux.o\n  AS      gone.o\n"
				  "  CC      ../../etc/passwd.o\n  CC      -x.o\n  CC      new.o\n";
	struct compiled_trees trees;
	struct object_list list;
	struct fault fault = { 0 };
	json_t *objects = NULL;
	const json_t *item;
	size_t more = 1;

	(void)state;
	compiled_trees_make(&trees, log);
	compiled_trees_compile(trees.before, "old", "int f(int a) { return a; }\n");
	compiled_trees_compile(trees.after, "old", "int f(int a) { return a * a * a * a; }\n");
	compiled_trees_compile(trees.before, "same", "int f(int a) { return a; }\n");
	compiled_trees_compile(trees.after, "same", "int f(int a) { return a; }\nint data = 3;\n");
	compiled_trees_compile(trees.before, "grown", "int f(int a) { return a; }\n");
	compiled_trees_compile(trees.after, "grown",
			       "int f(int a, int b) { return a * b ? f(b, a) * a : b / a; }\n");
	compiled_trees_compile(trees.after, "new", "int f(int a) { return a; }\n");
	if (object_list_read(trees.log, strlen(skipped), &list, &fault) ||
	    kernel_objects_changed(&list, trees.before, trees.after, &objects, &more, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(list.count, 4);
	assert_int_equal(more, 0);
	assert_int_equal(json_array_size(objects), 2);
	item = json_array_get(objects, 0);
	assert_string_equal(json_string_value(json_object_get(item, "object")), "grown.o");
	assert_true(json_integer_value(json_object_get(item, "after")) >
		    json_integer_value(json_object_get(item, "before")));
	item = json_array_get(objects, 1);
	assert_string_equal(json_string_value(json_object_get(item, "object")), "new.o");
	assert_true(json_is_null(json_object_get(item, "before")));
	assert_true(json_integer_value(json_object_get(item, "after")) > 0);
	json_decref(objects);
	object_list_free(&list);
	compiled_trees_remove(&trees);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_is_the_sum_of_the_sections_of_code_of_that_file_alone),
		cmocka_unit_test(only_objects_whose_code_changed_are_told_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
