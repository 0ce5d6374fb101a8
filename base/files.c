// SPDX-License-Identifier: GPL-2.0-only
/* files: whole files in and out, directories, locks, SHA-256 by libmd. */
#include "base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(SHA256_HEX == SHA256_DIGEST_STRING_LENGTH, "libmd's digest fills ours");

enum { FILE_CHUNK = 65536, DIRECTORY_DEPTH = 128 };

static ssize_t fd_read(int fd, void *bytes, size_t room)
{
	ssize_t got;

	do
		got = read(fd, bytes, room);
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

static int fd_write(int fd, const void *bytes, size_t count)
{
	const char *at = bytes;
	ssize_t put;

	while (count) {
		put = write(fd, at, count);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		at += put;
		count -= (size_t)put;
	}
	return 0;
}

static int file_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	return fd < 0 ? -errno : fd;
}

/* Sizes are not asked for: /proc and /sys say 0. */
int file_read(const char *path, size_t limit, struct text *out)
{
	size_t before = out->len, read_so_far = 0;
	char chunk[FILE_CHUNK];
	ssize_t got;
	int fd = file_open(path);

	if (fd < 0)
		return fd;
	while ((got = fd_read(fd, chunk, sizeof(chunk))) > 0) {
		if ((size_t)got > limit - read_so_far) {
			got = -EFBIG;
			break;
		}
		read_so_far += (size_t)got;
		text_add_bytes(out, chunk, (size_t)got);
		if (out->failed) {
			got = -ENOMEM;
			break;
		}
	}
	close(fd);
	if (got < 0 && out->data) {
		out->len = before;
		out->data[before] = '\0';
	}
	return (int)got;
}

int file_read_line(const char *path, char *out, size_t room)
{
	size_t len = 0;
	ssize_t got = 0;
	char *newline = NULL;
	int fd;

	if (!room)
		return -EINVAL;
	out[0] = '\0';
	fd = file_open(path);
	if (fd < 0)
		return fd;
	while (len + 1 < room && !newline) {
		got = fd_read(fd, out + len, room - 1 - len);
		if (got <= 0)
			break;
		newline = memchr(out + len, '\n', (size_t)got);
		len += (size_t)got;
	}
	close(fd);
	if (got < 0)
		len = 0;
	out[newline ? (size_t)(newline - out) : len] = '\0';
	return got < 0 ? (int)got : 0;
}

/* A new file in path's own folder, its name in temporary: rename(2) doesn't cross file systems. */
static int temporary_open(const char *path, mode_t mode, char temporary[PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path + 1) : 0;
	unsigned int number = 0;
	int fd, len;

	if (folder >= PATH_MAX)
		return -ENAMETOOLONG;
	for (int attempt = 0; attempt < 16; attempt++) {
		if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != sizeof(number))
			number += (unsigned int)attempt + 1;
		len = snprintf(temporary, PATH_MAX, "%.*s.new-%d-%08x", folder, path, (int)getpid(),
			       number);
		if (len >= PATH_MAX)
			return -ENAMETOOLONG;
		fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd >= 0)
			return fd;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

/* Gives the finished temporary its name, or removes it where err says that it isn't finished. */
static int temporary_close(int fd, const char *temporary, const char *path, int err)
{
	if (!err && fsync(fd) && errno != EINVAL)
		err = -errno;
	if (close(fd) && !err)
		err = -errno;
	if (!err && rename(temporary, path))
		err = -errno;
	if (err)
		unlink(temporary);
	return err;
}

int file_write(const char *path, const void *bytes, size_t count)
{
	char temporary[PATH_MAX];
	int fd = temporary_open(path, 0666, temporary);

	if (fd < 0)
		return fd;
	return temporary_close(fd, temporary, path, fd_write(fd, bytes, count));
}

int file_copy(const char *from, const char *to)
{
	char temporary[PATH_MAX], chunk[FILE_CHUNK];
	struct stat status;
	ssize_t got;
	int in, out, err = 0;

	in = file_open(from);
	if (in < 0)
		return in;
	if (fstat(in, &status)) {
		err = -errno;
		goto out_in;
	}
	out = temporary_open(to, status.st_mode & 0777, temporary);
	if (out < 0) {
		err = out;
		goto out_in;
	}
	while (!err && (got = fd_read(in, chunk, sizeof(chunk))))
		err = got < 0 ? (int)got : fd_write(out, chunk, (size_t)got);
	err = temporary_close(out, temporary, to, err);
out_in:
	close(in);
	return err;
}

int file_sha256(const char *path, char out[SHA256_HEX])
{
	char chunk[FILE_CHUNK];
	SHA2_CTX context;
	ssize_t got;
	int fd = file_open(path);

	out[0] = '\0';
	if (fd < 0)
		return fd;
	SHA256Init(&context);
	while ((got = fd_read(fd, chunk, sizeof(chunk))) > 0)
		SHA256Update(&context, (const uint8_t *)chunk, (size_t)got);
	close(fd);
	if (got < 0)
		return (int)got;
	SHA256End(&context, out);
	return 0;
}

int bytes_sha256(const void *bytes, size_t count, char out[SHA256_HEX])
{
	SHA2_CTX context;

	SHA256Init(&context);
	if (count)
		SHA256Update(&context, bytes, count);
	SHA256End(&context, out);
	return 0;
}

static int directory_make_one(const char *path, unsigned int mode)
{
	struct stat status;

	if (!mkdir(path, mode))
		return 0;
	if (errno != EEXIST)
		return -errno;
	if (stat(path, &status))
		return -errno;
	return S_ISDIR(status.st_mode) ? 0 : -ENOTDIR;
}

int directory_make(const char *path, unsigned int mode)
{
	char part[PATH_MAX];
	size_t len = strlen(path);
	int err;

	if (!len)
		return -ENOENT;
	if (len >= sizeof(part))
		return -ENAMETOOLONG;
	memcpy(part, path, len + 1);
	for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		err = directory_make_one(part, mode);
		*slash = '/';
		if (err)
			return err;
	}
	return directory_make_one(part, mode);
}

static int directory_empty(int fd, int depth);

/* Whatever name is in the open folder: by descriptor, so that no link on the way leads elsewhere. */
static int entry_remove(int folder, const char *name, int depth)
{
	int fd, err;

	/* POSIX leaves it open what unlink says of a folder: Linux says EISDIR. */
	if (!unlinkat(folder, name, 0) || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -errno;
	fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	err = directory_empty(fd, depth + 1);
	if (!err && unlinkat(folder, name, AT_REMOVEDIR) && errno != ENOENT)
		err = -errno;
	return err;
}

/* Takes over fd. */
static int directory_empty(int fd, int depth)
{
	struct dirent *entry;
	DIR *folder;
	int err = 0;

	folder = depth > DIRECTORY_DEPTH ? NULL : fdopendir(fd);
	if (!folder) {
		err = depth > DIRECTORY_DEPTH ? -ELOOP : -errno;
		close(fd);
		return err;
	}
	for (errno = 0; !err && (entry = readdir(folder)); errno = 0)
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			err = entry_remove(fd, entry->d_name, depth);
	if (!err && errno)
		err = -errno;
	closedir(folder);
	return err;
}

int directory_remove(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int err;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	err = directory_empty(fd, 0);
	if (!err && rmdir(path) && errno != ENOENT)
		err = -errno;
	return err;
}

int lock_take(const char *path, bool wait, int *fd)
{
	struct stat status;
	int lock, err;

	for (;;) {
		lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (lock < 0)
			return -errno;
		while ((err = flock(lock, LOCK_EX | (wait ? 0 : LOCK_NB))) && errno == EINTR)
			;
		if (err || fstat(lock, &status)) {
			err = -errno;
			close(lock);
			return err;
		}
		if (status.st_nlink) {
			*fd = lock;
			return 0;
		}
		close(lock);
		/* Its last holder removed the file while we waited: what we hold guards nothing. */
	}
}

int path_join(char *out, size_t room, const char *directory, const char *name)
{
	size_t len = strlen(directory);
	bool slash = len > 0;
	int put;

	while (len && directory[len - 1] == '/')
		len--;
	while (*name == '/')
		name++;
	if (len > INT_MAX)
		return -ENAMETOOLONG;
	put = snprintf(out, room, "%.*s%s%s", (int)len, directory, slash ? "/" : "", name);
	return put < 0 || (size_t)put >= room ? -ENAMETOOLONG : 0;
}
