// SPDX-License-Identifier: GPL-2.0-only
/* kernel_lab: finds the project's own patch for a source. */
#include "runner/kernel_lab.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/paths.h"
#include "runner/version.h"

#define PATCH ".patch"

/* The longest of the folder's names, without their suffix, that the version begins with. */
static int version_choose(const char *folder, const char *suffix, const char *version, char *out,
			  size_t room, struct text *there)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, versionsort);
	size_t best = 0;

	for (int i = 0; i < count; i++) {
		char name[128];
		size_t len = strlen(entries[i]->d_name), cut = strlen(suffix);

		if (entries[i]->d_name[0] != '.' && len > cut && len < sizeof(name) &&
		    !strcmp(entries[i]->d_name + len - cut, suffix)) {
			snprintf(name, sizeof(name), "%.*s", (int)(len - cut), entries[i]->d_name);
			text_addf(there, "%s%s", there->len ? ", " : "", name);
			if (version_begins(version, name) && strlen(name) > best) {
				best = strlen(name);
				snprintf(out, room, "%s", name);
			}
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return best ? 0 : -ENOENT;
}

static int lab_folder(const char *name, char *folder, struct fault *fault)
{
	char inside[64];
	int err;

	snprintf(inside, sizeof(inside), "kernels/%s", name);
	err = path_of_config(inside, folder);
	return err ? fault_set(fault, err, "configs/%s: %s", inside, strerror(-err)) : 0;
}

static void ablations_list(const char *folder, struct text *there)
{
	char ignored[128];

	text_clear(there);
	version_choose(folder, PATCH, "", ignored, sizeof(ignored), there);
}

int lab_ablation(const char *version, const char *name, char *path, struct fault *fault)
{
	char top[PATH_MAX], folder[PATH_MAX], chosen[128], file[160];
	struct text there = { 0 };
	int err = lab_folder("ablations", top, fault);

	if (err)
		return err;
	if (version_choose(top, "", version, chosen, sizeof(chosen), &there)) {
		err = fault_set(fault, -ENOENT,
				"no ablations for version %s: configs/kernels/ablations has %s",
				version, there.len ? text_get(&there) : "none");
		goto out;
	}
	err = path_join(folder, sizeof(folder), top, chosen);
	snprintf(file, sizeof(file), "%.120s" PATCH, name);
	if (!err)
		err = path_join(path, PATH_MAX, folder, file);
	if (err) {
		fault_set(fault, err, "%s: %s", top, strerror(-err));
	} else if (strchr(name, '/') || name[0] == '.' || access(path, R_OK)) {
		ablations_list(folder, &there);
		err = fault_set(fault, -ENOENT, "no ablation \"%.80s\" for %s: there are %s", name,
				chosen, there.len ? text_get(&there) : "none");
	}
out:
	text_free(&there);
	return err;
}

int lab_relocation(const char *version, char *path, struct fault *fault)
{
	char folder[PATH_MAX], chosen[128], file[160];
	struct text there = { 0 };
	int err = lab_folder("relocation", folder, fault);

	if (err)
		return err;
	if (version_choose(folder, PATCH, version, chosen, sizeof(chosen), &there)) {
		err = fault_set(
			fault, -ENOENT,
			"no relocation patch for version %s: configs/kernels/relocation has %s",
			version, there.len ? text_get(&there) : "none");
	} else {
		snprintf(file, sizeof(file), "%s" PATCH, chosen);
		err = path_join(path, PATH_MAX, folder, file);
	}
	text_free(&there);
	return err;
}
