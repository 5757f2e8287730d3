// Reports, diagnostics and canonical text, handed to the host's writer.
#include "api/session.h"

#include <string.h>

#include "base/buffer.h"
#include "dsl/diag.h"
#include "dsl/diag_print.h"
#include "report/data.h"
#include "report/diff.h"

const char *crux_format_name(size_t position)
{
    return position < format_count ? formats[position].name : NULL;
}

const char *crux_format_description(size_t position)
{
    return position < format_count ? formats[position].description : NULL;
}

static void send(struct crux_session *crux, const struct crux_writer *writer, struct text bytes)
{
    if (bytes.length > 0 && !writer->write(writer->user, bytes.at, bytes.length))
        session_fail(crux, CRUX_NOT_WRITTEN, "the writer refused what it was given");
}

struct writing {
    const char *format;
    const struct crux_style *style;
    bool colour;
    const struct crux_writer *writer;
};

static void refuse_format(struct crux_session *crux, const char *name)
{
    struct buffer names = buffer_on(&crux->scratch);
    for (size_t i = 0; i < format_count; i++)
        buffer_printf(&names, "%s%s", i > 0 ? ", " : "", formats[i].name);
    session_fail(crux, CRUX_NOT_FOUND, "there is no format `%s`; there are %s", name, names.at);
}

// Other formats have claims to show, not what changed of them.
static void write_diff(struct crux_session *crux, struct buffer *out, const char *format, const struct report_style *style)
{
    if (strcmp(format, "human") == 0)
        write_diff_human(out, &crux->report, style);
    else if (strcmp(format, "json") == 0)
        write_diff_json(out, &crux->report, style);
    else
        session_fail(crux, CRUX_NOT_FOUND, "a comparison of data is human or json, not `%s`", format);
}

// The formats for CI are made of verdicts.
static bool has_no_verdicts(struct crux_session *crux, const char *format)
{
    const struct report *report = &crux->report;
    const bool other = report->expression || report->derivation || report->input || report->sides;
    if (!other || strcmp(format, "human") == 0 || strcmp(format, "json") == 0)
        return false;
    session_fail(crux, CRUX_NOT_FOUND, "a %s report is made of verdicts, and there are none here; human and json show this", format);
    return true;
}

static void write_report(struct crux_session *crux, void *argument)
{
    const struct writing *writing = argument;
    const struct format *format = format_named(writing->format);
    if (!format) {
        refuse_format(crux, writing->format);
        return;
    }
    if (!crux->diags) {
        session_fail(crux, CRUX_BAD_ARGUMENT, "nothing has been run yet");
        return;
    }
    if (has_no_verdicts(crux, format->name))
        return;
    const struct report_style style = {
        .colour = writing->style && writing->style->colour,
        .quiet = writing->style && writing->style->quiet,
        .seconds = writing->style ? writing->style->seconds : 0,
        .verbose = writing->style && writing->style->verbose,
    };
    struct buffer out = buffer_on(&crux->scratch);
    if (crux->report.diff)
        write_diff(crux, &out, format->name, &style);
    else
        format->write(&out, &crux->report, &style);
    send(crux, writing->writer, buffer_text(&out));
}

enum crux_status crux_write(struct crux_session *crux, const char *format, const struct crux_style *style,
                            const struct crux_writer *writer)
{
    struct writing writing = {.format = format, .style = style, .writer = writer};
    return session_enter(crux, write_report, &writing);
}

static void write_diagnostics(struct crux_session *crux, void *argument)
{
    const struct writing *writing = argument;
    if (!crux->diags)
        return;
    struct buffer out = buffer_on(&crux->scratch);
    diags_print(&out, crux->diags, writing->colour);
    if (crux->import)
        write_import_mistakes(&out, crux->import, writing->colour);
    send(crux, writing->writer, buffer_text(&out));
}

enum crux_status crux_write_diagnostics(struct crux_session *crux, bool colour, const struct crux_writer *writer)
{
    struct writing writing = {.colour = colour, .writer = writer};
    return session_enter(crux, write_diagnostics, &writing);
}
