// SPDX-License-Identifier: GPL-2.0-only
/* Kernel sources: what a name means, and what tells one from another. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "runner/kernel_source.h"
#include "runner/source_parts.h"
#include "runner/tests/taken_source.h"

static void names_of_sources_are_understood(void **state)
{
	static const struct {
		const char *name;
		enum kernel_source_kind kind;
		const char *suite, *package, *version, *path, *ref;
	} cases[] = {
		{ "linux-source-6.12", SOURCE_PACKAGE, "", "linux-source-6.12", "", "", "" },
		{ "sid/linux-source-7.3", SOURCE_PACKAGE, "sid", "linux-source-7.3", "", "", "" },
		{ "debian:linux-source-7.3", SOURCE_PACKAGE, "", "linux-source-7.3", "", "", "" },
		{ "debian:trixie-backports/linux-source-6.16=6.16.3-1~bpo13+1", SOURCE_PACKAGE,
		  "trixie-backports", "linux-source-6.16", "6.16.3-1~bpo13+1", "", "" },
		{ "linux-7.3.tar.xz", SOURCE_TARBALL, "", "", "", "linux-7.3.tar.xz", "" },
		{ "./linux-source-7.3.tar", SOURCE_TARBALL, "", "", "", "./linux-source-7.3.tar",
		  "" },
		{ "/nowhere/a b.tgz", SOURCE_TARBALL, "", "", "", "/nowhere/a b.tgz", "" },
		{ "tree", SOURCE_GIT, "", "", "", "tree", "HEAD" },
		{ "tree@v7.3", SOURCE_GIT, "", "", "", "tree", "v7.3" },
		{ "tree/@HEAD@{1}", SOURCE_GIT, "", "", "", "tree/", "HEAD@{1}" },
		{ "a@b@main~3", SOURCE_GIT, "", "", "", "a@b", "main~3" },
		{ "file", SOURCE_TARBALL, "", "", "", "file", "" },
	};

	(void)state;
	fake_shell(&fake, "mkdir tree a@b; touch file");
	assert_int_equal(chdir(fake.place), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (kernel_source_parse(cases[i].name, &source, &fault))
			fail_msg("%s: %s", cases[i].name, fault.text);
		assert_int_equal(source.kind, cases[i].kind);
		assert_string_equal(source.suite, cases[i].suite);
		assert_string_equal(source.package, cases[i].package);
		assert_string_equal(source.version, cases[i].version);
		assert_string_equal(source.path, cases[i].path);
		assert_string_equal(source.ref, cases[i].ref);
	}
	assert_int_equal(chdir("/"), 0);
}

static void names_that_mean_no_source_are_refused(void **state)
{
	static const char *const names[] = {
		"",
		"nothing",
		"nothing@v6.12",
		"debian:6.12",
		"debian:linux-source-",
		"debian:../linux-source-6.12",
		"debian:-o/linux-source-6.12",
		"debian:Sid/linux-source-6.12",
		"linux-source-6.12=-o",
		"linux-source-6.12=a b",
		"linux-source-6.12;x",
		"linux-source-6.12\n",
		"/@",
		"/@-o",
		"/@--output=x",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (kernel_source_parse(names[i], &source, &fault) != -EINVAL)
			fail_msg("taken: %s", names[i]);
	assert_int_equal(kernel_source_parse("nothing", &source, &fault), -EINVAL);
	fault_says("a source is a package (linux-source-6.12");
	assert_int_equal(kernel_source_git("/", "", &source, &fault), -EINVAL);
	assert_int_equal(kernel_source_git("", NULL, &source, &fault), -EINVAL);
}

static void a_tarball_is_unpacked_however_compressed(void **state)
{
	static const char *const ways[][2] = {
		{ "linux.tar", "tar cf linux.tar linux-7.3" },
		{ "linux.tar.gz", "tar czf linux.tar.gz linux-7.3" },
		{ "linux.tar.xz", "tar cJf linux.tar.xz ./linux-7.3" },
		{ "linux.tar.bz2", "bzip2 -k linux.tar || { rm linux.tar.bz2; exit 0; }" },
		{ "linux.tar.zst", "zstd -q linux.tar || exit 0" },
	};

	(void)state;
	fake_shell(&fake, "chmod +x linux-7.3/scripts/run.sh; mkdir linux-7.3/.git; "
			  "ln -s ../mm/mremap.c linux-7.3/scripts/link; "
			  "echo x >linux-7.3/.git/config");
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		char identity[SHA256_HEX];

		fake_shell(&fake, ways[i][1]);
		if (!is_there(ways[i][0]))
			continue; /* no such compressor here */
		source_takes(fake_path(&fake, ways[i][0]));
		tree_is_whole();
		assert_true(is_there("into/scripts/link"));
		assert_false(is_there("into/.git"));
		assert_int_equal(file_sha256(source.path, identity), 0);
		assert_string_equal(source.identity + strlen("sha256:"), identity);
		fake_shell(&fake, "rm -r into && mkdir into");
	}
}

static void git_setup(void)
{
	setenv("HOME", fake_path(&fake, "home"), 1);
	fake_shell(&fake, "cd linux-7.3; chmod +x scripts/run.sh; git init -q; "
			  "git config user.email a@example.org; git config user.name a; "
			  "git add -f .; git commit -qm one; git tag v7.3; "
			  "echo later >>mm/mremap.c; git commit -qam two");
}

static void a_commit_is_unpacked_and_the_work_tree_is_left_alone(void **state)
{
	char name[PATH_MAX + 16], before[4096];

	(void)state;
	git_setup();
	fake_shell(&fake,
		   "cd linux-7.3; echo mine >>Kconfig; git add Kconfig; echo new >new; "
		   "git checkout -q -b side; git show v7.3:mm/mremap.c >../one; "
		   "git status --porcelain >../status; stat -c '%Y %i' .git/index >>../status");
	snprintf(before, sizeof(before), "%s", fake_read(&fake, "status"));
	snprintf(name, sizeof(name), "%s@v7.3", fake.tree);
	source_takes(name);
	assert_string_equal(fake_read(&fake, "into/mm/mremap.c"), fake_read(&fake, "one"));
	assert_string_equal(fake_read(&fake, "into/Kconfig"), "source \"Documentation/Kconfig\"\n");
	fake_shell(&fake, "cp one linux-7.3/mm/mremap.c"); /* for the next line only */
	tree_is_whole();
	fake_shell(&fake, "cd linux-7.3; git checkout -q mm/mremap.c; git status --porcelain "
			  ">../status; stat -c '%Y' .git/index >/dev/null");
	assert_non_null(strstr(source.origin, "git linux-7.3 v7.3 ("));
	assert_false(is_there("into/new"));
	assert_string_not_equal(before, "");
}

static void the_same_tree_is_the_same_source_in_any_commit_and_repository(void **state)
{
	char first[SOURCE_IDENTITY];

	(void)state;
	git_setup();
	fake_shell(&fake, "git clone -q --bare linux-7.3 bare.git; cd linux-7.3; "
			  "git commit -q --allow-empty -m three");
	assert_int_equal(kernel_source_git(fake.tree, NULL, &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), 0);
	snprintf(first, sizeof(first), "%s", source.identity);
	assert_memory_equal(first, "tree:", 5);
	assert_int_equal(kernel_source_git(fake_path(&fake, "bare.git"), "HEAD", &source, &fault),
			 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), 0);
	assert_string_equal(source.identity, first);
	source_takes(fake_path(&fake, "bare.git"));
	assert_true(is_there("into/mm/mremap.c"));
	assert_int_equal(kernel_source_git(fake.tree, "v7.3", &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), 0);
	assert_string_not_equal(source.identity, first);
}

static void a_commit_is_unpacked_byte_by_byte(void **state)
{
	(void)state;
	fake_write(&fake, "linux-7.3/.gitattributes", "*.c export-subst filter=bad\n");
	fake_write(&fake, "linux-7.3/mm/x.c", "$Format:%H$\n");
	fake_write(&fake, "home/.gitconfig", "[core]\n\tautocrlf = true\n[tar]\n\tumask = 0777\n");
	git_setup();
	setenv("GIT_DIR", "/nonexistent", 1); /* as in a hook of another repository */
	setenv("GIT_INDEX_FILE", "/nonexistent", 1);
	source_takes(fake.tree);
	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	assert_string_equal(fake_read(&fake, "into/mm/x.c"), "$Format:%H$\n");
	assert_null(strchr(fake_read(&fake, "into/mm/mremap.c"), '\r'));
}

static void what_git_refuses_is_said(void **state)
{
	(void)state;
	git_setup();
	assert_int_equal(kernel_source_git(fake.tree, "v9.9", &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -ENOENT);
	fault_says("there is no such commit: v9.9");
	/* A folder in a tree is no tree: its commits are those of something larger. */
	assert_int_equal(kernel_source_git(fake_path(&fake, "linux-7.3/mm"), NULL, &source, &fault),
			 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -EINVAL);
	fault_says("neither the top folder of a git tree nor a bare repository");
	assert_int_equal(kernel_source_git(fake_path(&fake, "none"), NULL, &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -ENOENT);
	if (geteuid()) {
		print_message("only root can make another user's repository\n");
		return;
	}
	fake_shell(&fake, "chown -R 12345 linux-7.3");
	assert_int_equal(kernel_source_git(fake.tree, NULL, &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -EACCES);
	fault_says("safe.directory");
}

static void a_git_tree_of_something_else_is_no_kernel(void **state)
{
	(void)state;
	git_setup();
	fake_shell(&fake, "cd linux-7.3; git rm -q Kconfig; git commit -qm none");
	assert_int_equal(source_take(fake.tree), -EPROTO);
	fault_says("no kernel's source: there is no Kconfig in it");
	assert_int_equal(count_in("into"), 0);
}

static void versions_are_read_from_makefiles(void **state)
{
	static const struct {
		const char *makefile, *version;
	} cases[] = {
		{ "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 107\nEXTRAVERSION =\n", "6.12.107" },
		{ "VERSION=7\nPATCHLEVEL=4\nSUBLEVEL=0\nEXTRAVERSION = -rc2\n", "7.4.0-rc2" },
		{ "#VERSION = 1\nVERSION\t= 7 # x\nPATCHLEVEL = 3\n", "7.3.0" },
		{ "VERSION = 7\nPATCHLEVEL = 3\nEXTRAVERSION = $(shell id)\n", "7.3.0" },
		{ "VERSION = 7\nPATCHLEVEL = 3\nEXTRAVERSION = ../../x\n", "7.3.0" },
		{ "VERSION = 7\nVERSION = 8\nPATCHLEVEL = 3\n", "7.3.0" },
		{ "VERSION = $(X)\nPATCHLEVEL = 3\n", NULL },
		{ "VERSION = 99999999999\nPATCHLEVEL = 3\n", NULL },
		{ "VERSION =\nPATCHLEVEL = 3\n", NULL },
		{ "VERSION", NULL },
		{ "", NULL },
	};
	char version[SOURCE_VERSION];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int err;

		fake_write(&fake, "into/Makefile", cases[i].makefile);
		err = kernel_source_version(fake_path(&fake, "into"), version, &fault);
		assert_int_equal(err, cases[i].version ? 0 : -EPROTO);
		assert_string_equal(version, cases[i].version ? cases[i].version : "");
	}
	fake_shell(&fake, "rm into/Makefile; mkfifo into/Makefile");
	assert_int_equal(kernel_source_version(fake_path(&fake, "into"), version, &fault), -ENOENT);
}

static void the_version_is_known_before_it_is_unpacked(void **state)
{
	char version[SOURCE_VERSION];

	(void)state;
	fake_shell(&fake, "tar cJf linux.tar.xz linux-7.3");
	git_setup();
	for (int git = 0; git < 2; git++) {
		const char *name = git ? fake.tree : fake_path(&fake, "linux.tar.xz");

		assert_int_equal(kernel_source_parse(name, &source, &fault), 0);
		assert_int_equal(kernel_source_identify(&source, NULL, &fault), 0);
		if (kernel_source_peek(&source, version, &fault))
			fail_msg("%s", fault.text);
		assert_string_equal(version, "7.3.4");
	}
	assert_int_equal(count_in("into"), 0);
	fake_shell(&fake, "cd linux-7.3; git rm -q Makefile; git commit -qm none; cd ..; "
			  "mkdir other; ln -s /etc/passwd other/Makefile; tar cf link.tar other; "
			  "mkdir sparse; truncate -s 600M sparse/big; tar cSf big.tar sparse");
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), 0);
	assert_int_equal(kernel_source_peek(&source, version, &fault), -EPROTO);
	fault_says("there is no Makefile in it");
	assert_int_equal(kernel_source_parse(fake_path(&fake, "link.tar"), &source, &fault), 0);
	assert_int_equal(kernel_source_peek(&source, version, &fault), -EPROTO);
	fault_says("its Makefile is no file");
	assert_int_equal(kernel_source_parse(fake_path(&fake, "big.tar"), &source, &fault), 0);
	assert_int_equal(kernel_source_peek(&source, version, &fault), -EFBIG);
}

static void what_no_build_reads_is_left_out(void **state)
{
	static const struct {
		const char *path;
		bool left_out;
	} cases[] = {
		{ "mm/mremap.c", false },
		{ "Documentation/mm/x.rst", true },
		{ "Documentation/Kconfig", false },
		{ "arch/Kconfig", false },
		{ "arch/x86/mm/fault.c", false },
		{ "arch/x86_64/x", true },
		{ "arch/arm64/Kconfig.platforms", false },
		{ "arch/arm64/Makefile", false },
		{ "arch/arm64/boot/dts/x.dts", true },
		{ "tools/testing/selftests/mm/x.c", true },
		{ "tools/perf/perf.c", true },
		{ "tools/objtool/check.c", false },
		{ "tools/arch/x86/lib/insn.c", false },
		{ "drivers/gpu/drm/amd/include/asic_reg/x.h", true },
		{ "drivers/gpu/drm/amd/include/x.h", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (kernel_source_left_out(cases[i].path) != cases[i].left_out)
			fail_msg("%s", cases[i].path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, source_begin, source_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names_of_sources_are_understood),
		TEST(names_that_mean_no_source_are_refused),
		TEST(a_tarball_is_unpacked_however_compressed),
		TEST(a_commit_is_unpacked_and_the_work_tree_is_left_alone),
		TEST(the_same_tree_is_the_same_source_in_any_commit_and_repository),
		TEST(a_commit_is_unpacked_byte_by_byte),
		TEST(what_git_refuses_is_said),
		TEST(a_git_tree_of_something_else_is_no_kernel),
		TEST(versions_are_read_from_makefiles),
		TEST(the_version_is_known_before_it_is_unpacked),
		TEST(what_no_build_reads_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
