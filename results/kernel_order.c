// SPDX-License-Identifier: GPL-2.0-only
/* kernel_order: versions compared, and what a build's names say of who made it. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "results/kernel_order.h"

/* A pre-release mark, "-rc1" or "~", comes before the end of the string. */
static bool is_before_end(const char *s)
{
	return *s == '~' || strncmp(s, "-rc", 3) == 0;
}

int release_compare(const char *a, const char *b)
{
	while (*a || *b) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			size_t m, n;
			int order;

			a += strspn(a, "0");
			b += strspn(b, "0");
			m = strspn(a, "0123456789");
			n = strspn(b, "0123456789");
			if (m != n)
				return m < n ? -1 : 1;
			order = memcmp(a, b, m);
			if (order)
				return order < 0 ? -1 : 1;
			a += m;
			b += n;
			continue;
		}
		if (is_before_end(a) != is_before_end(b))
			return is_before_end(a) ? -1 : 1;
		if (*a != *b)
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		a++;
		b++;
	}
	return 0;
}

const char *kernel_order_version(const struct run_info *run)
{
	return isdigit((unsigned char)run->kernel_version[0]) ? run->kernel_version
							      : run->kernel_release;
}

int kernel_order(const struct run_info *a, const struct run_info *b)
{
	int order = release_compare(kernel_order_version(a), kernel_order_version(b));

	if (!order)
		order = strcmp(a->kernel_name, b->kernel_name);
	if (!order)
		order = strcmp(a->kernel_sha256, b->kernel_sha256);
	return order ? order : (a->id > b->id) - (a->id < b->id);
}

/* The number behind a mark, "13" of "…~bpo13+1"; its length, 0 where the mark is not there. */
static int number_behind(const char *words, const char *mark, const char **number)
{
	const char *at = strstr(words, mark);

	if (!at)
		return 0;
	*number = at + strlen(mark);
	return (int)strspn(*number, "0123456789");
}

/* Backports and updates of a suite are built in it, and say so; else the suite that it came from does. */
static void suite_of(const struct run_info *run, char *out, size_t room)
{
	static const struct {
		const char *suite, *family;
	} suites[] = { { "bookworm", "12" },
		       { "trixie", "13" },
		       { "sid", "sid" },
		       { "experimental", "sid" } };
	const char *version = kernel_order_version(run), *number = "";
	int length = number_behind(version, "~bpo", &number);

	if (!length)
		length = number_behind(version, "~deb", &number);
	if (length) {
		snprintf(out, room, "debian-%.*s", length, number);
		return;
	}
	snprintf(out, room, "other");
	if (strncmp(run->kernel_origin, "debian ", 7) != 0)
		return;
	for (size_t i = 0; i < sizeof(suites) / sizeof(*suites); i++)
		if (strncmp(run->kernel_origin + 7, suites[i].suite, strlen(suites[i].suite)) ==
		    0) {
			snprintf(out, room, "debian-%s", suites[i].family);
			return;
		}
	length = number_behind(run->kernel_release, "+deb", &number);
	if (length)
		snprintf(out, room, "debian-%.*s", length, number);
}

/* The release from its first dash on that no digit follows: "cloud-amd64" of "6.1.0-56-cloud-amd64". */
static const char *flavour_of(const char *release)
{
	for (const char *dash = strchr(release, '-'); dash; dash = strchr(dash + 1, '-'))
		if (isalpha((unsigned char)dash[1]) && strncmp(dash, "-rc", 3) != 0)
			return dash + 1;
	return "";
}

void kernel_family(const struct run_info *run, char out[KERNEL_FAMILY])
{
	char suite[32];
	const char *flavour = flavour_of(run->kernel_release);

	suite_of(run, suite, sizeof(suite));
	/* The names of own builds are as many as builds: they are one family. */
	if (strcmp(suite, "other") == 0 || !flavour[0])
		snprintf(out, KERNEL_FAMILY, "%s", suite);
	else
		snprintf(out, KERNEL_FAMILY, "%s %.30s", suite, flavour);
}

char *kernel_short(const struct run_info *run, char *out, size_t room)
{
	const char *version = kernel_order_version(run);
	size_t length = strlen(version);
	static const char *const endings[] = { "~bpo", "~deb", "~exp" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const char *ending = strstr(version, endings[i]);

		if (ending && (size_t)(ending - version) < length)
			length = (size_t)(ending - version);
	}
	/* The package's first revision says nothing. */
	if (version == run->kernel_version && length > 2 &&
	    strncmp(version + length - 2, "-1", 2) == 0)
		length -= 2;
	snprintf(out, room, "%.*s", (int)length, version);
	return out;
}

char *kernel_minor(const struct run_info *run, char *out, size_t room)
{
	const char *version = kernel_order_version(run);
	size_t major = strspn(version, "0123456789"), minor;

	out[0] = '\0';
	if (!major || version[major] != '.')
		return out;
	minor = strspn(version + major + 1, "0123456789");
	if (minor)
		snprintf(out, room, "%.*s", (int)(major + 1 + minor), version);
	return out;
}

bool kernel_has_trait(const struct run_info *run, const char *trait)
{
	size_t length = strlen(trait);

	for (const char *at = run->kernel_traits; *at;) {
		size_t word = strcspn(at, ",");

		if (word == length && strncmp(at, trait, length) == 0)
			return true;
		at += word;
		at += strspn(at, ", ");
	}
	return false;
}
