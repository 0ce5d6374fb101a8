/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * patch_list: the parts of which kernel_patches_load is made: a growing list, and what fills it from
 * mails and from quilt's series files.
 */
#ifndef RUNNER_PATCH_LIST_H
#define RUNNER_PATCH_LIST_H

#include "runner/kernel_patches.h"

enum { PATCHES_MAX = 2000, PATCH_FILE_MAX = 64 << 20, PATCH_LEVELS = 16, SUBJECT_MAX = 300 };

/* "[PATCH v2 3/8]": 0 where there is no such number. */
struct patch_number {
	unsigned int number, of;
};
/* Of a subject as it stands in a mail; returns where what it says of itself begins, behind the brackets. */
const char *patch_subject_read(const char *subject, struct patch_number *number);
/*
 * The words of the first line "Subject: …" before any diff, as they stand there; "" without one. What begins with
 * another line (a license's, a description's) is no mail, and has one all the same.
 */
void patch_subject_find(const char *text, char *subject, size_t room);
/* Whether it answers another mail ("Re: …"). */
bool patch_subject_replies(const char *subject);

/* Adds a patch of this text, whatever stands around its diff. -ENODATA: no diff in it. Copies all. */
int patch_list_add(struct kernel_patches *patches, const char *source, const char *subject,
		   unsigned int level, const char *bytes, size_t count, struct fault *fault);

/* Whether the text is a mail, or several, not a bare diff. */
bool patch_mail_is(const char *bytes, size_t count);
/* All patches of the mails, in the order in which they are to be applied. *added: how many. */
int patch_mail_load(struct kernel_patches *patches, const char *name, unsigned int level,
		    const char *bytes, size_t count, size_t *added, struct fault *fault);

/* A line of quilt's series file. */
struct quilt_line {
	char name[256]; /* of the patch's file; "" where the line names none */
	unsigned int level;
};
/* Of one line, without its newline. -EPROTO: says why it is not taken. */
int quilt_line_parse(const char *line, size_t len, struct quilt_line *out, struct fault *fault);

#endif
