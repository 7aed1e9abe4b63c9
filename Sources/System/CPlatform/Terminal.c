#include "cplatform.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// Signals that would leave the terminal without echo, or that stop and continue the process.
static const int watched[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGTSTP,
                              SIGTTIN, SIGTTOU, SIGALRM, SIGPIPE};
enum { WATCHED = sizeof watched / sizeof *watched };
static volatile sig_atomic_t got[NSIG];

static void note(int number) { got[number] = 1; }

static int any_got(void) {
    for (int i = 0; i < WATCHED; i++) {
        if (got[watched[i]]) return 1;
    }
    return 0;
}

// 0 when a line can be read. Signals are blocked outside ppoll(): one that came between the last
// look at it and the wait would otherwise be noticed only after the next key.
static int wait_for_line(int fd, const sigset_t *open) {
    struct pollfd terminal = {.fd = fd, .events = POLLIN};
    if (any_got()) return EINTR;
    return ppoll(&terminal, 1, NULL, open) < 0 ? errno : 0;
}

int amparo_terminal_available(void) {
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return 0;
    close(fd);
    return 1;
}

int amparo_terminal_width(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size)) return -errno;
    return size.ws_col;
}

int amparo_terminal_height(int fd) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size)) return -errno;
    return size.ws_row;
}

static int write_all(int fd, const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t count = write(fd, text, left);
        if (count < 0) return -errno;
        text += count;
        left -= (size_t)count;
    }
    return 0;
}

// One line without its end. The signals that arrived meanwhile are delivered for real once the
// terminal is as it was; after a stop and a continue the question is asked again.
ssize_t amparo_terminal_read(
    const char *prompt, uint8_t *buffer, size_t capacity, int echo, const char *ending) {
    int restart, error, stops = 0;
    ssize_t length;
    do {
        struct termios before, quiet;
        struct sigaction action, saved[WATCHED];
        sigset_t blocked, open_mask;
        int ended = 0, altered = 0;
        restart = 0;
        length = 0;
        error = 0;
        memset((void *)got, 0, sizeof got);
        int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
        if (fd < 0) return -errno;
        memset(&action, 0, sizeof action);
        sigemptyset(&action.sa_mask);
        action.sa_handler = note;  // no SA_RESTART: read() must return
        sigemptyset(&blocked);
        for (int i = 0; i < WATCHED; i++) {
            sigaction(watched[i], &action, &saved[i]);
            // These two come from our own calls; blocked, the calls would fail instead.
            if (watched[i] != SIGTTIN && watched[i] != SIGTTOU) sigaddset(&blocked, watched[i]);
        }
        sigprocmask(SIG_BLOCK, &blocked, &open_mask);
        pid_t front = tcgetpgrp(fd);
        if (front > 0 && front != getpgrp()) {
            // In the background: stop, and ask when the shell brings us to the front.
            // A group without a shell cannot be stopped; asking for ever would help nobody.
            if (++stops > 3) {
                error = EIO;
            } else {
                got[SIGTTIN] = 1;
                error = EINTR;
            }
            goto restore;
        }
        if (tcgetattr(fd, &before)) {
            error = errno;
            goto restore;
        }
        if (!echo) {
            quiet = before;
            quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
            if (tcsetattr(fd, TCSANOW, &quiet)) {
                error = errno;
                goto restore;
            }
            altered = 1;
        }
        error = -write_all(fd, prompt);
        while (!error && !ended) {
            if ((size_t)length == capacity) {
                error = EMSGSIZE;
                break;
            }
            error = wait_for_line(fd, &open_mask);
            if (error) break;
            ssize_t count = read(fd, buffer + length, 1);
            if (count < 0) {
                error = errno;
            } else if (count == 0) {
                if (length == 0) error = ENODATA;
                ended = 1;
            } else if (buffer[length] == '\n' || buffer[length] == '\r') {
                buffer[length] = 0;
                ended = 1;
            } else {
                length++;
            }
        }
        if (!ended) {
            tcflush(fd, TCIFLUSH);  // the rest of a line too long is not the next answer
        }
        if (write_all(fd, error ? "\n" : ending)) {
            // The answer stands even if the cursor cannot be moved.
        }
    restore:
        if (altered) {
            while (tcsetattr(fd, TCSANOW, &before) && errno == EINTR && !got[SIGTTOU]) {
            }
        }
        // Those that wait now reach our handler, and are delivered again below.
        sigprocmask(SIG_SETMASK, &open_mask, NULL);
        for (int i = 0; i < WATCHED; i++) sigaction(watched[i], &saved[i], NULL);
        close(fd);
        if (error) explicit_bzero(buffer, capacity);
        for (int i = 0; i < WATCHED; i++) {
            int number = watched[i];
            if (!got[number]) continue;
            kill(getpid(), number);
            if (number == SIGTSTP || number == SIGTTIN || number == SIGTTOU) restart = error != 0;
        }
    } while (restart);
    return error ? -error : length;
}
