#include "cplatform_lending.h"
#include "cplatform.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// What this thread has lent at the moment.
static _Thread_local struct {
    uint8_t *start;
    size_t count;
    volatile sig_atomic_t lost;
} lent;

static pthread_once_t once = PTHREAD_ONCE_INIT;

// The file was cut, or its disk pulled out, while somebody works on its pages. Zeros take their place,
// so that the work can end; what comes of it is thrown away.
static void on_bus(int number, siginfo_t *info, void *context) {
    size_t offset = (uintptr_t)info->si_addr - (uintptr_t)lent.start;
    (void)number, (void)context;
    if (lent.start != NULL && offset < lent.count && info->si_code > 0 &&
        mmap(lent.start, lent.count, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
            MAP_FAILED) {
        lent.lost = 1;
        return;
    }
    // Nothing of ours: it comes again at once, and ends the process as it should.
    signal(SIGBUS, SIG_DFL);
}

static void install(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_sigaction = on_bus;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGBUS, &action, NULL);
}

// Where pages cannot be lent.
static int copy(struct amparo_loan *loan) {
    uint8_t *bytes = malloc(loan->count);
    size_t used = 0;
    if (bytes == NULL) return -ENOMEM;
    while (used < loan->count) {
        off_t place = (off_t)(loan->place + (int64_t)used);
        ssize_t more = pread(loan->fd, bytes + used, loan->count - used, place);
        if (more < 0 && errno == EINTR && !amparo_interrupts_raised()) continue;
        if (more <= 0) {
            int code = more == 0 ? EIO : errno;
            explicit_bzero(bytes, used);
            free(bytes);
            return -code;
        }
        used += (size_t)more;
    }
    loan->bytes = bytes;
    loan->is_copy = 1;
    return 0;
}

int amparo_lend(int fd, int64_t place, size_t count, struct amparo_loan *loan) {
    sigset_t bus;
    uint8_t *pages;
    pthread_once(&once, install);
    *loan = (struct amparo_loan){NULL, count, place, fd, 0};
    // One call fills the tables of all pages, which is cheaper than a fault for every few of them.
    pages = mmap(NULL, count, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, (off_t)place);
    if (pages == MAP_FAILED) return copy(loan);
    // A fault in a thread that blocks its signal ends the process, whatever is installed.
    sigemptyset(&bus);
    sigaddset(&bus, SIGBUS);
    pthread_sigmask(SIG_UNBLOCK, &bus, NULL);
    loan->bytes = pages;
    lent.lost = 0;
    lent.count = count;
    lent.start = pages;
    return 0;
}

int amparo_give_back(struct amparo_loan *loan) {
    struct stat now;
    int lost;
    if (loan->is_copy) {
        explicit_bzero((void *)loan->bytes, loan->count);
        free((void *)loan->bytes);
        return 0;
    }
    lent.start = NULL;
    // Within the last page what was cut off reads as zeros, without a fault.
    lost = lent.lost || fstat(loan->fd, &now) < 0 ||
           now.st_size < (off_t)(loan->place + (int64_t)loan->count);
    munmap((void *)loan->bytes, loan->count);
    return lost ? -EIO : 0;
}
