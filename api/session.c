#include "api/session.h"

#include <fenv.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>

#include "dsl/diag.h"
#include "dsl/source.h"

const char *crux_version(void)
{
    return CRUX_VERSION;
}

// ---- the boundary --------------------------------------------------------------------------------------------------------

// What a host may have changed for its thread and we need as C defines it.
struct surroundings {
    fenv_t numbers;
    locale_t locale; // 0: could not be changed
};

static struct surroundings pin_surroundings(void)
{
    struct surroundings before = {.locale = (locale_t)0};
    fegetenv(&before.numbers);
    fesetenv(FE_DFL_ENV); // rounding to nearest, denormals kept
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain != (locale_t)0)
        before.locale = uselocale(plain);
    return before;
}

static void put_back(const struct surroundings *before)
{
    if (before->locale != (locale_t)0)
        freelocale(uselocale(before->locale));
    fesetenv(&before->numbers);
}

static void forget_run(struct crux_session *crux)
{
    arena_reset(&crux->scratch);
    arena_reset(&crux->run);
    crux->sources = NULL;
    crux->diags = NULL;
    crux->internal = NULL;
    crux->report = (struct report){0};
    crux->verdicts = NULL;
    crux->conflicts = NULL;
    crux->conflict_count = 0;
    crux->diagnostics = NULL;
    crux->value = NULL;
    crux->names = NULL;
    crux->recorded = 0;
    crux->imported = NULL;
    crux->import = NULL;
    crux->history = NULL;
    crux->data = NULL;
    crux->verifications = NULL;
    crux->verification_count = 0;
    crux->observations = NULL;
    crux->observation_count = 0;
    crux->compared = NULL;
    crux->verdict_count = crux->diagnostic_count = crux->name_count = crux->compared_count = 0;
}

static void run_out_of_memory(struct crux_session *crux)
{
    forget_run(crux);
    crux->status = CRUX_NO_MEMORY;
    crux->message = "there is not enough memory: check fewer files at once, or lower --samples";
    crux->report.exit_code = 2;
}

// Holds the setjmp, so it changes no local after it.
enum crux_status session_enter(struct crux_session *crux, void (*work)(struct crux_session *crux, void *argument), void *argument)
{
    const struct surroundings before = pin_surroundings();
    crux->status = CRUX_OK;
    crux->message = "";
    if (setjmp(crux->no_memory) == 0)
        work(crux, argument);
    else
        run_out_of_memory(crux);
    arena_reset(&crux->scratch);
    put_back(&before);
    return crux->status;
}

void session_fail(struct crux_session *crux, enum crux_status status, const char *format, ...)
{
    char message[1000];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    crux->status = status;
    crux->message = length < 0 ? "" : arena_printf(&crux->run, "%s", message);
}

void session_start_run(struct crux_session *crux)
{
    forget_run(crux);
    crux->sources = sources_new(&crux->run);
    crux->diags = diags_new(&crux->run, crux->sources);
    crux->diags->lints = &crux->settings.lints;
    crux->report.sources = crux->sources;
    crux->report.exit_code = 2;
}

// ---- opening, closing, adding ----------------------------------------------------------------------------------------------

static void *host_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    const struct crux_allocator *host = user;
    return host->resize(host->user, block, old_size, new_size);
}

struct crux_session *crux_open(const struct crux_allocator *allocator)
{
    struct crux_allocator host = {.resize = system_allocator.resize, .user = system_allocator.user};
    if (allocator)
        host = *allocator;
    struct crux_session *crux = host.resize(host.user, NULL, 0, sizeof *crux);
    if (!crux)
        return NULL;
    *crux = (struct crux_session){.host = host, .message = "", .settings = settings_initial};
    crux->allocator = (struct allocator){.resize = host_resize, .user = &crux->host};
    arena_init(&crux->session, &crux->allocator, &crux->no_memory);
    arena_init(&crux->run, &crux->allocator, &crux->no_memory);
    arena_init(&crux->scratch, &crux->allocator, &crux->no_memory);
    return crux;
}

void crux_close(struct crux_session *crux)
{
    if (!crux)
        return;
    arena_reset(&crux->scratch);
    arena_reset(&crux->run);
    arena_reset(&crux->session);
    struct crux_allocator host = crux->host;
    host.resize(host.user, crux, sizeof *crux, 0);
}

const char *crux_message(const struct crux_session *crux)
{
    return crux->message;
}

static void add(struct crux_session *crux, void *argument)
{
    struct added added = *(const struct added *)argument;
    added.path = text_copy(&crux->session, added.path);
    if (added.is_text)
        added.bytes = text_copy(&crux->session, added.bytes);
    vector_push(&crux->session, &crux->added, added);
}

enum crux_status crux_add_file(struct crux_session *crux, const char *path)
{
    struct added added = {.path = text_of(path)};
    return session_enter(crux, add, &added);
}

enum crux_status crux_add_text(struct crux_session *crux, const char *name, const char *bytes, size_t length)
{
    struct added added = {.path = text_of(name), .bytes = {bytes, length}, .is_text = true};
    return session_enter(crux, add, &added);
}

void crux_clear(struct crux_session *crux)
{
    forget_run(crux);
    crux->added.count = 0;
    crux->message = "";
}

void crux_set_loader(struct crux_session *crux, const struct crux_loader *loader)
{
    crux->has_loader = loader != NULL;
    crux->loader = loader ? *loader : (struct crux_loader){0};
}

void crux_on_progress(struct crux_session *crux, bool (*progress)(void *user, const struct crux_progress *progress), void *user)
{
    crux->progress = progress;
    crux->progress_user = user;
}

int crux_exit_code(const struct crux_session *crux)
{
    return crux->report.exit_code;
}
