// SPDX-License-Identifier: GPL-2.0-only
/* instruments: every instrument, one line each. */
#include <string.h>

#include "benches/instrument.h"

static const struct instrument *const instruments[] = {
	&instrument_clock,
	&instrument_pmu,
	&instrument_insn,
};

const struct instrument *instrument_find(const char *name)
{
	for (size_t i = 0; i < sizeof(instruments) / sizeof(instruments[0]); i++)
		if (strcmp(instruments[i]->name, name) == 0)
			return instruments[i];
	return NULL;
}
