#include <stdlib.h>
#include <time.h>

#include "api/record.h"
#include "base/number.h"

struct text session_now(struct arena *arena)
{
    const char *told = getenv("SOURCE_DATE_EPOCH");
    double seconds;
    time_t now = time(NULL);
    struct tm date;
    if (told && number_read(text_of(told), &seconds) && seconds >= 0 && seconds < 1e11)
        now = (time_t)seconds;
    if (!gmtime_r(&now, &date))
        return TEXT("");
    return text_of(arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday, date.tm_hour,
                                date.tm_min, date.tm_sec));
}
