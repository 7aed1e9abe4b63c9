#include "cplatform_child.h"
#include "cplatform.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Starts the child with pipes as standard input and output, nothing else open, default signals, in
// a process group of its own: a Ctrl-C on the terminal is for the parent to answer.
static int start(const char *path, const char *words, const char *settings, int input, int output, pid_t *pid) {
    enum { MOST = 40 };
    char *arguments[MOST + 2] = {(char *)path}, *environment[MOST + 1];
    for (int i = 1; i <= MOST && *words; i++, words += strlen(words) + 1)
        arguments[i] = (char *)words, arguments[i + 1] = NULL;
    environment[0] = NULL;
    for (int i = 0; i < MOST && *settings; i++, settings += strlen(settings) + 1)
        environment[i] = (char *)settings, environment[i + 1] = NULL;
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
    // dup2 of a descriptor onto itself would keep close-on-exec: the pipes lie above 2, see open_pipe.
    if (!(error = posix_spawn_file_actions_adddup2(&files, input, 0)) &&
        !(error = posix_spawn_file_actions_adddup2(&files, output, 1)) &&
        !(error = posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)) &&
        !(error = posix_spawn_file_actions_addclosefrom_np(&files, 3)) &&
        !(error = posix_spawnattr_setsigmask(&attributes, &none)) &&
        !(error = posix_spawnattr_setsigdefault(&attributes, &all)) &&
        !(error = posix_spawnattr_setflags(
              &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)))
        error = posix_spawn(pid, path, &files, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return -error;
}

// A pipe of which neither end is one of the three standard streams.
static int open_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC)) return -errno;
    for (int i = 0; i < 2; i++) {
        if (ends[i] > 2) continue;
        int moved = fcntl(ends[i], F_DUPFD_CLOEXEC, 3);
        if (moved < 0) {
            int error = errno;
            close(ends[0]);
            close(ends[1]);
            return -error;
        }
        close(ends[i]);
        ends[i] = moved;
    }
    return 0;
}

static void shut(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

// Feeds and reads the child until it closes its output; returns the bytes read or -errno.
static ssize_t exchange(int *to, int from, const struct amparo_piece *pieces, size_t count, uint8_t *out,
                        size_t capacity, int64_t deadline) {
    size_t piece = 0, sent = 0, got = 0;
    int closed = 0;
    while (!closed) {
        while (piece < count && sent == pieces[piece].count) piece++, sent = 0;
        if (piece == count) shut(to);
        int64_t left = deadline - milliseconds();
        if (left <= 0) return -ETIMEDOUT;
        // The signal may have come to another thread: the pipe it writes to wakes this one.
        struct pollfd watched[] = {{from, POLLIN, 0}, {*to, POLLOUT, 0}, {amparo_interrupts_descriptor(), POLLIN, 0}};
        int ready = poll(watched, 3, left > 1000000 ? 1000000 : (int)left);
        if (amparo_interrupts_raised()) return -EINTR;
        if (ready < 0 && errno != EINTR) return -errno;
        if (ready <= 0) continue;
        if (*to >= 0 && watched[1].revents) {
            ssize_t n = write(*to, pieces[piece].bytes + sent, pieces[piece].count - sent);
            if (n > 0) sent += (size_t)n;
            // The child may have answered without reading to the end.
            if (n < 0 && errno != EAGAIN && errno != EINTR) piece = count;
        }
        if (watched[0].revents) {
            uint8_t beyond;
            ssize_t n = got < capacity ? read(from, out + got, capacity - got) : read(from, &beyond, 1);
            if (n > 0 && got == capacity) return -EOVERFLOW;
            if (n > 0) got += (size_t)n;
            if (n == 0) closed = 1;
            if (n < 0 && errno != EINTR) return -errno;
        }
    }
    return (ssize_t)got;
}

// Waits for the end, which may come after the output was closed; 0, or -errno with the child alive.
static int await_end(pid_t pid, int64_t deadline, int *status) {
    const struct timespec pause = {0, 2000000};
    for (;;) {
        pid_t done = waitpid(pid, status, WNOHANG);
        if (done == pid) return 0;
        if (done < 0 && errno != EINTR) return -errno;
        if (milliseconds() >= deadline) return -ETIMEDOUT;
        nanosleep(&pause, NULL);
    }
}

ssize_t amparo_run(const char *path, const char *words, const char *settings, const struct amparo_piece *pieces, size_t count, uint8_t *out,
                   size_t capacity, int64_t limit, int *status) {
    int input[2], output[2];
    sigset_t broken, before;
    pid_t pid;
    int64_t deadline = milliseconds() + limit;
    ssize_t result = open_pipe(input);
    if (result) return result;
    result = open_pipe(output);
    if (result) {
        close(input[0]);
        close(input[1]);
        return result;
    }
    fcntl(input[1], F_SETFL, O_NONBLOCK);
    // A child that ends early must not end its parent, whatever the parent does with SIGPIPE.
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    result = start(path, words, settings, input[0], output[1], &pid);
    close(input[0]);
    close(output[1]);
    if (!result) {
        result = exchange(&input[1], output[0], pieces, count, out, capacity, deadline);
        shut(&input[1]);
        int ended = result < 0 ? -ETIMEDOUT : await_end(pid, deadline, status);
        if (ended) {
            if (result >= 0) result = ended;
            // Its group too: what it started itself has no business either.
            kill(-pid, SIGKILL);
            kill(pid, SIGKILL);
            while (waitpid(pid, status, 0) < 0 && errno == EINTR) {
            }
        }
    }
    shut(&input[1]);
    close(output[0]);
    const struct timespec now = {0, 0};
    while (sigtimedwait(&broken, NULL, &now) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result;
}

void amparo_die_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

ssize_t amparo_own_path(void *buffer, size_t capacity) {
    ssize_t count = readlink("/proc/self/exe", buffer, capacity);
    return count < 0 ? -errno : count;
}
