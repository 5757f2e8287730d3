// The grounded extension: frameworks of the textbooks, and random ones against the definition itself.
#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "judge/grounded.h"

enum { MOST = 12 };

static void expect(size_t arguments, const struct attack *attacks, size_t count, const char *wanted)
{
    static const char letters[] = {[LABEL_UNDECIDED] = '?', [LABEL_IN] = '+', [LABEL_OUT] = '-'};
    struct arena arena;
    char found[MOST + 1] = "";
    arena_init(&arena, &system_allocator, NULL);
    enum label *labels = grounded_labels(&arena, arguments, attacks, count);
    for (size_t i = 0; i < arguments; i++)
        found[i] = letters[labels[i]];
    cr_assert_str_eq(found, wanted);
    arena_reset(&arena);
}

Test(grounded, nothing_and_no_attack)
{
    expect(0, NULL, 0, "");
    expect(3, NULL, 0, "+++");
}

// Nixon is a Quaker and a Republican: a pacifist and not one.
Test(grounded, nixon_diamond_stays_open)
{
    expect(2, (struct attack[]){{0, 1}, {1, 0}}, 2, "??");
}

Test(grounded, odd_circle_stays_open)
{
    expect(3, (struct attack[]){{0, 1}, {1, 2}, {2, 0}}, 3, "???");
}

Test(grounded, attacker_of_the_attacker_reinstates)
{
    expect(3, (struct attack[]){{0, 1}, {1, 2}}, 2, "+-+");
    expect(5, (struct attack[]){{4, 3}, {3, 2}, {2, 1}, {1, 0}}, 4, "+-+-+");
}

Test(grounded, one_defender_breaks_a_circle)
{
    expect(3, (struct attack[]){{0, 1}, {1, 0}, {2, 0}}, 3, "-++");
}

// What hangs on an open circle is open too (a "floating" argument), where every way to close it would put it out.
Test(grounded, floating_argument_is_open)
{
    expect(4, (struct attack[]){{0, 1}, {1, 0}, {0, 2}, {1, 2}, {2, 3}}, 5, "????");
}

Test(grounded, self_attack_is_never_in)
{
    expect(2, (struct attack[]){{0, 0}, {0, 1}}, 2, "??");
    expect(2, (struct attack[]){{0, 0}, {1, 0}}, 2, "-+");
}

Test(grounded, the_same_attack_twice_counts_once)
{
    expect(3, (struct attack[]){{0, 1}, {0, 1}, {1, 2}, {1, 2}}, 4, "+-+");
}

// ---- random ones ------------------------------------------------------------------------------------------------------------------

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

// Every attacker of a is attacked by something in the set: what Dung calls acceptable.
static bool acceptable(size_t a, const bool *set, bool attacks[MOST][MOST], size_t count)
{
    for (size_t b = 0; b < count; b++) {
        bool answered = !attacks[b][a];
        for (size_t c = 0; c < count; c++)
            answered = answered || (set[c] && attacks[c][b]);
        if (!answered)
            return false;
    }
    return true;
}

// The least fixed point of "all that is acceptable with respect to the set", from the empty set on.
static void least_fixed_point(bool *set, bool attacks[MOST][MOST], size_t count)
{
    for (bool grew = true; grew;) {
        bool now[MOST];
        grew = false;
        for (size_t a = 0; a < count; a++)
            now[a] = acceptable(a, set, attacks, count);
        for (size_t a = 0; a < count; a++) {
            grew = grew || now[a] != set[a];
            set[a] = now[a];
        }
    }
}

Test(grounded, random_frameworks_have_the_least_fixed_point)
{
    const uint64_t seed = 0x9E3779B97F4A7C15;
    uint64_t state = seed;
    for (int round = 0; round < 2000; round++) {
        bool matrix[MOST][MOST] = {{false}}, set[MOST] = {false};
        struct attack attacks[3 * MOST];
        size_t count = 1 + next(&state) % MOST, attack_count = next(&state) % (2 * count);
        for (size_t i = 0; i < attack_count; i++) {
            attacks[i] = (struct attack){next(&state) % count, next(&state) % count};
            matrix[attacks[i].from][attacks[i].to] = true;
        }
        least_fixed_point(set, matrix, count);
        char wanted[MOST + 1] = "";
        for (size_t a = 0; a < count; a++) {
            bool out = false;
            for (size_t b = 0; b < count; b++)
                out = out || (set[b] && matrix[b][a]);
            wanted[a] = set[a] ? '+' : out ? '-' : '?';
        }
        cr_expect(true, "seed %llx, round %d", (unsigned long long)seed, round);
        expect(count, attacks, attack_count, wanted);
    }
}
