// SPDX-License-Identifier: GPL-2.0-only
/* swap: looks for swap space; formats and turns on a guest's memory disk. */
#include "benches/families/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/swap.h>
#include <unistd.h>

#include "benches/bench.h"
#include "benches/machine.h"

#define ZRAM_SIZE "/sys/block/zram0/disksize"

enum { SWAP_PAGE = 4096, SWAP_VERSION = 1 };

/* The first page of a swap area: union swap_header in linux/swap.h. */
struct swap_header {
	char boot[1024];
	uint32_t version, last_page, bad_pages;
	char unused[SWAP_PAGE - 1024 - 12 - 10];
	char magic[10];
} __attribute__((packed));
_Static_assert(sizeof(struct swap_header) == SWAP_PAGE, "a swap header is a page");

static const char *swap_made; /* the device that this process turned on */

bool swap_there(void)
{
	return machine_meminfo("SwapTotal") > 0;
}

static int disk_format(const char *device)
{
	struct swap_header header = { .version = SWAP_VERSION };
	uint64_t bytes = 0;
	int fd = open(device, O_RDWR | O_CLOEXEC), err = 0;

	if (fd < 0)
		return -errno;
	if (ioctl(fd, BLKGETSIZE64, &bytes))
		err = -errno;
	else if (bytes < 2ull * SWAP_PAGE || bytes / SWAP_PAGE > UINT32_MAX)
		err = -EINVAL;
	header.last_page = (uint32_t)(bytes / SWAP_PAGE - 1);
	memcpy(header.magic, "SWAPSPACE2", sizeof(header.magic));
	if (!err && pwrite(fd, &header, sizeof(header), 0) != (ssize_t)sizeof(header))
		err = -EIO;
	if (!err && fsync(fd))
		err = -errno;
	close(fd);
	return err;
}

int swap_supported(char *reason)
{
	static const char *const disks[] = { "/dev/zram0", "/dev/ram0", "/dev/nvme0n1" };
	char ignored[REASON_SIZE];

	if (swap_there())
		return 0;
	if (!machine_is_ours())
		return reason_set(reason, -EOPNOTSUPP, "this machine has no swap");
	machine_set(ZRAM_SIZE, "256M", ignored);
	for (size_t i = 0; i < sizeof(disks) / sizeof(disks[0]); i++)
		if (!disk_format(disks[i]) && !swapon(disks[i], 0)) {
			swap_made = disks[i];
			return 0;
		}
	return reason_set(
		reason, -EOPNOTSUPP,
		"no swap: this guest has neither /dev/zram0, /dev/ram0 nor a disk to make one of "
		"(run --swap-disk)");
}

void swap_end(void)
{
	if (swap_made && !swapoff(swap_made))
		swap_made = NULL;
}
