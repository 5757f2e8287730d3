// Limits that keep hostile input cheap. Each is named in the message that reports it.
#ifndef DSL_LIMITS_H
#define DSL_LIMITS_H

enum {
    LIMIT_FILE_BYTES = 8 << 20,      // one source file
    LIMIT_LINE_BYTES = 1 << 20,      // one line
    LIMIT_NESTING = 200,             // brackets, blocks, quantifiers inside each other
    LIMIT_DEPTH = 1000,              // operators inside each other, as in a + b + c + ...
    LIMIT_STATEMENTS = 40000,        // in one run
    LIMIT_FILES = 1000,              // reached by `use`
    LIMIT_DIAGS = 100,               // printed in one run; the rest are counted
    LIMIT_MEMBERS = 1000,            // of one index
    LIMIT_STEPS = 4000,              // of a timeline
    LIMIT_DIMENSIONS = 48,           // base units, built in and user made
    LIMIT_INSTRUCTIONS = 4000000,    // of one model
    LIMIT_INSTANCES = 200000,        // definition x members x step reached while compiling
    LIMIT_CALL_DEPTH = 100           // def inside def
};

#endif
