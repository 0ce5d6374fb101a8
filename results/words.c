// SPDX-License-Identifier: GPL-2.0-only
/* words: text and numbers as they are shown to people, and made safe to show. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "results/words.h"

/*
 * Bytes of the well-formed UTF-8 character at the beginning, 0 where there is none (The Unicode
 * Standard, table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF).
 */
static size_t character_length(const unsigned char *at)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length;

	if (at[0] < 0x80)
		return 1;
	if (at[0] < 0xc2 || at[0] > 0xf4)
		return 0;
	length = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (at[0] == 0xe0)
		low = 0xa0;
	else if (at[0] == 0xed)
		high = 0x9f;
	else if (at[0] == 0xf0)
		low = 0x90;
	else if (at[0] == 0xf4)
		high = 0x8f;
	if (at[1] < low || at[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (at[i] < 0x80 || at[i] > 0xbf)
			return 0;
	return length;
}

void text_add_plain(struct text *text, const char *string)
{
	const unsigned char *at = (const unsigned char *)string;

	while (*at) {
		size_t length = character_length(at);
		bool control = *at < ' ' || *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0);

		if (!length || control)
			text_add(text, "?");
		else
			text_add_bytes(text, at, length);
		at += length ? length : 1;
	}
}

size_t text_columns(const char *string)
{
	size_t columns = 0;

	for (; *string; string++)
		columns += ((unsigned char)*string & 0xc0) != 0x80;
	return columns;
}

char *number_words(double number, char out[NUMBER_WORDS])
{
	double size = fabs(number);
	char digits[32];

	if (!isfinite(number)) {
		snprintf(out, NUMBER_WORDS, "-");
		return out;
	}
	/* Half of a count is worth a digit only while the count is small. */
	bool tenths = size < 10000 && size != floor(size);

	size = tenths ? round(size * 10) / 10 : round(size);
	if (size >= 0x1p64) {
		snprintf(out, NUMBER_WORDS, "%.3e", number);
		return out;
	}
	count_format((uint64_t)size, digits, sizeof(digits));
	snprintf(out, NUMBER_WORDS, "%s%s", number < 0 && size > 0 ? "-" : "", digits);
	if (tenths)
		snprintf(out + strlen(out), NUMBER_WORDS - strlen(out), ".%d",
			 (int)round((size - floor(size)) * 10));
	return out;
}

char *difference_words(double number, char out[NUMBER_WORDS])
{
	char size[NUMBER_WORDS];

	if (!isfinite(number) || number == 0)
		return number_words(number, out);
	snprintf(out, NUMBER_WORDS, "%c%.38s", number < 0 ? '-' : '+',
		 number_words(fabs(number), size));
	return out;
}

char *ratio_words(double ratio, char out[NUMBER_WORDS])
{
	if (!isfinite(ratio))
		snprintf(out, NUMBER_WORDS, "-");
	else if (ratio >= 11)
		snprintf(out, NUMBER_WORDS, "x%.3g", ratio);
	else
		snprintf(out, NUMBER_WORDS, ratio == 1 ? "%.2f%%" : "%+.2f%%", (ratio - 1) * 100);
	return out;
}

char *spread_words(double median, double low, double high, char out[NUMBER_WORDS])
{
	double part = (high - low) / median * 100;

	if (high == low)
		part = 0;
	if (!isfinite(part))
		snprintf(out, NUMBER_WORDS, "-");
	else
		snprintf(out, NUMBER_WORDS, part >= 99.95 ? "%.0f%%" : "%.1f%%", part);
	return out;
}
