/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * suite_claims: what a suite says that its cells must show, kernel by kernel: a claim names a cell, a
 * metric and what that should be, before and since a version. `remapbench claims` holds runs to it.
 *
 *   claims:
 *     - says: realigned to the PMD, 3 MiB at +1 MiB need no page table of their own
 *       cell: "move/size=3M/align=mutual/fill=100/folio=4K/type=anon"
 *       metric: "fn:__pte_alloc"   # or insn, outcome:NAME…
 *       since: "6.7"               # optional, with was: before that version
 *       was: "1"
 *       is: "0"                    # a number, "2..5", ">=3", "<=3", or a state: ok, unsupported…
 *     - says: …
 *       cell: …
 *       against: "move/…"          # optional: the metric of that cell, divided by the one of cell
 *       metric: insn
 *       is: ">=5"
 */
#ifndef RUNNER_SUITE_CLAIMS_H
#define RUNNER_SUITE_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/settings.h"

struct suite_claim {
	char *says, *cell, *metric, *is;
	char *against, *since, *was; /* NULL where they are not there */
};

extern const cyaml_schema_value_t
	suite_claim_schema; /* a mapping, by value, into the struct above */

/* Possible cells, metrics, versions and values: -EPROTO with place and words otherwise. */
int suite_claims_check(const struct settings *settings, const struct suite_claim *claims,
		       size_t count, struct fault *fault);
/* A copy of their own. -ENOMEM; what was copied until then is counted in *copied. */
int suite_claims_copy(const struct suite_claim *from, size_t count, struct suite_claim **to,
		      size_t *copied);
void suite_claims_free(struct suite_claim *claims, size_t count);

/* What `is` and `was` say. */
struct claim_value {
	char state[16]; /* "unsupported" …; "" for numbers, which mean the state ok */
	double least, most; /* of numbers; infinite where open */
};
int claim_value_parse(const char *words, struct claim_value *value); /* -EINVAL */
/* What the claim says of a kernel of that release: is, or was. */
const char *claim_expected(const struct suite_claim *claim, const char *release);

#endif
