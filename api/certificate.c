// Certificates: the proofs of a run written out, and re-checked.
#include <string.h>

#include "api/run.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/written.h"
#include "judge/verdict.h"
#include "verify/verify.h"

static const char *const outcome_words[] = {"holds", "fails", "irrelevant"}; // in the order of both enums

// ---- writing ----------------------------------------------------------------------------------------------------------------

static void add_statement(struct buffer *out, const char *word, struct text said)
{
    if (said.length > 0)
        buffer_printf(out, "%s %.*s\n", word, TEXT_ARGS(said));
}

static void add_run(struct buffer *out, const struct crux_session *crux)
{
    buffer_add_string(out, "crux certificate 1\n");
    for (size_t i = 0; i < crux->added.count; i++)
        add_statement(out, "file", crux->added.at[i].path);
    for (size_t i = 0; i < crux->settings.sets.count; i++)
        add_statement(out, "set", crux->settings.sets.at[i]);
    add_statement(out, "forecast", crux->settings.forecast);
    add_statement(out, "scenario", crux->settings.scenario);
    add_statement(out, "vintage", crux->report.vintage.length > 0 ? crux->report.vintage : crux->settings.as_of);
    add_statement(out, "data", crux->settings.db);
}

static void add_ends(struct buffer *out, double low, double high)
{
    buffer_add_char(out, ' ');
    number_write_exact(out, low);
    buffer_add_char(out, ' ');
    number_write_exact(out, high);
}

static size_t number_of(const struct program *program, const struct input *input)
{
    size_t number = 0;
    while (number < program->input_count && program->inputs[number] != input)
        number++;
    return number;
}

static void add_axis(struct buffer *out, const struct program *program, const struct proof_axis *axis)
{
    buffer_printf(out, "axis %zu %s", number_of(program, axis->input), axis->choice ? "choice" : axis->by_draw ? "probability" : "value");
    add_ends(out, axis->low, axis->high);
    buffer_printf(out, " %.*s\n", TEXT_ARGS(axis->name));
}

static void add_proof(struct buffer *out, const struct crux_session *crux, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct proof *proof = verdict->proof;
    const struct source *file = sources_find(crux->sources, verdict->claim->span.start);
    buffer_printf(out, "\nclaim %.*s\n", TEXT_ARGS(verdict->name));
    add_statement(out, "in", file ? file->path : (struct text){0});
    add_statement(out, "under", verdict->scenario->name);
    add_statement(out, "taking", entry->results->forecast);
    buffer_printf(out, "outcome %s\n", outcome_words[proof->outcome]);
    for (size_t i = 0; i < proof->axis_count; i++)
        add_axis(out, entry->results->program, &proof->axes[i]);
    for (size_t leaf = 0; leaf < proof->leaf_count; leaf++) {
        buffer_add_string(out, "leaf");
        for (size_t i = 0; i < proof->axis_count; i++) {
            const double *ends = proof->leaves + 2 * (leaf * proof->axis_count + i);
            add_ends(out, ends[0], ends[1]);
        }
        buffer_add_char(out, '\n');
    }
}

static void write_certificate(struct crux_session *crux, void *argument)
{
    const struct crux_writer *writer = argument;
    if (!crux->diags || !crux->settings.certificate) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "nothing has been checked with the setting CRUX_CERTIFICATE yet");
        return;
    }
    struct buffer out = buffer_on(&crux->scratch);
    add_run(&out, crux);
    for (size_t i = 0; i < crux->report.entry_count; i++) {
        const struct verdict *verdict = crux->report.entries[i].verdict;
        const struct proof *proof = verdict->concession_count == 0 ? verdict->proof : NULL; // the boxes are of one variant only
        if (proof && proof->leaf_count > 0)
            add_proof(&out, crux, &crux->report.entries[i]);
    }
    buffer_add_string(&out, "\nend\n");
    if (!writer->write(writer->user, out.at, out.length))
        session_fail(crux, CRUX_NOT_WRITTEN, "the writer refused what it was given");
}

enum crux_status crux_write_certificate(struct crux_session *crux, const struct crux_writer *writer)
{
    struct crux_writer copy = *writer;
    return session_enter(crux, write_certificate, &copy);
}

// ---- re-checking ------------------------------------------------------------------------------------------------------------

struct request {
    struct text bytes;
    struct certificate certificate;
};

static bool states_claim(const struct crux_session *crux, const struct road *road, const struct certificate_claim *certified)
{
    for (size_t i = 0; i < road->program->claim_count; i++) {
        const struct claim *claim = road->program->claims[i];
        const size_t length = claim->name.length;
        const struct source *file = sources_find(crux->sources, claim->span.start);
        const bool named = certified->name.length >= length && memcmp(certified->name.at, claim->name.at, length) == 0 &&
                           (certified->name.length == length || certified->name.at[length] == '[');
        if (claim->is_root && named && (certified->file.length == 0 || (file && text_equal(file->path, certified->file))))
            return true;
    }
    return false;
}

static struct verification verify_one(struct run *run, const struct certificate_claim *certified)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < run->roads.count; i++) {
        const struct road *road = run->roads.at[i];
        if (road->program && text_equal(road->forecast.taken, certified->forecast) && states_claim(crux, road, certified))
            return verify_claim(&crux->run, &crux->scratch, road->program, certified);
    }
    return (struct verification){.reason = "the files have no such claim under that forecast"};
}

static const char *string_of(struct crux_session *crux, struct text text)
{
    return text_copy(&crux->run, text).at;
}

static void verify_all(struct run *run, const struct certificate *certificate)
{
    struct crux_session *crux = run->crux;
    const size_t count = certificate->claims.count;
    struct crux_verification *verifications = arena_array(&crux->run, count, sizeof *verifications);
    crux->report.exit_code = count > 0 ? 0 : 1;
    for (size_t i = 0; i < count; i++) {
        const struct certificate_claim *certified = &certificate->claims.at[i];
        const struct verification found = verify_one(run, certified);
        verifications[i] = (struct crux_verification){
            .claim = string_of(crux, certified->name),
            .scenario = string_of(crux, certified->scenario),
            .forecast = string_of(crux, certified->forecast),
            .outcome = outcome_words[certified->outcome],
            .verified = found.verified,
            .reason = found.verified ? "" : found.reason,
            .leaves = certified->leaf_count,
            .boxes = found.boxes,
        };
        if (!found.verified)
            crux->report.exit_code = 1;
    }
    crux->verifications = verifications;
    crux->verification_count = count;
}

// In the words of the command line, which are read as they are there.
static bool take_settings(struct crux_session *crux, const struct certificate *certificate)
{
    struct arena *arena = &crux->session;
    double start, end;
    crux->settings = (struct settings){.forecast = text_copy(arena, certificate->forecast),
                                       .scenario = text_copy(arena, certificate->scenario),
                                       .db = text_copy(arena, certificate->data),
                                       .as_of = text_copy(arena, certificate->vintage),
                                       .seed = settings_initial.seed,
                                       .proof_boxes = settings_initial.proof_boxes};
    crux->added.at = NULL;
    crux->added.count = crux->added.room = 0;
    for (size_t i = 0; i < certificate->sets.count; i++)
        vector_push(arena, &crux->settings.sets, text_copy(arena, certificate->sets.at[i]));
    for (size_t i = 0; i < certificate->files.count; i++)
        vector_push(arena, &crux->added, ((struct added){.path = text_copy(arena, certificate->files.at[i])}));
    if (certificate->vintage.length > 0 && !written_date(certificate->vintage, &start, &end))
        session_fail(crux, CRUX_BAD_ARGUMENT, "the certificate's vintage is no date: `%.*s`", TEXT_ARGS(certificate->vintage));
    else if (certificate->files.count == 0)
        session_fail(crux, CRUX_BAD_ARGUMENT, "the certificate names no file");
    return crux->status == CRUX_OK;
}

static void verify(struct crux_session *crux, void *argument)
{
    struct request *request = argument;
    const char *message;
    session_start_run(crux);
    crux->report.exit_code = 2;
    if (!certificate_read(&crux->session, request->bytes, &request->certificate, &message)) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "this is no certificate that can be read: %s", message);
        return;
    }
    if (!take_settings(crux, &request->certificate))
        return;
    struct run run;
    run_open(&run, crux);
    crux->report.exit_code = 2;
    if (run.store)
        run_load(&run);
    if (run.store && crux->diags->error_count == 0)
        verify_all(&run, &request->certificate);
    run_finish(&run);
}

// The certificate's settings stand in for those of the handle, which come back however the run ends.
enum crux_status crux_verify(struct crux_session *crux, const char *bytes, size_t length)
{
    const struct arena_mark mark = arena_mark(&crux->session);
    const struct settings settings = crux->settings;
    struct added *const added = crux->added.at;
    const size_t count = crux->added.count, room = crux->added.room;
    struct request request = {.bytes = {bytes, length}};
    const enum crux_status status = session_enter(crux, verify, &request);
    crux->settings = settings;
    crux->added.at = added;
    crux->added.count = count;
    crux->added.room = room;
    arena_release(&crux->session, mark);
    return status;
}

size_t crux_verification_count(const struct crux_session *crux)
{
    return crux->verification_count;
}

const struct crux_verification *crux_verification(const struct crux_session *crux, size_t position)
{
    return position < crux->verification_count ? &crux->verifications[position] : NULL;
}
