// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: any bytes as a kernel's symbols. What the watchlist and the symbol map make of them, the
 * plugin must be able to read, or there must be none.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner/plugin/symbols.h"
#include "runner/plugin/watch.h"
#include "runner/symbol_map.h"
#include "runner/watchlist.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static int memory_file(const void *bytes, size_t count, char *path, size_t room)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, count) != (ssize_t)count)
		abort();
	snprintf(path, room, "/proc/self/fd/%d", fd);
	return fd;
}

static void map_check(const char *path)
{
	struct symbols symbols;
	struct fault fault = { 0 };
	struct text map = { 0 };
	char map_path[64];
	int fd, err = symbol_map_make(path, &map, &fault);

	if (!err != !fault.text[0])
		abort();
	if (!err) {
		fd = memory_file(map.data, map.len, map_path, sizeof(map_path));
		if (symbols_read(map_path, &symbols))
			abort();
		symbols_find(&symbols, 0xffffffff81000000);
		symbols_free(&symbols);
		close(fd);
	}
	text_free(&map);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	static struct watch watch;
	struct fault fault = { 0 };
	struct text list = { 0 };
	char path[64];
	int fd = memory_file(bytes, count, path, sizeof(path)), made;
	size_t function = 0;

	made = watchlist_make(path, &list, &fault);
	map_check(path);
	close(fd);
	if (made) {
		if (!fault.text[0])
			abort();
	} else {
		fd = memory_file(list.data, list.len, path, sizeof(path));
		if (watch_read(path, &watch) == 0)
			watch_find(&watch, 0xffffffff81000000, &function);
		close(fd);
	}
	text_free(&list);
	return 0;
}
