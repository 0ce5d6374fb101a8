/* SPDX-License-Identifier: GPL-2.0-only */
/* utf8: decoding and cleaning what others named. */
#include "plots/utf8.h"

static bool continues(const unsigned char *bytes, size_t count)
{
	for (size_t i = 1; i <= count; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return false; /* a NUL stops here too: never read past the end */
	return true;
}

size_t utf8_next(const char *string, uint32_t *code)
{
	const unsigned char *b = (const unsigned char *)string;

	*code = UTF8_REPLACEMENT;
	if (b[0] < 0x80) {
		*code = b[0];
		return 1;
	}
	if (b[0] >= 0xc2 && b[0] <= 0xdf && continues(b, 1)) {
		*code = (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
		return 2;
	}
	if ((b[0] & 0xf0) == 0xe0 && continues(b, 2)) {
		uint32_t c = (b[0] & 0x0fu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);

		if (c >= 0x800 && (c < 0xd800 || c > 0xdfff)) {
			*code = c;
			return 3;
		}
	}
	if (b[0] >= 0xf0 && b[0] <= 0xf4 && continues(b, 3)) {
		uint32_t c = (b[0] & 0x07u) << 18 | (b[1] & 0x3fu) << 12 | (b[2] & 0x3fu) << 6 |
			     (b[3] & 0x3fu);

		if (c >= 0x10000 && c <= 0x10ffff) {
			*code = c;
			return 4;
		}
	}
	return 1;
}

bool utf8_shown(uint32_t code)
{
	if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		return false;
	if ((code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
	    (code >= 0x2060 && code <= 0x206f) || code == 0xfeff)
		return false;
	return (code & 0xfffe) != 0xfffe && !(code >= 0xfdd0 && code <= 0xfdef);
}

void utf8_add(struct text *text, uint32_t code)
{
	char bytes[4];
	size_t count = 1;

	if (code < 0x80) {
		bytes[0] = (char)code;
	} else if (code < 0x800) {
		bytes[0] = (char)(0xc0 | code >> 6);
		bytes[1] = (char)(0x80 | (code & 0x3f));
		count = 2;
	} else if (code < 0x10000) {
		bytes[0] = (char)(0xe0 | code >> 12);
		bytes[1] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (code & 0x3f));
		count = 3;
	} else {
		bytes[0] = (char)(0xf0 | code >> 18);
		bytes[1] = (char)(0x80 | (code >> 12 & 0x3f));
		bytes[2] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[3] = (char)(0x80 | (code & 0x3f));
		count = 4;
	}
	text_add_bytes(text, bytes, count);
}

void utf8_add_clean(struct text *text, const char *string, size_t limit)
{
	size_t shown = 0;

	while (*string) {
		uint32_t code;

		string += utf8_next(string, &code);
		if (code == '\n' || code == '\t')
			code = ' ';
		if (!utf8_shown(code))
			continue;
		if (shown++ == limit) {
			text_add(text, "…");
			return;
		}
		utf8_add(text, code);
	}
}

size_t utf8_length(const char *string)
{
	size_t length = 0;
	uint32_t code;

	for (; *string; length++)
		string += utf8_next(string, &code);
	return length;
}
