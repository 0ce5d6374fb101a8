// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as a kernel image, by way of a file in memory. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct fault fault = { 0 };
	char path[64];
	struct image image = { 0 };
	int fd = memfd_create("image", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, count) != (ssize_t)count)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (image_read(path, &image, &fault) ? !fault.text[0] : !image.release[0])
		abort();
	close(fd);
	return 0;
}
