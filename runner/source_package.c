// SPDX-License-Identifier: GPL-2.0-only
/*
 * source_package: the tarball of a linux-source package: the installed one, one that is kept already,
 * or one that is downloaded by the private apt state (apt.h). What is kept is CACHE/sources/SHA256/,
 * by the SHA-256 that the suite's index gives of the .deb.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "runner/apt.h"
#include "runner/kernel_spec.h"
#include "runner/paths.h"
#include "runner/source_parts.h"
#include "runner/version.h"

#define NAME_START "linux-source-"

enum { RECORD_MAX = 320 };

static const char record_name[] = "package"; /* in the folder of one that is kept */

static const double query_seconds = 60, unpack_seconds = 600;

/* The version of an installed package whose tarball is there; "" without. */
static void installed_find(const char *package, char version[SOURCE_VERSION],
			   char tarball[PATH_MAX])
{
	const char *const argv[] = { "dpkg-query", "-W", "-f=${db:Status-Status} ${Version}",
				     package, NULL };
	static const char start[] = "installed ";
	struct text said = { 0 };
	struct fault ignored = { 0 };

	version[0] = '\0';
	snprintf(tarball, PATH_MAX, "/usr/src/%s.tar.xz", package);
	if (!access(tarball, R_OK) &&
	    !process_capture((char *const *)argv, query_seconds, 4096, &said, &ignored) &&
	    !strncmp(text_get(&said), start, strlen(start)) &&
	    strlen(said.data + strlen(start)) < SOURCE_VERSION)
		snprintf(version, SOURCE_VERSION, "%s", said.data + strlen(start));
	text_free(&said);
}

/* What is known of it now. */
static void source_take(struct kernel_source *source, const char *tarball, const char *version,
			const char *place)
{
	snprintf(source->path, sizeof(source->path), "%s", tarball);
	snprintf(source->origin, sizeof(source->origin), "%.127s %.71s (%.71s)", source->package,
		 version, place);
	snprintf(source->version, sizeof(source->version), "%s", version);
}

/* Of the suite's packages, the newest of that name (and version, where one is named). */
static const struct apt_package *package_choose(const struct apt_packages *packages,
						const struct kernel_source *source)
{
	const struct apt_package *best = NULL;

	for (size_t i = 0; i < packages->count; i++) {
		const struct apt_package *package = &packages->items[i];

		if (strcmp(package->name, source->package) != 0 || !package->sha256[0])
			continue;
		if (source->version[0] && strcmp(package->version, source->version) != 0)
			continue;
		if (!best || version_compare(package->version, best->version) > 0)
			best = package;
	}
	return best;
}

/* Where a package's tarball is kept, and whether it is there. */
static int kept_find(const struct apt_package *package, char folder[PATH_MAX],
		     char tarball[PATH_MAX], bool *there)
{
	char sources[PATH_MAX], name[160];
	int err = path_of_cache("sources", sources);

	if (!err)
		err = path_join(folder, PATH_MAX, sources, package->sha256);
	snprintf(name, sizeof(name), "%s.tar.xz", package->name);
	if (!err)
		err = path_join(tarball, PATH_MAX, folder, name);
	*there = !err && !access(tarball, R_OK);
	if (*there)
		utimensat(AT_FDCWD, folder, NULL, 0); /* `kernel gc` goes by this */
	return err;
}

/* The one .deb that apt has put there, if it is what the suite's index says. */
static int deb_check(const char *work, const struct apt_package *package, char deb[PATH_MAX],
		     struct fault *fault)
{
	char pattern[PATH_MAX], sha256[SHA256_HEX];
	glob_t found = { 0 };
	int err = path_join(pattern, sizeof(pattern), work, "*.deb");

	if (!err && (glob(pattern, 0, NULL, &found) || found.gl_pathc != 1 ||
		     strlen(found.gl_pathv[0]) >= PATH_MAX))
		err = -ENOENT;
	if (!err) {
		snprintf(deb, PATH_MAX, "%s", found.gl_pathv[0]);
		err = file_sha256(deb, sha256);
	}
	globfree(&found);
	if (err)
		return fault_set(fault, err, "%s: nothing was downloaded", package->name);
	if (strcmp(sha256, package->sha256) != 0)
		return fault_set(fault, -EPROTO, "%s: not what the suite's index says it is",
				 package->name);
	return 0;
}

/* "NAME VERSION SUITE", so that it is found without asking a mirror. */
static int record_write(const char *folder, const struct apt_package *package, const char *suite)
{
	char path[PATH_MAX], line[RECORD_MAX];
	int err = path_join(path, sizeof(path), folder, record_name);

	snprintf(line, sizeof(line), "%s %s %s\n", package->name, package->version, suite);
	return err ? err : file_write(path, line, strlen(line));
}

/* The tarball alone, out of the .deb; renamed into place as the last thing. */
static int deb_unpack(const char *work, const char *deb, const char *folder, const char *suite,
		      const struct apt_package *package, struct fault *fault)
{
	char root[PATH_MAX], inner[192], from[PATH_MAX], to[PATH_MAX], name[160];
	const char *const argv[] = { "dpkg-deb", "-x", deb, root, NULL };
	struct text said = { 0 };
	int err = path_join(root, sizeof(root), work, "root");

	snprintf(name, sizeof(name), "%s.tar.xz", package->name);
	snprintf(inner, sizeof(inner), "usr/src/%s", name);
	if (!err)
		err = path_join(from, sizeof(from), root, inner);
	if (!err)
		err = path_join(to, sizeof(to), folder, name);
	if (err)
		return fault_set(fault, err, "the cache: %s", strerror(-err));
	err = process_capture((char *const *)argv, unpack_seconds, 65536, &said, fault);
	text_free(&said);
	if (err)
		return err;
	err = directory_make(folder, 0755);
	if (!err)
		err = record_write(folder, package, suite);
	if (!err && rename(from, to))
		err = -errno;
	return err ? fault_set(fault, err, "%s: no %s in it: %s", package->name, inner,
			       strerror(-err))
		   : 0;
}

static int package_fetch(const struct apt_suite *apt, const struct apt_package *package,
			 const char *folder, const char *who, struct fault *fault)
{
	const char *const names[] = { package->name };
	char work[PATH_MAX], deb[PATH_MAX];
	int err = path_of_cache("apt/source", work);

	if (!err)
		err = directory_remove(work); /* of one that was killed */
	if (!err)
		err = directory_make(work, 0755);
	if (err)
		return fault_set(fault, err, "the cache: %s", strerror(-err));
	if (who)
		fprintf(stderr, "%s: %s %s from %s (%.1f MB)\n", who, package->name,
			package->version, apt->name, (double)package->size / 1e6);
	err = apt_download(apt, names, 1, package->version, work, fault);
	if (!err)
		err = deb_check(work, package, deb, fault);
	if (!err)
		err = deb_unpack(work, deb, folder, apt->name, package, fault);
	directory_remove(work);
	return err;
}

/* One suite: 0, or -ENOENT where it has no such package (or can't be had, which is said). */
static int suite_look(struct kernel_source *source, const char *suite, const char *who,
		      struct fault *fault)
{
	char prefixes[1][128], version[SOURCE_VERSION], tarball[PATH_MAX], folder[PATH_MAX];
	struct apt_packages packages = { 0 };
	const struct apt_package *package;
	struct fault why = { 0 };
	struct apt_suite apt;
	bool there;
	int err;

	if (who)
		fprintf(stderr, "%s: looking for %s in %s\n", who, source->package, suite);
	snprintf(prefixes[0], sizeof(prefixes[0]), "%s", source->package);
	err = apt_open(&apt, suite, &why);
	if (!err)
		err = apt_search(&apt, prefixes, 1, &packages, &why);
	if (err) {
		if (who)
			fprintf(stderr, "%s: %s is passed over: %s\n", who, suite, why.text);
		return -ENOENT;
	}
	package = package_choose(&packages, source);
	err = package ? kept_find(package, folder, tarball, &there) : -ENOENT;
	if (!err && !there) {
		char installed[PATH_MAX];

		installed_find(source->package, version, installed);
		if (!strcmp(version, package->version))
			snprintf(tarball, sizeof(tarball), "%s", installed);
		else
			err = package_fetch(&apt, package, folder, who, fault);
	} else if (err && err != -ENOENT) {
		fault_set(fault, err, "the cache: %s", strerror(-err));
	}
	if (!err)
		source_take(source, tarball, package->version, suite);
	apt_packages_free(&packages);
	return err;
}

/* The suites of the catalogue's series for that version, then all others: or the one that is named. */
static size_t suites_find(const struct kernel_source *source, const struct catalogue *catalogue,
			  const char *suites[SUITES_MAX])
{
	struct kernel_spec spec = { .wanted = WANTED_VERSION };

	if (source->suite[0]) {
		suites[0] = source->suite;
		return 1;
	}
	snprintf(spec.name, sizeof(spec.name), "%s", source->package + strlen(NAME_START));
	/* Without a suite, its names are the catalogue's, not the spec's. */
	return catalogue_suites(catalogue, suites, kernel_spec_suites(&spec, catalogue, suites));
}

static int suites_look(struct kernel_source *source, const struct catalogue *catalogue,
		       const char *who, struct fault *fault)
{
	const char *suites[SUITES_MAX];
	size_t count = suites_find(source, catalogue, suites);
	struct text looked = { 0 };
	int err = -ENOENT;

	fault->text[0] = '\0';
	for (size_t i = 0; err == -ENOENT && !fault->text[0] && i < count; i++) {
		err = suite_look(source, suites[i], who, fault);
		text_addf(&looked, "%s%s", i ? ", " : "", suites[i]);
	}
	if (err == -ENOENT && !fault->text[0])
		fault_set(fault, err, "%s%s%s is not in %s", source->package,
			  source->version[0] ? " " : "", source->version, text_get(&looked));
	text_free(&looked);
	return err;
}

/* One at a time, as kernel_fetch does it, and before or after that. */
static int cache_lock(const char *who, int *lock, struct fault *fault)
{
	char folder[PATH_MAX], path[PATH_MAX];
	int err = path_of_cache("apt", folder);

	if (!err)
		err = path_join(path, sizeof(path), folder, "lock");
	if (!err && (err = lock_take(path, false, lock)) == -EAGAIN) {
		if (who)
			fprintf(stderr, "%s: waiting for another fetch to end\n", who);
		err = lock_take(path, true, lock);
	}
	return err ? fault_set(fault, err, "the cache: %s", strerror(-err)) : 0;
}

/* Whether the folder keeps the package in the version that is named; then it is taken. */
static bool kept_take(struct kernel_source *source, const char *folder)
{
	char path[PATH_MAX], line[RECORD_MAX], name[160], *fields[3], *rest = line;

	if (path_join(path, sizeof(path), folder, record_name) ||
	    file_read_line(path, line, sizeof(line)))
		return false;
	for (size_t i = 0; i < 3; i++)
		fields[i] = rest ? strsep(&rest, " ") : NULL;
	if (!fields[2] || strcmp(fields[0], source->package) != 0 ||
	    strcmp(fields[1], source->version) != 0 ||
	    (source->suite[0] && strcmp(fields[2], source->suite) != 0))
		return false;
	snprintf(name, sizeof(name), "%s.tar.xz", source->package);
	if (path_join(path, sizeof(path), folder, name) || access(path, R_OK))
		return false;
	source_take(source, path, fields[1], fields[2]);
	utimensat(AT_FDCWD, folder, NULL, 0);
	return true;
}

/* A version that is named never changes: what is kept of it needs no mirror. */
static bool kept_look(struct kernel_source *source)
{
	char folder[PATH_MAX], path[PATH_MAX];
	struct dirent **entries;
	bool found = false;
	int count;

	if (!source->version[0] || path_of_cache("sources", folder))
		return false;
	count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (!found && !path_join(path, sizeof(path), folder, entries[i]->d_name))
			found = kept_take(source, path);
		free(entries[i]);
	}
	if (count >= 0)
		free((void *)entries);
	return found;
}

int source_package_find(struct kernel_source *source, const char *who, struct fault *fault)
{
	char version[SOURCE_VERSION], path[PATH_MAX];
	struct catalogue *catalogue = NULL;
	struct fault why = { 0 };
	int err, lock = -1;

	installed_find(source->package, version, path);
	if (version[0] && !source->suite[0] &&
	    (!source->version[0] || !strcmp(source->version, version))) {
		source_take(source, path, version, "installed");
		return 0;
	}
	if (kept_look(source))
		return 0;
	err = path_of_config("kernels.yaml", path);
	if (err)
		return fault_set(fault, err, "configs/kernels.yaml: %s", strerror(-err));
	err = catalogue_load(path, &catalogue, fault);
	if (err)
		return err;
	err = cache_lock(who, &lock, fault);
	if (!err) {
		err = suites_look(source, catalogue, who, &why);
		if (err)
			fault_set(fault, err, "%s", why.text);
		close(lock);
	}
	catalogue_free(catalogue);
	return err;
}
