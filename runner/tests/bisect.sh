#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# `bisect` from its command line: what it refuses and how, and that `git bisect run` never takes what is
# wrong here for a bad commit. Then a whole bisection, on a tree whose make takes milliseconds: what it
# "builds" is one stock kernel before a commit in its history, and another since.
. "${0%/*}/lib.sh"
. "${0%/*}/fake_kernel.sh"

rm -f "$place/cache/kernels" # a cache of its own, empty
cache=$place/cache
mkdir "$cache/kernels"
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
	cd "$tree" && git init -q -b main . && git config user.name a && git config user.email a@b.invalid &&
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
holds "its repository is gone" test -z "$(find "$place/cache/bisect" -name git)"
[ $bad = 0 ] || finish

# From here on real kernels are booted: copies of two of the shared cache, which stays as it is.
stock() { # stock KERNEL: its folder
	dirname "$(REMAPBENCH_CACHE=$shared "$remapbench" kernel show "$1" 2>/dev/null | sed -n 's/^image *//p')"
}
command -v qemu-system-x86_64 >/dev/null || skip "there is no qemu-system-x86_64 here"
for kernel in debian-6.1 debian-6.12; do
	[ -r "$(stock $kernel)/vmlinuz" ] || skip "there is no kernel $kernel here: remapbench kernel fetch ${kernel#debian-}"
	cp -a "$(stock $kernel)" "$cache/kernels/"
done

image() { # image KERNEL: what the tree's next commit is built to
	sed -i "s|^/\* image: .*|/* image: $(stock "$1")/vmlinuz */|" "$tree/mm/mremap.c"
}
commit() { git -C "$tree" commit -q -a -m "$1"; }
git -C "$tree" checkout -q -B main first
echo '/* image: none */' >>"$tree/mm/mremap.c"
# shellcheck disable=SC2016 # the script's own
echo 'cat "$(sed -n "s|^/\* image: \(.*\) \*/|\1|p" mm/mremap.c)"' >"$tree/scripts/image"
image debian-6.1
commit 'mm: as it was' && git -C "$tree" tag start
echo '/* one */' >>"$tree/mm/mmap.c" && commit 'mm: say one'
echo 'BROKEN' >>"$tree/mm/mmap.c" && commit 'mm: break it'
sed -i /BROKEN/d "$tree/mm/mmap.c" && commit 'mm: mend it'
image debian-6.12 && commit 'mm: cost another number of instructions'
echo '/* two */' >>"$tree/mm/mmap.c" && commit 'mm: say two'
echo '/* three */' >>"$tree/mm/mmap.c" && commit 'mm: say three'

find_it() { # find_it ARGUMENT…
	ends_with 0 bisect --tree "$tree" --good start --bad HEAD -c "$cell" --config "$place/mine.config" "$@"
}
planted=$(git -C "$tree" rev-parse HEAD~2)
holds "the commit that changed a count is found" find_it
holds "by its name" grep -qx "first bad commit: $planted" "$place/out"
holds "and what stands before it" grep -q '^before it: .* mm: mend it$' "$place/out"
holds "with the step" grep -qE "^$cell +[0-9,]+ +[0-9,]+ +[-+][0-9]+\$" "$place/out"
holds "and what is entered more or less often" grep -q '^    entered: .* -> ' "$place/out"
holds "each image is counted once" test "$("$remapbench" --db "$(find "$cache/bisect" -name results.db | head -1)" \
	list runs | grep -c complete)" = 2
holds "again it is known" find_it -q --json
holds "as JSON" grep -q "\"commit\": \"$planted\"" "$place/out"
good=$(sed -n 's/.*"before": \([0-9][0-9]*\).*/\1/p' "$place/out" | head -1)
bad_count=$(sed -n 's/.*"after": \([0-9][0-9]*\).*/\1/p' "$place/out" | head -1)
run_step() { # run_step STATUS COMMIT ARGUMENT…
	local status=$1
	git -C "$tree" checkout -q "$2"
	shift 2
	ends_with "$status" bisect --step -q -c "$cell" --tree "$tree" --config "$place/mine.config" "$@"
}
holds "a step by itself: the good end is good" run_step 0 start --good-count "$good"
holds "the bad end is bad, by what it differs" run_step 1 main --good-count "$good" --bad-count "$bad_count"
holds "and good below a threshold" run_step 0 main --good-count "$good" --threshold 100000
holds "what doesn't build can't be tested" run_step 125 main~4 --good-count "$good"
no_scratch_stays || bad=1
finish
