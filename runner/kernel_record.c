// SPDX-License-Identifier: GPL-2.0-only
/* kernel_record: kernel.json, which says what a folder of the cache holds: read as anybody may have edited it. */
#include "runner/kernel_record.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum { RECORD_SIZE = 1 << 20 }; /* a recipe names its patches, and the files they touch */

#define NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+~_-"
#define HEX_CHARACTERS "0123456789abcdef"

bool kernel_name_valid(const char *name)
{
	return name[0] && name[0] != '-' && name[0] != '.' &&
	       !name[strspn(name, NAME_CHARACTERS)] && strlen(name) < KERNEL_NAME;
}

bool sha256_valid(const char *sha256)
{
	return strlen(sha256) == SHA256_HEX - 1 && !sha256[strspn(sha256, HEX_CHARACTERS)];
}

/* One field of kernel.json, which anybody may have edited: a string without control characters. */
static int record_string(const json_t *record, const char *key, char *out, size_t room)
{
	const json_t *value = json_object_get(record, key);
	const char *string = json_string_value(value);
	size_t len = json_string_length(value);

	if (!string || len >= room || strlen(string) != len)
		return -EPROTO;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)string[i] < ' ' || string[i] == 0x7f)
			return -EPROTO;
	memcpy(out, string, len + 1);
	return 0;
}

/* Records from before there were two formats have none: bzImages. */
static int record_format(const json_t *record, struct kernel *kernel)
{
	char format[16];

	kernel->format = IMAGE_BZIMAGE;
	if (!json_object_get(record, "format"))
		return 0;
	if (record_string(record, "format", format, sizeof(format)))
		return -EPROTO;
	if (!strcmp(format, image_format_name(IMAGE_VMLINUX)))
		kernel->format = IMAGE_VMLINUX;
	else if (strcmp(format, image_format_name(IMAGE_BZIMAGE)) != 0)
		return -EPROTO;
	return 0;
}

/* What of a recipe is wanted with every kernel; the rest is for who shows it. */
int kernel_recipe_read(const json_t *recipe, struct kernel *kernel)
{
	const json_t *traits = json_object_get(recipe, "traits");
	size_t len = 0;

	kernel->traits[0] = kernel->append[0] = '\0';
	if (json_object_get(recipe, "append") &&
	    record_string(recipe, "append", kernel->append, sizeof(kernel->append)))
		return -EPROTO;
	if (record_string(recipe, "key", kernel->key, sizeof(kernel->key)) ||
	    !sha256_valid(kernel->key))
		return -EPROTO;
	for (size_t i = 0; i < json_array_size(traits); i++) {
		const char *trait = json_string_value(json_array_get(traits, i));
		size_t room = sizeof(kernel->traits) - len;
		int put;

		if (!trait || trait[strcspn(trait, "\t\n\r\033\177")])
			return -EPROTO;
		put = snprintf(kernel->traits + len, room, "%s%s", i ? ", " : "", trait);
		if (put < 0 || (size_t)put >= room)
			return -EPROTO;
		len += (size_t)put;
	}
	return 0;
}

int kernel_record_parse(const json_t *record, struct kernel *kernel)
{
	const struct {
		const char *key;
		char *out;
		size_t room;
	} fields[] = {
		{ "sha256", kernel->sha256, sizeof(kernel->sha256) },
		{ "name", kernel->name, sizeof(kernel->name) },
		{ "release", kernel->release, sizeof(kernel->release) },
		{ "version", kernel->version, sizeof(kernel->version) },
		{ "origin", kernel->origin, sizeof(kernel->origin) },
		{ "config_sha256", kernel->config_sha256, sizeof(kernel->config_sha256) },
	};

	const json_t *recipe = json_object_get(record, "recipe");

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (record_string(record, fields[i].key, fields[i].out, fields[i].room))
			return -EPROTO;
	if (!sha256_valid(kernel->sha256) || !kernel_name_valid(kernel->name) ||
	    !kernel->release[0])
		return -EPROTO;
	if (kernel->config_sha256[0] && !sha256_valid(kernel->config_sha256))
		return -EPROTO;
	if (record_format(record, kernel))
		return -EPROTO;
	return recipe ? kernel_recipe_read(recipe, kernel) : 0;
}

/* The paths of what is in a kernel's folder. */
int kernel_place(const char *folder, struct kernel *kernel)
{
	int err = path_join(kernel->image, sizeof(kernel->image), folder,
			    kernel->format == IMAGE_VMLINUX ? "vmlinux" : "vmlinuz");

	if (!err)
		err = path_join(kernel->symbols, sizeof(kernel->symbols), folder, "symbols");
	kernel->config[0] = '\0';
	if (!err && kernel->config_sha256[0])
		err = path_join(kernel->config, sizeof(kernel->config), folder, "config");
	return err;
}

/* For json_decref. */
static int record_load(const char *path, json_t **record, struct fault *fault)
{
	struct text bytes = { 0 };
	json_error_t wrong;
	int err = file_read(path, RECORD_SIZE, &bytes);

	if (err) {
		fault_set(fault, err, "%s: %s", path, strerror(-err));
		goto out;
	}
	*record = json_loadb(text_get(&bytes), bytes.len, JSON_REJECT_DUPLICATES, &wrong);
	if (!*record)
		err = fault_set(fault, -EPROTO, "%s:%d:%d: %s", path, wrong.line, wrong.column,
				wrong.text);
out:
	text_free(&bytes);
	return err;
}

/* Reads one folder of the cache: -EPROTO where its record is broken or its parts are missing. */
int kernel_read(const char *cache, const char *sha256, struct kernel *kernel, struct fault *fault)
{
	char folder[PATH_MAX], path[PATH_MAX];
	json_t *record = NULL;
	int err;

	memset(kernel, 0, sizeof(*kernel));
	err = path_join(folder, sizeof(folder), cache, sha256);
	if (!err)
		err = path_join(path, sizeof(path), folder, "kernel.json");
	if (err)
		return fault_set(fault, err, "%s/kernel.json: %s", sha256, strerror(-err));
	err = record_load(path, &record, fault);
	if (err)
		return err;
	err = kernel_record_parse(record, kernel);
	if (!err && strcmp(kernel->sha256, sha256))
		err = -EPROTO;
	if (!err)
		err = kernel_place(folder, kernel);
	if (err)
		fault_set(fault, err, "%s: not the record of a kernel", path);
	else if (access(kernel->image, R_OK) || (kernel->config[0] && access(kernel->config, R_OK)))
		err = fault_set(fault, -EPROTO, "%s: the image or the config is missing", folder);
	json_decref(record);
	return err;
}

int kernel_recipe(const struct kernel *kernel, struct json_t **recipe, struct fault *fault)
{
	char path[PATH_MAX];
	json_t *record = NULL;
	int err;

	*recipe = NULL;
	if (!kernel->key[0])
		return 0;
	snprintf(path, sizeof(path), "%.*s/kernel.json",
		 (int)(strrchr(kernel->image, '/') - kernel->image), kernel->image);
	err = record_load(path, &record, fault);
	if (!err)
		*recipe = json_incref(json_object_get(record, "recipe"));
	json_decref(record);
	return err;
}

int kernel_record_write(const char *folder, const struct kernel *kernel, struct json_t *recipe)
{
	char path[PATH_MAX];
	json_t *record;
	char *bytes;
	int err = path_join(path, sizeof(path), folder, "kernel.json");

	if (err)
		return err;
	record = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:O*}", "sha256", kernel->sha256,
			   "name", kernel->name, "release", kernel->release, "version",
			   kernel->version, "origin", kernel->origin, "config_sha256",
			   kernel->config_sha256, "format", image_format_name(kernel->format),
			   "recipe", recipe);
	bytes = record ? json_dumps(record, JSON_INDENT(2)) : NULL;
	json_decref(record);
	if (!bytes)
		return -EINVAL; /* no memory, or a string that is no UTF-8 */
	err = file_write(path, bytes, strlen(bytes));
	free(bytes);
	return err;
}
