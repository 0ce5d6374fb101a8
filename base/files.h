/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * files: whole small files in and out, directories, locks, and the SHA-256 that names a file's content.
 * Everything returns 0 or a negative errno.
 */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define SHA256_HEX 65 /* bytes of a SHA-256 in hex, with its NUL */

/* Appends the file's content, at most limit bytes (-EFBIG past it). Works for /proc and /sys too. */
int file_read(const char *path, size_t limit, struct text *out);
/* The first line, without its newline, cut to room. */
int file_read_line(const char *path, char *out, size_t room);
/* Writes by way of a temporary name and rename(2): a reader sees the old file or the new one. */
int file_write(const char *path, const void *bytes, size_t count);
int file_sha256(const char *path, char out[SHA256_HEX]);
int bytes_sha256(const void *bytes, size_t count, char out[SHA256_HEX]);
int file_copy(const char *from, const char *to); /* by way of a temporary name */

int directory_make(const char *path, unsigned int mode); /* and its parents; 0 where it is there */
/* And what is in it; never follows a link; 0 where it is not there. */
int directory_remove(const char *path);

/* An exclusive flock(2) on path (made where missing). *fd is to be closed to let go. -EAGAIN if held and !wait. */
int lock_take(const char *path, bool wait, int *fd);

/* Joins with one '/' between; -ENAMETOOLONG. */
int path_join(char *out, size_t room, const char *directory, const char *name);

#endif
