// SPDX-License-Identifier: GPL-2.0-only
/* test_function_groups: which part of a call a function belongs to, by a text and by the project's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/files.h"
#include "results/function_groups.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void the_first_glob_that_matches_names_the_group(void **state)
{
	static const char text[] = "group a path x\ngroup b refill y z\n"
				   "b alloc_slab_page\na alloc_* [user]\nb free_*\n";
	static const struct {
		const char *name, *group;
		enum function_part part;
	} cases[] = {
		{ "alloc_slab_page", "b", PART_REFILL },
		{ "alloc_pages", "a", PART_PATH },
		{ "free_pages", "b", PART_REFILL },
		{ "free_pages.isra.0", "b", PART_REFILL },
		{ "[user]", "a", PART_PATH },
		{ "[unknown]", "other", PART_PATH },
		{ "move_ptes", "other", PART_PATH },
		{ "", "other", PART_PATH },
	};
	struct function_groups groups;

	(void)state;
	assert_int_equal(function_groups_parse(text, &groups, NULL), 0);
	assert_string_equal(groups.groups[1].why, "y z");
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t group = function_group_of(&groups, cases[i].name);

		assert_string_equal(groups.groups[group].name, cases[i].group);
		assert_int_equal(groups.groups[group].part, cases[i].part);
	}
	function_groups_free(&groups);
}

static void a_wrong_line_of_groups_is_told(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "f g\n", "line 1: no group 'f' was named before" },
		{ "group a\n", "line 1: a group has a name, its part and words why" },
		{ "group a path\n", "words why" },
		{ "\n# x\ngroup a slow x\n",
		  "line 3: a group's part is path, refill or layout, not 'slow'" },
		{ "group a path x\ngroup a path x\n", "line 2: the group a is there already" },
		{ "group other path x\n", "there already" },
		{ "group group path x\n", "can't be a group's name" },
		{ "group a path x\na\n", "line 2: no function behind 'a'" },
		{ "group a path x\na f\x01\n", "no function" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct function_groups groups;
		struct fault fault = { 0 };

		assert_int_equal(function_groups_parse(cases[i].text, &groups, &fault), -EINVAL);
		if (!strstr(fault.text, cases[i].why))
			fail_msg("%s: %s", cases[i].text, fault.text);
		assert_null(groups.globs);
	}
}

/* Of the file that comes with the project: functions of 6.1, 6.12 and 7.3, and what they are a part of. */
static void the_projects_own_groups_tell_the_path_from_what_is_not(void **state)
{
	static const struct {
		const char *name, *group;
	} cases[] = {
		{ "move_page_tables", "mremap" },
		{ "__do_sys_mremap", "mremap" },
		{ "move_normal_pmd", "mremap" },
		{ "copy_vma", "vma" },
		{ "mas_wr_node_store", "tree" },
		{ "__pte_alloc", "walk" },
		{ "unmap_page_range", "walk" },
		{ "flush_tlb_mm_range", "tlb" },
		{ "anon_vma_clone", "rmap" },
		{ "entry_SYSCALL_64", "entry" },
		{ "[user]", "entry" },
		{ "kmem_cache_alloc_noprof", "alloc" },
		{ "___slab_alloc", "slab" },
		{ "allocate_slab", "slab" },
		{ "get_partial_node.part.0", "slab" },
		{ "__pcs_replace_empty_main", "slab" },
		{ "barn_replace_empty_sheaf", "slab" },
		{ "__alloc_pages", "pages" },
		{ "__alloc_frozen_pages_noprof", "pages" },
		{ "get_page_from_freelist", "pages" },
		{ "clear_page_rep", "pages" },
		{ "free_unref_page_commit", "pages" },
		{ "__free_frozen_pages", "pages" },
		{ "pte_alloc_one", "tables" },
		{ "___pte_free_tlb", "tables" },
		{ "tlb_remove_table", "tables" },
		{ "pagetable_dtor", "tables" },
		{ "obj_cgroup_charge", "memcg" },
		{ "get_random_u32", "random" },
		{ "free_pages_and_swap_cache", "folio" },
		{ "its_return_thunk", "thunks" },
		{ "srso_return_thunk", "entry" },
	};
	struct function_groups groups;
	struct fault fault = { 0 };
	struct text text = { 0 };

	(void)state;
	assert_int_equal(file_read("configs/function-groups", 1 << 20, &text), 0);
	if (function_groups_parse(text_get(&text), &groups, &fault))
		fail_msg("%s", fault.text);
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t group = function_group_of(&groups, cases[i].name);

		if (strcmp(groups.groups[group].name, cases[i].group) != 0)
			fail_msg("%s is in %s", cases[i].name, groups.groups[group].name);
	}
	function_groups_free(&groups);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_glob_that_matches_names_the_group),
		cmocka_unit_test(a_wrong_line_of_groups_is_told),
		cmocka_unit_test(the_projects_own_groups_tell_the_path_from_what_is_not),
	};

	return cmocka_run_group_tests_name("function_groups", tests, NULL, NULL);
}
