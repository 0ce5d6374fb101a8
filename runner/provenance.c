// SPDX-License-Identifier: GPL-2.0-only
/* provenance: reads what the machine and the programs are. What can't be read is said so, not left out. */
#include "runner/provenance.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/files.h"
#include "base/text.h"
#include "build/version.h"
#include "runner/trial_parts.h"

enum { VALUE = 512 };

/* The value of the first line "KEY : VALUE" of /proc/cpuinfo. */
static void cpuinfo_value(const char *key, char *out, size_t room)
{
	struct text text = { 0 };
	const char *at;

	snprintf(out, room, "unknown");
	if (file_read("/proc/cpuinfo", 4 << 20, &text) == 0 &&
	    (at = strstr(text_get(&text), key)) && (at = strchr(at, ':'))) {
		at += strspn(at, ": \t");
		snprintf(out, room, "%.*s", (int)strcspn(at, "\n"), at);
	}
	text_free(&text);
}

char *machine_name(char *out, unsigned long room)
{
	char cpu[VALUE];

	cpuinfo_value("model name", cpu, sizeof(cpu));
	snprintf(out, room, "%.200s, %ld CPUs", cpu, sysconf(_SC_NPROCESSORS_ONLN));
	return out;
}

int host_kernel(struct kernel_record *kernel, struct fault *fault)
{
	static char sha256[SHA256_HEX];
	static struct utsname name;
	struct text identity = { 0 };
	int err;

	uname(&name);
	/* The notes hold the linker's build id: with them, another build of the same version differs. */
	file_read("/sys/kernel/notes", 1 << 20, &identity);
	text_addf(&identity, "%s\n%s\n", name.release, name.version);
	err = identity.failed ? -ENOMEM : bytes_sha256(identity.data, identity.len, sha256);
	text_free(&identity);
	if (err)
		return fault_set(fault, err, "the running kernel's identity: %s", strerror(-err));
	*kernel = (struct kernel_record){ sha256, "host", name.release, name.version, "host", "" };
	return 0;
}

static const struct {
	const char *key, *path;
} provenance_files[] = {
	{ "machine.boot_id", "/proc/sys/kernel/random/boot_id" },
	{ "machine.governor", "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor" },
	{ "machine.smt", "/sys/devices/system/cpu/smt/active" },
	{ "machine.clocksource",
	  "/sys/devices/system/clocksource/clocksource0/current_clocksource" },
	{ "host.cmdline", "/proc/cmdline" },
	{ "host.version", "/proc/version" },
	{ "host.thp", "/sys/kernel/mm/transparent_hugepage/enabled" },
	{ "host.thp_defrag", "/sys/kernel/mm/transparent_hugepage/defrag" },
	{ "host.ksm", "/sys/kernel/mm/ksm/run" },
	{ "host.perf_event_paranoid", "/proc/sys/kernel/perf_event_paranoid" },
	{ "host.loadavg", "/proc/loadavg" },
};

static int keep_files(struct store *store, int64_t run_id, struct fault *fault)
{
	char value[VALUE];
	int err = 0;

	for (size_t i = 0; i < sizeof(provenance_files) / sizeof(provenance_files[0]) && !err;
	     i++) {
		int missing = file_read_line(provenance_files[i].path, value, sizeof(value));

		if (missing)
			snprintf(value, sizeof(value), "not there (%s)", strerror(-missing));
		err = store_run_note(store, run_id, provenance_files[i].key, value, fault);
	}
	return err;
}

static int keep_machine(struct store *store, int64_t run_id, struct fault *fault)
{
	static const struct {
		const char *key, *name;
	} cpu[] = { { "machine.cpu", "model name" }, { "machine.microcode", "microcode" } };
	char value[VALUE];
	int err = 0;

	for (size_t i = 0; i < sizeof(cpu) / sizeof(cpu[0]) && !err; i++) {
		cpuinfo_value(cpu[i].name, value, sizeof(value));
		err = store_run_note(store, run_id, cpu[i].key, value, fault);
	}
	snprintf(value, sizeof(value), "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	if (!err)
		err = store_run_note(store, run_id, "machine.cpus", value, fault);
	snprintf(value, sizeof(value), "%ld MiB",
		 (sysconf(_SC_PHYS_PAGES) >> 10) * (sysconf(_SC_PAGESIZE) >> 10));
	if (!err)
		err = store_run_note(store, run_id, "machine.memory", value, fault);
	return err;
}

static int keep_hash(struct store *store, int64_t run_id, const char *key, const char *path,
		     struct fault *fault)
{
	char sha256[SHA256_HEX];
	int err = file_sha256(path, sha256);

	if (err)
		return fault_set(fault, err, "%s: %s", path, strerror(-err));
	return store_run_note(store, run_id, key, sha256, fault);
}

static int keep_guest(struct store *store, int64_t run_id, const struct guest_shape *shape,
		      struct fault *fault)
{
	struct qemu qemu;
	int err = qemu_find(&qemu, fault);

	if (!err)
		err = store_run_note(store, run_id, "guest.qemu", qemu.version, fault);
	if (!err)
		err = store_run_note(store, run_id, "guest.recipe", qemu_recipe(shape), fault);
	if (!err)
		err = keep_hash(store, run_id, "tool.plugin_sha256", qemu.plugin, fault);
	return err;
}

int provenance_keep(struct store *store, int64_t run_id, const struct guest_shape *guest,
		    struct fault *fault)
{
	char agent[PATH_MAX];
	int err = agent_path(agent);

	if (err)
		return fault_set(fault, err, "the agent: %s", strerror(-err));
	err = keep_machine(store, run_id, fault);
	if (!err)
		err = keep_files(store, run_id, fault);
	if (!err)
		err = store_run_note(store, run_id, "tool.commit", REMAPBENCH_COMMIT, fault);
	if (!err)
		err = store_run_note(store, run_id, "tool.compiler", __VERSION__, fault);
	if (!err)
		err = keep_hash(store, run_id, "tool.agent_sha256", agent, fault);
	if (!err && guest)
		err = keep_guest(store, run_id, guest, fault);
	return err;
}

/* Any value of a recipe, as one line: an array's strings, or a patch's subject, one after the other. */
static void recipe_words(const json_t *value, struct text *out)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);
		const char *word = json_string_value(item);

		if (json_is_object(item)) {
			word = json_string_value(json_object_get(item, "subject"));
			if (!word || !*word)
				word = json_string_value(json_object_get(item, "source"));
		}
		text_addf(out, "%s%s", i ? "; " : "", word ? word : "");
	}
	if (json_is_string(value))
		text_add(out, json_string_value(value));
}

int provenance_keep_kernel(struct store *store, int64_t run_id, const struct kernel *kernel,
			   struct fault *fault)
{
	static const struct {
		const char *key, *in, *field;
	} notes[] = {
		{ "kernel.key", NULL, "key" },
		{ "kernel.source", "source", "origin" },
		{ "kernel.source_identity", "source", "identity" },
		{ "kernel.config", "config", "name" },
		{ "kernel.patches", NULL, "patches" },
		{ "kernel.traits", NULL, "traits" },
		{ "kernel.toolchain", NULL, "toolchain" },
	};
	json_t *recipe = NULL;
	int err = store_run_note(store, run_id, "kernel.format", image_format_name(kernel->format),
				 fault);

	if (!err)
		err = kernel_recipe(kernel, &recipe, fault);
	for (size_t i = 0; !err && recipe && i < sizeof(notes) / sizeof(notes[0]); i++) {
		const json_t *in = notes[i].in ? json_object_get(recipe, notes[i].in) : recipe;
		struct text value = { 0 };

		recipe_words(json_object_get(in, notes[i].field), &value);
		if (value.len)
			err = store_run_note(store, run_id, notes[i].key, text_get(&value), fault);
		text_free(&value);
	}
	json_decref(recipe);
	return err;
}

int provenance_keep_envs(struct store *store, int64_t run_id, const struct report *report,
			 struct fault *fault)
{
	char key[80];
	int err = 0;

	for (size_t i = 0; i < report->env_count && !err; i++) {
		snprintf(key, sizeof(key), "agent.%s", report->envs[i].key);
		err = store_run_note(store, run_id, key, report->envs[i].value, fault);
	}
	return err;
}
