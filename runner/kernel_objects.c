// SPDX-License-Identifier: GPL-2.0-only
/* kernel_objects: lets size(1) measure what make compiled, before and after. */
#include "runner/kernel_objects.h"

#include <errno.h>
#include <stdbool.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct changes {
	json_t *array;
	size_t more;
};

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

/* The code of one object in one tree, as JSON: null where the tree doesn't have it. */
static json_t *code_json(const struct object_said *said)
{
	uint64_t bytes;

	if (size_output_code(said->output, said->path, &bytes))
		return json_null();
	return json_integer((json_int_t)bytes);
}

static int change_add(void *context, const struct object_pair *pair)
{
	struct changes *changes = context;
	json_t *before = code_json(&pair->before), *after = code_json(&pair->after), *item;

	if (json_equal(before, after)) {
		json_decref(before);
		json_decref(after);
		return 0;
	}
	item = json_pack("{s:o, s:o, s:o}", "object", object_name_json(pair->name), "before",
			 before, "after", after);
	if (json_array_size(changes->array) >= OBJECTS_KEPT) {
		changes->more++;
		json_decref(item);
		return 0;
	}
	return json_array_append_new(changes->array, item) ? -ENOMEM : 0;
}

int kernel_objects_changed(const struct object_list *list, const char *before, const char *after,
			   json_t **changes, size_t *more, struct fault *fault)
{
	static const char *const program[] = { "size", "-A", NULL };
	struct changes found = { .array = json_array() };
	int err = found.array ? object_list_compare(list, program, before, after, change_add,
						    &found, fault)
			      : fault_set(fault, -ENOMEM, "no memory");

	if (err) {
		json_decref(found.array);
		found.array = NULL;
	}
	*changes = found.array;
	*more = found.more;
	return err;
}
