// SPDX-License-Identifier: GPL-2.0-only
/* kvm: tries it by a real boot, with a limit of time. */
#include "runner/kvm.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runner/trial.h"

/* A guest under KVM boots in a second or two; one that can't is known after this. */
static const struct trial_limits kvm_limits = { .silence = 25, .total = 40 };

double kvm_patience(void)
{
	return kvm_limits.total;
}

int kvm_try(const struct kernel *kernel, const char *scratch, struct kvm_trial *result)
{
	const struct ask ask = { .task = "cells" };
	struct fault fault = { 0 };
	struct trial trial;

	*result = (struct kvm_trial){ .help = "" };
	if (access("/dev/kvm", F_OK)) {
		snprintf(result->why, sizeof(result->why), "there is no /dev/kvm");
		result->help = "a machine, or a nested one, with virtualization switched on";
		return -ENODEV;
	}
	if (access("/dev/kvm", R_OK | W_OK)) {
		snprintf(result->why, sizeof(result->why), "/dev/kvm: %s", strerror(errno));
		result->help = "join the group kvm, or run as root";
		return -ENODEV;
	}
	if (trial_start_guest(kernel, GUEST_KVM, &ask, &kvm_limits, scratch, &trial, &fault)) {
		snprintf(result->why, sizeof(result->why), "%.290s", fault.text);
		return -ENODEV;
	}
	trial_wait(&trial);
	result->seconds = (double)(trial.ended_us - trial.started_us) / 1e6;
	if (!trial.ok) {
		snprintf(result->why, sizeof(result->why),
			 "/dev/kvm is there, but a guest does not boot with it: %.230s",
			 trial.reason);
		result->help = "nothing else needs it: insn counts without KVM";
	}
	trial_free(&trial);
	return result->why[0] ? -ENODEV : 0;
}
