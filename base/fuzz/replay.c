// SPDX-License-Identifier: GPL-2.0-only
/*
 * replay: runs a fuzz target over files and folders of files, without libFuzzer: one line a
 * corpus, "ok N - PATH (COUNT inputs)". A crash ends it, as it should.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"

enum { INPUT_LIMIT = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static int replay_file(const char *path)
{
	struct text input = { 0 };
	uint8_t *exact;
	int err = file_read(path, INPUT_LIMIT, &input);

	if (err)
		goto out;
	exact = malloc(input.len ? input.len : 1); /* so that a read past the end is seen */
	if (!exact) {
		err = -ENOMEM;
		goto out;
	}
	if (input.len)
		memcpy(exact, input.data, input.len);
	LLVMFuzzerTestOneInput(exact, input.len);
	free(exact);
out:
	text_free(&input);
	return err;
}

static int is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int replay_folder(const char *path, size_t *count)
{
	struct dirent **entries;
	char file[PATH_MAX];
	int found = scandir(path, &entries, is_input, alphasort), err = found < 0 ? -errno : 0;

	for (int i = 0; i < found; i++) {
		if (!err)
			err = path_join(file, sizeof(file), path, entries[i]->d_name);
		if (!err)
			err = replay_file(file);
		*count += err ? 0 : 1;
		free(entries[i]);
	}
	if (found >= 0)
		free(entries);
	return err ? err : found ? 0 : -ENOENT;
}

int main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++) {
		struct stat status;
		size_t count = 0;
		int err = stat(argv[i], &status) ? -errno : 0;

		if (!err && S_ISDIR(status.st_mode)) {
			err = replay_folder(argv[i], &count);
		} else if (!err) {
			err = replay_file(argv[i]);
			count = 1;
		}
		if (err)
			printf("not ok %d - %s: %s\n", i, argv[i], strerror(-err));
		else
			printf("ok %d - %s (%zu inputs)\n", i, argv[i], count);
		failed |= err;
	}
	printf("1..%d\n", argc - 1);
	return failed || argc < 2;
}
