// Processes that a test starts and ends.
#ifndef TESTS_CHILD_H
#define TESTS_CHILD_H

#include <criterion/criterion.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>

static inline void wait_for(pid_t child)
{
    int status;
    cr_assert(waitpid(child, &status, 0) == child);
}

static inline void sleep_us(long microseconds)
{
    const struct timespec time = {.tv_nsec = microseconds * 1000};
    nanosleep(&time, NULL);
}

#endif
