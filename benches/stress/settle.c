// SPDX-License-Identifier: GPL-2.0-only
/* settle: a guest made lively for a stress, and what this kernel and machine can do, by trying. */
#include <dirent.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/files.h"
#include "benches/families/swap.h"
#include "benches/kernel_rules.h"
#include "benches/machine.h"
#include "benches/stress/stress.h"
#include "benches/syscalls.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define GROUP "/sys/fs/cgroup"

enum { FEATURE_WP_ASYNC = 1 << 15 };

/* What a kernel doesn't have stays as it is. */
static void set(const char *path, const char *value)
{
	char ignored[REASON_SIZE];

	machine_set(path, value, ignored);
}

/* A group of its own, from which memory can be reclaimed at will. */
static void settle_group(void)
{
	mkdir(GROUP, 0755);
	mount("cgroup2", GROUP, "cgroup2", 0, NULL);
	set(GROUP "/cgroup.subtree_control", "+memory");
	mkdir(GROUP "/stress", 0755);
	set(GROUP "/stress/cgroup.procs", "0");
}

void settle_guest(struct stress_abilities *can)
{
	char reason[REASON_SIZE];

	can->ours = true;
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	set(THP "enabled", "madvise");
	set(THP "hugepages-2048kB/enabled", "inherit");
	set(THP "hugepages-64kB/enabled", "inherit");
	set(THP "shmem_enabled", "advise");
	set(THP "khugepaged/max_ptes_none", "0");
	set("/proc/sys/vm/swappiness", "100");
	set("/proc/sys/vm/nr_hugepages", "6");
	set("/sys/kernel/mm/ksm/sleep_millisecs", "10");
	set("/sys/kernel/mm/ksm/pages_to_scan", "1000");
	swap_supported(reason);
	settle_group();
}

static bool knows_relocation(void)
{
	char *pages = mmap(NULL, 2 * PAGE_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t from = (uintptr_t)pages, to = from + PAGE_BYTES;
	bool knows;

	if (pages == MAP_FAILED)
		return false;
	knows = raw_mremap(from, PAGE_BYTES, PAGE_BYTES,
			   MREMAP_MAYMOVE | MREMAP_FIXED | STRESS_RELOCATE, to) == (long)to;
	munmap(pages, 2 * PAGE_BYTES);
	return knows;
}

static bool knows_rings(void)
{
	struct io_uring_params params = { 0 };
	long fd = syscall(SYS_io_uring_setup, 1, &params);

	if (fd >= 0)
		close((int)fd);
	return fd >= 0;
}

static bool knows_watching(void)
{
	struct uffdio_api api = { .api = UFFD_API, .features = FEATURE_WP_ASYNC };
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
	bool knows = fd >= 0 && !ioctl((int)fd, UFFDIO_API, &api);

	if (fd >= 0)
		close((int)fd);
	return knows;
}

static int count_nodes(void)
{
	DIR *nodes = opendir("/sys/devices/system/node");
	const struct dirent *entry;
	int count = 0;

	while (nodes && (entry = readdir(nodes)))
		count += strncmp(entry->d_name, "node", 4) == 0 && entry->d_name[4] >= '0' &&
			 entry->d_name[4] <= '9';
	if (nodes)
		closedir(nodes);
	return count;
}

void settle_learn(struct stress_abilities *can, bool guest)
{
	char line[4096];

	can->kernel = kernel_running();
	can->many = kernel_moves_many(can->kernel);
	can->relocates = knows_relocation();
	can->always = file_read_line("/proc/cmdline", line, sizeof(line)) == 0 && can->relocates &&
		      strstr(line, "mremap_relocate=always");
	can->swap = swap_there();
	can->ring = knows_rings();
	can->watch = knows_watching();
	can->nodes = count_nodes();
	if (!guest)
		return;
	can->merges = access("/sys/kernel/mm/ksm/run", W_OK) == 0;
	can->compacts = access("/proc/sys/vm/compact_memory", W_OK) == 0;
	can->splits = access("/sys/kernel/debug/split_huge_pages", W_OK) == 0;
	can->reclaims = access(GROUP "/stress/memory.reclaim", W_OK) == 0;
	can->pools = machine_number("/proc/sys/vm/nr_hugepages", 0) > 0;
}
