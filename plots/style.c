// SPDX-License-Identifier: GPL-2.0-only
/* style: plots/style.css, put into the program as it is (the build runs in the tree's root). */
#include "plots/html.h"

__asm__(".pushsection .rodata\n"
	".global html_style\n"
	"html_style:\n"
	".incbin \"plots/style.css\"\n"
	".byte 0\n"
	".popsection\n");
