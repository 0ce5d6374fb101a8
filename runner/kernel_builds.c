// SPDX-License-Identifier: GPL-2.0-only
/* kernel_builds: choosing among a suite's packages by the catalogue's globs and Debian's versions. */
#include "runner/kernel_builds.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/version.h"

const char *build_release(const char *package)
{
	for (const char *at = package; *at; at++)
		if (*at == '-' && isdigit((unsigned char)at[1]))
			return at + 1;
	return NULL;
}

/* "-cloud-amd64": what begins with a letter, but isn't a release candidate's number. */
static const char *build_flavour(const char *package)
{
	const char *at = build_release(package);

	for (; at && *at; at++)
		if (*at == '-' && isalpha((unsigned char)at[1]) &&
		    (strncmp(at, "-rc", 3) || !isdigit((unsigned char)at[3])))
			return at;
	return "";
}

void build_name(const struct apt_package *package, char *out, size_t room)
{
	snprintf(out, room, "debian-%s%s", package->version, build_flavour(package->name));
	for (char *at = out; *at; at++)
		if (*at == ':') /* an epoch */
			*at = '~';
}

/* What a glob says before its first wildcard: apt looks for names that begin so. */
static void glob_prefix(const char *glob, char out[128])
{
	snprintf(out, 128, "%.*s", (int)strspn(glob, "abcdefghijklmnopqrstuvwxyz0123456789-"),
		 glob);
}

size_t build_prefixes(const struct catalogue *catalogue, char prefixes[BUILD_PREFIXES][128])
{
	size_t count = 0;

	for (unsigned int i = 0; i < catalogue->image_count && count < BUILD_PREFIXES; i++)
		glob_prefix(catalogue->images[i], prefixes[count++]);
	for (unsigned int i = 0; i < catalogue->part_count && count < BUILD_PREFIXES; i++)
		glob_prefix(catalogue->parts[i], prefixes[count++]);
	return count;
}

static bool ends_with(const char *string, const char *end)
{
	size_t len = strlen(string), end_len = strlen(end);

	return len >= end_len && !strcmp(string + len - end_len, end);
}

/* Of any flavour: begins as one of the images does. linux-image-cloud-amd64 only leads to another. */
static bool image_like(const struct catalogue *catalogue, const char *name)
{
	char prefix[128];

	for (unsigned int i = 0; i < catalogue->image_count; i++) {
		glob_prefix(catalogue->images[i], prefix);
		if (!strncmp(name, prefix, strlen(prefix)))
			return build_release(name) && !ends_with(name, "-dbg");
	}
	return false;
}

/* linux-image-6.12-cloud-amd64 is empty too: it depends on an image, in its own version. */
static bool image_leads(const struct catalogue *catalogue, const struct apt_package *package)
{
	const char *at = package->depends, *end;
	char exact[96], name[128];
	bool leads = false;

	snprintf(exact, sizeof(exact), " (= %s)", package->version);
	for (; !leads && *at; at = *end ? end + 1 : end) {
		at += strspn(at, " ");
		end = at + strcspn(at, ",");
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, " (|:,"), at);
		leads = image_like(catalogue, name) &&
			!strncmp(at + strlen(name), exact, strlen(exact));
	}
	return leads;
}

/* The first glob that takes it, from 0; -1 for none. */
static int image_rank(const struct catalogue *catalogue, const struct apt_package *package)
{
	if (image_like(catalogue, package->name) && !image_leads(catalogue, package))
		for (unsigned int i = 0; i < catalogue->image_count; i++)
			if (glob_match(catalogue->images[i], package->name))
				return (int)i;
	return -1;
}

bool build_usual(const struct catalogue *catalogue, const struct apt_packages *packages,
		 const struct apt_package *package)
{
	int rank = image_rank(catalogue, package), other;

	for (size_t i = 0; rank > 0 && i < packages->count; i++) {
		if (strcmp(packages->items[i].version, package->version))
			continue;
		other = image_rank(catalogue, &packages->items[i]);
		if (other >= 0 && other < rank &&
		    !strcmp(build_release(packages->items[i].name), build_release(package->name)))
			return false;
	}
	return rank >= 0;
}

static bool build_meant(const struct catalogue *catalogue, const struct apt_packages *packages,
			const struct apt_package *package, const struct kernel_spec *spec)
{
	if (spec->wanted == WANTED_PACKAGE)
		return !strcmp(package->name, spec->name) && image_like(catalogue, package->name) &&
		       !image_leads(catalogue, package);
	return (spec->wanted == WANTED_NEWEST || version_begins(package->version, spec->name)) &&
	       build_usual(catalogue, packages, package);
}

const struct apt_package *build_choose(const struct catalogue *catalogue,
				       const struct apt_packages *packages,
				       const struct kernel_spec *spec)
{
	const struct apt_package *best = NULL;

	for (size_t i = 0; i < packages->count; i++) {
		const struct apt_package *package = &packages->items[i];

		if (build_meant(catalogue, packages, package, spec) &&
		    (!best || version_compare(package->version, best->version) > 0))
			best = package;
	}
	return best;
}

static bool part_wanted(const struct catalogue *catalogue, const char *name)
{
	for (unsigned int i = 0; i < catalogue->part_count; i++)
		if (glob_match(catalogue->parts[i], name))
			return true;
	return false;
}

size_t build_parts(const struct catalogue *catalogue, const struct apt_package *image,
		   const char *names[BUILD_PARTS], char **storage)
{
	size_t count = 0;
	char exact[96], *rest, *item;

	names[count++] = image->name;
	snprintf(exact, sizeof(exact), "(= %s)", image->version);
	*storage = rest = strdup(image->depends);
	while (rest && count < BUILD_PARTS && (item = strsep(&rest, ","))) {
		bool same = strstr(item, exact) != NULL;

		item += strspn(item, " ");
		item[strcspn(item, " (|:")] = '\0';
		if (same && part_wanted(catalogue, item))
			names[count++] = item;
	}
	return count;
}

uint64_t build_bytes(const struct catalogue *catalogue, const struct apt_packages *packages,
		     const struct apt_package *image)
{
	const char *names[BUILD_PARTS];
	char *storage = NULL;
	size_t count = build_parts(catalogue, image, names, &storage);
	uint64_t bytes = image->size;

	for (size_t i = 0; i < packages->count; i++)
		for (size_t j = 1; j < count; j++)
			if (!strcmp(packages->items[i].name, names[j]) &&
			    !strcmp(packages->items[i].version, image->version))
				bytes += packages->items[i].size;
	free(storage);
	return bytes;
}

static size_t common_length(const char *a, const char *b)
{
	size_t len = 0;

	while (a[len] && a[len] == b[len])
		len++;
	return len;
}

static void near_put(struct near *near, const char *text, const char *version, size_t score)
{
	size_t at = 0, last;

	for (size_t i = 0; i < near->count; i++)
		if (!strcmp(near->items[i].text, text))
			return;
	while (at < near->count && (near->items[at].score > score ||
				    (near->items[at].score == score &&
				     version_compare(near->items[at].version, version) >= 0)))
		at++;
	if (at == NEAR_MAX)
		return;
	last = near->count < NEAR_MAX ? near->count++ : NEAR_MAX - 1;
	memmove(&near->items[at + 1], &near->items[at], (last - at) * sizeof(near->items[0]));
	snprintf(near->items[at].text, sizeof(near->items[at].text), "%s", text);
	snprintf(near->items[at].version, sizeof(near->items[at].version), "%s", version);
	near->items[at].score = score;
}

void near_add(struct near *near, const struct catalogue *catalogue, const char *suite,
	      const struct apt_packages *packages, const struct kernel_spec *spec)
{
	char text[sizeof(near->items[0].text)];

	for (size_t i = 0; i < packages->count; i++) {
		const struct apt_package *package = &packages->items[i];
		const char *name = spec->wanted == WANTED_PACKAGE ? package->name
								  : package->version;

		if (!build_usual(catalogue, packages, package))
			continue;
		snprintf(text, sizeof(text), "%.63s/%s", suite, name);
		near_put(near, text, package->version, common_length(name, spec->name));
	}
}
