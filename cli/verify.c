// crux verify: re-checks the proofs of a certificate.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/run.h"

static const char *plural(uint64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static void print_one(const struct crux_verification *one)
{
    printf("%s: %s", one->verified ? "verified" : "not verified", one->claim);
    if (strcmp(one->scenario, "baseline") != 0)
        printf(", under %s", one->scenario);
    if (one->forecast[0] != '\0')
        printf(", forecast %s", one->forecast);
    if (one->verified)
        printf(": %s in every future; %llu %s, %llu %s looked at\n",
               strcmp(one->outcome, "irrelevant") == 0 ? "says nothing" : one->outcome, (unsigned long long)one->leaves,
               plural(one->leaves, "leaf", "leaves"), (unsigned long long)one->boxes, plural(one->boxes, "box", "boxes"));
    else
        printf(": %s\n", one->reason);
}

static int print_all(struct crux_session *crux, const struct arguments *arguments)
{
    const size_t count = crux_verification_count(crux);
    size_t verified = 0;
    if (crux_exit_code(crux) == EXIT_UNTRUSTED && crux_write_diagnostics(crux, colour_for(arguments, STDERR_FILENO), &standard_error) != CRUX_OK)
        return EXIT_UNTRUSTED;
    for (size_t i = 0; i < count; i++) {
        const struct crux_verification *one = crux_verification(crux, i);
        verified += one->verified;
        if (!one->verified || !option_value(arguments, OPTION_QUIET))
            print_one(one);
    }
    const int code = crux_exit_code(crux);
    if (code != EXIT_UNTRUSTED)
        printf("%zu of %zu proofs verified\n", verified, count);
    return code;
}

// The whole file, to be freed; NULL after a message.
static char *read_all(const char *name, size_t *length)
{
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    char *bytes = NULL;
    size_t room = 0;
    *length = 0;
    while (file) {
        if (*length == room) {
            char *more = realloc(bytes, room = room == 0 ? 1 << 16 : 2 * room);
            if (!more)
                break;
            bytes = more;
        }
        const size_t count = fread(bytes + *length, 1, room - *length, file);
        *length += count;
        if (count == 0)
            break;
    }
    if (!file || ferror(file) || !feof(file)) {
        fprintf(stderr, "crux: cannot read %s: %s\n", name, strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (file && file != stdin)
        fclose(file);
    return bytes;
}

static int verify(struct crux_session *crux, const struct arguments *arguments)
{
    size_t length;
    char *bytes = read_all(arguments->names[0], &length);
    if (!bytes)
        return EXIT_UNTRUSTED;
    const enum crux_status status = crux_verify(crux, bytes, length);
    free(bytes);
    clear_progress();
    if (status == CRUX_OK || status == CRUX_REJECTED)
        return print_all(crux, arguments);
    print_message(crux);
    return exit_of_status(status);
}

int run_verify(const struct arguments *arguments)
{
    if (arguments->name_count != 1) {
        fputs("crux: verify takes one certificate\n  help: crux check --certificate proofs.txt FILE writes one\n", stderr);
        return EXIT_UNTRUSTED;
    }
    struct crux_session *crux = output_options_are_valid(arguments) ? open_session(arguments) : NULL;
    if (!crux)
        return EXIT_UNTRUSTED;
    const int code = verify(crux, arguments);
    crux_close(crux);
    return code;
}
