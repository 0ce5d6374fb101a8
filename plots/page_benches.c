// SPDX-License-Identifier: GPL-2.0-only
/* page_benches: cells by bench: what a page of hundreds of cells is divided into, and its links. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plots/page.h"

/* A page with more cells than this shows its benches folded. */
enum { OPEN_CELLS = 100 };

bool bench_has(const struct bench_group *bench, const char *cell)
{
	return strncmp(cell, bench->name, bench->length) == 0 &&
	       (!cell[bench->length] || cell[bench->length] == '/');
}

int benches_gather(const char *const *cells, size_t count, struct bench_list *benches)
{
	size_t at = 0;

	*benches = (struct bench_list){ .cells = count };
	for (size_t i = 0; i < count; i++) {
		struct bench_group *grown;

		/* Neighbours are mostly of one bench. */
		if (at < benches->count && bench_has(&benches->items[at], cells[i])) {
			benches->items[at].cells++;
			continue;
		}
		for (at = 0; at < benches->count; at++)
			if (bench_has(&benches->items[at], cells[i]))
				break;
		if (at == benches->count) {
			grown = realloc(benches->items, (benches->count + 1) * sizeof(*grown));
			if (!grown)
				return -ENOMEM;
			benches->items = grown;
			grown[benches->count++] =
				(struct bench_group){ .name = cells[i],
						      .length = strcspn(cells[i], "/") };
		}
		benches->items[at].cells++;
	}
	return 0;
}

void benches_free(struct bench_list *benches)
{
	free(benches->items);
	*benches = (struct bench_list){ 0 };
}

static void name_add(const struct bench_group *bench, struct text *page)
{
	struct text name = { 0 };

	text_add_bytes(&name, bench->name, bench->length);
	html_text(page, text_get(&name));
	if (name.failed)
		page->failed = true;
	text_free(&name);
}

static void anchor_add(const struct bench_group *bench, const char *prefix, struct text *page)
{
	struct text name = { 0 };
	char slug[HTML_SLUG];

	text_add_bytes(&name, bench->name, bench->length);
	html_slug(text_get(&name), slug);
	text_addf(page, "%s-%s", prefix, slug);
	text_free(&name);
}

void benches_links(const struct bench_list *benches, const char *prefix, struct text *page)
{
	if (benches->count < 2)
		return;
	text_add(page, "<nav>");
	for (size_t i = 0; i < benches->count; i++) {
		text_add(page, i ? " <a href=\"#" : "<a href=\"#");
		anchor_add(&benches->items[i], prefix, page);
		text_add(page, "\">");
		name_add(&benches->items[i], page);
		text_addf(page, "&nbsp;%zu</a>", benches->items[i].cells);
	}
	text_add(page, "</nav>\n");
}

void bench_begin(const struct bench_list *benches, const struct bench_group *bench,
		 const char *prefix, const char *words, struct text *page)
{
	text_add(page, "<details class=\"bench\" id=\"");
	anchor_add(bench, prefix, page);
	text_addf(page, "\"%s><summary><h3>", benches->cells <= OPEN_CELLS ? " open" : "");
	name_add(bench, page);
	text_addf(page, "</h3> %zu cell%s%s</summary>\n", bench->cells,
		  bench->cells == 1 ? "" : "s", words);
}

void bench_end(struct text *page)
{
	text_add(page, "</details>\n");
}
