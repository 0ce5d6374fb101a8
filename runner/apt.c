// SPDX-License-Identifier: GPL-2.0-only
/* apt: a private apt state for one suite, and the parsers of what apt says. */
#include "runner/apt.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "runner/paths.h"

enum { OUTPUT_SIZE = 32 << 20, PACKAGES_MAX = 10000, PACKAGE_PARTS = 8 };

static const double update_seconds = 300, search_seconds = 60, download_seconds = 1200,
		    unpack_seconds = 300;

static bool ends_with(const char *string, const char *end)
{
	size_t len = strlen(string), end_len = strlen(end);

	return len >= end_len && !strcmp(string + len - end_len, end);
}

/* One line, cut at '|' in place into four: false where it isn't so. */
static bool target_split(char *line, char *fields[4])
{
	for (int i = 0; i < 4; i++) {
		fields[i] = line ? strsep(&line, "|") : NULL;
		if (!fields[i])
			return false;
	}
	return true;
}

/* execvp(3) takes its words as if it wrote to them; it doesn't. */
static int tool_run(const char *const argv[], double seconds, struct text *said,
		    struct fault *fault)
{
	return process_capture((char *const *)argv, seconds, OUTPUT_SIZE, said, fault);
}

/* Only what stands safely in a line of apt's settings. */
static bool uri_valid(const char *uri)
{
	for (const char *at = uri; *at; at++)
		if (*at <= ' ' || *at > '~')
			return false;
	return strchr(uri, ':') != NULL;
}

int apt_mirror_parse(const char *lines, const char *suite, char *uri, size_t room)
{
	bool security = ends_with(suite, "-security");
	char *copy = strdup(lines), *rest = copy, *line, *fields[4];
	int err = copy ? -ENOENT : -ENOMEM;

	while (err == -ENOENT && (line = strsep(&rest, "\n"))) {
		if (!target_split(line, fields) || strcmp(fields[2], "Debian") ||
		    !uri_valid(fields[0]) || strlen(fields[0]) >= room)
			continue;
		/* Backports share Debian's mirror, as all of its suites but the security ones do. */
		if (security != ends_with(fields[1], "-security"))
			continue;
		snprintf(uri, room, "%s", fields[0]);
		err = 0;
	}
	free(copy);
	return err;
}

static int mirror_find(const char *suite, char *uri, size_t room, struct fault *fault)
{
	const char *argv[] = { "apt-get",
			       "indextargets",
			       "--format",
			       "$(REPO_URI)|$(RELEASE)|$(ORIGIN)|$(LABEL)",
			       "Created-By: Packages",
			       NULL };
	struct text lines = { 0 };
	int err = tool_run(argv, search_seconds, &lines, fault);

	if (!err) {
		err = apt_mirror_parse(text_get(&lines), suite, uri, room);
		if (err)
			fault_set(fault, err, "this system's apt has no %s",
				  ends_with(suite, "-security")
					  ? "security suite configured"
					  : "mirror of Debian configured (or was never updated)");
	}
	text_free(&lines);
	return err;
}

/* Debian's own keys, wherever this release has them: sources may then not be signed by any other. */
static const char *keyring_find(void)
{
	static const char *const keyrings[] = { "/usr/share/keyrings/debian-archive-keyring.gpg",
						"/usr/share/keyrings/debian-archive-keyring.pgp" };

	for (size_t i = 0; i < sizeof(keyrings) / sizeof(keyrings[0]); i++)
		if (!access(keyrings[i], R_OK))
			return keyrings[i];
	return NULL;
}

/*
 * Settings that are read after the system's: its hooks and pins are not for us, its proxies and
 * credentials are. Root needn't give up its rights for folders that only root may enter.
 */
static int settings_write(const struct apt_suite *apt, const char *folder, const char *sources)
{
	struct text settings = { 0 };
	int err;

	text_addf(
		&settings,
		"#clear APT::Update::Pre-Invoke;\n#clear APT::Update::Post-Invoke;\n"
		"#clear APT::Update::Post-Invoke-Success;\n#clear DPkg;\n#clear Acquire::Languages;\n"
		"Dir::Etc::sourcelist \"%s\";\nDir::Etc::sourceparts \"/dev/null\";\n"
		"Dir::Etc::preferences \"/dev/null\";\nDir::Etc::preferencesparts \"/dev/null\";\n"
		"Dir::State \"%s/state\";\nDir::State::lists \"%s/lists\";\n"
		"Dir::State::status \"%s/status\";\nDir::Cache \"%s/cache\";\n",
		sources, folder, folder, folder, folder);
	text_add(&settings, "APT::Architecture \"amd64\";\nAPT::Default-Release \"\";\n"
			    "APT::Sandbox::User \"root\";\nAPT::Update::Error-Mode \"any\";\n"
			    "APT::Get::AllowUnauthenticated \"false\";\n"
			    "Acquire::AllowInsecureRepositories \"false\";\n"
			    "Acquire::AllowWeakRepositories \"false\";\n"
			    "Acquire::AllowDowngradeToInsecureRepositories \"false\";\n"
			    "Acquire::Languages { \"none\"; };\nAcquire::Retries \"2\";\n");
	err = settings.failed ? -ENOMEM : file_write(apt->settings, settings.data, settings.len);
	text_free(&settings);
	return err;
}

static int sources_write(const char *path, const char *uri, const char *suite, const char *keyring)
{
	struct text sources = { 0 };
	int err;

	text_addf(&sources,
		  "Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nArchitectures: amd64\n"
		  "Targets: Packages\nPDiffs: no\nSigned-By: %s\n",
		  uri, suite, keyring);
	err = sources.failed ? -ENOMEM : file_write(path, sources.data, sources.len);
	text_free(&sources);
	return err;
}

static int state_make(struct apt_suite *apt, const char *folder, const char *uri,
		      const char *keyring)
{
	static const char *const parts[] = { "state", "lists/partial", "cache/archives/partial" };
	char path[PATH_MAX];
	int err = 0;

	/* The folder's name stands between quotes in apt's settings. */
	for (const char *at = folder; *at; at++)
		if (*at == '"' || *at == '\\' || (unsigned char)*at < ' ')
			return -EINVAL;
	for (size_t i = 0; !err && i < sizeof(parts) / sizeof(parts[0]); i++) {
		err = path_join(path, sizeof(path), folder, parts[i]);
		if (!err)
			err = directory_make(path, 0755);
	}
	if (!err)
		err = path_join(path, sizeof(path), folder, "status");
	if (!err)
		err = file_write(path, "", 0);
	if (!err)
		err = path_join(apt->settings, sizeof(apt->settings), folder, "apt.conf");
	if (!err)
		err = path_join(path, sizeof(path), folder, "suite.sources");
	if (!err)
		err = sources_write(path, uri, apt->name, keyring);
	return err ? err : settings_write(apt, folder, path);
}

/* Whether an update has succeeded here before. */
static bool lists_there(const char *folder)
{
	glob_t found = { 0 };
	bool there = !path_glob(folder, "lists/*_Packages*", &found);

	globfree(&found);
	return there;
}

int apt_open(struct apt_suite *apt, const char *suite, struct fault *fault)
{
	/* apt-cache builds the index that it needs: not twice. */
	const char *argv[] = { "apt-get",     "-q", "-c",
			       apt->settings, "-o", "pkgCacheFile::Generate=false",
			       "update",      NULL };
	char uri[1024], below[128], folder[PATH_MAX];
	const char *keyring = keyring_find();
	struct text said = { 0 };
	int err;

	*apt = (struct apt_suite){ 0 };
	snprintf(apt->name, sizeof(apt->name), "%s", suite);
	if (!keyring)
		return fault_set(fault, -ENOENT,
				 "the package debian-archive-keyring is not installed");
	err = mirror_find(suite, uri, sizeof(uri), fault);
	if (err)
		return err;
	snprintf(below, sizeof(below), "apt/%.71s", suite);
	err = path_of_cache(below, folder);
	if (!err)
		err = state_make(apt, folder, uri, keyring);
	if (err)
		return fault_set(fault, err, "apt's private state: %s", strerror(-err));
	err = tool_run(argv, update_seconds, &said, fault);
	text_free(&said);
	if (err && lists_there(folder))
		return 0;
	if (err) /* perhaps no suite at all, but a slip of the pen */
		directory_remove(folder);
	return err;
}

/* The value of a field in a stanza, which ends at end; its length in *len. NULL without one. */
static const char *field_find(const char *stanza, const char *end, const char *name, size_t *len)
{
	size_t name_len = strlen(name);

	for (const char *line = stanza; line && line < end;
	     line = memchr(line, '\n', (size_t)(end - line))) {
		line += *line == '\n';
		if ((size_t)(end - line) > name_len && !memcmp(line, name, name_len) &&
		    line[name_len] == ':') {
			const char *value = line + name_len + 1;
			const char *stop = memchr(value, '\n', (size_t)(end - value));

			while (value < end && *value == ' ')
				value++;
			*len = (size_t)((stop ? stop : end) - value);
			return value;
		}
	}
	return NULL;
}

/* Names and versions go on command lines: of the characters that Debian's Policy allows, no others. */
static bool field_word(const char *stanza, const char *end, const char *name, char *out,
		       size_t room)
{
	size_t len;
	const char *value = field_find(stanza, end, name, &len);

	if (!value || !len || len >= room || *value == '-')
		return false;
	memcpy(out, value, len);
	out[len] = '\0';
	return !out[strspn(out, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"0123456789.+~:-")];
}

static int package_add(struct apt_packages *packages, const char *stanza, const char *end)
{
	struct apt_package package = { 0 }, *items;
	char size[24];
	const char *depends;
	size_t len = 0;

	if (!field_word(stanza, end, "Package", package.name, sizeof(package.name)) ||
	    !field_word(stanza, end, "Version", package.version, sizeof(package.version)))
		return 0;
	if (field_word(stanza, end, "Size", size, sizeof(size)) &&
	    number_parse(size, &package.size))
		package.size = 0;
	/* It becomes a folder's name. */
	if (!field_word(stanza, end, "SHA256", package.sha256, sizeof(package.sha256)) ||
	    strspn(package.sha256, "0123456789abcdef") != sizeof(package.sha256) - 1)
		package.sha256[0] = '\0';
	if (packages->count >= PACKAGES_MAX)
		return -E2BIG;
	depends = field_find(stanza, end, "Depends", &len);
	package.depends = strndup(depends ? depends : "", depends ? len : 0);
	items = package.depends ? reallocarray(packages->items, packages->count + 1, sizeof(*items))
				: NULL;
	if (!items) {
		free(package.depends);
		return -ENOMEM;
	}
	items[packages->count++] = package;
	packages->items = items;
	return 0;
}

int apt_packages_parse(const char *bytes, struct apt_packages *packages)
{
	int err = 0;

	*packages = (struct apt_packages){ 0 };
	while (!err && *bytes) {
		const char *end = strstr(bytes, "\n\n");

		end = end ? end : bytes + strlen(bytes);
		err = package_add(packages, bytes, end);
		bytes = end + strspn(end, "\n");
	}
	if (err)
		apt_packages_free(packages);
	return err;
}

void apt_packages_free(struct apt_packages *packages)
{
	for (size_t i = 0; i < packages->count; i++)
		free(packages->items[i].depends);
	free(packages->items);
	*packages = (struct apt_packages){ 0 };
}

int apt_search(const struct apt_suite *apt, const char prefixes[][128], size_t count,
	       struct apt_packages *packages, struct fault *fault)
{
	struct text pattern = { 0 }, said = { 0 };
	int err = -ENOMEM;

	*packages = (struct apt_packages){ 0 };
	for (size_t i = 0; i < count; i++)
		text_addf(&pattern, "%s%s", i ? "|" : "^(", prefixes[i]);
	text_add(&pattern, ")");
	if (!pattern.failed) {
		const char *argv[] = { "apt-cache", "-c",	    apt->settings,	"search",
				       "--full",    "--names-only", text_get(&pattern), NULL };

		err = tool_run(argv, search_seconds, &said, fault);
	}
	if (!err) {
		err = apt_packages_parse(text_get(&said), packages);
		if (err)
			fault_set(fault, err, "%s: %s", apt->name, strerror(-err));
	}
	text_free(&pattern);
	text_free(&said);
	return err;
}

int apt_download(const struct apt_suite *apt, const char *const names[], size_t count,
		 const char *version, const char *folder, struct fault *fault)
{
	char wanted[PACKAGE_PARTS][256];
	const char *argv[PACKAGE_PARTS + 9] = { "env", "-C", folder,	    "apt-get",
						"-q",  "-c", apt->settings, "download" };
	struct text said = { 0 };
	int err;

	if (count > PACKAGE_PARTS)
		return fault_set(fault, -E2BIG, "%zu packages for one kernel", count);
	for (size_t i = 0; i < count; i++) {
		snprintf(wanted[i], sizeof(wanted[i]), "%.127s=%.71s", names[i], version);
		argv[8 + i] = wanted[i];
	}
	err = tool_run(argv, download_seconds, &said, fault);
	text_free(&said);
	return err;
}

int apt_unpack(const char *folder, struct fault *fault)
{
	char root[PATH_MAX];
	struct text said = { 0 };
	glob_t found = { 0 };
	int err = path_join(root, sizeof(root), folder, "root");

	if (!err)
		err = directory_make(root, 0755);
	if (!err)
		err = path_glob(folder, "*.deb", &found);
	if (err)
		fault_set(fault, err, "%s: %s", folder, strerror(-err));
	for (size_t i = 0; !err && i < found.gl_pathc; i++) {
		const char *argv[] = { "dpkg-deb", "-x", found.gl_pathv[i], root, NULL };

		err = tool_run(argv, unpack_seconds, &said, fault);
	}
	globfree(&found);
	text_free(&said);
	return err;
}
