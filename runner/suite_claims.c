// SPDX-License-Identifier: GPL-2.0-only
/* suite_claims: the schema of a suite's claims, what of them is possible, and what they expect. */
#include "runner/suite_claims.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/version.h"

enum { TEXT_LENGTH = 200, KEY_LENGTH = 255, METRIC_LENGTH = 71, VALUE_LENGTH = 40 };

static const cyaml_schema_field_t claim_fields[] = {
	CYAML_FIELD_STRING_PTR("says", CYAML_FLAG_POINTER, struct suite_claim, says, 1,
			       TEXT_LENGTH),
	CYAML_FIELD_STRING_PTR("cell", CYAML_FLAG_POINTER, struct suite_claim, cell, 1, KEY_LENGTH),
	CYAML_FIELD_STRING_PTR("against", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct suite_claim, against, 1, KEY_LENGTH),
	CYAML_FIELD_STRING_PTR("metric", CYAML_FLAG_POINTER, struct suite_claim, metric, 1,
			       METRIC_LENGTH),
	CYAML_FIELD_STRING_PTR("since", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct suite_claim, since, 1, VALUE_LENGTH),
	CYAML_FIELD_STRING_PTR("was", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct suite_claim,
			       was, 1, VALUE_LENGTH),
	CYAML_FIELD_STRING_PTR("is", CYAML_FLAG_POINTER, struct suite_claim, is, 1, VALUE_LENGTH),
	CYAML_FIELD_END,
};
const cyaml_schema_value_t suite_claim_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct suite_claim, claim_fields),
};

/* A whole decimal number, with a fraction or not. */
static int number_read(const char *words, double *number)
{
	char *end;

	if (!*words || !strchr("0123456789", *words) || words[strspn(words, "0123456789.")])
		return -EINVAL;
	*number = strtod(words, &end);
	return *end ? -EINVAL : 0;
}

int claim_value_parse(const char *words, struct claim_value *value)
{
	static const char *const states[] = { "ok", "unsupported", "invalid", "failed" };
	char least[VALUE_LENGTH + 1];
	const char *dots = strstr(words, "..");
	int err;

	*value = (struct claim_value){ .least = -INFINITY, .most = INFINITY };
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (strcmp(states[i], words) == 0) {
			snprintf(value->state, sizeof(value->state), "%s", words);
			return 0;
		}
	if (strncmp(words, ">=", 2) == 0)
		return number_read(words + 2, &value->least);
	if (strncmp(words, "<=", 2) == 0)
		return number_read(words + 2, &value->most);
	if (!dots) {
		err = number_read(words, &value->least);
		value->most = value->least;
		return err;
	}
	if ((size_t)(dots - words) >= sizeof(least))
		return -EINVAL;
	snprintf(least, sizeof(least), "%.*s", (int)(dots - words), words);
	err = number_read(least, &value->least);
	if (!err)
		err = number_read(dots + 2, &value->most);
	return err ? err : value->least > value->most ? -EINVAL : 0;
}

const char *claim_expected(const struct suite_claim *claim, const char *release)
{
	return claim->since && version_compare(release, claim->since) < 0 ? claim->was : claim->is;
}

static bool is_printable(const char *word)
{
	for (; *word; word++)
		if (*word <= ' ' || *word > '~')
			return false;
	return true;
}

static const char *claim_wrong(const struct suite_claim *claim)
{
	struct claim_value value;

	if (!is_printable(claim->cell) || strpbrk(claim->cell, "*?"))
		return "its cell is no key";
	if (claim->against && (!is_printable(claim->against) || strpbrk(claim->against, "*?")))
		return "what it is held against is no cell's key";
	if (!is_printable(claim->metric) || strpbrk(claim->metric, "*?"))
		return "its metric is no name";
	if (!claim->since != !claim->was)
		return "since and was are only of use together";
	if (claim->since && !strchr("123456789", claim->since[0]))
		return "since is no version";
	if (claim_value_parse(claim->is, &value))
		return "`is` is neither a number, a range nor a state";
	if (claim->was && claim_value_parse(claim->was, &value))
		return "`was` is neither a number, a range nor a state";
	return NULL;
}

int suite_claims_check(const struct settings *settings, const struct suite_claim *claims,
		       size_t count, struct fault *fault)
{
	static const char *const keys[] = { "claims", NULL };

	for (size_t i = 0; i < count; i++) {
		const char *wrong = claim_wrong(&claims[i]);

		if (wrong)
			return settings_refuse(settings, keys, fault, "claim %zu: %s: %.80s", i + 1,
					       wrong, claims[i].says);
	}
	return 0;
}

static int field_copy(const char *from, char **to)
{
	if (!from)
		return 0;
	*to = strdup(from);
	return *to ? 0 : -ENOMEM;
}

static int claim_copy(const struct suite_claim *from, struct suite_claim *to)
{
	int err = field_copy(from->says, &to->says);

	if (!err)
		err = field_copy(from->cell, &to->cell);
	if (!err)
		err = field_copy(from->metric, &to->metric);
	if (!err)
		err = field_copy(from->is, &to->is);
	if (!err)
		err = field_copy(from->against, &to->against);
	if (!err)
		err = field_copy(from->since, &to->since);
	return err ? err : field_copy(from->was, &to->was);
}

int suite_claims_copy(const struct suite_claim *from, size_t count, struct suite_claim **to,
		      size_t *copied)
{
	int err = 0;

	if (!count)
		return 0;
	*to = calloc(count, sizeof(**to));
	if (!*to)
		return -ENOMEM;
	while (*copied < count && !err) {
		err = claim_copy(&from[*copied], &(*to)[*copied]);
		++*copied;
	}
	return err;
}

void suite_claims_free(struct suite_claim *claims, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(claims[i].says);
		free(claims[i].cell);
		free(claims[i].metric);
		free(claims[i].is);
		free(claims[i].against);
		free(claims[i].since);
		free(claims[i].was);
	}
	free(claims);
}
