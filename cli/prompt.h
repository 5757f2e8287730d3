// A line from the terminal, with history and completion when the program was built with libedit.
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

struct crux_session;

struct prompt {
    char *history; // the file; NULL: none
};

// Names are completed from the session's last evaluation.
void prompt_open(struct prompt *prompt, struct crux_session *crux);
char *prompt_read(struct prompt *prompt); // the caller frees it; NULL at the end
void prompt_close(struct prompt *prompt);

#endif
