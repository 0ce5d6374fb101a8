// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fixtures on the running kernel: exactly the pages that a fill names are there, of their kind and with
 * their data, and the proofs find what is not so.
 */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "benches/bench.h"
#include "benches/folios.h"
#include "benches/proof.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PLACE (WINDOW_SOURCE + PMD_BYTES)

static const char *const fill_words[] = {
	"0",	    "100",	"pmd1",	    "10prefix", "50prefix", "10stride",
	"50stride", "10random", "50random", "1prefix",	"99random",
};

static struct region region_of(const char *memory, const char *fill, uint64_t length)
{
	struct region region = { .address = PLACE, .length = length, .seed = 7 };

	assert_true(memory_parse(memory, &region.memory));
	assert_true(fill_parse(fill, &region.fill));
	return region;
}

static void region_make(const struct region *region)
{
	char reason[REASON_SIZE] = "";

	if (region_map(region, reason) || region_fill(region, reason))
		fail_msg("%s", reason);
}

static void region_end(const struct region *region)
{
	char reason[REASON_SIZE] = "";

	assert_int_equal(region_unmap(region, region->address, reason), 0);
}

static uint64_t pages_named(const struct region *region)
{
	uint64_t named = 0;

	for (uint64_t page = 0; page < region->length / PAGE_BYTES; page++)
		named += region_has(region, page);
	return named;
}

static void fills_name_exactly_their_pages(void **state)
{
	static const struct {
		const char *fill;
		uint64_t offset; /* of 32 MiB in their PMD */
		uint64_t count, first, last; /* pages; the first and the last that are there */
	} rows[] = {
		{ "0", 0, 0, 0, 0 },
		{ "100", 0, 8192, 0, 8191 },
		{ "pmd1", 0, 16, 0, 15 * 512 },
		{ "pmd1", PMD_BYTES / 2, 17, 0, 15 * 512 + 256 },
		{ "10prefix", 0, 819, 0, 818 },
		{ "50prefix", 0, 4096, 0, 4095 },
		{ "10stride", 0, 820, 0, 8190 },
		{ "50stride", PMD_BYTES / 2, 4096, 0, 8190 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct region region = region_of("anon", rows[i].fill, 16 * PMD_BYTES);
		uint64_t first = UINT64_MAX, last = 0;

		region.address += rows[i].offset;
		assert_int_equal(pages_named(&region), rows[i].count);
		for (uint64_t page = 0; page < 8192; page++)
			if (region_has(&region, page)) {
				first = page < first ? page : first;
				last = page;
			}
		assert_int_equal(last, rows[i].last);
		assert_int_equal(first, rows[i].count ? rows[i].first : UINT64_MAX);
	}
}

/* Within five standard deviations: 8192 draws. */
static void random_fills_are_the_seeds_and_near_their_share(void **state)
{
	struct region region = region_of("anon", "10random", 16 * PMD_BYTES), other = region;
	uint64_t differ = 0;

	(void)state;
	assert_in_range(pages_named(&region), 819 - 136, 819 + 136);
	other.fill.percent = 50;
	assert_in_range(pages_named(&other), 4096 - 227, 4096 + 227);
	other = region;
	for (uint64_t page = 0; page < 8192; page++)
		assert_int_equal(region_has(&region, page), region_has(&other, page));
	other.seed++;
	for (uint64_t page = 0; page < 8192; page++)
		differ += region_has(&region, page) != region_has(&other, page);
	assert_true(differ > 100);
}

static void words_that_name_no_fill_are_refused(void **state)
{
	static const char *const words[] = {
		"",	    "1",	 "10",	     "00",	 "0stride",   "00prefix",
		"05prefix", "-1stride",	 "+5random", " 5random", "100prefix", "10 random",
		"10Random", "10randomm", "10",	     "pmd",	 "pmd2",      "0 ",
		"100 ",	    "prefix",	 "50%",
	};
	struct fill fill;

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++)
		if (fill_parse(words[i], &fill))
			fail_msg("'%s' is a fill", words[i]);
}

static void half_folios_name_their_first_halves(void **state)
{
	struct region region = region_of("anon", "100", 2 * PMD_BYTES);

	(void)state;
	assert_true(folio_parse("2Mhalf", &region.folio, &region.mapping));
	assert_int_equal(pages_named(&region), 512);
	assert_true(region_has(&region, 255) && !region_has(&region, 256));
	assert_true(region_has(&region, 512) && !region_has(&region, 1023));
	/* Small pages before the first whole folio are all there. */
	region.address += PMD_BYTES / 2;
	assert_true(region_has(&region, 255) && region_has(&region, 256) &&
		    !region_has(&region, 512));
}

/* By pagemap, page by page: those and no others. */
static void pages_are_there_that_the_fill_names(void **state)
{
	static const char *const memories[] = { "anon", "shmem", "shared", "copied" };
	char reason[REASON_SIZE] = "";

	(void)state;
	for (size_t m = 0; m < COUNT(memories); m++)
		for (size_t f = 0; f < COUNT(fill_words); f++) {
			struct region region = region_of(memories[m], fill_words[f], PMD_BYTES);

			region_make(&region);
			for (uint64_t page = 0; page < region.length / PAGE_BYTES; page++)
				if (pages_present(region.address + page * PAGE_BYTES, PAGE_BYTES) !=
				    region_has(&region, page))
					fail_msg("%s, %s: page %" PRIu64, memories[m],
						 fill_words[f], page);
			if (proof_region(&region, region.address, reason) ||
			    region_check(&region, region.address, reason))
				fail_msg("%s, %s: %s", memories[m], fill_words[f], reason);
			region_end(&region);
		}
}

static void a_files_pages_are_read_and_not_copied(void **state)
{
	struct region region = region_of("file", "100", PMD_BYTES), copied = region;
	char reason[REASON_SIZE] = "";

	(void)state;
	region_make(&region);
	assert_int_equal(proof_region(&region, region.address, reason), 0);
	assert_int_equal(region_check(&region, region.address, reason), 0);
	copied.memory = MEMORY_COPIED;
	assert_int_equal(proof_region(&copied, region.address, reason), -EPROTO);
	/* Written to, one page becomes a copy. */
	((volatile char *)(uintptr_t)region.address)[5 * PAGE_BYTES] = 1;
	assert_int_equal(proof_region(&region, region.address, reason), -EPROTO);
	assert_non_null(strstr(reason, "page 5 "));
	region_end(&region);
}

static void a_changed_page_is_found(void **state)
{
	static const char *const memories[] = { "anon", "shmem", "shared", "file", "copied" };
	char reason[REASON_SIZE] = "";

	(void)state;
	for (size_t m = 0; m < COUNT(memories); m++) {
		struct region region = region_of(memories[m], "100", 16 * PAGE_BYTES);
		volatile uint64_t *word;

		region_make(&region);
		assert_int_equal(region_check(&region, region.address, reason), 0);
		word = (volatile uint64_t *)(uintptr_t)(region.address + 11 * PAGE_BYTES);
		*word ^= 1;
		assert_int_equal(region_check(&region, region.address, reason), -EIO);
		assert_non_null(strstr(reason, "page 11 "));
		*word ^= 1;
		assert_int_equal(region_check(&region, region.address, reason), 0);
		/* Two pages that changed places are two wrong pages. */
		word[0] = word[PAGE_BYTES / 8];
		assert_int_equal(region_check(&region, region.address, reason), -EIO);
		region_end(&region);
	}
}

static void a_wrong_fill_or_kind_is_found(void **state)
{
	static const struct {
		const char *memory, *fill, *claimed_memory, *claimed_fill;
	} rows[] = {
		{ "anon", "100", "anon", "50prefix" },
		{ "anon", "50prefix", "anon", "100" },
		{ "anon", "10stride", "anon", "10random" },
		{ "anon", "pmd1", "anon", "0" },
		{ "anon", "0", "anon", "pmd1" },
		{ "anon", "100", "shmem", "100" },
		{ "shmem", "100", "anon", "100" },
		{ "copied", "100", "file", "100" },
		{ "file", "100", "anon", "100" },
	};
	char reason[REASON_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct region region = region_of(rows[i].memory, rows[i].fill, PMD_BYTES);
		struct region claimed =
			region_of(rows[i].claimed_memory, rows[i].claimed_fill, PMD_BYTES);

		region_make(&region);
		reason[0] = '\0';
		if (!proof_region(&claimed, region.address, reason) || !reason[0])
			fail_msg("%s %s passes for %s %s", rows[i].memory, rows[i].fill,
				 rows[i].claimed_memory, rows[i].claimed_fill);
		region_end(&region);
	}
}

static bool frames_can_be_read(void)
{
	return geteuid() == 0 && access("/proc/kpageflags", R_OK) == 0;
}

/* Small pages pass for no folio, however they are mapped. */
static void a_wrong_folio_size_is_found(void **state)
{
	static const char *const words[] = { "16K", "64K", "1M", "2M", "2Mptes" };
	struct region region = region_of("anon", "100", PMD_BYTES);
	char reason[REASON_SIZE] = "";
	size_t first = frames_can_be_read() ? 0 : 3, last = frames_can_be_read() ? COUNT(words) : 4;

	(void)state;
	if (first)
		print_message("only 2 MiB by PMD: page frames are shown to root alone\n");
	region_make(&region);
	assert_int_equal(proof_region(&region, region.address, reason), 0);
	for (size_t i = first; i < last; i++) {
		struct region claimed = region;

		assert_true(folio_parse(words[i], &claimed.folio, &claimed.mapping));
		if (proof_region(&claimed, region.address, reason) != -EPROTO)
			fail_msg("4 KiB pages pass for %s", words[i]);
	}
	region_end(&region);
}

static void region_proven(const struct region *region)
{
	char reason[REASON_SIZE] = "";

	if (proof_region(region, region->address, reason))
		fail_msg("%s", reason);
}

/* Also of a test that failed: the next one finds its place empty. */
static int place_emptied(void **state)
{
	(void)state;
	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	return munmap((void *)(uintptr_t)PLACE, 2 * PMD_BYTES);
}

/* …and 2 MiB pass for nothing else, where the machine gives any. */
static void a_folio_of_2_mib_passes_for_itself_alone(void **state)
{
	struct region region = region_of("anon", "100", 2 * PMD_BYTES), claimed;
	char reason[REASON_SIZE] = "";

	(void)state;
	region.folio = FOLIO_2M;
	if (folio_supported(&region, reason)) {
		print_message("%s\n", reason);
		skip();
	}
	region_make(&region);
	if (proof_region(&region, region.address, reason)) {
		print_message("no folio of 2 MiB is to be had here: %s\n", reason);
		skip();
	}
	/* khugepaged would map by PMD again what is split here: it leaves such a process alone. */
	assert_int_equal(prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0), 0);
	claimed = region;
	claimed.folio = FOLIO_4K;
	assert_int_equal(proof_region(&claimed, region.address, reason), -EPROTO);
	claimed = region;
	claimed.mapping = MAPPING_PTES;
	assert_int_equal(proof_region(&claimed, region.address, reason), -EPROTO);
	region.mapping = MAPPING_PTES;
	assert_int_equal(folio_remap(&region, reason), 0);
	region_proven(&region);
	region.mapping = MAPPING_HALF;
	assert_int_equal(folio_remap(&region, reason), 0);
	region_proven(&region);
	assert_int_equal(pages_present(region.address, region.length), 512);
	assert_int_equal(region_check(&region, region.address, reason), 0);
	region_end(&region);
}

static void what_is_mapped_already_is_left_alone(void **state)
{
	struct region region = region_of("anon", "100", 16 * PAGE_BYTES);
	char reason[REASON_SIZE] = "";

	(void)state;
	region_make(&region);
	assert_int_equal(region_map(&region, reason), -EEXIST);
	assert_true(reason[0]);
	assert_int_equal(region_check(&region, region.address, reason), 0);
	region_end(&region);
	assert_int_equal(proof_empty(region.address, region.length, reason), 0);
}

static void neighbours_keep_their_data_and_emptiness_is_proven(void **state)
{
	char reason[REASON_SIZE] = "";

	(void)state;
	assert_int_equal(page_map(PLACE, reason), 0);
	assert_int_equal(page_check(PLACE, reason), 0);
	assert_int_equal(proof_empty(PLACE - PMD_BYTES, 2 * PMD_BYTES, reason), -EPROTO);
	*(volatile char *)(uintptr_t)PLACE = 2;
	assert_int_equal(page_check(PLACE, reason), -EIO);
	page_unmap(PLACE);
	assert_int_equal(proof_empty(PLACE - PMD_BYTES, 2 * PMD_BYTES, reason), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_name_exactly_their_pages),
		cmocka_unit_test(random_fills_are_the_seeds_and_near_their_share),
		cmocka_unit_test(words_that_name_no_fill_are_refused),
		cmocka_unit_test(half_folios_name_their_first_halves),
		cmocka_unit_test(pages_are_there_that_the_fill_names),
		cmocka_unit_test(a_files_pages_are_read_and_not_copied),
		cmocka_unit_test(a_changed_page_is_found),
		cmocka_unit_test(a_wrong_fill_or_kind_is_found),
		cmocka_unit_test(a_wrong_folio_size_is_found),
		cmocka_unit_test_teardown(a_folio_of_2_mib_passes_for_itself_alone, place_emptied),
		cmocka_unit_test(what_is_mapped_already_is_left_alone),
		cmocka_unit_test(neighbours_keep_their_data_and_emptiness_is_proven),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
