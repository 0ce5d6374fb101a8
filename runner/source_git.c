// SPDX-License-Identifier: GPL-2.0-only
/* source_git: a commit of a git tree: what it is, and its files by way of `git archive`. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "base/text.h"
#include "runner/git.h"
#include "runner/source_parts.h"

enum { END_TRIES = 2000, END_PAUSE_US = 5000 };

static const char git_folder[] = "--prefix=linux/";
static const char tree_start[] = "tree:";
static const double git_seconds = 120;

/* git's words for what users meet, in words that say what to do. */
static int git_refused(const struct kernel_source *source, const char *said, struct fault *fault)
{
	char words[400];

	if (strstr(said, "dubious ownership") || strstr(said, "unsafe repository"))
		return fault_set(
			fault, -EACCES,
			"%s: it is another user's, and git doesn't read it: where you trust it, "
			"git config --global --add safe.directory '%s'",
			source->path, source->path);
	if (strstr(said, "not a git repository"))
		return fault_set(fault, -EINVAL,
				 "%s: neither the top folder of a git tree nor a bare repository",
				 source->path);
	git_words(said, words, sizeof(words));
	return fault_set(fault, -EIO, "%s: git: %s", source->path, words);
}

/* One line that git answers with. missing: what to say where git has no answer. */
static int git_ask(const struct kernel_source *source, const char *const arguments[], char *out,
		   size_t room, const char *missing, struct fault *fault)
{
	struct text answer = { 0 }, said = { 0 };
	int err = git_run(&(struct git_call){ .how = GIT_READ,
					      .directory = source->path,
					      .arguments = arguments,
					      .seconds = git_seconds },
			  &answer, &said, fault);

	if (err == -ECHILD && missing && !strstr(text_get(&said), "ownership"))
		err = fault_set(fault, -ENOENT, "%s: %s: %s", source->path, missing, source->ref);
	else if (err == -ECHILD)
		err = git_refused(source, text_get(&said), fault);
	snprintf(out, room, "%.*s", (int)strcspn(text_get(&answer), "\n"), text_get(&answer));
	if (!err && !*out)
		err = fault_set(fault, -EIO, "%s: git gives no answer", source->path);
	text_free(&answer);
	text_free(&said);
	return err;
}

int source_git_identify(struct kernel_source *source, struct fault *fault)
{
	char ref[sizeof(source->ref) + 16], real[PATH_MAX], tree[80], tree_of[96];
	const char *const where[] = { "rev-parse", "--absolute-git-dir", NULL };
	const char *const commit[] = { "rev-parse", "-q", "--verify", ref, NULL };
	const char *const content[] = { "rev-parse", "-q", "--verify", tree_of, NULL };
	struct text words = { 0 };
	const char *name;
	int err;

	if (!realpath(source->path, real))
		return fault_set(fault, -errno, "%s: %s", source->path, strerror(errno));
	snprintf(source->path, sizeof(source->path), "%s", real);
	snprintf(ref, sizeof(ref), "%s^{commit}", source->ref);
	err = git_ask(source, where, source->git, sizeof(source->git), NULL, fault);
	if (!err)
		err = git_ask(source, commit, source->commit, sizeof(source->commit),
			      "there is no such commit", fault);
	snprintf(tree_of, sizeof(tree_of), "%.71s^{tree}", source->commit);
	if (!err)
		err = git_ask(source, content, tree, sizeof(tree), "the commit has no tree", fault);
	if (err)
		return err;
	name = strrchr(real, '/') + 1;
	snprintf(source->identity, sizeof(source->identity), "%s%s", tree_start, tree);
	text_addf(&words, "git %.100s %.150s (%.12s)", *name ? name : "/", source->ref,
		  source->commit);
	source_origin_set(source, &words);
	return 0;
}

int source_git_makefile(const struct kernel_source *source, struct text *makefile,
			struct fault *fault)
{
	char object[96];
	const char *const arguments[] = { "cat-file", "blob", object, NULL };
	struct text said = { 0 };
	int err;

	snprintf(object, sizeof(object), "%.71s:Makefile", source->commit);
	err = git_run(&(struct git_call){ .how = GIT_READ,
					  .directory = source->path,
					  .arguments = arguments,
					  .seconds = git_seconds,
					  .limit = SOURCE_MAKEFILE_MAX },
		      makefile, &said, fault);
	if (err == -ECHILD)
		err = fault_set(fault, -EPROTO, "no kernel's source: there is no Makefile in it");
	text_free(&said);
	return err;
}

/* How many files the commit has: 0 where git doesn't say. */
static double git_count(const struct kernel_source *source)
{
	const char *const arguments[] = {
		"ls-tree", "-r", "--name-only", "-z", source->commit, NULL
	};
	struct text names = { 0 }, said = { 0 };
	struct fault ignored = { 0 };
	double count = 0;

	if (!git_run(&(struct git_call){ .how = GIT_READ,
					 .directory = source->path,
					 .arguments = arguments,
					 .seconds = git_seconds },
		     &names, &said, &ignored))
		for (size_t i = 0; i < names.len; i++)
			count += !names.data[i];
	text_free(&names);
	text_free(&said);
	return count;
}

/* Takes over the process. wait: its output has ended, and so will it. */
static int git_end(const struct kernel_source *source, pid_t pid, int said, bool wait,
		   struct fault *fault)
{
	char words[4096] = "";
	int status = 0;
	ssize_t got;

	for (int tries = 0; wait && tries < END_TRIES; tries++) {
		siginfo_t info = { 0 };

		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid)
			break;
		usleep(END_PAUSE_US);
	}
	process_kill(pid, &status);
	got = pread(said, words, sizeof(words) - 1, 0);
	words[got > 0 ? got : 0] = '\0';
	close(said);
	if (WIFEXITED(status) && WEXITSTATUS(status))
		return git_refused(source, words, fault);
	if (wait && !WIFEXITED(status))
		return fault_set(fault, -EIO, "%s: git archive: %s", source->path,
				 process_describe(status, words, sizeof(words)));
	return 0;
}

/* The tree's own bytes: no line ends changed, and (it isn't named as a commit) no keywords filled in. */
int source_git_extract(const struct kernel_source *source, struct source_archive *archive,
		       struct fault *fault)
{
	const char *const arguments[] = { "-c",	      "core.autocrlf=false",
					  "-c",	      "core.eol=lf",
					  "-c",	      "core.attributesFile=/dev/null",
					  "-c",	      "tar.umask=0022",
					  "archive",  "--format=tar",
					  git_folder, source->identity + strlen(tree_start),
					  NULL };
	struct fault why = { 0 };
	int err, said, failed;
	pid_t pid;

	archive->total = archive->progress ? git_count(source) : 0;
	archive->by_entries = true;
	err = git_start(&(struct git_call){ .how = GIT_READ,
					    .directory = source->path,
					    .arguments = arguments },
			&pid, &archive->fd, &said, fault);
	if (err)
		return err;
	err = source_archive_extract(archive, fault);
	close(archive->fd);
	failed = git_end(source, pid, said, !err, &why);
	/* git's own words say more than what its cut output looks like. */
	return failed ? fault_set(fault, failed, "%s", why.text) : err;
}
