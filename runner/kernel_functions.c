// SPDX-License-Identifier: GPL-2.0-only
/* kernel_functions: lets nm(1) list the functions of what make compiled, and says which changed. */
#include "runner/kernel_functions.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/*
 * Two functions of one name (static ones) are one below: which of them was which in the other tree
 * can't be told. The compiler's parts of a function (.cold, .isra.0) have names of their own.
 */
static int name_order(const struct function_size *a, const struct function_size *b)
{
	size_t shorter = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->name, b->name, shorter);

	return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int size_order(const void *left, const void *right)
{
	return name_order(left, right);
}

static int size_add(struct function_sizes *sizes, const struct function_size *size)
{
	int err = array_grow(&sizes->items, &sizes->room, sizes->count, sizeof(*sizes->items));

	if (!err)
		sizes->items[sizes->count++] = *size;
	return err;
}

/* 16 hex digits, of an object of 32 bits 8, and a blank: the length of both, or 0. */
static size_t hex_length(const char *at)
{
	size_t digits = strspn(at, "0123456789abcdef");

	return (digits == 16 || digits == 8) && at[digits] == ' ' ? digits + 1 : 0;
}

/* "0000000000000c70 0000000000001215 T move_page_tables"; without a size, no second number. */
static bool line_read(const char *line, size_t length, struct function_size *size)
{
	size_t field = hex_length(line);
	uint64_t bytes;

	if (!field || hex_length(line + field) != field || length < 2 * field + 3)
		return false;
	bytes = strtoull(line + field, NULL, 16);
	line += 2 * field;
	if (!strchr("tTwW", line[0]) || line[1] != ' ')
		return false;
	size->bytes = bytes > INT64_MAX ? INT64_MAX : (int64_t)bytes;
	size->name = line + 2;
	size->length = length - 2 * field - 2;
	return true;
}

static void sizes_join(struct function_sizes *sizes)
{
	size_t to = 0;

	if (!sizes->count)
		return;
	qsort(sizes->items, sizes->count, sizeof(*sizes->items), size_order);
	for (size_t from = 1; from < sizes->count; from++) {
		struct function_size *last = &sizes->items[to], *next = &sizes->items[from];

		if (name_order(last, next))
			sizes->items[++to] = *next;
		else if (__builtin_add_overflow(last->bytes, next->bytes, &last->bytes))
			last->bytes = INT64_MAX;
	}
	sizes->count = to + 1;
}

int nm_output_functions(const char *output, const char *path, struct function_sizes *sizes)
{
	size_t path_length = strlen(path);
	int err = 0;

	*sizes = (struct function_sizes){ 0 };
	for (const char *line = output; *line && !err;) {
		size_t length = strcspn(line, "\n");
		struct function_size size;

		if (length > path_length && !memcmp(line, path, path_length) &&
		    line[path_length] == ':' &&
		    line_read(line + path_length + 1, length - path_length - 1, &size))
			err = size_add(sizes, &size);
		line += length + (line[length] == '\n');
	}
	sizes_join(sizes);
	return err;
}

void function_sizes_free(struct function_sizes *sizes)
{
	free(sizes->items);
	*sizes = (struct function_sizes){ 0 };
}

/* Where a tree doesn't have it, it is 0 bytes long. */
static int64_t change_bytes(const struct function_change *change)
{
	int64_t before = change->before < 0 ? 0 : change->before;
	int64_t after = change->after < 0 ? 0 : change->after;

	return before > after ? before - after : after - before;
}

static int change_order(const struct function_change *a, const struct function_change *b)
{
	int64_t bytes_a = change_bytes(a), bytes_b = change_bytes(b);
	int order = (bytes_a < bytes_b) - (bytes_a > bytes_b);

	if (!order)
		order = strcmp(a->function, b->function);
	return order ? order : strcmp(a->object, b->object);
}

static void change_keep(struct function_changes *changes, const struct function_change *change)
{
	struct function_change *items = changes->items;
	size_t at = changes->count;

	if (at == FUNCTIONS_KEPT) {
		changes->more++;
		if (change_order(change, &items[--at]) >= 0)
			return;
	} else {
		changes->count++;
	}
	for (; at && change_order(change, &items[at - 1]) < 0; at--)
		items[at] = items[at - 1];
	items[at] = *change;
}

/* One of both may be NULL: that tree doesn't have the function. */
static void change_add(struct function_changes *changes, const char *object,
		       const struct function_size *before, const struct function_size *after)
{
	const struct function_size *named = before ? before : after;
	struct function_change change = { .before = before ? before->bytes : -1,
					  .after = after ? after->bytes : -1 };
	bool cut;

	if (!named || change.before == change.after)
		return;
	cut = named->length >= FUNCTION_NAME;
	snprintf(change.object, sizeof(change.object), "%s", object);
	snprintf(change.function, sizeof(change.function), "%.*s%s",
		 cut ? FUNCTION_NAME - 4 : (int)named->length, named->name, cut ? "..." : "");
	change_keep(changes, &change);
}

void function_changes_add(struct function_changes *changes, const char *object,
			  const struct function_sizes *before, const struct function_sizes *after)
{
	size_t a = 0, b = 0;

	while (a < before->count || b < after->count) {
		int order = a == before->count	? 1
			    : b == after->count ? -1
						: name_order(&before->items[a], &after->items[b]);

		change_add(changes, object, order <= 0 ? &before->items[a] : NULL,
			   order >= 0 ? &after->items[b] : NULL);
		a += order <= 0;
		b += order >= 0;
	}
}

static int object_compare(void *context, const struct object_pair *pair)
{
	struct function_sizes before = { 0 }, after = { 0 };
	int err = nm_output_functions(pair->before.output, pair->before.path, &before);

	if (!err)
		err = nm_output_functions(pair->after.output, pair->after.path, &after);
	if (!err)
		function_changes_add(context, pair->name, &before, &after);
	function_sizes_free(&before);
	function_sizes_free(&after);
	return err;
}

static json_t *bytes_json(int64_t bytes)
{
	return bytes < 0 ? json_null() : json_integer(bytes);
}

static json_t *changes_json(const struct function_changes *changes)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < changes->count; i++) {
		const struct function_change *change = &changes->items[i];
		json_t *item = json_pack(
			"{s:o, s:o, s:o, s:o}", "object", object_name_json(change->object),
			"function", object_name_json(change->function), "before",
			bytes_json(change->before), "after", bytes_json(change->after));

		if (json_array_append_new(array, item)) {
			json_decref(array);
			array = NULL;
		}
	}
	return array;
}

int kernel_functions_changed(const struct object_list *list, const char *before, const char *after,
			     json_t **changes, size_t *more, struct fault *fault)
{
	/* -A: the file's name before each line, also where it is the only one. */
	static const char *const program[] = { "nm", "-A", "-S", "--defined-only", NULL };
	struct function_changes *found = calloc(1, sizeof(*found));
	int err;

	*changes = NULL;
	*more = 0;
	if (!found)
		return fault_set(fault, -ENOMEM, "no memory");
	err = object_list_compare(list, program, before, after, object_compare, found, fault);
	if (!err) {
		*changes = changes_json(found);
		*more = found->more;
		if (!*changes)
			err = fault_set(fault, -ENOMEM, "no memory");
	}
	free(found);
	return err;
}
