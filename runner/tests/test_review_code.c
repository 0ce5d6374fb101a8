// SPDX-License-Identifier: GPL-2.0-only
/* What a review, and `kernel show`, say of a recipe's objects and functions that grew or shrank. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runner/kernel_recipe.h"
#include "runner/review_code.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OBJECT "{\"object\": \"mm/mremap.o\", \"before\": 34120, \"after\": 34168}"
#define FUNCTION(name, before, after)                                                   \
	"{\"object\": \"mm/mremap.o\", \"function\": \"" name "\", \"before\": " before \
	", \"after\": " after "}"
#define NAME "a_function_of_a_name_that_fills_a_line_by_itself_alone"
#define TITLE "\nFunctions that grew or shrank, in bytes of machine code\n"

static json_t *recipe_of(const char *words)
{
	json_t *recipe = json_loads(words, 0, NULL);

	assert_non_null(recipe);
	return recipe;
}

static char *review_of(const json_t *recipe)
{
	char *words = NULL;
	size_t size;
	FILE *out = open_memstream(&words, &size);

	assert_non_null(out);
	review_code_print(recipe, "try-1", out);
	assert_int_equal(fclose(out), 0);
	return words;
}

static void lines_fit(const char *words)
{
	for (; *words; words += strcspn(words, "\n") + 1)
		assert_true(strcspn(words, "\n") <= 80);
}

static void a_review_lists_what_the_recipe_has(void **state)
{
	static const struct {
		const char *recipe, *words;
	} rows[] = {
		{ "{}", "" }, /* built by an older version */
		{ "{\"objects\": [], \"objects_more\": 0, \"functions\": [], \"functions_more\": 0}",
		  "\nMachine code of the objects, in bytes: all of the same size as before\n"
		  "\nFunctions' machine code: none changed in size\n" },
		{ "{\"objects\": [" OBJECT "], \"objects_more\": 3}",
		  "\nMachine code of the objects, in bytes\n"
		  "  mm/mremap.o 34,120 -> 34,168 (+48)\n  and 3 objects more\n" },
		{ "{\"functions\": [" FUNCTION("move_page_tables", "2331", "2339") "]}",
		  TITLE "  mm/mremap.o move_page_tables 2,331 -> 2,339 (+8)\n" },
		{ "{\"functions\": [" FUNCTION("f", "null", "2000") ", " FUNCTION(
			  "g.cold", "1000", "null") ", "
						    "{\"object\": 1}], \"functions_more\": 2}",
		  TITLE "  mm/mremap.o f none -> 2,000 (+2000)\n"
			"  mm/mremap.o g.cold 1,000 -> none (-1000)\n  ? none -> none (+0)\n"
			"  and 2 more: remapbench kernel show try-1\n" },
		/* too long for a line, and what would move a terminal's cursor */
		{ "{\"functions\": [" FUNCTION(NAME, "1000000", "1000002") "]}",
		  TITLE "  mm/mremap.o " NAME " 1,000,000\n    -> 1,000,002 (+2)\n" },
		{ "{\"functions\": [" FUNCTION("f\\u001b[2J\\n\\u0085x", "1", "2") "]}",
		  TITLE "  mm/mremap.o f?[2J??x 1 -> 2 (+1)\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		json_t *recipe = recipe_of(rows[i].recipe);
		char *words = review_of(recipe);

		assert_string_equal(words, rows[i].words);
		lines_fit(words);
		free(words);
		json_decref(recipe);
	}
}

static json_t *recipe_with(size_t functions, size_t more)
{
	json_t *array = json_array();

	for (size_t i = 0; i < functions; i++)
		json_array_append_new(array, json_pack("{s:s, s:s, s:i, s:i}", "object", "a.o",
						       "function", "f", "before", 1, "after", 2));
	return json_pack("{s:o, s:i}", "functions", array, "functions_more", (int)more);
}

static size_t lines_of(const char *words)
{
	size_t count = 0;

	for (; (words = strchr(words, '\n')); words++)
		count++;
	return count;
}

static void of_many_functions_the_review_says_where_the_others_are(void **state)
{
	static const struct {
		size_t functions, more;
		const char *last;
	} rows[] = {
		{ REVIEW_CODE_FUNCTIONS, 0, "f 1 -> 2 (+1)\n" },
		{ REVIEW_CODE_FUNCTIONS + 1, 0, "  and 1 more: remapbench kernel show try-1\n" },
		{ 64, 900, "  and 944 more: remapbench kernel show try-1\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		json_t *recipe = recipe_with(rows[i].functions, rows[i].more);
		char *words = review_of(recipe);
		size_t others = rows[i].functions + rows[i].more > REVIEW_CODE_FUNCTIONS;

		assert_int_equal(lines_of(words), 2 + REVIEW_CODE_FUNCTIONS + others);
		assert_string_equal(words + strlen(words) - strlen(rows[i].last), rows[i].last);
		free(words);
		json_decref(recipe);
	}
}

static void kernel_show_lists_them_too(void **state)
{
	json_t *recipe = recipe_of("{\"objects\": [" OBJECT "], \"functions\": [" FUNCTION(
		"f\\u001b", "1000", "1008") ", " FUNCTION("g", "16",
							  "null") "], \"functions_more\": 5}");
	struct text words = { 0 };

	(void)state;
	recipe_print(recipe, &words);
	assert_non_null(strstr(text_get(&words),
			       "code     mm/mremap.o 34,120 -> 34,168 bytes (+48)\n"
			       "function mm/mremap.o f? 1,000 -> 1,008 bytes (+8)\n"
			       "         mm/mremap.o g 16 -> none bytes (-16)\n"
			       "         and 5 more functions\n"));
	text_free(&words);
	json_decref(recipe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_review_lists_what_the_recipe_has),
		cmocka_unit_test(of_many_functions_the_review_says_where_the_others_are),
		cmocka_unit_test(kernel_show_lists_them_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
