// SPDX-License-Identifier: GPL-2.0-only
/* review_code: a recipe's objects and functions of another size, as sections of a review. */
#include "runner/review_code.h"

#include "base/text.h"
#include "results/mail.h"

static void bytes_add(struct text *words, const json_t *bytes)
{
	char count[32];

	text_add(words, json_is_integer(bytes) ? count_format((uint64_t)json_integer_value(bytes),
							      count, sizeof(count))
					       : "none");
}

/* "mm/mremap.o move_page_tables 2,331 -> 2,339 (+8)"; of an object without the function's name. */
static void change_print(const json_t *item, FILE *out)
{
	const json_t *before = json_object_get(item, "before"),
		     *after = json_object_get(item, "after");
	const char *object = json_string_value(json_object_get(item, "object"));
	const char *function = json_string_value(json_object_get(item, "function"));
	struct text words = { 0 };

	text_addf(&words, "%s%s%s ", object ? object : "?", function ? " " : "",
		  function ? function : "");
	bytes_add(&words, before);
	text_add(&words, " -> ");
	bytes_add(&words, after);
	text_addf(&words, " (%+lld)",
		  (long long)(json_integer_value(after) - json_integer_value(before)));
	mail_words(out, "  ", 4, text_get(&words));
	text_free(&words);
}

static void objects_print(const json_t *recipe, FILE *out)
{
	const json_t *objects = json_object_get(recipe, "objects");
	json_int_t more = json_integer_value(json_object_get(recipe, "objects_more"));

	if (objects)
		fprintf(out, "\nMachine code of the objects, in bytes%s\n",
			json_array_size(objects) ? "" : ": all of the same size as before");
	for (size_t i = 0; i < json_array_size(objects); i++)
		change_print(json_array_get(objects, i), out);
	if (more > 0)
		fprintf(out, "  and %lld objects more\n", (long long)more);
}

static void functions_print(const json_t *recipe, const char *kernel, FILE *out)
{
	const json_t *functions = json_object_get(recipe, "functions");
	size_t count = json_array_size(functions), shown = count;
	json_int_t more = json_integer_value(json_object_get(recipe, "functions_more"));
	struct text words = { 0 };

	if (!functions)
		return;
	if (!count) {
		fputs("\nFunctions' machine code: none changed in size\n", out);
		return;
	}
	if (shown > REVIEW_CODE_FUNCTIONS)
		shown = REVIEW_CODE_FUNCTIONS;
	fputs("\nFunctions that grew or shrank, in bytes of machine code\n", out);
	for (size_t i = 0; i < shown; i++)
		change_print(json_array_get(functions, i), out);
	more += (json_int_t)(count - shown);
	if (more > 0) {
		text_addf(&words, "and %lld more: remapbench kernel show %s", (long long)more,
			  kernel);
		mail_words(out, "  ", 4, text_get(&words));
	}
	text_free(&words);
}

void review_code_print(const json_t *recipe, const char *kernel, FILE *out)
{
	objects_print(recipe, out);
	functions_print(recipe, kernel, out);
}
