// SPDX-License-Identifier: GPL-2.0-only
/*
 * source_extract: a tar archive into a folder, entry by entry: each name, kind and size is looked at
 * before libarchive, which has its own guards on, writes it.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "runner/source_parts.h"

enum { ENTRIES_MAX = 400000, NAME_LIMIT = 1024, READ_SIZE = 1 << 20, READ_MAKEFILE = 16384 };
/* A kernel's source has 1.6 GB in all, and 25 MB in its largest file. */
static const int64_t file_most = (int64_t)512 << 20, all_most = (int64_t)8 << 30;

struct extraction {
	const struct source_archive *from;
	struct archive *in, *out;
	char top[256]; /* the folder that all of it stands in */
	char name[NAME_LIMIT]; /* of the entry, cleaned, with the top */
	char path[PATH_MAX];
	size_t entries;
	int64_t bytes;
};

int source_name_clean(const char *name, char *out, size_t room, struct fault *fault)
{
	size_t len = 0;

	if (*name == '/')
		return fault_set(fault, -EPROTO, "its name is absolute");
	while (*name) {
		size_t part = strcspn(name, "/");

		if (part == 2 && !strncmp(name, "..", 2))
			return fault_set(fault, -EPROTO, "its name leads out by \"..\"");
		if (part && !(part == 1 && *name == '.')) {
			if (len + 1 + part >= room)
				return fault_set(fault, -EPROTO, "its name is too long");
			if (len)
				out[len++] = '/';
			memcpy(out + len, name, part);
			len += part;
		}
		name += part;
		name += strspn(name, "/");
	}
	out[len] = '\0';
	return 0;
}

/*
 * First as many ".." as there are folders above the link, at most; then none: a ".." behind another
 * name could leave by way of a second link. (No entry is written through a link, so the folders are folders.)
 */
bool source_link_inside(const char *name, const char *target)
{
	size_t depth = 0;
	bool down = false;

	if (*target == '/' || !*target)
		return false;
	for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/'))
		depth++;
	while (*target) {
		size_t part = strcspn(target, "/");

		if (part == 2 && !strncmp(target, "..", 2)) {
			if (down || !depth)
				return false;
			depth--;
		} else if (part && !(part == 1 && *target == '.')) {
			down = true;
		}
		target += part;
		target += strspn(target, "/");
	}
	return true;
}

/* Git's own files are nobody's source, and would turn the tree into a repository. */
static bool name_of_git(const char *name)
{
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (!strncasecmp(part, ".git", 4) && (part[4] == '/' || !part[4]))
			return true;
	}
	return false;
}

/* Takes the first entry's top folder for that of all, and holds all others to it. *inside: the name below. */
static int top_check(struct extraction *extraction, const char **inside, struct fault *fault)
{
	const char *name = extraction->name;
	size_t len = strcspn(name, "/");

	*inside = name + len + (name[len] == '/');
	if (!len) /* "./" */
		return 0;
	if (!extraction->top[0]) {
		if (len >= sizeof(extraction->top))
			return fault_set(fault, -EPROTO, "its name is too long");
		memcpy(extraction->top, name, len);
	}
	if (strncmp(name, extraction->top, len) != 0 || extraction->top[len])
		return fault_set(fault, -EPROTO,
				 "it is not in the folder %s, as the entries before it are",
				 extraction->top);
	return 0;
}

static int kind_check(struct archive_entry *entry, const char *inside, struct fault *fault)
{
	const char *target;

	if (archive_entry_hardlink(entry))
		return fault_set(fault, -EPROTO, "it is a hard link");
	switch (archive_entry_filetype(entry)) {
	case AE_IFDIR:
		return 0;
	case AE_IFREG:
		return *inside ? 0 : fault_set(fault, -EPROTO, "it stands in no folder");
	case AE_IFLNK:
		target = archive_entry_symlink(entry);
		if (*inside && target && source_link_inside(inside, target))
			return 0;
		return fault_set(fault, -EPROTO, "it is a symbolic link out of the tree, to %.200s",
				 target ? target : "what can't be read");
	default:
		return fault_set(fault, -EPROTO, "it is a device, a fifo or a socket");
	}
}

static int limits_check(struct extraction *extraction, struct archive_entry *entry,
			struct fault *fault)
{
	int64_t size = archive_entry_size(entry);

	if (extraction->entries > ENTRIES_MAX)
		return fault_set(fault, -EFBIG, "more than %d entries", ENTRIES_MAX);
	if (archive_entry_filetype(entry) != AE_IFREG)
		return 0;
	if (size < 0 || size > file_most)
		return fault_set(fault, -EFBIG, "it is larger than %" PRId64 " MiB",
				 file_most >> 20);
	extraction->bytes += size;
	if (extraction->bytes > all_most)
		return fault_set(fault, -EFBIG, "the archive holds more than %" PRId64 " GiB",
				 all_most >> 30);
	return 0;
}

/* What is there already may only be a folder, and stay one. */
static int twice_check(const struct extraction *extraction, struct archive_entry *entry,
		       struct fault *fault)
{
	struct stat status;

	if (lstat(extraction->path, &status))
		return errno == ENOENT
			       ? 0
			       : fault_set(fault, errno == ENOTDIR ? -EPROTO : -errno,
					   errno == ENOTDIR ? "it stands below a file: %s" : "%s",
					   strerror(errno));
	if (S_ISDIR(status.st_mode) && archive_entry_filetype(entry) == AE_IFDIR)
		return 0;
	return fault_set(fault, -EPROTO, "it is in the archive twice");
}

static int data_copy(struct extraction *extraction, struct fault *fault)
{
	const void *block;
	la_int64_t offset;
	size_t count;
	int got;

	while ((got = archive_read_data_block(extraction->in, &block, &count, &offset)) ==
	       ARCHIVE_OK)
		if (archive_write_data_block(extraction->out, block, count, offset) != ARCHIVE_OK)
			return fault_set(fault, -EIO, "%s", archive_error_string(extraction->out));
	if (got != ARCHIVE_EOF)
		return fault_set(fault, -EPROTO, "%s", archive_error_string(extraction->in));
	return 0;
}

static int entry_write(struct extraction *extraction, struct archive_entry *entry,
		       struct fault *fault)
{
	mode_t mode = archive_entry_mode(entry);
	int err = 0;

	archive_entry_set_pathname(entry, extraction->path);
	/* Nobody's set-user-id, nobody's unreadable folder. */
	archive_entry_set_perm(entry, S_ISDIR(mode) || (mode & 0111) ? 0755 : 0644);
	if (archive_write_header(extraction->out, entry) != ARCHIVE_OK)
		return fault_set(fault, -EPROTO, "%s", archive_error_string(extraction->out));
	if (archive_entry_filetype(entry) == AE_IFREG && archive_entry_size(entry) > 0)
		err = data_copy(extraction, fault);
	if (!err && archive_write_finish_entry(extraction->out) != ARCHIVE_OK)
		err = fault_set(fault, -EIO, "%s", archive_error_string(extraction->out));
	return err;
}

/* A folder, where all is left out that may stand in it but what makes it by itself. */
static bool entry_wanted(struct archive_entry *entry, const char *inside)
{
	char folder[NAME_LIMIT + 1];

	if (name_of_git(inside) || kernel_source_left_out(inside))
		return false;
	snprintf(folder, sizeof(folder), "%s/", inside);
	return archive_entry_filetype(entry) != AE_IFDIR || !kernel_source_left_out(folder);
}

static int entry_take(struct extraction *extraction, struct archive_entry *entry,
		      const char *pathname, struct fault *fault)
{
	const char *inside = "";
	int err = source_name_clean(pathname, extraction->name, sizeof(extraction->name), fault);

	if (!err)
		err = top_check(extraction, &inside, fault);
	if (!err)
		err = kind_check(entry, inside, fault);
	if (!err)
		err = limits_check(extraction, entry, fault);
	if (err || !*inside || !entry_wanted(entry, inside))
		return err;
	err = path_join(extraction->path, sizeof(extraction->path), extraction->from->directory,
			inside);
	if (err)
		return fault_set(fault, err, "its name is too long");
	err = twice_check(extraction, entry, fault);
	return err ? err : entry_write(extraction, entry, fault);
}

static void progress_tell(const struct extraction *extraction)
{
	const struct source_archive *from = extraction->from;

	if (from->progress)
		progress_show(from->progress,
			      from->by_entries ? (double)extraction->entries
					       : (double)archive_filter_bytes(extraction->in, -1),
			      "unpacking the source");
}

static int entries_extract(struct extraction *extraction, struct fault *fault)
{
	struct archive_entry *entry;
	int got, err = 0;

	while ((got = archive_read_next_header(extraction->in, &entry)) == ARCHIVE_OK ||
	       got == ARCHIVE_WARN) {
		const char *name = archive_entry_pathname(entry);

		name = name ? name : archive_entry_pathname_utf8(entry);
		extraction->entries++;
		extraction->name[0] = '\0';
		if (!name)
			return fault_set(fault, -EPROTO, "entry %zu has a name that can't be read",
					 extraction->entries);
		err = entry_take(extraction, entry, name, fault);
		if (err) /* the name may be set anew by now */
			return fault_wrap(fault, err, "entry %zu, %.200s", extraction->entries,
					  extraction->name[0] ? extraction->name : name);
		if (extraction->entries % 64 == 0)
			progress_tell(extraction);
	}
	if (got != ARCHIVE_EOF)
		return fault_set(fault, -EPROTO, "%s", archive_error_string(extraction->in));
	return extraction->entries ? 0 : fault_set(fault, -EPROTO, "it is empty");
}

int source_archive_extract(const struct source_archive *archive, struct fault *fault)
{
	struct extraction extraction = { .from = archive,
					 .in = archive_read_new(),
					 .out = archive_write_disk_new() };
	int err = -ENOMEM;

	if (!extraction.in || !extraction.out) {
		fault_set(fault, err, "no memory");
		goto out;
	}
	archive_read_support_filter_all(extraction.in);
	archive_read_support_format_tar(extraction.in);
	archive_write_disk_set_options(extraction.out, ARCHIVE_EXTRACT_SECURE_SYMLINKS |
							       ARCHIVE_EXTRACT_SECURE_NODOTDOT |
							       ARCHIVE_EXTRACT_NO_OVERWRITE);
	if (archive->progress)
		progress_start(archive->progress, archive->total, archive->progress->quiet);
	if (archive_read_open_fd(extraction.in, archive->fd, READ_SIZE) != ARCHIVE_OK)
		err = fault_set(fault, -EPROTO, "%s", archive_error_string(extraction.in));
	else
		err = entries_extract(&extraction, fault);
	if (!err && archive_write_close(extraction.out) != ARCHIVE_OK)
		err = fault_set(fault, -EIO, "%s", archive_error_string(extraction.out));
	if (archive->progress)
		progress_pause(archive->progress);
out:
	if (extraction.in)
		archive_read_free(extraction.in);
	if (extraction.out)
		archive_write_free(extraction.out);
	return err;
}

/* The entry's content, where it is a file; NULs end it, as they end what is read of it. */
static int makefile_take(struct archive *in, struct archive_entry *entry, struct text *makefile,
			 struct fault *fault)
{
	char chunk[READ_MAKEFILE];
	la_ssize_t got;

	if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) != AE_IFREG)
		return fault_set(fault, -EPROTO, "its Makefile is no file");
	while ((got = archive_read_data(in, chunk, sizeof(chunk))) > 0) {
		if (makefile->len + (size_t)got > SOURCE_MAKEFILE_MAX)
			return fault_set(fault, -EFBIG, "its Makefile is larger than 1 MiB");
		text_add_bytes(makefile, chunk, (size_t)got);
	}
	if (got < 0)
		return fault_set(fault, -EPROTO, "%s", archive_error_string(in));
	return makefile->failed ? fault_set(fault, -ENOMEM, "no memory") : 0;
}

/* Up to the first Makefile that stands in one folder; nothing is written. */
static int makefile_look(struct archive *in, struct text *makefile, struct fault *fault)
{
	struct extraction extraction = { .in = in };
	struct archive_entry *entry;
	int got, err;

	while ((got = archive_read_next_header(in, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN) {
		const char *name = archive_entry_pathname(entry), *slash;
		char clean[NAME_LIMIT];
		struct fault ignored = { 0 };

		extraction.entries++;
		err = limits_check(&extraction, entry, fault);
		if (err)
			return fault_wrap(fault, err, "entry %zu, %.200s", extraction.entries,
					  name ? name : "?");
		if (!name || source_name_clean(name, clean, sizeof(clean), &ignored))
			continue; /* it is told of when it is unpacked */
		slash = strchr(clean, '/');
		if (slash && !strcmp(slash, "/Makefile"))
			return makefile_take(in, entry, makefile, fault);
	}
	if (got != ARCHIVE_EOF)
		return fault_set(fault, -EPROTO, "%s", archive_error_string(in));
	return fault_set(fault, -EPROTO, "no kernel's source: there is no Makefile in it");
}

int source_archive_makefile(int fd, struct text *makefile, struct fault *fault)
{
	struct archive *in = archive_read_new();
	int err;

	if (!in)
		return fault_set(fault, -ENOMEM, "no memory");
	archive_read_support_filter_all(in);
	archive_read_support_format_tar(in);
	if (archive_read_open_fd(in, fd, READ_SIZE) != ARCHIVE_OK)
		err = fault_set(fault, -EPROTO, "%s", archive_error_string(in));
	else
		err = makefile_look(in, makefile, fault);
	archive_read_free(in);
	return err;
}
