// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a tarball. Whatever is unpacked stays in its folder: beside it nothing
 * comes, goes or changes, and no link in it leads out.
 */
#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/source_parts.h"

enum { FOLDERS = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static size_t top_len; /* of the folder's path: nftw(3) hands nothing through */

static int entry_check(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	char target[PATH_MAX];
	ssize_t len;

	(void)kind;
	(void)place;
	if (status->st_mode & (S_ISUID | S_ISGID | S_ISVTX))
		abort();
	if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode) && !S_ISLNK(status->st_mode))
		abort();
	if (S_ISREG(status->st_mode) && status->st_nlink != 1)
		abort();
	if (!S_ISLNK(status->st_mode))
		return 0;
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		abort();
	target[len] = '\0';
	if (!source_link_inside(path + top_len + 1, target))
		abort();
	/* Where it leads to something, that is in the folder. */
	if (realpath(path, target) && strncmp(target, path, top_len) != 0)
		abort();
	return 0;
}

static void outside_check(const char *place)
{
	DIR *folder = opendir(place);
	char path[PATH_MAX];
	struct text text = { 0 };
	size_t count = 0;

	if (!folder || path_join(path, sizeof(path), place, "outside"))
		abort();
	while (readdir(folder))
		count++;
	closedir(folder);
	if (count != 4 || file_read(path, 64, &text) || strcmp(text_get(&text), "as it was") != 0)
		abort();
	text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	char place[64] = "/tmp/remapbench-fuzz.XXXXXX", into[PATH_MAX], outside[PATH_MAX];
	struct source_archive archive = { .directory = into };
	struct text makefile = { 0 };
	struct fault fault = { 0 };

	archive.fd = memfd_create("archive", MFD_CLOEXEC);
	if (archive.fd < 0 || write(archive.fd, bytes, count) != (ssize_t)count ||
	    lseek(archive.fd, 0, SEEK_SET) || !mkdtemp(place) ||
	    path_join(into, sizeof(into), place, "into") || mkdir(into, 0755) ||
	    path_join(outside, sizeof(outside), place, "outside") ||
	    file_write(outside, "as it was", 9))
		abort();
	top_len = strlen(into);
	if (source_archive_extract(&archive, &fault) && !fault.text[0])
		abort();
	if (nftw(into, entry_check, FOLDERS, FTW_PHYS))
		abort();
	outside_check(place);
	if (lseek(archive.fd, 0, SEEK_SET))
		abort();
	source_archive_makefile(archive.fd, &makefile, &fault);
	text_free(&makefile);
	close(archive.fd);
	directory_remove(place);
	return 0;
}
