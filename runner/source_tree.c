// SPDX-License-Identifier: GPL-2.0-only
/* source_tree: what an x86 build needs of a kernel's tree, and which version it says it is. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/source_parts.h"

enum { NUMBER_MAX = 8 };

bool source_word_of(const char *word, size_t len, const char *allowed)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(allowed, word[i]) || !word[i])
			return false;
	return len > 0;
}

/* "Kconfig.x", "Makefile", "Kbuild": read, and checked to be there, for whatever is built. */
static bool needed_always(const char *path)
{
	static const char *const starts[] = { "Kconfig", "Makefile", "Kbuild" };
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (!strncmp(name, starts[i], strlen(starts[i])))
			return true;
	return false;
}

bool kernel_source_left_out(const char *path)
{
	static const char *const folders[] = {
		"Documentation/", /* 50 MB; its Kconfig is read */
		"tools/testing/", /* self-tests: programs of their own */
		"tools/perf/", /* likewise */
		/* 470 MB of registers for AMD's graphics, which no guest has: DRM_AMDGPU can't be built. */
		"drivers/gpu/drm/amd/include/asic_reg/",
	};
	const char *arch = "arch/", *below;

	if (needed_always(path))
		return false;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (!strncmp(path, folders[i], strlen(folders[i])))
			return true;
	if (strncmp(path, arch, strlen(arch)) != 0)
		return false;
	below = path + strlen(arch);
	return strchr(below, '/') && strncmp(below, "x86/", 4) != 0;
}

/* "NAME = VALUE" of the top Makefile's first such line; "" where there is none. */
static bool makefile_value(const char *makefile, const char *name, char *out, size_t room)
{
	size_t len = strlen(name);

	out[0] = '\0';
	for (const char *line = makefile; line; line = strchr(line, '\n')) {
		const char *at;
		size_t count;

		line += *line == '\n';
		if (strncmp(line, name, len) != 0)
			continue;
		at = line + len + strspn(line + len, " \t");
		if (*at != '=')
			continue;
		at += 1 + strspn(at + 1, " \t");
		count = strcspn(at, " \t\r\n#");
		if (count >= room || !source_word_of(at, count ? count : 1,
						     "abcdefghijklmnopqrstuvwxyz"
						     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
						     "0123456789.+~_-\r\n"))
			return false;
		snprintf(out, room, "%.*s", (int)count, at);
		return true;
	}
	return false;
}

int source_makefile_version(const char *makefile, char version[SOURCE_VERSION], struct fault *fault)
{
	static const char digits[] = "0123456789";
	char major[NUMBER_MAX], minor[NUMBER_MAX], patch[NUMBER_MAX], extra[40];

	version[0] = '\0';
	if (!makefile_value(makefile, "VERSION", major, sizeof(major)) ||
	    !makefile_value(makefile, "PATCHLEVEL", minor, sizeof(minor)) ||
	    !source_word_of(major, strlen(major), digits) ||
	    !source_word_of(minor, strlen(minor), digits))
		return fault_set(fault, -EPROTO,
				 "no kernel's source: its Makefile has no VERSION and PATCHLEVEL");
	if (!makefile_value(makefile, "SUBLEVEL", patch, sizeof(patch)) ||
	    !source_word_of(patch, strlen(patch), digits))
		snprintf(patch, sizeof(patch), "0");
	makefile_value(makefile, "EXTRAVERSION", extra, sizeof(extra));
	snprintf(version, SOURCE_VERSION, "%s.%s.%s%s", major, minor, patch, extra);
	return 0;
}

int kernel_source_version(const char *directory, char version[SOURCE_VERSION], struct fault *fault)
{
	struct text makefile = { 0 };
	struct stat status;
	char path[PATH_MAX];
	int err = path_join(path, sizeof(path), directory, "Makefile");

	version[0] = '\0';
	if (!err && (lstat(path, &status) || !S_ISREG(status.st_mode)))
		err = -ENOENT;
	if (!err)
		err = file_read(path, SOURCE_MAKEFILE_MAX, &makefile);
	if (err)
		fault_set(fault, err, "no kernel's source: there is no Makefile in it");
	else
		err = source_makefile_version(text_get(&makefile), version, fault);
	text_free(&makefile);
	return err;
}
