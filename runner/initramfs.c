// SPDX-License-Identifier: GPL-2.0-only
/* initramfs: packs the agent and its plan with libarchive, without dates, owners or other chance. */
#include "runner/initramfs.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"

enum { AGENT_LIMIT = 64 << 20 };

static int member_write(struct archive *archive, const char *name, unsigned int mode,
			const struct text *content)
{
	struct archive_entry *entry = archive_entry_new();
	int err = 0;

	if (!entry)
		return -ENOMEM;
	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, (mode_t)mode);
	archive_entry_set_size(entry, (la_int64_t)content->len);
	archive_entry_set_mtime(entry, 0, 0);
	archive_entry_set_nlink(entry, 1);
	if (archive_write_header(archive, entry) != ARCHIVE_OK ||
	    archive_write_data(archive, text_get(content), content->len) !=
		    (la_ssize_t)content->len)
		err = -EIO;
	archive_entry_free(entry);
	return err;
}

int initramfs_write(const char *path, const char *agent, const struct text *plan,
		    struct fault *fault)
{
	struct archive *archive = archive_write_new();
	struct text program = { 0 };
	int err = archive ? file_read(agent, AGENT_LIMIT, &program) : -ENOMEM;

	if (err) {
		fault_set(fault, err, "the agent %s: %s", agent, strerror(-err));
		goto out;
	}
	if (archive_write_set_format_cpio_newc(archive) != ARCHIVE_OK ||
	    archive_write_open_filename(archive, path) != ARCHIVE_OK ||
	    member_write(archive, "init", 0755, &program) ||
	    member_write(archive, "plan", 0444, plan) || archive_write_close(archive) != ARCHIVE_OK)
		err = fault_set(fault, -EIO, "%s: %s", path,
				archive_error_string(archive) ? archive_error_string(archive)
							      : "could not be written");
out:
	text_free(&program);
	if (archive)
		archive_write_free(archive);
	return err;
}
