// SPDX-License-Identifier: GPL-2.0-only
/* tracepoint: SYSTEM:EVENT to what is in ROOT/events/SYSTEM/EVENT/id. */
#include "runner/tracepoint.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/text.h"

const char *const tracepoint_roots[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing", NULL };

bool tracepoint_is(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t system = strspn(name, letters), event;

	if (!system || name[system] != ':')
		return false;
	event = strspn(name + system + 1, letters);
	return event && !name[system + 1 + event] && strlen(name) < 128;
}

/* 0: a tracefs is there; its folder is, empty, without it. */
static int root_check(const char *root)
{
	char events[PATH_MAX];
	struct stat status;

	if (path_join(events, sizeof(events), root, "events"))
		return -ENAMETOOLONG;
	return stat(events, &status) ? -errno : 0;
}

static int id_read(const char *root, const char *name, uint64_t *id, struct fault *fault)
{
	const char *colon = strchr(name, ':');
	char path[PATH_MAX], line[32];
	int err, len;

	len = snprintf(path, sizeof(path), "%s/events/%.*s/%s/id", root, (int)(colon - name), name,
		       colon + 1);
	if (len >= PATH_MAX)
		return fault_set(fault, -ENAMETOOLONG, "%s: its path is too long", name);
	err = file_read_line(path, line, sizeof(line));
	if (err == -ENOENT)
		return fault_set(fault, err, "no such tracepoint in this kernel (%s)", path);
	if (err == -EACCES || err == -EPERM)
		return fault_set(fault, -EACCES, "%s may be read by root only", path);
	if (err)
		return fault_set(fault, err, "%s: %s", path, strerror(-err));
	if (number_parse(line, id))
		return fault_set(fault, -EPROTO, "%s is no number: %s", path, line);
	return 0;
}

int tracepoint_find(const char *const roots[], const char *name, uint64_t *id, struct fault *fault)
{
	bool closed = false;

	if (!tracepoint_is(name))
		return fault_set(fault, -ENOENT, "no tracepoint's name: %.80s", name);
	for (size_t i = 0; roots[i]; i++) {
		int err = root_check(roots[i]);

		if (!err)
			return id_read(roots[i], name, id, fault);
		closed = closed || err == -EACCES;
	}
	if (closed)
		return fault_set(fault, -EACCES, "%s may be read by root only", roots[0]);
	return fault_set(fault, -ENOENT,
			 "tracefs is not mounted (as root: mount -t tracefs tracefs %s)", roots[0]);
}
