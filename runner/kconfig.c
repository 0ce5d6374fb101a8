// SPDX-License-Identifier: GPL-2.0-only
/* kconfig: looks for the definitions of options in a tree's Kconfig files. */
#include "runner/kconfig.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"

enum { KCONFIG_SIZE = 4 << 20, PLACE = 160 };

struct option {
	const char *line; /* "CONFIG_X=y" */
	int line_len, name_len;
	char place[PLACE]; /* where it is defined; "": nowhere */
};

struct options {
	struct option *items; /* in the order of their lines */
	struct option **sorted; /* by name */
	size_t count;
};

static const char prefix[] = "CONFIG_";

static const char *option_name(const struct option *option)
{
	return option->line + sizeof(prefix) - 1;
}

static int option_order(const void *left, const void *right)
{
	const struct option *a = *(struct option *const *)left;
	const struct option *b = *(struct option *const *)right;
	int shorter = a->name_len < b->name_len ? a->name_len : b->name_len;
	int order = strncmp(option_name(a), option_name(b), (size_t)shorter);

	return order ? order : a->name_len - b->name_len;
}

static int options_read(const char *lines, struct options *options)
{
	size_t room = 1;

	for (const char *at = lines; *at; at++)
		room += *at == '\n';
	options->items = calloc(room, sizeof(*options->items));
	options->sorted = calloc(room, sizeof(struct option *));
	if (!options->items || !options->sorted)
		return -ENOMEM;
	for (const char *line = lines; *line;) {
		int len = (int)strcspn(line, "\n");
		struct option *option = &options->items[options->count];

		if (!strncmp(line, prefix, sizeof(prefix) - 1)) {
			option->line = line;
			option->line_len = len;
			option->name_len = (int)strcspn(line, "=\n") - (int)(sizeof(prefix) - 1);
			options->sorted[options->count++] = option;
		}
		line += len + (line[len] == '\n');
	}
	qsort(options->sorted, options->count, sizeof(struct option *), option_order);
	return 0;
}

/*
 * The name that a line defines: "config X", "menuconfig X" (Documentation/kbuild/kconfig-language.rst); NULL
 * for any other line.
 */
static const char *line_defines(const char *line, int *len)
{
	static const char *const words[] = { "config", "menuconfig" };
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

	line += strspn(line, " \t");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t word = strlen(words[i]), gap;
		const char *name;

		if (strncmp(line, words[i], word) != 0)
			continue;
		gap = strspn(line + word, " \t");
		name = line + word + gap;
		*len = (int)strspn(name, letters);
		if (gap && *len && strchr("\r\n#", name[*len + strspn(name + *len, " \t")]))
			return name;
	}
	return NULL;
}

/* A file of the tree, whose name in it is given: what it defines of the options gets its place. */
static int file_search(const char *path, const char *name, struct options *options)
{
	struct text text = { 0 };
	int err = file_read(path, KCONFIG_SIZE, &text);
	unsigned int number = 0;

	for (const char *line = text_get(&text); !err && *line;) {
		struct option sought = { 0 }, *key = &sought, **found;
		const char *defined = line_defines(line, &sought.name_len);

		number++;
		line += strcspn(line, "\n");
		line += *line == '\n';
		if (!defined)
			continue;
		sought.line = defined - (sizeof(prefix) - 1);
		found = bsearch(&key, options->sorted, options->count, sizeof(key), option_order);
		if (found && !(*found)->place[0])
			snprintf((*found)->place, PLACE, "%.120s:%u", name, number);
	}
	text_free(&text);
	return err;
}

/* What kbuild for x86 never reads as Kconfig: other architectures, and examples of the language. */
static bool folder_passed(const char *name)
{
	return !strcmp(name, "scripts") || !strcmp(name, "tools") || !strcmp(name, ".git") ||
	       (!strncmp(name, "arch/", 5) && !strchr(name + 5, '/') &&
		strcmp(name + 5, "x86") != 0);
}

static int tree_order(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

static int tree_search(const char *tree, struct options *options, size_t *files)
{
	char root[PATH_MAX], *const roots[] = { root, NULL };
	size_t top = (size_t)snprintf(root, sizeof(root), "%s", tree);
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, tree_order);
	FTSENT *entry;
	int err = walk ? 0 : -errno;

	while (!err && (entry = fts_read(walk))) {
		const char *name = entry->fts_path + top;

		name += *name == '/';
		if (entry->fts_info == FTS_D && folder_passed(name))
			fts_set(walk, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
			err = -entry->fts_errno;
		if (entry->fts_info != FTS_F || strncmp(entry->fts_name, "Kconfig", 7) != 0)
			continue;
		err = file_search(entry->fts_accpath, name, options);
		++*files;
	}
	if (walk)
		fts_close(walk);
	return err;
}

int kconfig_part(const char *tree, const char *lines, struct kconfig_parted *parted,
		 struct fault *fault)
{
	struct options options = { 0 };
	size_t files = 0;
	int err = options_read(lines, &options);

	*parted = (struct kconfig_parted){ 0 };
	if (!err && options.count)
		err = tree_search(tree, &options, &files);
	if (!err && options.count && !files)
		err = -ENOENT;
	if (err)
		fault_set(fault, err, "the Kconfig files of %s: %s", tree, strerror(-err));
	for (size_t i = 0; i < options.count; i++) {
		const struct option *option = &options.items[i];
		bool unknown = !err && !option->place[0];
		struct text *to = unknown ? &parted->unknown : &parted->refused;

		text_addf(to, "%.*s", option->line_len, option->line);
		if (option->place[0])
			text_addf(to, " (%s)", option->place);
		text_add(to, "\n");
		parted->unknown_count += unknown;
		parted->refused_count += !unknown;
	}
	free(options.items);
	free(options.sorted);
	return err;
}

void kconfig_parted_free(struct kconfig_parted *parted)
{
	text_free(&parted->refused);
	text_free(&parted->unknown);
}
