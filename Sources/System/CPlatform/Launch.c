#include "cplatform_launch.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The words as an array that ends with NULL; NULL without memory. They stay where they are.
static char **list(struct amparo_words words) {
    size_t count = 0, place = 0;
    for (size_t i = 0; i < words.count; i++) count += words.bytes[i] == 0;
    char **found = calloc(count + 1, sizeof *found);
    if (!found) return NULL;
    for (size_t i = 0; i < words.count; i += strlen(words.bytes + i) + 1) found[place++] = (char *)words.bytes + i;
    return found;
}

int amparo_become(const char *path, struct amparo_words arguments, struct amparo_words variables) {
    char **words = list(arguments), **environment = list(variables);
    struct sigaction standard;
    sigset_t none;
    if (words && environment) {
        memset(&standard, 0, sizeof standard);
        sigemptyset(&standard.sa_mask);
        standard.sa_handler = SIG_DFL;
        // Ignored signals stay ignored through exec: a shell would pass that on to everything.
        sigaction(SIGPIPE, &standard, NULL);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execve(path, words, environment);
    }
    int error = words && environment ? errno : ENOMEM;
    free(words);
    free(environment);
    return -error;
}

int amparo_launch(const char *path, struct amparo_words arguments, struct amparo_words variables,
                  const char *input, const char *output) {
    char **words = list(arguments), **environment = list(variables);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t pid;
    int error = words && environment ? posix_spawn_file_actions_init(&files) : ENOMEM;
    if (!error && (error = posix_spawnattr_init(&attributes))) posix_spawn_file_actions_destroy(&files);
    if (!error) {
        sigemptyset(&none);
        sigfillset(&all);
        if (!(error = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)) &&
            !(error = posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0600)) &&
            !(error = posix_spawn_file_actions_adddup2(&files, 1, 2)) &&
            !(error = posix_spawn_file_actions_addopen(&files, 3, input, O_RDONLY, 0)) &&
            !(error = posix_spawn_file_actions_addclosefrom_np(&files, 4)) &&
            !(error = posix_spawnattr_setsigmask(&attributes, &none)) &&
            !(error = posix_spawnattr_setsigdefault(&attributes, &all)) &&
            !(error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                                 POSIX_SPAWN_SETSID)))
            error = posix_spawn(&pid, path, &files, &attributes, words, environment);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&files);
    }
    free(words);
    free(environment);
    return -error;
}
