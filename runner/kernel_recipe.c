// SPDX-License-Identifier: GPL-2.0-only
/* kernel_recipe: keys over what a kernel is built from, and its record as JSON and as lines. */
#include "runner/kernel_recipe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* To be raised whenever the same inputs would be built in another way. */
#define RECIPE_VERSION 1

enum { DROPPED_KEPT = 64 };

static int key_of(const struct text *text, char key[SHA256_HEX])
{
	return text->failed ? -ENOMEM : bytes_sha256(text->data, text->len, key);
}

int recipe_keys(struct recipe *recipe)
{
	char patches[SHA256_HEX];
	struct text text = { 0 };
	int err;

	text_addf(&text, "recipe %d\nconfig %s\n%s", RECIPE_VERSION, recipe->config.sha256,
		  text_get(&recipe->toolchain));
	err = key_of(&text, recipe->family);
	text_addf(&text, "source %s\n", recipe->source.identity);
	if (!err)
		err = key_of(&text, recipe->base_key);
	memcpy(recipe->key, recipe->base_key, sizeof(recipe->key));
	if (!err && recipe->patches.count) {
		kernel_patches_identity(&recipe->patches, recipe->patches.count, patches);
		text_addf(&text, "patches %s\n", patches);
		err = key_of(&text, recipe->key);
	}
	text_free(&text);
	return err;
}

/* What comes from patches and files may be no UTF-8, which JSON must be. */
static json_t *plain_string(const char *string)
{
	json_t *value = json_string(string);
	struct text plain = { 0 };

	if (value)
		return value;
	for (; *string; string++)
		text_add_bytes(&plain, *string >= ' ' && *string <= '~' ? string : "?", 1);
	value = json_string(text_get(&plain));
	text_free(&plain);
	return value;
}

static json_t *patches_json(const struct kernel_patches *patches)
{
	json_t *array = json_array();

	for (size_t i = 0; array && i < patches->count; i++) {
		const struct kernel_patch *patch = &patches->items[i];
		json_t *files = json_array();

		for (size_t j = 0; files && j < patch->file_count; j++)
			json_array_append_new(files, plain_string(patch->files[j]));
		json_array_append_new(array, json_pack("{s:o, s:o, s:s, s:o}", "source",
						       plain_string(patch->source), "subject",
						       plain_string(patch->subject), "sha256",
						       patch->sha256, "files", files));
	}
	return array;
}

static json_t *lines_json(const char *lines, size_t most)
{
	json_t *array = json_array();

	for (size_t i = 0; array && *lines && i < most; i++) {
		size_t len = strcspn(lines, "\n");

		json_array_append_new(array, json_stringn(lines, len));
		lines += len + (lines[len] == '\n');
	}
	return array;
}

static json_t *traits_json(const struct recipe *recipe)
{
	json_t *array = json_array();

	if (array && recipe->relocation)
		json_array_append_new(array, json_string("relocation"));
	if (array && recipe->ablation)
		json_array_append_new(array, json_string(recipe->ablation));
	if (array && !recipe->config.figures)
		json_array_append_new(array, json_string("not for figures"));
	return array;
}

/* As kernel_source_parse takes it, in every folder, and always meaning the same. */
static json_t *source_spec(const struct kernel_source *source)
{
	struct text text = { 0 };
	json_t *spec;

	if (source->kind == SOURCE_PACKAGE)
		text_addf(&text, "%s%s%s=%s", source->suite, source->suite[0] ? "/" : "",
			  source->package, source->version);
	else if (source->kind == SOURCE_GIT)
		text_addf(&text, "%s@%s", source->git, source->commit);
	else
		text_add(&text, source->path);
	spec = plain_string(text_get(&text));
	text_free(&text);
	return spec;
}

json_t *recipe_json(const struct recipe *recipe, double seconds, size_t compiled,
		    const struct kconfig_parted *parted)
{
	return json_pack(
		"{s:i, s:s, s:{s:o, s:o, s:s, s:s}, s:{s:s, s:s, s:s, s:b}, s:o, s:o, s:o, s:I, s:o, s:I, s:o, s:f, s:I}",
		"recipe", RECIPE_VERSION, "key", recipe->key, "source", "origin",
		plain_string(recipe->source.origin), "spec", source_spec(&recipe->source),
		"identity", recipe->source.identity, "version", recipe->version, "config", "name",
		recipe->config.name, "base", recipe->config.base, "sha256", recipe->config.sha256,
		"figures", recipe->config.figures, "patches", patches_json(&recipe->patches),
		"traits", traits_json(recipe), "toolchain",
		lines_json(text_get(&recipe->toolchain), 8), "dropped_count",
		(json_int_t)parted->refused_count, "dropped",
		lines_json(text_get(&parted->refused), DROPPED_KEPT), "unknown_count",
		(json_int_t)parted->unknown_count, "unknown",
		lines_json(text_get(&parted->unknown), DROPPED_KEPT), "seconds", seconds,
		"compiled", (json_int_t)compiled);
}

void recipe_free(struct recipe *recipe)
{
	kernel_config_free(&recipe->config);
	kernel_patches_free(&recipe->patches);
	text_free(&recipe->toolchain);
}

void recipe_source_spec(const json_t *recipe, char *out, size_t room)
{
	const json_t *source = json_object_get(recipe, "source");
	const char *spec = json_string_value(json_object_get(source, "spec"));
	const char *origin = json_string_value(json_object_get(source, "origin"));
	const char *version = json_string_value(json_object_get(source, "version"));

	out[0] = '\0';
	if (spec)
		snprintf(out, room, "%s", spec);
	else if (origin && version &&
		 !strncmp(origin, "linux-source-", 13)) /* of before there was a spec */
		snprintf(out, room, "%.*s=%s", (int)strcspn(origin, " "), origin, version);
}

static void plain_add(struct text *out, const char *string)
{
	for (; string && *string; string++)
		text_add_bytes(out, (unsigned char)*string >= ' ' && *string != 0x7f ? string : "?",
			       1);
}

static void line_add(struct text *out, const char *label, const json_t *value)
{
	if (!json_string_value(value))
		return;
	text_addf(out, "%-8s ", label);
	plain_add(out, json_string_value(value));
	text_add(out, "\n");
}

static void patches_add(struct text *out, const json_t *patches)
{
	for (size_t i = 0; i < json_array_size(patches); i++) {
		const json_t *patch = json_array_get(patches, i);
		const char *subject = json_string_value(json_object_get(patch, "subject"));
		const char *source = json_string_value(json_object_get(patch, "source"));

		text_addf(out, "%-8s ", "patch");
		plain_add(out, subject && *subject ? subject : source);
		text_add(out, " (");
		plain_add(out, subject && *subject ? source : "no subject");
		text_add(out, ")\n");
	}
}

static void bytes_add(struct text *out, const json_t *value)
{
	char words[32];

	if (json_is_integer(value))
		text_add(out,
			 count_format((uint64_t)json_integer_value(value), words, sizeof(words)));
	else
		text_add(out, "none");
}

/* "mm/mremap.o 34,120 -> 34,168 bytes (+48)", of a function with its name behind the object's. */
static void change_add(struct text *out, const json_t *item)
{
	const json_t *before = json_object_get(item, "before");
	const json_t *after = json_object_get(item, "after");
	const char *object = json_string_value(json_object_get(item, "object"));
	const char *function = json_string_value(json_object_get(item, "function"));

	plain_add(out, object ? object : "?");
	text_add(out, function ? " " : "");
	plain_add(out, function);
	text_add(out, " ");
	bytes_add(out, before);
	text_add(out, " -> ");
	bytes_add(out, after);
	text_addf(out, " bytes (%+lld)\n",
		  (long long)(json_integer_value(after) - json_integer_value(before)));
}

/* Objects, or functions, whose machine code has another size than the base's. */
static void changes_add(struct text *out, const char *label, const char *what,
			const json_t *changes, json_int_t more)
{
	for (size_t i = 0; i < json_array_size(changes); i++) {
		text_addf(out, "%-8s ", i ? "" : label);
		change_add(out, json_array_get(changes, i));
	}
	if (more > 0)
		text_addf(out, "%-8s and %lld more %s\n", "", (long long)more, what);
}

/* A list of options, of which only the first are kept. */
static void options_add(struct text *out, const char *label, const char *words,
			const json_t *options, json_int_t count)
{
	if (!count)
		return;
	text_addf(out, "%-8s %lld %s:\n", label, (long long)count, words);
	for (size_t i = 0; i < json_array_size(options); i++)
		line_add(out, "", json_array_get(options, i));
	if ((size_t)count > json_array_size(options))
		text_addf(out, "%-8s and %lld more\n", "",
			  (long long)count - (long long)json_array_size(options));
}

void recipe_print(const json_t *recipe, struct text *out)
{
	const json_t *source = json_object_get(recipe, "source");
	const json_t *config = json_object_get(recipe, "config");
	const json_t *toolchain = json_object_get(recipe, "toolchain");

	line_add(out, "key", json_object_get(recipe, "key"));
	line_add(out, "source", json_object_get(source, "origin"));
	line_add(out, "", json_object_get(source, "identity"));
	line_add(out, "asked", json_object_get(config, "name"));
	patches_add(out, json_object_get(recipe, "patches"));
	for (size_t i = 0; i < json_array_size(toolchain); i++)
		line_add(out, i ? "" : "made by", json_array_get(toolchain, i));
	text_addf(out, "%-8s %.1f s, %lld objects compiled\n", "took",
		  json_number_value(json_object_get(recipe, "seconds")),
		  (long long)json_integer_value(json_object_get(recipe, "compiled")));
	changes_add(out, "code", "objects", json_object_get(recipe, "objects"),
		    json_integer_value(json_object_get(recipe, "objects_more")));
	changes_add(out, "function", "functions", json_object_get(recipe, "functions"),
		    json_integer_value(json_object_get(recipe, "functions_more")));
	options_add(out, "dropped", "of the config's options did not come out so",
		    json_object_get(recipe, "dropped"),
		    json_integer_value(json_object_get(recipe, "dropped_count")));
	options_add(out, "unknown", "of the config's names are unknown to the source",
		    json_object_get(recipe, "unknown"),
		    json_integer_value(json_object_get(recipe, "unknown_count")));
}
