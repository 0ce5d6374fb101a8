// SPDX-License-Identifier: GPL-2.0-only
/* html: escaping, the frame of a page, table cells, links and file names. */
#include "plots/html.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "plots/figure.h"
#include "plots/utf8.h"

enum { TEXT_LIMIT = 65536, SLUG_PLAIN = 200, SLUG_KEPT = 120 };

void html_text(struct text *page, const char *words)
{
	for (size_t shown = 0; *words; shown++) {
		uint32_t code;

		words += utf8_next(words, &code);
		if (shown == TEXT_LIMIT) {
			text_add(page, "…");
			return;
		}
		if (code == '&')
			text_add(page, "&amp;");
		else if (code == '<')
			text_add(page, "&lt;");
		else if (code == '>')
			text_add(page, "&gt;");
		else if (code == '"')
			text_add(page, "&quot;");
		else if (code == '\'')
			text_add(page, "&#39;");
		else if (code == '\n' || code == '\t' || utf8_shown(code))
			utf8_add(page, code);
	}
}

void html_begin(struct text *page, const char *title, const char *up)
{
	/*
	 * No script, no server, nothing from elsewhere: the browser is told to hold the page to it.
	 */
	text_add(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		       "<meta name=\"color-scheme\" content=\"light dark\">\n"
		       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		       "img-src 'self' file:; style-src 'self' file:\">\n<title>");
	html_text(page, title);
	text_addf(page,
		  "</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n</head>\n<body>\n",
		  up);
}

void html_begin_alone(struct text *page, const char *title)
{
	/* Styles in the page itself; no script, nothing from elsewhere, as above. */
	text_add(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		       "<meta name=\"color-scheme\" content=\"light dark\">\n"
		       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		       "style-src 'unsafe-inline'\">\n<title>");
	html_text(page, title);
	text_addf(page, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", html_style);
}

void html_end(struct text *page)
{
	text_add(page, "</body>\n</html>\n");
}

void html_box(struct text *page, const char *words)
{
	text_add(page, "<pre><code>");
	html_text(page, words);
	text_add(page, "</code></pre>\n");
}

static void tag_open(struct text *page, const char *tag, const char *class)
{
	if (class[0])
		text_addf(page, "<%s class=\"%s\">", tag, class);
	else
		text_addf(page, "<%s>", tag);
}

void html_td(struct text *page, const char *class, const char *words)
{
	tag_open(page, "td", class);
	html_text(page, words);
	text_add(page, "</td>");
}

void html_th(struct text *page, const char *class, const char *words)
{
	tag_open(page, "th", class);
	html_text(page, words);
	text_add(page, "</th>");
}

void html_td_number(struct text *page, double value)
{
	tag_open(page, "td", "num");
	if (isfinite(value))
		number_add(page, value);
	else
		text_add(page, "–");
	text_add(page, "</td>");
}

void html_td_count(struct text *page, int64_t count)
{
	text_addf(page, "<td class=\"num\">%" PRId64 "</td>", count);
}

void html_td_state(struct text *page, const char *status)
{
	bool good = strcmp(status, "ok") == 0 || strcmp(status, "complete") == 0;
	bool none = strcmp(status, "unsupported") == 0 || strcmp(status, "running") == 0;

	html_td(page, good ? "ok" : none ? "none" : "bad", status);
}

static void slug_add(struct text *slug, unsigned char byte)
{
	if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	    (byte >= '0' && byte <= '9') || byte == '-')
		text_addf(slug, "%c", byte);
	else if (byte == '/')
		text_add(slug, "_");
	else if (byte == '=')
		text_add(slug, ".");
	else
		text_addf(slug, "~%02X", byte);
}

void html_slug(const char *key, char out[HTML_SLUG])
{
	struct text slug = { 0 };
	char sha256[SHA256_HEX];

	for (const char *c = key; *c && slug.len <= SLUG_PLAIN; c++)
		slug_add(&slug, (unsigned char)*c);
	if (slug.len > SLUG_PLAIN || slug.failed) {
		if (bytes_sha256(key, strlen(key), sha256))
			sha256[0] = '\0';
		snprintf(out, HTML_SLUG, "%.*s~~%s", (int)SLUG_KEPT, text_get(&slug), sha256);
	} else {
		snprintf(out, HTML_SLUG, "%s", slug.len ? text_get(&slug) : "~");
	}
	text_free(&slug);
}

void html_cell_link(struct text *page, const char *up, const char *cell)
{
	char slug[HTML_SLUG];

	html_slug(cell, slug);
	text_addf(page, "<a href=\"%scells/%s.html\">", up, slug);
	for (const char *part = cell, *next; *part; part = next) { /* may break after each '/' */
		char piece[256];

		next = part + strcspn(part, "/");
		next += *next == '/';
		if ((size_t)(next - part) >= sizeof(piece))
			next = part + sizeof(piece) - 1;
		snprintf(piece, sizeof(piece), "%.*s", (int)(next - part), part);
		html_text(page, piece);
		if (*next)
			text_add(page, "<wbr>");
	}
	text_add(page, "</a>");
}

void html_run_link(struct text *page, const char *up, int64_t run)
{
	text_addf(page, "<a href=\"%sruns/%" PRId64 ".html\">%" PRId64 "</a>", up, run, run);
}

void shell_quote(struct text *text, const char *words)
{
	text_add(text, "'");
	for (; *words; words++)
		text_add_bytes(text, *words == '\'' ? "'\\''" : words, *words == '\'' ? 4 : 1);
	text_add(text, "'");
}

void duration_add(struct text *text, double nanoseconds)
{
	static const char *const units[] = { "ns", "µs", "ms", "s" };
	size_t unit = 0;

	for (; nanoseconds >= 999.5 && unit < 3; unit++)
		nanoseconds /= 1000;
	text_addf(text, "%.3g %s", nanoseconds, units[unit]);
}
