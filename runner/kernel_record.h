/* SPDX-License-Identifier: GPL-2.0-only */
/* kernel_record: one folder of the cache of kernels and its kernel.json; for kernels.c and kernel_store.c. */
#ifndef RUNNER_KERNEL_RECORD_H
#define RUNNER_KERNEL_RECORD_H

#include <jansson.h>
#include <stdbool.h>

#include "runner/kernels.h"

bool sha256_valid(const char *sha256); /* 64 digits, in lower case */

/* -EPROTO: not a kernel's record. */
int kernel_record_parse(const json_t *record, struct kernel *kernel);
/* Its key and traits; -EPROTO. */
int kernel_recipe_read(const json_t *recipe, struct kernel *kernel);
/* The folder's kernel.json; recipe may be NULL. */
int kernel_record_write(const char *folder, const struct kernel *kernel, struct json_t *recipe);
/* The paths of what is in a kernel's folder. */
int kernel_place(const char *folder, struct kernel *kernel);
/* -EPROTO where its record is broken or its parts are missing. */
int kernel_read(const char *cache, const char *sha256, struct kernel *kernel, struct fault *fault);

#endif
