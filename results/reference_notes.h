/* SPDX-License-Identifier: GPL-2.0-only */
/* reference_notes: what a dataset says of how and on which kernels it was measured, from what runs say. */
#ifndef RESULTS_REFERENCE_NOTES_H
#define RESULTS_REFERENCE_NOTES_H

#include "base/fault.h"
#include "results/query.h"
#include "results/reference.h"

/* Keeps of a run's notes what goes into a dataset, in its order. */
void reference_notes_keep(struct pair_list *notes);
/* The dataset's own words, from the run that stands for all. */
int reference_head_fill(const struct run_info *info, const struct pair_list *notes,
			struct reference *to, struct fault *fault);
/* One kernel more, for which there is room. Takes over the notes. */
int reference_kernel_fill(const struct run_info *info, struct pair_list *notes,
			  struct reference *reference);
/* Moves what all kernels say alike to the dataset's own notes. */
int reference_notes_share(struct reference *to);

#endif
