#include "cplatform_bubble.h"
#include "cplatform.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// The user's side: starts the bubble, listens to it, gives the terminal back. BubbleInside.c is the
// other one.

static struct termios before;
static int has_before;

static int write_all(int fd, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno == EINTR && !amparo_interrupts_raised()) continue;
        if (written <= 0) return -errno;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

// Above the places that the child's own descriptors take.
static int lift(int *fd) {
    int lifted = fcntl(*fd, F_DUPFD_CLOEXEC, 10);
    if (lifted < 0) return -errno;
    close(*fd);
    *fd = lifted;
    return 0;
}

static int spawn(const char *self, const char *command, const char *name,
                 const char *const *environment, int input, int output, pid_t *pid) {
    char *const arguments[] = {"amparo", "__bubble", (char *)command, (char *)name, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int error = posix_spawn_file_actions_init(&files);
    if (error) return -error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&files);
        return -error;
    }
    sigemptyset(&none);
    sigfillset(&all);
    if (!(error = posix_spawn_file_actions_addopen(&files, 0, "/dev/tty", O_RDWR, 0)) &&
        !(error = posix_spawn_file_actions_adddup2(&files, 0, 1)) &&
        !(error = posix_spawn_file_actions_adddup2(&files, 0, 2)) &&
        !(error = posix_spawn_file_actions_adddup2(&files, input, 3)) &&
        !(error = posix_spawn_file_actions_adddup2(&files, output, 4)) &&
        !(error = posix_spawn_file_actions_addclosefrom_np(&files, 5)) &&
        !(error = posix_spawnattr_setsigmask(&attributes, &none)) &&
        !(error = posix_spawnattr_setsigdefault(&attributes, &all)) &&
        !(error = posix_spawnattr_setpgroup(&attributes, 0)) &&
        !(error = posix_spawnattr_setflags(
              &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)))
        error = posix_spawn(pid, self, &files, &attributes, arguments, (char *const *)environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return -error;
}

// Who is in the foreground of the terminal; asking for it from behind would stop us.
static void bring_forward(int terminal, pid_t group) {
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
    sigaction(SIGTTOU, &ignore, &old);
    tcsetpgrp(terminal, group);
    sigaction(SIGTTOU, &old, NULL);
}

int amparo_bubble_start(const char *self, const char *command, const char *name,
                        const char *const *environment, const uint8_t *text, size_t count, pid_t *pid,
                        int *to, int *from) {
    int input[2] = {-1, -1}, output[2] = {-1, -1};
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    int error = terminal < 0 ? -errno : 0;
    if (!error && (pipe2(input, O_CLOEXEC) || pipe2(output, O_CLOEXEC))) error = -errno;
    for (int i = 0; i < 2 && !error; i++)
        if (!(error = lift(&input[i]))) error = lift(&output[i]);
    if (!error) error = spawn(self, command, name, environment, input[0], output[1], pid);
    if (input[0] >= 0) close(input[0]);
    if (output[1] >= 0) close(output[1]);
    if (error) {
        if (input[1] >= 0) close(input[1]);
        if (output[0] >= 0) close(output[0]);
        if (terminal >= 0) close(terminal);
        return error;
    }
    has_before = !tcgetattr(terminal, &before);
    bring_forward(terminal, *pid);
    close(terminal);
    // Only with the text does it begin: it is in the foreground by now.
    uint8_t head[4] = {count >> 24, count >> 16, count >> 8, count};
    if (!write_all(input[1], head, sizeof head)) write_all(input[1], text, count);
    *to = input[1];
    *from = output[0];
    return 0;
}

static int read_all(int fd, uint8_t *out, size_t count) {
    while (count > 0) {
        ssize_t got = read(fd, out, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return -EPIPE;
        out += got;
        count -= (size_t)got;
    }
    return 0;
}

int amparo_bubble_read(int from, int64_t limit, uint8_t **bytes, size_t *count) {
    struct pollfd ready[] = {{.fd = from, .events = POLLIN},
                             {.fd = amparo_interrupts_descriptor(), .events = POLLIN}};
    *bytes = NULL;
    *count = 0;
    int found = poll(ready, 2, (int)limit);
    if (amparo_interrupts_raised()) return -EINTR;
    if (found <= 0 || !ready[0].revents) return 0;
    uint8_t head[5];
    if (read_all(from, head, sizeof head)) return -EPIPE;
    size_t length = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
    if (length > AMPARO_BUBBLE_TEXT_LIMIT + 4) return -EPIPE;
    *bytes = malloc(length + 1);
    if (!*bytes || read_all(from, *bytes, length)) return -EPIPE;
    *count = length;
    return head[0];
}

void amparo_bubble_end(pid_t pid, int to, int from) {
    int status;
    if (to >= 0) close(to);
    close(from);
    kill(pid, SIGKILL);  // of its namespace of processes nothing is left then
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0) return;
    bring_forward(terminal, getpgrp());
    if (has_before) {
        struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
        sigaction(SIGTTOU, &ignore, &old);
        tcsetattr(terminal, TCSAFLUSH, &before);
        sigaction(SIGTTOU, &old, NULL);
    }
    close(terminal);
}
