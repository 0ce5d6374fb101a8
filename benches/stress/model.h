/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model: what the stress knows of its arena, page by page: what is mapped, what each page must hold,
 * and which place an anonymous page's index is thought to name. Pure: no system call, so that its
 * rules are tested by themselves.
 */
#ifndef BENCHES_STRESS_MODEL_H
#define BENCHES_STRESS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ARENA_PAGES = 1 << 16, /* 256 MiB of address space */
	OBJECT_PAGES = 1 << 10, /* of each file that is mapped */
	HUGE_PAGES = 512, /* small ones in 2 MiB */
};

enum page_kind {
	PAGE_FREE, /* nothing is mapped */
	PAGE_ANON, /* private anonymous */
	PAGE_FILE, /* a file, private: what is written is an anonymous copy */
	PAGE_SHARED, /* a file, shared: written with what it holds already, or punched */
	PAGE_HUGE, /* private, of hugetlb's pool */
};

/* What the page's VMA was told; two neighbours that differ in it are no one VMA. */
enum {
	ADVICE_HUGE = 1,
	ADVICE_NOHUGE = 2,
	ADVICE_MERGE = 4,
	ADVICE_NOFORK = 8,
	ADVICE_LOCKED = 16,
	ADVICE_WATCHED = 32, /* by a userfaultfd, as long as that is open */
	ADVICE_ODD = 64, /* something about the VMA isn't known */
};

enum {
	STATE_LAZY = 1, /* MADV_FREE: may be gone at any moment, until it is written */
	STATE_PINNED = 2, /* by io_uring, for as long as that is open */
	STATE_FAULTED =
		4, /* there is, or was since it was mapped here, a page: the VMA has an anon_vma */
	STATE_CLEAN = 8, /* may be a copy that nothing calls dirty: see model_may_free_lazily() */
};

/* Where an index that is not known may point; no page of the arena. */
#define INDEX_UNKNOWN UINT32_MAX

struct shadow {
	uint32_t stamp; /* of the last write; 0: none since it was mapped or thrown away */
	uint32_t index; /* anonymous: the arena's page that its index names; INDEX_UNKNOWN */
	uint32_t object; /* the file's page */
	uint8_t kind, prot, advice, state;
};

struct model {
	struct shadow pages[ARENA_PAGES];
	uint32_t stamp; /* the last one given */
	uint32_t mapped, stamped; /* pages */
};

struct run {
	uint32_t first, count; /* pages of the arena */
};

/* What a page with that stamp holds, in some of its words. Never 0. */
uint64_t model_stamp_value(uint32_t stamp);
uint64_t model_object_value(uint32_t object);
/* May the page hold that value? */
bool model_allows(const struct shadow *page, uint64_t value);
/* What is in the page whatever happened to it: it can be read without a signal. */
bool model_readable(const struct shadow *page);

void model_map(struct model *model, struct run run, enum page_kind kind, uint8_t prot,
	       uint8_t advice, uint32_t object);
void model_unmap(struct model *model, struct run run);
/* Each page got this stamp; a page that was pinned is copied only after a fork, which is not followed. */
void model_write(struct model *model, uint32_t at, uint32_t stamp);
/* MADV_DONTNEED: what was private is gone. Locked pages stay out of it. */
void model_discard(struct model *model, struct run run);
/*
 * May MADV_FREE be advised, so that nobody but the caller loses pages? relatives: a child or a parent
 * may map them too. madvise_free_pte_range() (6.12, 7.3) relies on a page that others need being
 * dirty, by their page table entry or by its folio's flag. Stock kernels (6.12.117 and 7.3.4) have
 * some that are not, and then take what a relative needs:
 *  - a copy made without a write, whose entry is clean, and so are those that fork() makes of it:
 *    wp_page_copy() with FAULT_FLAG_UNSHARE, for break_ksm() (MADV_UNMERGEABLE, or a move) and for
 *    pins that only read;
 *  - what khugepaged collapses to less than 2 MiB while it is write-protected (7.3,
 *    map_anon_folio_pte_nopf());
 *  - a KSM page that is mapped once: ksmd merges others with it later, by clean entries
 *    (replace_page()), and nothing makes it dirty again.
 */
bool model_may_free_lazily(const struct model *model, struct run run, bool relatives);
/* MADV_FREE. */
void model_free_lazily(struct model *model, struct run run);
/* The kernel may have made such a copy of each. Until it is written. */
void model_copied_clean(struct model *model, struct run run);
/* A lazy page was read as zero: it is gone. */
void model_seen(struct model *model, uint32_t at, uint64_t value);

/*
 * mremap() moved `run` to `to` and made it `count` pages there; kept: the source stays mapped, empty
 * (MREMAP_DONTUNMAP). The two don't overlap. What lay at the destination is gone.
 */
void model_move(struct model *model, struct run run, uint32_t to, uint32_t count, bool kept);
/* In place: `run` is now `count` pages. */
void model_resize(struct model *model, struct run run, uint32_t count);
/* What was moved to `run` has the index of its place. */
void model_relocated(struct model *model, struct run run);

/* The pages around page `at` that are of one kind, protection and advice, at most `limit` each way. */
struct run model_run(const struct model *model, uint32_t at, uint32_t limit);
/* All of it is free, and lies in the arena. */
bool model_is_free(const struct model *model, struct run run);
/* The first free place of that many pages from `from` on, on a multiple of `align` pages plus `offset`; -1. */
int64_t model_find_free(const struct model *model, uint32_t count, uint32_t from, uint32_t align,
			uint32_t offset);
/* All pages of the run are of that kind. */
bool model_all(const struct model *model, struct run run, enum page_kind kind);
bool model_any_state(const struct model *model, struct run run, uint8_t state);
bool model_any_advice(const struct model *model, struct run run, uint8_t advice);

/* A child's view after fork(): what is not inherited is not mapped, pins are the parent's. */
void model_forked(struct model *model);

#endif
