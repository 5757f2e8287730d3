// The data store through the public interface: importing, asking, and memory that runs out at any point of both.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crux.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/nowhere.h"

#define HEADER "subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note\n"

static char folder[] = "/tmp/crux-data-XXXXXX";
static char store[80], table[80], sources[80], bad[80];

static void write_file(char path[80], const char *name, const char *bytes)
{
    snprintf(path, 80, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fputs(bytes, file);
    fclose(file);
}

static void set_up(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(store, sizeof store, "%s/mine.db", folder);
    write_file(table, "mill.csv",
               HEADER "mill.old,yield,0.3,0.4,0.5,,fraction,1994,1996-02,survey,stated,\n"
                      "mill.old,yield,0.3,0.35,0.5,,fraction,1994,1997,survey,stated,corrected\n"
                      "mill.old,opening,,1998-07,,,date,1998,1997,survey,guess,\n");
    write_file(sources, "sources.csv", "source_id,title,publisher,published,url\nsurvey,A survey,,,\n");
    write_file(bad, "bad.csv", HEADER "mill.old,yield,,x,,,fraction,1994,1996-02,survey,stated,\n");
}

static void tear_down(void)
{
    unlink(table);
    unlink(sources);
    unlink(bad);
    unlink(store);
    rmdir(folder);
}
TestSuite(crux_data, .init = set_up, .fini = tear_down);

static enum crux_status import(struct crux_session *crux)
{
    const char *const paths[] = {table, sources};
    return crux_import(crux, paths, 2, NULL, 0);
}

static struct crux_session *opened(void)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert_eq(crux_set(crux, CRUX_DB, store), CRUX_OK);
    cr_assert_eq(crux_set(crux, CRUX_AS_OF, "1999"), CRUX_OK);
    cr_assert_eq(import(crux), CRUX_OK, "%s", crux_message(crux));
    return crux;
}

Test(crux_data, import_and_ask)
{
    struct crux_session *crux = opened();
    cr_expect_eq(crux_imported(crux)->observations, 3);
    cr_expect_eq(crux_imported(crux)->sources, 1);
    cr_assert_eq(crux_data(crux, CRUX_DATA_SHOW, "mill.old.yield"), CRUX_OK);
    cr_expect_null(crux_imported(crux));
    cr_assert_eq(crux_observation_count(crux), 1);
    const struct crux_observation *o = crux_observation(crux, 0);
    cr_expect_str_eq(o->name, "mill.old.yield");
    cr_expect_str_eq(o->unit, "fraction");
    cr_expect(o->low == 0.3 && o->central == 0.35 && o->high == 0.5 && o->counts && !o->superseded);
    cr_expect_str_eq(o->basis, "stated");
    cr_expect_null(crux_observation(crux, 1));
    cr_assert_eq(crux_data(crux, CRUX_DATA_HISTORY, "mill.old.yield"), CRUX_OK);
    cr_assert_eq(crux_observation_count(crux), 2);
    cr_expect(crux_observation(crux, 0)->superseded && !crux_observation(crux, 0)->counts);
    cr_assert_eq(crux_data(crux, CRUX_DATA_LIST, "mill.*"), CRUX_OK);
    cr_assert_eq(crux_observation_count(crux), 2);
    cr_expect_float_eq(crux_observation(crux, 0)->central, 1998.5, 1e-9, "dates are years");
    cr_assert_eq(crux_data(crux, CRUX_DATA_CHECK, NULL), CRUX_OK);
    cr_expect_eq(crux_exit_code(crux), 0);
    cr_expect_eq(crux_write_data(crux, "json", NULL, &nowhere), CRUX_OK);
    crux_close(crux);
}

Test(crux_data, refusals)
{
    struct crux_session *crux = opened();
    const char *const paths[] = {bad};
    cr_assert_eq(crux_import(crux, paths, 1, NULL, 0), CRUX_REJECTED);
    cr_assert_eq(crux_diagnostic_count(crux), 1);
    const struct crux_diagnostic *mistake = crux_diagnostic(crux, 0);
    cr_expect_str_eq(mistake->code, "");
    cr_expect_str_eq(mistake->file, bad);
    cr_expect(mistake->line == 2 && mistake->column == 4);
    cr_expect_str_eq(mistake->message, "`x` is no number");
    cr_expect_eq(crux_data(crux, CRUX_DATA_SHOW, "mill.old.yeild"), CRUX_NOT_FOUND);
    cr_expect_str_eq(crux_message(crux), "there is no quantity `mill.old.yeild`; `mill.old.yield` is near");
    cr_expect_eq(crux_observation_count(crux), 0);
    cr_expect_eq(crux_write_data(crux, "human", NULL, &nowhere), CRUX_BAD_ARGUMENT);
    cr_assert_eq(crux_data(crux, CRUX_DATA_CHECK, NULL), CRUX_OK);
    cr_expect_eq(crux_write_data(crux, "sarif", NULL, &nowhere), CRUX_NOT_FOUND);
    cr_expect_eq(crux_import(crux, paths, 0, NULL, 0), CRUX_BAD_ARGUMENT);
    cr_assert_eq(crux_set(crux, CRUX_DB, bad), CRUX_OK);
    cr_expect_eq(crux_data(crux, CRUX_DATA_LIST, NULL), CRUX_STORE);
    cr_expect_eq(crux_import(crux, paths, 1, NULL, 0), CRUX_STORE);
    cr_assert_eq(crux_set(crux, CRUX_DB, NULL), CRUX_OK);
    cr_expect_eq(crux_import(crux, paths, 1, NULL, 0), CRUX_BAD_ARGUMENT, "what comes with Crux cannot be changed");
    crux_close(crux);
}

static bool stop(void *user, const struct crux_progress *progress)
{
    (void)user;
    return progress->rows < 4096;
}

Test(crux_data, stopped)
{
    struct crux_session *crux = opened();
    char many[80];
    snprintf(many, sizeof many, "%s/many.csv", folder);
    FILE *file = fopen(many, "wb");
    fputs(HEADER, file);
    for (int i = 0; i < 5000; i++)
        fprintf(file, "many.n%d,size,,1,,,1,1994,1996-02,survey,stated,\n", i);
    fclose(file);
    crux_on_progress(crux, stop, NULL);
    const char *const paths[] = {many};
    cr_expect_eq(crux_import(crux, paths, 1, NULL, 0), CRUX_CANCELLED);
    cr_expect_eq(crux_data(crux, CRUX_DATA_LIST, "many"), CRUX_NOT_FOUND, "nothing was imported");
    crux_close(crux);
    unlink(many);
}

// ---- memory ------------------------------------------------------------------------------------------------------------------

static enum crux_status everything(struct crux_session *crux)
{
    static const struct {
        enum crux_data_question question;
        const char *name;
    } asked[] = {{CRUX_DATA_SHOW, "mill.old.yield"}, {CRUX_DATA_HISTORY, "mill.old.yield"}, {CRUX_DATA_LIST, "mill"}};
    enum crux_status status = crux_set(crux, CRUX_DB, store);
    if (status == CRUX_OK)
        status = crux_set(crux, CRUX_AS_OF, "1999");
    if (status == CRUX_OK)
        status = import(crux);
    for (size_t i = 0; i < 3 && status == CRUX_OK; i++) {
        status = crux_data(crux, asked[i].question, asked[i].name);
        if (status == CRUX_OK)
            status = crux_write_data(crux, "human", NULL, &nowhere);
        if (status == CRUX_OK)
            status = crux_write_data(crux, "json", NULL, &nowhere);
    }
    return status;
}

Test(crux_data, memory_runs_out)
{
    struct failing_allocator memory;
    enum crux_status status = CRUX_NO_MEMORY;
    for (size_t fail_at = 1; status == CRUX_NO_MEMORY; fail_at++) {
        failing_allocator_init(&memory, fail_at);
        const struct crux_allocator allocator = {.resize = memory.allocator.resize, .user = &memory};
        struct crux_session *crux = crux_open(&allocator);
        status = everything(crux);
        cr_assert(status == CRUX_OK || status == CRUX_NO_MEMORY, "allocation %zu: %s", fail_at, crux_message(crux));
        memory.fail_at = SIZE_MAX;
        cr_assert_eq(everything(crux), CRUX_OK, "the handle works again: %s", crux_message(crux));
        crux_close(crux);
        cr_assert_eq(memory.live_bytes, 0);
    }
    cr_expect_gt(memory.calls, 5);
}
