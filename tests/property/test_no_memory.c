// The whole road from text to bytes, with allocation 0, 1, 2, ... failing until it gets through: each time the library says
// CRUX_NO_MEMORY, has nothing left when it is closed, and the same handle works as soon as there is memory again.
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "crux.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/nowhere.h"

static const char good[] =
    "# A word of most kinds of statement.\n"
    "source report \"A report\" by \"An office\" on 2025-02-01 <https://example.org/report>\n"
    "unit widget \"a thing that is made\"\n"
    "index maker = us, china\n"
    "timeline 2024Q1 .. 2027Q4 by quarter, present 2025Q1\n"
    "input yield : fraction = 30% to 50% to 70% \"share of good ones\" cite report as of 2025-01\n"
    "input capacity[m in maker] : widget/year = (us: 100k to 150k, china: 20k .. 60k)\n"
    "input open : truth = choice(yes: 40%, no: 60%)\n"
    "def better(x: 1, factor: 1) = x * factor\n"
    "let made[m in maker] = capacity[m] * better(yield, 1.1)\n"
    "let stock[m in maker] = previous(stock[m], 0 widget) + made[m] * dt\n"
    "let gap = made[us] / made[china]\n"
    "assume china_works: made[china] > 1k widget/year\n"
    "scenario closed \"no trade\" { set open = no set capacity[china] = 20k widget/year }\n"
    "claim ahead \"the gap stays\" by \"A\" in report on 2025-03 under baseline, closed\n"
    "  : yield > 35% implies gap > 2 at 2027 level 80% even if yield <= 60% expect supported\n"
    "claim behind[m in maker] : stock[m] > 10k widget by 2026\n"
    "claim strongest : gap > ?x at 2027\n"
    "claim said \"they will build\" by \"B\" in report\n";

// Mistakes of several passes: messages need memory too.
static const char bad[] =
    "claim a : gap > \n"
    "let length = 3 m + 4 s\n"
    "let b = lenght * c\n"
    "let b = 2\n"
    "claim odd : 5\n"
    "$ ) ( \xC3\xA9\n";

static bool goes_on(enum crux_status status)
{
    return status == CRUX_OK || status == CRUX_REJECTED;
}

static enum crux_status set_up(struct crux_session *crux, const char *program)
{
    enum crux_status status = crux_set(crux, CRUX_SAMPLES, "512");
    if (goes_on(status))
        status = crux_set(crux, CRUX_THREADS, "2");
    if (goes_on(status))
        status = crux_set(crux, CRUX_SET, "yield = 40%");
    if (goes_on(status))
        status = crux_add_text(crux, "program.crux", program, strlen(program));
    return status;
}

static enum crux_status write_all(struct crux_session *crux)
{
    enum crux_status status = crux_write(crux, "human", NULL, &nowhere);
    if (goes_on(status))
        status = crux_write(crux, "json", NULL, &nowhere);
    if (goes_on(status))
        status = crux_write_diagnostics(crux, true, &nowhere);
    return status;
}

static enum crux_status run_session(struct crux_session *crux, const char *program)
{
    enum crux_status status = set_up(crux, program);
    if (goes_on(status))
        status = crux_check(crux);
    if (goes_on(status))
        status = write_all(crux);
    if (goes_on(status))
        status = crux_eval(crux, "gap at 2027");
    if (goes_on(status))
        status = crux_format(crux, "program.crux", program, strlen(program), &nowhere);
    return status;
}

// False when the run got through, so that no allocation number is left to fail.
static bool fails_cleanly(struct failing_allocator *memory, const char *program)
{
    const struct crux_allocator allocator = {.resize = memory->allocator.resize, .user = memory};
    struct crux_session *crux = crux_open(&allocator);
    enum crux_status status = CRUX_NO_MEMORY;
    if (crux != NULL) {
        status = run_session(crux, program);
        if (status == CRUX_NO_MEMORY) {
            cr_assert(crux_message(crux)[0] != '\0');
            memory->fail_at = SIZE_MAX;
            crux_clear(crux);
            status = run_session(crux, program);
            cr_assert(goes_on(status), "the handle is broken: %d, %s", (int)status,
                      crux_message(crux));
            status = CRUX_NO_MEMORY;
        }
    }
    crux_close(crux);
    cr_assert(memory->live_bytes == 0 && memory->live_blocks == 0, "%zu bytes are left", memory->live_bytes);
    cr_assert(goes_on(status) || status == CRUX_NO_MEMORY, "status %d", (int)status);
    return status == CRUX_NO_MEMORY;
}

static void every_allocation_fails(const char *program, bool keep_failing)
{
    struct failing_allocator memory;
    for (size_t fail_at = 0;; fail_at++) {
        failing_allocator_init(&memory, fail_at);
        memory.keep_failing = keep_failing;
        if (!fails_cleanly(&memory, program))
            break;
    }
    cr_assert(memory.calls > 5, "only %zu allocations were asked for", memory.calls);
}

Test(no_memory, one_allocation_fails)
{
    every_allocation_fails(good, false);
}

Test(no_memory, all_allocations_fail_from_one_on)
{
    every_allocation_fails(good, true);
}

Test(no_memory, messages_need_memory_too)
{
    every_allocation_fails(bad, false);
}
