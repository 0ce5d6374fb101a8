/* SPDX-License-Identifier: GPL-2.0-only */
/* panels_labels: words at the points of panels, where they touch nothing else. Internal to the layout. */
#ifndef PLOTS_PANELS_LABELS_H
#define PLOTS_PANELS_LABELS_H

#include "plots/panels_layout.h"

void panels_labels(const struct figure *figure, struct panels_layout *layout);

#endif
