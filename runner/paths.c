// SPDX-License-Identifier: GPL-2.0-only
/* paths: parts and configs by where the executable stands, cache and results by the environment. */
#include "runner/paths.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"

/*
 * Where the program stands, found once: after a change of mount namespace (tracing.c) in a chroot
 * the kernel would name the place as seen from outside.
 */
static int executable_path(char *out)
{
	static char known[PATH_MAX];
	ssize_t len;

	if (!known[0]) {
		len = readlink("/proc/self/exe", known, sizeof(known) - 1);
		if (len < 0)
			return -errno;
	}
	memcpy(out, known, sizeof(known));
	return 0;
}

/* below/name, seen from the folder that is `up` folders above the executable's. */
static int path_above(int up, const char *below, const char *name, char *out)
{
	char folder[PATH_MAX] = "", inside[PATH_MAX];
	int err = executable_path(folder);

	if (err)
		return err;
	for (int i = 0; i <= up; i++) {
		char *slash = strrchr(folder, '/');

		if (!slash)
			return -ENOENT;
		*slash = '\0';
	}
	err = path_join(inside, sizeof(inside), folder[0] ? folder : "/", below);
	return err ? err : path_join(out, PATH_MAX, inside, name);
}

/*
 * The test programs stand one folder deeper than the program: they look there second. What is in
 * neither place is left for the caller's open(2) to miss, by the path where it belongs.
 */
static int path_near(int up, const char *below, const char *name, char *out)
{
	char deeper[PATH_MAX];
	int err = path_above(up, below, name, out);

	if (err || !access(out, F_OK))
		return err;
	if (!path_above(up + 1, below, name, deeper) && !access(deeper, F_OK))
		memcpy(out, deeper, sizeof(deeper));
	return 0;
}

int path_of_part(const char *name, char *out)
{
	return path_near(0, "", name, out);
}

int path_of_config(const char *name, char *out)
{
	return path_near(2, "configs", name, out);
}

int path_of_reference(const char *name, char *out)
{
	return path_near(2, "results/reference", name, out);
}

static const char *home_folder(void)
{
	const char *home = getenv("HOME");
	struct passwd *user;

	if (home && home[0] == '/')
		return home;
	user = getpwuid(geteuid());
	return user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
}

/* A folder of ours is named from where we were started; XDG's must be absolute, else it is void. */
static int own_folder(const char *ours, const char *xdg, const char *in_home, char *out)
{
	const char *value = getenv(ours);
	char current[PATH_MAX];

	if (value && value[0] == '/')
		return path_join(out, PATH_MAX, value, "");
	if (value && value[0])
		return getcwd(current, sizeof(current)) ? path_join(out, PATH_MAX, current, value)
							: -errno;
	value = getenv(xdg);
	if (value && value[0] == '/')
		return path_join(out, PATH_MAX, value, "remapbench");
	value = home_folder();
	if (!value)
		return -ENOENT;
	if (path_join(current, sizeof(current), value, in_home))
		return -ENAMETOOLONG;
	return path_join(out, PATH_MAX, current, "remapbench");
}

int path_of_cache(const char *name, char *out)
{
	char folder[PATH_MAX];
	int err = own_folder("REMAPBENCH_CACHE", "XDG_CACHE_HOME", ".cache", folder);

	if (!err)
		err = path_join(out, PATH_MAX, folder, name);
	return err ? err : directory_make(out, 0755);
}

int path_of_data(const char *name, char *out)
{
	char folder[PATH_MAX];
	int err = own_folder("REMAPBENCH_DATA", "XDG_DATA_HOME", ".local/share", folder);
	char *slash;

	if (!err)
		err = path_join(out, PATH_MAX, folder, name);
	if (err)
		return err;
	slash = strrchr(out, '/');
	*slash = '\0';
	err = directory_make(out, 0755);
	*slash = '/';
	return err;
}

int path_glob(const char *folder, const char *pattern, glob_t *found)
{
	struct text escaped = { 0 };
	int status = GLOB_NOSPACE;

	*found = (glob_t){ 0 };
	for (const char *at = folder; *at; at++) {
		if (strchr("*?[\\", *at))
			text_add(&escaped, "\\");
		text_add_bytes(&escaped, at, 1);
	}
	text_addf(&escaped, "/%s", pattern);
	if (!escaped.failed)
		status = glob(escaped.data, 0, NULL, found);
	text_free(&escaped);
	if (status == GLOB_NOMATCH)
		return -ENOENT;
	return status == GLOB_NOSPACE ? -ENOMEM : status ? -EIO : 0;
}
