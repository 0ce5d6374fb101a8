// SPDX-License-Identifier: GPL-2.0-only
/* Which functions a patch made larger or smaller: nm(1)'s words, good and broken; real objects. */
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
#include "base/text.h"
#include "runner/kernel_functions.h"
#include "runner/tests/compiled_trees.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define AT "a/x.o:0000000000000010 "
#define MOST "7fffffffffffffff"

/* "name bytes" of each, with a blank behind. */
static void sizes_write(const struct function_sizes *sizes, struct text *out)
{
	for (size_t i = 0; i < sizes->count; i++)
		text_addf(out, "%.*s %lld ", (int)sizes->items[i].length, sizes->items[i].name,
			  (long long)sizes->items[i].bytes);
}

static void functions_are_the_sized_symbols_of_code_of_that_file_alone(void **state)
{
	static const struct {
		const char *output, *found;
	} rows[] = {
		{ AT "00000000000000af t move_vma\n", "move_vma 175 " },
		{ AT "0000000000000001 T b\n" AT "0000000000000002 W c\n" AT
		     "0000000000000003 w a\n",
		  "a 3 b 1 c 2 " },
		/* its parts have names of their own */
		{ AT "0000000000000004 t f.cold\n" AT "0000000000000005 t f\n" AT
		     "0000000000000006 t f.isra.0\n",
		  "f 5 f.cold 4 f.isra.0 6 " },
		/* the last line has no end; of an object of 32 bits */
		{ "a/x.o:00000010 00000020 T f", "f 32 " },
		/* without a size; the letter of its type may be a digit */
		{ AT "T f\n", "" },
		{ AT "b f\n" AT "B g\n" AT "d h i\n", "" },
		{ "a/x.o:                 U f\n", "" },
		/* data, and what is no type */
		{ AT "0000000000000004 B f\n" AT "0000000000000004 d g\n" AT
		     "0000000000000004 V h\n" AT "0000000000000004 tt i\n" AT
		     "0000000000000004  j\n",
		  "" },
		/* of other files */
		{ "a/y.o:0000000000000010 0000000000000004 T f\n"
		  "aa/x.o:0000000000000010 0000000000000004 T f\n"
		  "a/x.o 0000000000000010 0000000000000004 T f\n"
		  "a/x.o:a/x.o:0000000000000010 0000000000000004 T f\n",
		  "" },
		/* two of one name, and one that only begins so */
		{ AT "0000000000000004 t f\n" AT "0000000000000001 t ff\n" AT
		     "0000000000000005 t f\n",
		  "f 9 ff 1 " },
		{ AT "0000000000000000 t f\n", "f 0 " },
		/* too large */
		{ AT MOST " t f\n", "f 9223372036854775807 " },
		{ AT "ffffffffffffffff t f\n", "f 9223372036854775807 " },
		{ AT MOST " t f\n" AT "0000000000000001 t f\n", "f 9223372036854775807 " },
		{ AT "1ffffffffffffffff t f\n", "" },
		{ AT "00000000000000010 t f\n", "" },
		/* garbage */
		{ "", "" },
		{ "\n\n\n", "" },
		{ "a/x.o:", "" },
		{ "a/x.o:\n", "" },
		{ "a/x.o:0000000000000010", "" },
		{ AT, "" },
		{ AT "0000000000000004", "" },
		{ AT "0000000000000004 ", "" },
		{ AT "0000000000000004 t", "" },
		{ AT "0000000000000004 t ", "" },
		{ AT "0000000000000004 t \n", "" },
		{ AT "00000004 t f\n", "" },
		{ AT "-000000000000004 t f\n", "" },
		{ AT "0x00000000000004 t f\n", "" },
		{ AT "000000000000000\n4 t f\n", "" },
		{ "nm: a/x.o: no symbols\n" AT "0000000000000004 t f\n", "f 4 " },
		/* a name is all that is left of the line */
		{ AT "0000000000000004 t f 1 -> 2\xff\x1b[2J\n", "f 1 -> 2\xff\x1b[2J 4 " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct function_sizes sizes;
		struct text found = { 0 };

		assert_int_equal(nm_output_functions(rows[i].output, "a/x.o", &sizes), 0);
		sizes_write(&sizes, &found);
		assert_string_equal(text_get(&found), rows[i].found);
		text_free(&found);
		function_sizes_free(&sizes);
	}
}

static void list_of(const char *lines, struct text *output, struct function_sizes *sizes)
{
	char name[400];
	int bytes, used;

	for (; sscanf(lines, "%399s %d %n", name, &bytes, &used) == 2; lines += used)
		text_addf(output, AT "%016x t %s\n", (unsigned int)bytes, name);
	assert_int_equal(nm_output_functions(text_get(output), "a/x.o", sizes), 0);
}

static void change(struct function_changes *changes, const char *object, const char *before,
		   const char *after)
{
	struct text old_output = { 0 }, new_output = { 0 };
	struct function_sizes old, new;

	list_of(before, &old_output, &old);
	list_of(after, &new_output, &new);
	function_changes_add(changes, object, &old, &new);
	function_sizes_free(&old);
	function_sizes_free(&new);
	text_free(&old_output);
	text_free(&new_output);
}

static void changes_are_what_differs_the_largest_first(void **state)
{
	static const struct {
		const char *before, *after, *changes;
	} rows[] = {
		{ "", "", "" },
		{ "f 1 g 2", "f 1 g 2", "" },
		{ "f 1 g 2", "f 3 g 2", "f 1 3 " },
		{ "f 1 g 20", "f 3 g 2", "g 20 2 f 1 3 " },
		{ "", "f 5 g 6", "g -1 6 f -1 5 " },
		{ "f 5 g 6", "", "g 6 -1 f 5 -1 " },
		{ "b 5 d 6", "a 1 b 5 c 1 e 1", "d 6 -1 a -1 1 c -1 1 e -1 1 " },
		/* of the same size: by name */
		{ "b 1 a 3 c 9", "b 3 a 1 c 7", "a 3 1 b 1 3 c 9 7 " },
		{ "f 1 f 2", "f 2 f 1", "" },
		{ "f 1 f 2", "f 3", "" },
		{ "f 9 f.cold 1", "f 8 f.cold 2", "f 9 8 f.cold 1 2 " },
		/* there, and not there, is no change of size */
		{ "f 0", "", "f 0 -1 " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct function_changes changes = { .count = 0 };
		struct text found = { 0 };

		change(&changes, "a/x.o", rows[i].before, rows[i].after);
		for (size_t j = 0; j < changes.count; j++)
			text_addf(&found, "%s %lld %lld ", changes.items[j].function,
				  (long long)changes.items[j].before,
				  (long long)changes.items[j].after);
		assert_string_equal(text_get(&found), rows[i].changes);
		assert_int_equal(changes.more, 0);
		text_free(&found);
	}
}

static void objects_are_told_apart(void **state)
{
	struct function_changes changes = { .count = 0 };

	(void)state;
	change(&changes, "b.o", "f 1", "f 2");
	change(&changes, "a.o", "f 2", "f 1");
	change(&changes, "c.o", "e 1", "e 2");
	assert_int_equal(changes.count, 3);
	assert_string_equal(changes.items[0].object, "c.o");
	assert_string_equal(changes.items[1].object, "a.o");
	assert_string_equal(changes.items[2].object, "b.o");
}

static void of_too_many_the_largest_stay(void **state)
{
	struct function_changes changes = { .count = 0 };
	struct text after = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) /* in no order: 7 and 1000 have no divisor in common */
		text_addf(&after, "f%d %d ", i, 1 + i * 7 % 1000);
	change(&changes, "a/x.o", "", text_get(&after));
	assert_int_equal(changes.count, FUNCTIONS_KEPT);
	assert_int_equal(changes.more, 1000 - FUNCTIONS_KEPT);
	for (int i = 0; i < FUNCTIONS_KEPT; i++)
		assert_int_equal(changes.items[i].after, 1000 - i);
	text_free(&after);
}

static void a_very_long_name_is_cut(void **state)
{
	struct function_changes changes = { .count = 0 };
	char name[FUNCTION_NAME + 1], after[FUNCTION_NAME + 8];

	(void)state;
	memset(name, 'n', sizeof(name));
	for (size_t length = FUNCTION_NAME - 1; length <= FUNCTION_NAME; length++) {
		snprintf(after, sizeof(after), "%.*s %zu", (int)length, name, length);
		change(&changes, "a/x.o", "", after);
	}
	assert_int_equal(changes.count, 2);
	assert_int_equal(strlen(changes.items[0].function), FUNCTION_NAME - 1);
	assert_string_equal(changes.items[0].function + FUNCTION_NAME - 5, "n...");
	assert_int_equal(changes.items[0].after, FUNCTION_NAME);
	assert_int_equal(strlen(changes.items[1].function), FUNCTION_NAME - 1);
	assert_null(strchr(changes.items[1].function, '.'));
}

static void trees_compile(const struct compiled_trees *trees)
{
	/* The function grows into its padding: the object is as long as before. */
	static const char alike[] = "asm(\".text\\n.balign 16\\n.type f,@function\\nf: %s\\n"
				    ".size f,.-f\\n.balign 16\\n\");\n";
	char code[sizeof(alike) + 40];

	snprintf(code, sizeof(code), alike, "nop");
	compiled_trees_compile(trees->before, "alike", code);
	snprintf(code, sizeof(code), alike, "nop; nop; nop");
	compiled_trees_compile(trees->after, "alike", code);
	compiled_trees_compile(trees->before, "data", "int f(int a) { return a; }\n");
	compiled_trees_compile(trees->after, "data", "int f(int a) { return a; }\nint data = 3;\n");
	compiled_trees_compile(trees->after, "new", "int g(int a) { return a; }\n");
	/* What a patch names is not to be believed: a blank, an escape, a broken letter. */
	compiled_trees_compile(trees->before, "odd", "int data;\n");
	compiled_trees_compile(trees->after, "odd",
			       "asm(\".text\\n.type \\\"h 1\\x1b\\xff\\\",@function\\n"
			       "\\\"h 1\\x1b\\xff\\\": .skip 99\\n"
			       ".size \\\"h 1\\x1b\\xff\\\",99\\n\");\n");
	/* One that only the first tree has was not compiled. */
	compiled_trees_compile(trees->before, "gone", "int g(int a) { return a; }\n");
}

static void item_is(const json_t *changes, size_t at, const char *object, const char *function)
{
	const json_t *item = json_array_get(changes, at);

	assert_string_equal(json_string_value(json_object_get(item, "object")), object);
	assert_string_equal(json_string_value(json_object_get(item, "function")), function);
}

static json_int_t bytes_of(const json_t *changes, size_t at, const char *key)
{
	const json_t *bytes = json_object_get(json_array_get(changes, at), key);

	return json_is_null(bytes) ? -1 : json_integer_value(bytes);
}

static void functions_of_compiled_objects_are_told_also_where_the_object_is_as_long(void **state)
{
	static const char log[] = "  CC      new.o\n  CC      alike.o\n  CC      data.o\n"
				  "  CC      odd.o\n  CC      nowhere.o\n";
	struct compiled_trees trees;
	struct object_list list;
	struct fault fault = { 0 };
	json_t *changes = NULL;
	size_t more = 1;

	(void)state;
	compiled_trees_make(&trees, log);
	trees_compile(&trees);
	if (object_list_read(trees.log, 0, &list, &fault) ||
	    kernel_functions_changed(&list, trees.before, trees.after, &changes, &more, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(more, 0);
	assert_int_equal(json_array_size(changes), 3);
	item_is(changes, 0, "odd.o", "h?1??");
	assert_int_equal(bytes_of(changes, 0, "before"), -1);
	assert_int_equal(bytes_of(changes, 0, "after"), 99);
	item_is(changes, 1, "new.o", "g");
	assert_int_equal(bytes_of(changes, 1, "before"), -1);
	assert_true(bytes_of(changes, 1, "after") > 2);
	item_is(changes, 2, "alike.o", "f");
	assert_int_equal(bytes_of(changes, 2, "before"), 1);
	assert_int_equal(bytes_of(changes, 2, "after"), 3);
	json_decref(changes);
	object_list_free(&list);
	compiled_trees_remove(&trees);
}

static void what_is_no_object_is_said(void **state)
{
	struct compiled_trees trees;
	struct object_list list;
	struct fault fault = { 0 };
	json_t *changes = NULL;
	char path[PATH_MAX];
	size_t more = 1;

	(void)state;
	compiled_trees_make(&trees, "  CC      text.o\n");
	assert_int_equal(path_join(path, sizeof(path), trees.after, "text.o"), 0);
	assert_int_equal(file_write(path, "int a;\n", 7), 0);
	assert_int_equal(object_list_read(trees.log, 0, &list, &fault), 0);
	assert_int_equal(
		kernel_functions_changed(&list, trees.before, trees.after, &changes, &more, &fault),
		-ECHILD);
	assert_null(changes);
	assert_int_equal(more, 0);
	assert_non_null(strstr(fault.text, "nm: exit status 1"));
	object_list_free(&list);
	compiled_trees_remove(&trees);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_are_the_sized_symbols_of_code_of_that_file_alone),
		cmocka_unit_test(changes_are_what_differs_the_largest_first),
		cmocka_unit_test(objects_are_told_apart),
		cmocka_unit_test(of_too_many_the_largest_stay),
		cmocka_unit_test(a_very_long_name_is_cut),
		cmocka_unit_test(
			functions_of_compiled_objects_are_told_also_where_the_object_is_as_long),
		cmocka_unit_test(what_is_no_object_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
