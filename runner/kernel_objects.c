// SPDX-License-Identifier: GPL-2.0-only
/* kernel_objects: finds what make compiled, and lets size(1) measure it before and after. */
#include "runner/kernel_objects.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"

enum { LOG_SIZE = 64 << 20, OUTPUT_SIZE = 32 << 20, NAME = 200, AT_ONCE = 64 };

struct objects {
	char (*names)[NAME]; /* sorted, each once */
	size_t count, room;
};

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

static int objects_add(struct objects *objects, const char *name)
{
	if (objects->count == OBJECTS_MOST || !name_valid(name))
		return 0;
	if (objects->count == objects->room) {
		size_t room = objects->room ? 2 * objects->room : 64;
		void *names = realloc(objects->names, room * NAME);

		if (!names)
			return -ENOMEM;
		objects->names = names;
		objects->room = room;
	}
	snprintf(objects->names[objects->count++], NAME, "%s", name);
	return 0;
}

/* "  CC      mm/mremap.o", one a line. */
static int objects_read(const char *log, struct objects *objects)
{
	int err = 0;

	for (const char *line = log; *line && !err;) {
		size_t len = strcspn(line, "\n");
		char word[8], name[NAME];

		if (len < NAME && line[0] == ' ' && line[1] == ' ' &&
		    sscanf(line, "  %7[A-Z] %199s", word, name) == 2 &&
		    (!strcmp(word, "CC") || !strcmp(word, "AS")))
			err = objects_add(objects, name);
		line += len + (line[len] == '\n');
	}
	if (!objects->count)
		return err;
	qsort(objects->names, objects->count, NAME, name_order);
	for (size_t from = objects->count, to = objects->count = 1; to < from; to++)
		if (strcmp(objects->names[to], objects->names[objects->count - 1]) != 0)
			memmove(objects->names[objects->count++], objects->names[to], NAME);
	return err;
}

int size_output_code(const char *output, const char *path, uint64_t *bytes)
{
	size_t path_len = strlen(path);
	bool here = false;

	*bytes = 0;
	for (const char *line = output; *line;) {
		size_t len = strcspn(line, "\n");
		char section[64];
		uint64_t size;

		if (len > 2 && !memcmp(line + len - 3, "  :", 3)) {
			if (here)
				return 0;
			here = len - 3 == path_len && !memcmp(line, path, path_len);
		} else if (here && len < 200 && line[0] == '.' &&
			   sscanf(line, "%63s %" SCNu64, section, &size) == 2) {
			if (strstr(section, ".text") && __builtin_add_overflow(*bytes, size, bytes))
				return -EPROTO;
		}
		line += len + (line[len] == '\n');
	}
	return here ? 0 : -ENOENT;
}

/* What size(1) says of some objects in one tree; those that the tree doesn't have are not asked for. */
static int sizes_ask(const struct objects *objects, size_t from, size_t to, const char *tree,
		     struct text *output, struct fault *fault)
{
	char *argv[AT_ONCE + 3] = { (char[]){ "size" }, (char[]){ "-A" } };
	char path[PATH_MAX];
	size_t count = 2;
	int err = 0;

	for (size_t i = from; i < to && !err; i++) {
		if (path_join(path, sizeof(path), tree, objects->names[i]) || access(path, R_OK))
			continue;
		argv[count] = strdup(path);
		err = argv[count++] ? 0 : -ENOMEM;
	}
	if (!err && count > 2)
		err = process_capture(argv, 60, OUTPUT_SIZE, output, fault);
	while (count > 2)
		free(argv[--count]);
	return err;
}

/* The code of one object in one tree, as JSON: null where the tree doesn't have it. */
static json_t *code_json(const char *output, const char *tree, const char *name)
{
	char path[PATH_MAX];
	uint64_t bytes;

	if (path_join(path, sizeof(path), tree, name) || size_output_code(output, path, &bytes))
		return json_null();
	return json_integer((json_int_t)bytes);
}

static int change_add(json_t *objects, const char *name, json_t *before, json_t *after,
		      size_t *more)
{
	json_t *item;

	if (json_equal(before, after)) {
		json_decref(before);
		json_decref(after);
		return 0;
	}
	if (json_array_size(objects) >= OBJECTS_KEPT)
		++*more;
	item = json_pack("{s:s, s:o, s:o}", "object", name, "before", before, "after", after);
	if (json_array_size(objects) >= OBJECTS_KEPT) {
		json_decref(item);
		return 0;
	}
	return json_array_append_new(objects, item) ? -ENOMEM : 0;
}

static int changes_find(const struct objects *objects, const char *before, const char *after,
			json_t *changes, size_t *more, struct fault *fault)
{
	struct text old = { 0 }, new = { 0 };
	int err = 0;

	for (size_t from = 0; from < objects->count && !err; from += AT_ONCE) {
		size_t to = from + AT_ONCE < objects->count ? from + AT_ONCE : objects->count;

		text_clear(&old);
		text_clear(&new);
		err = sizes_ask(objects, from, to, before, &old, fault);
		if (!err)
			err = sizes_ask(objects, from, to, after, &new, fault);
		for (size_t i = from; i < to && !err; i++)
			err = change_add(changes, objects->names[i],
					 code_json(text_get(&old), before, objects->names[i]),
					 code_json(text_get(&new), after, objects->names[i]), more);
	}
	text_free(&old);
	text_free(&new);
	return err;
}

int kernel_objects_changed(const char *log, uint64_t offset, const char *before, const char *after,
			   json_t **changes, size_t *more, struct fault *fault)
{
	struct objects objects = { 0 };
	struct text text = { 0 };
	int err = file_read(log, LOG_SIZE, &text);

	*more = 0;
	*changes = json_array();
	if (!*changes)
		err = -ENOMEM;
	if (!err && offset < text.len)
		err = objects_read(text_get(&text) + offset, &objects);
	if (err)
		fault_set(fault, err, "%s: %s", log, strerror(-err));
	else
		err = changes_find(&objects, before, after, *changes, more, fault);
	if (err) {
		json_decref(*changes);
		*changes = NULL;
	}
	text_free(&text);
	free(objects.names);
	return err;
}
