#include <math.h>

#include "base/buffer.h"
#include "dsl/program.h"

int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

int timeline_step_at(const struct timeline *timeline, double instant)
{
    if (!timeline->given)
        return -1;
    // Every instant of the calendar is a whole number of days of equal length; half a second forgives rounding.
    double step = floor((instant - timeline->start + 0.5) / timeline->length);
    return step >= 0 && step < timeline->count ? (int)step : -1;
}

struct text timeline_step_name(struct arena *arena, const struct timeline *timeline, int step)
{
    double months = floor((timeline->start + step * timeline->length) / (SECONDS_A_YEAR / 12) + 0.5);
    int year = (int)floor(months / 12), month = (int)(months - 12.0 * year);
    double length = timeline->length / (SECONDS_A_YEAR / 12);
    if (length > 11.5)
        return text_of(arena_printf(arena, "%d", year));
    if (length > 2.5)
        return text_of(arena_printf(arena, "%dQ%d", year, month / 3 + 1));
    return text_of(arena_printf(arena, "%d-%02d", year, month + 1));
}
