// SPDX-License-Identifier: GPL-2.0-only
/* doctor: says what can be measured here, what not, why, and how to get it. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "runner/commands.h"
#include "runner/doctor.h"
#include "runner/paths.h"
#include "runner/scratch.h"
#include "runner/tracing.h"

static const char doctor_help[] =
	"usage: remapbench doctor [--quick] [--json] [--db FILE]\n"
	"\n"
	"Finds out, by trying, what can be measured here: the clock, each event of pmu, guests that are\n"
	"counted (insn), KVM (by a real boot: that /dev/kvm is there says nothing), figures, results.\n"
	"Where something can't be had it says why, and what to do.\n"
	"\n"
	"  --quick   no boots: what takes seconds is not tried\n"
	"  --json    the findings as JSON\n"
	"\n"
	"Exit status: 0 if anything at all can be measured.\n";

static const char *const state_words[] = { "yes", "partly", "no" };

static void doctor_print(const struct doctor_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct doctor_finding *finding = &report->items[i];
		char name[80];

		if (finding->item[0])
			snprintf(name, sizeof(name), "  %s", finding->item);
		else
			snprintf(name, sizeof(name), "%s", finding->subject);
		if (finding->item[0] && strcmp(finding->subject, "pmu") != 0 &&
		    strcmp(finding->subject, "insn") != 0)
			snprintf(name, sizeof(name), "%s %s", finding->subject, finding->item);
		printf("%-28s %-7s %s\n", name, state_words[finding->state], finding->text);
		if (finding->help[0])
			printf("%-28s         → %s\n", "", finding->help);
	}
}

static int doctor_json(const struct doctor_report *report)
{
	json_t *list = json_array();
	int err = list ? 0 : -ENOMEM;

	for (size_t i = 0; i < report->count && !err; i++) {
		const struct doctor_finding *finding = &report->items[i];

		if (json_array_append_new(list,
					  json_pack("{s:s, s:s, s:s, s:s, s:s}", "subject",
						    finding->subject, "item", finding->item,
						    "state", state_words[finding->state], "text",
						    finding->text, "help", finding->help)))
			err = -ENOMEM;
	}
	if (!err)
		err = json_dumpf(list, stdout, JSON_INDENT(1)) || puts("") < 0 ? -EIO : 0;
	json_decref(list);
	return err;
}

/* 0 if the clock or a guest can be used. */
static int doctor_status(const struct doctor_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		if (!report->items[i].item[0] && report->items[i].state == DOCTOR_YES &&
		    (strcmp(report->items[i].subject, "clock") == 0 ||
		     strcmp(report->items[i].subject, "insn") == 0))
			return 0;
	return 1;
}

static int doctor_do(const char *database, bool boot, bool json)
{
	struct doctor_report report = { 0 };
	struct scratch scratch;
	struct fault fault = { 0 };
	int err = scratch_open(&scratch, &fault), status;

	if (err) {
		fprintf(stderr, "remapbench doctor: %s\n", fault.text);
		return 1;
	}
	doctor_host(&report);
	tracing_prepare();
	doctor_events(&report);
	doctor_guests(&report, scratch.path, boot);
	doctor_shows(&report, database);
	scratch_close(&scratch);
	status = report.failed ? 1 : doctor_status(&report);
	if (json && doctor_json(&report))
		status = 1;
	else if (!json)
		doctor_print(&report);
	doctor_free(&report);
	return status;
}

int cmd_doctor(int argc, char **argv)
{
	static const struct option table[] = {
		{ "quick", no_argument, NULL, 'q' }, { "boot", no_argument, NULL, 'b' },
		{ "json", no_argument, NULL, 'J' },  { "db", required_argument, NULL, 'D' },
		{ "help", no_argument, NULL, 'h' },  { NULL, 0, NULL, 0 }
	};
	const char *database = option_db;
	char path[PATH_MAX] = "";
	bool boot = true, json = false;
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "h", table, NULL)) != -1) {
		switch (option) {
		case 'q':
			boot = false;
			break;
		case 'b':
			boot = true;
			break;
		case 'J':
			json = true;
			break;
		case 'D':
			database = optarg;
			break;
		case 'h':
			fputs(doctor_help, stdout);
			return 0;
		default:
			fprintf(stderr, "see remapbench doctor --help\n");
			return 2;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "remapbench doctor: '%s' is one word too many\n", argv[optind]);
		return 2;
	}
	if (!database && path_of_data("results.db", path) == 0)
		database = path;
	return doctor_do(database ? database : "", boot, json);
}
