// Files that are damaged, somebody else's, or not to be written: a message says what to do, and nothing crashes.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "store/connection.h"
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

TestSuite(store_damaged, .init = setup, .fini = teardown);

static void expect_refused(const char *path, enum store_status wanted, const char *words)
{
    enum store_status status;
    struct text message;
    cr_assert(store_open(&stored.arena, text_of(path), &status, &message) == NULL && status == wanted, "%s: %d", path, (int)status);
    cr_assert(strstr(message.at, words) && strchr(message.at, ':'), "%s", message.at);
}

static void expect_append_refused(const char *path, enum store_status wanted, const char *words)
{
    enum store_status status;
    struct text message;
    cr_assert(store_open_to_append(&stored.arena, text_of(path), &status, &message) == NULL && status == wanted, "%s: %d", path, (int)status);
    cr_assert(strstr(message.at, words) && strchr(message.at, ':'), "%s", message.at);
}

static size_t read_whole(unsigned char *bytes, size_t room)
{
    FILE *file = fopen(stored.path, "rb");
    cr_assert(file != NULL);
    const size_t size = fread(bytes, 1, room, file);
    fclose(file);
    return size;
}

static void write_whole(const void *bytes, size_t size)
{
    FILE *file = fopen(stored.path, "wb");
    cr_assert(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

// ---- damaged ---------------------------------------------------------------------------------------------------------------

static void ask_everything(struct store *store)
{
    const struct observer observer = stored_at(store, "2030");
    struct series found;
    struct text text;
    struct known_source source;
    const struct text *members;
    observer.series(observer.context, &stored.arena, TEXT("test7.q"), TEXT(""), &found, &text);
    observer.series(observer.context, &stored.arena, TEXT("test250.q"), TEXT("test_source"), &found, &text);
    observer.sources_of(observer.context, &stored.arena, TEXT("test7.q"), stored_figure("a.b", "2024", "2024", "s", 1).valid_end);
    observer.source(observer.context, &stored.arena, TEXT("test_source"), &source);
    observer.members(observer.context, &stored.arena, TEXT("*"), &members);
    observer.near(observer.context, &stored.arena, TEXT("test12.p"));
    store_latest(store, &stored.arena);
}

static bool opens(void)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open(&stored.arena, text_of(stored.path), &status, &message);
    if (store)
        ask_everything(store);
    else
        cr_assert(status != STORE_OK && message.length > 20, "%d", (int)status);
    arena_reset(&stored.arena);
    return store != NULL;
}

static unsigned char whole[4 << 20], damaged[4 << 20];

Test(store_damaged, a_cut_file_is_refused)
{
    stored_prepare(&stored, 300);
    const size_t size = read_whole(whole, sizeof whole);
    cr_assert(size > 50000 && size < sizeof whole && opens());
    for (size_t cut = 1; cut < size; cut += cut < 200 ? 13 : 4096 + 511) {
        write_whole(whole, cut);
        cr_assert(!opens(), "cut to %zu of %zu bytes", cut, size);
    }
    write_whole(whole, 0);
    cr_assert(!opens());
}

Test(store_damaged, a_damaged_file_does_no_harm)
{
    stored_prepare(&stored, 300);
    const uint64_t seed = random_seed();
    uint64_t state = seed;
    const size_t size = read_whole(whole, sizeof whole);
    size_t refused = 0;
    for (int round = 0; round < 250; round++) {
        memcpy(damaged, whole, size);
        const unsigned flips = 1 + random_below(&state, 30);
        // Heads of pages are where damage shows; elsewhere it may only change a letter.
        const size_t page = 4096 * random_below(&state, (unsigned)(size / 4096)), width = round % 2 ? 4096 : 64;
        for (unsigned i = 0; i < flips; i++)
            damaged[page + random_below(&state, (unsigned)width)] ^= (unsigned char)(1 + random_below(&state, 255));
        write_whole(damaged, size);
        refused += !opens();
    }
    cr_assert(refused > 100, "seed %llu: %zu", (unsigned long long)seed, refused);
}

Test(store_damaged, damage_found_while_reading_is_told)
{
    stored_prepare(&stored, 300);
    struct store *store = stored_to_append(&stored);
    // Under the store's feet: every page but the first.
    const size_t size = read_whole(whole, sizeof whole);
    FILE *file = fopen(stored.path, "r+b");
    memset(damaged, 0x55, size);
    cr_assert(fseek(file, 4096, SEEK_SET) == 0 && fwrite(damaged, 1, size - 4096, file) == size - 4096 && fclose(file) == 0);
    sqlite3_db_release_memory(store->db);
    sqlite3_exec(store->db, "PRAGMA shrink_memory", NULL, NULL, NULL);
    struct text message;
    ask_everything(store);
    cr_assert(store_trouble(store, &message) == STORE_CORRUPT && strstr(message.at, "damaged"), "%.*s", TEXT_ARGS(message));
}

// ---- something else --------------------------------------------------------------------------------------------------------

static void change_file(const char *sql)
{
    sqlite3 *db;
    cr_assert(sqlite3_open(stored.path, &db) == SQLITE_OK);
    cr_assert(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

Test(store_damaged, what_is_no_store_is_refused)
{
    expect_refused(stored.path, STORE_NOT_FOUND, "there is no file");
    expect_refused(stored.folder, STORE_FOREIGN, "is a folder");
    expect_append_refused(stored.folder, STORE_FOREIGN, "is a folder");
    expect_append_refused(arena_printf(&stored.arena, "%s/no/such/folder.db", stored.folder), STORE_FAILED, "no such folder");
    cr_assert(mkfifo(stored.path, 0600) == 0);
    expect_refused(stored.path, STORE_FOREIGN, "no plain file");
    expect_append_refused(stored.path, STORE_FOREIGN, "no plain file");
    unlink(stored.path);
    write_whole("", 0);
    expect_refused(stored.path, STORE_FOREIGN, "not a Crux data store");
    expect_append_refused(stored.path, STORE_FOREIGN, "not a Crux data store");
    memset(whole, 'a', 10000);
    write_whole(whole, 10000);
    expect_refused(stored.path, STORE_FOREIGN, "not a Crux data store");
    unlink(stored.path);
    change_file("CREATE TABLE observation (a); INSERT INTO observation VALUES (1)");
    expect_refused(stored.path, STORE_FOREIGN, "or another program's database");
    expect_append_refused(stored.path, STORE_FOREIGN, "or another program's database");
    sqlite3 *db;
    cr_assert(sqlite3_open(stored.path, &db) == SQLITE_OK, "and is as it was");
    cr_assert(sqlite3_exec(db, "INSERT INTO observation VALUES (2)", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
}

Test(store_damaged, a_newer_or_changed_store_is_refused)
{
    stored_prepare(&stored, 10);
    change_file("PRAGMA user_version = 9");
    expect_refused(stored.path, STORE_NEWER, "newer Crux");
    expect_append_refused(stored.path, STORE_NEWER, "newer Crux");
    change_file("PRAGMA user_version = 1; DROP TRIGGER observation_no_DELETE");
    expect_refused(stored.path, STORE_CORRUPT, "observation_no_DELETE");
}

// As nobody, because nothing is read-only to root.
static int as_nobody(void (*work)(void))
{
    int status;
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(77);
        work();
        _exit(0);
    }
    cr_assert(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void need(bool holds, int code)
{
    if (!holds)
        _exit(code);
}

static void use_read_only_folder(void)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open(&stored.arena, text_of(stored.path), &status, &message);
    need(store != NULL, 1);
    need(stored_rows(store) == 10, 2);
    need(!store_open_to_append(&stored.arena, text_of(stored.path), &status, &message) && status == STORE_READ_ONLY, 3);
    need(strstr(message.at, "read-only") != NULL, 4);
    const struct text other = text_of(arena_printf(&stored.arena, "%s/other.db", stored.folder));
    need(!store_open_to_append(&stored.arena, other, &status, &message) && status == STORE_READ_ONLY, 5);
}

static void use_unreadable_file(void)
{
    enum store_status status;
    struct text message;
    need(!store_open(&stored.arena, text_of(stored.path), &status, &message), 1);
    need(status == STORE_FAILED && message.length > 20, 2);
}

Test(store_damaged, what_is_read_only_can_be_read_and_not_written)
{
    stored_prepare(&stored, 10);
    cr_assert(chmod(stored.path, 0444) == 0 && chmod(stored.folder, 0555) == 0);
    const int code = as_nobody(use_read_only_folder);
    cr_assert(code == 0, "%d", code);
    cr_assert(chmod(stored.path, 0) == 0);
    const int unreadable = as_nobody(use_unreadable_file);
    cr_assert(unreadable == 0, "%d", unreadable);
    cr_assert(chmod(stored.folder, 0755) == 0);
}

// ---- names and memory --------------------------------------------------------------------------------------------------------

Test(store_damaged, any_name_is_a_file_and_nothing_else)
{
    static const char *const names[] = {":memory:", "file:x.db", "a b?mode=memory#%41.db", "ü.db", "x.db?immutable=1"};
    cr_assert(chdir(stored.folder) == 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(stored.path, sizeof stored.path, "%s", names[i]);
        stored_prepare(&stored, 3);
        struct stat about;
        cr_assert(stat(names[i], &about) == 0 && about.st_size > 4096, "%s", names[i]);
        cr_assert(stored_rows(stored_to_read(&stored)) == 3, "%s", names[i]);
    }
}

// Holds the setjmp, so it changes no local after it. False: memory ran out on the way.
static bool read_with(struct failing_allocator *allocator)
{
    struct arena arena;
    jmp_buf no_memory;
    enum store_status status;
    struct text message;
    arena_init(&arena, &allocator->allocator, &no_memory);
    const bool well = setjmp(no_memory) == 0;
    if (well) {
        struct store *store = store_open(&arena, text_of(stored.path), &status, &message);
        const struct observer observer = stored_at(store, "2030");
        struct series found;
        struct text earliest;
        cr_assert(observer.series(observer.context, &arena, TEXT("test7.q"), TEXT(""), &found, &earliest) && found.count == 1);
        observer.near(observer.context, &arena, TEXT("test12.p"));
    }
    arena_reset(&arena);
    return well;
}

Test(store_damaged, memory_that_runs_out_is_survived_anywhere)
{
    stored_prepare(&stored, 20);
    struct failing_allocator allocator;
    size_t fail_at = 0;
    do {
        failing_allocator_init(&allocator, fail_at++);
        cr_assert(fail_at < 1000);
    } while (!read_with(&allocator));
    cr_assert(fail_at > 1 && allocator.live_blocks == 0);
}
