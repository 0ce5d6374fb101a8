// SPDX-License-Identifier: GPL-2.0-only
/*
 * image_elf: a vmlinux, read as hostile input: whether QEMU can boot it, by its PVH entry (the note that
 * arch/x86/platform/pvh/head.S makes), and its release, by its banner.
 */
#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/image.h"

enum {
	SEGMENTS_MAX = 64,
	NOTES_MAX = 1 << 20, /* bytes of a segment of notes: a kernel's are a few hundred */
	PHYS32_ENTRY = 18, /* XEN_ELFNOTE_PHYS32_ENTRY */
	CHUNK = 1 << 16,
	BANNER = 256, /* bytes from a banner's beginning that are looked at */
};

#define BANNER_BEGIN "Linux version "

struct elf {
	int fd;
	off_t size;
	Elf64_Phdr segments[SEGMENTS_MAX];
	size_t count;
	const char **why;
};

static int bytes_at(const struct elf *elf, void *bytes, size_t count, uint64_t offset)
{
	ssize_t got;

	if (offset > (uint64_t)elf->size || count > (uint64_t)elf->size - offset)
		return -EPROTO;
	got = pread(elf->fd, bytes, count, (off_t)offset);
	return got < 0 ? -errno : (size_t)got == count ? 0 : -EPROTO;
}

static int header_read(struct elf *elf)
{
	Elf64_Ehdr header;

	*elf->why = "an ELF file that is cut short";
	if (bytes_at(elf, &header, sizeof(header), 0))
		return -EPROTO;
	*elf->why = "an ELF file, but no kernel for x86-64 (vmlinux)";
	if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
	    header.e_machine != EM_X86_64 ||
	    (header.e_type != ET_EXEC && header.e_type != ET_DYN) ||
	    header.e_phentsize != sizeof(Elf64_Phdr) || !header.e_phnum ||
	    header.e_phnum > SEGMENTS_MAX)
		return -EPROTO;
	elf->count = header.e_phnum;
	*elf->why = "an ELF file that is cut short";
	return bytes_at(elf, elf->segments, elf->count * sizeof(elf->segments[0]), header.e_phoff);
}

static int segments_check(const struct elf *elf)
{
	bool loaded = false;

	for (size_t i = 0; i < elf->count; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];

		if (segment->p_type != PT_LOAD && segment->p_type != PT_NOTE)
			continue;
		if (segment->p_offset > (uint64_t)elf->size ||
		    segment->p_filesz > (uint64_t)elf->size - segment->p_offset)
			return -EPROTO;
		loaded |= segment->p_type == PT_LOAD;
	}
	*elf->why = "an ELF file, but no kernel for x86-64 (vmlinux)";
	return loaded ? 0 : -EPROTO;
}

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

/* Each note: its sizes and type, its name padded, its description padded. */
static bool notes_find(const unsigned char *bytes, size_t count)
{
	Elf64_Nhdr note;
	size_t at = 0;

	while (count - at >= sizeof(note)) {
		memcpy(&note, bytes + at, sizeof(note));
		at += sizeof(note);
		if (note.n_namesz > count - at || padded(note.n_namesz) > count - at)
			return false;
		if (note.n_type == PHYS32_ENTRY && note.n_namesz == sizeof("Xen") &&
		    !memcmp(bytes + at, "Xen", sizeof("Xen")))
			return true;
		at += padded(note.n_namesz);
		if (note.n_descsz > count - at || padded(note.n_descsz) > count - at)
			return false;
		at += padded(note.n_descsz);
	}
	return false;
}

static int entry_check(const struct elf *elf)
{
	bool found = false;
	int err = 0;

	for (size_t i = 0; !err && !found && i < elf->count; i++) {
		const Elf64_Phdr *segment = &elf->segments[i];
		unsigned char *bytes;

		if (segment->p_type != PT_NOTE || segment->p_filesz > NOTES_MAX)
			continue;
		bytes = malloc(segment->p_filesz + 1);
		if (!bytes)
			return -ENOMEM;
		err = bytes_at(elf, bytes, segment->p_filesz, segment->p_offset);
		found = !err && notes_find(bytes, segment->p_filesz);
		free(bytes);
	}
	*elf->why =
		"a vmlinux without a PVH entry, which QEMU can't boot: build it with CONFIG_PVH=y,"
		" or add its arch/x86/boot/bzImage";
	return err ? err : found ? 0 : -EPROTO;
}

/* Looks for a banner that says a release; the chunks overlap by the longest one. */
static int banner_find(const struct elf *elf, const Elf64_Phdr *segment, char *chunk, char *release,
		       size_t room)
{
	uint64_t done = 0;

	while (done < segment->p_filesz) {
		uint64_t left = segment->p_filesz - done;
		size_t count = left < CHUNK ? (size_t)left : CHUNK;
		/* A banner that begins so near the end may be cut: it is in the next chunk, whole. */
		const char *last = chunk + (count < left ? count - BANNER : count);
		const char *at = chunk;
		int err = bytes_at(elf, chunk, count, segment->p_offset + done);

		if (err)
			return err;
		chunk[count] = '\0';
		while ((at = memmem(at, count - (size_t)(at - chunk), BANNER_BEGIN,
				    strlen(BANNER_BEGIN))) &&
		       at < last) {
			at += strlen(BANNER_BEGIN);
			if (*at >= '0' && *at <= '9' && !image_release_cut(at, release, room))
				return 0;
		}
		done += (uint64_t)(last - chunk);
	}
	return -ENOENT;
}

static int release_find(const struct elf *elf, char *release, size_t room)
{
	char *chunk = malloc(CHUNK + 1);
	int err = chunk ? -ENOENT : -ENOMEM;

	for (size_t i = 0; err == -ENOENT && i < elf->count; i++)
		if (elf->segments[i].p_type == PT_LOAD)
			err = banner_find(elf, &elf->segments[i], chunk, release, room);
	free(chunk);
	*elf->why = "an image that doesn't say its release";
	return err == -ENOENT ? -EPROTO : err;
}

int image_elf_read(int fd, off_t size, char *release, size_t room, const char **why)
{
	struct elf elf = { .fd = fd, .size = size, .why = why };
	int err = header_read(&elf);

	if (!err)
		err = segments_check(&elf);
	if (!err)
		err = entry_check(&elf);
	return err ? err : release_find(&elf, release, room);
}
