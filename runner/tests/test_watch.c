// SPDX-License-Identifier: GPL-2.0-only
/* From a kernel's symbols to the addresses that the plugin watches: written, then read as it reads. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/files.h"
#include "runner/plugin/watch.h"
#include "runner/watchlist.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct place {
	char directory[4000], symbols[4096], list[4096];
};

static struct watch watch; /* one at a time; large */

static int place_make(void **state)
{
	const char *temporary = getenv("TMPDIR");
	struct place *place = calloc(1, sizeof(*place));

	if (!place)
		return -1;
	snprintf(place->directory, sizeof(place->directory), "%s/remapbench-test-XXXXXX",
		 temporary ? temporary : "/tmp");
	if (!mkdtemp(place->directory)) {
		free(place);
		return -1;
	}
	snprintf(place->symbols, sizeof(place->symbols), "%s/symbols", place->directory);
	snprintf(place->list, sizeof(place->list), "%s/watch", place->directory);
	*state = place;
	return 0;
}

static int place_remove(void **state)
{
	struct place *place = *state;
	int err = directory_remove(place->directory);

	free(place);
	return err;
}

/* The list of these symbols, as text; the error where there is none. */
static int list_of(const struct place *place, const char *symbols, struct text *list,
		   struct fault *fault)
{
	memset(list, 0, sizeof(*list));
	assert_int_equal(file_write(place->symbols, symbols, strlen(symbols)), 0);
	return watchlist_make(place->symbols, list, fault);
}

/* The same, read by the plugin's reader into `watch`. */
static void watch_of(const struct place *place, const char *symbols)
{
	struct fault fault = { 0 };
	struct text list;

	if (list_of(place, symbols, &list, &fault))
		fail_msg("%s", fault.text);
	assert_int_equal(file_write(place->list, text_get(&list), list.len), 0);
	assert_int_equal(watch_read(place->list, &watch), 0);
	text_free(&list);
}

static const char *function_at(uint64_t address)
{
	size_t function = SIZE_MAX;

	if (watch_find(&watch, address, &function) != WATCH_FUNCTION)
		return "none";
	assert_true(function < watch.function_count);
	return watch.names[function];
}

static void watched_functions_are_found_at_their_addresses(void **state)
{
	watch_of(*state, "ffffffff81000000 startup_64\n"
			 "ffffffff81200010 __pte_alloc\n"
			 "ffffffff81200100 __pte_alloc_kernel\n"
			 "ffffffff81200200 __pte_alloc_one\n"
			 "ffffffff81200300 x__pte_alloc\n"
			 "ffffffff81300000 move_huge_pmd\n"
			 "ffffffffffffffff flush_tlb_mm_range\n");
	assert_int_equal(watch.function_count, 3);
	assert_int_equal(watch.interrupt_count + watch.exception_count + watch.stub_count, 0);
	assert_string_equal(function_at(0xffffffff81200010), "__pte_alloc");
	assert_string_equal(function_at(0xffffffff81300000), "move_huge_pmd");
	assert_string_equal(function_at(0xffffffffffffffff), "flush_tlb_mm_range");
	assert_string_equal(function_at(0xffffffff81000000), "none");
	assert_string_equal(function_at(0xffffffff81200011), "none");
	assert_string_equal(function_at(0xffffffff81200100), "none");
	assert_string_equal(function_at(0xffffffff81200200), "none");
	assert_string_equal(function_at(0xffffffff81200300), "none");
	assert_string_equal(function_at(0), "none");
}

/*
 * What the compiler specialised is entered in the function's stead; what it split off is entered
 * by a jump from inside, and would count the same call twice.
 */
static void copies_count_as_their_function(void **state)
{
	static const struct {
		const char *symbol;
		bool counts;
	} cases[] = {
		{ "vma_merge", true },
		{ "vma_merge.isra.0", true },
		{ "vma_merge.constprop.0", true },
		{ "vma_merge.constprop.0.isra.0", true },
		{ "vma_merge.isra.0.constprop.12", true },
		{ "vma_merge.cold", false },
		{ "vma_merge.isra.0.cold", false },
		{ "vma_merge.constprop.0.cold", false },
		{ "vma_merge.part.0", false },
		{ "vma_merge_extra", false },
		{ "vma_merge.", false },
		{ "vma_merge.isra", false },
	};
	char symbols[256];

	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(symbols, sizeof(symbols),
			 "ffffffff81200000 %s\nffffffff81300000 copy_vma\n", cases[i].symbol);
		watch_of(*state, symbols);
		if (strcmp(function_at(0xffffffff81200000),
			   cases[i].counts ? "vma_merge" : "none") != 0)
			fail_msg("%s %s", cases[i].symbol,
				 cases[i].counts ? "does not count" : "counts");
	}
}

/* The plugin names each function once in its header: two of a name would not be taken back. */
static void two_copies_are_one_function(void **state)
{
	watch_of(*state, "ffffffff81200000 vma_merge\n"
			 "ffffffff81200100 copy_vma\n"
			 "ffffffff81200200 vma_merge.isra.0\n"
			 "ffffffff81200300 vma_merge.constprop.0\n"
			 "ffffffff81200400 vma_merge\n"); /* static, in another file */
	assert_string_equal(function_at(0xffffffff81200000), "vma_merge");
	assert_string_equal(function_at(0xffffffff81200100), "copy_vma");
	assert_string_equal(function_at(0xffffffff81200200), "vma_merge");
	assert_string_equal(function_at(0xffffffff81200300), "vma_merge");
	assert_string_equal(function_at(0xffffffff81200400), "vma_merge");
	assert_int_equal(watch.function_count, 2);
	for (size_t i = 0; i < watch.function_count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(watch.names[i], watch.names[j]);
}

static void entries_are_told_apart(void **state)
{
	static const struct {
		uint64_t address;
		enum watch_kind kind;
	} cases[] = {
		{ 0xffffffff81c00000, WATCH_EXCEPTION }, { 0xffffffff81c00040, WATCH_FAULT },
		{ 0xffffffff81c00080, WATCH_INTERRUPT }, { 0xffffffff81c000c0, WATCH_NOTHING },
		{ 0xffffffff81c00100, WATCH_NOTHING },	 { 0xffffffff81c00140, WATCH_FUNCTION },
		{ 0xffffffff81c00081, WATCH_NOTHING },
	};
	size_t function;

	watch_of(*state, "ffffffff81c00000 asm_exc_divide_error\n"
			 "ffffffff81c00040 asm_exc_page_fault\n"
			 "ffffffff81c00080 asm_sysvec_apic_timer_interrupt\n"
			 "ffffffff81c000c0 sysvec_apic_timer_interrupt\n"
			 "ffffffff81c00100 xasm_exc_page_fault\n"
			 "ffffffff81c00140 copy_vma\n");
	for (size_t i = 0; i < COUNT(cases); i++)
		if (watch_find(&watch, cases[i].address, &function) != cases[i].kind)
			fail_msg("0x%llx", (unsigned long long)cases[i].address);
}

/*
 * Tables as kernels have them: of 8 bytes a vector (push, jump), of 16 where an endbr64 stands
 * before; 0xec less 0x20 vectors, or one less, and the local APIC's last 20. Each entry is an
 * interrupt's; no other instruction of a stub is.
 */
static void each_stub_of_a_table_is_an_interrupt(void **state)
{
	static const struct {
		const char *start, *next;
		uint64_t base, vectors, stride;
		uint64_t inside[3]; /* where a stub's other instructions begin; 0 for no more */
	} cases[] = {
		{ "irq_entries_start", "asm_exc_nmi", 0xffffffff81c00290, 204, 8, { 2 } },
		{ "irq_entries_start", "asm_exc_nmi", 0xffffffff81e00230, 203, 16, { 4, 6 } },
		{ "spurious_entries_start", "asm_exc_nmi", 0xffffffff81c008f0, 20, 8, { 2 } },
		{ "spurious_entries_start", "asm_exc_nmi", 0xffffffff81e00ee0, 21, 16, { 4, 6 } },
		{ "irq_entries_start", "asm_exc_nmi", 0xffffffff81e00000, 224, 32, { 4, 6, 11 } },
	};
	char symbols[256];
	size_t function;

	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t end = cases[i].base + cases[i].vectors * cases[i].stride;

		snprintf(symbols, sizeof(symbols), "%llx %s\n%llx %s\n",
			 (unsigned long long)cases[i].base, cases[i].start, (unsigned long long)end,
			 cases[i].next);
		watch_of(*state, symbols);
		assert_int_equal(watch.stub_count, 1);
		assert_int_equal(watch_find(&watch, cases[i].base - 8, &function), WATCH_NOTHING);
		assert_int_equal(watch_find(&watch, end, &function), WATCH_EXCEPTION);
		for (uint64_t at = cases[i].base; at < end; at += cases[i].stride) {
			assert_int_equal(watch_find(&watch, at, &function), WATCH_INTERRUPT);
			for (size_t j = 0; j < 3 && cases[i].inside[j]; j++)
				assert_int_equal(
					watch_find(&watch, at + cases[i].inside[j], &function),
					WATCH_NOTHING);
		}
	}
}

/* A table at the very end has no known length: it is left out, and nothing else with it. */
static void a_table_without_an_end_is_left_out(void **state)
{
	static const char *const symbols[] = {
		"ffffffff81200000 copy_vma\nffffffff81c00290 irq_entries_start\n",
		"ffffffff81200000 copy_vma\nffffffff81c00290 irq_entries_start\n"
		"ffffffff81c00290 also_here\n",
		"ffffffff81200000 copy_vma\nffffffff81c00290 irq_entries_start\n1000 lower\n",
	};

	for (size_t i = 0; i < COUNT(symbols); i++) {
		watch_of(*state, symbols[i]);
		assert_int_equal(watch.stub_count, 0);
		assert_string_equal(function_at(0xffffffff81200000), "copy_vma");
	}
}

static void hostile_lines_name_nothing(void **state)
{
	static const char *const lines[] = {
		"",
		" ",
		"\t",
		"copy_vma",
		" copy_vma",
		"copy_vma ffffffff81200000",
		"ffffffff81200000",
		"ffffffff81200000 ",
		"ffffffff81200000copy_vma",
		"ffffffff81200000  copy_vma",
		"ffffffff81200000\tcopy_vma",
		"ffffffff81200000 copy_vma ",
		"ffffffff81200000 copy_vma\r",
		"ffffffff81200000 T copy_vma",
		"ffffffff81200000 copy_vma [module]",
		"ffffffff81200000 COPY_VMA",
		"ffffffff81200000 %s%n%p",
		"function 0xffffffff81200000 copy_vma",
		"\xff\xfe\x01 copy_vma\x02",
	};
	char symbols[512], longest[5000];

	for (size_t i = 0; i < COUNT(lines); i++) {
		snprintf(symbols, sizeof(symbols), "%s\nffffffff81300000 move_huge_pmd\n%s\n",
			 lines[i], lines[i]);
		watch_of(*state, symbols);
		if (watch.function_count != 1 || watch.interrupt_count || watch.exception_count)
			fail_msg("'%s' is taken", lines[i]);
		assert_string_equal(function_at(0xffffffff81300000), "move_huge_pmd");
	}
	/* One long name of a copy must not run into the reader's next line. */
	memset(longest, '1', sizeof(longest));
	memcpy(longest, "ffffffff81200000 copy_vma.isra.", 31);
	strcpy(longest + 4000, "\nffffffff81300000 move_huge_pmd\n");
	watch_of(*state, longest);
	assert_string_equal(function_at(0xffffffff81200000), "copy_vma");
	assert_string_equal(function_at(0xffffffff81300000), "move_huge_pmd");
}

static void symbols_that_name_nothing_watched_are_an_error(void **state)
{
	static const char *const symbols[] = { "", "\n\n", "ffffffff81000000 startup_64\n" };
	struct place *place = *state;
	struct fault fault = { 0 };
	struct text list = { 0 };

	for (size_t i = 0; i < COUNT(symbols); i++) {
		fault.text[0] = '\0';
		assert_int_not_equal(list_of(place, symbols[i], &list, &fault), 0);
		assert_non_null(strstr(fault.text, place->symbols));
		text_free(&list);
	}
	fault.text[0] = '\0';
	assert_int_equal(watchlist_make("/nonexistent/symbols", &list, &fault), -ENOENT);
	assert_non_null(strstr(fault.text, "/nonexistent/symbols"));
	text_free(&list);
}

static void the_reader_takes_nothing_else(void **state)
{
	static const struct {
		const char *text;
		int result;
	} cases[] = {
		{ "", 0 },
		{ "function 0x1 f\n", 0 },
		{ "function 0x1 f\ninterrupt 0x2\nexception 0x3\nstubs 0x10 0x20 8\n", 0 },
		{ "fault 0x4\n", 0 },
		{ "fault x\n", -1 },
		{ "function 0x1\n", -1 },
		{ "function f 0x1\n", -1 },
		{ "interrupt\n", -1 },
		{ "exception x\n", -1 },
		{ "stubs 0x10 0x20 0\n", -1 },
		{ "stubs 0x20 0x10 8\n", -1 },
		{ "stubs 0x10 0x10 8\n", -1 },
		{ "stubs 0x10 0x20\n", -1 },
		{ "stubs 0x1 0x2 1\nstubs 0x1 0x2 1\nstubs 0x1 0x2 1\nstubs 0x1 0x2 1\n", 0 },
		{ "stubs 0x1 0x2 1\nstubs 0x1 0x2 1\nstubs 0x1 0x2 1\nstubs 0x1 0x2 1\n"
		  "stubs 0x1 0x2 1\n",
		  -1 },
		{ "\n", -1 },
		{ "# a comment\n", -1 },
		{ "function 0x1 f\nnonsense\n", -1 },
		{ "\xff\xfe\n", -1 },
	};
	const struct place *place = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(file_write(place->list, cases[i].text, strlen(cases[i].text)), 0);
		if (watch_read(place->list, &watch) != cases[i].result)
			fail_msg("%s", cases[i].text);
	}
	assert_int_equal(watch_read("/nonexistent/watch", &watch), -1);
	assert_int_equal(watch_read("", &watch), -1);
}

static void too_many_addresses_are_refused(void **state)
{
	static const struct {
		const char *kind, *name; /* name: its beginning, "" for none */
		unsigned int room;
	} cases[] = {
		{ "function", " f", WATCH_FUNCTIONS },
		{ "interrupt", "", WATCH_ENTRIES },
		{ "exception", "", WATCH_ENTRIES },
		{ "fault", "", WATCH_FAULTS },
	};
	const struct place *place = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		for (unsigned int more = 0; more <= 2; more++) {
			struct text list = { 0 };

			for (unsigned int at = 1; at <= cases[i].room + more; at++) {
				text_addf(&list, "%s 0x%x", cases[i].kind, at);
				if (cases[i].name[0])
					text_addf(&list, "%s%u", cases[i].name, at);
				text_add(&list, "\n");
			}
			assert_int_equal(file_write(place->list, text_get(&list), list.len), 0);
			assert_int_equal(watch_read(place->list, &watch), more ? -1 : 0);
			text_free(&list);
		}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(watched_functions_are_found_at_their_addresses),
		TEST(copies_count_as_their_function),
		TEST(two_copies_are_one_function),
		TEST(entries_are_told_apart),
		TEST(each_stub_of_a_table_is_an_interrupt),
		TEST(a_table_without_an_end_is_left_out),
		TEST(hostile_lines_name_nothing),
		TEST(symbols_that_name_nothing_watched_are_an_error),
		TEST(the_reader_takes_nothing_else),
		TEST(too_many_addresses_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
