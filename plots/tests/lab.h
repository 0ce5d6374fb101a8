/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lab: made-up databases of what is measured on many kernels: a history of builds of two compilers, a
 * patched kernel, and kernels that lack one optimisation each. None of it is a measurement.
 */
#ifndef PLOTS_TESTS_LAB_H
#define PLOTS_TESTS_LAB_H

/* 80 builds of 6.1 to 7.3, of which 6.12's were made by two compilers; steps at 6.12 and 6.17. */
void lab_history(const char *database);
/* Kernels with the flags of relocation, without, always relocating; built without something; for debugging. */
void lab_kernels(const char *database);

#endif
