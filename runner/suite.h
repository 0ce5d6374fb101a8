/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * suite: which cells, how many trials and samples. A YAML file in configs/suites/, read with
 * libcyaml; an unknown key, a wrong type or an impossible number is an error with line and column.
 *
 *   name: core
 *   about: The floor and every move.
 *   cells: [ "floor*", "move*" ]             # globs over the cells' keys; order is the registry's
 *   groups:                                # beside cells, or instead; at most 128
 *     - why: What one call costs that moves a whole page table.
 *       cells: [ "move/size=2M*" ]
 *       except: [ "move/size=2M/fill=0*" ] # optional: not of this group
 *   claims: [ … ]                          # what must come out: suite_claims.h; beside, or instead
 *   except: [ "move/size=1G*" ]            # optional: of no group, nor of cells
 *   margin: "2%"                           # optional: in time, what differs by less is equal (1%)
 *   events: [ "instructions:k", ... ]       # for pmu; optional (a default list in the code)
 *   instruments:
 *     clock: { trials: 5, samples: 20, warmup: 2 }
 *     pmu:   { trials: 3, samples: 10, warmup: 1 }
 *     insn:  { trials: 1, samples: 9, warmup: 1 }
 */
#ifndef RUNNER_SUITE_H
#define RUNNER_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/files.h"
#include "runner/suite_claims.h"

struct suite_effort {
	uint32_t trials, samples, warmup; /* trials 0: the suite has no such instrument */
};
struct suite {
	char name[64]; /* [a-z0-9-] */
	char about[256];
	char margin[16]; /* "2%"; "": none is said */
	char sha256[SHA256_HEX]; /* of the file */
	char **cells, **except, **events;
	size_t cell_count, except_count, event_count;
	struct suite_group {
		char *why; /* at most 300 bytes */
		char **cells, **except;
		size_t cell_count, except_count;
	} * groups;
	size_t group_count;
	struct suite_claim *claims; /* their cells are the suite's too */
	size_t claim_count;
	struct suite_effort clock, pmu, insn;
};

/* name: a file's path (it has a '/' or ends in .yaml), or NAME for configs/suites/NAME.yaml. At most 1 MiB. */
int suite_load(const char *name, struct suite *suite, struct fault *fault);
void suite_free(struct suite *suite);
bool suite_takes(const struct suite *suite, const char *cell);
/* The why of the first group that takes the cell, or what a claim says of it; "" where only `cells` does; NULL if it is not taken. */
const char *suite_why(const struct suite *suite, const char *cell);
/*
 * The next glob, of `cells` or of a group's, that matches none of the keys: most likely it is misspelt.
 * *at: 0 for the first one; NULL once there is none more.
 */
const char *suite_idle_glob(const struct suite *suite, char *const *keys, size_t count, size_t *at);
/* The effort for an instrument; NULL for an unknown name. */
const struct suite_effort *suite_effort(const struct suite *suite, const char *instrument);

#endif
