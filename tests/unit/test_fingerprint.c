// The fingerprint of a verdict: what it follows from changes it, and nothing else does.
#include <criterion/criterion.h>
#include <string.h>

#include "base/digest.h"
#include "engine/compile.h"
#include "judge/judge.h"
#include "judge/verdict.h"
#include "tests/support/checked.h"

static const char plain[] = "input x = 1 to 3\n"
                            "input y = 1 to 3\n"
                            "assume calm: y < 4\n"
                            "assume low: x < 5\n"
                            "let z = x * y + 1\n"
                            "claim c : z > 2.5\n";

struct change {
    const char *what, *source;
};

static struct arena kept; // what is compared
static jmp_buf kept_no_memory;

static void set_up(void)
{
    arena_init(&kept, &system_allocator, &kept_no_memory);
}

static void tear_down(void)
{
    arena_reset(&kept);
}
TestSuite(fingerprint, .init = set_up, .fini = tear_down);

static struct judge_options options_of_test(void)
{
    return (struct judge_options){.seed = 1, .samples = 256, .threads = 1, .no_proofs = true, .engine = "test"};
}

// The fingerprint of the claim c. It stays until the test ends.
static const char *fingerprint_with(const char *source, const struct judge_options *options)
{
    struct checked checked;
    struct arena scratch;
    jmp_buf no_memory;
    checked_make(&checked, source);
    cr_assert_eq(checked.diags->error_count, 0, "%s: %s", checked_codes(&checked), source);
    arena_init(&scratch, &system_allocator, &no_memory);
    const struct model *model = compile_program(&checked.arena, checked.program, checked.diags);
    const struct results *results = judge_model(&checked.arena, &scratch, model, options);
    const char *found = NULL;
    for (size_t i = 0; i < results->verdict_count; i++)
        if (text_is(results->verdicts[i].name, "c"))
            found = text_copy(&kept, text_of(results->verdicts[i].fingerprint)).at;
    arena_reset(&scratch);
    checked_free(&checked);
    cr_assert_not_null(found);
    return found;
}

static const char *fingerprint_of(const char *source)
{
    const struct judge_options options = options_of_test();
    return fingerprint_with(source, &options);
}

Test(fingerprint, keeps_when_what_is_asked_stays)
{
    static const struct change same[] = {
        {"a comment and blank lines", "# more\n\n\ninput x = 1 to 3 # here\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n"},
        {"another definition's name", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet w = x * y + 1\nclaim c : w > 2.5\n"},
        {"no definition", "input x = 1 to 3\ninput y = 1 to 3\nassume y < 4\nassume x < 5\nclaim c : x * y + 1 > 2.5\n"},
        {"statements in another order", "claim c : z > 2.5\nassume low: x < 5\nassume calm: y < 4\nlet z = x * y + 1\ninput y = 1 to 3\ninput x = 1 to 3\n"},
        {"operands in another order", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = 1 + y * x\nclaim c : z > 2.5\n"},
        {"claims before and behind", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nclaim a : y > 2\nlet z = x * y + 1\nclaim c : z > 2.5\nclaim d : x < y\n"},
        {"inputs renamed, in the same order", "input x2 = 1 to 3\ninput y2 = 1 to 3\nassume calm: y2 < 4\nassume low: x2 < 5\nlet z = x2 * y2 + 1\nclaim c : z > 2.5\n"},
        {"an expectation", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n  expect sensitive\n"},
    };
    const char *before = fingerprint_of(plain);
    cr_assert_eq(strlen(before), DIGEST_DIGITS);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        cr_assert_str_eq(fingerprint_of(same[i].source), before, "%s", same[i].what);
}

Test(fingerprint, changes_with_what_it_follows_from)
{
    static const struct change other[] = {
        {"a figure of an input", "input x = 1 to 3.5\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n"},
        {"a law", "input x = uniform(1, 3)\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n"},
        {"no probability", "input x = 1 .. 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n"},
        {"a correlation", "input x = 1 to 3\ninput y = 1 to 3 correlated with x 0.5\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n"},
        {"the claim's figure", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.6\n"},
        {"strictness", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z >= 2.5\n"},
        {"the level", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n  level 95%\n"},
        {"an assumption less", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nlet z = x * y + 1\nclaim c : z > 2.5\n"},
        {"a premise", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : x > 1 implies z > 2.5\n"},
        {"a concession", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * y + 1\nclaim c : z > 2.5\n  even if x = 4\n"},
        {"another input in the place", "input x = 1 to 3\ninput y = 1 to 3\nassume calm: y < 4\nassume low: x < 5\nlet z = x * x + 1\nclaim c : z > 2.5\n"},
    };
    const char *before = fingerprint_of(plain);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        const char *after = fingerprint_of(other[i].source);
        cr_assert_str_neq(after, before, "%s", other[i].what);
        for (size_t k = 0; k < i; k++)
            cr_assert_str_neq(after, fingerprint_of(other[k].source), "%s and %s", other[i].what, other[k].what);
    }
}

Test(fingerprint, changes_with_how_the_run_answers)
{
    const char *before = fingerprint_of(plain);
    for (int i = 0; i < 6; i++) {
        struct judge_options options = options_of_test();
        options.seed += i == 0;
        options.samples += i == 1;
        options.no_proofs = i != 2;
        options.sampler = i == 3 ? SAMPLER_PHILOX : SAMPLER_SOBOL;
        options.engine = i == 4 ? "other" : "test";
        options.threads = i == 5 ? 2 : 1;
        cr_assert_eq(strcmp(fingerprint_with(plain, &options), before) == 0, i == 5, "option %d", i);
    }
}

// Numbers about the futures are columns to what reads them.
Test(fingerprint, sees_what_an_aggregate_is_about)
{
    const char *before = fingerprint_of("input x = 1 to 3\ninput y = 1 to 3\nclaim c : probability(x > probability(y > 2) * 4) > 30%\n");
    cr_assert_str_eq(fingerprint_of("input x = 1 to 3\ninput y = 1 to 3\nclaim a : y > 1\nclaim c : probability(x > probability(y > 2) * 4) > 30%\n"), before);
    cr_assert_str_neq(fingerprint_of("input x = 1 to 3\ninput y = 1 to 3\nclaim c : probability(x > probability(y > 2.1) * 4) > 30%\n"), before);
}

// The test vectors of FNV-1a: nothing, and "foobar".
Test(fingerprint, digests_as_published)
{
    struct arena arena;
    jmp_buf no_memory;
    arena_init(&arena, &system_allocator, &no_memory);
    cr_assert_str_eq(digest_words(&arena, digest_nothing()), "6c62272e07bb014262b821756295c58d");
    cr_assert_str_eq(digest_words(&arena, digest_bytes(digest_nothing(), "foobar", 6)), "343e1662793c64bf6f0d3597ba446f18");
    arena_reset(&arena);
}
