// Expressions: the nodes they become, their kinds and units, and what is said when they do not fit.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/unit.h"
#include "tests/support/checked.h"

static struct arena texts;
static struct checked checked;
static bool made;

#define HEAD                                                                                       \
    "timeline 2023Q1 .. 2030Q4 by quarter, present 2025Q1\n"                                       \
    "index actor = us, china\n"                                                                    \
    "input power : GW = 3 to 5\n"                                                                  \
    "input price : USD/W = 2 to 4\n"                                                               \
    "input added[a in actor] : chip/year = 1k to 2k\n"                                             \
    "input ready : date = 2026 to 2028\n"                                                          \
    "input open : truth = choice(yes: 10%, no: 90%)\n"                                             \
    "input leader : actor = choice(us, china)\n"                                                   \
    "input share : fraction = 20% to 40%\n"                                                        \
    "scenario more \"m\" { set power = 7 GW }\n"                                                   \
    "def area(x: mm, y: mm) = x * y\n"                                                             \
    "def twice(x) = x + x\n"

// The right side of `let x = ...` as checked, NULL after a diagnostic.
static const struct node *body(const char *text)
{
    if (made)
        checked_free(&checked);
    checked_make(&checked, arena_printf(&texts, "%slet x = %s\n", HEAD, text));
    made = true;
    const struct program *program = checked.program;
    for (size_t i = 0; i < program->definition_count; i++)
        if (text_is(program->definitions[i]->name, "x"))
            return program->definitions[i]->body;
    return NULL;
}

static void set_up(void)
{
    static jmp_buf no_memory;
    arena_init(&texts, &system_allocator, &no_memory);
}

static void tear_down(void)
{
    if (made)
        checked_free(&checked);
    arena_reset(&texts);
}
TestSuite(check_expr, .init = set_up, .fini = tear_down);

static void expect_codes(const char *text, const char *codes)
{
    body(text);
    cr_expect_str_eq(checked_codes(&checked), codes, "%s gives %s, not %s", text, checked_codes(&checked), codes);
}

// The kind and natural unit: "GW" is "W", a plain number "1".
static void expect_type(const char *text, const char *type)
{
    static const char *const kinds[] = {"error", "quantity", "truth", "date", "member"};
    const struct node *node = body(text);
    cr_assert_not_null(node, "%s: %s", text, checked_codes(&checked));
    struct buffer found = buffer_on(&checked.arena);
    if (node->type.kind == KIND_QUANTITY)
        dimension_print(&found, checked.program->units, node->type.dimension);
    else
        buffer_add_string(&found, kinds[node->type.kind]);
    cr_expect_str_eq(found.at, type, "%s is %s, not %s", text, found.at, type);
    cr_expect_str_eq(checked_codes(&checked), "", "%s: %s", text, checked_codes(&checked));
}

Test(check_expr, units_follow_from_operators)
{
    expect_type("power * price", "USD");
    expect_type("power / price * price", "W");
    expect_type("power + 500 MW", "W");
    expect_type("power ^ 2 / power", "W");
    expect_type("sqrt(power ^ 2)", "W");
    expect_type("(4 cm^2) ^ 0.5", "m");
    expect_type("power / (1 GW)", "a plain number");
    expect_type("-power", "W");
    expect_type("dt / year", "a plain number");
    expect_type("1.5 ^ (dt / (4 months))", "a plain number");
    expect_type("min(power, 2 GW)", "W");
    expect_type("exp(power / (1 GW))", "a plain number");
    expect_type("if open then power else 2 GW", "W");
    expect_type("sum(added[a] over a in actor)", "chip/year");
    expect_type("product(power over a in actor) / power", "W");
    expect_type("count(added[a] > 1k chip/year over a in actor)", "a plain number");
    expect_type("sum(added[us], 2025)", "chip");
    expect_type("sum(power, 2025 .. 2026)", "J");
    expect_type("mean(power, 2025)", "W");
    expect_type("max(power, 2025 .. 2026)", "W");
    expect_type("growth(power)", "a plain number");
    expect_type("interpolate(2024: 1 GW, 2030: 4 GW)", "W");
    expect_type("power under more", "W");
    expect_type("area(2 mm, 1 cm)", "cm^2");
    expect_type("twice(power) / twice(2)", "W");
}

Test(check_expr, dates_and_durations)
{
    expect_type("ready - 2025", "year");
    expect_type("2025 - ready", "year");
    expect_type("ready + 6 months", "date");
    expect_type("2025 + 6 months", "date");
    expect_type("now - 5 years", "date");
    expect_type("when(power > 4 GW)", "date");
    expect_type("max(ready, now)", "date");
    expect_type("ready < 2027", "truth");
    expect_type("2026 < ready < 2027Q4", "truth");
    expect_type("ready in 2026 .. 2027", "truth");
    expect_type("ready within 3 months of 2027", "truth");
    expect_codes("ready + 2", "E301");
    expect_codes("ready + ready", "E301");
    expect_codes("ready * 2", "E301");
    expect_codes("ready > 5 GW", "E301");
}

Test(check_expr, conditions)
{
    expect_type("power > 4 GW and not open", "truth");
    expect_type("3 GW < power <= 5000 MW", "truth");
    expect_type("power in 3 GW .. 5 GW", "truth");
    expect_type("power within 10% of 4 GW", "truth");
    expect_type("power within 1 GW of 4 GW", "truth");
    expect_type("leader is us", "truth");
    expect_type("leader = china", "truth");
    expect_type("us = leader", "truth");
    expect_type("open = yes", "truth");
    expect_type("at least 1 of (open, power > 4 GW)", "truth");
    expect_type("exactly 1 a in actor: leader is a", "truth");
    expect_codes("power and open", "E301");
    expect_codes("if power then 1 else 2", "E301");
    expect_codes("yes < no", "E301");
    expect_codes("leader < leader", "E301");
    expect_codes("power is us", "E301");
    expect_codes("at least 3 of (open, open)", "E306");
}

Test(check_expr, numbers_without_a_unit)
{
    expect_codes("power > 4", "E303");
    expect_codes("power + 4", "E303");
    expect_codes("power within 1 of 4 GW", "E303");
    expect_codes("clamp(power, 1, 2 GW)", "E303");
    body("power > 4");
    cr_assert_str_eq(checked.diags->first->help, "give it a unit: `4 GW`");
    cr_assert_eq(checked.diags->first->label_count, 2);
}

Test(check_expr, units_alone)
{
    expect_type("power / year * 2 years", "W");
    expect_codes("months - 2 years", "E304");
    expect_codes("power > watt", "E304");
    expect_codes("power * W", "E201"); // one letter is no unit alone
}

Test(check_expr, what_cannot_stand_there)
{
    expect_codes("power + price", "E302");
    expect_codes("exp(power)", "E302");
    expect_codes("power ^ share", "E305");
    expect_codes("power ^ 0.3", "E305");
    expect_codes("sum(power / (1 GW) * 1 chip, 2025)", "E310");
    expect_codes("sum(power * 1 hour, 2025)", "E310"); // energy is a stock
    expect_codes("sum(added[us])", "E307");
    expect_codes("previous(power)", "E306");
    expect_codes("lag(power, 1 month, 1 GW)", "E312");
    expect_codes("lag(power, power, 1 GW)", "E302");
    expect_codes("probability(open)", "E313");
    expect_codes("uniform(1, 2)", "E309");
    expect_codes("1 / 0", "E316");
    expect_codes("abs(min: power)", "E307");
    expect_codes("interpolate(2026: 1, 2025: 2)", "E307");
    expect_codes("sum(added[us], 2020 .. 2025)", "E401");
}

Test(check_expr, poison_is_silent)
{
    expect_codes("(nothing + 1) * power > 3 and open", "E201");
    expect_codes("min(nothing, power, exp(power * nothing2))", "E201 E201");
    expect_codes("twice(nothing) + 2 GW", "E201");
}

Test(check_expr, always_true)
{
    expect_codes("3 > 2 and open", "W721");
    expect_codes("if 3 > 2 then 1 else 2", "W721");
    expect_codes("share > 120%", "W721");
    expect_codes("share < 50%", "");
    expect_codes("true and open", "");
}

Test(check_expr, makes_the_nodes_of_program_h)
{
    const struct node *node = body("power within 25% of 4 GW");
    cr_assert(node->op == OP_WITHIN && node->args[1]->type.fraction && node->args[1]->value == 0.25);
    cr_assert(!body("power within 1 GW of 4 GW")->args[1]->type.fraction);

    node = body("sum(added[us], 2025 .. 2026, 3 chip/year)");
    cr_assert(node->kind == NODE_WINDOW && node->reduce == REDUCE_SUM && node->integrate && node->count == 4);
    cr_assert_eq(node->args[1]->value, 2025 * SECONDS_A_YEAR);
    cr_assert_eq(node->args[2]->value, 2027 * SECONDS_A_YEAR);
    cr_assert(!body("mean(power, 2025)")->integrate);

    node = body("lag(power, 2 years, 1 GW)");
    cr_assert(node->kind == NODE_LAG && node->steps == 8);

    node = body("every a in actor: added[a] > 1k chip/year");
    cr_assert(node->kind == NODE_REDUCE && node->reduce == REDUCE_EVERY && node->slot == 0);
    cr_assert(node->args[0]->args[0]->args[0]->kind == NODE_BINDER);

    node = body("added[china]");
    cr_assert(node->kind == NODE_INPUT && node->args[0]->kind == NODE_CONST && node->args[0]->value == 1);

    node = body("interpolate(2024: 1 GW, 2030: 4 GW, hold)");
    cr_assert(node->kind == NODE_PATH && node->path->hold && node->path->logarithmic && node->path->instants[0] == 2025 * SECONDS_A_YEAR);
    cr_assert(!body("interpolate(2024: 0 GW, 2030: 4 GW)")->path->logarithmic);

    node = body("3 GW < power < 5 GW");
    cr_assert(node->op == OP_AND && node->count == 2 && node->args[0]->args[1] == node->args[1]->args[0]);

    node = body("min(dies: power, stacks: 2 GW)");
    cr_assert(node->op == OP_MIN && text_is(node->labels[1], "stacks"));
    cr_assert_eq(body("power at 2027")->kind, NODE_TIME);
}

Test(check_expr, numbers_are_in_base_units)
{
    cr_assert_eq(body("5 GW")->value, 5e9);
    cr_assert_eq(body("40%")->value, 0.4);
    cr_assert_eq(body("0.22 /cm^2")->value, 0.22 * 1e4);
    cr_assert_eq(body("2 quarters")->value, SECONDS_A_YEAR / 2);
    cr_assert_eq(body("dt")->value, SECONDS_A_YEAR / 4);
    cr_assert_eq(body("yes")->value, 1);
}

// A tower of operators as high as the parser lets it be: a message, not a crash.
Test(check_expr, nesting_is_limited)
{
    struct buffer text = buffer_on(&texts);
    for (int i = 0; i < 150; i++)
        buffer_add_string(&text, "(1 + ");
    buffer_add_string(&text, "1");
    for (int i = 0; i < 150; i++)
        buffer_add_string(&text, ")");
    cr_assert_not_null(body(text.at));
}
