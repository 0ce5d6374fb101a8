// SPDX-License-Identifier: GPL-2.0-only
/* function_groups: reads the groups, and finds a function's. */
#include "results/function_groups.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { GLOB_MAX = 128, NAME_MAX_GROUPED = 512 };

static const char space[] = " \t";

const char *function_part_name(enum function_part part)
{
	static const char *const names[FUNCTION_PARTS] = {
		[PART_PATH] = "path",
		[PART_REFILL] = "refill",
		[PART_LAYOUT] = "layout",
	};

	return names[part];
}

size_t function_base(const char *name)
{
	/* A name that begins with a dot is whole: it has nothing before the suffix. */
	return name[0] == '[' || name[0] == '.' ? strlen(name) : strcspn(name, ".");
}

/* Only what shows as it is: the words are printed. */
static bool word_is_plain(const char *word)
{
	for (; *word; word++)
		if (*word <= ' ' || *word > '~')
			return false;
	return true;
}

static size_t group_find(const struct function_groups *groups, const char *name)
{
	size_t i = 0;

	while (i < groups->group_count && strcmp(groups->groups[i].name, name) != 0)
		i++;
	return i;
}

static enum function_part part_find(const char *name)
{
	enum function_part part = PART_PATH;

	while (part < FUNCTION_PARTS && strcmp(function_part_name(part), name) != 0)
		part++;
	return part;
}

/* "NAME path|refill|layout WORDS…" */
static int group_add(struct function_groups *groups, char *rest, struct fault *fault)
{
	struct function_group group = { .part = PART_PATH };
	char *save = NULL, *name = strtok_r(rest, space, &save);
	char *part = strtok_r(NULL, space, &save), *why = save ? save + strspn(save, space) : NULL;

	if (!name || !part || !why || !*why)
		return fault_set(fault, -EINVAL, "a group has a name, its part and words why");
	if (strlen(name) >= sizeof(group.name) || !word_is_plain(name) || !strcmp(name, "group"))
		return fault_set(fault, -EINVAL, "'%.40s' can't be a group's name", name);
	group.part = part_find(part);
	if (group.part == FUNCTION_PARTS)
		return fault_set(fault, -EINVAL,
				 "a group's part is path, refill or layout, not '%.40s'", part);
	if (group_find(groups, name) < groups->group_count || !strcmp(name, "other"))
		return fault_set(fault, -EINVAL, "the group %s is there already", name);
	if (groups->group_count == FUNCTION_GROUPS - 1)
		return fault_set(fault, -EINVAL, "more than %d groups", FUNCTION_GROUPS - 1);
	snprintf(group.name, sizeof(group.name), "%s", name);
	snprintf(group.why, sizeof(group.why), "%s", why);
	groups->groups[groups->group_count++] = group;
	return 0;
}

static int globs_add(struct function_groups *groups, const char *name, char **save,
		     struct fault *fault)
{
	const size_t group = group_find(groups, name);
	const char *glob = strtok_r(NULL, space, save);

	if (group == groups->group_count)
		return fault_set(fault, -EINVAL, "no group '%.40s' was named before", name);
	if (!glob)
		return fault_set(fault, -EINVAL, "no function behind '%s'", name);
	for (; glob; glob = strtok_r(NULL, space, save)) {
		struct function_glob *item = &groups->globs[groups->glob_count];

		if (groups->glob_count == FUNCTION_GLOBS || strlen(glob) >= GLOB_MAX ||
		    !word_is_plain(glob))
			return fault_set(fault, -EINVAL, "'%.40s' is one too many, or no function",
					 glob);
		*item = (struct function_glob){ strdup(glob), group };
		if (!item->glob)
			return fault_set(fault, -ENOMEM, "no memory");
		groups->glob_count++;
	}
	return 0;
}

static int line_parse(struct function_groups *groups, char *line, struct fault *fault)
{
	char *save = NULL, *word;

	if (line[strspn(line, space)] == '#')
		return 0;
	word = strtok_r(line, space, &save);
	if (!word)
		return 0;
	if (!strcmp(word, "group"))
		return group_add(groups, save ? save : word + strlen(word), fault);
	return globs_add(groups, word, &save, fault);
}

int function_groups_parse(const char *text, struct function_groups *groups, struct fault *fault)
{
	char *copy = strdup(text), *at = copy, *line;
	size_t number = 0;
	int err = 0;

	*groups = (struct function_groups){ 0 };
	groups->globs = calloc(FUNCTION_GLOBS, sizeof(*groups->globs));
	if (!copy || !groups->globs) {
		free(copy);
		free(groups->globs);
		groups->globs = NULL;
		return fault_set(fault, -ENOMEM, "no memory");
	}
	while (!err && (line = strsep(&at, "\n"))) {
		number++;
		err = line_parse(groups, line, fault);
		if (err)
			fault_wrap(fault, err, "line %zu", number);
	}
	free(copy);
	if (err) {
		function_groups_free(groups);
		return err;
	}
	groups->groups[groups->group_count++] = (struct function_group){
		.name = "other",
		.part = PART_PATH,
		.why = "what no group names: taken for the path",
	};
	return 0;
}

void function_groups_free(struct function_groups *groups)
{
	for (size_t i = 0; i < groups->glob_count; i++)
		free(groups->globs[i].glob);
	free(groups->globs);
	*groups = (struct function_groups){ 0 };
}

size_t function_group_of(const struct function_groups *groups, const char *name)
{
	char base[NAME_MAX_GROUPED];

	snprintf(base, sizeof(base), "%.*s", (int)function_base(name), name);
	for (size_t i = 0; i < groups->glob_count; i++)
		if (glob_match(groups->globs[i].glob, base))
			return groups->globs[i].group;
	return groups->group_count - 1;
}
