/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * image: what a kernel image says of itself: a bzImage in its setup header (boot.rst), a vmlinux in its
 * program headers, its notes and its banner. The file is hostile: every offset in it is checked
 * before it is followed.
 */
#ifndef RUNNER_IMAGE_H
#define RUNNER_IMAGE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"

#define IMAGE_SIZE_MAX ((off_t)1 << 30) /* a vmlinux with its debug information */

enum image_format { IMAGE_BZIMAGE, IMAGE_VMLINUX };

struct image {
	enum image_format format;
	char release[72]; /* what uname -r will say */
};

/*
 * -EPROTO: neither, a bzImage of a protocol before 2.07 (Linux 2.6.24), a vmlinux that QEMU can't boot
 * (it has no PVH entry), or cut short. The fault doesn't name the path: the caller may know the image by a
 * better one.
 */
int image_read(const char *path, struct image *image, struct fault *fault);

/* "bzImage", "vmlinux". */
const char *image_format_name(enum image_format format);

/* The parts, by themselves: of a file that is open, and size bytes long. why: what is wrong, with -EPROTO. */
int image_release_cut(const char *string, char *release, size_t room);
int image_elf_read(int fd, off_t size, char *release, size_t room, const char **why);

#endif
