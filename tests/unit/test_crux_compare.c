// crux_compare, seen by a host.
#include "crux.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support/failing_allocator.h"

static const char common[] = "input x = uniform(0, 10)\ninput y = 2\ninput z = 1\n";
static const char mine[] = "use \"common.crux\"\nset y = 3\nset z = 2\n";
static const char theirs[] = "use \"common.crux\"\nset y = 8\n";
// Of a uniform x in 0 .. 10: above 3 in 70 %, above 8 in 20 %.
static const char claims[] = "use \"common.crux\"\nclaim above : x > y\nclaim always : x >= 0\n";

static void add(struct crux_session *crux, const char *name, const char *text)
{
    cr_assert_eq(crux_add_text(crux, name, text, strlen(text)), CRUX_OK);
}

static bool load_common(void *user, const char *path, const char **bytes, size_t *length)
{
    (void)user;
    *bytes = strcmp(path, "common.crux") == 0 ? common : "there is no such text";
    *length = strlen(*bytes);
    return *bytes == common;
}

static struct crux_session *sides(void)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert_not_null(crux);
    crux_set_loader(crux, &(struct crux_loader){.load = load_common});
    add(crux, "mine", mine);
    add(crux, "theirs", theirs);
    add(crux, "claims", claims);
    return crux;
}

static void expect_near(double value, double wanted)
{
    cr_expect(fabs(value - wanted) < 0.01, "%g is not %g", value, wanted);
}

Test(crux_compare, says_over_what_two_texts_part)
{
    struct crux_session *crux = sides();
    cr_assert_eq(crux_compare(crux, "mine", "theirs"), CRUX_OK, "%s", crux_message(crux));
    cr_expect_eq(crux_exit_code(crux), 0);
    cr_assert_eq(crux_compared_count(crux), 2);
    const struct crux_compared *above = crux_compared(crux, 0);
    cr_expect_str_eq(above->name, "above");
    cr_expect_str_eq(above->scenario, "baseline");
    cr_assert(above->differs);
    expect_near(above->estimate[0], 0.7);
    expect_near(above->estimate[1], 0.2);
    expect_near(above->change, -0.5);
    cr_assert_eq(above->share_count, 1);
    cr_expect_str_eq(above->shares[0].name, "y");
    cr_expect_str_eq(above->shares[0].says[0], "3");
    cr_expect_str_eq(above->shares[0].says[1], "8");
    expect_near(above->shares[0].share, -0.5);
    cr_expect_not(crux_compared(crux, 1)->differs);
    cr_expect_null(crux_compared(crux, 2));
    crux_close(crux);
}

Test(crux_compare, the_other_way_round_is_the_mirror)
{
    struct crux_session *crux = sides();
    cr_assert_eq(crux_set(crux, CRUX_LEVEL, "65%"), CRUX_OK);
    cr_assert_eq(crux_compare(crux, "mine", "theirs"), CRUX_OK);
    const double change = crux_compared(crux, 0)->change;
    cr_expect_eq(crux_compared(crux, 0)->verdicts[0], CRUX_SUPPORTED);
    cr_expect_eq(crux_compared(crux, 0)->verdicts[1], CRUX_REFUTED);
    cr_assert_eq(crux_compared(crux, 0)->crux_count, 1);
    cr_expect_eq(crux_compared(crux, 0)->cruxes[0].count, 1);
    cr_expect_eq(crux_compared(crux, 0)->cruxes[0].shares[0], 0);
    cr_assert_eq(crux_compare(crux, "theirs", "mine"), CRUX_OK);
    cr_expect_eq(crux_compared(crux, 0)->verdicts[0], CRUX_REFUTED);
    cr_expect_eq(crux_compared(crux, 0)->verdicts[1], CRUX_SUPPORTED);
    cr_expect_eq(crux_compared(crux, 0)->change, -change, "%g and %g", crux_compared(crux, 0)->change, change);
    crux_close(crux);
}

Test(crux_compare, forgets_with_the_next_run)
{
    struct crux_session *crux = sides();
    cr_assert_eq(crux_compare(crux, "mine", "theirs"), CRUX_OK);
    cr_assert_eq(crux_compare(crux, "mine", "mine"), CRUX_BAD_ARGUMENT);
    cr_expect_eq(crux_compared_count(crux), 0);
    cr_expect_eq(crux_exit_code(crux), 2);
    cr_assert_eq(crux_compare(crux, "mine", "elsewhere/theirs.crux"), CRUX_REJECTED);
    cr_expect_eq(crux_compared_count(crux), 0);
    crux_close(crux);
}

static void *host_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    const struct failing_allocator *failing = user;
    return failing->allocator.resize(failing->allocator.user, block, old_size, new_size);
}

Test(crux_compare, gives_memory_back_when_there_is_no_more)
{
    enum { MOST = 200 };
    bool done = false;
    for (size_t fail_at = 0; !done && fail_at < MOST; fail_at++) {
        struct failing_allocator failing;
        failing_allocator_init(&failing, fail_at);
        struct crux_session *crux = crux_open(&(struct crux_allocator){host_resize, &failing});
        if (!crux)
            continue;
        bool well = crux_add_text(crux, "a.crux", "input x = 1\nclaim c : x > 1\n", 28) == CRUX_OK;
        well = well && crux_add_text(crux, "b.crux", "input x = 2\nclaim c : x > 1\n", 28) == CRUX_OK;
        const enum crux_status status = well ? crux_compare(crux, "a.crux", "b.crux") : CRUX_NO_MEMORY;
        cr_expect(status == CRUX_OK || status == CRUX_NO_MEMORY, "status %d when allocation %zu fails", (int)status, fail_at);
        done = status == CRUX_OK && failing.calls <= fail_at;
        crux_close(crux);
        cr_assert_eq(failing.live_blocks, 0, "%zu blocks are lost when allocation %zu fails", failing.live_blocks, fail_at);
    }
    cr_expect(done, "more than %d allocations", MOST);
}
