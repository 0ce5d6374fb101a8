// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_output: the parser of what the QEMU plugin wrote (docs/protocol.md), as hostile as the
 * report: whoever wrote the file, it is valid, or refused with the line's number.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/report.h"

/* A piece of the file: nothing is copied, nothing is NUL-terminated. */
struct span {
	const char *at, *end;
};

/* The next field, up to a space; empty where there is none. Exactly one space stands between two. */
static struct span span_field(struct span *line)
{
	const char *space =
		line->at < line->end ? memchr(line->at, ' ', (size_t)(line->end - line->at)) : NULL;
	struct span field = { line->at, space ? space : line->end };

	/* A space at the very end leaves an empty field for the next call, which nothing takes. */
	line->at = space ? space + 1 : line->end;
	return field;
}

static size_t span_len(struct span span)
{
	return (size_t)(span.end - span.at);
}

static bool span_is(struct span span, const char *word)
{
	return span_len(span) == strlen(word) && !memcmp(span.at, word, span_len(span));
}

static int span_number(struct span span, uint64_t limit, uint64_t *number)
{
	uint64_t sum = 0;

	if (!span_len(span))
		return -EINVAL;
	for (; span.at < span.end; span.at++) {
		if (*span.at < '0' || *span.at > '9')
			return -EINVAL;
		if (__builtin_mul_overflow(sum, (uint64_t)10, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)(*span.at - '0'), &sum))
			return -ERANGE;
	}
	if (sum > limit)
		return -ERANGE;
	*number = sum;
	return 0;
}

/*
 * Looks from where the last was found: the plugin names them in the header's order, so that a line
 * costs one pass over the functions at most.
 */
static size_t function_find(const struct plugin_output *output, struct span name, size_t from)
{
	for (size_t i = 0; i < output->function_count; i++) {
		size_t at = (from + i) % output->function_count;

		if (span_is(name, output->functions[at]))
			return at;
	}
	return SIZE_MAX;
}

static int header_parse(struct span line, struct plugin_output *output, struct fault *fault)
{
	struct span field;

	field = span_field(&line);
	if (!span_is(field, "remapbench-plugin"))
		return fault_set(fault, -EPROTO, "not a plugin's output");
	field = span_field(&line);
	output->profiled = span_is(field, "2");
	if (!span_is(field, "1") && !output->profiled)
		return fault_set(fault, -EPROTO, "version %.*s, not 1 or 2",
				 (int)(span_len(field) > 20 ? 20 : span_len(field)), field.at);
	if (output->profiled) {
		output->rows = calloc(PLUGIN_ROWS, sizeof(*output->rows));
		if (!output->rows)
			return fault_set(fault, -ENOMEM, "no memory");
	}
	while (line.at < line.end) {
		field = span_field(&line);
		if (!span_len(field) || span_len(field) >= sizeof(output->functions[0]) ||
		    memchr(field.at, '=', span_len(field)))
			return fault_set(fault, -EPROTO, "function %zu has no possible name",
					 output->function_count + 1);
		if (output->function_count >= PLUGIN_FUNCTIONS)
			return fault_set(fault, -EPROTO, "more than %d functions",
					 PLUGIN_FUNCTIONS);
		if (function_find(output, field, 0) != SIZE_MAX)
			return fault_set(fault, -EPROTO, "function %zu was there before",
					 output->function_count + 1);
		memcpy(output->functions[output->function_count++], field.at, span_len(field));
	}
	return 0;
}

static int entries_parse(struct span line, const struct plugin_output *output,
			 struct plugin_region *region, struct fault *fault)
{
	bool seen[PLUGIN_FUNCTIONS] = { false };
	size_t at = 0;

	while (line.at < line.end) {
		struct span name = span_field(&line), count = name;
		const char *equals = memchr(name.at, '=', span_len(name));
		uint64_t entries;

		if (!equals)
			return fault_set(fault, -EPROTO, "a field without '='");
		name.end = equals;
		count.at = equals + 1;
		at = function_find(output, name, at);
		if (at == SIZE_MAX)
			return fault_set(fault, -EPROTO, "a function that is not in the header");
		if (seen[at] || span_number(count, UINT32_MAX, &entries))
			return fault_set(fault, -EPROTO, "%s: %s", output->functions[at],
					 seen[at] ? "twice" : "no 32-bit number");
		seen[at] = true;
		region->entries[at] = (uint32_t)entries;
	}
	return 0;
}

static int region_parse(struct span line, struct plugin_output *output, struct fault *fault)
{
	struct plugin_region region = { 0 }, *regions;
	size_t count = output->region_count;
	uint64_t index;
	int err;

	if (count >= PLUGIN_REGIONS)
		return fault_set(fault, -EPROTO, "more than %d regions", PLUGIN_REGIONS);
	if (span_number(span_field(&line), UINT64_MAX, &index) || index != count)
		return fault_set(fault, -EPROTO, "its index is not %zu", count);
	if (span_number(span_field(&line), UINT64_MAX, &region.instructions) ||
	    span_number(span_field(&line), UINT64_MAX, &region.excluded))
		return fault_set(fault, -EPROTO, "no 64-bit number of instructions");
	err = entries_parse(line, output, &region, fault);
	if (err)
		return err;
	/* Doubles: it is full at 0 and at each power of two from 64 on. */
	if (!count || (count >= 64 && !(count & (count - 1)))) {
		regions = reallocarray(output->regions, count ? 2 * count : 64, sizeof(*regions));
		if (!regions)
			return fault_set(fault, -ENOMEM, "no memory");
		output->regions = regions;
	}
	output->regions[output->region_count++] = region;
	return 0;
}

/* A profile's function, by the number that stands for it from here on. */
static int row_parse(struct span line, struct plugin_output *output, struct fault *fault)
{
	uint64_t row;
	struct span name;

	if (span_number(span_field(&line), PLUGIN_ROWS - 1, &row))
		return fault_set(fault, -EPROTO, "a function's number is below %d", PLUGIN_ROWS);
	name = span_field(&line);
	if (!span_len(name) || span_len(name) >= PLUGIN_ROW_NAME || line.at < line.end ||
	    memchr(name.at, '=', span_len(name)))
		return fault_set(fault, -EPROTO, "function %llu has no possible name",
				 (unsigned long long)row);
	if (output->rows[row])
		return fault_set(fault, -EPROTO, "function %llu was there before",
				 (unsigned long long)row);
	output->rows[row] = strndup(name.at, span_len(name));
	return output->rows[row] ? 0 : fault_set(fault, -ENOMEM, "no memory");
}

static int count_keep(struct plugin_output *output, uint64_t row, uint64_t instructions,
		      struct fault *fault)
{
	if (output->count_count == PLUGIN_COUNTS)
		return fault_set(fault, -EPROTO, "more than %d counts", PLUGIN_COUNTS);
	if (output->count_count == output->count_room) {
		size_t room = output->count_room ? 2 * output->count_room : 1024;
		struct plugin_count *counts =
			reallocarray(output->counts, room, sizeof(*output->counts));

		if (!counts)
			return fault_set(fault, -ENOMEM, "no memory");
		output->counts = counts;
		output->count_room = room;
	}
	output->counts[output->count_count++] =
		(struct plugin_count){ (uint32_t)row, instructions };
	return 0;
}

/* "ROW=COUNT". */
static int count_parse(struct span field, struct plugin_output *output, uint64_t *row,
		       uint64_t *instructions, struct fault *fault)
{
	const char *equals = memchr(field.at, '=', span_len(field));

	if (!equals)
		return fault_set(fault, -EPROTO, "a field without '='");
	if (span_number((struct span){ field.at, equals }, PLUGIN_ROWS - 1, row) ||
	    !output->rows[*row])
		return fault_set(fault, -EPROTO, "a function that was not named before");
	if (span_number((struct span){ equals + 1, field.end }, UINT64_MAX, instructions) ||
	    !*instructions)
		return fault_set(fault, -EPROTO, "function %llu: no 64-bit number above 0",
				 (unsigned long long)*row);
	return 0;
}

static int sum_refuse(const struct plugin_region *region, struct fault *fault)
{
	return fault_set(fault, -EPROTO,
			 "its functions don't add up to the %llu instructions of the region",
			 (unsigned long long)region->instructions);
}

/* The profile of the last region; its functions ascend, and add up to what the region has. */
static int profile_parse(struct span line, struct plugin_output *output, struct fault *fault)
{
	struct plugin_region *region;
	uint64_t index, row = 0, before = 0, instructions = 0, sum = 0;
	int err;

	if (span_number(span_field(&line), UINT64_MAX, &index) || !output->region_count ||
	    index != output->region_count - 1)
		return fault_set(fault, -EPROTO, "not the profile of the region before it");
	region = &output->regions[index];
	if (region->profile_count)
		return fault_set(fault, -EPROTO, "the region has a profile already");
	region->profile = output->count_count;
	while (line.at < line.end) {
		err = count_parse(span_field(&line), output, &row, &instructions, fault);
		if (err)
			return err;
		if (region->profile_count && row <= before)
			return fault_set(fault, -EPROTO, "function %llu is not in its place",
					 (unsigned long long)row);
		before = row;
		/* More than the region has: the rest can't bring it back. */
		if (__builtin_add_overflow(sum, instructions, &sum))
			return sum_refuse(region, fault);
		err = count_keep(output, row, instructions, fault);
		if (err)
			return err;
		region->profile_count++;
	}
	return sum == region->instructions ? 0 : sum_refuse(region, fault);
}

static int record_parse(struct span line, struct plugin_output *output, struct fault *fault)
{
	struct span word = span_field(&line);

	if (span_is(word, "region"))
		return region_parse(line, output, fault);
	if (output->profiled && span_is(word, "function"))
		return row_parse(line, output, fault);
	if (output->profiled && span_is(word, "profile"))
		return profile_parse(line, output, fault);
	return fault_set(fault, -EPROTO, "not a region");
}

static int line_parse(struct span line, uint64_t number, struct plugin_output *output,
		      struct fault *fault)
{
	int err;

	for (const char *at = line.at; at < line.end; at++)
		if (*at < ' ' || *at > '~')
			return fault_set(fault, -EPROTO, "byte 0x%02x at column %zu",
					 (unsigned char)*at, (size_t)(at - line.at) + 1);
	if (line.at < line.end && line.end[-1] == ' ')
		return fault_set(fault, -EPROTO, "a space at its end");
	err = number == 1 ? header_parse(line, output, fault) : record_parse(line, output, fault);
	return err;
}

int plugin_output_parse(const char *bytes, size_t count, struct plugin_output *output,
			struct fault *fault)
{
	const char *end = bytes + count, *newline;
	uint64_t number = 0;
	int err;

	*output = (struct plugin_output){ 0 };
	/* What has no newline was cut when QEMU ended. */
	while (bytes < end && (newline = memchr(bytes, '\n', (size_t)(end - bytes)))) {
		err = line_parse((struct span){ bytes, newline }, ++number, output, fault);
		if (err) {
			plugin_output_free(output);
			return fault_wrap(fault, err, "line %llu of the plugin's output",
					  (unsigned long long)number);
		}
		bytes = newline + 1;
	}
	if (!number)
		return fault_set(fault, -EPROTO, "the plugin's output is empty");
	return 0;
}

void plugin_output_free(struct plugin_output *output)
{
	for (size_t i = 0; output->rows && i < PLUGIN_ROWS; i++)
		free(output->rows[i]);
	free(output->rows);
	free(output->counts);
	free(output->regions);
	*output = (struct plugin_output){ 0 };
}
