// Random programs: what is proved of a claim, what encloses its values, what is sampled and what the tree means agree.
#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/support/agreement.h"

enum { PROGRAMS = 800 };

// SEED=n tries that program alone.
Test(agreement, proofs_samples_and_trees_agree, .timeout = 100)
{
    const char *given = getenv("SEED");
    const struct agreement found = given ? agreement_check(strtoull(given, NULL, 10), 1) : agreement_check(1, PROGRAMS);
    cr_log_info("%zu values, %zu missing, %zu skipped, %zu on edges, %zu enclosed, %zu forms", found.values, found.missing, found.skipped, found.edges,
                found.enclosed, found.forms);
    cr_log_info("proved: %zu hold, %zu fail, %zu irrelevant, in %zu futures; verified %zu, refused %zu", found.holds, found.fails, found.irrelevant,
                found.relevant, found.verified, found.refused);
    cr_expect(given || (found.holds > PROGRAMS / 20 && found.fails > PROGRAMS / 20 && found.relevant > PROGRAMS));
    cr_expect(given || (found.values > 50 * PROGRAMS && found.forms > 50 * PROGRAMS && found.verified > 0));
}
