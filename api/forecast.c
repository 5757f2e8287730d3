// The forecasts that come with the library.
#include "engine/forecast/shipped.h"

#include <string.h>

#include "api/load.h"
#include "dsl/check.h"
#include "dsl/diag.h"
#include "grammar/parse.h"

// What `use forecast` stands for when nobody chooses, if it is shipped; else the first that is.
static const char *const default_forecast = "supply";

// ---- what is shipped -------------------------------------------------------------------------------------------------------

static bool starts_shelf(size_t file)
{
    return file == 0 || strcmp(shipped_files[file].forecast, shipped_files[file - 1].forecast) != 0;
}

static bool is_shipped(struct text name)
{
    for (size_t i = 0; i < shipped_file_count; i++)
        if (text_is(name, shipped_files[i].forecast))
            return true;
    return false;
}

static bool has_timeline(size_t file)
{
    static const char word[] = "\ntimeline ";
    const struct text bytes = {(const char *)shipped_files[file].bytes, shipped_files[file].length};
    for (size_t i = 0; i + sizeof word - 1 <= bytes.length; i++)
        if (memcmp(bytes.at + i, word, sizeof word - 1) == 0)
            return true;
    return false;
}

bool forecast_is_shipped(struct text name)
{
    for (size_t i = 0; i < shipped_file_count; i++)
        if (text_is(name, shipped_files[i].forecast) && has_timeline(i))
            return true;
    return false;
}

const char *forecast_name(size_t position)
{
    const bool has_default = is_shipped(text_of(default_forecast));
    if (has_default && position == 0)
        return default_forecast;
    size_t seen = has_default ? 1 : 0;
    for (size_t i = 0; i < shipped_file_count; i++) {
        const char *name = shipped_files[i].forecast;
        if (!starts_shelf(i) || strcmp(name, default_forecast) == 0 || !forecast_is_shipped(text_of(name)))
            continue;
        if (seen++ == position)
            return name;
    }
    return NULL;
}

const char *crux_forecast(size_t position)
{
    return forecast_name(position);
}

const char *const *forecast_names(struct arena *arena)
{
    size_t count = 0;
    while (forecast_name(count))
        count++;
    const char **names = arena_array(arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = forecast_name(i);
    return names;
}

static void unknown_forecast(struct crux_session *crux, struct text name, struct span user)
{
    struct diag *diag = name.length > 0
                            ? diag_add(crux->diags, DIAG_FORECAST_UNKNOWN, user, "there is no forecast `%.*s`", TEXT_ARGS(name))
                            : diag_add(crux->diags, DIAG_FORECAST_UNKNOWN, user, "there is no forecast to take in");
    struct buffer list = buffer_on(&crux->scratch);
    for (size_t i = 0; forecast_name(i); i++)
        buffer_printf(&list, "%s`%s`", i > 0 ? ", " : "", forecast_name(i));
    if (list.length == 0)
        diag_help(crux->diags, diag, "this build ships no forecast: take in a file with `use \"path.crux\"`");
    else
        diag_help(crux->diags, diag, "there are %s%s", list.at, user.end > user.start ? "; a file's name stands in quotes" : "");
}

// Appends the items of one part to the tree of the whole.
static void append(struct tree *whole, const struct tree *part)
{
    struct item **end = &whole->items;
    while (*end)
        end = &(*end)->next;
    *end = part->items;
    whole->item_count += part->item_count;
}

bool forecast_can_be_asked(struct crux_session *crux, struct text name)
{
    if (is_shipped(name))
        return true;
    unknown_forecast(crux, name, (struct span){0});
    return false;
}

bool forecast_is_known(struct crux_session *crux, struct text name)
{
    if (!is_shipped(name) || forecast_is_shipped(name))
        return forecast_can_be_asked(crux, name);
    struct diag *diag = diag_add(crux->diags, DIAG_FORECAST_UNKNOWN, (struct span){0}, "`%.*s` has no steps in time: no claim can be judged under it",
                                 TEXT_ARGS(name));
    diag_help(crux->diags, diag, "take it in beside a forecast: `use %.*s`", TEXT_ARGS(name));
    return false;
}

struct loaded_file *library_forecast(struct library *library, struct text name, struct span user)
{
    struct crux_session *crux = library->crux;
    if (name.length == 0)
        name = text_of(forecast_name(0));
    const struct text path = text_of(arena_printf(&crux->run, "forecast:%.*s", TEXT_ARGS(name)));
    for (size_t i = 0; i < library->files.count; i++)
        if (text_equal(library->files.at[i]->path, path))
            return library->files.at[i];

    struct loaded_file *file = arena_alloc(&crux->run, sizeof *file);
    *file = (struct loaded_file){.path = path, .is_forecast = true};
    if (forecast_is_shipped(name))
        file->forecast = text_copy(&crux->run, name);
    for (size_t i = 0; i < shipped_file_count; i++) {
        if (!text_is(name, shipped_files[i].forecast))
            continue;
        // Shipped bytes are text: embed.sh only spells them as numbers.
        const struct text bytes = {(const char *)shipped_files[i].bytes, shipped_files[i].length};
        const struct source *source = sources_add(crux->sources, text_of(shipped_files[i].path), bytes);
        struct tree *part = parse_source(&crux->run, crux->sources, source, crux->diags);
        if (file->tree)
            append(file->tree, part);
        else
            file->tree = part;
    }
    if (!file->tree) {
        unknown_forecast(crux, name, user);
        return NULL;
    }
    vector_push(&crux->run, &library->files, file);
    return file;
}

static const struct tree *forecast_tree(void *context, struct text name)
{
    const struct loaded_file *file = library_forecast(context, name, (struct span){0});
    return file ? file->tree : NULL;
}

const struct shipped_forecasts *library_forecasts(struct library *library)
{
    struct arena *arena = &library->crux->run;
    struct shipped_forecasts *forecasts = arena_alloc(arena, sizeof *forecasts);
    *forecasts = (struct shipped_forecasts){forecast_names(arena), library, forecast_tree};
    return forecasts;
}
