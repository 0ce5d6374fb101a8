/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * image: what a kernel image says of itself in its setup header (Documentation/arch/x86/boot.rst).
 * The file is hostile: every offset in it is checked before it is followed.
 */
#ifndef RUNNER_IMAGE_H
#define RUNNER_IMAGE_H

#include <stddef.h>

#include "base/fault.h"

#define IMAGE_SIZE_MAX ((off_t)256 << 20)

/* The release that uname -r will say. -EPROTO: no bzImage, one of a protocol before 2.07 (Linux 2.6.24), or
 * cut short. The fault doesn't name the path: the caller may know the image by a better one. */
int image_release(const char *path, char *release, size_t room, struct fault *fault);

#endif
