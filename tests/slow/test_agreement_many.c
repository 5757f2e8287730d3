// A hundred thousand random programs, as in tests/property/test_agreement.c, in two processes.
#include <criterion/criterion.h>

#include "tests/support/agreement.h"
#include "tests/support/random.h"

enum { PROGRAMS = 50000 };

static void check_many(uint64_t first)
{
    const struct agreement found = agreement_check(first, PROGRAMS);
    cr_log_info("%zu values, %zu on edges, %zu skipped, %zu enclosed, %zu forms; %zu proved, verified %zu, refused %zu", found.values, found.edges,
                found.skipped, found.enclosed, found.forms, found.holds + found.fails + found.irrelevant, found.verified, found.refused);
    cr_assert(found.values > 50 * PROGRAMS && found.edges < PROGRAMS / 100, "from program %llu", (unsigned long long)first);
    cr_assert(found.holds > PROGRAMS / 20 && found.fails > PROGRAMS / 20 && found.relevant > PROGRAMS, "from program %llu", (unsigned long long)first);
}

Test(agreement_many, proofs_samples_and_trees_agree, .timeout = 580)
{
    check_many(random_seed());
}

Test(agreement_many, so_do_others, .timeout = 580)
{
    check_many(random_seed() + PROGRAMS);
}
