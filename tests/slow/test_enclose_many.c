// 10^8 points of all operators against MPFI, on two threads. The functions, which take MPFI ten times as long and come from our
// own polynomials, get ten million each, the other operators what is left.
#include <criterion/criterion.h>
#include <stdio.h>
#include <pthread.h>

#include "tests/support/box_oracle.h"
#include "tests/support/random.h"

enum { THREADS = 2, FUNCTIONS = 4 };
static const uint64_t ALL_POINTS = 100000000, FUNCTION_POINTS = 10000000;

struct share {
    pthread_t thread;
    uint64_t state;
    size_t first;
    char wrong[400];
};

static bool is_function(enum op op)
{
    return op == OP_EXP || op == OP_LN || op == OP_LOG10 || op == OP_POW;
}

// Every other block of every operator.
static void *check_share(void *user)
{
    struct share *share = user;
    const uint64_t other = (ALL_POINTS - FUNCTIONS * FUNCTION_POINTS) / (box_operator_count - FUNCTIONS) + 1;
    for (size_t i = 0; i < box_operator_count; i++) {
        const enum op op = box_operators[i];
        const char *wrong = box_oracle(op, KERNELS_BEST, (is_function(op) ? FUNCTION_POINTS : other) / THREADS + 1, &share->state);
        if (wrong != NULL && share->wrong[0] == '\0')
            snprintf(share->wrong, sizeof share->wrong, "%s", wrong);
    }
    return NULL;
}

Test(enclose_many, true_values_lie_inside, .timeout = 1200)
{
    static struct share shares[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        shares[i].state = random_seed() + i;
        pthread_create(&shares[i].thread, NULL, check_share, &shares[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(shares[i].thread, NULL);
        cr_expect(shares[i].wrong[0] == '\0', "%s", shares[i].wrong);
    }
}
