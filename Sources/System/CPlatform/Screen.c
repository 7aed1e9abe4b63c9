#include "cplatform_screen.h"
#include "cplatform.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static struct termios before;
static struct sigaction before_change, before_continue;
static int wake[2] = {-1, -1};

// A new size, or a shell that took the terminal and gave it back.
static void note(int number) {
    int saved = errno;
    (void)number;
    if (wake[1] >= 0 && write(wake[1], "!", 1) < 0) {
        // A full pipe already wakes whoever waits.
    }
    errno = saved;
}

// No echo, no lines, no signals from keys: every byte as it is typed.
static int make_raw(int fd) {
    struct termios raw = before;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    raw.c_oflag &= ~(tcflag_t)OPOST;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return tcsetattr(fd, TCSADRAIN, &raw) ? -errno : 0;
}

int amparo_screen_open(void) {
    struct sigaction action;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return -errno;
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) || tcgetattr(fd, &before)) goto failed;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = note;
    if (sigaction(SIGWINCH, &action, &before_change)) goto failed;
    if (sigaction(SIGCONT, &action, &before_continue)) goto failed;
    if (!make_raw(fd)) return fd;
failed:
    // Without a size that may change nobody can draw: nothing was drawn yet.
    close(fd);
    return -EIO;
}

void amparo_screen_close(int fd) {
    // What was typed and not read was meant for the screen, not for the shell.
    tcsetattr(fd, TCSAFLUSH, &before);
    sigaction(SIGWINCH, &before_change, NULL);
    sigaction(SIGCONT, &before_continue, NULL);
    close(wake[0]);
    close(wake[1]);
    wake[0] = wake[1] = -1;
    close(fd);
}

ssize_t amparo_screen_read(int fd, uint8_t *out, size_t capacity, int64_t limit) {
    struct timespec now, end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += limit / 1000;
    end.tv_nsec += limit % 1000 * 1000000;
    while (1) {
        if (amparo_interrupts_raised()) return -EINTR;
        clock_gettime(CLOCK_MONOTONIC, &now);
        int64_t left =
            (end.tv_sec - now.tv_sec) * 1000 + (end.tv_nsec - now.tv_nsec) / 1000000;
        struct pollfd ready[] = {{.fd = fd, .events = POLLIN},
                                 {.fd = wake[0], .events = POLLIN},
                                 {.fd = amparo_interrupts_descriptor(), .events = POLLIN}};
        int count = poll(ready, 3, left < 0 ? 0 : left > 86400000 ? 86400000 : (int)left);
        if (count < 0 && errno != EINTR) return -errno;
        if (count <= 0) {
            if (count == 0 && left <= 0) return 0;
            continue;
        }
        if (ready[1].revents) {
            char sink[64];
            while (read(wake[0], sink, sizeof sink) > 0) {
            }
            make_raw(fd);
            return -ESTALE;
        }
        if (ready[0].revents) {
            ssize_t got = read(fd, out, capacity);
            if (got > 0) return got;
            if (got == 0) return -EIO;
            if (errno != EINTR && errno != EAGAIN) return -errno;
        }
    }
}
