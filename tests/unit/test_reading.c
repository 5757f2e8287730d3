// The reading: what a claim says in plain words, its defaults written out.
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/support/checked.h"

#define WORLD                                                                                                                  \
    "timeline 2025Q1 .. 2028Q4 by quarter, present 2025Q2\nindex node = n7, n5\ninput fab.d0[n in node] : 1/cm^2 = 0.1 to 0.5\n" \
    "let fab.yield[n in node] = exp(-fab.d0[n] * (858 mm^2)) * 0.9 ^ ((now - 2025) / year)\ninput start = 4 to 9\n"              \
    "let gap = start * 0.95 ^ ((now - 2025) / year)\ninput end : date = 2026 to 2027\n"

static void expect_reading(const char *claim, const char *reading)
{
    struct checked checked;
    char source[2000];
    snprintf(source, sizeof source, "%s%s\n", WORLD, claim);
    checked_make(&checked, source);
    cr_expect_str_eq(checked_reading(&checked, "c"), reading, "%s reads %s (%s)", claim, checked_reading(&checked, "c"), checked_codes(&checked));
    checked_free(&checked);
}

Test(reading, the_founding_example)
{
    expect_reading("claim c : fab.yield[n7] < 40% implies gap > 5 at 2027", "If fab.yield[n7] < 40 % throughout 2025Q2..2027Q4, then gap > 5 in 2027Q4.");
}

Test(reading, phrases_are_told_in_steps)
{
    expect_reading("claim c : gap > 5", "gap > 5 throughout 2025Q2..2028Q4.");
    expect_reading("claim c : gap > 5 by 2027", "gap > 5 at some step of 2025Q2..2027Q4.");
    expect_reading("claim c : gap > 5 until 2027", "gap > 5 throughout 2025Q2..2026Q4.");
    expect_reading("claim c : gap > 5 during 2026Q1", "gap > 5 in 2026Q1.");
    expect_reading("claim c : gap > 5 by end", "gap > 5 by end.");
    expect_reading("claim c : gap > 5 until (gap < 6)", "gap > 5 until (gap < 6).");
    expect_reading("claim c : start > 5", "start > 5.");
    expect_reading("claim c : gap at 2026 > gap at 2028", "gap at 2026Q4 > gap at 2028Q4.");
}

Test(reading, brackets_keep_the_meaning)
{
    expect_reading("claim c : (gap > 5 or gap < 2) at 2027", "(gap > 5 or gap < 2) in 2027Q4.");
    expect_reading("claim c : not gap > 5", "(not gap > 5) throughout 2025Q2..2028Q4.");
    expect_reading("claim c : not (gap > 5 at 2027)", "not (gap > 5 in 2027Q4).");
    expect_reading("claim c : gap > 5 or gap < 2 implies gap > 1 at 2027", "If (gap > 5 or gap < 2) throughout 2025Q2..2027Q4, then gap > 1 in 2027Q4.");
    expect_reading("claim c : start > 5 or start < 2 implies start > 1 implies gap > 1 at 2027", "If (start > 5 or start < 2) and start > 1, then gap > 1 in 2027Q4.");
}

Test(reading, exceptions_concessions_and_questions)
{
    expect_reading("claim c : gap > 5 at 2027 unless gap > 9", "Unless gap > 9 at some step of 2025Q2..2027Q4, gap > 5 in 2027Q4.");
    expect_reading("claim c : gap > 5 at 2027 even if start = 4 even if start >= 2",
                   "gap > 5 in 2027Q4. This must hold even if start = 4 is set, and even if start >= 2.");
    expect_reading("claim c : gap > ?g at 2027", "What is the strongest ?g such that gap > ?g in 2027Q4?");
    expect_reading("claim c with start = 5 : gap > 2 at 2027", "With start = 5, gap > 2 in 2027Q4.");
    expect_reading("claim c : probability(gap > 5) > 50%", "probability(gap > 5 throughout 2025Q2 .. 2028Q4) > 50 %.");
    expect_reading("assume start < 8\nclaim c : gap > 5 at 2027", "gap > 5 in 2027Q4; over futures where start < 8.");
    expect_reading("claim c \"It looks unserious\"", "No formula: recorded, not scored.");
}
