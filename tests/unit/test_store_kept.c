// What SQLite itself sees to: rows are never changed, questions go through an index, equal rows make equal bytes.
#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "store/connection.h"
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

TestSuite(store_kept, .init = setup, .fini = teardown);

static struct store *filled(void)
{
    struct store *store = stored_in_memory(&stored);
    cr_assert(stored_append(store, stored_figure("a.b", "2024", "2024-06", "s", 1)) == APPEND_ADDED);
    cr_assert(stored_append(store, stored_figure("a.b", "2024", "2024-07", "s", 2)) == APPEND_ADDED);
    cr_assert(store_commit(store) == STORE_OK);
    return store;
}

Test(store_kept, no_row_is_changed_deleted_or_replaced)
{
    static const char *const attempts[] = {
        "UPDATE observation SET central = 3",
        "UPDATE source SET title = 'x'",
        "UPDATE import SET origin = 'x'",
        "DELETE FROM observation",
        "DELETE FROM source",
        "DELETE FROM import",
        "INSERT OR REPLACE INTO source VALUES ('s', 'x', '', '', '')",
        "INSERT OR REPLACE INTO import VALUES (1, 'x', '')",
        "INSERT OR REPLACE INTO observation SELECT * FROM observation",
        "INSERT OR REPLACE INTO observation (subject, quantity, central, value_text, unit, valid_date, valid_start, valid_end, known_from, "
        "known_start, source_id, basis, note, import_id) SELECT subject, quantity, 9, '', unit, valid_date, valid_start, valid_end, "
        "known_from, known_start, source_id, basis, note, import_id FROM observation",
    };
    struct store *store = filled();
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        cr_assert(sqlite3_exec(store->db, attempts[i], NULL, NULL, NULL) == SQLITE_CONSTRAINT, "%s", attempts[i]);
        cr_assert(strstr(sqlite3_errmsg(store->db), "only added to"), "%s: %s", attempts[i], sqlite3_errmsg(store->db));
    }
    cr_assert(stored_number(store, "SELECT count(*) FROM observation") == 2 && stored_number(store, "SELECT sum(central) FROM observation") == 3);
    cr_assert(stored_number(store, "SELECT count(*) FROM import WHERE origin = 'test'") == 1);
}

Test(store_kept, no_row_makes_no_sense)
{
    static const char *const attempts[] = {
        "'', 'q', 1, 2, 3, '', '1', 's', 'stated'",      "'a', '', 1, 2, 3, '', '1', 's', 'stated'",
        "'a', 'b.c', 1, 2, 3, '', '1', 's', 'stated'",   "'a', 'q', 2, 1, 3, '', '1', 's', 'stated'",
        "'a', 'q', 1, 4, 3, '', '1', 's', 'stated'",     "'a', 'q', 4, NULL, 3, '', '1', 's', 'stated'",
        "'a', 'q', NULL, NULL, NULL, '', '1', 's', 'stated'", "'a', 'q', NULL, NULL, NULL, '', 'text', 's', 'stated'",
        "'a', 'q', 1, 2, 3, '', '', 's', 'stated'",      "'a', 'q', 1, 2, 3, '', '1', 'nobody', 'stated'",
        "'a', 'q', 1, 2, 3, '', '1', 's', 'hearsay'",    "'a', 'q', 'one', 2, 3, '', '1', 's', 'stated'",
        "'a', 'b', 1, 2, 3, '', 'chip', 's', 'stated'",
    };
    struct store *store = filled();
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        char *sql = sqlite3_mprintf("INSERT INTO observation (subject, quantity, low, central, high, value_text, unit, source_id, basis, "
                                    "valid_date, valid_start, valid_end, known_from, known_start, note, import_id) "
                                    "VALUES (%s, '2023', 1, 2, '2024', 3, '', 1)",
                                    attempts[i]);
        cr_assert((sqlite3_exec(store->db, sql, NULL, NULL, NULL) & 0xff) == SQLITE_CONSTRAINT, "%s", attempts[i]);
        sqlite3_free(sql);
    }
}

// Only `scalar subqueries` over an index may be called scans; a table is never gone through.
Test(store_kept, no_question_reads_all_rows)
{
    static const char *const questions[] = {
#define STATEMENT(id, sql) sql,
#include "store/statement.def"
#undef STATEMENT
    };
    struct store *store = filled();
    for (size_t i = 0; i <= STATEMENT_SUBJECT_KNOWN; i++) {
        sqlite3_stmt *plan = NULL;
        char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", questions[i]);
        cr_assert(sqlite3_prepare_v2(store->db, sql, -1, &plan, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(store->db));
        while (sqlite3_step(plan) == SQLITE_ROW)
            cr_assert(strstr((const char *)sqlite3_column_text(plan, 3), "SCAN") == NULL, "%s: %s", questions[i], sqlite3_column_text(plan, 3));
        sqlite3_finalize(plan);
        sqlite3_free(sql);
    }
}

Test(store_kept, equal_rows_make_equal_bytes)
{
    struct store *stores[] = {filled(), filled()};
    sqlite3_int64 sizes[2];
    unsigned char *bytes[2];
    for (int i = 0; i < 2; i++)
        bytes[i] = sqlite3_serialize(stores[i]->db, "main", &sizes[i], 0);
    cr_assert(sizes[0] == sizes[1] && memcmp(bytes[0], bytes[1], (size_t)sizes[0]) == 0);
    sqlite3_free(bytes[0]);
    sqlite3_free(bytes[1]);
}

Test(store_kept, the_shipped_store_opens_and_cannot_be_written)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open(&stored.arena, TEXT(""), &status, &message);
    cr_assert(store != NULL && status == STORE_OK, "%.*s", TEXT_ARGS(message));
    cr_assert(stored_number(store, "SELECT count(*) FROM sqlite_schema") > 10);
    const struct known_source source = {.id = TEXT("s")};
    cr_assert(store_begin(store, TEXT("x"), TEXT("")) != STORE_OK || store_append_source(store, &source) == APPEND_FAILED);
    cr_assert(store_trouble(store, &message) == STORE_READ_ONLY, "%.*s", TEXT_ARGS(message));
    cr_assert(store_open_to_append(&stored.arena, TEXT(""), &status, &message) == NULL && status == STORE_READ_ONLY);
}

Test(store_kept, a_new_file_begins_as_the_shipped_store)
{
    enum store_status status;
    struct text message;
    struct store *shipped = store_open(&stored.arena, TEXT(""), &status, &message);
    struct store *own = stored_to_append(&stored);
    cr_assert(stored_number(own, "SELECT count(*) FROM observation") == stored_number(shipped, "SELECT count(*) FROM observation"));
    cr_assert(stored_number(own, "SELECT count(*) FROM source") == stored_number(shipped, "SELECT count(*) FROM source"));
    cr_assert(text_equal(store_latest(own, &stored.arena), store_latest(shipped, &stored.arena)));
}
