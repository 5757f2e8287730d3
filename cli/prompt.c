#include "cli/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "crux.h"

static const char *const prompt_text = "crux> ";

#ifdef CRUX_LIBEDIT
#include <editline/readline.h>

// libedit's completion hands over no pointer of ours.
static struct crux_session *completing;

static char *next_completion(const char *start, int state)
{
    static size_t position;
    if (state == 0)
        position = 0;
    const size_t length = strlen(start);
    for (const char *name; (name = crux_name(completing, position)) != NULL;) {
        position++;
        if (strncmp(name, start, length) == 0)
            return strdup(name);
    }
    return NULL;
}

static char **complete(const char *start, int from, int to)
{
    (void)from;
    (void)to;
    return rl_completion_matches(start, next_completion);
}

// ~/.local/state/crux/history, or where XDG_STATE_HOME says.
static char *history_file(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char *name = NULL;
    int length = -1;
    if (state && state[0] == '/')
        length = asprintf(&name, "%s/crux", state);
    else if (home && home[0] == '/')
        length = asprintf(&name, "%s/.local/state/crux", home);
    if (length < 0)
        return NULL;
    mkdir(name, 0700); // when its parent is missing there is no history, and that is all
    char *file = NULL;
    length = asprintf(&file, "%s/history", name);
    free(name);
    return length < 0 ? NULL : file;
}

void prompt_open(struct prompt *prompt, struct crux_session *crux)
{
    static char separators[] = " \t+-*/^()<>=,:";
    completing = crux;
    rl_readline_name = "crux";
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = separators;
    using_history();
    prompt->history = history_file();
    if (prompt->history)
        read_history(prompt->history);
    // An evaluation makes the names known.
    enum crux_status status = crux_eval(crux, "0");
    if (status != CRUX_OK)
        fprintf(stderr, "crux: %s\n", crux_message(crux));
}

char *prompt_read(struct prompt *prompt)
{
    (void)prompt;
    char *line = readline(prompt_text);
    if (line && line[0])
        add_history(line);
    return line;
}

void prompt_close(struct prompt *prompt)
{
    if (prompt->history)
        write_history(prompt->history);
    free(prompt->history);
}

#else

void prompt_open(struct prompt *prompt, struct crux_session *crux)
{
    (void)crux;
    prompt->history = NULL;
}

char *prompt_read(struct prompt *prompt)
{
    (void)prompt;
    fputs(prompt_text, stdout);
    fflush(stdout);
    char *line = NULL;
    size_t room = 0;
    const ssize_t length = getline(&line, &room, stdin);
    if (length < 0) {
        free(line);
        return NULL;
    }
    if (length > 0 && line[length - 1] == '\n')
        line[length - 1] = '\0';
    return line;
}

void prompt_close(struct prompt *prompt)
{
    (void)prompt;
}
#endif
