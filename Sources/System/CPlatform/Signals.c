#include "cplatform.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t raised;
static volatile sig_atomic_t times;
static int wake[2] = {-1, -1};

static void note(int number) {
    int saved = errno;
    raised = number;
    if (++times >= 3) _exit(128 + number);  // asked three times: something below is stuck
    if (wake[1] >= 0 && write(wake[1], "!", 1) < 0) {
        // A full pipe already wakes whoever waits.
    }
    errno = saved;
}

int amparo_interrupts_install(void) {
    static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action, old;
    sigset_t open_mask;
    if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK)) return -errno;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = note;  // no SA_RESTART: a blocked read must return
    sigemptyset(&open_mask);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        // What the parent chose to ignore (nohup, a background job) stays ignored.
        if (sigaction(watched[i], NULL, &old)) return -errno;
        if (old.sa_handler == SIG_IGN) continue;
        if (sigaction(watched[i], &action, NULL)) return -errno;
        sigaddset(&open_mask, watched[i]);
    }
    // A parent's thread may have blocked them; nobody means a child that cannot be stopped.
    sigprocmask(SIG_UNBLOCK, &open_mask, NULL);
    action.sa_handler = SIG_IGN;  // a closed pipe is an error of write(), not a death
    return sigaction(SIGPIPE, &action, NULL) ? -errno : 0;
}

void amparo_interrupts_raise(void) { note(SIGTERM); }

int amparo_interrupts_raised(void) { return raised; }

int amparo_interrupts_descriptor(void) { return wake[0]; }

void amparo_interrupts_clear(void) {
    char sink[64];
    raised = 0;
    times = 0;
    while (wake[0] >= 0 && read(wake[0], sink, sizeof sink) > 0) {
    }
}
