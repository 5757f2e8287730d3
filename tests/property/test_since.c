// A run that takes over what did not change says the same as one that finds out everything: over random edits of a text, each compared
// with the baseline of the text before.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crux.h"
#include "tests/support/random.h"

enum { LINES = 12, ROUNDS = 40, TEXT_LONGEST = 1 << 16 };

// Statements whose digit # is drawn anew by an edit; each claim reads other inputs.
static const char *const forms[LINES] = {
    "input a = # to 30",
    "input b = # .. 40",
    "input c = uniform(#, 60) correlated with d 0.5",
    "input d = # to 50",
    "assume calm: d < 9#",
    "let e = a + b * #",
    "claim p : a > 2#\n  expect sensitive to a",
    "claim q : e > 1# implies c > 30\n  expect supported",
    "claim r : c > d + #\n  undercuts q",
    "claim s : probability(a > 1#) > 40%\n  supports t",
    "claim t : max(a, b) < 9#\n  even if b = 35",
    "claim u : d < ?x\n  level 9#%",
};

struct text_file {
    char bytes[TEXT_LONGEST];
    size_t length;
};

struct host {
    struct text_file claims, baseline;
};

static bool load(void *user, const char *path, const char **bytes, size_t *length)
{
    const struct host *host = user;
    const struct text_file *file = strcmp(path, "baseline") == 0 ? &host->baseline : &host->claims;
    *bytes = file->bytes;
    *length = file->length;
    return true;
}

static bool keep(void *user, const char *bytes, size_t length)
{
    struct text_file *file = user;
    cr_assert_lt(file->length + length, (size_t)TEXT_LONGEST);
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
    return true;
}

// The statements in the order of `order`, with comments here and there.
static void write_claims(struct text_file *file, const int *numbers, const size_t *order, unsigned remarks)
{
    file->length = 0;
    for (size_t i = 0; i < LINES; i++) {
        const char *form = forms[order[i]], *place = strchr(form, '#');
        const char digit = (char)('0' + numbers[order[i]]);
        keep(file, form, (size_t)(place - form));
        keep(file, &digit, 1);
        keep(file, place + 1, strlen(place + 1));
        keep(file, remarks >> i & 1 ? "\n# said\n" : "\n", remarks >> i & 1 ? 8 : 1);
    }
    file->bytes[file->length] = '\0';
}

static struct crux_session *check(struct host *host, bool since)
{
    struct crux_session *crux = crux_open(NULL);
    const struct crux_loader loader = {.load = load, .user = host};
    crux_set_loader(crux, &loader);
    cr_assert_eq(crux_set(crux, CRUX_SAMPLES, "512"), CRUX_OK);
    cr_assert_eq(crux_set(crux, CRUX_PROOF_BOXES, "64"), CRUX_OK);
    cr_assert_eq(crux_set(crux, CRUX_THREADS, "1"), CRUX_OK);
    cr_assert_eq(crux_set(crux, CRUX_FAIL_ON, "refuted,changed"), CRUX_OK);
    cr_assert_eq(crux_set(crux, since ? CRUX_SINCE : CRUX_BASELINE, "baseline"), CRUX_OK);
    cr_assert_eq(crux_add_file(crux, "claims.crux"), CRUX_OK);
    const enum crux_status status = crux_check(crux);
    cr_assert_eq(status, CRUX_OK, "%s: %s\n%s", crux_message(crux), crux_diagnostic_count(crux) ? crux_diagnostic(crux, 0)->message : "", host->claims.bytes);
    return crux;
}

static bool same(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0 || (isnan(x) && isnan(y));
}

static void compare(const struct crux_session *full, const struct crux_session *since, uint64_t seed, const char *text)
{
    cr_assert_eq(crux_verdict_count(full), crux_verdict_count(since));
    cr_assert_eq(crux_exit_code(full), crux_exit_code(since), "seed %llu: exit codes %d and %d\n%s", (unsigned long long)seed, crux_exit_code(full), crux_exit_code(since), text);
    for (size_t i = 0; i < crux_verdict_count(full); i++) {
        const struct crux_verdict *a = crux_verdict(full, i), *b = crux_verdict(since, i);
        cr_assert_str_eq(a->name, b->name);
        cr_assert(a->verdict == b->verdict && a->basis == b->basis && a->as_expected == b->as_expected, "seed %llu: %s is %s and %s\n%s", (unsigned long long)seed, a->name,
                  crux_verdict_word(a->verdict), crux_verdict_word(b->verdict), text);
        cr_assert(same(a->lower, b->lower) && same(a->upper, b->upper) && same(a->estimate, b->estimate) && same(a->ci_low, b->ci_low) && same(a->ci_high, b->ci_high),
                  "seed %llu: %s has other figures\n%s", (unsigned long long)seed, a->name, text);
    }
}

static size_t count_reused(const struct crux_session *crux)
{
    size_t count = 0;
    const struct crux_verdict *verdict;
    for (size_t i = 0; (verdict = crux_verdict(crux, i)) != NULL; i++)
        count += verdict->samples == 0 && verdict->basis == CRUX_SAMPLED;
    return count;
}

static void write_baseline(struct crux_session *crux, struct text_file *file)
{
    const struct crux_writer writer = {keep, file};
    file->length = 0;
    cr_assert_eq(crux_write_baseline(crux, &writer), CRUX_OK, "%s", crux_message(crux));
}

// A new figure, two statements that change places, or only comments.
static unsigned edit(uint64_t *random, int *numbers, size_t *order)
{
    const size_t one = random_below(random, LINES), other = random_below(random, LINES), kept = order[one];
    const unsigned what = random_below(random, 3);
    if (what == 0)
        numbers[one] = 1 + (int)random_below(random, 9);
    if (what == 1) {
        order[one] = order[other];
        order[other] = kept;
    }
    return random_below(random, 1u << LINES);
}

Test(since, says_what_a_full_run_says)
{
    const uint64_t seed = random_seed();
    uint64_t random = seed;
    struct host *host = calloc(1, sizeof *host);
    int numbers[LINES];
    size_t order[LINES], reused = 0;
    for (size_t i = 0; i < LINES; i++) {
        numbers[i] = 3;
        order[i] = i;
    }
    write_claims(&host->claims, numbers, order, 0);
    strcpy(host->baseline.bytes, "crux baseline 1\nend\n");
    host->baseline.length = strlen(host->baseline.bytes);
    for (int round = 0; round < ROUNDS; round++) {
        struct crux_session *full = check(host, false), *since = check(host, true);
        compare(full, since, seed, host->claims.bytes);
        reused += count_reused(since);
        struct text_file *from_full = calloc(1, sizeof *from_full);
        write_baseline(full, from_full);
        write_baseline(since, &host->baseline);
        cr_assert(from_full->length == host->baseline.length && memcmp(from_full->bytes, host->baseline.bytes, from_full->length) == 0, "the baselines differ");
        free(from_full);
        crux_close(full);
        crux_close(since);
        write_claims(&host->claims, numbers, order, edit(&random, numbers, order));
    }
    cr_assert_gt(reused, (size_t)ROUNDS, "only %zu verdicts were taken over", reused);
    free(host);
}
