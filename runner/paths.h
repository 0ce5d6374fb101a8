/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paths: where the program finds its parts and keeps its files.
 * Parts (agent, plugin) stand beside the executable; configs/ two folders above it.
 * What can be fetched again is in the cache: $REMAPBENCH_CACHE, else $XDG_CACHE_HOME/remapbench,
 * else ~/.cache/remapbench. Results: $REMAPBENCH_DATA, else $XDG_DATA_HOME/remapbench, else
 * ~/.local/share/remapbench. All functions fill out (PATH_MAX bytes) and return 0 or negative errno.
 */
#ifndef RUNNER_PATHS_H
#define RUNNER_PATHS_H

#include <glob.h>

int path_of_part(const char *name, char *out); /* "remapbench-agent", "insn-v1.so" */
int path_of_config(const char *name, char *out); /* "suites/core.yaml" */
int path_of_reference(const char *name, char *out); /* "core.ref" */
int path_of_cache(const char *name, char *out); /* "kernels", "scratch"; makes the directory */
int path_of_data(const char *name,
		 char *out); /* "results.db", "site"; makes the directory above it */

/* glob(3) below a folder whose own name means itself, whatever is in it. globfree(3) in any case. -ENOENT */
int path_glob(const char *folder, const char *pattern, glob_t *found);

#endif
