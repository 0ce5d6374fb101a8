// SPDX-License-Identifier: GPL-2.0-only
/* groups_file: finds and reads configs/function-groups. */
#include "runner/groups_file.h"

#include <limits.h>
#include <string.h>

#include "base/files.h"
#include "runner/paths.h"

int groups_file_read(struct function_groups *groups, struct fault *fault)
{
	char path[PATH_MAX];
	struct text text = { 0 };
	int err = path_of_config("function-groups", path);

	*groups = (struct function_groups){ 0 };
	if (!err)
		err = file_read(path, 1 << 20, &text);
	if (err) {
		fault_set(fault, err, "function-groups: %s", strerror(-err));
	} else {
		err = function_groups_parse(text_get(&text), groups, fault);
		if (err)
			fault_wrap(fault, err, "%s", path);
	}
	text_free(&text);
	return err;
}
