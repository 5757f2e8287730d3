// One word too many or too few in a file that was right: the parser says so once or twice, or takes it, and reads on.
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "base/vector.h"
#include "dsl/limits.h"
#include "tests/support/parsed.h"
#include "tests/support/random.h"

TestSuite(recovery, .init = parsed_begin, .fini = parsed_end);

enum { ROUNDS = 200, MESSAGES_MAX = 6 };

struct words {
    struct text *at;
    size_t count, room;
};

static size_t word_length(const char *at)
{
    size_t length = 1;
    if (*at == '"' || *at == '<') {
        const char *close = strpbrk(at + 1, *at == '"' ? "\"\n" : "> \n");
        return close != NULL && (*close == '"' || *close == '>') ? (size_t)(close - at) + 1 : 1;
    }
    if (*at == '#')
        return strcspn(at, "\n");
    if (isalnum((unsigned char)*at))
        while (isalnum((unsigned char)at[length]) || at[length] == '_' || at[length] == '.')
            length++;
    return length;
}

static struct words split(struct text text)
{
    struct words words = {0};
    for (const char *at = text.at; *at != '\0';) {
        size_t length = isspace((unsigned char)*at) ? strspn(at, " \t\r\n") : word_length(at);
        vector_push(parsed_arena(), &words, ((struct text){at, length}));
        at += length;
    }
    return words;
}

enum edit { EDIT_DELETE, EDIT_DOUBLE, EDIT_SWAP, EDIT_KINDS };

static struct text edited(const struct words *words, size_t place, enum edit edit)
{
    struct buffer out = buffer_on(parsed_arena());
    for (size_t i = 0; i < words->count; i++) {
        struct text word = words->at[i];
        if (i == place && edit == EDIT_SWAP && i + 2 < words->count)
            word = words->at[i + 2];
        if (i == place + 2 && edit == EDIT_SWAP)
            word = words->at[place];
        if (i != place || edit != EDIT_DELETE)
            buffer_add(&out, word);
        if (i == place && edit == EDIT_DOUBLE) {
            buffer_add_char(&out, ' ');
            buffer_add(&out, word);
        }
    }
    return buffer_text(&out);
}

static size_t most_messages(const char *path, uint64_t *state, size_t *total)
{
    struct words words = split(parsed_file(path));
    size_t most = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena_mark mark = arena_mark(parsed_arena());
        size_t place = random_below(state, (unsigned)words.count);
        enum edit edit = (enum edit)random_below(state, EDIT_KINDS);
        struct parsed parsed = parsed_text(path, edited(&words, place, edit));
        size_t count = parsed.diags->count;
        cr_expect(count <= MESSAGES_MAX, "%s: edit %d at word %zu gives %zu messages\n%s", path, (int)edit, place, count,
                  printed_diags(parsed.diags));
        most = count > most ? count : most;
        *total += count;
        arena_release(parsed_arena(), mark);
    }
    return most;
}

Test(recovery, answers_one_wrong_word_with_few_messages)
{
    uint64_t seed = random_seed(), state = seed;
    struct paths paths = paths_in("tests/cases/language", ".crux");
    paths_add_claims(&paths);
    size_t total = 0, most = 0;
    for (size_t i = 0; i < paths.count; i++) {
        size_t here = most_messages(paths.at[i], &state, &total);
        most = here > most ? here : most;
    }
    double average = (double)total / ((double)paths.count * ROUNDS);
    cr_log_info("seed %llu: %.2f messages on average, at most %zu", (unsigned long long)seed, average, most);
    cr_assert(average < 1.5, "seed %llu: %.2f messages on average", (unsigned long long)seed, average);
}

// Any words in any order: no crash, no hang, a bounded number of messages.
Test(recovery, survives_words_in_any_order)
{
    uint64_t seed = random_seed(), state = seed;
    struct words words = split(parsed_file("tests/cases/language/claims.crux"));
    struct words more = split(parsed_file("tests/cases/language/inputs.crux"));
    for (size_t i = 0; i < more.count; i++)
        vector_push(parsed_arena(), &words, more.at[i]);
    for (int round = 0; round < 300; round++) {
        struct arena_mark mark = arena_mark(parsed_arena());
        struct buffer out = buffer_on(parsed_arena());
        for (unsigned count = random_below(&state, 200); count > 0; count--) {
            buffer_add(&out, words.at[random_below(&state, (unsigned)words.count)]);
            buffer_add_char(&out, ' ');
        }
        struct parsed parsed = parsed_text("random", buffer_text(&out));
        cr_assert(parsed.diags->count <= LIMIT_DIAGS);
        arena_release(parsed_arena(), mark);
    }
}
