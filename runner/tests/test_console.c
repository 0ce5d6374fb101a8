// SPDX-License-Identifier: GPL-2.0-only
/* What is found in a console: every kind of report, once each, with the words of several versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "base/text.h"
#include "runner/console.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct console_scan scan;

static void scan_text(const char *text)
{
	console_begin(&scan);
	console_feed(&scan, text, strlen(text));
	console_finish(&scan);
}

/* What one splat's lines are, and what is made of them. */
struct sample {
	const char *text;
	enum splat_kind kind;
	const char *headline;
};

#define CUT "[    4.000000] ------------[ cut here ]------------\n"

static const struct sample samples[] = {
	{ CUT "[    4.000001] WARNING: CPU: 0 PID: 57 at mm/mremap.c:1034 move_vma+0x12/0x900\n"
	      "[    4.000002] RIP: 0010:move_vma+0x12/0x900\n"
	      "[    4.000003] ---[ end trace 0000000000000000 ]---\n",
	  SPLAT_WARN, "mm/mremap.c:1034 move_vma+0x12/0x900" },
	{ CUT "[    4.000001] WARNING: mm/mremap.c:1034 at move_vma+0x12/0x900, CPU#0: agent/57\n",
	  SPLAT_WARN, "mm/mremap.c:1034 move_vma+0x12/0x900" },
	{ "WARNING: CPU: 1 PID: 2 at move_vma+0x12/0x900\n", SPLAT_WARN, "move_vma+0x12/0x900" },
	{ "WARNING: at move_vma+0x12/0x900, CPU#0: agent/57\n", SPLAT_WARN, "move_vma+0x12/0x900" },
	{ "[    4.0][   T57] WARNING: CPU: 0 PID: 57 at fs/a.c:1 f+0x1/0x2 [ext4]\r\n", SPLAT_WARN,
	  "fs/a.c:1 f+0x1/0x2 [ext4]" },
	{ "<4>[    4.000001][    C0] WARNING: CPU: 0 PID: 57 at mm/a.c:1 f+0x1/0x2\n", SPLAT_WARN,
	  "mm/a.c:1 f+0x1/0x2" },
	{ "BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
	  "#PF: supervisor write access in kernel mode\n"
	  "#PF: error_code(0x0002) - not-present page\n"
	  "PGD 0 P4D 0\n"
	  "Oops: Oops: 0002 [#1] SMP NOPTI\n"
	  "RIP: 0010:move_vma+0x1b/0x90\n"
	  "RIP: 0033:0x401234\n"
	  "---[ end trace 0000000000000000 ]---\n",
	  SPLAT_OOPS,
	  "kernel NULL pointer dereference, address: 0000000000000010 in move_vma+0x1b/0x90" },
	{ "general protection fault, probably for non-canonical address 0xdead000000000100: 0000 "
	  "[#1] PREEMPT SMP NOPTI\nRIP: 0010:f+0x1/0x2\n",
	  SPLAT_OOPS,
	  "general protection fault, probably for non-canonical address 0xdead000000000100 in "
	  "f+0x1/0x2" },
	{ "Oops: general protection fault, maybe for address 0x1: 0000 [#1] SMP\n", SPLAT_OOPS,
	  "general protection fault, maybe for address 0x1" },
	{ "BUG: TASK stack guard page was hit at ffffc90000003ff8 (stack is 1..2)\n"
	  "Oops: stack guard page: 0000 [#1] SMP\n",
	  SPLAT_OOPS, "TASK stack guard page was hit" },
	{ "traps: PANIC: double fault, error_code: 0x0\ndouble fault: 0000 [#1] PREEMPT SMP\n",
	  SPLAT_OOPS, "PANIC: double fault" },
	{ CUT "kernel BUG at mm/rmap.c:1234!\ninvalid opcode: 0000 [#1] PREEMPT SMP NOPTI\n"
	      "RIP: 0010:page_move_anon_rmap+0x3/0x40\n",
	  SPLAT_BUG, "mm/rmap.c:1234 page_move_anon_rmap+0x3/0x40" },
	{ CUT "kernel BUG at mm/rmap.c:1234!\nOops: invalid opcode: 0000 [#1] SMP NOPTI\n"
	      "RIP: 0010:f+0x3/0x40\n",
	  SPLAT_BUG, "mm/rmap.c:1234 f+0x3/0x40" },
	{ "BUG: mempool element poison mismatch\n", SPLAT_BUG, "mempool element poison mismatch" },
	{ "\n======================================================\n"
	  "WARNING: possible circular locking dependency detected\n"
	  "6.12.107 #1 Not tainted\n"
	  "------------------------------------------------------\n"
	  "agent/57 is trying to acquire lock:\n"
	  "ffff888003 (&mm->mmap_lock){++++}-{3:3}, at: move_vma+0x1/0x2\n"
	  "\nbut task is already holding lock:\n"
	  "ffff888004 (&anon_vma->rwsem){++++}-{3:3}, at: anon_vma_clone+0x1/0x2\n"
	  "\n *** DEADLOCK ***\n\n"
	  "1 lock held by agent/57:\n"
	  " #0: ffff888004 (&anon_vma->rwsem){++++}-{3:3}, at: anon_vma_clone+0x1/0x2\n",
	  SPLAT_LOCKDEP, "possible circular locking dependency detected at move_vma+0x1/0x2" },
	{ "=============================\nWARNING: suspicious RCU usage\n7.3.4 #1 Not tainted\n"
	  "-----------------------------\n"
	  "mm/mremap.c:12 suspicious rcu_dereference_check() usage!\n"
	  "\nother info that might help us debug this:\n",
	  SPLAT_LOCKDEP, "suspicious RCU usage: mm/mremap.c:12" },
	{ "WARNING: inconsistent lock state\n", SPLAT_LOCKDEP, "inconsistent lock state" },
	{ "WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected\n", SPLAT_LOCKDEP,
	  "HARDIRQ-safe -> HARDIRQ-unsafe lock order detected" },
	{ "WARNING: agent/57 still has locks held!\n", SPLAT_LOCKDEP,
	  "agent/N still has locks held" },
	{ "WARNING: held lock freed!\n", SPLAT_LOCKDEP, "held lock freed" },
	{ "WARNING: bad unlock balance detected!\n", SPLAT_LOCKDEP, "bad unlock balance detected" },
	{ "[    1.000000] [ BUG: Invalid wait context ]\n", SPLAT_LOCKDEP,
	  "[ BUG: Invalid wait context ]" },
	{ "BUG: sleeping function called from invalid context at mm/filemap.c:12\n"
	  "in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 57, name: agent\n",
	  SPLAT_ATOMIC, "sleeping function called from invalid context at mm/filemap.c:12" },
	{ "BUG: scheduling while atomic: agent/57/0x00000002\n", SPLAT_ATOMIC,
	  "scheduling while atomic: agent/N" },
	{ "BUG: using smp_processor_id() in preemptible [00000000] code: agent/57\n", SPLAT_ATOMIC,
	  "using smp_processor_id() in preemptible" },
	{ "==================================================================\n"
	  "BUG: KASAN: slab-use-after-free in move_vma+0x12/0x34\n"
	  "Read of size 8 at addr ffff888004 by task agent/57\n"
	  "\nThe buggy address belongs to the object at ffff888004\n"
	  "page dumped because: kasan: bad access detected\n"
	  "==================================================================\n"
	  "Disabling lock debugging due to kernel taint\n",
	  SPLAT_KASAN, "slab-use-after-free in move_vma+0x12/0x34" },
	{ "BUG: KCSAN: data-race in a / b\n", SPLAT_KCSAN, "data-race in a / b" },
	{ "BUG: KMSAN: uninit-value in a+0x1/0x2\n", SPLAT_KMSAN, "uninit-value in a+0x1/0x2" },
	{ "BUG: KFENCE: out-of-bounds read in a+0x1/0x2\n", SPLAT_KFENCE,
	  "out-of-bounds read in a+0x1/0x2" },
	{ CUT "UBSAN: shift-out-of-bounds in mm/mremap.c:12:3\n"
	      "shift exponent 64 is too large for 64-bit type 'long unsigned int'\n"
	      "---[ end trace ]---\n",
	  SPLAT_UBSAN, "shift-out-of-bounds in mm/mremap.c:12:3" },
	{ "BUG: Bad page state in process agent  pfn:01234\n", SPLAT_PAGE,
	  "Bad page state in process agent" },
	{ "BUG: Bad page map in process agent  pte:8000000 pmd:0123\n", SPLAT_PAGE,
	  "Bad page map in process agent" },
	{ "BUG: Bad rss-counter state mm:00000000abcdef type:MM_ANONPAGES val:1\n", SPLAT_PAGE,
	  "Bad rss-counter state" },
	{ "BUG: non-zero pgtables_bytes on freeing mm: 4096\n", SPLAT_PAGE,
	  "non-zero pgtables_bytes" },
	{ "mm/pgtable-generic.c:50: bad pmd 00000000abc(0000000012345)\n", SPLAT_PAGE,
	  "mm/pgtable-generic.c:50: bad pmd" },
	{ "get_swap_device: Bad swap file entry 3ffff\n", SPLAT_PAGE,
	  "get_swap_device: Bad swap file entry" },
	{ "BUG kmalloc-64 (Not tainted): Redzone overwritten\n", SPLAT_SLAB,
	  "BUG kmalloc-64 (Not tainted): Redzone overwritten" },
	{ "watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [agent:57]\n", SPLAT_LOCKUP,
	  "soft lockup - CPU#N stuck for Ns! [agent:N]" },
	{ "rcu: INFO: rcu_preempt self-detected stall on CPU\n", SPLAT_LOCKUP,
	  "rcu_preempt self-detected stall on CPU" },
	{ "INFO: task agent:57 blocked for more than 120 seconds.\n", SPLAT_LOCKUP,
	  "task agent:N blocked for more than N seconds" },
	{ "agent invoked oom-killer: gfp_mask=0x140dca(GFP), order=0, oom_score_adj=0\n"
	  "Mem-Info:\n"
	  "Out of memory: Killed process 57 (agent) total-vm:3kB, anon-rss:1kB\n",
	  SPLAT_OOM, "Out of memory: Killed process N (agent)" },
	{ "Memory cgroup out of memory: Killed process 57 (agent) total-vm:3kB\n", SPLAT_OOM,
	  "Memory cgroup out of memory: Killed process N (agent)" },
	{ "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000700\n"
	  "---[ end Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000700 ]---\n",
	  SPLAT_PANIC, "Attempted to kill init! exitcode=0x00000700" },
};

static void each_report_is_one_splat(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		scan_text(samples[i].text);
		if (scan.total != 1 || scan.count != 1)
			fail_msg("%u splats in: %s", scan.total, samples[i].text);
		if (strcmp(scan.splats[0].headline, samples[i].headline) != 0)
			fail_msg("\"%s\" is not \"%s\"", scan.splats[0].headline,
				 samples[i].headline);
		assert_int_equal(scan.splats[0].kind, samples[i].kind);
		assert_true(scan.head_len > 0);
	}
}

/* Consoles of real guests (runner/tests/golden/console): what they were made to do is in their names. */
static void real_consoles_are_understood(void **state)
{
	static const struct {
		const char *file;
		enum console_end end;
		uint32_t total;
		const char *splats; /* "KIND HEADLINE" a line */
	} consoles[] = {
		{ "crash-6.12", CONSOLE_PANIC, 1, "panic sysrq triggered crash\n" },
		{ "crash-7.2", CONSOLE_PANIC, 1, "panic sysrq triggered crash\n" },
		{ "timer-6.1", CONSOLE_PANIC, 1,
		  "panic IO-APIC + timer doesn't work!  Boot with apic=debug and send a report.  Then "
		  "try booting with the 'noapic' option\n" },
		{ "no-initrd-7.3", CONSOLE_NO_INIT, 1,
		  "panic VFS: Unable to mount root fs on \"\" or unknown-block(0,0)\n" },
		{ "no-init-7.3", CONSOLE_NO_INIT, 1,
		  "panic No working init found.  Try passing init= option to kernel. See Linux "
		  "Documentation/admin-guide/init.rst for guidance\n" },
		{ "oom-6.1", CONSOLE_OOM, 2,
		  "oom init invoked oom-killer\npanic System is deadlocked on memory\n" },
		{ "oom-7.2", CONSOLE_OOM, 2,
		  "oom init invoked oom-killer\npanic System is deadlocked on memory\n" },
		{ "planted-7.3", CONSOLE_PANIC, 7,
		  "warn planted_fault+0xec/0x1c0\n"
		  "warn planted_fault+0x19b/0x1c0\n"
		  "oops kernel NULL pointer dereference, address: 0000000000000000 in "
		  "planted_fault+0x8a/0x1c0\n"
		  "oops general protection fault, probably for non-canonical address "
		  "0xdead000000000100 in planted_fault+0x152/0x1c0\n"
		  "bug planted_fault+0x1be/0x1c0\n"
		  "page Bad page state in process init\n"
		  "panic planted panic\n" },
		{ "debug-7.3", CONSOLE_PANIC, 6,
		  "warn mm/mremap.c:2123 planted_fault+0x14e/0x2c0\n"
		  "atomic sleeping function called from invalid context at mm/mremap.c:2150\n"
		  "kasan slab-use-after-free in planted_freed+0x70/0x80\n"
		  "page Bad page state in process init\n"
		  "atomic scheduling while atomic: init/N\n"
		  "panic planted panic\n" },
		{ "lockdep-7.3", CONSOLE_PANIC, 3,
		  "lockdep suspicious RCU usage: mm/mremap.c:2158\n"
		  "lockdep possible circular locking dependency detected at "
		  "planted_take+0x1a/0x30\n"
		  "panic planted panic\n" },
		{ "unbalanced-7.3", CONSOLE_PANIC, 2,
		  "lockdep bad unlock balance detected\npanic planted panic\n" },
		{ "held-7.3", CONSOLE_PANIC, 2,
		  "lockdep lock held when returning to user space at planted_fault+0x26d/0x2c0\n"
		  "panic planted panic\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(consoles); i++) {
		struct text text = { 0 }, found = { 0 };
		char path[200];

		snprintf(path, sizeof(path), "runner/tests/golden/console/%s", consoles[i].file);
		assert_int_equal(file_read(path, 1 << 20, &text), 0);
		scan_text(text_get(&text));
		for (size_t s = 0; s < scan.count; s++)
			text_addf(&found, "%s %s\n", splat_kind_name(scan.splats[s].kind),
				  scan.splats[s].headline);
		if (scan.total != consoles[i].total || scan.end != consoles[i].end ||
		    strcmp(text_get(&found), consoles[i].splats) != 0)
			fail_msg("%s: end %d, %u splats:\n%s", consoles[i].file, scan.end,
				 scan.total, text_get(&found));
		text_free(&text);
		text_free(&found);
	}
}

static void an_honest_boot_has_none(void **state)
{
	static const char *const lines[] = {
		"[    0.072000] RETBleed: WARNING: Spectre v2 mitigation leaves CPU vulnerable to "
		"RETBleed attacks, data leaks possible!",
		"[    0.000000] Warning: unable to open an initial console.",
		"[    0.000000] WARNING: x2apic disabled",
		"[    0.1] x86/fpu: WARNING about at nothing",
		"[    1.0] Out of memory handling: none",
		"[    1.0] rcu: INFO: rcu_preempt is fine",
		"[    1.0] INFO: task scheduler ready",
		"[    1.0] BUGs are none",
		"[    1.0] Oops: no number [#x]",
		"[    1.0] mode 0755 [#1]",
		"remapbench-agent: this trial has failed",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		scan_text(lines[i]);
		if (scan.total)
			fail_msg("%s: %s", splat_kind_name(scan.splats[0].kind), lines[i]);
		assert_int_equal(scan.head_len, 0);
		assert_int_equal(scan.end, CONSOLE_GOES_ON);
	}
}

static void a_console_has_them_in_order(void **state)
{
	(void)state;
	scan_text("booting\n" CUT "words of its own\n"
		  "[    4.000001] WARNING: CPU: 0 PID: 57 at mm/a.c:1 f+0x1/0x2\n"
		  "[    4.000002] ---[ end trace 0000000000000000 ]---\n"
		  "between\n" CUT "[    5.000001] WARNING: CPU: 0 PID: 58 at mm/a.c:1 f+0x1/0x2\n"
		  "[    5.000002] ---[ end trace 0000000000000000 ]---\n"
		  "BUG: kernel NULL pointer dereference, address: 0\n"
		  "Oops: 0000 [#1] SMP\nRIP: 0010:g+0x1/0x2\n"
		  "Kernel panic - not syncing: Fatal exception\n");
	assert_int_equal(scan.total, 4);
	assert_int_equal(scan.count, 3);
	assert_int_equal(scan.splats[0].kind, SPLAT_WARN);
	assert_int_equal(scan.splats[0].count, 2);
	assert_int_equal(scan.splats[0].at, strlen("booting\n"));
	assert_int_equal(scan.splats[1].kind, SPLAT_OOPS);
	assert_int_equal(scan.splats[2].kind, SPLAT_PANIC);
	assert_string_equal(scan.head,
			    CUT "words of its own\n"
				"[    4.000001] WARNING: CPU: 0 PID: 57 at mm/a.c:1 f+0x1/0x2\n"
				"[    4.000002] ---[ end trace 0000000000000000 ]---\n");
	assert_int_equal(scan.end, CONSOLE_PANIC);
	assert_string_equal(scan.end_words, "Fatal exception");
}

static void a_kernels_end_is_known_by_its_words(void **state)
{
	static const struct {
		const char *text;
		enum console_end end;
		const char *words;
	} ends[] = {
		{ "Kernel panic - not syncing: System is deadlocked on memory\n", CONSOLE_OOM,
		  "System is deadlocked on memory" },
		{ "Kernel panic - not syncing: Out of memory: compulsory panic_on_oom is enabled\n",
		  CONSOLE_OOM, "Out of memory: compulsory panic_on_oom is enabled" },
		{ "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n",
		  CONSOLE_NO_INIT, "VFS: Unable to mount root fs on unknown-block(0,0)" },
		{ "Kernel panic - not syncing: No working init found.  Try passing init= option\n",
		  CONSOLE_NO_INIT, "No working init found.  Try passing init= option" },
		{ "\n\nuncompression error\n\n -- System halted", CONSOLE_NO_KERNEL,
		  "uncompression error" },
		{ "Kernel panic - not syncing: sysrq triggered crash\n"
		  "Kernel panic - not syncing: another\n",
		  CONSOLE_PANIC, "sysrq triggered crash" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ends); i++) {
		scan_text(ends[i].text);
		assert_int_equal(scan.end, ends[i].end);
		assert_string_equal(scan.end_words, ends[i].words);
	}
}

static void more_than_have_room_are_counted(void **state)
{
	char line[100];

	(void)state;
	console_begin(&scan);
	for (int i = 0; i < 100; i++) {
		snprintf(line, sizeof(line), "WARNING: CPU: 0 PID: 1 at mm/a.c:%d f+0x1/0x2\n", i);
		console_feed(&scan, line, strlen(line));
	}
	console_finish(&scan);
	assert_int_equal(scan.total, 100);
	assert_int_equal(scan.count, CONSOLE_SPLATS);
}

static void a_head_is_bounded_and_begins_where_it_begins(void **state)
{
	(void)state;
	console_begin(&scan);
	console_feed(&scan, "BUG: KASAN: bad in f\n", 21);
	for (int i = 0; i < 5000; i++)
		console_feed(&scan, "a line of it\n", 13);
	console_finish(&scan);
	assert_int_equal(scan.total, 1);
	assert_true(scan.head_len < CONSOLE_HEAD && scan.head_len > 1000);
	assert_int_equal(strncmp(scan.head, "BUG: KASAN", 10), 0);
}

static void two_witnesses_of_one_guest_count_once(void **state)
{
	static const char both[] = CUT "WARNING: CPU: 0 PID: 57 at mm/a.c:1 f+0x1/0x2\n";
	static const char late[] = "BUG: Bad page state in process agent  pfn:01234\n";
	struct console_scan other;
	char words[300];

	(void)state;
	scan_text(both);
	other = scan;
	console_begin(&scan);
	console_feed(&scan, both, strlen(both));
	console_feed(&scan, both, strlen(both));
	console_finish(&scan);
	console_merge(&scan, &other);
	assert_int_equal(scan.total, 2);
	assert_int_equal(scan.count, 1);
	other = scan;
	scan_text(late);
	console_merge(&other, &scan);
	assert_int_equal(other.total, 3);
	assert_string_equal(console_words(&other, words, sizeof(words)),
			    "3 splats, the first: warn mm/a.c:1 f+0x1/0x2");
	assert_string_equal(console_words(&scan, words, sizeof(words)),
			    "1 splat: page Bad page state in process agent");
	console_begin(&scan);
	assert_string_equal(console_words(&scan, words, sizeof(words)), "");
}

static void hostile_bytes_are_made_plain(void **state)
{
	(void)state;
	scan_text("WARNING: CPU: 0 PID: 1 at mm/\x1b[31m\xff\x01<b>.c:1 f\n");
	assert_int_equal(scan.total, 1);
	for (const char *at = scan.head; *at; at++)
		assert_true(*at == '\n' || (*at >= ' ' && *at <= '~'));
	assert_string_equal(scan.splats[0].headline, "mm/?[31m?"
						     "?<b>.c:1 f");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_report_is_one_splat),
		cmocka_unit_test(real_consoles_are_understood),
		cmocka_unit_test(an_honest_boot_has_none),
		cmocka_unit_test(a_console_has_them_in_order),
		cmocka_unit_test(a_kernels_end_is_known_by_its_words),
		cmocka_unit_test(more_than_have_room_are_counted),
		cmocka_unit_test(a_head_is_bounded_and_begins_where_it_begins),
		cmocka_unit_test(two_witnesses_of_one_guest_count_once),
		cmocka_unit_test(hostile_bytes_are_made_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
