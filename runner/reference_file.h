/* SPDX-License-Identifier: GPL-2.0-only */
/* reference_file: a reference dataset from a file, or the one that comes with the project. */
#ifndef RUNNER_REFERENCE_FILE_H
#define RUNNER_REFERENCE_FILE_H

#include "base/fault.h"
#include "base/files.h"
#include "results/reference.h"

/*
 * path NULL: results/reference/core.ref. sha256: of the file, NULL where nobody asks. reference_free after a
 * success. What is wrong, with the file and the line, is in fault.
 */
int reference_file_read(const char *path, struct reference *reference, char sha256[SHA256_HEX],
			struct fault *fault);

#endif
