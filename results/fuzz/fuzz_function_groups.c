// SPDX-License-Identifier: GPL-2.0-only
/* Fuzz target: any bytes as the groups of functions. What is taken must find a group for any name. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "results/function_groups.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct function_groups groups;
	struct fault fault = { 0 };
	char *text = malloc(count + 1);
	int err;

	if (!text)
		return 0;
	memcpy(text, bytes, count);
	text[count] = '\0';
	err = function_groups_parse(text, &groups, &fault);
	if (!err != !fault.text[0])
		abort();
	if (!err && (!groups.group_count || groups.group_count > FUNCTION_GROUPS ||
		     function_group_of(&groups, text) >= groups.group_count))
		abort();
	function_groups_free(&groups);
	free(text);
	return 0;
}
