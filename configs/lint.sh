#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Checks the sources' form. lint.sh NAME runs one check (exit 0 pass, 1 fail, 77 skip, the reason
# last); --list names the checks; --packages says which tools, in which versions, they want.
#
# Another version of these tools formats and warns otherwise, so each is pinned to one version;
# where the system has another, the check is skipped and says so.
set -u
cd "$(dirname "$0")/.." || exit 1

pins() {
	echo "clang-format-14 1:14"
	echo "clang-tidy-14 1:14"
	echo "cppcheck 2.10"
}

sources() { # sources PATTERN…: tracked and new files, not those that git ignores
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files -co --exclude-standard -- "$@" | while IFS= read -r file; do
			[ -f "$file" ] && printf '%s\n' "$file"
		done
	else
		local pattern
		for pattern in "$@"; do
			find . -path ./build -prune -o -type f -name "$pattern" -printf '%P\n'
		done
	fi | sort -u
}

wants() { # wants TOOL PACKAGE VERSION: skips the check where the tool is missing or of another version
	local have
	command -v "$1" >/dev/null || {
		echo "$2 (version $3) is not installed; ./setup --lint installs it where the release has it"
		exit 77
	}
	have=$("$1" --version | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
	case $have. in
	"$3".*) ;;
	*)
		echo "$1 is version $have here; the settings are pinned to $3"
		exit 77
		;;
	esac
}

lint_format() {
	wants clang-format-14 clang-format-14 14
	local files
	files=$(sources '*.c' '*.h' | xargs -r -d '\n' clang-format-14 --dry-run -Werror 2>&1 |
		grep -oE '^[^:]+\.[ch]:' | sort -u | tr -d ':')
	[ -z "$files" ] || {
		echo "to be formatted:" && echo "clang-format-14 -i" $files
		return 1
	}
}

lint_tidy() {
	wants clang-tidy-14 clang-tidy-14 14
	local needs='^$'
	# The oracle of the statistics wants headers that only a test does.
	echo '#include <gsl/gsl_version.h>' | cc -E - >/dev/null 2>&1 || needs='/oracle_gsl\.c$'
	# Not by compile_commands.json: each file is compiled in two variants, and one look is enough.
	sources '*.c' | grep -vE "$needs" | xargs -r -d '\n' -P "$(nproc)" -n 12 sh -c 'clang-tidy-14 --quiet "$@" -- -std=gnu17 -I. \
		-Ibuild/deps/libperf/include -D_GNU_SOURCE -DQEMU_API=4' tidy 2>build/lint-tidy.log || {
		grep -v 'warnings generated' build/lint-tidy.log
		return 1
	}
}

lint_cppcheck() {
	wants cppcheck cppcheck 2.10
	sources '*.c' | xargs -r -d '\n' cppcheck --quiet --std=c11 --language=c -I . -D_GNU_SOURCE -D__x86_64__ -DQEMU_API=4 \
		--enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem --suppress=unknownMacro
}

lint_license() { # every file says its license in its first two lines
	local file bad=0
	while IFS= read -r file; do
		case $file in
		LICENSE | .gitignore | *.json | *.golden | *.expected | *.svg | *.png | *.csv | */corpus/* | */golden/* | docs/reviews/*.txt)
			continue
			;;
		*.md) continue ;;
		esac
		head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-only' || {
			echo "$file: no SPDX line in its first two lines"
			bad=1
		}
	done < <(sources '*')
	return $bad
}

lint_text() { # no trailing blanks, a newline at the end
	local bad=0
	sources '*.c' '*.h' '*.sh' setup check quickstart '*.ninja' '*.yaml' |
		grep -vE '/(corpus|golden)/' >build/lint-files
	xargs -r -d '\n' grep -nE '[[:blank:]]+$' <build/lint-files && bad=1
	while IFS= read -r file; do
		[ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ] && echo "$file: no newline at its end" && bad=1
	done <build/lint-files
	return $bad
}

lint_shell() { # every script parses
	local file bad=0
	while IFS= read -r file; do
		case $(head -n 1 "$file") in
		*bash*) bash -n "$file" || bad=1 ;;
		'#!'*sh*) sh -n "$file" || bad=1 ;;
		esac
	done < <(sources '*.sh' setup check quickstart .ci/run)
	return $bad
}

names="format tidy cppcheck license text shell"
case ${1:-} in
--list) printf '%s\n' $names ;;
--packages) pins ;;
format | tidy | cppcheck | license | text | shell)
	mkdir -p build
	"lint_$1"
	;;
*)
	echo "usage: configs/lint.sh NAME | --list | --packages; the names: $names" >&2
	exit 2
	;;
esac
