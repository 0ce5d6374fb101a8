// SPDX-License-Identifier: GPL-2.0-only
/*
 * console_rules: the words themselves, as in 6.1 to 7.3: kernel/panic.c, lib/bug.c, kernel/locking/
 * lockdep.c, arch/x86/mm/fault.c, arch/x86/kernel/dumpstack.c, mm/{kasan,kfence,kmsan}/report.c …
 */
#include "runner/console_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct rule {
	const char *words;
	enum splat_kind kind;
	enum {
		ALONE = 1, /* the words begin the line; else they may stand anywhere in it */
		REST = 2, /* the headline is what follows the words; else the whole line */
		SHORT = 4, /* nothing after the words */
		DIGITS = 8, /* numbers of processes, CPUs and seconds: each becomes N */
	} how;
	const char *and; /* words that must follow somewhere, or NULL */
	const char *cut; /* the headline ends before these, or NULL */
};

/* The first that fits. */
static const struct rule rules[] = {
	{ "Kernel panic - not syncing: ", SPLAT_PANIC, ALONE | REST, NULL, NULL },
	{ "WARNING: possible circular locking", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: possible recursive locking", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: possible irq lock inversion", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: inconsistent lock state", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: Nested lock was not taken", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: bad unlock balance", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: bad contention", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: held lock freed", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: lock held when returning", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: suspicious RCU usage", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: chain_key collision", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: ", SPLAT_LOCKDEP, ALONE, "unsafe lock order detected", NULL },
	{ "WARNING: ", SPLAT_LOCKDEP, ALONE | DIGITS, "still has locks held", NULL },
	{ "[ BUG: Invalid wait context ]", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "INFO: trying to register non-static key", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "BUG: MAX_LOCK", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "BUG: MAX_STACK_TRACE_ENTRIES", SPLAT_LOCKDEP, ALONE, NULL, NULL },
	{ "WARNING: kernel stack ", SPLAT_WARN, ALONE, NULL, " at " },
	{ "BUG: sleeping function called", SPLAT_ATOMIC, ALONE, NULL, NULL },
	{ "BUG: scheduling while atomic", SPLAT_ATOMIC, ALONE | DIGITS, NULL, "/0x" },
	{ "BUG: scheduling in a non-blocking", SPLAT_ATOMIC, ALONE | DIGITS, NULL, NULL },
	{ "BUG: assuming atomic context", SPLAT_ATOMIC, ALONE, NULL, NULL },
	{ "BUG: assuming non migratable", SPLAT_ATOMIC, ALONE, NULL, NULL },
	{ "BUG: using ", SPLAT_ATOMIC, ALONE, "in preemptible", " [" },
	{ "BUG: workqueue leaked", SPLAT_ATOMIC, ALONE | DIGITS, NULL, NULL },
	{ "BUG: KASAN: ", SPLAT_KASAN, ALONE | REST, NULL, NULL },
	{ "BUG: KCSAN: ", SPLAT_KCSAN, ALONE | REST, NULL, NULL },
	{ "BUG: KMSAN: ", SPLAT_KMSAN, ALONE | REST, NULL, NULL },
	{ "BUG: KFENCE: ", SPLAT_KFENCE, ALONE | REST, NULL, NULL },
	{ "UBSAN: ", SPLAT_UBSAN, ALONE | REST, " in ", NULL },
	/* Two spaces before what differs each time: pfn, pte, pmd … */
	{ "BUG: Bad page ", SPLAT_PAGE, ALONE, NULL, "  " },
	{ "BUG: Bad rss-counter state", SPLAT_PAGE, ALONE | SHORT, NULL, NULL },
	{ "BUG: non-zero pgtables_bytes", SPLAT_PAGE, ALONE | SHORT, NULL, NULL },
	{ ": bad pmd ", SPLAT_PAGE, SHORT, NULL, NULL },
	{ ": bad pud ", SPLAT_PAGE, SHORT, NULL, NULL },
	{ ": bad p4d ", SPLAT_PAGE, SHORT, NULL, NULL },
	{ ": bad pgd ", SPLAT_PAGE, SHORT, NULL, NULL },
	{ "Bad swap file entry", SPLAT_PAGE, SHORT, NULL, NULL },
	{ "Bad swap offset entry", SPLAT_PAGE, SHORT, NULL, NULL },
	{ "Unused swap file entry", SPLAT_PAGE, SHORT, NULL, NULL },
	{ "Unused swap offset entry", SPLAT_PAGE, SHORT, NULL, NULL },
	{ "BUG: soft lockup", SPLAT_LOCKUP, DIGITS, NULL, NULL },
	{ "BUG: workqueue lockup", SPLAT_LOCKUP, DIGITS, NULL, NULL },
	{ "Watchdog detected hard LOCKUP", SPLAT_LOCKUP, DIGITS, NULL, NULL },
	{ "INFO: rcu_", SPLAT_LOCKUP, DIGITS, "stall", "{" },
	{ "INFO: task ", SPLAT_LOCKUP, DIGITS, "seconds", NULL },
	{ " invoked oom-killer", SPLAT_OOM, SHORT, NULL, NULL },
	{ "ut of memory", SPLAT_OOM, DIGITS, ": Killed process ", " total-vm" },
	{ "BUG: kernel NULL pointer dereference", SPLAT_OOPS, ALONE, NULL, NULL },
	{ "BUG: unable to handle ", SPLAT_OOPS, ALONE, NULL, NULL },
	{ "stack guard page was hit", SPLAT_OOPS, SHORT, NULL, NULL },
	{ "PANIC: double fault", SPLAT_OOPS, SHORT, NULL, NULL },
	/* "kernel BUG at f+0x1/0x2 [verbose debug info unavailable]!" without CONFIG_DEBUG_BUGVERBOSE. */
	{ "kernel BUG at ", SPLAT_BUG, ALONE | REST, " [verbose", " [verbose" },
	{ "kernel BUG at ", SPLAT_BUG, ALONE | REST, NULL, "!" },
	{ "BUG ", SPLAT_SLAB, ALONE, "): ", NULL },
	{ "BUG: ", SPLAT_BUG, ALONE | REST, NULL, NULL },
};

static const char *const kind_names[SPLAT_KINDS] = {
	[SPLAT_PANIC] = "panic", [SPLAT_OOPS] = "oops",	      [SPLAT_BUG] = "bug",
	[SPLAT_WARN] = "warn",	 [SPLAT_LOCKDEP] = "lockdep", [SPLAT_ATOMIC] = "atomic",
	[SPLAT_KASAN] = "kasan", [SPLAT_UBSAN] = "ubsan",     [SPLAT_KCSAN] = "kcsan",
	[SPLAT_KMSAN] = "kmsan", [SPLAT_KFENCE] = "kfence",   [SPLAT_PAGE] = "page",
	[SPLAT_SLAB] = "slab",	 [SPLAT_LOCKUP] = "lockup",   [SPLAT_OOM] = "oom",
};

const char *splat_kind_name(enum splat_kind kind)
{
	return kind_names[kind];
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/*
 * "<4>" by a log read from inside; "[    1.234567]" with CONFIG_PRINTK_TIME; "[   T57]" or "[    C0]"
 * with CONFIG_PRINTK_CALLER (kernel/printk/printk.c, info_print_prefix()).
 */
const char *console_text(const char *line)
{
	for (;;) {
		const char *at = line, *inside;

		if (*at == '<' && isdigit((unsigned char)at[1])) {
			at += 1 + strspn(at + 1, "0123456789");
			if (*at != '>')
				return line;
			line = at + 1;
			continue;
		}
		at += strspn(at, " ");
		if (*at != '[')
			return line + strspn(line, " ");
		inside = at + 1 + strspn(at + 1, " ");
		inside += *inside == 'T' || *inside == 'C';
		at = inside + strspn(inside, "0123456789.");
		if (at == inside || *at != ']')
			return line + strspn(line, " ");
		line = at + 1;
	}
}

static void headline_cut(char *headline, const char *before)
{
	char *at = before ? strstr(headline, before) : NULL;

	if (at)
		*at = '\0';
}

static void headline_number(char *headline)
{
	char *to = headline;

	for (const char *from = headline; *from;) {
		size_t digits = strspn(from, "0123456789");
		char first = *from;

		from += digits ? digits : 1;
		*to++ = digits ? 'N' : first;
	}
	*to = '\0';
}

static void headline_trim(char *headline)
{
	size_t length = strlen(headline);

	while (length && strchr(" .!", headline[length - 1]))
		headline[--length] = '\0';
}

/*
 * "CPU: 0 PID: 57 at mm/mremap.c:12 move_vma+0x1/0x2" up to 6.18; "mm/mremap.c:12 at move_vma+0x1/0x2,
 * CPU#0: agent/57" since 6.19; "at move_vma+0x1/0x2, CPU…" without CONFIG_DEBUG_BUGVERBOSE.
 */
static bool warning_starts(const char *text, char headline[CONSOLE_HEADLINE])
{
	const char *at;
	size_t place;

	if (!begins(text, "WARNING: "))
		return false;
	text += strlen("WARNING: ");
	if (begins(text, "CPU: ")) {
		at = strstr(text, " at ");
		snprintf(headline, CONSOLE_HEADLINE, "%s", at ? at + 4 : text);
		return true;
	}
	if (begins(text, "at ")) {
		snprintf(headline, CONSOLE_HEADLINE, "%s", text + 3);
		headline_cut(headline, ", CPU");
		return true;
	}
	place = strcspn(text, " ");
	if (!memchr(text, ':', place) || !begins(text + place, " at ") || !place ||
	    !isdigit((unsigned char)text[place - 1]))
		return false;
	snprintf(headline, CONSOLE_HEADLINE, "%.*s %s", (int)place, text, text + place + 4);
	headline_cut(headline, ", CPU");
	return true;
}

/* ": 0002 [#1]": where the colon stands, or NULL. */
static const char *number_find(const char *text)
{
	for (const char *at = text; (at = strstr(at, " [#")); at += 3)
		if (at - text >= 6 && isdigit((unsigned char)at[3]) && at[-5] == ' ' &&
		    at[-6] == ':' && strspn(at - 4, "0123456789abcdef") == 4)
			return at - 6;
	return NULL;
}

bool console_numbered(const char *text)
{
	return number_find(text) != NULL;
}

static bool oops_starts(const char *text, char headline[CONSOLE_HEADLINE])
{
	const char *colon = number_find(text);

	if (!colon)
		return false;
	if (begins(text, "Oops: "))
		text += strlen("Oops: ");
	snprintf(headline, CONSOLE_HEADLINE, "%.*s", colon > text ? (int)(colon - text) : 0, text);
	if (!headline[0])
		snprintf(headline, CONSOLE_HEADLINE, "Oops");
	return true;
}

static bool rule_fits(const struct rule *rule, const char *text, char headline[CONSOLE_HEADLINE])
{
	const char *at = rule->how & ALONE ? (begins(text, rule->words) ? text : NULL)
					   : strstr(text, rule->words);
	const char *behind = at ? at + strlen(rule->words) : NULL;

	if (!at || (rule->and &&!strstr(behind, rule->and)))
		return false;
	if (rule->how & SHORT)
		snprintf(headline, CONSOLE_HEADLINE, "%.*s", (int)(behind - text), text);
	else
		snprintf(headline, CONSOLE_HEADLINE, "%s", rule->how & REST ? behind : text);
	headline_cut(headline, rule->cut);
	if (rule->how & DIGITS)
		headline_number(headline);
	return true;
}

/* What every headline of a kind begins with says nothing that the kind does not. */
static void headline_strip(char *headline)
{
	static const char *const worn[] = { "watchdog: ", "traps: ", "rcu: ",
					    "WARNING: ",  "BUG: ",   "INFO: " };

	for (size_t i = 0; i < sizeof(worn) / sizeof(worn[0]); i++)
		if (begins(headline, worn[i]) && headline[strlen(worn[i])])
			memmove(headline, headline + strlen(worn[i]),
				strlen(headline) - strlen(worn[i]) + 1);
}

bool console_starts(const char *text, enum splat_kind *kind, char headline[CONSOLE_HEADLINE])
{
	bool found = false;

	headline[0] = '\0';
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && !found; i++) {
		*kind = rules[i].kind;
		found = rule_fits(&rules[i], text, headline);
	}
	if (!found) {
		*kind = SPLAT_WARN;
		found = warning_starts(text, headline);
	}
	if (!found) {
		*kind = SPLAT_OOPS;
		found = oops_starts(text, headline);
	}
	if (found && *kind != SPLAT_PANIC)
		headline_strip(headline);
	headline_trim(headline);
	return found;
}

static bool word_copy(const char *from, const char *prefix, char *out, size_t room)
{
	size_t length = strcspn(from, " ");

	if (!length)
		return false;
	snprintf(out, room, "%s%.*s", prefix, (int)length, from);
	return true;
}

bool console_detail(enum splat_kind kind, const char *text, char *out, size_t room)
{
	static const char kernel_ip[] = "RIP: 0010:", lock_at[] = ", at: ";
	const char *at;

	if ((kind == SPLAT_OOPS || kind == SPLAT_BUG) && begins(text, kernel_ip))
		return word_copy(text + strlen(kernel_ip), kind == SPLAT_OOPS ? " in " : " ", out,
				 room);
	if (kind != SPLAT_LOCKDEP)
		return false;
	at = strstr(text, lock_at);
	if (at)
		return word_copy(at + strlen(lock_at), " at ", out, room);
	return strstr(text, "usage!") && word_copy(text, ": ", out, room);
}

bool console_ruler(const char *text)
{
	return begins(text, "==========") || begins(text, "------------[ cut here ]");
}

bool console_ends(enum splat_kind kind, const char *text)
{
	if (begins(text, "---[ end "))
		return true;
	/* Lockdep's closing words differ; the sanitizers close as they begin. */
	return kind >= SPLAT_KASAN && kind <= SPLAT_KFENCE && begins(text, "==========");
}
