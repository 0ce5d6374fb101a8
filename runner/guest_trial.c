// SPDX-License-Identifier: GPL-2.0-only
/*
 * guest_trial: a trial as a fresh boot under QEMU. The guest has no network, no disk and no file of
 * the host's but the agent and its plan; what it says goes to files of the trial's own directory,
 * which never block it: a reader that is slow can't move a count.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/initramfs.h"
#include "runner/paths.h"
#include "runner/symbol_map.h"
#include "runner/trial.h"
#include "runner/trial_parts.h"
#include "runner/watchlist.h"

#define QEMU "qemu-system-x86_64"

/*
 * One fixed CPU model: its features decide which code the kernel runs. No RDRAND and RDSEED, which
 * would bring chance in; no ERMS, so that a page is cleared in 512 steps instead of 4096 (each step
 * of a repeated string instruction counts as an instruction); and none that only some versions of
 * QEMU's TCG offer.
 */
#define GUEST_CPU "Haswell-v4,-rdrand,-rdseed,-erms,-pcid,-invpcid,-x2apic,-tsc-deadline,-spec-ctrl"
/* Where the stack ends and where execve first puts it are then apart by a multiple of 2 MiB. */
#define GUEST_FIVE_LEVELS ",+la57"
/* NVMe is the one kind of disk that Debian's kernels have built in. The file is the trial's own. */
#define SWAP_FILE "swap"
#define SWAP_DRIVE "file=" SWAP_FILE ",if=none,id=swap,format=raw,cache=unsafe"
#define SWAP_DEVICE "nvme,drive=swap,serial=swap"
#define GUEST_COMMAND_LINE                                                                     \
	"console=ttyS0 quiet nokaslr norandmaps random.trust_cpu=off tsc=reliable nowatchdog " \
	"panic=-1"
/*
 * Of a lively guest: watchdogs stay, and what is a warning is shown. Its clock is the machine's: on
 * a busy one the timer is seen to tick too late, which is no reason not to boot. Nor is it a stall
 * where the TSC's rate is then taken for a small part of what it is (native_calibrate_tsc() has none,
 * pit_hpet_ptimer_calibrate_cpu() measures one) and time flies: the HPET's rate is in a register.
 */
#define GUEST_LIVELY_LINE                                                                \
	"console=ttyS0 loglevel=6 nokaslr norandmaps random.trust_cpu=off tsc=unstable " \
	"no_timer_check panic=-1"
#define GUEST_LIVELY_NODE "768M"
#define GUEST_LIVELY_MEMORY "1536M" /* both nodes */
#define GUEST_MEMORY "3G" /* 1 GiB moved, its page tables, and room to find 2 MiB folios in */
#define GUEST_ICOUNT "shift=0,sleep=off" /* one instruction is one virtual nanosecond */

enum { GUEST_FILE_LIMIT = 128 << 20 }; /* bytes of any file that QEMU writes */
enum { SWAP_BYTES = 96 << 20 }; /* of a file with holes */

#define GUEST_RECIPE(cpu, disk)                             \
	"-machine q35 -cpu " cpu " -smp 1 -m " GUEST_MEMORY \
	" -accel tcg,thread=single -icount " GUEST_ICOUNT   \
	" -rtc base=2020-01-01,clock=vm -seed 1" disk " -append '" GUEST_COMMAND_LINE "'"
#define SWAP_RECIPE " -drive " SWAP_DRIVE " -device " SWAP_DEVICE

const char *qemu_recipe(const struct guest_shape *shape)
{
	static const char *const recipes[2][2] = {
		{ GUEST_RECIPE(GUEST_CPU, ""), GUEST_RECIPE(GUEST_CPU, SWAP_RECIPE) },
		{ GUEST_RECIPE(GUEST_CPU GUEST_FIVE_LEVELS, ""),
		  GUEST_RECIPE(GUEST_CPU GUEST_FIVE_LEVELS, SWAP_RECIPE) },
	};

	return recipes[shape->five_levels][shape->swap_disk];
}

/* Version 1 of the plugin interface is what QEMU 6.1 to 8.2 has, version 4 what 9.2 and later take. */
static int qemu_plugin_for(struct qemu *qemu, struct fault *fault)
{
	const char *part = NULL;
	unsigned int version = qemu->major * 100 + qemu->minor;
	int err;

	if (version >= 601 && version < 900)
		part = "insn-v1.so";
	else if (version >= 902)
		part = "insn-v4.so";
	if (!part)
		return fault_set(
			fault, -ENOTSUP,
			"the counting plugin fits QEMU 6.1 to 8.2 and 9.2 or later, not %s",
			qemu->version);
	err = path_of_part(part, qemu->plugin);
	if (!err && access(qemu->plugin, R_OK))
		err = -errno;
	return err ? fault_set(fault, err, "the plugin %s: %s; build with ninja", part,
			       strerror(-err))
		   : 0;
}

int qemu_find(struct qemu *qemu, struct fault *fault)
{
	static const char words[] = "QEMU emulator version ";
	char *const argv[] = { (char[]){ QEMU }, (char[]){ "--version" }, NULL };
	struct text text = { 0 };
	const char *at;
	int err;

	memset(qemu, 0, sizeof(*qemu));
	err = process_capture(argv, 20, 1 << 16, &text, fault);
	if (err) {
		fault_wrap(fault, err, QEMU " (Debian's package qemu-system-x86)");
		goto out;
	}
	at = strstr(text_get(&text), words);
	if (!at || sscanf(at + strlen(words), "%u.%u", &qemu->major, &qemu->minor) != 2) {
		err = fault_set(fault, -EPROTO, QEMU " --version says nothing known");
		goto out;
	}
	at += strlen(words);
	snprintf(qemu->version, sizeof(qemu->version), "%.*s", (int)strcspn(at, "\r\n"), at);
	err = qemu_plugin_for(qemu, fault);
out:
	text_free(&text);
	return err;
}

static int guest_file(const struct trial *trial, const char *name, const struct text *text)
{
	char path[PATH_MAX];
	int err = path_join(path, sizeof(path), trial->directory, name);

	return err ? err : file_write(path, text_get(text), text->len);
}

/* What the plugin is to know of the kernel. */
static int guest_plugin_files(const struct kernel *kernel, const struct ask *ask,
			      const struct trial *trial, struct fault *fault)
{
	struct text watch = { 0 }, symbols = { 0 };
	int err = watchlist_make(kernel->symbols, &watch, fault);

	if (!err)
		err = guest_file(trial, "watch", &watch);
	if (!err && ask->profile)
		err = symbol_map_make(kernel->symbols, &symbols, fault);
	if (!err && ask->profile)
		err = guest_file(trial, "symbols", &symbols);
	text_free(&watch);
	text_free(&symbols);
	return err;
}

/* The files that QEMU reads, in the trial's directory. */
static int guest_files(const struct kernel *kernel, enum guest_mode mode, const struct ask *ask,
		       struct trial *trial, struct fault *fault)
{
	char agent[PATH_MAX], path[PATH_MAX];
	struct text plan = { 0 };
	struct ask asked = *ask;
	int err = agent_path(agent);

	if (err)
		return fault_set(fault, err, "the agent: %s", strerror(-err));
	asked.traits = kernel->traits;
	ask_write(&asked, &plan);
	err = path_join(path, sizeof(path), trial->directory, "initramfs.cpio");
	if (!err)
		err = plan.failed ? -ENOMEM : initramfs_write(path, agent, &plan, fault);
	if (!err && mode == GUEST_COUNTED)
		err = guest_plugin_files(kernel, ask, trial, fault);
	text_free(&plan);
	return err;
}

static int file_open_in(const char *directory, const char *name, int flags)
{
	char path[PATH_MAX];
	int err = path_join(path, sizeof(path), directory, name);
	int fd = err ? err : open(path, flags | O_CLOEXEC, 0600);

	return fd < 0 && !err ? -errno : fd;
}

static int swap_make(const char *directory, struct fault *fault)
{
	int fd = file_open_in(directory, SWAP_FILE, O_RDWR | O_CREAT), err = fd < 0 ? fd : 0;

	if (!err && ftruncate(fd, SWAP_BYTES))
		err = -errno;
	if (fd >= 0)
		close(fd);
	return err ? fault_set(fault, err, "%s: no disk to swap to: %s", directory, strerror(-err))
		   : 0;
}

struct lively_words {
	char cpus[16], line[1024], nodes[2][64], objects[2][64], others[32];
};

/* A machine of two nodes, a CPU or more in the first, none or more in the second. */
static size_t guest_lively(const struct kernel *kernel, const struct guest_shape *shape,
			   struct lively_words *words, const char **argv)
{
	unsigned int cpus = shape->cpus ? shape->cpus : 1;
	size_t n = 0;

	snprintf(words->cpus, sizeof(words->cpus), "%u", cpus);
	snprintf(words->others, sizeof(words->others), ",cpus=1-%u", cpus - 1);
	snprintf(words->line, sizeof(words->line), GUEST_LIVELY_LINE "%s%s%s%s",
		 kernel->append[0] ? " " : "", kernel->append, shape->append ? " " : "",
		 shape->append ? shape->append : "");
	argv[n++] = "-smp";
	argv[n++] = words->cpus;
	argv[n++] = "-m";
	argv[n++] = GUEST_LIVELY_MEMORY;
	for (unsigned int i = 0; i < 2; i++) {
		snprintf(words->objects[i], sizeof(words->objects[i]),
			 "memory-backend-ram,id=m%u,size=" GUEST_LIVELY_NODE, i);
		snprintf(words->nodes[i], sizeof(words->nodes[i]), "node,nodeid=%u,memdev=m%u%s", i,
			 i,
			 i == 0	    ? ",cpus=0"
			 : cpus > 1 ? words->others
				    : "");
		argv[n++] = "-object";
		argv[n++] = words->objects[i];
		argv[n++] = "-numa";
		argv[n++] = words->nodes[i];
	}
	argv[n++] = "-accel";
	argv[n++] = cpus > 1 ? "tcg,thread=multi" : "tcg,thread=single";
	argv[n++] = "-append";
	argv[n++] = words->line;
	return n;
}

static int guest_launch(const struct kernel *kernel, enum guest_mode mode, const struct ask *ask,
			struct trial *trial, struct fault *fault)
{
	const struct guest_shape *shape = &ask->shape;
	struct process_files files = { .in = -1, .out = -1, .err = -1 };
	struct qemu qemu;
	char plugin[PATH_MAX + 64];
	char image[PATH_MAX], line[1024];
	const char *argv[64];
	struct lively_words words;
	size_t n = 0;
	int err = qemu_find(&qemu, fault);

	if (err)
		return err;
	if (strchr(qemu.plugin, ','))
		return fault_set(fault, -EINVAL, "QEMU takes no comma in the path %s", qemu.plugin);
	snprintf(plugin, sizeof(plugin), "%s,watch=watch,out=plugin.out%s", qemu.plugin,
		 ask->profile ? ",symbols=symbols" : "");
	snprintf(image, sizeof(image), "%s", kernel->image);
	snprintf(line, sizeof(line), GUEST_COMMAND_LINE "%s%s", kernel->append[0] ? " " : "",
		 kernel->append);
	const char *const fixed[] = {
		QEMU,
		"-nodefaults",
		"-no-user-config",
		"-display",
		"none",
		"-no-reboot",
		"-machine",
		"q35",
		"-rtc",
		"base=2020-01-01,clock=vm",
		"-seed",
		"1",
		"-sandbox",
		"on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
		"-serial",
		"file:console",
		"-serial",
		"file:report",
		"-kernel",
		image,
		"-initrd",
		"initramfs.cpio",
	};
	const char *const counted[] = { "-smp", "1", "-m", GUEST_MEMORY, "-append", line };

	for (; n < sizeof(fixed) / sizeof(fixed[0]); n++)
		argv[n] = fixed[n];
	for (size_t i = 0; !shape->lively && i < sizeof(counted) / sizeof(counted[0]); i++)
		argv[n++] = counted[i];
	if (shape->lively) {
		n += guest_lively(kernel, shape, &words, argv + n);
	} else {
		argv[n++] = "-accel";
		argv[n++] = mode == GUEST_KVM ? "kvm" : "tcg,thread=single";
	}
	argv[n++] = "-cpu";
	argv[n++] = mode == GUEST_KVM	 ? "host"
		    : shape->five_levels ? GUEST_CPU GUEST_FIVE_LEVELS
					 : GUEST_CPU;
	/* On a busy host time passes between two instructions: a kernel may panic, waiting for its timer. */
	if (mode != GUEST_KVM && !shape->lively) {
		argv[n++] = "-icount";
		argv[n++] = GUEST_ICOUNT;
	}
	if (mode == GUEST_COUNTED) {
		argv[n++] = "-plugin";
		argv[n++] = plugin;
	}
	if (shape->swap_disk) {
		argv[n++] = "-drive";
		argv[n++] = SWAP_DRIVE;
		argv[n++] = "-device";
		argv[n++] = SWAP_DEVICE;
		err = swap_make(trial->directory, fault);
		if (err)
			return err;
	}
	argv[n] = NULL;
	trial->report_fd = file_open_in(trial->directory, "report", O_RDONLY | O_CREAT);
	trial->console_fd = file_open_in(trial->directory, "console", O_RDONLY | O_CREAT);
	files.err = file_open_in(trial->directory, "qemu.err", O_WRONLY | O_CREAT);
	if (trial->report_fd < 0 || trial->console_fd < 0 || files.err < 0) {
		err = fault_set(fault, -EIO, "%s: can't make the guest's files", trial->directory);
		goto out;
	}
	files.directory = trial->directory;
	files.file_limit = GUEST_FILE_LIMIT;
	err = process_start((char *const *)argv, &files, &trial->pid);
	if (err) {
		trial->pid = 0;
		fault_set(fault, err, QEMU ": %s", strerror(-err));
	}
out:
	if (files.err >= 0)
		close(files.err);
	return err;
}

int trial_start_guest(const struct kernel *kernel, enum guest_mode mode, const struct ask *ask,
		      const struct trial_limits *limits, const char *parent, struct trial *trial,
		      struct fault *fault)
{
	char directory[PATH_MAX];
	int err;

	trial_init(trial);
	trial->guest = true;
	err = path_join(directory, sizeof(directory), parent, "guest.XXXXXX");
	if (!err && (strlen(directory) >= sizeof(trial->directory) || !mkdtemp(directory)))
		err = errno ? -errno : -ENAMETOOLONG;
	if (err)
		return fault_set(fault, err, "%s: %s", parent, strerror(-err));
	memcpy(trial->directory, directory, strlen(directory) + 1);
	err = guest_files(kernel, mode, ask, trial, fault);
	if (!err)
		err = guest_launch(kernel, mode, ask, trial, fault);
	if (err) {
		trial_free(trial);
		return err;
	}
	trial_began(trial, limits);
	return 0;
}
