// SPDX-License-Identifier: GPL-2.0-only
/* kernel_build: from what is asked for to a kernel in the cache, by way of a warm base. */
#include "runner/kernel_build.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "runner/kconfig.h"
#include "runner/kernel_ask.h"
#include "runner/kernel_base.h"
#include "runner/kernel_functions.h"
#include "runner/kernel_lab.h"
#include "runner/kernel_objects.h"
#include "runner/kernel_prune.h"
#include "runner/kernel_recipe.h"
#include "runner/kernel_tree.h"
#include "runner/paths.h"

enum { CONFIG_SIZE = 16 << 20, LOG_SIZE = 64 << 20 };

/* What changed in size; NULL where nothing was held against a base. */
struct changes {
	json_t *list;
	size_t more; /* that are not in it */
};

/* One build, from its beginning to its end. */
struct build {
	const struct kernel_build_ask *ask;
	struct recipe recipe;
	struct scratch scratch;
	struct kernel_base base;
	int lock; /* of the key; -1 */
	double began;
	size_t compiled;
	struct changes objects, functions;
	char log[PATH_MAX];
	char tree
		[PATH_MAX]; /* where the finished kernel is: of the base, or of the scratch folder */
};

static int built_fill(const struct build *build, const struct kernel *kernel, bool cached,
		      struct kernel_built *built)
{
	*built = (struct kernel_built){ .cached = cached, .compiled = build->compiled };
	memcpy(built->name, kernel->name, sizeof(built->name));
	memcpy(built->sha256, kernel->sha256, sizeof(built->sha256));
	memcpy(built->release, kernel->release, sizeof(built->release));
	memcpy(built->key, build->recipe.key, sizeof(built->key));
	built->seconds = seconds_now() - build->began;
	return 0;
}

/* 0: it is there; -ENOENT: it is to be built. */
static int cache_find(const struct build *build, struct kernel_built *built, struct fault *fault)
{
	struct kernel_list list;
	int err = kernels_load(&list, fault);

	if (err)
		return err;
	err = -ENOENT;
	for (size_t i = 0; err && i < list.count; i++)
		if (!strcmp(list.items[i].key, build->recipe.key))
			err = built_fill(build, &list.items[i], true, built);
	kernel_list_free(&list);
	return err;
}

/* "7.3.4-lab-small-no-move-pmd"; a series adds the name of its first patch. */
static void name_make(const struct build *build, char name[KERNEL_NAME])
{
	const struct kernel_build_ask *ask = build->ask;
	const struct recipe *recipe = &build->recipe;
	char commit[20] = "", series[40] = "";

	if (recipe->source.kind == SOURCE_GIT)
		snprintf(commit, sizeof(commit), "-g%.12s", recipe->source.commit);
	if (ask->patch_count) {
		const char *path = ask->patches[0], *slash;
		size_t len = strlen(path);

		while (len && path[len - 1] == '/')
			len--;
		slash = memrchr(path, '/', len);
		path = slash ? slash + 1 : path;
		snprintf(series, sizeof(series), "-%.*s", (int)strcspn(path, "./"), path);
	}
	snprintf(name, KERNEL_NAME, "%.30s%s-%.30s%s%s%.20s%.30s", build->base.version, commit,
		 recipe->config.name, ask->relocation ? "-relocation" : "",
		 ask->ablation ? "-" : "", ask->ablation ? ask->ablation : "", series);
	for (char *at = name; *at; at++)
		if (!(*at >= '0' && *at <= '9') && !(*at >= 'a' && *at <= 'z') &&
		    !(*at >= 'A' && *at <= 'Z') && !strchr(".+~_-", *at))
			*at = '-';
}

static int image_strip(const char *from, const char *to, struct fault *fault)
{
	const char *const argv[] = { "strip", "--strip-all", "-o", to, "--", from, NULL };
	struct text out = { 0 };
	int err = process_capture((char *const *)argv, 300, 1 << 16, &out, fault);

	text_free(&out);
	return err;
}

static void parted_print(const struct build *build, const struct kconfig_parted *parted)
{
	const char *who = build->ask->who, *name = build->recipe.config.name;

	if (parted->refused_count)
		fprintf(stderr,
			"%s: %zu option%s of %s did not come out as asked for, %.*s first; `kernel"
			" show` lists them\n",
			who, parted->refused_count, parted->refused_count == 1 ? "" : "s", name,
			(int)strcspn(text_get(&parted->refused), "\n"), text_get(&parted->refused));
	if (parted->unknown_count)
		fprintf(stderr,
			"%s: %zu name%s in %s that %s does not know: of other versions, or"
			" misspelt\n",
			who, parted->unknown_count, parted->unknown_count == 1 ? "" : "s", name,
			build->base.version);
}

static void changes_put(json_t *recipe, const char *key, const char *more_key,
			const struct changes *changes)
{
	if (!changes->list)
		return;
	json_object_set(recipe, key, changes->list);
	json_object_set_new(recipe, more_key, json_integer((json_int_t)changes->more));
}

/* What the config asked for and did not get is said, and kept. */
static json_t *recipe_finish(const struct build *build, const char *config)
{
	struct text result = { 0 }, dropped = { 0 };
	struct kconfig_parted parted = { 0 };
	struct fault fault = { 0 };
	json_t *recipe = NULL;

	if (!file_read(config, CONFIG_SIZE, &result)) {
		kernel_config_dropped(&build->recipe.config, text_get(&result), &dropped);
		if (kconfig_part(build->tree, text_get(&dropped), &parted, &fault) &&
		    build->ask->who)
			fprintf(stderr, "%s: %s\n", build->ask->who, fault.text);
		recipe = recipe_json(&build->recipe, seconds_now() - build->began, build->compiled,
				     &parted);
		changes_put(recipe, "objects", "objects_more", &build->objects);
		changes_put(recipe, "functions", "functions_more", &build->functions);
		if (build->ask->who)
			parted_print(build, &parted);
	}
	kconfig_parted_free(&parted);
	text_free(&result);
	text_free(&dropped);
	return recipe;
}

/* From the tree into the cache. */
static int image_keep(struct build *build, struct kernel_built *built, struct fault *fault)
{
	char path[PATH_MAX], config[PATH_MAX], stripped[PATH_MAX], name[KERNEL_NAME], origin[256];
	const struct kernel_build_ask *ask = build->ask;
	struct kernel *kernel = calloc(1, sizeof(*kernel));
	struct kernel_new fresh = { .image = path, .config = config, .origin = origin };
	bool vmlinux = false;
	int err = kernel ? kernel_compiled(build->tree, path, &vmlinux) : -ENOMEM;

	if (!err)
		err = path_join(config, sizeof(config), build->tree, ".config");
	if (!err)
		err = path_join(stripped, sizeof(stripped), build->scratch.path, "image");
	if (err) {
		fault_set(fault, err, "%s: %s", build->tree, strerror(-err));
		goto out;
	}
	if (vmlinux) {
		err = image_strip(path, stripped, fault);
		fresh.image = stripped;
	}
	name_make(build, name);
	fresh.name = ask->name ? ask->name : name;
	fresh.name_yields = !ask->name;
	fresh.version = build->base.version;
	snprintf(origin, sizeof(origin), "built from %.150s, %s%s%zu patches",
		 build->recipe.source.origin, build->recipe.config.name, ", ",
		 build->recipe.patches.count);
	if (!err) {
		fresh.recipe = recipe_finish(build, config);
		err = fresh.recipe ? kernel_put(&fresh, kernel, fault)
				   : fault_set(fault, -ENOMEM, "no memory for the recipe");
	}
	if (!err)
		err = built_fill(build, kernel, false, built);
	json_decref(fresh.recipe);
out:
	free(kernel);
	return err;
}

/* Changed options need their questions asked again, as a fresh tree would have them. */
static bool patches_configure(const struct kernel_patches *patches)
{
	for (size_t i = 0; i < patches->count; i++)
		for (size_t j = 0; j < patches->items[i].file_count; j++) {
			const char *slash = strrchr(patches->items[i].files[j], '/');

			if (!strncmp(slash ? slash + 1 : patches->items[i].files[j], "Kconfig", 7))
				return true;
		}
	return false;
}

/* Puts back what the base was pruned of, but for what the patches touch (they were applied: then it is true). */
static int tree_complete(struct build *build, bool applied, struct fault *fault)
{
	const struct kernel_patches *patches = &build->recipe.patches;
	const char **touched = NULL;
	struct progress progress;
	char fresh[PATH_MAX];
	size_t count = 0;
	int err = path_join(fresh, sizeof(fresh), build->scratch.path, "fresh");

	if (!err)
		err = directory_make(fresh, 0755);
	if (!err && applied)
		err = kernel_patches_touched(patches, patches->count, &touched, &count);
	if (err)
		return fault_set(fault, err, "%s: %s", build->scratch.path, strerror(-err));
	if (build->ask->who)
		fprintf(stderr, "%s: unpacking what the warm base has not kept\n", build->ask->who);
	progress_start(&progress, 1, !build->ask->who);
	err = kernel_source_extract(&build->recipe.source, fresh, &progress, fault);
	if (!err)
		err = tree_restore(fresh, build->tree, touched, count, fault);
	directory_remove(fresh);
	free(touched);
	return err;
}

static int patches_apply(struct build *build, struct fault *fault)
{
	const struct kernel_patches *patches = &build->recipe.patches;
	const char **touched = NULL;
	size_t count = 0;
	int err = kernel_patches_touched(patches, patches->count, &touched, &count);

	if (err)
		return fault_set(fault, err, "the patches: %s", strerror(-err));
	if (tree_lacks(build->tree, build->base.files, touched, count))
		err = tree_complete(build, false, fault);
	free(touched);
	if (err)
		return err;
	err = kernel_patches_apply(patches, 0, patches->count, build->tree, fault);
	return err && err != -ENOMEM ? -EBADMSG : err;
}

/* Whether make, or the compiler, missed a file: the log's last words say it so. */
static bool log_misses(const char *log)
{
	struct text text = { 0 };
	bool misses = false;

	if (!file_read(log, LOG_SIZE, &text))
		misses = strstr(text_get(&text), "No rule to make target") ||
			 strstr(text_get(&text), "No such file or directory");
	text_free(&text);
	return misses;
}

/* What can't be measured (objects in another format) is left out: the kernel is built anyway. */
static int code_measure(struct build *build, uint64_t offset, struct fault *fault)
{
	struct object_list list;
	struct fault why = { 0 };
	int err = object_list_read(build->log, offset, &list, &why);

	if (!err)
		err = kernel_objects_changed(&list, build->base.tree, build->tree,
					     &build->objects.list, &build->objects.more, &why);
	if (!err)
		err = kernel_functions_changed(&list, build->base.tree, build->tree,
					       &build->functions.list, &build->functions.more,
					       &why);
	object_list_free(&list);
	if (err == -ENOMEM)
		return fault_set(fault, err, "no memory");
	if (err && build->ask->who)
		fprintf(stderr, "%s: the machine code's sizes are not known: %s\n", build->ask->who,
			why.text);
	return 0;
}

/* A copy of the base, patched, in which make does what is left. */
static int patched_make(struct build *build, struct fault *fault)
{
	const struct kernel_build_ask *ask = build->ask;
	const struct kernel_patches *patches = &build->recipe.patches;
	char localversion[16], image[PATH_MAX];
	struct stat said = { 0 };
	struct kernel_make make = { .tree = build->tree,
				    .log = build->log,
				    .who = ask->who,
				    .jobs = ask->jobs,
				    .localversion = localversion };
	double began = seconds_now();
	int err = path_join(build->tree, sizeof(build->tree), build->scratch.path, "tree");

	if (err)
		return fault_set(fault, err, "%s: %s", build->scratch.path, strerror(-err));
	build_localversion(build->recipe.key, localversion);
	err = tree_copy(build->base.tree, build->tree, fault);
	if (!err)
		err = patches_apply(build, fault);
	if (!err && ask->who)
		fprintf(stderr, "%s: the base copied and %zu patches applied in %.1f s\n", ask->who,
			patches->count, seconds_now() - began);
	if (!err)
		stat(build->log, &said); /* what making the base said is not looked at below */
	if (!err && patches_configure(patches))
		err = kernel_configure(&build->recipe.config, &make, fault);
	if (!err)
		err = kernel_compile(&make, image, fault);
	/* A patch may make the build read what the base's did not: once more, with all of the source. */
	if (err == -ENOEXEC && log_misses(build->log)) {
		err = tree_complete(build, true, fault);
		if (!err)
			err = kernel_compile(&make, image, fault);
	}
	build->compiled += make.compiled;
	return err ? err : code_measure(build, (uint64_t)said.st_size, fault);
}

static int base_get(struct build *build, struct fault *fault)
{
	const struct recipe *recipe = &build->recipe;
	const struct kernel_base_ask ask = {
		.key = recipe->base_key,
		.family = recipe->family,
		.source = &recipe->source,
		.version = recipe->version,
		.config = &recipe->config,
		.who = build->ask->who,
		.jobs = build->ask->jobs,
		.rolling = !build->ask->keep_base,
	};
	int err = kernel_base_get(&ask, &build->scratch, build->log, &build->base, fault);

	build->compiled += build->base.compiled;
	return err;
}

/* The whole log of a failed build outlives its scratch folder; its place is added to the fault. */
static void log_keep(struct build *build, struct fault *fault)
{
	char folder[PATH_MAX], path[PATH_MAX], name[32];

	snprintf(name, sizeof(name), "%.16s.log", build->recipe.key);
	if (access(build->log, F_OK) || path_of_cache("builds/logs", folder) ||
	    path_join(path, sizeof(path), folder, name) || rename(build->log, path))
		return;
	if (build->ask->who)
		fprintf(stderr, "%s: all that make said: %s\n", build->ask->who, path);
	else if (fault)
		fault_wrap(fault, 0, "see %s", path);
}

/* With the key's lock held where there are patches; a base has its own. */
static int build_run(struct build *build, struct kernel_built *built, struct fault *fault)
{
	int err = scratch_open_in(&build->scratch, "builds", true, fault);

	if (!err)
		err = path_join(build->log, sizeof(build->log), build->scratch.path, "log");
	if (!err)
		err = base_get(build, fault);
	if (!err && build->recipe.patches.count)
		err = patched_make(build, fault);
	else if (!err)
		memcpy(build->tree, build->base.tree, sizeof(build->tree));
	if (!err)
		err = image_keep(build, built, fault);
	if (err == -ENOEXEC)
		log_keep(build, fault);
	kernel_base_close(&build->base);
	scratch_close(&build->scratch);
	return err;
}

static int build_once(struct build *build, struct kernel_built *built, struct fault *fault)
{
	const char *key = build->recipe.key;
	const bool patched = build->recipe.patches.count > 0;
	int err = cache_find(build, built, fault);

	if (err != -ENOENT)
		return err;
	if (patched) {
		err = build_lock(key, build->ask->who, &build->lock, fault);
		if (err)
			return err;
		err = cache_find(build, built, fault); /* built while we waited */
	}
	if (err == -ENOENT)
		err = build_run(build, built, fault);
	if (patched)
		build_unlock(key, build->lock);
	return err;
}

int kernel_build(const struct kernel_build_ask *ask, struct kernel_built *built,
		 struct fault *fault)
{
	struct build *build = calloc(1, sizeof(*build)); /* many paths long: not for the stack */
	struct kernel_build_ask with_jobs = *ask;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	int err;

	*built = (struct kernel_built){ 0 };
	if (!build)
		return fault_set(fault, -ENOMEM, "no memory");
	if (!with_jobs.jobs)
		with_jobs.jobs = cpus > 0 ? (unsigned int)cpus : 1;
	build->ask = &with_jobs;
	build->lock = build->base.lock = build->scratch.lock = -1;
	build->began = seconds_now();
	err = ask->name && !kernel_name_valid(ask->name)
		      ? fault_set(fault, -EINVAL,
				  "\"%.128s\" can't be a kernel's name: letters, digits and"
				  " .+~_- only",
				  ask->name)
		      : recipe_of_ask(&with_jobs, &build->recipe, fault);
	if (!err)
		err = build_once(build, built, fault);
	json_decref(build->objects.list);
	json_decref(build->functions.list);
	recipe_free(&build->recipe);
	free(build);
	return err;
}
