#include "api/load.h"

#include "dsl/diag.h"
#include "dsl/limits.h"
#include "grammar/parse.h"

// ---- one file --------------------------------------------------------------------------------------------------------------

// "a/./b/../c" is "a/c": so that one file has one path. Leading ".." stay.
static struct text tidy_path(struct arena *arena, struct text path)
{
    struct buffer tidy = buffer_on(arena);
    const bool absolute = path.length > 0 && path.at[0] == '/';
    if (absolute)
        buffer_add_char(&tidy, '/');
    const size_t root = tidy.length;
    size_t fixed = root; // what ".." may not remove
    for (size_t start = 0; start < path.length;) {
        size_t end = start;
        while (end < path.length && path.at[end] != '/')
            end++;
        const struct text part = {path.at + start, end - start};
        start = end + 1;
        if (part.length == 0 || text_is(part, "."))
            continue;
        if (text_is(part, "..") && tidy.length > fixed) {
            while (tidy.length > fixed && tidy.at[tidy.length - 1] != '/')
                tidy.length--;
            if (tidy.length > fixed)
                tidy.length--;
            continue;
        }
        if (tidy.length > root)
            buffer_add_char(&tidy, '/');
        buffer_add(&tidy, part);
        if (text_is(part, ".."))
            fixed = tidy.length;
    }
    return text_copy(arena, buffer_text(&tidy));
}

static struct text relative_to(struct arena *arena, struct text user, struct text path)
{
    size_t folder = user.length;
    while (folder > 0 && user.at[folder - 1] != '/')
        folder--;
    if (folder == 0 || (path.length > 0 && path.at[0] == '/'))
        return tidy_path(arena, path);
    return tidy_path(arena, text_of(arena_printf(arena, "%.*s%.*s", (int)folder, user.at, TEXT_ARGS(path))));
}

static struct loaded_file *find_path(const struct library *library, struct text path)
{
    for (size_t i = 0; i < library->files.count; i++)
        if (text_equal(library->files.at[i]->path, path))
            return library->files.at[i];
    return NULL;
}

static struct loaded_file *find_identity(const struct library *library, struct identity identity)
{
    if (identity.number == 0)
        return NULL;
    for (size_t i = 0; i < library->files.count; i++) {
        const struct identity other = library->files.at[i]->identity;
        if (other.device == identity.device && other.number == identity.number)
            return library->files.at[i];
    }
    return NULL;
}

static struct tree *parse_bytes(struct library *library, struct text path, struct text bytes, struct span user)
{
    struct crux_session *crux = library->crux;
    struct source *source = sources_add(crux->sources, path, bytes);
    if (!source) {
        diag_add(crux->diags, DIAG_LIMIT, user, "the files of one run are larger than 4 GB together");
        return NULL;
    }
    const size_t errors = crux->diags->error_count;
    struct tree *tree = parse_source(&crux->run, crux->sources, source, crux->diags);
    library->statements += tree->item_count;
    if (library->statements >= LIMIT_STATEMENTS) {
        if (crux->diags->error_count > errors)
            return NULL; // the parser has said so
        struct diag *diag = diag_add(crux->diags, DIAG_LIMIT, user, "the files of this run have more than %d statements", LIMIT_STATEMENTS);
        diag_help(crux->diags, diag, "check fewer files at once");
        return NULL;
    }
    if (tree->item_count == 0 && crux->diags->error_count == errors) {
        const struct span start = {source->base, source->base};
        struct diag *diag = diag_add(crux->diags, DIAG_EMPTY, start, "%.*s has no statement", TEXT_ARGS(path));
        diag_help(crux->diags, diag, "a claim file has at least one claim, such as: claim small : 2 + 2 < 5");
        return NULL;
    }
    return tree;
}

static struct loaded_file *open_path(struct library *library, struct text path, struct span user)
{
    struct crux_session *crux = library->crux;
    struct loaded_file *file = find_path(library, path);
    if (file)
        return file->tree ? file : NULL;
    struct text bytes = {0};
    struct identity identity;
    const bool read = read_bytes(crux, path, user, &bytes, &identity);
    file = find_identity(library, identity);
    if (file)
        return file->tree ? file : NULL;
    file = arena_alloc(&crux->run, sizeof *file);
    *file = (struct loaded_file){.path = path, .identity = identity};
    vector_push(&crux->run, &library->files, file); // also when it cannot be read: it is reported once
    if (read)
        file->tree = parse_bytes(library, path, bytes, user);
    return file->tree ? file : NULL;
}

struct loaded_file *library_open(struct library *library, const struct added *added)
{
    struct crux_session *crux = library->crux;
    const struct text path = tidy_path(&crux->run, added->path);
    if (!added->is_text)
        return open_path(library, path, (struct span){0});
    struct loaded_file *file = arena_alloc(&crux->run, sizeof *file);
    *file = (struct loaded_file){.path = path};
    vector_push(&crux->run, &library->files, file);
    file->tree = parse_bytes(library, path, added->bytes, (struct span){0});
    return file->tree ? file : NULL;
}

// ---- who takes in whom -------------------------------------------------------------------------------------------------------

struct visited {
    struct loaded_file *file;
    bool open; // its uses are still being followed
};

struct walk {
    struct library *library;
    struct forecast_choice *choice;
    size_t prefixes;      // on the way to the file
    struct span taken_by; // the `use` that took in the forecast without a prefix
    bool incomplete;
    VECTOR(struct visited) visited; // in step with `files`
    VECTOR(struct forest_file) files;
    VECTOR(struct forest_use) uses;
    VECTOR(size_t) way; // positions that are open, outermost first
};

static size_t visit(struct walk *walk, struct loaded_file *file, bool is_root, struct span user);

static void report_cycle(struct walk *walk, size_t again, struct span user)
{
    struct crux_session *crux = walk->library->crux;
    size_t first = 0;
    while (walk->way.at[first] != again)
        first++;
    struct buffer way = buffer_on(&crux->scratch);
    for (size_t i = first; i < walk->way.count; i++)
        buffer_printf(&way, "%.*s, ", TEXT_ARGS(walk->visited.at[walk->way.at[i]].file->path));
    struct diag *diag = diag_add(crux->diags, DIAG_USE_CYCLE, user, "files take each other in: %sand %.*s again", way.at,
                                 TEXT_ARGS(walk->visited.at[again].file->path));
    diag_primary(crux->diags, diag, "this closes the circle");
    diag_help(crux->diags, diag, "move what both need into a file of its own, and let both take in that one");
}

static void two_forecasts(struct walk *walk, struct text name, struct span user)
{
    struct diags *diags = walk->library->crux->diags;
    const struct text taken = walk->choice->taken;
    struct diag *diag = diag_add(diags, DIAG_FORECAST_TWO, user, "two forecasts at once: `%.*s` and `%.*s`", TEXT_ARGS(taken), TEXT_ARGS(name));
    diag_primary(diags, diag, "this takes in `%.*s`", TEXT_ARGS(name));
    diag_label(diags, diag, walk->taken_by, "this takes in `%.*s`", TEXT_ARGS(taken));
    diag_help(diags, diag, "both define the same names: keep one, or compare them with `use %.*s as %.*s`", TEXT_ARGS(name), TEXT_ARGS(name));
    walk->incomplete = true;
}

// The forecast that a `use` takes in.
static struct text chosen(struct walk *walk, const struct item *use)
{
    struct forecast_choice *choice = walk->choice;
    // What is shipped without a timeline (`capability`) stands beside any forecast and takes none's place.
    if (!text_is(use->name.text, "forecast") && !forecast_is_shipped(use->name.text))
        return use->name.text;
    const bool by_name = !text_is(use->name.text, "forecast");
    const bool prefixed = use->as.text.length > 0 || walk->prefixes > 0;
    const struct text own = by_name ? use->name.text : text_of(forecast_name(0));
    const bool stays = choice->name.length == 0 || (by_name && (prefixed || !choice->replaces));
    const struct text name = stays ? own : choice->name;
    choice->is_other = choice->is_other || !text_equal(name, own);
    if (!prefixed && choice->taken.length > 0 && !text_equal(choice->taken, name))
        two_forecasts(walk, name, use->name.span);
    if (!prefixed && choice->taken.length == 0) {
        choice->taken = name;
        walk->taken_by = use->name.span;
    }
    return name;
}

// The file that a `use` names; NULL after a diagnostic.
static struct loaded_file *used_file(struct walk *walk, struct text user_path, const struct item *use)
{
    struct library *library = walk->library;
    if (use->has_text)
        return open_path(library, relative_to(&library->crux->run, user_path, use->text), use->text_span);
    return library_forecast(library, chosen(walk, use), use->name.span);
}

static bool file_limit_is_passed(struct walk *walk, struct span user)
{
    if (walk->files.count < LIMIT_FILES && walk->way.count < LIMIT_NESTING)
        return false;
    diag_add(walk->library->crux->diags, DIAG_LIMIT, user, "more than %d files are taken in, or %d inside each other",
             LIMIT_FILES, LIMIT_NESTING);
    return true;
}

static void follow(struct walk *walk, size_t from, const struct item *use)
{
    struct loaded_file *file = used_file(walk, walk->visited.at[from].file->path, use);
    const struct span span = use->has_text ? use->text_span : use->name.span;
    const bool prefixed = use->as.text.length > 0;
    walk->prefixes += prefixed;
    const size_t to = file && !file_limit_is_passed(walk, span) ? visit(walk, file, false, span) : SIZE_MAX;
    walk->prefixes -= prefixed;
    if (to == SIZE_MAX) {
        walk->incomplete = true;
        return;
    }
    const struct forest_use found = {.from = from, .to = to, .prefix = use->as.text, .span = span};
    vector_push(&walk->library->crux->run, &walk->uses, found);
}

// The file's position in the forest; SIZE_MAX when it would close a circle.
static size_t visit(struct walk *walk, struct loaded_file *file, bool is_root, struct span user)
{
    struct arena *arena = &walk->library->crux->run;
    for (size_t i = 0; i < walk->visited.count; i++) {
        if (walk->visited.at[i].file != file)
            continue;
        if (!walk->visited.at[i].open)
            return i;
        report_cycle(walk, i, user);
        return SIZE_MAX;
    }
    const size_t position = walk->files.count;
    const struct forest_file placed = {.tree = file->tree, .is_forecast = file->is_forecast, .forecast = file->forecast, .is_root = is_root};
    vector_push(arena, &walk->files, placed);
    vector_push(arena, &walk->visited, ((struct visited){file, true}));
    vector_push(arena, &walk->way, position);
    // The parts of a forecast are together already.
    for (const struct item *item = file->is_forecast ? NULL : file->tree->items; item; item = item->next)
        if (item->kind == ITEM_USE)
            follow(walk, position, item);
    walk->way.count--;
    walk->visited.at[position].open = false;
    return position;
}

static struct forest *forest_of(struct walk *walk)
{
    struct forest *forest = arena_alloc(&walk->library->crux->run, sizeof *forest);
    *forest = (struct forest){walk->files.at, walk->files.count, walk->uses.at, walk->uses.count};
    return forest;
}

struct forest *load_forest(struct library *library, struct loaded_file *root, struct forecast_choice *choice)
{
    struct walk walk = {.library = library, .choice = choice};
    visit(&walk, root, true, (struct span){0});
    return walk.incomplete ? NULL : forest_of(&walk);
}

// Whether `from` takes in `to`, by itself or through others.
static bool takes_in(const struct walk *walk, struct arena *scratch, size_t from, size_t to)
{
    bool *seen = arena_array(scratch, walk->files.count, sizeof *seen);
    seen[from] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < walk->uses.count; i++) {
            const struct forest_use *use = &walk->uses.at[i];
            more = more || (seen[use->from] && !seen[use->to]);
            seen[use->to] = seen[use->to] || seen[use->from];
        }
    }
    return seen[to];
}

static void let_see(struct walk *walk, size_t from, size_t to)
{
    if (from != to)
        vector_push(&walk->library->crux->run, &walk->uses, ((struct forest_use){.from = from, .to = to}));
}

struct forest *load_sides(struct library *library, struct loaded_file *const sides[2], struct loaded_file *const *more, size_t count,
                          struct forecast_choice *choice, struct sides_loaded *loaded)
{
    struct walk walk = {.library = library, .choice = choice};
    const struct span none = {0};
    for (int side = 0; side < 2; side++)
        loaded->at[side] = visit(&walk, sides[side], true, none);
    for (int side = 0; side < 2; side++)
        loaded->is_base[side] = takes_in(&walk, &library->crux->scratch, loaded->at[1 - side], loaded->at[side]);
    for (size_t i = 0; i < count; i++) {
        const size_t at = visit(&walk, more[i], true, none);
        walk.files.at[at].is_root = true; // one of the sides may take it in
        let_see(&walk, at, loaded->at[0]);
        let_see(&walk, at, loaded->at[1]);
    }
    for (int side = 0; side < 2; side++) {
        walk.files.at[loaded->at[side]].is_root = true;
        let_see(&walk, loaded->at[side], loaded->at[1 - side]);
    }
    return walk.incomplete ? NULL : forest_of(&walk);
}

struct forest *load_names(struct library *library, struct loaded_file *const *files, size_t count, struct text forecast)
{
    struct arena *arena = &library->crux->run;
    struct forecast_choice choice = {.name = forecast};
    struct walk walk = {.library = library, .choice = &choice};
    struct loaded_file *empty = arena_alloc(arena, sizeof *empty);
    empty->tree = arena_alloc(arena, sizeof *empty->tree);
    empty->tree->source = sources_add(library->crux->sources, TEXT("names"), TEXT(""));
    visit(&walk, empty, true, (struct span){0});
    for (size_t i = 0; i < count; i++) {
        const size_t to = visit(&walk, files[i], false, (struct span){0});
        const struct forest_use use = {.from = 0, .to = to};
        vector_push(arena, &walk.uses, use);
    }
    return walk.incomplete ? NULL : forest_of(&walk);
}
