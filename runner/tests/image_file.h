/* SPDX-License-Identifier: GPL-2.0-only */
/* image_file: for tests: a folder of the test's own, which is the cache, and the smallest images in it. */
#ifndef RUNNER_TESTS_IMAGE_FILE_H
#define RUNNER_TESTS_IMAGE_FILE_H

#include <stddef.h>

enum {
	SETUP_SECTS = 2,
	SETUP = (SETUP_SECTS + 1) * 512,
	PAYLOAD = 1024,
	IMAGE_SIZE = SETUP + PAYLOAD
};

extern char folder[64];

/* cmocka's setup and teardown: the folder is REMAPBENCH_CACHE. */
int folder_make(void **state);
int folder_remove(void **state);
/* A path in it; overwritten by the fourth call after it. */
const char *in_folder(const char *name);
/* The least that is a bzImage, with its release, and a mark that makes contents differ. */
void image_make(unsigned char image[IMAGE_SIZE], const char *release, unsigned char mark);
/* As a file in the folder; its path. */
const char *image_write(const char *name, const char *release, unsigned char mark);

#endif
