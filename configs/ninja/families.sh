#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# families: writes families.ninja, the build of each bench that benches/registry.c names. ninja calls
# it when the registry changes; build.ninja is touched when something came of it, so that ninja reads
# the new lines.
set -eu
out=configs/ninja/families.ninja
new=$out.new
{
	echo '# SPDX-License-Identifier: GPL-2.0-only'
	echo '# The benches of benches/registry.c. Written by configs/ninja/families.sh: edit the registry.'
	printf 'v = $variant\ncflags = $cflags\n'
	objects=
	for name in $(sed -n 's/^\tBENCH(\([a-z0-9_]*\)).*/\1/p' benches/registry.c); do
		# shellcheck disable=SC2016 # the variables are ninja's
		printf 'build build/$v/benches/families/%s.o: cc benches/families/%s.c\n' "$name" "$name"
		objects="$objects build/\$v/benches/families/$name.o"
	done
	printf 'build build/$v/families.a: ar build/$v/benches/registry.o%s\n' "$objects"
} >"$new"
if cmp -s "$new" "$out"; then
	rm "$new"
else
	mv "$new" "$out"
	touch build.ninja
fi
