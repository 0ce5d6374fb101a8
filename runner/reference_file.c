// SPDX-License-Identifier: GPL-2.0-only
/* reference_file: reading a dataset from where it lies. */
#include "runner/reference_file.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "runner/paths.h"

int reference_file_read(const char *path, struct reference *reference, char sha256[SHA256_HEX],
			struct fault *fault)
{
	char own[PATH_MAX];
	struct text bytes = { 0 };
	struct stat status;
	int err = path ? 0 : path_of_reference("core.ref", own);

	if (!path)
		path = own;
	/* Neither a device nor a pipe is ever waited for. */
	if (!err && stat(path, &status))
		err = -errno;
	if (!err && !S_ISREG(status.st_mode))
		err = -EINVAL;
	if (!err)
		err = file_read(path, REFERENCE_BYTES, &bytes);
	if (!err && sha256)
		err = bytes_sha256(text_get(&bytes), bytes.len, sha256);
	if (err) {
		fault_set(fault, err, "%s: %s", path,
			  err == -EINVAL ? "not a regular file" : strerror(-err));
	} else {
		err = reference_parse(text_get(&bytes), bytes.len, reference, fault);
		if (err)
			fault_wrap(fault, err, "%s", path);
	}
	text_free(&bytes);
	return err;
}
