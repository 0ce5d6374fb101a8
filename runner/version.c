// SPDX-License-Identifier: GPL-2.0-only
/* version: Debian's order of versions, on kernel releases too. */
#include "runner/version.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a character that is no digit weighs; a part's end and a digit weigh nothing. */
static int weight(const char *at)
{
	if (*at == '~' || !strncmp(at, "-rc", 3))
		return -1;
	if (!*at || is_digit(*at))
		return 0;
	return is_letter(*at) ? (unsigned char)*at : (unsigned char)*at + 256;
}

/* Past the character; "-rc" is one with the '~' of "~rc". */
static const char *step(const char *at)
{
	return *at && !is_digit(*at) ? at + 1 : at;
}

static int number_compare(const char **a, const char **b)
{
	int first = 0;

	while (**a == '0')
		(*a)++;
	while (**b == '0')
		(*b)++;
	for (; is_digit(**a) && is_digit(**b); (*a)++, (*b)++)
		if (!first)
			first = **a - **b;
	if (is_digit(**a))
		return 1;
	return is_digit(**b) ? -1 : first;
}

int version_compare(const char *a, const char *b)
{
	int difference = 0;

	while (!difference && (*a || *b)) {
		while (!difference && ((*a && !is_digit(*a)) || (*b && !is_digit(*b)))) {
			difference = weight(a) - weight(b);
			a = step(a);
			b = step(b);
		}
		if (!difference)
			difference = number_compare(&a, &b);
	}
	return difference;
}

bool version_begins(const char *version, const char *spec)
{
	size_t len = strlen(spec);
	char next;

	if (!len || strncmp(version, spec, len))
		return false;
	next = version[len];
	return !is_digit(next) && !is_letter(next);
}
