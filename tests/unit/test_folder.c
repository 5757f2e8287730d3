// Folders of tables as stores: what they know, and every reason why one is not read.
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "store/folder.h"
#include "tests/support/stored.h"

static struct stored stored;

static void set_up(void)
{
    stored_open(&stored);
}

static void tear_down(void)
{
    stored_close(&stored);
}
TestSuite(folder, .init = set_up, .fini = tear_down);

#define HEADER "subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note\n"
#define SOURCES "source_id,title,publisher,published,url\nsurvey,A survey,,2025,\n"

static const char *in_folder(const char *name)
{
    return arena_printf(&stored.arena, "%s/%s", stored.folder, name);
}

static void write_file(const char *name, const char *bytes)
{
    FILE *file = fopen(in_folder(name), "wb");
    fputs(bytes, file);
    fclose(file);
}

static struct folder_answer read_it(void)
{
    return store_read_folder(&stored.arena, text_of(stored.folder), NULL, NULL);
}

static void is_refused(struct folder_answer answer, const char *because)
{
    cr_assert(answer.outcome == IMPORT_FAILED && answer.store == NULL);
    cr_assert_not_null(strstr(text_copy(&stored.arena, answer.message).at, because), "%.*s", TEXT_ARGS(answer.message));
}

Test(folder, knows_its_tables_and_nothing_else)
{
    write_file("mill.csv", HEADER "mill,size,,4,,,km,2024,2025-02,survey,stated,\n");
    write_file("sources.csv", SOURCES);
    write_file("notes.txt", "not a table");
    write_file(".hidden.csv", "not a table");
    const struct folder_answer answer = read_it();
    cr_assert(answer.outcome == IMPORT_DONE && answer.result.observations == 1 && answer.result.sources == 1);
    const struct observer observer = stored_at(answer.store, "2025");
    struct series series;
    struct text later;
    cr_assert(observer.series(observer.context, &stored.arena, TEXT("mill.size"), TEXT(""), &series, &later) && series.at[0].central == 4);
    const struct text *members;
    cr_assert_eq(observer.members(observer.context, &stored.arena, TEXT("*"), &members), 1);
}

Test(folder, all_or_nothing)
{
    write_file("mill.csv", HEADER "mill,size,,4,,,km,2024,2025-02,survey,stated,\nmill,size,,many,,,km,2025,2025-02,survey,stated,\n");
    write_file("sources.csv", SOURCES);
    const struct folder_answer answer = read_it();
    cr_assert(answer.outcome == IMPORT_REFUSED && answer.store == NULL && answer.result.mistake_count == 1);
    cr_assert_eq(answer.result.mistakes[0].line, 3);
}

Test(folder, without_its_sources)
{
    write_file("mill.csv", HEADER "mill,size,,4,,,km,2024,2025-02,survey,stated,\n");
    cr_assert_eq(read_it().outcome, IMPORT_REFUSED);
}

Test(folder, that_is_not_there_or_no_folder_or_empty)
{
    is_refused(store_read_folder(&stored.arena, TEXT("/tmp/crux-no-such-folder"), NULL, NULL), "there is no folder");
    is_refused(store_read_folder(&stored.arena, TEXT(""), NULL, NULL), "there is no folder");
    write_file("mill.csv", HEADER);
    is_refused(store_read_folder(&stored.arena, text_of(in_folder("mill.csv")), NULL, NULL), "is no folder");
    unlink(in_folder("mill.csv"));
    is_refused(read_it(), "holds no table");
}

Test(folder, of_things_that_are_no_files, .timeout = 10)
{
    write_file("sources.csv", SOURCES);
    cr_assert_eq(mkfifo(in_folder("pipe\033[31m.csv"), 0600), 0);
    const struct folder_answer answer = read_it();
    is_refused(answer, "is no plain file");
    cr_assert_null(memchr(answer.message.at, '\033', answer.message.length));
}

Test(folder, of_links_in_a_circle_and_folders)
{
    write_file("sources.csv", SOURCES);
    cr_assert_eq(symlink("round.csv", in_folder("round.csv")), 0);
    cr_assert_eq(symlink("nowhere", in_folder("gone.csv")), 0);
    cr_assert_eq(mkdir(in_folder("folder.csv"), 0700), 0);
    const struct folder_answer answer = read_it();
    cr_assert(answer.outcome == IMPORT_REFUSED && answer.result.mistake_count == 3);
    cr_assert_eq(symlink(".", in_folder("self")), 0); // is no table, and not followed
}

Test(folder, that_is_too_large)
{
    write_file("sources.csv", SOURCES);
    const int file = open(in_folder("huge.csv"), O_CREAT | O_WRONLY, 0600);
    cr_assert_eq(ftruncate(file, (off_t)1 << 40), 0); // takes no room
    close(file);
    is_refused(read_it(), "larger than 256 MB");
}

Test(folder, of_too_many_tables)
{
    for (int i = 0; i <= IMPORT_TABLES; i++)
        write_file(arena_printf(&stored.arena, "t%d.csv", i), HEADER);
    is_refused(read_it(), "holds 201 tables");
}

static bool stop(void *user, size_t rows)
{
    (void)user;
    (void)rows;
    return false;
}

Test(folder, stopped)
{
    struct buffer rows = buffer_on(&stored.arena);
    buffer_add_string(&rows, HEADER);
    for (int i = 0; i < 5000; i++)
        buffer_printf(&rows, "mill,size,,%d,,,km,%d,2025-02,survey,stated,\n", i, 1000 + i % 1000);
    write_file("mill.csv", rows.at);
    write_file("sources.csv", SOURCES);
    cr_assert_eq(store_read_folder(&stored.arena, text_of(stored.folder), stop, NULL).outcome, IMPORT_STOPPED);
}
