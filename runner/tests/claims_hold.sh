#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# What is claimed of mremap, by path and by version, comes out of a run on the kernels that ./setup
# fetches; and a claim that is wrong is found, told and gives exit status 1.
. "${0%/*}/lib.sh"
need_kernels 6.1 6.12

bench claims -q -k debian-6.1 -k debian-6.12 -j 2
status=$?
grep -v '^$' "$place/out"
holds "all claims hold on 6.1 and 6.12" [ $status = 0 ]
holds "each claim is in the table" [ "$(grep -c 'says:' configs/suites/claims.yaml)" = \
	"$(($(sed -n '1,/^$/p' "$place/out" | wc -l) - 2))" ]
holds "two versions that differ are told apart" grep -qE '1, 0 since 6.7 +1 +0$' "$place/out"

sed 's/^    is: "17"$/    is: "16"/; s/^name: claims$/name: wrong/' configs/suites/claims.yaml >"$place/wrong.yaml"
holds "the same runs are held against other claims, which do not hold" \
	ends_with 1 claims -s "$place/wrong.yaml" --run last:insn:6.1 --run last:insn:6.12
holds "what does not hold is marked" grep -qE '! 17' "$place/out"
holds "it is told with its cell" grep -qF 'move/size=32M/align=pmd/fill=100/folio=4K/type=anon' "$place/out"
holds "the JSON says so too" ends_with 1 claims -s "$place/wrong.yaml" --run last:insn:6.1 --json
holds "with true and false" [ "$(grep -c '"held": false' "$place/out")" -ge 1 ]
holds "the table for a page is a table" ends_with 0 claims --run last:insn:6.12 --markdown
holds "with a line under its head" grep -qE '^\|:--\|:--\|--:\|$' "$place/out"
holds "a suite that claims nothing is refused" ends_with 2 claims -s smoke --run last:insn:6.1
holds "a kernel beside a run is refused" ends_with 2 claims -k debian-6.1 --run last
holds "a run that is not there is refused" ends_with 1 claims --run 999
finish
