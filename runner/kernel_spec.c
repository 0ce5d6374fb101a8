// SPDX-License-Identifier: GPL-2.0-only
/* kernel_spec: parsing what `kernel fetch` is asked for, and the order of suites to look in. */
#include "runner/kernel_spec.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "runner/kernel_builds.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define NAME_CHARACTERS LOWER "ABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS ".+~:_-"

/* Suites become folders and lines of apt's settings. */
static bool suite_valid(const char *suite, size_t len)
{
	return len && len < sizeof(((struct kernel_spec *)0)->suite) &&
	       islower((unsigned char)*suite) && strspn(suite, LOWER DIGITS "-") >= len;
}

static bool name_wanted(const char *name, enum kernel_wanted *wanted)
{
	if (strlen(name) >= sizeof(((struct kernel_spec *)0)->name) ||
	    name[strspn(name, NAME_CHARACTERS)])
		return false;
	if (!strcmp(name, "newest"))
		*wanted = WANTED_NEWEST;
	else if (isdigit((unsigned char)*name))
		*wanted = WANTED_VERSION;
	else if (!strncmp(name, "linux-", 6))
		*wanted = WANTED_PACKAGE;
	else
		return false;
	return true;
}

int kernel_spec_parse(const char *string, struct kernel_spec *spec, struct fault *fault)
{
	const char *slash = strchr(string, '/');
	const char *name = slash ? slash + 1 : string;

	*spec = (struct kernel_spec){ 0 };
	if ((slash && !suite_valid(string, (size_t)(slash - string))) ||
	    !name_wanted(name, &spec->wanted))
		return fault_set(fault, -EINVAL,
				 "\"%.64s\" can't be looked for: a version (6.12, 6.12.107-1), a "
				 "package (linux-image-...) and \"newest\" can, each also in one "
				 "suite (sid/7.2)",
				 string);
	if (slash)
		snprintf(spec->suite, sizeof(spec->suite), "%.*s", (int)(slash - string), string);
	snprintf(spec->name, sizeof(spec->name), "%s", name);
	return 0;
}

static size_t suite_add(const char *suite, const char *suites[SUITES_MAX], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(suites[i], suite))
			return count;
	if (count < SUITES_MAX)
		suites[count++] = suite;
	return count;
}

static size_t series_suites(const struct catalogue_series *series, const char *suites[SUITES_MAX],
			    size_t count)
{
	for (unsigned int i = 0; i < series->suite_count; i++)
		count = suite_add(series->suites[i], suites, count);
	return count;
}

size_t catalogue_suites(const struct catalogue *catalogue, const char *suites[SUITES_MAX],
			size_t count)
{
	for (unsigned int i = 0; i < catalogue->series_count; i++)
		count = series_suites(&catalogue->series[i], suites, count);
	return count;
}

bool kernel_spec_whole(const struct kernel_spec *spec)
{
	return spec->wanted == WANTED_PACKAGE ||
	       (spec->wanted == WANTED_VERSION && strchr(spec->name, '-'));
}

size_t kernel_spec_suites(const struct kernel_spec *spec, const struct catalogue *catalogue,
			  const char *suites[SUITES_MAX])
{
	const struct catalogue_series *series;
	const char *version = spec->name;
	size_t count;

	if (spec->suite[0])
		return suite_add(spec->suite, suites, 0);
	if (spec->wanted == WANTED_NEWEST)
		version = "*"; /* begins no series but that one */
	else if (spec->wanted == WANTED_PACKAGE)
		version = build_release(spec->name);
	series = version ? catalogue_find(catalogue, version) : NULL;
	count = series ? series_suites(series, suites, 0) : 0;
	if (kernel_spec_whole(spec))
		count = catalogue_suites(catalogue, suites, count);
	return count;
}
