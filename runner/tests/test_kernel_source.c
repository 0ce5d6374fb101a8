// SPDX-License-Identifier: GPL-2.0-only
/* Kernel sources: what a name means, what tells one from another, and that none leaves its folder. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>
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
#include "runner/tests/fake_tree.h"

static struct fake_tree fake;
static struct kernel_source source;
static struct fault fault;

static int begin(void **state)
{
	(void)state;
	fake_tree_make(&fake);
	fault = (struct fault){ 0 };
	assert_int_equal(mkdir(fake_path(&fake, "into"), 0755), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	fake_tree_remove(&fake);
	return 0;
}

static void says(const char *words)
{
	if (!strstr(fault.text, words))
		fail_msg("not \"%s\": %s", words, fault.text);
}

static int take(const char *name)
{
	int err = kernel_source_parse(name, &source, &fault);

	if (!err)
		err = kernel_source_identify(&source, NULL, &fault);
	return err ? err : kernel_source_extract(&source, fake_path(&fake, "into"), NULL, &fault);
}

static void takes(const char *name)
{
	if (take(name))
		fail_msg("%s: %s", name, fault.text);
}

static bool there(const char *name)
{
	struct stat status;

	return !lstat(fake_path(&fake, name), &status);
}

static size_t count_in(const char *name)
{
	DIR *folder = opendir(fake_path(&fake, name));
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

/* The tree is there, as far as it is wanted. */
static void tree_is_whole(void)
{
	char version[SOURCE_VERSION];

	assert_string_equal(fake_read(&fake, "into/mm/mremap.c"),
			    fake_read(&fake, "linux-7.3/mm/mremap.c"));
	assert_true(there("into/arch/x86/Kconfig"));
	assert_int_equal(access(fake_path(&fake, "into/scripts/run.sh"), X_OK), 0);
	assert_int_equal(kernel_source_version(fake_path(&fake, "into"), version, &fault), 0);
	assert_string_equal(version, "7.3.4");
	/* Read by every build, though what is beside them isn't. */
	assert_true(there("into/Documentation/Kconfig"));
	assert_true(there("into/arch/arm64/Kconfig"));
	assert_false(there("into/Documentation/mm"));
	assert_false(there("into/arch/arm64/mm"));
	assert_false(there("into/tools/testing"));
}

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
	says("a source is a package (linux-source-6.12");
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
		if (!there(ways[i][0]))
			continue; /* no such compressor here */
		takes(fake_path(&fake, ways[i][0]));
		tree_is_whole();
		assert_true(there("into/scripts/link"));
		assert_false(there("into/.git"));
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
	takes(name);
	assert_string_equal(fake_read(&fake, "into/mm/mremap.c"), fake_read(&fake, "one"));
	assert_string_equal(fake_read(&fake, "into/Kconfig"), "source \"Documentation/Kconfig\"\n");
	fake_shell(&fake, "cp one linux-7.3/mm/mremap.c"); /* for the next line only */
	tree_is_whole();
	fake_shell(&fake, "cd linux-7.3; git checkout -q mm/mremap.c; git status --porcelain "
			  ">../status; stat -c '%Y' .git/index >/dev/null");
	assert_non_null(strstr(source.origin, "git linux-7.3 v7.3 ("));
	assert_false(there("into/new"));
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
	takes(fake_path(&fake, "bare.git"));
	assert_true(there("into/mm/mremap.c"));
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
	takes(fake.tree);
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
	says("there is no such commit: v9.9");
	/* A folder in a tree is no tree: its commits are those of something larger. */
	assert_int_equal(kernel_source_git(fake_path(&fake, "linux-7.3/mm"), NULL, &source, &fault),
			 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -EINVAL);
	says("neither the top folder of a git tree nor a bare repository");
	assert_int_equal(kernel_source_git(fake_path(&fake, "none"), NULL, &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -ENOENT);
	if (geteuid()) {
		print_message("only root can make another user's repository\n");
		return;
	}
	fake_shell(&fake, "chown -R 12345 linux-7.3");
	assert_int_equal(kernel_source_git(fake.tree, NULL, &source, &fault), 0);
	assert_int_equal(kernel_source_identify(&source, NULL, &fault), -EACCES);
	says("safe.directory");
}

static void a_git_tree_of_something_else_is_no_kernel(void **state)
{
	(void)state;
	git_setup();
	fake_shell(&fake, "cd linux-7.3; git rm -q Kconfig; git commit -qm none");
	assert_int_equal(take(fake.tree), -EPROTO);
	says("no kernel's source: there is no Kconfig in it");
	assert_int_equal(count_in("into"), 0);
}

/* Tarballs made entry by entry. */
struct entry {
	const char *name;
	char kind; /* f: file with this text; d; l: link to it; h: hard link; c p s: special */
	const char *text;
};

static void entry_write(struct archive *archive, const struct entry *entry)
{
	static const struct {
		char kind;
		unsigned int type;
	} types[] = { { 'f', AE_IFREG }, { 'h', AE_IFREG }, { 'd', AE_IFDIR }, { 'l', AE_IFLNK },
		      { 'c', AE_IFCHR }, { 'k', AE_IFBLK }, { 'p', AE_IFIFO } };
	struct archive_entry *out = archive_entry_new();
	size_t len = entry->text ? strlen(entry->text) : 0;

	archive_entry_set_pathname(out, entry->name);
	archive_entry_set_perm(out, 06777);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].kind == entry->kind)
			archive_entry_set_filetype(out, types[i].type);
	archive_entry_set_size(out, entry->kind == 'f' ? (la_int64_t)len : 0);
	if (entry->kind == 'l')
		archive_entry_set_symlink(out, entry->text);
	if (entry->kind == 'h')
		archive_entry_set_hardlink(out, entry->text);
	assert_int_equal(archive_write_header(archive, out), ARCHIVE_OK);
	if (entry->kind == 'f')
		assert_int_equal(archive_write_data(archive, entry->text, len), (long)len);
	archive_entry_free(out);
}

/* place/x.tar: a kernel's first files, then these. */
static const char *tarball_of(const struct entry *entries, size_t count)
{
	static const struct entry first[] = {
		{ "linux/", 'd', NULL },
		{ "linux/Makefile", 'f', "VERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 4\n" },
		{ "linux/Kconfig", 'f', "" },
		{ "linux/arch/x86/Kconfig", 'f', "" },
		{ "linux/scripts/x", 'f', "" },
		{ "linux/mm/mremap.c", 'f', "line\n" },
	};
	struct archive *archive = archive_write_new();
	const char *path = fake_path(&fake, "x.tar");

	archive_write_set_format_pax_restricted(archive);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		entry_write(archive, &first[i]);
	for (size_t i = 0; i < count; i++)
		entry_write(archive, &entries[i]);
	archive_write_close(archive);
	archive_write_free(archive);
	return path;
}

/* The archive is refused with these words, nothing is left of it, and nothing is anywhere else. */
static void refused(const struct entry *entries, size_t count, const char *words)
{
	size_t before;

	fake_write(&fake, "outside/file", "as it was\n");
	unlink(fake_path(&fake, "x.tar"));
	before = count_in(".");
	tarball_of(entries, count);
	if (!take(fake_path(&fake, "x.tar")))
		fail_msg("taken: %s", entries[count - 1].name);
	says(words);
	says("x.tar: ");
	assert_int_equal(count_in("into"), 0);
	assert_int_equal(unlink(fake_path(&fake, "x.tar")), 0);
	assert_int_equal(count_in("."), before);
	assert_string_equal(fake_read(&fake, "outside/file"), "as it was\n");
	assert_int_equal(count_in("outside"), 1);
}

#define REFUSED(words, ...)                            \
	refused((const struct entry[]){ __VA_ARGS__ }, \
		sizeof((const struct entry[]){ __VA_ARGS__ }) / sizeof(struct entry), words)

static void a_tarball_of_a_kernel_without_tricks_is_taken(void **state)
{
	static const struct entry entries[] = {
		{ "linux/mm/", 'd', NULL },
		{ "./linux//lib/./a.c", 'f', "a\n" },
		{ "linux/lib/link", 'l', "../mm/mremap.c" },
		{ "linux/tools/link", 'l', "../.././mm" },
		{ "linux/dangling", 'l', "arch/arm/boot" },
		{ "linux/.git/config", 'f', "x" },
		{ "linux/arch/arm/mm/fault.c", 'f', "x" },
	};
	struct stat status;

	(void)state;
	/* linux/tools/link leads one folder too high. */
	tarball_of(entries, 3);
	takes(fake_path(&fake, "x.tar"));
	assert_string_equal(fake_read(&fake, "into/lib/a.c"), "a\n");
	assert_string_equal(fake_read(&fake, "into/lib/link"), "line\n");
	assert_int_equal(stat(fake_path(&fake, "into/lib/a.c"), &status), 0);
	assert_int_equal(status.st_mode & 07022, 0); /* not set-user-id, not everybody's */
	fake_shell(&fake, "rm -r into && mkdir into");
	REFUSED("entry 10, linux/tools/link: it is a symbolic link out of the tree", entries[0],
		entries[1], entries[2], entries[3]);
	tarball_of(entries + 4, 3);
	takes(fake_path(&fake, "x.tar"));
	assert_false(there("into/.git"));
	assert_false(there("into/arch/arm"));
	assert_true(there("into/dangling"));
}

static void a_tarball_with_an_absolute_path_is_refused(void **state)
{
	char name[PATH_MAX + 32];

	(void)state;
	snprintf(name, sizeof(name), "%s/outside/new", fake.place);
	REFUSED("entry 7, /", { name, 'f', "bad" });
	REFUSED("its name is absolute", { "/linux/x", 'f', "bad" });
	REFUSED("its name is absolute", { "//linux/x", 'd', NULL });
}

static void a_tarball_with_dotdot_in_a_path_is_refused(void **state)
{
	(void)state;
	REFUSED("its name leads out by \"..\"", { "linux/../../outside/new", 'f', "bad" });
	REFUSED("its name leads out by \"..\"", { "../outside/new", 'f', "bad" });
	REFUSED("its name leads out by \"..\"", { "linux/mm/../x", 'f', "bad" });
	REFUSED("its name leads out by \"..\"", { "linux/..", 'd', NULL });
	REFUSED("its name leads out by \"..\"", { "linux/mm/..", 'l', "x" });
}

static void a_tarball_with_a_link_out_of_the_tree_is_refused(void **state)
{
	static const char words[] = "it is a symbolic link out of the tree";

	(void)state;
	REFUSED(words, { "linux/l", 'l', "/etc/passwd" });
	REFUSED(words, { "linux/l", 'l', ".." });
	REFUSED(words, { "linux/l", 'l', "../outside/file" });
	REFUSED(words, { "linux/mm/l", 'l', "../../outside/file" });
	REFUSED(words, { "linux/mm/l", 'l', ".././../outside/file" });
	REFUSED(words, { "linux", 'l', "/etc" });
	/* Each stays inside, taken by its letters; the second by way of the first doesn't. */
	REFUSED("linux/out: it is a symbolic link out", { "linux/a/b/up", 'l', ".." },
		{ "linux/out", 'l', "a/b/up/../../outside" });
}

static void a_tarball_that_writes_through_a_link_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/l/x", { "linux/l", 'l', "mm" }, { "linux/l/x", 'f', "bad" });
	REFUSED("linux/l/x/y", { "linux/l", 'l', "mm" }, { "linux/l/x/y", 'f', "bad" });
	REFUSED("linux/l: it is in the archive twice", { "linux/l", 'l', "mm/mremap.c" },
		{ "linux/l", 'f', "bad" });
	REFUSED("linux/l: it is in the archive twice", { "linux/l", 'l', "mm" },
		{ "linux/l", 'd', NULL });
}

static void a_tarball_with_a_hard_link_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/h: it is a hard link", { "linux/h", 'h', "linux/Makefile" });
	REFUSED("linux/h: it is a hard link", { "linux/h", 'h', "/etc/passwd" });
}

static void a_tarball_with_a_device_or_a_fifo_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/d: it is a device, a fifo or a socket", { "linux/d", 'c', NULL });
	REFUSED("linux/d: it is a device, a fifo or a socket", { "linux/d", 'k', NULL });
	REFUSED("linux/d: it is a device, a fifo or a socket", { "linux/d", 'p', NULL });
}

static void a_tarball_with_one_name_twice_is_refused(void **state)
{
	(void)state;
	REFUSED("linux/Makefile: it is in the archive twice", { "linux/Makefile", 'f', "x" });
	REFUSED("linux/mm/mremap.c: it is in the archive twice",
		{ "linux/./mm//mremap.c", 'f', "x" });
	REFUSED("linux/mm: it is in the archive twice", { "linux/mm", 'f', "x" });
	REFUSED("linux/Kconfig: it is in the archive twice", { "linux/Kconfig/", 'd', NULL });
	REFUSED("linux/Kconfig/x: it stands below a file", { "linux/Kconfig/x", 'f', "x" });
}

/* An archive of so many folders, none of which is one that is unpacked. */
static void many_write(const char *path, int count)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	char name[64];

	archive_write_add_filter_gzip(archive);
	archive_write_set_filter_option(archive, "gzip", "compression-level", "1");
	archive_write_set_format_ustar(archive);
	assert_int_equal(archive_write_open_filename(archive, path), ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFDIR);
	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "linux/Documentation/%d", i);
		archive_entry_set_pathname(entry, name);
		assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	}
	archive_entry_free(entry);
	archive_write_close(archive);
	archive_write_free(archive);
}

static void a_tarball_that_is_too_large_is_refused(void **state)
{
	char name[1100];

	(void)state;
	fake_shell(&fake, "mkdir sparse; truncate -s 600M sparse/big; tar cSf big.tar sparse");
	assert_int_equal(take(fake_path(&fake, "big.tar")), -EFBIG);
	says("sparse/big: it is larger than 512 MiB");
	snprintf(name, sizeof(name), "linux/%01050d", 7);
	REFUSED("its name is too long", { name, 'f', "x" });
	many_write(fake_path(&fake, "many.tar.gz"), 400001);
	assert_int_equal(take(fake_path(&fake, "many.tar.gz")), -EFBIG);
	says("more than 400000 entries");
	assert_int_equal(count_in("into"), 0);
}

static void a_tarball_with_more_than_one_top_folder_is_refused(void **state)
{
	(void)state;
	REFUSED("other/x: it is not in the folder linux", { "other/x", 'f', "x" });
	REFUSED("linux2/x: it is not in the folder linux", { "linux2/x", 'f', "x" });
	fake_shell(&fake, "cd linux-7.3; tar cf ../flat.tar *");
	assert_int_equal(take(fake_path(&fake, "flat.tar")), -EPROTO);
	says("not in the folder");
}

static void what_is_no_kernels_tarball_is_said(void **state)
{
	(void)state;
	assert_int_equal(take(fake_path(&fake, "none.tar")), -ENOENT);
	assert_int_equal(take(fake_write(&fake, "words.tar", "these are words\n")), -EPROTO);
	assert_int_equal(take(fake_write(&fake, "empty.tar", "")), -EPROTO);
	fake_shell(&fake, "mkdir other; echo 'all:' >other/Makefile; tar cf other.tar other");
	assert_int_equal(take(fake_path(&fake, "other.tar")), -EPROTO);
	says("other.tar: no kernel's source: its Makefile has no VERSION");
	fake_shell(&fake, "rm other/Makefile; touch other/x; tar cf other.tar other");
	assert_int_equal(take(fake_path(&fake, "other.tar")), -EPROTO);
	says("no kernel's source: there is no Makefile in it");
	fake_shell(&fake, "tar czf cut.tar.gz linux-7.3; truncate -s 300 cut.tar.gz");
	assert_int_equal(take(fake_path(&fake, "cut.tar.gz")), -EPROTO);
	assert_int_equal(count_in("into"), 0);
	fake_write(&fake, "into/mine", "mine\n");
	fake_shell(&fake, "tar cf linux.tar linux-7.3; mkfifo fifo.tar");
	assert_int_equal(take(fake_path(&fake, "linux.tar")), -ENOTEMPTY);
	assert_string_equal(fake_read(&fake, "into/mine"), "mine\n");
	assert_int_equal(take(fake_path(&fake, "fifo.tar")), -EINVAL);
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
	says("there is no Makefile in it");
	assert_int_equal(kernel_source_parse(fake_path(&fake, "link.tar"), &source, &fault), 0);
	assert_int_equal(kernel_source_peek(&source, version, &fault), -EPROTO);
	says("its Makefile is no file");
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

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
		TEST(a_tarball_of_a_kernel_without_tricks_is_taken),
		TEST(a_tarball_with_an_absolute_path_is_refused),
		TEST(a_tarball_with_dotdot_in_a_path_is_refused),
		TEST(a_tarball_with_a_link_out_of_the_tree_is_refused),
		TEST(a_tarball_that_writes_through_a_link_is_refused),
		TEST(a_tarball_with_a_hard_link_is_refused),
		TEST(a_tarball_with_a_device_or_a_fifo_is_refused),
		TEST(a_tarball_with_one_name_twice_is_refused),
		TEST(a_tarball_that_is_too_large_is_refused),
		TEST(a_tarball_with_more_than_one_top_folder_is_refused),
		TEST(what_is_no_kernels_tarball_is_said),
		TEST(versions_are_read_from_makefiles),
		TEST(the_version_is_known_before_it_is_unpacked),
		TEST(what_no_build_reads_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
