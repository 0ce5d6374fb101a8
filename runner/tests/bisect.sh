#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# `bisect` from its command line: what it refuses and how, and that `git bisect run` never takes what is
# wrong here for a bad commit. (The walk itself is test_bisect's: a kernel takes minutes to build.)
. "${0%/*}/lib.sh"
. "${0%/*}/fake_kernel.sh"

rm -f "$place/cache/kernels" # a cache of its own, empty
cell='move/size=4K/align=unaligned/fill=100/folio=4K/type=anon'
tree=$place/linux

wrong() { # wrong STATUS ARGUMENT…
	local status=$1
	shift
	holds "exit status $status of: bisect $*" ends_with "$status" bisect "$@"
}
wrong 2
wrong 2 --tree "$place" --good a --bad b
wrong 2 --tree "$place" --good a -c "$cell"
wrong 2 --tree "$place" --good a --bad b -c "$cell" --threshold x
wrong 2 --tree "$place" --good a --bad b -c "$cell" --threshold -1
wrong 2 --tree "$place" --good a --bad b -c "$cell" --by clock
wrong 2 --tree "$place" --good a --bad b -c "$cell" --good-count 3
wrong 2 --tree "$place" --good a --bad b -c "$cell" more
wrong 1 --tree "$place/none" --good a --bad b -c "$cell"
# To `git bisect run` anything from 1 to 127 but 125 is a bad commit: what is wrong here is 128.
wrong 128 --step
wrong 128 -c "$cell" --frob --step
wrong 128 --step -c "$cell"
wrong 128 --step -c "$cell" --good-count x
wrong 128 --step -c "$cell" --good-count 5 --bad-count 5
wrong 128 --step -c "$cell" --good-count 5 --bad-count 6 --threshold 1
wrong 128 --step -c "$cell" --good-count 5 --tree "$place/none"
wrong 128 --step -c "$cell" --good-count 5 --tree "$place"

command -v git >/dev/null || skip "there is no git here"
fake_kernel "$tree"
printf '# base: allnoconfig\nCONFIG_MMU=y\n' >"$place/mine.config"
(
	cd "$tree" && git init -q . && git config user.name a && git config user.email a@b.invalid &&
		git config commit.gpgsign false && git add -A && git commit -q -m 'a tree' && git tag first &&
		echo 'BROKEN' >>mm/mremap.c && git commit -q -a -m 'one that does not build'
) || skip "git makes no repository here"
bench kernel build --source "$tree@first" --config "$place/mine.config" ||
	! grep -q 'needs these packages' "$place/err" || skip "$(cat "$place/err")"

step() { ends_with "$1" bisect --step -q -c "$cell" --good-count 5 --tree "$tree" --config "$place/mine.config"; }
holds "a commit that doesn't build can't be tested" step 125
holds "as the compiler says" said "error: expected"
holds "and is remembered" step 125
holds "by its file" test "$(find "$place/cache/bisect" -name 'skip.*' | wc -l)" = 1
holds "names that are no commits are wrong usage" ends_with 2 bisect --tree "$tree" --good first --bad nothing \
	-c "$cell" --config "$place/mine.config"
holds "as it says" said 'there is no commit "nothing"'
holds "a good end that doesn't build is no end" ends_with 1 bisect -q --tree "$tree" --good HEAD --bad first \
	-c "$cell" --config "$place/mine.config"
holds "as it says" said "the good end, "
holds "the tree is as it was" test -z "$(git -C "$tree" status --porcelain)$(git -C "$tree" for-each-ref | grep -c bisect | grep -v '^0$')"
holds "the repository of its own is gone" test -z "$(find "$place/cache/bisect" -name git)"
finish
