#include "cplatform_bubble.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Inside the bubble. Namespaces of users, mounts, network, IPC and processes of its own; every file
// system read-only, and memory in place of those folders that programs write to. When the process
// that started it ends, however that is, everything in it ends, and the memory is gone.

enum { TEXT = 3, REPORT = 4 };
enum step { NAMESPACES = 1, NAMES, MOUNTS, MEMORY, NOTE, PROGRAM };

static void say(char letter, const uint8_t *first, size_t first_count, const uint8_t *bytes, size_t count) {
    size_t length = first_count + count;
    uint8_t head[5] = {(uint8_t)letter, length >> 24, length >> 16, length >> 8, length};
    const uint8_t *parts[] = {head, first, bytes};
    size_t counts[] = {sizeof head, first_count, count};
    for (int i = 0; i < 3; i++) {
        for (size_t done = 0; done < counts[i];) {
            ssize_t written = write(REPORT, parts[i] + done, counts[i] - done);
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return;
            done += (size_t)written;
        }
    }
}

static int fail(enum step step) {
    uint32_t code = (uint32_t)errno;
    uint8_t numbers[8] = {0, 0, 0, (uint8_t)step, code >> 24, code >> 16, code >> 8, code};
    say('E', numbers, sizeof numbers, NULL, 0);
    return 1;
}

static int put(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t written = write(fd, text, strlen(text));
    int error = errno;
    close(fd);
    errno = error;
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

// Ourselves, under our own name; nobody else is known here.
static int keep_names(uid_t user, gid_t group) {
    char text[64];
    if (put("/proc/self/setgroups", "deny") && errno != ENOENT) return -1;
    snprintf(text, sizeof text, "%u %u 1", user, user);
    if (put("/proc/self/uid_map", text)) return -1;
    snprintf(text, sizeof text, "%u %u 1", group, group);
    return put("/proc/self/gid_map", text);
}

static int cover(const char *path) {
    return mount("amparo", path, "tmpfs", MS_NOSUID | MS_NODEV, "size=256m,mode=0700");
}

// A folder that is not there, in what was covered before.
static void make_folders(const char *path) {
    char part[4096];
    if (strlen(path) >= sizeof part) return;
    strcpy(part, path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(part, 0700);
        *slash = '/';
    }
    mkdir(part, 0700);
}

static int cover_all(const char *home) {
    static const char *const shared[] = {"/tmp", "/var/tmp", "/dev/shm", "/run"};
    struct stat status;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        if (lstat(shared[i], &status) || !S_ISDIR(status.st_mode)) continue;
        if (cover(shared[i])) return -1;
    }
    make_folders(home);
    if (cover(home)) return -1;
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    if (runtime && *runtime == '/') make_folders(runtime);
    if (runtime && !stat(runtime, &status) && S_ISDIR(status.st_mode) && cover(runtime)) return -1;
    return chdir(home);
}

static int read_exactly(int fd, uint8_t *out, size_t count) {
    while (count > 0) {
        ssize_t got = read(fd, out, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return -1;
        out += got;
        count -= (size_t)got;
    }
    return 0;
}

// The text that the user's side hands over, into a file in memory.
static int receive(const char *name) {
    uint8_t head[4], piece[65536];
    if (read_exactly(TEXT, head, sizeof head)) return -1;
    size_t left = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return -1;
    while (left > 0) {
        size_t count = left < sizeof piece ? left : sizeof piece;
        if (read_exactly(TEXT, piece, count)) return -1;
        for (size_t done = 0; done < count;) {
            ssize_t written = write(fd, piece + done, count - done);
            if (written <= 0) return -1;
            done += (size_t)written;
        }
        left -= count;
    }
    explicit_bzero(piece, sizeof piece);
    return close(fd);
}

// The text as it lies there; NULL when it is not there, no file, or too long (*count is then 1).
static uint8_t *text_now(const char *name, size_t *count) {
    struct stat status;
    *count = 0;
    int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return NULL;
    uint8_t *bytes = NULL;
    if (!fstat(fd, &status) && S_ISREG(status.st_mode)) {
        size_t size = (size_t)status.st_size;
        if (size > AMPARO_BUBBLE_TEXT_LIMIT) *count = 1;
        else if ((bytes = malloc(size + 1)) && !read_exactly(fd, bytes, size)) *count = size;
        else {
            free(bytes);
            bytes = NULL;
        }
    }
    close(fd);
    return bytes;
}

static void say_saved(const char *name) {
    size_t count;
    uint8_t *bytes = text_now(name, &count);
    if (!bytes && count) say('L', NULL, 0, NULL, 0);
    if (!bytes) return;
    say('S', NULL, 0, bytes, count);
    explicit_bzero(bytes, count);
    free(bytes);
}

static pid_t run(const char *command, const char *name) {
    pid_t pid = fork();
    if (pid) return pid;
    // A group of its own, in front of the terminal: the one we came in has no number in here.
    setpgid(0, 0);
    tcsetpgrp(0, getpid());
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(TEXT);
    close(REPORT);
    // A command with arguments, as every shell reads $EDITOR.
    char line[4096];
    int length = snprintf(line, sizeof line, "%s \"$1\"", command);
    if (length > 0 && length < (int)sizeof line)
        execl("/bin/sh", "sh", "-c", line, "sh", name, NULL);
    _exit(127);
}

static int same(const struct stat *a, const struct stat *b) {
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

// Tells every saved state, until the program ends or the user's side wants an end.
static int watch(pid_t editor, const char *name) {
    struct stat told, seen, now;
    int is_ending = 0, patience = 0, status = 0;
    stat(name, &told);
    seen = told;
    for (;;) {
        pid_t done;
        int how;
        while ((done = waitpid(-1, &how, WNOHANG | WUNTRACED)) > 0) {
            // Nobody could wake it again: the shell does not know it.
            if (WIFSTOPPED(how)) kill(-editor, SIGCONT);
            else if (done == editor) return how;
        }
        if (done < 0 && errno == ECHILD) return status;
        // Half a second without a change: the program has finished writing.
        if (!stat(name, &now)) {
            if (same(&now, &seen) && !same(&now, &told)) {
                say_saved(name);
                told = now;
            }
            seen = now;
        }
        // The user's side wants an end, or the terminal is gone.
        struct pollfd wanted[] = {{.fd = is_ending ? -1 : TEXT, .events = POLLIN},
                                  {.fd = is_ending ? -1 : 0, .events = 0}};
        if (poll(wanted, 2, is_ending ? 50 : 250) > 0 && (wanted[0].revents || wanted[1].revents)) {
            is_ending = 1;
            kill(-1, SIGHUP);
            kill(-1, SIGCONT);
        }
        if (is_ending && ++patience > 30) {
            kill(-1, SIGKILL);
            status = SIGKILL;
        }
    }
}

// Process 1 of its namespace: when it ends, so does everything in it.
static int inside(const char *command, const char *name, const char *home) {
    struct mount_attr closed = {.attr_set = MOUNT_ATTR_RDONLY};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) return fail(MOUNTS);
    if (syscall(SYS_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &closed, sizeof closed))
        return fail(MOUNTS);
    if (cover_all(home)) return fail(MEMORY);
    if (receive(name)) return fail(NOTE);
    pid_t editor = run(command, name);
    if (editor < 0) return fail(PROGRAM);
    say('R', NULL, 0, NULL, 0);
    uint32_t status = (uint32_t)watch(editor, name);
    size_t count;
    uint8_t *bytes = text_now(name, &count);
    uint8_t end[5] = {status >> 24, status >> 16, status >> 8, status, bytes != NULL};
    if (!bytes && count) say('L', NULL, 0, NULL, 0);
    say('X', end, sizeof end, bytes, bytes ? count : 0);
    if (bytes) explicit_bzero(bytes, count);
    return 0;
}

int amparo_bubble_main(const char *command, const char *name) {
    static const int ignored[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE};
    struct rlimit none = {0, 0};
    const char *home = getenv("HOME");
    struct stat status;
    // Only amparo starts it so.
    if (fstat(TEXT, &status) || !S_ISFIFO(status.st_mode) || fstat(REPORT, &status) ||
        !S_ISFIFO(status.st_mode))
        return 2;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
    if (!home || *home != '/' || !home[1]) home = "/tmp/home";
    uid_t user = getuid();
    gid_t group = getgid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWPID))
        return fail(NAMESPACES);
    // Before the process is hardened: until then an ordinary user may write these files.
    if (keep_names(user, group)) return fail(NAMES);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    setrlimit(RLIMIT_CORE, &none);
    pid_t pid = fork();
    if (pid < 0) return fail(NAMESPACES);
    if (pid == 0) _exit(inside(command, name, home));
    close(TEXT);
    close(REPORT);
    int how;
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR) {
    }
    return 0;
}
