// A row of sources: checked, then appended.
#include <string.h>

#include "dsl/written.h"
#include "store/import_parts.h"

static bool is_word(struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        const char c = t.at[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return t.length > 0;
}

static bool is_address(struct text t)
{
    static const char *const starts[] = {"http://", "https://"};
    for (size_t i = 0; i < t.length; i++)
        if ((unsigned char)t.at[i] <= ' ' || t.at[i] == 0x7f)
            return false;
    for (size_t i = 0; i < 2; i++)
        if (t.length > strlen(starts[i]) && memcmp(t.at, starts[i], strlen(starts[i])) == 0)
            return true;
    return t.length == 0;
}

static bool check(struct import *import, const struct cell *cells)
{
    bool well = true;
    double start, end;
    if (!is_word(cells[SOURCE_ID].text)) {
        import_blame(import, &cells[SOURCE_ID], "write one word of letters, digits and underscores, as in ft_2025", "%s is no name of a source",
                     import_quote(import, cells[SOURCE_ID].text));
        well = false;
    }
    if (cells[SOURCE_TITLE].text.length == 0) {
        import_blame(import, &cells[SOURCE_TITLE], "a source without a title cannot be looked up", "`title` is empty");
        well = false;
    }
    if (cells[SOURCE_PUBLISHED].text.length > 0 && !written_date(cells[SOURCE_PUBLISHED].text, &start, &end)) {
        import_blame(import, &cells[SOURCE_PUBLISHED], "write 2025, 2025Q3, 2025-04 or 2025-04-03, or leave it empty", "%s is no date",
                     import_quote(import, cells[SOURCE_PUBLISHED].text));
        well = false;
    }
    if (!is_address(cells[SOURCE_URL].text)) {
        import_blame(import, &cells[SOURCE_URL], "write https://..., or leave it empty: then it is listed as untraceable",
                     "%s is no address", import_quote(import, cells[SOURCE_URL].text));
        well = false;
    }
    return well;
}

void import_source(struct import *import, const struct cell *given)
{
    struct cell cells[SOURCE_COLUMN_COUNT];
    for (size_t i = 0; i < SOURCE_COLUMN_COUNT; i++) {
        cells[i] = given[i];
        cells[i].text = written_trim(cells[i].text);
    }
    if (!check(import, cells))
        return;
    const struct known_source source = {
        .id = cells[SOURCE_ID].text,
        .title = cells[SOURCE_TITLE].text,
        .publisher = cells[SOURCE_PUBLISHER].text,
        .published = cells[SOURCE_PUBLISHED].text,
        .url = cells[SOURCE_URL].text,
    };
    switch (store_append_source(import->store, &source)) {
    case APPEND_ADDED:
        import->result->sources++;
        break;
    case APPEND_THERE:
        import->result->sources_there++;
        break;
    case APPEND_CONTRADICTS:
        import_blame(import, &cells[SOURCE_ID], "a source keeps its meaning: take another name for another source",
                     "there is a source %s already, with another title, publisher, date or address", import_quote(import, source.id));
        break;
    default:
        break;
    }
}
