/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apt: reading one of Debian's suites and downloading from it without touching the system's own
 * lists: a state of its own below CACHE/apt/SUITE, the system's mirror, and Debian's archive keys.
 * What arrives is verified by apt: the suite by its signature, the packages by the suite's hashes.
 */
#ifndef RUNNER_APT_H
#define RUNNER_APT_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct apt_package {
	char name[128], version[72];
	uint64_t size; /* of the download, in bytes */
	char sha256[65]; /* of the download, by the suite's index; "" without one */
	char *depends; /* the field as it stands; "" without one */
};
struct apt_packages {
	struct apt_package *items;
	size_t count;
};

struct apt_suite {
	char name[72]; /* "bookworm" */
	char settings[PATH_MAX]; /* apt's configuration file for it */
};

/*
 * Makes the state and brings it up to date. -ENOENT: the system has no mirror for such a suite
 * (security suites have a mirror of their own). Where an update fails and an earlier one is there, that
 * is kept, with the failure in fault beside the result 0.
 */
int apt_open(struct apt_suite *apt, const char *suite, struct fault *fault);
/* All packages whose name begins with one of the prefixes (letters, digits and dashes). */
int apt_search(const struct apt_suite *apt, const char prefixes[][128], size_t count,
	       struct apt_packages *packages, struct fault *fault);
void apt_packages_free(struct apt_packages *packages);
/* Downloads the version of the packages into folder, all or (with an error) perhaps some. */
int apt_download(const struct apt_suite *apt, const char *const names[], size_t count,
		 const char *version, const char *folder, struct fault *fault);
/* Unpacks the packages that lie in folder, one over the other, in folder/root. */
int apt_unpack(const char *folder, struct fault *fault);

/* The parsers, by themselves. */

/* apt-cache's stanzas; one that lacks a name or a version, or has an impossible one, is passed over. */
int apt_packages_parse(const char *bytes, struct apt_packages *packages);
/* Lines "URI|RELEASE|ORIGIN|LABEL" of apt-get indextargets: the mirror for the suite, or -ENOENT. */
int apt_mirror_parse(const char *lines, const char *suite, char *uri, size_t room);

#endif
