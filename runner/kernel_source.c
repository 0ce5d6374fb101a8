// SPDX-License-Identifier: GPL-2.0-only
/* kernel_source: what a source's name means, its identity, and its files in a folder. */
#include "runner/kernel_source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "results/words.h"
#include "runner/source_parts.h"

#define PACKAGE_START "linux-source-"

/* [SUITE/]linux-source-VERSION[=PACKAGE-VERSION] */
static bool package_parse(const char *string, struct kernel_source *source)
{
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz0123456789-",
			  version[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789.+~:-";
	const char *slash = strchr(string, '/'), *name = slash ? slash + 1 : string;
	const char *equals = strchr(name, '=');
	size_t suite = slash ? (size_t)(slash - string) : 0;
	size_t start = strlen(PACKAGE_START), len = equals ? (size_t)(equals - name) : strlen(name);

	if (slash && (*string == '-' || suite >= sizeof(source->suite) ||
		      !source_word_of(string, suite, lower)))
		return false;
	if (strncmp(name, PACKAGE_START, start) != 0 || len >= sizeof(source->package) ||
	    len <= start || !source_word_of(name + start, len - start, "0123456789."))
		return false;
	if (equals && (strlen(equals + 1) >= sizeof(source->version) || equals[1] == '-' ||
		       !source_word_of(equals + 1, strlen(equals + 1), version)))
		return false;
	*source = (struct kernel_source){ .kind = SOURCE_PACKAGE };
	memcpy(source->suite, string, suite);
	memcpy(source->package, name, len);
	if (equals)
		snprintf(source->version, sizeof(source->version), "%s", equals + 1);
	return true;
}

static bool tarball_name(const char *path)
{
	static const char *const ends[] = { ".tar", ".tar.xz", ".tar.gz", ".tar.zst", ".tar.bz2",
					    ".txz", ".tgz",    ".tbz2",	  ".tzst" };
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (len > strlen(ends[i]) && !strcmp(path + len - strlen(ends[i]), ends[i]))
			return true;
	return false;
}

static bool folder_is(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

int kernel_source_git(const char *path, const char *ref, struct kernel_source *source,
		      struct fault *fault)
{
	*source = (struct kernel_source){ .kind = SOURCE_GIT };
	ref = ref ? ref : "HEAD";
	if (!*path || strlen(path) >= sizeof(source->path))
		return fault_set(fault, -EINVAL, "a git tree's path is missing, or too long");
	if (!*ref || *ref == '-' || strlen(ref) >= sizeof(source->ref))
		return fault_set(fault, -EINVAL, "%s: no commit is called \"%s\"", path, ref);
	snprintf(source->path, sizeof(source->path), "%s", path);
	snprintf(source->ref, sizeof(source->ref), "%s", ref);
	return 0;
}

/* PATH@REF: at the first '@' that a folder stands before. */
static int tree_parse(const char *string, struct kernel_source *source, struct fault *fault)
{
	char path[PATH_MAX];

	for (const char *at = strchr(string, '@'); at; at = strchr(at + 1, '@')) {
		if ((size_t)(at - string) >= sizeof(path))
			break;
		snprintf(path, sizeof(path), "%.*s", (int)(at - string), string);
		if (folder_is(path))
			return kernel_source_git(path, at + 1, source, fault);
	}
	return fault_set(
		fault, -EINVAL,
		"%s: no file, no folder and no package: a source is a package "
		"(linux-source-6.12, sid/linux-source-7.3), a tarball (linux-6.12.tar.xz), or "
		"a git tree, alone or with a commit (linux@v6.12)",
		string);
}

int kernel_source_parse(const char *string, struct kernel_source *source, struct fault *fault)
{
	static const char debian[] = "debian:";
	struct stat status;

	*source = (struct kernel_source){ 0 };
	if (!strncmp(string, debian, strlen(debian))) {
		if (package_parse(string + strlen(debian), source))
			return 0;
		return fault_set(fault, -EINVAL,
				 "%s: no package: debian:linux-source-6.12, "
				 "debian:sid/linux-source-7.3 and the like",
				 string);
	}
	if (package_parse(string, source))
		return 0;
	if (folder_is(string))
		return kernel_source_git(string, NULL, source, fault);
	if (!stat(string, &status) || tarball_name(string)) {
		if (strlen(string) >= sizeof(source->path))
			return fault_set(fault, -EINVAL, "the path of the tarball is too long");
		source->kind = SOURCE_TARBALL;
		snprintf(source->path, sizeof(source->path), "%s", string);
		return 0;
	}
	return tree_parse(string, source, fault);
}

void source_origin_set(struct kernel_source *source, struct text *words)
{
	struct text clean = { 0 };

	text_add_plain(&clean, text_get(words));
	snprintf(source->origin, sizeof(source->origin), "%s", text_get(&clean));
	text_free(&clean);
	text_free(words);
}

/* Of a file on which everything stands that SHA-256 says. */
static int tarball_identify(struct kernel_source *source, struct fault *fault)
{
	static const char start[] = "sha256:";
	struct text words = { 0 };
	struct stat status;
	char real[PATH_MAX];
	int err;

	if (!realpath(source->path, real) || stat(real, &status))
		return fault_set(fault, -errno, "%s: %s", source->path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fault_set(fault, -EINVAL, "%s: not a file", source->path);
	snprintf(source->path, sizeof(source->path), "%s", real);
	snprintf(source->identity, sizeof(source->identity), "%s", start);
	err = file_sha256(real, source->identity + strlen(start));
	if (err)
		return fault_set(fault, err, "%s: %s", real, strerror(-err));
	if (source->kind == SOURCE_TARBALL) {
		text_addf(&words, "tarball %.300s", strrchr(real, '/') + 1);
		source_origin_set(source, &words);
	}
	return 0;
}

int kernel_source_identify(struct kernel_source *source, const char *who, struct fault *fault)
{
	int err = 0;

	if (source->kind == SOURCE_GIT)
		return source_git_identify(source, fault);
	if (source->kind == SOURCE_PACKAGE)
		err = source_package_find(source, who, fault);
	return err ? err : tarball_identify(source, fault);
}

int kernel_source_peek(const struct kernel_source *source, char version[SOURCE_VERSION],
		       struct fault *fault)
{
	struct text makefile = { 0 };
	int err, fd;

	snprintf(version, SOURCE_VERSION, "%s", source->version);
	if (version[0])
		return 0;
	if (source->kind == SOURCE_GIT) {
		err = source_git_makefile(source, &makefile, fault);
	} else {
		fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		err = fd < 0 ? fault_set(fault, -errno, "%s", strerror(errno))
			     : source_archive_makefile(fd, &makefile, fault);
		if (fd >= 0)
			close(fd);
	}
	if (!err)
		err = source_makefile_version(text_get(&makefile), version, fault);
	text_free(&makefile);
	return err ? fault_wrap(fault, err, "%s",
				source->kind == SOURCE_GIT ? source->origin : source->path)
		   : 0;
}

static int tarball_extract(const struct kernel_source *source, struct source_archive *archive,
			   struct fault *fault)
{
	struct stat status;
	int err;

	archive->fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (archive->fd < 0 || fstat(archive->fd, &status))
		err = fault_set(fault, -errno, "%s", strerror(errno));
	else {
		archive->total = (double)status.st_size;
		err = source_archive_extract(archive, fault);
	}
	if (archive->fd >= 0)
		close(archive->fd);
	return err;
}

static int folder_empty(const char *directory)
{
	DIR *folder = opendir(directory);
	const struct dirent *entry;
	int err = 0;

	if (!folder)
		return -errno;
	while (!err && (entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			err = -ENOTEMPTY;
	closedir(folder);
	return err;
}

/* Whether what was unpacked is a kernel. */
static int tree_check(const char *directory, struct fault *fault)
{
	static const char *const needed[] = { "Kconfig", "arch/x86", "mm", "scripts" };
	char version[SOURCE_VERSION], path[PATH_MAX];
	int err = kernel_source_version(directory, version, fault) ? -EPROTO : 0;

	for (size_t i = 0; !err && i < sizeof(needed) / sizeof(needed[0]); i++) {
		err = path_join(path, sizeof(path), directory, needed[i]);
		if (!err && access(path, F_OK))
			err = fault_set(fault, -EPROTO, "no kernel's source: there is no %s in it",
					needed[i]);
	}
	return err;
}

int kernel_source_extract(const struct kernel_source *source, const char *directory,
			  struct progress *progress, struct fault *fault)
{
	char real[PATH_MAX];
	struct source_archive archive = { .directory = real, .progress = progress };
	int err = realpath(directory, real) ? folder_empty(real) : -errno;

	if (err)
		return fault_set(fault, err, "%s: %s", directory, strerror(-err));
	err = source->kind == SOURCE_GIT ? source_git_extract(source, &archive, fault)
					 : tarball_extract(source, &archive, fault);
	if (!err)
		err = tree_check(real, fault);
	if (!err)
		return 0;
	directory_remove(real);
	if (mkdir(real, 0755) && errno != EEXIST)
		fprintf(stderr, "%s: %s\n", real, strerror(errno));
	return fault_wrap(fault, err, "%s",
			  source->kind == SOURCE_GIT ? source->origin : source->path);
}
