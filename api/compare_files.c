// The files of two authors, as two scenarios of one program.
#include "api/compare.h"
#include "api/data.h"
#include "dsl/diag.h"
#include "dsl/merge.h"
#include "dsl/program.h"
#include "report/compare.h"

// "b" for "claims/sides/b.crux".
static struct text stem_of(struct text path)
{
    const struct text ending = TEXT(".crux");
    size_t start = path.length;
    while (start > 0 && path.at[start - 1] != '/')
        start--;
    struct text stem = {path.at + start, path.length - start};
    if (stem.length > ending.length && text_equal((struct text){stem.at + stem.length - ending.length, ending.length}, ending))
        stem.length -= ending.length;
    return stem;
}

// What is added under the name, such as a text held in memory; else the file of that path.
static struct loaded_file *open_side(struct run *run, struct text path)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < crux->added.count; i++)
        if (crux->added.at[i].is_text && text_equal(crux->added.at[i].path, path))
            return library_open(&run->library, &crux->added.at[i]);
    if (!is_folder(crux, path))
        return library_open(&run->library, &(struct added){.path = path});
    struct diag *diag = diag_add(crux->diags, DIAG_FILE, (struct span){0}, "%.*s is a folder: a side is one file", TEXT_ARGS(path));
    diag_help(crux->diags, diag, "name the file that says what its author thinks, such as %.*s/mine.crux", TEXT_ARGS(path));
    return NULL;
}

static bool is_side(const struct added *added, const struct text paths[2])
{
    return added->is_text && (text_equal(added->path, paths[0]) || text_equal(added->path, paths[1]));
}

struct file_list {
    struct loaded_file **at;
    size_t count, room;
};

static void open_one(struct run *run, const struct added *added, struct file_list *files)
{
    struct loaded_file *file = library_open(&run->library, added);
    if (file)
        vector_push(&run->crux->run, files, file);
}

static void open_others(struct run *run, const struct text paths[2], struct file_list *files)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < crux->added.count; i++) {
        const struct added *added = &crux->added.at[i];
        struct text_vector inside = {0};
        if (is_side(added, paths))
            continue;
        if (added->is_text || !is_folder(crux, added->path)) {
            open_one(run, added, files);
            continue;
        }
        read_folder(crux, added->path, &inside);
        for (size_t k = 0; k < inside.count; k++)
            open_one(run, &(struct added){.path = inside.at[k]}, files);
    }
}

static struct road *new_road(struct run *run, struct loaded_file *root)
{
    struct road *road = arena_alloc(&run->crux->run, sizeof *road);
    *road = (struct road){.root = root, .forecast.name = own_forecast(run->crux)};
    return road;
}

// A mistake is found in each file by itself first: together one might lend the other a name.
static bool are_well(struct run *run, struct loaded_file *const files[2])
{
    for (int side = 0; side < 2; side++)
        run_check(run, new_road(run, files[side]));
    return run->crux->diags->error_count == 0;
}

static const struct scenario *side_of(const struct program *program, struct text name)
{
    for (size_t i = 0; i < program->scenario_count; i++)
        if (text_equal(program->scenarios[i]->name, name))
            return program->scenarios[i];
    return program->scenarios[0];
}

static void need_compared(struct run *run, const struct program *program)
{
    struct crux_session *crux = run->crux;
    if (crux->diags->error_count > 0 || count_selected(program) > 0)
        return;
    const bool filtered = crux->settings.filters.count > 0;
    struct diag *diag = diag_add(crux->diags, DIAG_EMPTY, (struct span){0}, filtered ? "nothing is selected: no claim's name matches `%.*s`" : "neither file states a claim%.*s",
                                 TEXT_ARGS(filtered ? crux->settings.filters.at[0] : TEXT("")));
    diag_help(crux->diags, diag, filtered ? "compare without the filter to see the names; `*` stands for any text"
                                          : "name the file with the claims behind the two: crux compare mine.crux theirs.crux claims.crux");
}

static void put_together(struct run *run, struct loaded_file *const files[2], const struct file_list *others, struct compare_report *report,
                         struct sided_list *list)
{
    struct crux_session *crux = run->crux;
    struct road *road = new_road(run, files[0]);
    struct sides_loaded loaded;
    struct merged merged;
    struct forest *forest = load_sides(&run->library, files, others->at, others->count, &road->forecast, &loaded);
    if (!forest)
        return;
    const struct merge_side sides[2] = {{files[0]->tree, report->names[0], loaded.is_base[0]}, {files[1]->tree, report->names[1], loaded.is_base[1]}};
    merge_sides(&crux->run, sides, run->sets, crux->diags, &merged);
    for (int side = 0; side < 2; side++)
        forest->files[loaded.at[side]].tree = merged.trees[side];
    if (crux->diags->error_count > 0)
        return;
    run_check_forest(run, road, forest);
    need_data(run);
    need_compared(run, road->program);
    report->worded = merged.worded;
    report->worded_count = merged.worded_count;
    const struct sided both = {road, {side_of(road->program, merged.scenarios[0]), side_of(road->program, merged.scenarios[1])}};
    vector_push(&crux->run, list, both);
}

void compare_load_files(struct run *run, const struct text paths[2], struct compare_report *report, struct sided_list *list)
{
    struct crux_session *crux = run->crux;
    struct loaded_file *files[2];
    struct file_list others = {0};
    if (crux->settings.forecast.length > 0)
        forecast_is_known(crux, crux->settings.forecast);
    for (int side = 0; side < 2; side++) {
        files[side] = open_side(run, paths[side]);
        report->files[side] = paths[side];
        report->names[side] = stem_of(paths[side]);
    }
    if (text_equal(report->names[0], report->names[1]))
        for (int side = 0; side < 2; side++)
            report->names[side] = paths[side];
    open_others(run, paths, &others);
    if (files[0] && files[0] == files[1]) {
        struct diag *diag = diag_add(crux->diags, DIAG_FILE, (struct span){0}, "%.*s and %.*s are the same file", TEXT_ARGS(paths[0]), TEXT_ARGS(paths[1]));
        diag_help(crux->diags, diag, "name two different ones");
    }
    if (crux->diags->error_count == 0 && are_well(run, files))
        put_together(run, files, &others, report, list);
}
