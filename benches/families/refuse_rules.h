/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * refuse_rules: the calls that mremap must refuse, what each must answer on which kernel, and whether
 * it may have lost what was mapped at its destination.
 */
#ifndef BENCHES_REFUSE_RULES_H
#define BENCHES_REFUSE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "benches/bench.h"

#define REFUSE_NO_LENGTH INT64_MIN /* as an addition to a length: the length is 0 */
#define REFUSE_OVERLAP \
	INT64_MAX /* as an addition to the destination: it is the source's last page */
#define REFUSED_FLAG 0x40u /* no kernel and no published patch knows it */

/* What has to stand beside the call for it to be refused. */
enum scene {
	SCENE_PLAIN,
	SCENE_VDSO, /* the source is the vdso, VM_DONTEXPAND */
	SCENE_NEIGHBOUR, /* a mapping right above the source */
	SCENE_OVER, /* a mapping at the destination */
	SCENE_SEALED, /* the source is sealed */
	SCENE_SEALED_OVER, /* a mapping at the destination, sealed */
	SCENE_HUGE, /* the source is of the pool of huge pages */
	SCENE_MAPS, /* max_map_count reached */
	SCENE_SPACE, /* RLIMIT_AS reached */
	SCENE_LOCKED, /* source locked, RLIMIT_MEMLOCK reached */
	SCENE_COMMIT, /* overcommit judged by what memory there is */
};

/* The call, as differences from a move of the source to the destination. */
struct refusal {
	const char *name;
	int err; /* since 6.17 */
	int err_before; /* before 6.17; 0: the same */
	unsigned int flags;
	int64_t from, old_length, new_length, to; /* added */
	enum scene scene;
	bool sized; /* the pages may matter: also with 32 MiB of them */
};

extern const struct refusal refusals[];
extern const size_t refusal_count;

/* NULL for a name that is none's. */
const struct refusal *refusal_find(const char *name);
/* A positive errno. */
int refusal_errno(const struct refusal *refusal, struct kernel_version kernel);
/* Is what was mapped at the destination gone after the call, although it failed? */
bool refusal_loses(const struct refusal *refusal, struct kernel_version kernel);

#endif
