#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A bench is one file and one line of the registry: CONTRIBUTING.md's walk-through, done as it stands
# there in a copy of the tree, and its cells measured on the host and, counted, in a guest.
. "${0%/*}/lib.sh"
tree=$place/tree

copy_tree() { # with what is built, so that only what the walk-through changes is built anew
	mkdir "$tree" &&
		tar -C "$root" -c --exclude=./build/check --exclude=./.git . | tar -C "$tree" -x
}

the_file() { # the C of the walk-through
	sed -n '/^## Adding a bench/,/^## /p' CONTRIBUTING.md | sed -n '/^```c$/,/^```$/p' | sed '1d;$d'
}

the_line() { # the registry's line, as the walk-through writes it
	sed -n '/^## Adding a bench/,/^## /s/^2\. benches\/registry\.c: `\(.*\)` .*/\1/p' CONTRIBUTING.md
}

here() { # remapbench of the copy
	"$tree/build/release/remapbench" --db "$db" "$@"
}

holds "the tree can be copied" copy_tree
the_file >"$tree/benches/families/same.c"
line=$(the_line)
holds "the walk-through has a file" grep -q 'bench_same = {' "$tree/benches/families/same.c"
holds "the walk-through has a line" [ -n "$line" ]
sed -i "s|^\tBENCH(floor) .*|&\n${line//\\/\\\\}|" "$tree/benches/registry.c"
holds "one line was added" [ "$(diff "$root/benches/registry.c" "$tree/benches/registry.c" | grep -c '^>')" = 1 ]
(cd "$tree" && ninja build/release/remapbench build/release/remapbench-agent) >"$place/build" 2>&1
holds "it builds" [ $? = 0 ] || tail -n 20 "$place/build"
holds "its cells are listed" [ "$(here list cells 'same/*' | wc -l)" = 2 ]
here run -q -s full -c 'same/*' -i clock -n 2 -t 1 >"$place/out" 2>&1
holds "they are measured on the host" cell_is last same/size=32M ns ok ''
if command -v qemu-system-x86_64 >/dev/null && here kernel show 6.12 >/dev/null 2>&1; then
	here run -q -s full -c 'same/*' -k debian-6.12 -i insn -n 2 >"$place/out" 2>&1
	holds "they are counted in a guest, and take their path" cell_is last same/size=32M insn ok ''
	holds "what they leave behind is kept" [ "$(here show last --metric outcome:vmas --json |
		grep -c '"median": 1\b')" = 2 ]
else
	skip "a guest can't be had: no QEMU, or no kernel 6.12"
fi
finish
