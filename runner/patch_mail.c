// SPDX-License-Identifier: GPL-2.0-only
/* patch_mail: mails are split and decoded by git; which of them are patches, and their order, is said here. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "results/words.h"
#include "runner/git.h"
#include "runner/patch_list.h"
#include "runner/scratch.h"

enum { NOTE_MAX = 700 };

static const double mail_seconds = 120;

bool patch_subject_replies(const char *subject)
{
	static const char *const starts[] = { "re:", "aw:", "sv:", "antw:" };

	while (isspace((unsigned char)*subject))
		subject++;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (!strncasecmp(subject, starts[i], strlen(starts[i])))
			return true;
	return false;
}

static bool digit_at(const char *at)
{
	return *at >= '0' && *at <= '9';
}

/* "3/8" among the words between brackets. */
static void number_find(const char *at, const char *end, struct patch_number *number)
{
	for (; at < end; at++) {
		char *slash, *stop;
		unsigned long first, of;

		if (!digit_at(at) || (at[-1] != ' ' && at[-1] != '[' && at[-1] != ','))
			continue;
		first = strtoul(at, &slash, 10);
		if (*slash != '/' || !digit_at(slash + 1) || slash >= end)
			continue;
		of = strtoul(slash + 1, &stop, 10);
		if (stop <= end && (*stop == ']' || *stop == ' ' || *stop == ',') &&
		    of <= PATCHES_MAX && first <= of)
			*number = (struct patch_number){ (unsigned int)first, (unsigned int)of };
	}
}

const char *patch_subject_read(const char *subject, struct patch_number *number)
{
	const char *at = subject, *end;

	*number = (struct patch_number){ 0 };
	for (;;) {
		while (isspace((unsigned char)*at))
			at++;
		end = *at == '[' ? strchr(at, ']') : NULL;
		if (!end)
			return at;
		if (!number->of)
			number_find(at + 1, end, number);
		at = end + 1;
	}
}

/* "Name: …", as mails and git's own files begin with, or mbox's "From …". */
bool patch_mail_is(const char *bytes, size_t count)
{
	size_t at = 0, name;

	while (at < count && isspace((unsigned char)bytes[at]))
		at++;
	if (count - at > 5 && !memcmp(bytes + at, "From ", 5))
		return true;
	for (name = at;
	     name < count && (isalnum((unsigned char)bytes[name]) || bytes[name] == '-');)
		name++;
	/* What svn and cvs begin a file's part with is no mail's. */
	return name > at && name < count && bytes[name] == ':' &&
	       strncmp(bytes + at, "Index:", 6) != 0;
}

/* Lines of what git says to the user, as notes. */
static void notes_add(struct text *notes, const char *source, const char *said)
{
	char words[NOTE_MAX];

	for (const char *line = said; *line;) {
		size_t len = strcspn(line, "\n");

		snprintf(words, sizeof(words), "%s: %.*s", source,
			 (int)(len < NOTE_MAX ? len : NOTE_MAX), line);
		if (len) {
			text_add_plain(notes, words);
			text_add(notes, "\n");
		}
		line += len + (line[len] == '\n');
	}
}

static bool diff_begins(const char *line)
{
	return !strncmp(line, "diff ", 5) || !strncmp(line, "--- ", 4) ||
	       !strncmp(line, "Index: ", 7);
}

void patch_subject_find(const char *text, char *subject, size_t room)
{
	const char *line = text;

	subject[0] = '\0';
	while (line && strncmp(line, "Subject: ", 9) != 0 && !diff_begins(line)) {
		line = strchr(line, '\n');
		line += line != NULL;
	}
	if (!line || diff_begins(line))
		return;
	line += 9;
	snprintf(subject, room, "%.*s", (int)strcspn(line, "\n"), line);
}

struct mail {
	struct text patch; /* what follows the message */
	char subject[SUBJECT_MAX]; /* as it stands in the mail */
};

/* Decodes one mail. A character set that git doesn't know is left as it is. */
static int mail_decode(const char *folder, const struct text *raw, const char *source,
		       struct mail *mail, struct text *notes, struct fault *fault)
{
	static const char *const charsets[] = { "-u", "-n" };
	struct text info = { 0 }, said = { 0 };
	char path[PATH_MAX], words[400];
	int err = -ECHILD;

	for (size_t i = 0; err == -ECHILD && i < sizeof(charsets) / sizeof(charsets[0]); i++) {
		const char *const arguments[] = { "mailinfo", "-k",    charsets[i], "--no-scissors",
						  "message",  "patch", NULL };

		text_clear(&info);
		text_clear(&said);
		err = git_run(&(struct git_call){ .how = GIT_BARE,
						  .directory = folder,
						  .arguments = arguments,
						  .input = text_get(raw),
						  .input_count = raw->len,
						  .seconds = mail_seconds },
			      &info, &said, fault);
	}
	if (err == -ECHILD) {
		git_words(text_get(&said), words, sizeof(words));
		fault_set(fault, err = -EPROTO, "%s: git can't decode the mail: %s", source, words);
	}
	if (!err) {
		notes_add(notes, source, text_get(&said));
		patch_subject_find(text_get(&info), mail->subject, sizeof(mail->subject));
		err = path_join(path, sizeof(path), folder, "patch");
		if (!err)
			err = file_read(path, PATCH_FILE_MAX, &mail->patch);
		if (err)
			fault_set(fault, err, "%s: %s", source, strerror(-err));
	}
	text_free(&info);
	text_free(&said);
	return err;
}

/* In the folder: mails 00001, 00002…; returns how many, or what failed. */
static long mails_split(const char *folder, const char *name, const char *bytes, size_t count,
			struct fault *fault)
{
	const char *const arguments[] = { "mailsplit", "-b", "-d5", "-o.", NULL };
	struct text out = { 0 }, said = { 0 };
	char words[400];
	long mails;
	int err = git_run(&(struct git_call){ .how = GIT_BARE,
					      .directory = folder,
					      .arguments = arguments,
					      .input = bytes,
					      .input_count = count,
					      .seconds = mail_seconds },
			  &out, &said, fault);

	if (err == -ECHILD) {
		git_words(text_get(&said), words, sizeof(words));
		fault_set(fault, err = -EPROTO, "%s: git can't split it into mails: %s", name,
			  words);
	}
	mails = err ? err : strtol(text_get(&out), NULL, 10);
	if (mails > PATCHES_MAX)
		mails = fault_set(fault, -E2BIG, "%s: it holds %ld mails, more than %d", name,
				  mails, PATCHES_MAX);
	text_free(&out);
	text_free(&said);
	return mails;
}

/* What was passed over, and the numbers of what was taken. */
struct mails {
	size_t replies, covers;
	struct patch_number *numbers; /* of the patches from first on */
	size_t first;
};

static int mail_add(struct kernel_patches *patches, struct mails *mails, const char *source,
		    unsigned int level, const struct mail *mail, struct fault *fault)
{
	struct patch_number number, *numbers;
	const char *subject = patch_subject_read(mail->subject, &number);
	struct fault why = { 0 };
	int err;

	/* Their diffs are quoted, or a thought of somebody's: not of the series. */
	if (patch_subject_replies(mail->subject)) {
		mails->replies++;
		return 0;
	}
	numbers = reallocarray(mails->numbers, patches->count - mails->first + 1, sizeof(*numbers));
	if (!numbers)
		return fault_set(fault, -ENOMEM, "no memory");
	mails->numbers = numbers;
	numbers[patches->count - mails->first] = number;
	err = patch_list_add(patches, source, subject, level, text_get(&mail->patch),
			     mail->patch.len, &why);
	if (err == -ENODATA) {
		mails->covers++;
		return 0;
	}
	if (err)
		fault_set(fault, err, "%s (\"%.100s\"): %s", source, subject, why.text);
	return err;
}

/* All are numbered, of one series, none twice: then *order says which comes where. */
static bool numbers_order(const struct mails *mails, size_t count, size_t *order)
{
	unsigned int of;

	if (!count || !mails->numbers)
		return false;
	of = mails->numbers[0].of;
	memset(order, 0, ((size_t)of + 1) * sizeof(*order));
	for (size_t i = 0; i < count; i++) {
		const struct patch_number *number = &mails->numbers[i];

		if (!number->number || number->of != of || order[number->number])
			return false;
		order[number->number] = i + 1;
	}
	return true;
}

/* Brings the patches of these mails into the order of their numbers, and says what is missing. */
static int mails_sort(struct kernel_patches *patches, const struct mails *mails, const char *name,
		      struct fault *fault)
{
	size_t count = patches->count - mails->first, put = 0;
	size_t *order = calloc(PATCHES_MAX + 1, sizeof(*order));
	struct kernel_patch *sorted = calloc(count + 1, sizeof(*sorted));
	struct kernel_patch *items = patches->items + mails->first;
	bool moved = false;
	int err = 0;

	if (!order || !sorted) {
		err = fault_set(fault, -ENOMEM, "no memory");
		goto out;
	}
	if (!numbers_order(mails, count, order))
		goto out;
	for (unsigned int number = 1; number <= mails->numbers[0].of; number++) {
		if (!order[number]) {
			text_addf(&patches->notes, "%s: patch %u/%u is not in it\n", name, number,
				  mails->numbers[0].of);
			continue;
		}
		moved = moved || order[number] != put + 1;
		sorted[put++] = items[order[number] - 1];
	}
	memcpy(items, sorted, count * sizeof(*items));
	if (moved)
		text_addf(&patches->notes,
			  "%s: its mails are taken in the order of their numbers [PATCH n/%u]\n",
			  name, mails->numbers[0].of);
out:
	free(order);
	free(sorted);
	return err;
}

static int mail_load(struct kernel_patches *patches, struct mails *mails, const char *folder,
		     long which, const char *source, unsigned int level, struct fault *fault)
{
	struct text raw = { 0 };
	struct mail mail = { 0 };
	char path[PATH_MAX], name[24];
	int err;

	snprintf(name, sizeof(name), "%05ld", which);
	err = path_join(path, sizeof(path), folder, name);
	if (!err)
		err = file_read(path, PATCH_FILE_MAX, &raw);
	if (err)
		fault_set(fault, err, "%s: %s", source, strerror(-err));
	else
		err = mail_decode(folder, &raw, source, &mail, &patches->notes, fault);
	if (!err)
		err = mail_add(patches, mails, source, level, &mail, fault);
	text_free(&raw);
	text_free(&mail.patch);
	return err;
}

int patch_mail_load(struct kernel_patches *patches, const char *name, unsigned int level,
		    const char *bytes, size_t count, size_t *added, struct fault *fault)
{
	struct mails mails = { .first = patches->count };
	struct scratch scratch;
	char source[400];
	long found;
	int err = scratch_open(&scratch, fault);

	*added = 0;
	if (err)
		return err;
	found = mails_split(scratch.path, name, bytes, count, fault);
	err = found < 0 ? (int)found : 0;
	for (long which = 1; !err && which <= found; which++) {
		if (found > 1)
			snprintf(source, sizeof(source), "%.300s: mail %ld", name, which);
		else
			snprintf(source, sizeof(source), "%.300s", name);
		err = mail_load(patches, &mails, scratch.path, which, source, level, fault);
	}
	if (!err)
		err = mails_sort(patches, &mails, name, fault);
	if (!err && mails.replies && patches->count == mails.first)
		err = fault_set(
			fault, -EPROTO,
			"%s: no patch in it: a reply (\"Re: ...\") is none, whatever it holds",
			name);
	else if (!err && mails.replies)
		text_addf(&patches->notes, "%s: %zu %s passed over\n", name, mails.replies,
			  mails.replies == 1 ? "reply is" : "replies are");
	*added = patches->count - mails.first;
	free(mails.numbers);
	scratch_close(&scratch);
	return err;
}
