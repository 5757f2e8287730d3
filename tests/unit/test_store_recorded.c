// Recorded runs in the store: kept whole, by many at once, in files of any version, and never changed.
#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/connection.h"
#include "store/resolve.h"
#include "tests/support/child.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/random.h"
#include "tests/support/stored.h"

static struct stored stored;

static void setup(void)
{
    stored_open(&stored);
}

static void teardown(void)
{
    stored_close(&stored);
}

TestSuite(store_recorded, .init = setup, .fini = teardown);

// ---- runs ------------------------------------------------------------------------------------------------------------------------

enum { VERDICTS = 3 };

// A run of three claims on two inputs; its note is its number.
struct sample {
    struct recorded_input inputs[2];
    const struct recorded_input *used[2];
    struct recorded_verdict verdicts[VERDICTS];
    struct recorded_run run;
    char note[16];
};

static struct recorded_input sample_input(const char *name, double central)
{
    return (struct recorded_input){.name = text_of(name), .low = NAN, .central = central, .high = NAN, .unit = TEXT("1"), .basis = TEXT("stated"),
                                   .observations = 1, .quantity = TEXT("a.b"), .valid = TEXT("2026"), .known = TEXT("2027"), .source = TEXT("s"),
                                   .known_from = 100, .observed_until = 90};
}

static struct recorded_run *sample_run(struct sample *sample, int number)
{
    static const char *const names[VERDICTS] = {"first", "second[own]", "third"};
    snprintf(sample->note, sizeof sample->note, "%d", number);
    sample->inputs[0] = sample_input("x", number);
    sample->inputs[1] = sample_input("y", 2);
    sample->used[0] = &sample->inputs[0];
    sample->used[1] = &sample->inputs[1];
    for (int i = 0; i < VERDICTS; i++)
        sample->verdicts[i] = (struct recorded_verdict){
            .file = TEXT("claims/a.crux"), .module = TEXT("a.crux"), .name = text_of(names[i]), .scenario = TEXT("baseline"), .said_on = NAN,
            .wording = TEXT("x > 1"), .reading = TEXT("x > 1."), .level = 0.9, .kind = VERDICT_SENSITIVE, .basis = EVIDENCE_SAMPLED,
            .probability = {0.25, 0.75, 0.5, NAN, NAN}, .as_expected = true, .window_end = 80, .input_count = 2, .inputs = sample->used};
    sample->run = (struct recorded_run){.recorded_on = TEXT("2026-01-01T00:00:00Z"), .engine = TEXT("0"), .vintage = TEXT("2025"), .vintage_end = 50,
                                        .seed = 1, .sampler = TEXT("sobol"), .level = 0.9, .note = text_of(sample->note),
                                        .verdict_count = VERDICTS, .verdicts = sample->verdicts};
    return &sample->run;
}

static bool record(struct store *store, int number)
{
    struct sample sample;
    if (store_begin(store, TEXT(""), TEXT("")) != STORE_OK || !store_record(store, &stored.arena, sample_run(&sample, number))) {
        store_rollback(store);
        return false;
    }
    return store_commit(store) == STORE_OK;
}

// Every run that is there is whole; how many there are.
static size_t whole_runs(struct store *store)
{
    const struct past past = ask_past(store, &stored.arena, TEXT(""));
    cr_assert(store_trouble(store, NULL) == STORE_OK);
    cr_assert(past.claim_count == (past.run_count > 0 ? VERDICTS : 0));
    for (size_t i = 0; i < past.claim_count; i++) {
        cr_assert(past.claims[i].count == past.run_count);
        for (size_t k = 0; k < past.run_count; k++)
            cr_assert(past_inputs(store, &stored.arena, &past.claims[i].at[k]).count == 2);
    }
    return past.run_count;
}

Test(store_recorded, what_was_recorded_is_read_back)
{
    struct store *store = stored_to_append(&stored);
    cr_assert(record(store, 7) && record(store, 8));
    store = stored_to_read(&stored);
    const struct past past = ask_past(store, &stored.arena, TEXT("second"));
    cr_assert(past.run_count == 2 && past.claim_count == 1 && past.claims[0].count == 2);
    const struct past_verdict *later = &past.claims[0].at[1];
    cr_assert(text_is(later->verdict.name, "second[own]") && text_is(later->verdict.module, "a.crux") && text_is(later->run->note, "8"));
    cr_assert(later->run->number == 2 && later->run->vintage_end == 50 && later->run->seed == 1 && later->run->samples == 0);
    cr_assert(later->verdict.probability.lower == 0.25 && later->verdict.probability.upper == 0.75 && isnan(later->verdict.probability.ci_low));
    cr_assert(later->verdict.kind == VERDICT_SENSITIVE && later->verdict.basis == EVIDENCE_SAMPLED && later->verdict.window_end == 80);
    const struct past_inputs inputs = past_inputs(store, &stored.arena, later);
    cr_assert(inputs.count == 2 && inputs.at[0].central == 8 && isnan(inputs.at[0].low) && inputs.at[1].observed_until == 90);
    cr_assert(stored_number(store, "SELECT count(*) FROM run_input") == 4, "an input that three verdicts use is one row");
    cr_assert(ask_past(store, &stored.arena, TEXT("sec")).claim_count == 0);
    cr_assert(text_is(past_wording(store, &stored.arena, &later->verdict, 2), "x > 1") && past_wording(store, &stored.arena, &later->verdict, 1).length == 0);
}

Test(store_recorded, no_row_is_changed_deleted_or_replaced)
{
    static const char *const tables[] = {"run", "run_verdict", "run_input", "run_use"};
    struct store *store = stored_to_append(&stored);
    cr_assert(record(store, 1));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char *const attempts[] = {sqlite3_mprintf("DELETE FROM %s", tables[i]), sqlite3_mprintf("INSERT OR REPLACE INTO %s SELECT * FROM %s", tables[i], tables[i]),
                                  sqlite3_mprintf("UPDATE %s SET %s = 9", tables[i], i == 3 ? "input_id" : "run_id")};
        for (size_t k = 0; k < 3; k++) {
            cr_assert((sqlite3_exec(store->db, attempts[k], NULL, NULL, NULL) & 0xff) == SQLITE_CONSTRAINT, "%s", attempts[k]);
            cr_assert(strstr(sqlite3_errmsg(store->db), "only added to"), "%s: %s", attempts[k], sqlite3_errmsg(store->db));
            sqlite3_free(attempts[k]);
        }
    }
    cr_assert(whole_runs(stored_to_read(&stored)) == 1);
}

// ---- ended early -------------------------------------------------------------------------------------------------------------------

static _Noreturn void record_for_ever(int told)
{
    struct store *store = stored_to_append(&stored);
    for (int i = 0;; i++)
        if (!record(store, i) || write(told, "x", 1) != 1)
            _exit(1);
}

Test(store_recorded, a_killed_recording_leaves_whole_runs)
{
    const uint64_t seed = random_seed();
    uint64_t state = seed;
    size_t before = 0;
    stored_prepare(&stored, 5);
    for (int round = 0; round < 12; round++) {
        int ends[2];
        char byte;
        size_t told = 1;
        cr_assert(pipe(ends) == 0);
        const pid_t child = fork();
        if (child == 0)
            record_for_ever(ends[1]);
        close(ends[1]);
        cr_assert(read(ends[0], &byte, 1) == 1);
        sleep_us((long)random_below(&state, 4000));
        kill(child, SIGKILL);
        while (read(ends[0], &byte, 1) == 1)
            told++;
        close(ends[0]);
        wait_for(child);
        const size_t runs = whole_runs(stored_to_read(&stored));
        cr_assert(runs >= before + told && runs <= before + told + 1, "seed %llu: %zu runs of %zu and %zu", (unsigned long long)seed, runs, before, told);
        before = runs;
        arena_reset(&stored.arena);
    }
    cr_assert(record(stored_to_append(&stored), 0) && whole_runs(stored_to_read(&stored)) == before + 1);
}

Test(store_recorded, many_record_at_once)
{
    enum { PROCESSES = 6, EACH = 8 };
    pid_t children[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct store *store = stored_to_append(&stored);
            store_wait(store, 20000);
            for (int k = 0; k < EACH; k++)
                if (!record(store, i * EACH + k))
                    _exit(1);
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        cr_assert(waitpid(children[i], &status, 0) == children[i] && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    struct store *store = stored_to_read(&stored);
    cr_assert(whole_runs(store) == PROCESSES * EACH);
    cr_assert(stored_number(store, "SELECT count(DISTINCT note) FROM run") == PROCESSES * EACH);
}

Test(store_recorded, without_room_nothing_is_recorded)
{
    struct store *store = stored_to_append(&stored);
    cr_assert(record(store, 0));
    char *limit = sqlite3_mprintf("PRAGMA max_page_count = %d", stored_number(store, "PRAGMA page_count") + 2);
    cr_assert(sqlite3_exec(store->db, limit, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_free(limit);
    size_t recorded = 1;
    while (recorded < 1000 && record(store, (int)recorded))
        recorded++;
    struct text message;
    cr_assert(recorded < 1000 && store_trouble(store, &message) == STORE_FULL && strstr(message.at, "no room"));
    cr_assert(sqlite3_exec(store->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL) == SQLITE_OK);
    cr_assert(record(store, 0) && whole_runs(stored_to_read(&stored)) == recorded + 1);
}

Test(store_recorded, a_disk_that_fills_up_keeps_what_is_there)
{
    struct rlimit limit;
    struct stat about;
    struct store *store = stored_to_append(&stored);
    cr_assert(record(store, 0));
    arena_reset(&stored.arena);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t before = limit.rlim_cur;
    cr_assert(stat(stored.path, &about) == 0);
    limit.rlim_cur = 60000; // of the log beside the file; its index needs 32 KB
    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    store = stored_to_append(&stored);
    size_t recorded = 1;
    while (recorded < 100 && record(store, (int)recorded))
        recorded++;
    struct text message;
    const enum store_status status = store_trouble(store, &message);
    cr_assert(recorded < 100 && (status == STORE_FULL || status == STORE_FAILED) && strstr(message.at, "make room"), "%zu runs: %.*s", recorded, TEXT_ARGS(message));
    arena_reset(&stored.arena);
    limit.rlim_cur = before;
    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    cr_assert(record(stored_to_append(&stored), 1) && whole_runs(stored_to_read(&stored)) == recorded + 1);
}

// ---- versions ----------------------------------------------------------------------------------------------------------------------

static void change_file(const char *sql)
{
    sqlite3 *db;
    cr_assert(sqlite3_open(stored.path, &db) == SQLITE_OK);
    cr_assert(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static int version_of_file(void)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    cr_assert(sqlite3_open_v2(stored.path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
    cr_assert(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW);
    const int version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return version;
}

// A file as the first version made it.
static void prepare_first_version(void)
{
    stored_prepare(&stored, 10);
    change_file("DROP TABLE run_use; DROP TABLE run_input; DROP TABLE run_verdict; DROP TABLE run; PRAGMA user_version = 1");
}

Test(store_recorded, a_file_of_the_first_version_is_read_as_it_is)
{
    prepare_first_version();
    struct store *store = stored_to_read(&stored);
    cr_assert(stored_rows(store) == 10 && whole_runs(store) == 0 && store_trouble(store, NULL) == STORE_OK);
    cr_assert(version_of_file() == 1);
}

Test(store_recorded, a_file_of_the_first_version_grows_when_it_is_added_to)
{
    prepare_first_version();
    struct store *store = stored_to_append(&stored);
    cr_assert(version_of_file() == 2 && record(store, 0));
    store = stored_to_read(&stored);
    cr_assert(stored_rows(store) == 10 && whole_runs(store) == 1);
}

Test(store_recorded, a_file_that_grew_by_half_is_refused)
{
    enum store_status status;
    struct text message;
    prepare_first_version();
    change_file("CREATE TABLE run_use (verdict_id INTEGER, input_id INTEGER)");
    cr_assert(!store_open(&stored.arena, text_of(stored.path), &status, &message) && status == STORE_CORRUPT && strstr(message.at, "run_use"));
    cr_assert(!store_open_to_append(&stored.arena, text_of(stored.path), &status, &message) && status == STORE_CORRUPT);
    change_file("DROP TABLE run_use; PRAGMA user_version = 2");
    cr_assert(!store_open(&stored.arena, text_of(stored.path), &status, &message) && status == STORE_CORRUPT);
}

Test(store_recorded, a_killed_growth_leaves_the_one_version_or_the_other)
{
    uint64_t state = random_seed();
    int grown = 0;
    prepare_first_version();
    for (int round = 0; round < 25; round++) {
        const pid_t child = fork();
        if (child == 0) {
            stored_to_append(&stored);
            _exit(0);
        }
        sleep_us((long)random_below(&state, 4000));
        kill(child, SIGKILL);
        wait_for(child);
        struct store *store = stored_to_read(&stored);
        cr_assert(stored_rows(store) == 10 && whole_runs(store) == 0);
        arena_reset(&stored.arena);
        if (version_of_file() == 1)
            continue;
        grown++;
        unlink(stored.path);
        prepare_first_version();
    }
    cr_assert(grown < 26);
}

Test(store_recorded, two_that_grow_a_file_at_once_grow_it_once)
{
    pid_t children[4];
    prepare_first_version();
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] == 0)
            _exit(record(stored_to_append(&stored), i) ? 0 : 1);
    }
    for (int i = 0; i < 4; i++)
        wait_for(children[i]);
    cr_assert(whole_runs(stored_to_read(&stored)) == 4 && version_of_file() == 2);
}

// ---- damaged, read-only --------------------------------------------------------------------------------------------------------------

static unsigned char whole[4 << 20], damaged[4 << 20];

static void write_file(const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(stored.path, "wb");
    cr_assert(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

// True when it says that something is wrong.
static bool is_refused(void)
{
    enum store_status status;
    struct text message = {0};
    struct store *store = store_open(&stored.arena, text_of(stored.path), &status, &message);
    if (store) {
        const struct past past = ask_past(store, &stored.arena, TEXT(""));
        past_scores(store, &stored.arena, &past);
        for (size_t i = 0; i < past.claim_count; i++)
            past_steps(store, &stored.arena, &past.claims[i]);
        status = store_trouble(store, &message);
    }
    cr_assert(status == STORE_OK || message.length > 20);
    arena_reset(&stored.arena);
    return status != STORE_OK;
}

Test(store_recorded, a_damaged_history_does_no_harm)
{
    const uint64_t seed = random_seed();
    uint64_t state = seed;
    size_t refused = 0;
    struct store *store = stored_to_append(&stored);
    for (int i = 0; i < 30; i++)
        cr_assert(record(store, i));
    arena_reset(&stored.arena);
    FILE *file = fopen(stored.path, "rb");
    cr_assert(file != NULL);
    const size_t size = fread(whole, 1, sizeof whole, file);
    fclose(file);
    cr_assert(!is_refused());
    for (int round = 0; round < 150; round++) {
        memcpy(damaged, whole, size);
        const size_t page = 4096 * random_below(&state, (unsigned)(size / 4096)), width = round % 2 ? 4096 : 64;
        for (unsigned i = 0, flips = 1 + random_below(&state, 30); i < flips; i++)
            damaged[page + random_below(&state, (unsigned)width)] ^= (unsigned char)(1 + random_below(&state, 255));
        write_file(damaged, round % 10 == 9 ? size - random_below(&state, (unsigned)size) : size);
        refused += is_refused();
    }
    cr_assert(refused > 60, "seed %llu: %zu", (unsigned long long)seed, refused);
}

Test(store_recorded, words_that_mean_nothing_are_told)
{
    struct store *store = stored_to_append(&stored);
    cr_assert(record(store, 0));
    arena_reset(&stored.arena);
    change_file("PRAGMA foreign_keys = OFF; INSERT INTO run_verdict SELECT 99, 1, file, module, 'fourth', scenario, forecast, speaker, said_on, sentence, "
                "wording, reading, level, 'perhaps', basis, lower, upper, estimate, ci_low, ci_high, expected, as_expected, fingerprint, window_end "
                "FROM run_verdict LIMIT 1");
    cr_assert(is_refused());
}

static void read_history(void)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open(&stored.arena, text_of(stored.path), &status, &message);
    if (!store || ask_past(store, &stored.arena, TEXT("")).run_count != 1)
        _exit(1);
    if (store_open_to_append(&stored.arena, text_of(stored.path), &status, &message) || status != STORE_READ_ONLY)
        _exit(2);
    _exit(0);
}

// As nobody, because nothing is read-only to root.
Test(store_recorded, a_history_on_a_read_only_medium_is_read)
{
    int status;
    cr_assert(record(stored_to_append(&stored), 0));
    arena_reset(&stored.arena);
    cr_assert(chmod(stored.path, 0444) == 0 && chmod(stored.folder, 0555) == 0);
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(77);
        read_history();
    }
    cr_assert(waitpid(child, &status, 0) == child && chmod(stored.folder, 0755) == 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%d", WEXITSTATUS(status));
}

// ---- memory --------------------------------------------------------------------------------------------------------------------------

// Holds the setjmp, so it changes no local after it. False: memory ran out on the way.
static bool record_with(struct failing_allocator *allocator)
{
    struct arena arena;
    jmp_buf no_memory;
    enum store_status status;
    struct text message;
    struct sample sample;
    arena_init(&arena, &allocator->allocator, &no_memory);
    const bool well = setjmp(no_memory) == 0;
    if (well) {
        struct store *store = store_open_to_append(&arena, text_of(stored.path), &status, &message);
        cr_assert(store && store_begin(store, TEXT(""), TEXT("")) == STORE_OK && store_record(store, &arena, sample_run(&sample, 0)));
        const struct past past = ask_past(store, &arena, TEXT(""));
        past_steps(store, &arena, &past.claims[0]);
        cr_assert(store_commit(store) == STORE_OK);
    }
    arena_reset(&arena);
    return well;
}

Test(store_recorded, memory_that_runs_out_is_survived_anywhere)
{
    struct failing_allocator allocator;
    size_t fail_at = 0;
    cr_assert(record(stored_to_append(&stored), 0));
    do {
        failing_allocator_init(&allocator, fail_at++);
        cr_assert(fail_at < 2000);
    } while (!record_with(&allocator));
    cr_assert(fail_at > 1 && allocator.live_blocks == 0 && whole_runs(stored_to_read(&stored)) == 2);
}
