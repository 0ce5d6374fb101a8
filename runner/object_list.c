// SPDX-License-Identifier: GPL-2.0-only
/* object_list: reads objects' names from make's log, and asks size(1) or nm(1) about them. */
#include "runner/object_list.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/files.h"
#include "base/process.h"

enum { LOG_SIZE = 64 << 20, OUTPUT_SIZE = 32 << 20, AT_ONCE = 64, SECONDS = 60 };

static int name_order(const void *left, const void *right)
{
	return strcmp(left, right);
}

/* A path below the tree, as kbuild writes it; anything else is no object of ours. */
static bool name_valid(const char *name)
{
	size_t len = strlen(name);

	return len > 2 && name[0] != '/' && name[0] != '-' && !strstr(name, "..") &&
	       !strcmp(name + len - 2, ".o");
}

static int name_add(struct object_list *list, const char *name)
{
	int err;

	if (list->count == OBJECTS_MOST || !name_valid(name))
		return 0;
	err = array_grow(&list->names, &list->room, list->count, OBJECT_NAME);
	if (!err)
		snprintf(list->names[list->count++], OBJECT_NAME, "%s", name);
	return err;
}

/* "  CC      mm/mremap.o", one a line. */
static int names_read(const char *log, struct object_list *list)
{
	int err = 0;

	for (const char *line = log; *line && !err;) {
		size_t len = strcspn(line, "\n");
		char word[8], name[OBJECT_NAME];

		if (len < OBJECT_NAME && line[0] == ' ' && line[1] == ' ' &&
		    sscanf(line, "  %7[A-Z] %199s", word, name) == 2 &&
		    (!strcmp(word, "CC") || !strcmp(word, "AS")))
			err = name_add(list, name);
		line += len + (line[len] == '\n');
	}
	if (!list->count)
		return err;
	qsort(list->names, list->count, OBJECT_NAME, name_order);
	for (size_t from = list->count, to = list->count = 1; to < from; to++)
		if (strcmp(list->names[to], list->names[list->count - 1]) != 0)
			memmove(list->names[list->count++], list->names[to], OBJECT_NAME);
	return err;
}

int object_list_read(const char *log, uint64_t offset, struct object_list *list,
		     struct fault *fault)
{
	struct text text = { 0 };
	int err = file_read(log, LOG_SIZE, &text);

	*list = (struct object_list){ 0 };
	if (!err && offset < text.len)
		err = names_read(text_get(&text) + offset, list);
	text_free(&text);
	return err ? fault_set(fault, err, "%s: %s", log, strerror(-err)) : 0;
}

void object_list_free(struct object_list *list)
{
	free(list->names);
	*list = (struct object_list){ 0 };
}

/* What the program says of some objects of a tree; what it doesn't have is not asked for. */
static int objects_ask(const struct object_list *list, size_t from, size_t to,
		       const char *const program[], const char *tree, struct text *output,
		       struct fault *fault)
{
	char *argv[PROGRAM_WORDS + AT_ONCE + 1] = { 0 };
	char path[PATH_MAX];
	size_t words = 0, count;
	int err = 0;

	text_clear(output);
	for (; words < PROGRAM_WORDS && program[words]; words++)
		argv[words] = (char *)program[words];
	count = words;
	for (size_t i = from; i < to && !err; i++) {
		if (path_join(path, sizeof(path), tree, list->names[i]) || access(path, R_OK))
			continue;
		argv[count] = strdup(path);
		err = argv[count++] ? 0 : -ENOMEM;
	}
	if (err)
		fault_set(fault, err, "no memory");
	else if (count > words)
		err = process_capture(argv, SECONDS, OUTPUT_SIZE, output, fault);
	while (count > words)
		free(argv[--count]);
	return err;
}

/* A path that is too long is none that the program was asked about: it finds nothing. */
static void path_make(struct object_said *said, const char *tree, const char *name)
{
	if (path_join(said->path, sizeof(said->path), tree, name))
		said->path[0] = '\0';
}

int object_list_compare(const struct object_list *list, const char *const program[],
			const char *before, const char *after, object_look *look, void *context,
			struct fault *fault)
{
	struct object_pair *pair = calloc(1, sizeof(*pair)); /* two paths: not for the stack */
	struct text old = { 0 }, new = { 0 };
	int err = 0;

	if (!pair)
		return fault_set(fault, -ENOMEM, "no memory");
	for (size_t from = 0; from < list->count && !err; from += AT_ONCE) {
		size_t to = from + AT_ONCE < list->count ? from + AT_ONCE : list->count;

		err = objects_ask(list, from, to, program, before, &old, fault);
		if (!err)
			err = objects_ask(list, from, to, program, after, &new, fault);
		for (size_t i = from; i < to && !err; i++) {
			pair->name = list->names[i];
			pair->before.output = text_get(&old);
			pair->after.output = text_get(&new);
			path_make(&pair->before, before, pair->name);
			path_make(&pair->after, after, pair->name);
			err = look(context, pair);
			if (err)
				fault_set(fault, err, "%s: %s", pair->name, strerror(-err));
		}
	}
	text_free(&old);
	text_free(&new);
	free(pair);
	return err;
}

json_t *object_name_json(const char *name)
{
	struct text plain = { 0 };
	json_t *value;

	for (; *name; name++)
		text_add_bytes(&plain, *name > ' ' && *name <= '~' ? name : "?", 1);
	value = plain.failed ? NULL : json_string(text_get(&plain));
	text_free(&plain);
	return value;
}
