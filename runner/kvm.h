/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kvm: whether guests can run on the real CPU here, and so be timed. That /dev/kvm is there says little:
 * only a boot tells.
 */
#ifndef RUNNER_KVM_H
#define RUNNER_KVM_H

#include <stddef.h>

#include "runner/kernels.h"

struct kvm_trial {
	double seconds; /* the boot took, where it came to its end */
	char why[300]; /* why it can't, else "" */
	const char *help; /* what to do about it; "" where nothing would help */
};

/* Boots the kernel, for up to kvm_patience() seconds. scratch: a directory for it. 0; -ENODEV. */
int kvm_try(const struct kernel *kernel, const char *scratch, struct kvm_trial *result);
double kvm_patience(void);

#endif
