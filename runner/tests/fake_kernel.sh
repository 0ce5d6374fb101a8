# SPDX-License-Identifier: GPL-2.0-only
# fake_kernel: a source tree whose make builds a bzImage in milliseconds: the least that `kernel build` and
# `kernel add` take for a kernel's. Read by tests (`. "${0%/*}/fake_kernel.sh"`), not run.
# shellcheck shell=bash

fake_kernel() { # fake_kernel FOLDER [VERSION]: its top Makefile, mm/, Kconfig, and what makes the image
	local tree=$1 version=${2:-7.3.4}
	mkdir -p "$tree/mm" "$tree/arch/x86/boot" "$tree/scripts" "$tree/drivers"
	printf '# SPDX-License-Identifier: GPL-2.0\nVERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = %s\nEXTRAVERSION =\n' \
		"${version%%.*}" "$(echo "$version" | cut -d. -f2)" "${version##*.}" >"$tree/Makefile"
	cat >>"$tree/Makefile" <<'EOF'

objects = mm/mremap.o mm/mmap.o
image = arch/x86/boot/bzImage

bzImage: $(image)
$(image): $(objects) .config FORCE
	@sh scripts/image $(VERSION).$(PATCHLEVEL).$(SUBLEVEL)$(LOCALVERSION) $(objects) >$@
%.o: %.c
	@echo '  CC      $@'
	@sh scripts/compile $< >$@
allnoconfig:
	@sh scripts/config "$(KCONFIG_ALLCONFIG)" >.config
olddefconfig:
	@sh scripts/config .config >.config.new
	@mv .config.new .config
FORCE:
.PHONY: FORCE bzImage allnoconfig olddefconfig
EOF
	printf 'int moved;\n\nint mremap(void)\n{\n\treturn moved;\n}\n' >"$tree/mm/mremap.c"
	printf 'int mapped;\n' >"$tree/mm/mmap.c"
	printf 'int lost;\n' >"$tree/drivers/lost.c" # nothing reads it
	echo '# all of it is in mm/' >"$tree/arch/x86/boot/README"
	printf 'config MMU\nconfig SMP\nconfig THP\n' >"$tree/Kconfig"
	printf '# only with more than one node\n\nconfig NUMA\n\tbool "NUMA"\n' >"$tree/mm/Kconfig"
	# Only what the first Kconfig knows comes out.
	cat >"$tree/scripts/config" <<'EOF'
while read -r line; do
	name=${line%%=*}
	case $line in CONFIG_*) grep -qx "config ${name#CONFIG_}" Kconfig && echo "$line" ;; esac
done <"$1"
echo "CONFIG_FAKE=y"
EOF
	cat >"$tree/scripts/compile" <<'EOF'
grep -q SLOW "$1" && sleep 30
grep -q BROKEN "$1" && { echo "$1:3:5: error: expected ';' before 'BROKEN'" >&2; exit 1; }
cat "$1"
env | grep '^SECRET=' || true
EOF
	# A setup header (boot protocol 2.15), the release at 0x280, and what was compiled as the payload.
	cat >"$tree/scripts/image" <<'EOF'
release=$1
shift
{
	head -c 497 /dev/zero
	printf '\002'
	head -c 2 /dev/zero
	printf '\100\000\000\000'
	head -c 6 /dev/zero
	printf '\125\252'
	head -c 2 /dev/zero
	printf 'HdrS\017\002'
	head -c 6 /dev/zero
	printf '\200\000\000\001'
	head -c 110 /dev/zero
	printf '%s (a@b) #1 SMP' "$release"
	head -c 2560 /dev/zero
} | head -c 1536
{
	cat .config "$@"
	head -c 1024 /dev/zero
} | head -c 1024
EOF
}
