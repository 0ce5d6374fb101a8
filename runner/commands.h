/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * commands: the command layer, the only place where words are for people. Each command takes its
 * own name as argv[0] and returns the exit status: 0 it worked, 1 it did not, 2 wrong usage
 * (of compare, 0 to 2 are verdicts: runner/cmd_compare.c).
 * Data goes to stdout, everything else to stderr.
 */
#ifndef RUNNER_COMMANDS_H
#define RUNNER_COMMANDS_H

int cmd_doctor(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_kernel(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_bisect(int argc, char **argv);
int cmd_claims(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_stress(int argc, char **argv);
int cmd_plot(int argc, char **argv);
int cmd_profile(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_reference(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_site(int argc, char **argv);
int cmd_ablation(int argc, char **argv);
int cmd_steps(int argc, char **argv);

/* --db before the command's name; NULL where it was not given. Each command takes --db after it too. */
extern const char *option_db;

/* The whole command line as typed, quoted for a shell: what is stored as the run's command. */
extern char *command_line;

#endif
