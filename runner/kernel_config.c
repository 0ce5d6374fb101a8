// SPDX-License-Identifier: GPL-2.0-only
/* kernel_config: reads fragments and whole configs, and compares what came out with what was asked. */
#include "runner/kernel_config.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/kernels.h"
#include "runner/paths.h"
#include "runner/version.h"

enum { CONFIG_SIZE = 4 << 20, BASES = 4, NAME_LEN = 63 };

#define SUFFIX ".config"
#define WHOLE "olddefconfig"
#define DISTRO "distro"
#define DISTRO_NAME "debian-"
#define DEFAULT_NAME "lab-small"

/*
 * What every build of ours needs: a version that only we choose, no keys and seeds made by chance (the
 * same inputs must give the same image), no files of a distribution's, no debug information to link.
 */
static const char overrides[] = "CONFIG_LOCALVERSION=\"\"\n"
				"# CONFIG_LOCALVERSION_AUTO is not set\n"
				"CONFIG_BUILD_SALT=\"\"\n"
				"# CONFIG_MODULE_SIG is not set\n"
				"# CONFIG_SECURITY_LOCKDOWN_LSM is not set\n"
				"CONFIG_SYSTEM_TRUSTED_KEYS=\"\"\n"
				"CONFIG_SYSTEM_REVOCATION_KEYS=\"\"\n"
				"# CONFIG_GCC_PLUGINS is not set\n"
				"CONFIG_RANDSTRUCT_NONE=y\n"
				"CONFIG_DEBUG_INFO_NONE=y\n"
				"# CONFIG_DEBUG_INFO_BTF is not set\n"
				"# CONFIG_WERROR is not set\n";

static const char *const targets[] = { "allnoconfig", "tinyconfig", "defconfig", "x86_64_defconfig",
				       WHOLE };

/* The value of "# KEY: VALUE" among the first lines that are comments; false without one. */
static bool header_value(const char *text, const char *key, char *out, size_t room)
{
	size_t len = strlen(key);

	while (*text == '#' || *text == '\n') {
		const char *end = text + strcspn(text, "\n");

		if (!strncmp(text, "# ", 2) && !strncmp(text + 2, key, len) &&
		    text[2 + len] == ':') {
			const char *value = text + 2 + len + 1;

			value += strspn(value, " \t");
			snprintf(out, room, "%.*s", (int)(end - value), value);
			for (size_t at = strlen(out); at && out[at - 1] <= ' '; at--)
				out[at - 1] = '\0';
			return true;
		}
		text = *end ? end + 1 : end;
	}
	return false;
}

static int file_text(const char *path, struct text *text, struct fault *fault)
{
	struct stat status;
	int err = stat(path, &status) ? -errno : S_ISREG(status.st_mode) ? 0 : -EINVAL;

	if (!err)
		err = file_read(path, CONFIG_SIZE, text);
	if (!err && text->len != strlen(text_get(text)))
		err = -EPROTO;
	if (err)
		return fault_set(fault, err, "the config %s: %s", path,
				 err == -EINVAL	  ? "not a regular file"
				 : err == -EPROTO ? "not a text"
						  : strerror(-err));
	text_add(text, "\n");
	return 0;
}

static bool target_known(const char *name)
{
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		if (!strcmp(targets[i], name))
			return true;
	return false;
}

/* What kernel_config_load is asked besides the file. */
struct config_ask {
	const char *version, *of;
};

/* Where a base that is a file stands: beside the file that names it. */
static int base_beside(char path[PATH_MAX], const char *base)
{
	char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;

	if (strchr(base, '/') || base[0] == '.' || len + strlen(base) >= PATH_MAX)
		return -EINVAL;
	memcpy(path + len, base, strlen(base) + 1);
	return 0;
}

/* A kernel of the cache whose config is known: by its name, or Debian's newest of the version's series. */
static int distro_find(const struct config_ask *ask, struct kernel *kernel, struct fault *fault)
{
	struct kernel_list list;
	char series[32];
	size_t len = strspn(ask->version, "0123456789");
	int err = kernels_load(&list, fault);

	if (err)
		return err;
	len += ask->version[len] == '.' ? 1 + strspn(ask->version + len + 1, "0123456789") : 0;
	snprintf(series, sizeof(series), "%.*s", (int)len, ask->version);
	err = -ENOENT;
	if (ask->of)
		err = kernel_find(&list, ask->of, kernel, fault);
	for (size_t i = list.count; !ask->of && err && i-- > 0;)
		if (!strncmp(list.items[i].name, DISTRO_NAME, strlen(DISTRO_NAME)) &&
		    list.items[i].config[0] && version_begins(list.items[i].version, series)) {
			*kernel = list.items[i];
			err = 0;
		}
	kernel_list_free(&list);
	if (err && !ask->of)
		fault_set(
			fault, err,
			"the config stands on that of a distribution's kernel %s, and the cache has"
			" none: remapbench kernel fetch %s",
			series, series);
	if (!err && !kernel->config[0])
		err = fault_set(fault, -ENOENT, "the config of %s is unknown", kernel->name);
	return err;
}

/* Everything that would be a module is turned off: without modules kconfig would build it in. */
static int distro_read(const struct config_ask *ask, bool modules, struct text *text,
		       struct fault *fault)
{
	struct kernel *kernel = calloc(1, sizeof(*kernel)); /* long paths: not for the stack */
	struct text whole = { 0 };
	int err;

	if (!kernel)
		return fault_set(fault, -ENOMEM, "no memory");
	err = distro_find(ask, kernel, fault);
	if (!err)
		err = file_text(kernel->config, &whole, fault);
	for (const char *line = text_get(&whole); !err && *line;) {
		size_t len = strcspn(line, "\n");

		if (!modules && len > 2 && line[0] != '#' && !memcmp(line + len - 2, "=m", 2))
			text_addf(text, "# %.*s is not set\n", (int)len - 2, line);
		else
			text_addf(text, "%.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
	text_free(&whole);
	free(kernel);
	return err;
}

/* Puts the text before what is there. */
static void text_before(struct text *text, const struct text *before)
{
	struct text both = { 0 };

	text_add(&both, text_get(before));
	text_add(&both, text_get(text));
	text_free(text);
	*text = both;
}

/* One file, in front of those that stand on it, and what it says of itself. */
static int link_read(const char *path, struct kernel_config *config, char *base, size_t room,
		     struct fault *fault)
{
	struct text text = { 0 };
	char figures[16];
	int err = file_text(path, &text, fault);

	if (!err) {
		if (header_value(text_get(&text), "figures", figures, sizeof(figures)))
			config->figures &= strcmp(figures, "no") != 0;
		if (!header_value(text_get(&text), "base", base, room))
			snprintf(base, room, WHOLE);
		text_before(&config->text, &text);
	}
	text_free(&text);
	return err;
}

static int chain_read(const struct config_ask *ask, const char *first, struct kernel_config *config,
		      struct fault *fault)
{
	char path[PATH_MAX], base[64] = "";
	struct text distro = { 0 };
	int err = 0;

	snprintf(path, sizeof(path), "%s", first);
	for (int depth = 0; !err; depth++) {
		err = link_read(path, config, base, sizeof(base), fault);
		if (err || target_known(base) || !strcmp(base, DISTRO))
			break;
		if (depth >= BASES || base_beside(path, base))
			err = fault_set(
				fault, -EINVAL,
				"the config %s: \"# base: %s\" is neither a make target that"
				" is known nor a file beside it",
				first, base);
	}
	if (!err && ask->of && strcmp(base, DISTRO) != 0)
		err = fault_set(fault, -EINVAL,
				"the config %s stands on %s, not on another kernel's config", first,
				base);
	if (!err && !strcmp(base, DISTRO)) {
		err = distro_read(ask, false, &distro, fault);
		config->asked = distro.len;
		text_before(&config->text, &distro);
		snprintf(base, sizeof(base), WHOLE);
	}
	text_free(&distro);
	snprintf(config->base, sizeof(config->base), "%.*s", (int)sizeof(config->base) - 1, base);
	return err;
}

static int config_finish(struct kernel_config *config, const char *name, int err,
			 struct fault *fault)
{
	struct text identity = { 0 };

	snprintf(config->name, sizeof(config->name), "%.63s", name);
	if (!err) {
		text_add(&config->text, overrides);
		text_addf(&identity, "%s\n%s", config->base, text_get(&config->text));
		if (identity.failed || config->text.failed)
			err = fault_set(fault, -ENOMEM, "no memory");
		else
			bytes_sha256(identity.data, identity.len, config->sha256);
	}
	text_free(&identity);
	if (err)
		kernel_config_free(config);
	return err;
}

static int config_read(const struct config_ask *ask, const char *path, const char *name,
		       struct kernel_config *config, struct fault *fault)
{
	*config = (struct kernel_config){ .figures = true };
	return config_finish(config, name, chain_read(ask, path, config, fault), fault);
}

int kernel_config_of(const char *of, struct kernel_config *config, struct fault *fault)
{
	const struct config_ask ask = { .of = of, .version = "" };
	char name[64];

	*config = (struct kernel_config){ .figures = true, .base = WHOLE };
	snprintf(name, sizeof(name), "config-of-%.50s", of);
	return config_finish(config, name, distro_read(&ask, true, &config->text, fault), fault);
}

/* "lab-small" of "…/lab-small.config": what can be a kernel's name. */
static void name_cut(const char *path, char name[NAME_LEN + 1])
{
	const char *slash = strrchr(path, '/');
	size_t len;

	snprintf(name, NAME_LEN + 1, "%.63s", slash ? slash + 1 : path);
	len = strlen(name);
	if (len > strlen(SUFFIX) && !strcmp(name + len - strlen(SUFFIX), SUFFIX))
		name[len - strlen(SUFFIX)] = '\0';
	for (char *at = name; *at; at++)
		if (!(*at >= '0' && *at <= '9') && !(*at >= 'a' && *at <= 'z') &&
		    !(*at >= 'A' && *at <= 'Z') && !strchr(".+~_-", *at))
			*at = '-';
	while (name[0] == '.' || name[0] == '-')
		memmove(name, name + 1, strlen(name));
	if (!name[0])
		snprintf(name, NAME_LEN + 1, "config");
}

static void shipped_list(const char *folder, struct text *names)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		size_t len = strlen(name);

		if (name[0] != '.' && len > strlen(SUFFIX) &&
		    !strcmp(name + len - strlen(SUFFIX), SUFFIX))
			text_addf(names, "%s%.*s", names->len ? ", " : "",
				  (int)(len - strlen(SUFFIX)), name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

int kernel_config_load(const char *what, const char *version, const char *of,
		       struct kernel_config *config, struct fault *fault)
{
	const struct config_ask ask = { .version = version, .of = of };
	char shipped[PATH_MAX], file[96], folder[PATH_MAX], name[NAME_LEN + 1];
	struct text names = { 0 };
	int err;

	if (!what)
		what = DEFAULT_NAME;
	*config = (struct kernel_config){ 0 };
	if (!strchr(what, '/') && strlen(what) < NAME_LEN && what[0] != '.') {
		snprintf(file, sizeof(file), "kernels/%s" SUFFIX, what);
		err = path_of_config(file, shipped);
		if (!err && !access(shipped, R_OK))
			return config_read(&ask, shipped, what, config, fault);
	}
	if (!access(what, F_OK)) {
		name_cut(what, name);
		return config_read(&ask, what, name, config, fault);
	}
	if (!path_of_config("kernels", folder))
		shipped_list(folder, &names);
	err = fault_set(fault, -ENOENT,
			"no config \"%.200s\": neither a file nor one of configs/kernels (%s)",
			what, names.len ? text_get(&names) : "which is empty");
	text_free(&names);
	return err;
}

void kernel_config_free(struct kernel_config *config)
{
	text_free(&config->text);
}

/* The line "SYMBOL=" of a config's text, or NULL. */
static const char *symbol_find(const char *text, const char *symbol, size_t len)
{
	for (const char *at = text; (at = memmem(at, strlen(at), symbol, len)); at += len)
		if ((at == text || at[-1] == '\n') && at[len] == '=')
			return at + len + 1;
	return NULL;
}

void kernel_config_value(const char *text, const char *symbol, char *out, size_t room)
{
	const char *value = symbol_find(text, symbol, strlen(symbol));

	snprintf(out, room, "%.*s", value ? (int)strcspn(value, "\n") : 0, value ? value : "");
}

struct asked {
	const char *symbol, *value;
	int len, value_len;
	bool off; /* "# CONFIG_X is not set" or "=n" */
};

static bool asked_parse(const char *line, struct asked *asked)
{
	static const char unset[] = " is not set";
	size_t width = strcspn(line, "\n");

	*asked = (struct asked){ 0 };
	if (!strncmp(line, "# CONFIG_", 9)) {
		asked->symbol = line + 2;
		asked->len = (int)strcspn(asked->symbol, " \n");
		asked->off = !strncmp(asked->symbol + asked->len, unset, strlen(unset));
		return asked->off;
	}
	if (strncmp(line, "CONFIG_", 7) != 0)
		return false;
	asked->symbol = line;
	asked->len = (int)strcspn(line, "=\n");
	if (line[asked->len] != '=')
		return false;
	asked->value = line + asked->len + 1;
	asked->value_len = (int)(line + width - asked->value);
	asked->off = asked->value_len == 1 && asked->value[0] == 'n';
	return true;
}

/* Whether a later line asks the same symbol: that one counts. */
static bool asked_again(const char *rest, const struct asked *asked)
{
	for (const char *at = rest;
	     (at = memmem(at, strlen(at), asked->symbol, (size_t)asked->len)); at += asked->len)
		if ((at[-1] == '\n' && at[asked->len] == '=') ||
		    (at[-1] == ' ' && at[-2] == '#' && at[asked->len] == ' '))
			return true;
	return false;
}

static bool asked_holds(const struct asked *asked, const char *result)
{
	const char *value = symbol_find(result, asked->symbol, (size_t)asked->len);

	if (asked->off || !value)
		return asked->off == !value;
	return strcspn(value, "\n") == (size_t)asked->value_len &&
	       !memcmp(value, asked->value, (size_t)asked->value_len);
}

size_t kernel_config_dropped(const struct kernel_config *config, const char *result,
			     struct text *out)
{
	/*
	 * The overrides are ours: a kernel that lacks one of them has no need of it. What a distribution's
	 * config has, and this source hasn't, nobody asked for.
	 */
	const char *end = text_get(&config->text) + config->text.len - strlen(overrides);
	size_t count = 0;

	for (const char *line = text_get(&config->text) + config->asked; line < end;) {
		const char *next = line + strcspn(line, "\n") + 1;
		struct asked asked;

		if (asked_parse(line, &asked) && !asked_again(next, &asked) &&
		    !asked_holds(&asked, result)) {
			text_addf(out, "%.*s=%.*s\n", asked.len, asked.symbol,
				  asked.off ? 1 : asked.value_len, asked.off ? "n" : asked.value);
			count++;
		}
		line = next;
	}
	return count;
}
