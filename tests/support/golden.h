// Golden cases: what a test printed beside what it should print.
#ifndef TESTS_SUPPORT_GOLDEN_H
#define TESTS_SUPPORT_GOLDEN_H

#include <stdbool.h>

// Compares with the file, and fails the running test with the first line that differs. With GOLDEN=1 in the environment
// (`make golden`) the file is written instead. True when they agree.
bool golden_check(const char *expected_path, const char *actual);

// "tests/cases/x/name.crux" with another ending: "tests/cases/x/name.expected".
const char *golden_path(const char *path, const char *ending);

#endif
