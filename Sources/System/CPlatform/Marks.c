#include "cplatform_marks.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

// Closing any descriptor of a file takes this process's lock on it away (fcntl(2), "Advisory record locking"):
// a process that marks a file asks about it by the descriptor that it marked it with.
static int marked = -1;

int amparo_mark(const char *path) {
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    if (marked >= 0) return 0;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return -errno;
    if (fcntl(fd, F_SETLK, &lock)) {
        int error = -errno;
        close(fd);
        return error;
    }
    marked = fd;
    return 0;
}

// Another process that marks it; 0 for none, -errno.
static int64_t other(int fd) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_GETLK, &lock)) return -errno;
    return lock.l_type == F_UNLCK ? 0 : lock.l_pid;
}

int amparo_hang_up_others(const char *path, int64_t milliseconds) {
    const struct timespec moment = {0, 2000000};
    int64_t told = 0, found = 0;
    int count = 0;
    int fd = marked >= 0 ? marked : open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return errno == ENOENT ? 0 : -errno;
    for (int64_t left = milliseconds / 2; left >= 0; left--) {
        found = other(fd);
        if (found <= 1) break;
        if (found != told) {
            if (kill((pid_t)found, SIGHUP) && errno != ESRCH) {
                found = -errno;
                break;
            }
            told = found;
            count++;
        }
        nanosleep(&moment, NULL);
    }
    if (fd != marked) close(fd);
    if (found < 0) return (int)found;
    return found ? -ETIME : count;
}
