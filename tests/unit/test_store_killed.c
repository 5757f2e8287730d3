// Imports that end early: killed, out of room, locked out. Nothing that was in the file is lost, nothing half is in it.
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/connection.h"
#include "tests/support/child.h"
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

TestSuite(store_killed, .init = setup, .fini = teardown);

// ---- killed ----------------------------------------------------------------------------------------------------------------

// Appends batches of ten and tells the pipe of each that is committed.
static _Noreturn void append_for_ever(int told, int from)
{
    struct store *store = stored_to_append(&stored);
    for (;;) {
        store_begin(store, TEXT("test"), TEXT(""));
        for (int i = 0; i < 10; i++)
            stored_append_numbered(store, from++);
        if (store_commit(store) != STORE_OK || write(told, "x", 1) != 1)
            _exit(1);
    }
}

Test(store_killed, a_killed_import_leaves_whole_batches)
{
    uint64_t state = random_seed();
    stored_prepare(&stored, 10);
    int told_before = 10;
    for (int round = 0; round < 12; round++) {
        int ends[2];
        char byte;
        cr_assert(pipe(ends) == 0);
        const pid_t child = fork();
        if (child == 0)
            append_for_ever(ends[1], told_before);
        close(ends[1]);
        cr_assert(read(ends[0], &byte, 1) == 1);
        sleep_us((long)random_below(&state, 4000));
        kill(child, SIGKILL);
        int told = 1;
        while (read(ends[0], &byte, 1) == 1)
            told++;
        close(ends[0]);
        wait_for(child);
        const int rows = stored_rows(stored_to_append(&stored));
        cr_assert(rows % 10 == 0 && rows >= told_before + 10 * told, "%d rows of %d and %d batches", rows, told_before, told);
        told_before = rows;
        arena_reset(&stored.arena);
    }
}

Test(store_killed, a_killed_transaction_leaves_nothing)
{
    stored_prepare(&stored, 10);
    int ends[2];
    char byte;
    cr_assert(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        struct store *store = stored_to_append(&stored);
        sqlite3_exec(store->db, "PRAGMA cache_size = 5", NULL, NULL, NULL); // pages go to the log before the end
        store_begin(store, TEXT("test"), TEXT(""));
        for (int i = 10; i < 2000; i++)
            stored_append_numbered(store, i);
        cr_assert(write(ends[1], "x", 1) == 1);
        pause();
    }
    cr_assert(read(ends[0], &byte, 1) == 1);
    kill(child, SIGKILL);
    wait_for(child);
    struct store *store = stored_to_append(&stored);
    cr_assert(stored_rows(store) == 10);
    stored_append_committed(store, 10, 20);
    cr_assert(stored_rows(stored_to_read(&stored)) == 20);
}

Test(store_killed, a_killed_creation_leaves_a_whole_file_or_none)
{
    uint64_t state = random_seed();
    for (int round = 0; round < 30; round++) {
        const pid_t child = fork();
        if (child == 0) {
            stored_to_append(&stored);
            _exit(0);
        }
        sleep_us((long)random_below(&state, 3000));
        kill(child, SIGKILL);
        wait_for(child);
        if (access(stored.path, F_OK) == 0)
            stored_to_read(&stored);
        arena_reset(&stored.arena);
        unlink(stored.path);
    }
}

Test(store_killed, two_creations_at_once_make_one_file)
{
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            stored_append_committed(stored_to_append(&stored), 10 * i, 10 * i + 10);
            _exit(0);
        }
    }
    for (int i = 0; i < 4; i++)
        wait_for(children[i]);
    cr_assert(stored_rows(stored_to_read(&stored)) == 40);
}

// ---- no room ---------------------------------------------------------------------------------------------------------------

static void expect_full(struct store *store)
{
    struct text message;
    enum append_result result = APPEND_ADDED;
    cr_assert(store_begin(store, TEXT("test"), TEXT("")) == STORE_OK);
    for (int i = 100; i < 20000 && result == APPEND_ADDED; i++)
        result = stored_append_numbered(store, i);
    cr_assert(store_commit(store) == STORE_FULL);
    cr_assert(store_trouble(store, &message) == STORE_FULL && strstr(message.at, "no room"), "%s", message.at);
    cr_assert(stored_rows(store) == 100);
}

Test(store_killed, a_full_database_changes_nothing)
{
    stored_prepare(&stored, 100);
    struct store *store = stored_to_append(&stored);
    char *limit = sqlite3_mprintf("PRAGMA max_page_count = %d", stored_number(store, "PRAGMA page_count") + 3);
    cr_assert(sqlite3_exec(store->db, limit, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_free(limit);
    expect_full(store);
}

static void limit_files(rlim_t most)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = most;
    cr_assert(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

Test(store_killed, a_full_disk_changes_nothing)
{
    stored_prepare(&stored, 100);
    struct store *store = stored_to_append(&stored);
    limit_files(200000);
    expect_full(store);
    arena_reset(&stored.arena);
    limit_files(RLIM_INFINITY);
    store = stored_to_append(&stored);
    cr_assert(stored_rows(store) == 100);
    stored_append_committed(store, 100, 110);
    cr_assert(stored_rows(stored_to_read(&stored)) == 110);
}

Test(store_killed, without_room_no_file_is_made)
{
    limit_files(5000);
    enum store_status status;
    struct text message;
    cr_assert(store_open_to_append(&stored.arena, text_of(stored.path), &status, &message) == NULL && status == STORE_FULL);
    cr_assert(strstr(message.at, "no room"), "%s", message.at);
    cr_assert(rmdir(stored.folder) == 0, "the folder is empty");
    cr_assert(mkdir(stored.folder, 0700) == 0);
}

// ---- locked ----------------------------------------------------------------------------------------------------------------

Test(store_killed, a_locked_file_is_waited_for_and_then_left)
{
    stored_prepare(&stored, 10);
    struct store *first = stored_to_append(&stored), *second = stored_to_append(&stored);
    cr_assert(store_begin(first, TEXT("test"), TEXT("")) == STORE_OK && stored_append_numbered(first, 10) == APPEND_ADDED);
    struct timespec before, after;
    struct text message;
    store_wait(second, 120);
    clock_gettime(CLOCK_MONOTONIC, &before);
    cr_assert(store_begin(second, TEXT("test"), TEXT("")) == STORE_LOCKED);
    clock_gettime(CLOCK_MONOTONIC, &after);
    const double waited = (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) * 1e-9;
    cr_assert(waited > 0.1 && waited < 5, "%f s", waited);
    cr_assert(store_trouble(second, &message) == STORE_LOCKED && strstr(message.at, "another program is writing"));
    cr_assert(stored_rows(stored_to_read(&stored)) == 10, "readers go on");
    cr_assert(store_commit(first) == STORE_OK);
    stored_append_committed(second, 11, 12);
    cr_assert(stored_rows(stored_to_read(&stored)) == 12);
}

// ---- made for nothing ------------------------------------------------------------------------------------------------------

Test(store_killed, a_file_made_for_nothing_is_taken_away)
{
    store_unmake(stored_to_append(&stored));
    cr_assert(rmdir(stored.folder) == 0, "the folder is empty");
    cr_assert(mkdir(stored.folder, 0700) == 0);
    store_unmake(stored_to_append(&stored));
    stored_prepare(&stored, 10);
    store_unmake(stored_to_append(&stored));
    cr_assert(stored_rows(stored_to_read(&stored)) == 10, "a file that was there before stays");
}

Test(store_killed, a_file_that_another_has_begun_to_use_stays)
{
    struct store *first = stored_to_append(&stored), *second = stored_to_append(&stored);
    store_unmake(first);
    cr_assert(access(stored.path, F_OK) == 0 && store_begin(second, TEXT("test"), TEXT("")) == STORE_OK);
    store_rollback(second);
    cr_assert(unlink(stored.path) == 0);
    struct text message;
    cr_assert(store_begin(second, TEXT("test"), TEXT("")) == STORE_LOCKED, "what is added to a file without a name is lost");
    cr_assert(store_trouble(second, &message) == STORE_LOCKED && strstr(message.at, "try again"));
}

Test(store_killed, a_reader_sees_one_state)
{
    stored_prepare(&stored, 10);
    struct store *reader = stored_to_read(&stored), *writer = stored_to_append(&stored);
    stored_append_committed(writer, 10, 20);
    cr_assert(stored_rows(reader) == 10 && stored_rows(stored_to_read(&stored)) == 20);
}
