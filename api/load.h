// From what was asked for to forests: reads and parses files, follows `use`, and notes who took in whom.
//
// A file is read and parsed once in a run, however often it is used. A shipped forecast is one file to the checker,
// whatever number of files it is written in: its parts see each other's names.
#ifndef API_LOAD_H
#define API_LOAD_H

#include "api/read.h"
#include "dsl/ast.h"

struct shipped_forecasts;

struct loaded_file {
    struct text path;
    struct identity identity;
    struct tree *tree;
    bool is_forecast;     // shipped
    struct text forecast; // then its name; empty: it has no steps in time and goes with every forecast
};

struct library {
    struct crux_session *crux;
    VECTOR(struct loaded_file *) files;
    size_t statements; // in them together
};

// A file, or a text when `added` is one. NULL after a diagnostic.
struct loaded_file *library_open(struct library *library, const struct added *added);
// A shipped forecast; NULL after a diagnostic at `user`.
struct loaded_file *library_forecast(struct library *library, struct text name, struct span user);

// Which forecast a root is checked under.
struct forecast_choice {
    struct text name;    // what `use forecast` stands for; empty: the default
    bool replaces;       // and every other forecast that is taken in without a prefix: `under forecast NAME`
    struct text taken;   // filled in: the one that was taken in without a prefix; empty when none was
    bool is_other;       // filled in: it is not the one that the files take in by themselves
};

// Where the two files of a comparison stand in their forest.
struct sides_loaded {
    size_t at[2];
    bool is_base[2]; // the other one takes it in by itself
};

// The forest of one root file, whose claims are to be checked. NULL after a diagnostic when something it takes in is not
// there: its names would be missed one by one.
struct forest *load_forest(struct library *library, struct loaded_file *root, struct forecast_choice *choice);
// A forest of two files that see each other, and of `count` more that see both; the claims of all of them are to be checked. NULL as
// above.
struct forest *load_sides(struct library *library, struct loaded_file *const sides[2], struct loaded_file *const *more, size_t count,
                          struct forecast_choice *choice, struct sides_loaded *loaded);
// A forest whose first file is empty and takes in the others: for an expression. NULL as above.
struct forest *load_names(struct library *library, struct loaded_file *const *files, size_t count, struct text forecast);

// The shipped forecasts: position 0 is the default. NULL past the end. What is shipped without a timeline is none.
const char *forecast_name(size_t position);
bool forecast_is_shipped(struct text name);
// Whether one of that name is shipped; if not, that is a diagnostic without place.
bool forecast_is_known(struct crux_session *crux, struct text name);
// The same for an expression, which may also be about what is shipped without a timeline.
bool forecast_can_be_asked(struct crux_session *crux, struct text name);
// All of them, ending with NULL.
const char *const *forecast_names(struct arena *arena);
// The same for the checker, which may ask for their trees.
const struct shipped_forecasts *library_forecasts(struct library *library);

#endif
