// SPDX-License-Identifier: GPL-2.0-only
/* image: which of the two formats a file is, and the x86 setup header, read as hostile input. */
#include "runner/image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Offsets and values of the setup header, by their names in boot.rst. */
enum {
	SECTOR = 512,
	SETUP_SECTS = 0x1f1,
	SYSSIZE = 0x1f4, /* of the protected-mode code, in 16 bytes */
	BOOT_FLAG = 0x1fe,
	HEADER = 0x202,
	VERSION = 0x206,
	KERNEL_VERSION = 0x20e, /* a string's offset, less 0x200 */
	LOADFLAGS = 0x211,
	HEADER_END = 0x260,
	BOOT_MAGIC = 0xaa55,
	PROTOCOL_MIN = 0x207,
	LOADED_HIGH = 1,
	SETUP_SECTS_DEFAULT = 4, /* what 0 means */
	STRING_MAX = 512,
};

#define RELEASE_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+~_-"

static uint32_t little_endian(const unsigned char *at, int bytes)
{
	uint32_t value = 0;

	for (int i = bytes - 1; i >= 0; i--)
		value = value << 8 | at[i];
	return value;
}

static int read_at(int fd, void *bytes, size_t count, off_t offset)
{
	ssize_t got = pread(fd, bytes, count, offset);

	return got < 0 ? -errno : (size_t)got == count ? 0 : -EPROTO;
}

/* "6.1.0-56-cloud-amd64 (somebody@somewhere) #1 SMP …": the first word. */
int image_release_cut(const char *string, char *release, size_t room)
{
	size_t len = strspn(string, RELEASE_CHARACTERS);

	if (!len || len >= room || (string[len] && string[len] != ' ') || string[0] == '-' ||
	    string[0] == '.')
		return -EPROTO;
	memcpy(release, string, len);
	release[len] = '\0';
	return 0;
}

static int header_check(const unsigned char *header, off_t size, off_t *string_at, const char **why)
{
	off_t setup_sectors = header[SETUP_SECTS] ? header[SETUP_SECTS] : SETUP_SECTS_DEFAULT;
	off_t setup_size = (setup_sectors + 1) * SECTOR;
	off_t payload = (off_t)little_endian(header + SYSSIZE, 4) * 16;
	uint32_t string = little_endian(header + KERNEL_VERSION, 2);

	*why = "not a kernel image: neither a bzImage (it has no setup header) nor a vmlinux (ELF)";
	if (little_endian(header + BOOT_FLAG, 2) != BOOT_MAGIC ||
	    memcmp(header + HEADER, "HdrS", 4))
		return -EPROTO;
	*why = "an image of a boot protocol before 2.07, or a zImage";
	if (little_endian(header + VERSION, 2) < PROTOCOL_MIN || !(header[LOADFLAGS] & LOADED_HIGH))
		return -EPROTO;
	*why = "an image that is cut short";
	if (setup_size > size || payload > size - setup_size)
		return -EPROTO;
	*why = "an image that doesn't say its release";
	*string_at = (off_t)string + 0x200;
	return !string || *string_at >= setup_size ? -EPROTO : 0;
}

static int bzimage_read(int fd, off_t size, char *release, size_t room, const char **why)
{
	unsigned char header[HEADER_END];
	char string[STRING_MAX + 1] = { 0 };
	off_t at = 0;
	int err = read_at(fd, header, sizeof(header), 0);

	*why = "too short for a kernel image";
	if (!err)
		err = header_check(header, size, &at, why);
	if (!err && pread(fd, string, STRING_MAX, at) < 0)
		err = -errno;
	return err ? err : image_release_cut(string, release, room);
}

static int formats_read(int fd, off_t size, struct image *image, const char **why)
{
	char magic[4];
	int err = read_at(fd, magic, sizeof(magic), 0);

	*why = "too short for a kernel image";
	if (err)
		return err;
	image->format = memcmp(magic, "\177ELF", 4) ? IMAGE_BZIMAGE : IMAGE_VMLINUX;
	return image->format == IMAGE_VMLINUX
		       ? image_elf_read(fd, size, image->release, sizeof(image->release), why)
		       : bzimage_read(fd, size, image->release, sizeof(image->release), why);
}

int image_read(const char *path, struct image *image, struct fault *fault)
{
	const char *why = "";
	struct stat status;
	int err;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return fault_set(fault, -errno, "%s", strerror(errno));
	err = fstat(fd, &status) ? -errno : S_ISREG(status.st_mode) ? 0 : -EINVAL;
	if (!err)
		err = formats_read(fd, status.st_size, image, &why);
	close(fd);
	if (err == -EPROTO)
		return fault_set(fault, err, "%s", why);
	return err ? fault_set(fault, err, "%s", strerror(-err)) : 0;
}

const char *image_format_name(enum image_format format)
{
	return format == IMAGE_VMLINUX ? "vmlinux" : "bzImage";
}
