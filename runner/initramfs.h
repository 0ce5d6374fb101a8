/* SPDX-License-Identifier: GPL-2.0-only */
/* initramfs: the two files that a guest gets: /init (the agent) and /plan. */
#ifndef RUNNER_INITRAMFS_H
#define RUNNER_INITRAMFS_H

#include "base/fault.h"
#include "base/text.h"

/* Writes a cpio archive to path; the same content gives the same bytes. */
int initramfs_write(const char *path, const char *agent, const struct text *plan,
		    struct fault *fault);

#endif
