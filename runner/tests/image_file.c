// SPDX-License-Identifier: GPL-2.0-only
/* image_file: a folder of the test's own, which is the cache, and images in it. */
#include "runner/tests/image_file.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"

char folder[64];

int folder_make(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/test_kernels.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	return setenv("REMAPBENCH_CACHE", folder, 1);
}

int folder_remove(void **state)
{
	(void)state;
	return directory_remove(folder);
}

const char *in_folder(const char *name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 4];

	assert_int_equal(path_join(path, PATH_MAX, folder, name), 0);
	return path;
}

void image_make(unsigned char image[IMAGE_SIZE], const char *release, unsigned char mark)
{
	memset(image, 0, IMAGE_SIZE);
	image[0x1f1] = SETUP_SECTS;
	image[0x1f4] = PAYLOAD / 16;
	image[0x1fe] = 0x55;
	image[0x1ff] = 0xaa;
	memcpy(image + 0x202, "HdrS", 4);
	image[0x206] = 0x0f;
	image[0x207] = 0x02;
	image[0x20e] = 0x80; /* the string is at 0x280 */
	image[0x211] = 1;
	snprintf((char *)image + 0x280, 200, "%s (somebody@somewhere) #1 SMP", release);
	image[IMAGE_SIZE - 1] = mark;
}

const char *image_write(const char *name, const char *release, unsigned char mark)
{
	unsigned char image[IMAGE_SIZE];

	image_make(image, release, mark);
	assert_int_equal(file_write(in_folder(name), image, sizeof(image)), 0);
	return in_folder(name);
}
