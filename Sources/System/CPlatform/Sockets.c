#include "cplatform_sockets.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

// A socket's path holds 107 bytes and a home may be longer: the folder is named by a descriptor.
static int address(const char *folder, const char *name, struct sockaddr_un *out) {
    int directory = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return -errno;
    memset(out, 0, sizeof *out);
    out->sun_family = AF_UNIX;
    int count = snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/%s", directory, name);
    if (count < 0 || (size_t)count >= sizeof out->sun_path) {
        close(directory);
        return -ENAMETOOLONG;
    }
    return directory;
}

int amparo_socket_listen(const char *folder, const char *name) {
    struct sockaddr_un where;
    int directory = address(folder, name, &where);
    if (directory < 0) return directory;
    int error = 0;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) error = -errno;
    // The caller holds a lock: a socket that lies there is left of a process that is gone.
    if (!error && unlinkat(directory, name, 0) && errno != ENOENT) error = -errno;
    // Linux makes the file with the mode of the socket's own inode (unix(7) takes the umask from it). The umask itself
    // belongs to the whole process: to set it here would change what other threads make meanwhile.
    if (!error && fchmod(fd, 0600)) error = -errno;
    if (!error && bind(fd, (struct sockaddr *)&where, sizeof where)) error = -errno;
    if (!error && listen(fd, 16)) error = -errno;
    close(directory);
    if (error && fd >= 0) close(fd);
    return error ? error : fd;
}

static int limit(int fd, int64_t milliseconds) {
    struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time)) return -errno;
    return setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time) ? -errno : 0;
}

int amparo_socket_connect(const char *folder, const char *name, int64_t milliseconds) {
    struct sockaddr_un where;
    int directory = address(folder, name, &where);
    if (directory < 0) return directory;
    int error = 0;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) error = -errno;
    if (!error) error = limit(fd, milliseconds);
    if (!error && connect(fd, (struct sockaddr *)&where, sizeof where)) error = -errno;
    close(directory);
    if (error && fd >= 0) close(fd);
    return error ? error : fd;
}

int amparo_socket_accept(int listener, int64_t milliseconds) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) return -errno;
    int error = limit(fd, milliseconds);
    if (error) close(fd);
    return error ? error : fd;
}

int64_t amparo_socket_peer(int fd) {
    struct ucred peer;
    socklen_t count = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &count) ? -errno : (int64_t)peer.uid;
}

uint32_t amparo_user(void) { return geteuid(); }

int amparo_event_new(void) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

void amparo_event_raise(int fd) {
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) < 0) {
        // A full counter already wakes whoever waits.
    }
}

void amparo_event_clear(int fd) {
    uint64_t sink;
    if (read(fd, &sink, sizeof sink) < 0) {
        // It was not raised.
    }
}

uint32_t amparo_wait_readable(const int *fds, uint32_t count, int64_t milliseconds) {
    struct pollfd watched[32];
    if (count > 32) count = 32;
    for (uint32_t i = 0; i < count; i++) watched[i] = (struct pollfd){fds[i], POLLIN, 0};
    int time = milliseconds > 1000000 ? 1000000 : milliseconds < 0 ? 0 : (int)milliseconds;
    uint32_t ready = 0;
    if (poll(watched, count, time) <= 0) return 0;
    for (uint32_t i = 0; i < count; i++) ready |= watched[i].revents ? UINT32_C(1) << i : 0;
    return ready;
}

struct task {
    void (*body)(void *);
    void *context;
};

static void *run(void *argument) {
    struct task task = *(struct task *)argument;
    free(argument);
    task.body(task.context);
    return NULL;
}

int amparo_thread_start(void (*body)(void *), void *context) {
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, before;
    struct task *task = malloc(sizeof *task);
    if (!task) return -ENOMEM;
    *task = (struct task){body, context};
    int error = pthread_attr_init(&attributes);
    if (error) {
        free(task);
        return -error;
    }
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    // Signals are for the thread that waits for them.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error = pthread_create(&thread, &attributes, run, task);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (error) free(task);
    return -error;
}
