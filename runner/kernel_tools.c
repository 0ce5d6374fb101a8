// SPDX-License-Identifier: GPL-2.0-only
/* kernel_tools: what a kernel's build calls: whether it is here, by which package it comes, and its version. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "runner/kernel_make.h"

/* Of Debian. */
static const struct {
	const char *program, *package;
} programs[] = {
	{ "make", "make" }, { "gcc", "gcc" },	  { "ld", "binutils" },	 { "strip", "binutils" },
	{ "flex", "flex" }, { "bc", "bc" },	  { "bison", "bison" },	 { "perl", "perl" },
	{ "git", "git" },   { "xz", "xz-utils" }, { "cp", "coreutils" },
};

static bool program_there(const char *name)
{
	const char *paths = getenv("PATH");
	char path[4096];

	for (const char *at = paths ? paths : "/usr/bin:/bin"; *at;) {
		size_t len = strcspn(at, ":");

		snprintf(path, sizeof(path), "%.*s/%s", (int)len, at, name);
		if (!access(path, X_OK))
			return true;
		at += len + (at[len] == ':');
	}
	return false;
}

/* As the compiler looks for it. */
static bool header_there(const char *name)
{
	char *const argv[] = { (char[]){ "gcc" },	(char[]){ "-E" },
			       (char[]){ "-include" },	(char *)name,
			       (char[]){ "-x" },	(char[]){ "c" },
			       (char[]){ "/dev/null" }, NULL };
	struct text out = { 0 };
	int err = process_capture(argv, 30, 8 << 20, &out, NULL);

	text_free(&out);
	return !err;
}

static void missing_add(struct text *missing, const char *package)
{
	if (!strstr(text_get(missing), package))
		text_addf(missing, "%s%s", missing->len ? " " : "", package);
}

static int version_add(struct text *toolchain, const char *program, struct fault *fault)
{
	char *const argv[] = { (char *)program, (char[]){ "--version" }, NULL };
	struct text out = { 0 };
	int err = process_capture(argv, 30, 1 << 16, &out, fault);

	if (!err)
		text_addf(toolchain, "%.*s\n", (int)strcspn(text_get(&out), "\n"), text_get(&out));
	text_free(&out);
	return err;
}

int kernel_tools(struct text *toolchain, struct fault *fault)
{
	struct text missing = { 0 };
	int err = 0;

	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (!program_there(programs[i].program))
			missing_add(&missing, programs[i].package);
	/* objtool, which every x86 kernel is built with, reads objects by libelf. */
	if (!program_there("gcc") || !header_there("gelf.h"))
		missing_add(&missing, "libelf-dev");
	if (missing.len)
		err = fault_set(fault, -ENOPKG,
				"building a kernel needs these packages: %s; ./setup installs them",
				text_get(&missing));
	text_free(&missing);
	if (!err)
		err = version_add(toolchain, "gcc", fault);
	return err ? err : version_add(toolchain, "ld", fault);
}
