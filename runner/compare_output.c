// SPDX-License-Identifier: GPL-2.0-only
/* compare_output: a judgement in any format. */
#include "runner/compare_output.h"

#include <errno.h>
#include <string.h>

#include "plots/page_compare.h"
#include "results/json.h"

enum compare_format compare_format_find(const char *name)
{
	static const char *const names[COMPARE_FORMATS] = {
		[FORMAT_TEXT] = "text", [FORMAT_MARKDOWN] = "markdown",
		[FORMAT_HTML] = "html", [FORMAT_JSON] = "json",
		[FORMAT_LKP] = "lkp",	[FORMAT_BENCHSTAT] = "benchstat",
	};
	size_t i = 0;

	while (i < COMPARE_FORMATS && strcmp(names[i], name) != 0)
		i++;
	return (enum compare_format)i;
}

static int page_write(const struct judgement *judgement, const struct judge_view *view, FILE *out)
{
	struct text page = { 0 };
	int err;

	page_compare(judgement, view, &page);
	err = page.failed ? -ENOMEM : 0;
	fputs(text_get(&page), out);
	text_free(&page);
	return err;
}

int comparison_write(enum compare_format format, const struct judgement *judgement,
		     const struct judge_view *view, FILE *out)
{
	switch (format) {
	case FORMAT_MARKDOWN:
		return judge_write_markdown(judgement, view, out);
	case FORMAT_JSON:
		return json_write(judgement_json(judgement, view->command), out);
	case FORMAT_LKP:
		return judge_write_lkp(judgement, view, out);
	case FORMAT_BENCHSTAT:
		return judge_write_benchstat(judgement, view, out);
	case FORMAT_HTML:
		return page_write(judgement, view, out);
	case FORMAT_TEXT:
	case COMPARE_FORMATS:
		break;
	}
	return judge_write_text(judgement, view, out);
}
