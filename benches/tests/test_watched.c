// SPDX-License-Identifier: GPL-2.0-only
/*
 * What dontunmap's and uffd's cells claim by kernel version, against rows derived by hand from
 * mm/mremap.c and counted on real kernels; and the tools that they prove their state with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "benches/cell.h"
#include "benches/fixture.h"
#include "benches/kernel_rules.h"
#include "benches/families/resolver.h"
#include "benches/families/special.h"
#include "benches/families/userfault.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BASE "/fill=100/folio=4K"
#define RANGE_LENGTH (8 * PAGE_BYTES)
#define RANGE_ADDRESS (WINDOW_SOURCE + PMD_BYTES)

struct claim {
	const char *key;
	struct kernel_version kernel;
	const char *function;
	uint64_t min, max;
};

static void claims_hold(const struct claim *claims, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct claim *claim = &claims[i];
		struct fingerprint fingerprint = { 0 };
		struct cell cell;
		size_t at = 0;

		if (cell_find(claim->key, &cell))
			fail_msg("no such cell: %s", claim->key);
		cell.bench->expect(&cell, claim->kernel, &fingerprint);
		while (at < fingerprint.count &&
		       strcmp(fingerprint.items[at].function, claim->function) != 0)
			at++;
		if (at == fingerprint.count)
			fail_msg("%s claims nothing of %s", claim->key, claim->function);
		if (fingerprint.items[at].min != claim->min ||
		    fingerprint.items[at].max != claim->max)
			fail_msg("%s on %u.%u: %s %llu to %llu", claim->key, claim->kernel.major,
				 claim->kernel.minor, claim->function,
				 (unsigned long long)fingerprint.items[at].min,
				 (unsigned long long)fingerprint.items[at].max);
	}
}

static void watched_tables_move_whole_until_6_12(void **state)
{
	static const char aligned[] = "uffd/size=8M/align=pmd" BASE "/uffd=plain/mode=missing";
	static const char mutual[] = "uffd/size=32M/align=mutual" BASE "/uffd=plain/mode=missing";
	static const char pud[] =
		"uffd/size=1G/align=pud/fill=pmd1/folio=4K/uffd=plain/mode=missing";
	static const struct claim claims[] = {
		{ aligned, { 5, 19 }, "__pte_alloc", 0, 0 },
		/* Stable updates brought it to these series, and don't show in the version. */
		{ aligned, { 6, 1 }, "__pte_alloc", 0, 4 },
		{ aligned, { 6, 6 }, "__pte_alloc", 0, 4 },
		{ aligned, { 6, 11 }, "__pte_alloc", 0, 0 },
		{ aligned, { 6, 12 }, "__pte_alloc", 4, 4 },
		{ aligned, { 7, 3 }, "__pte_alloc", 4, 4 },
		{ mutual, { 6, 11 }, "__pte_alloc", 1, 1 },
		{ mutual, { 6, 12 }, "__pte_alloc", 17, 17 },
		{ pud, { 6, 11 }, "__pte_alloc", 0, 0 },
		{ pud, { 6, 12 }, "__pte_alloc", 512, 512 },
	};

	(void)state;
	claims_hold(claims, COUNT(claims));
}

static void an_event_or_a_huge_folio_keeps_them_whole(void **state)
{
	static const struct claim claims[] = {
		{ "uffd/size=8M/align=pmd" BASE "/uffd=event_remap/mode=wp",
		  { 7, 3 },
		  "__pte_alloc",
		  0,
		  0 },
		{ "uffd/size=8M/align=pmd" BASE "/uffd=event_unmap/mode=missing",
		  { 7, 3 },
		  "__pte_alloc",
		  0,
		  0 },
		{ "uffd/size=32M/align=pmd/fill=100/folio=2M/uffd=plain/mode=wp",
		  { 7, 3 },
		  "move_huge_pmd",
		  16,
		  16 },
		{ "uffd/size=32M/align=pmd/fill=100/folio=2M/uffd=plain/mode=wp",
		  { 7, 3 },
		  "__pte_alloc",
		  0,
		  0 },
	};

	(void)state;
	claims_hold(claims, COUNT(claims));
}

static void anonymous_faults_make_the_tables_that_the_move_took(void **state)
{
	static const char anon[] = "dontunmap/size=32M/align=pmd" BASE "/type=anon/step=refault";
	static const char one[] = "dontunmap/size=4K/align=pmd" BASE "/type=anon/step=refault";
	static const char both[] = "dontunmap/size=32M/align=pmd" BASE "/type=anon/step=both";
	static const char shmem[] = "dontunmap/size=32M/align=pmd" BASE "/type=shmem/step=refault";
	static const char huge[] =
		"dontunmap/size=32M/align=pmd/fill=100/folio=2M/type=anon/step=both";
	static const char copy[] = "dontunmap/size=2M/align=pmd" BASE "/type=anon/step=uffd_copy";
	static const struct claim claims[] = {
		{ anon, { 6, 1 }, "__pte_alloc", 16, 16 },
		{ anon, { 6, 1 }, "handle_mm_fault", 8192, 8193 },
		{ one, { 6, 1 }, "__pte_alloc", 0, 0 }, /* it was moved out of its table */
		{ both, { 7, 3 }, "__pte_alloc", 16, 16 },
		{ shmem, { 6, 1 }, "__pte_alloc", 0, 0 },
		{ huge, { 6, 1 }, "__pte_alloc", 0, 0 },
		{ huge, { 6, 1 }, "move_huge_pmd", 16, 16 },
		{ huge, { 6, 1 }, "handle_mm_fault", 16, 17 },
		/* Armed before the move: entry by entry, the table stays. */
		{ copy, { 5, 19 }, "__pte_alloc", 1, 1 },
		{ copy, { 6, 1 }, "__pte_alloc", 0, 1 },
		{ copy, { 6, 12 }, "__pte_alloc", 0, 0 },
	};

	(void)state;
	claims_hold(claims, COUNT(claims));
}

/* An armed, empty range of shared or private memory. */
static struct region range_map(enum memory memory)
{
	struct region region = { .address = RANGE_ADDRESS,
				 .length = RANGE_LENGTH,
				 .memory = memory };
	char reason[256];

	assert_int_equal(region_map(&region, reason), 0);
	return region;
}

static void a_range_is_armed_until_it_is_closed(void **state)
{
	struct userfault uffd = { 0 };
	struct region region;
	char reason[256];

	(void)state;
	if (userfault_supported(0, reason)) {
		print_message("%s\n", reason);
		skip();
	}
	region = range_map(MEMORY_ANON);
	assert_int_equal(userfault_armed(region.address), 0);
	assert_int_equal(userfault_open(&uffd, 0, reason), 0);
	assert_int_equal(userfault_arm(&uffd, region.address, region.length,
				       UFFDIO_REGISTER_MODE_MISSING, reason),
			 0);
	assert_int_equal(userfault_armed(region.address), 1);
	userfault_close(&uffd);
	assert_int_equal(userfault_armed(region.address), 0);
	region_unmap(&region, region.address, reason);
	assert_true(userfault_armed(region.address) == UINT64_MAX);
}

static void an_event_that_did_not_come_is_told(void **state)
{
	struct userfault uffd = { 0 };
	char reason[256] = "";

	(void)state;
	if (userfault_supported(UFFD_FEATURE_EVENT_REMAP, reason)) {
		print_message("%s\n", reason);
		skip();
	}
	assert_int_equal(userfault_open(&uffd, UFFD_FEATURE_EVENT_REMAP, reason), 0);
	assert_int_equal(userfault_read_events(&uffd, reason), 0);
	assert_int_equal(userfault_await(&uffd, 0, reason), 0);
	assert_int_not_equal(userfault_await(&uffd, 1, reason), 0);
	assert_string_equal(reason, "0 events were taken instead of 1");
	userfault_close(&uffd); /* and the thread that reads ends */
	assert_false(uffd.reading);
}

/* Fills a range from another, by ioctl or as the answer to another thread's faults. */
static void resolve_once(enum resolve how, enum memory memory)
{
	struct region range, from = { .address = WINDOW_DESTINATION,
				      .length = RANGE_LENGTH,
				      .fill = { FILL_ALL, 0 },
				      .seed = 7 };
	struct resolver resolver;
	char reason[256] = "";

	if (resolver_supported(how, reason)) {
		print_message("%s\n", reason);
		skip();
	}
	range = range_map(memory);
	assert_int_equal(region_map(&from, reason), 0);
	assert_int_equal(region_fill(&from, reason), 0);
	assert_int_equal(resolver_open(&resolver, how, RANGE_LENGTH / PAGE_BYTES, reason), 0);
	assert_int_equal(resolver_arm(&resolver, range.address, reason), 0);
	/* Not prepared: neither waits for a fault nor fills. */
	resolver_idle(&resolver);
	resolver_run_faults(&resolver);
	assert_int_not_equal(resolver_check(&resolver, reason), 0);
	resolver_prepare(&resolver, range.address, from.address);
	if (how == RESOLVE_FAULT)
		resolver_run_faults(&resolver);
	else
		resolver_run(&resolver);
	assert_int_equal(resolver_check(&resolver, reason), 0);
	from.memory = memory;
	assert_int_equal(region_check(&from, range.address, reason), 0);
	/* A second time all is there: no page can be filled again. */
	resolver_prepare(&resolver, range.address, from.address);
	resolver_run(&resolver);
	assert_int_not_equal(resolver_check(&resolver, reason), 0);
	resolver_close(&resolver);
	region_unmap(&range, range.address, reason);
	region_unmap(&from, from.address, reason);
}

static void pages_are_copied_by_ioctl(void **state)
{
	(void)state;
	resolve_once(RESOLVE_COPY, MEMORY_ANON);
}

static void pages_are_moved_by_ioctl(void **state)
{
	(void)state;
	resolve_once(RESOLVE_MOVE, MEMORY_ANON);
}

static void faults_of_another_thread_are_answered(void **state)
{
	(void)state;
	resolve_once(RESOLVE_FAULT, MEMORY_ANON);
}

static void special_mappings_are_found_and_gone(void **state)
{
	static const enum special kinds[] = { SPECIAL_VVAR, SPECIAL_PERF, SPECIAL_RING };

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct special_mapping mapping;
		struct text line = { 0 };
		char reason[256] = "";

		if (special_map(kinds[i], RANGE_ADDRESS, &mapping, reason)) {
			print_message("kind %zu: %s\n", i, reason);
			continue;
		}
		assert_int_equal(special_line(mapping.address, &line, reason), 0);
		assert_true(line.len > 0);
		special_unmap(&mapping);
		assert_int_equal(!special_line(mapping.address, &line, reason),
				 kinds[i] == SPECIAL_VVAR);
		text_free(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(watched_tables_move_whole_until_6_12),
		cmocka_unit_test(an_event_or_a_huge_folio_keeps_them_whole),
		cmocka_unit_test(anonymous_faults_make_the_tables_that_the_move_took),
		cmocka_unit_test(a_range_is_armed_until_it_is_closed),
		cmocka_unit_test(an_event_that_did_not_come_is_told),
		cmocka_unit_test(pages_are_copied_by_ioctl),
		cmocka_unit_test(pages_are_moved_by_ioctl),
		cmocka_unit_test(faults_of_another_thread_are_answered),
		cmocka_unit_test(special_mappings_are_found_and_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
