// SPDX-License-Identifier: GPL-2.0-only
/* doctor_guests: examines what guests need: QEMU, the plugin, kernels, and KVM by a real boot. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runner/doctor.h"
#include "runner/kernel_needs.h"
#include "runner/kernels.h"
#include "runner/kvm.h"
#include "runner/trial.h"

static void doctor_kvm(struct doctor_report *report, const struct kernel *kernel,
		       const char *scratch)
{
	struct kvm_trial tried;

	if (kvm_try(kernel, scratch, &tried))
		doctor_add(report, "kvm", "", DOCTOR_NO, tried.help, "%s", tried.why);
	else
		doctor_add(report, "kvm", "", DOCTOR_YES, "", "%s booted under KVM in %.1f s",
			   kernel->release, tried.seconds);
}

static void doctor_counting(struct doctor_report *report, const struct kernel *kernel,
			    const char *scratch)
{
	const char *cell = "floor/op=empty";
	const struct ask ask = { .task = "measure",
				 .instrument = "insn",
				 .samples = 1,
				 .cells = &cell,
				 .cell_count = 1 };
	struct fault fault = { 0 };
	struct trial trial;
	char why[300];

	if (kernel_is_unfit(kernel, why, sizeof(why))) {
		doctor_add(report, "insn", kernel->name, DOCTOR_NO,
			   "build it with what `remapbench kernel show` says that it lacks", "%s",
			   why);
		return;
	}
	if (access(kernel->symbols, R_OK)) {
		doctor_add(report, "insn", kernel->name, DOCTOR_YES, "",
			   "its symbols are read at its first run");
		return;
	}
	if (trial_start_guest(kernel, GUEST_COUNTED, &ask, &trial_default_limits, scratch, &trial,
			      &fault)) {
		doctor_add(report, "insn", kernel->name, DOCTOR_NO, "", "%s", fault.text);
		return;
	}
	trial_wait(&trial);
	if (trial.ok && trial.plugin.region_count)
		doctor_add(report, "insn", kernel->name, DOCTOR_YES, "",
			   "boots and counts: %llu instructions for nothing at all, in %.1f s",
			   (unsigned long long)trial.plugin.regions[0].instructions,
			   (double)(trial.ended_us - trial.started_us) / 1e6);
	else
		doctor_add(report, "insn", kernel->name, DOCTOR_NO, "", "%s",
			   trial.ok ? "the plugin recorded nothing" : trial.reason);
	trial_free(&trial);
}

void doctor_guests(struct doctor_report *report, const char *scratch, bool boot)
{
	struct kernel_list kernels = { 0 };
	struct fault fault = { 0 };
	struct qemu qemu;
	int err = qemu_find(&qemu, &fault);

	if (err) {
		doctor_add(report, "insn", "", DOCTOR_NO, "apt-get install qemu-system-x86", "%s",
			   fault.text[0] ? fault.text : strerror(-err));
		return;
	}
	if (kernels_load(&kernels, &fault) || !kernels.count) {
		doctor_add(report, "insn", "", DOCTOR_NO, "remapbench kernel fetch 6.1 6.12",
			   "QEMU %s is here, but no kernel for it", qemu.version);
	} else {
		doctor_add(report, "insn", "", DOCTOR_YES, "",
			   "QEMU %s, the plugin that fits it, %zu kernels", qemu.version,
			   kernels.count);
		for (size_t i = 0; i < kernels.count && boot; i++)
			doctor_counting(report, &kernels.items[i], scratch);
		if (boot)
			doctor_kvm(report, &kernels.items[kernels.count - 1], scratch);
		else
			doctor_add(report, "kvm", "", DOCTOR_PARTLY, "remapbench doctor",
				   "not tried: only a boot can tell, and takes up to %.0f s",
				   kvm_patience());
	}
	kernel_list_free(&kernels);
}
