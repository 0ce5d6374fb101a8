#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# planted_history: a git history to show `bisect` on: a kernel's source, and commits that change nothing,
# one that does not build, and one that makes each page of a move dearer. Not a test: it takes minutes.
# usage: bash runner/tests/planted_history.sh linux-source-7.3.tar.xz FOLDER
#        remapbench bisect --tree FOLDER --good start --bad main \
#            -c 'move/size=2M/align=*/fill=100/folio=4K/type=anon'
set -eu
tarball=$1
tree=$2
[ ! -e "$tree" ] || { echo "$tree is there already" >&2; exit 1; }
mkdir -p "$tree"
tar -C "$tree" --strip-components=1 -xf "$tarball"
cd "$tree"
git init -q -b main .
git config user.name 'A planter'
git config user.email 'planter@example.org'
git config gc.auto 0
git config commit.gpgsign false
git config core.compression 1

keep() { # keep SUBJECT: all that changed becomes a commit
	git add -A -f # a packaged source may tell git to ignore it all
	git commit -q -m "$1"
	git --no-pager log -1 --format='%h %s'
}

comment() { # comment FILE WORDS: at its end, where no line's number changes
	printf '\n/* %s */\n' "$2" >>"$1"
}

keep 'the source, as it was found'
git tag start
comment mm/mremap.c 'Moves are made of page tables.'
keep 'mm: say what moves are made of'
comment mm/mmap.c 'Maps are made of areas.'
keep 'mm: say what maps are made of'
sed -i '0,/^static int move_ptes(/s//static int move_ptes_of_nothing(\n&/' mm/mremap.c
keep 'mm: half of a thought, which does not build'
sed -i '/^static int move_ptes_of_nothing($/d' mm/mremap.c
keep 'mm: the other half'
echo 'Moves are measured.' >>Documentation/mm/index.rst
keep 'docs: say that moves are measured'
# In the loop of move_ptes(), which runs once a page: three loads that nothing needs.
sed -i '/^static int move_ptes(/,/^}/s/^\(\t\t\)nr_ptes = 1;$/&\n\1(void)READ_ONCE(mm->map_count);\n\1(void)READ_ONCE(mm->total_vm);\n\1(void)READ_ONCE(mm->locked_vm);/' mm/mremap.c
git diff --quiet && { echo "this source has another move_ptes(): nothing was planted" >&2; exit 1; }
keep 'mm: look twice at each page that is moved'
comment mm/mremap.c 'Moves are checked.'
keep 'mm: say that moves are checked'
comment mm/vma.c 'Areas are made of nothing.'
keep 'mm: say what areas are made of'
