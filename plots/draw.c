// SPDX-License-Identifier: GPL-2.0-only
/* draw: writes data and scripts, and has one gnuplot draw them all. */
#include "plots/draw.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "plots/gnuplot.h"

static const double SECONDS = 120; /* 200 figures take one or two */

static int sidecar_write(const char *directory, const char *stem, const char *ending,
			 const struct text *content, struct fault *fault)
{
	char name[300], path[PATH_MAX];
	int err;

	if (content->failed)
		return fault_set(fault, -ENOMEM, "out of memory");
	snprintf(name, sizeof(name), "%s.%s", stem, ending);
	err = path_join(path, sizeof(path), directory, name);
	if (!err)
		err = file_write(path, text_get(content), content->len);
	return err ? fault_set(fault, err, "%s: %s", name, strerror(-err)) : 0;
}

/* Writes the data and the script, and adds the script to all. */
static int job_write(const char *directory, const struct draw_job *job, struct text *all,
		     struct fault *fault)
{
	struct figure_output outputs[DRAW_OUTPUTS];
	struct text csv = { 0 }, script = { 0 };
	int err;

	for (size_t i = 0; i < job->output_count; i++)
		outputs[i] = (struct figure_output){ job->files[i], job->format, job->dark[i] };
	figure_csv(job->figure, &csv);
	figure_script(job->figure, outputs, job->output_count, &script);
	err = sidecar_write(directory, job->stem, "csv", &csv, fault);
	if (!err)
		err = sidecar_write(directory, job->stem, "gp", &script, fault);
	text_add_bytes(all, text_get(&script), script.len);
	text_free(&csv);
	text_free(&script);
	return err;
}

/* gnuplot can fail to write without saying so by its status. */
static int outputs_check(const char *directory, const struct draw_job *job, struct fault *fault)
{
	for (size_t i = 0; i < job->output_count; i++) {
		char path[PATH_MAX];
		struct stat is;
		int err = path_join(path, sizeof(path), directory, job->files[i]);

		if (err || stat(path, &is) || !is.st_size)
			return fault_set(fault, -EIO, "gnuplot made no %s", job->files[i]);
	}
	return 0;
}

int draw_figures(const char *directory, const struct draw_job *jobs, size_t count,
		 struct fault *fault)
{
	struct text all = { 0 };
	int err = 0;

	for (size_t i = 0; !err && i < count; i++)
		err = job_write(directory, &jobs[i], &all, fault);
	if (!err && count)
		err = gnuplot_run(directory, &all, SECONDS, fault);
	for (size_t i = 0; !err && i < count; i++)
		err = outputs_check(directory, &jobs[i], fault);
	text_free(&all);
	return err;
}
