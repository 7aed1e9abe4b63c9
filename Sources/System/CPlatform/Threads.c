#include "cplatform_threads.h"
#include "cplatform.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MOST = 64 };

struct work {
    void (*body)(void *, unsigned);
    void *context;
    int ended;
};

struct share {
    struct work *work;
    unsigned index;
};

static void *run(void *argument) {
    struct share *share = argument;
    uint64_t one = 1;
    share->work->body(share->work->context, share->index);
    if (write(share->work->ended, &one, sizeof one) < 0) {
        // Cannot happen: the counter of an eventfd holds far more than MOST.
    }
    return NULL;
}

static void wake(int number) { (void)number; }

void amparo_parallel(unsigned count, void (*body)(void *, unsigned), void *context) {
    struct work work = {body, context, -1};
    struct share shares[MOST];
    pthread_t threads[MOST];
    pthread_attr_t attributes;
    struct sigaction action, old;
    sigset_t all, before;
    unsigned started = 0, ended = 0;
    if (count > MOST) count = MOST;
    work.ended = eventfd(0, EFD_CLOEXEC);
    if (work.ended < 0 || pthread_attr_init(&attributes)) {
        if (work.ended >= 0) close(work.ended);
        body(context, 0);
        return;
    }
    pthread_attr_setstacksize(&attributes, 1 << 20);
    // SIGURG is ignored unless asked for, so that nobody else's use of it is lost.
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = wake;  // no SA_RESTART: a blocked call must return
    sigaction(SIGURG, &action, &old);
    // The threads leave every other signal to this one, which only waits.
    sigfillset(&all);
    sigdelset(&all, SIGURG);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; started < count; started++) {
        shares[started] = (struct share){&work, started};
        if (pthread_create(&threads[started], &attributes, run, &shares[started])) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (started == 0) body(context, 0);
    while (ended < started) {
        struct pollfd events[2] = {{work.ended, POLLIN, 0}, {amparo_interrupts_descriptor(), POLLIN, 0}};
        uint64_t more;
        // Once interrupted, wake again and again: the first could come just before a call blocks.
        int stopping = amparo_interrupts_raised();
        if (poll(events, stopping ? 1 : 2, stopping ? 20 : -1) > 0 && (events[0].revents & POLLIN) &&
            read(work.ended, &more, sizeof more) == (ssize_t)sizeof more)
            ended += (unsigned)more;
        if (amparo_interrupts_raised() && ended < started)
            for (unsigned i = 0; i < started; i++) pthread_kill(threads[i], SIGURG);
    }
    for (unsigned i = 0; i < started; i++) pthread_join(threads[i], NULL);
    sigaction(SIGURG, &old, NULL);
    close(work.ended);
}

unsigned amparo_cores(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1 ? 1 : (unsigned)count;
}

struct amparo_monitor {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

struct amparo_monitor *amparo_monitor_new(void) {
    struct amparo_monitor *monitor = calloc(1, sizeof *monitor);
    if (monitor == NULL) return NULL;
    pthread_mutex_init(&monitor->mutex, NULL);
    pthread_cond_init(&monitor->changed, NULL);
    return monitor;
}

void amparo_monitor_free(struct amparo_monitor *monitor) {
    if (monitor == NULL) return;
    pthread_cond_destroy(&monitor->changed);
    pthread_mutex_destroy(&monitor->mutex);
    free(monitor);
}

void amparo_monitor_enter(struct amparo_monitor *monitor) { pthread_mutex_lock(&monitor->mutex); }

void amparo_monitor_leave(struct amparo_monitor *monitor) { pthread_mutex_unlock(&monitor->mutex); }

void amparo_monitor_wait(struct amparo_monitor *monitor) {
    pthread_cond_wait(&monitor->changed, &monitor->mutex);
}

void amparo_monitor_wake(struct amparo_monitor *monitor) { pthread_cond_broadcast(&monitor->changed); }
