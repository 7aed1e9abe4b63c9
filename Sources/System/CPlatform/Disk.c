#include "cplatform_disk.h"
#include "cplatform.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// A signal that asks the program to stop ends the call; any other does not.
#define RESTARTING(call)                                  \
    ({                                                    \
        __typeof__(call) outcome;                         \
        do outcome = (call);                              \
        while (outcome < 0 && errno == EINTR && !amparo_interrupts_raised()); \
        outcome < 0 ? (__typeof__(call))-errno : outcome; \
    })

static int base(int directory) { return directory < 0 ? AT_FDCWD : directory; }

int amparo_open(int directory, const char *path, enum amparo_open_how how, unsigned mode) {
    int flags = O_CLOEXEC | O_NOCTTY;
    switch (how) {
    case AMPARO_OPEN_READ: flags |= O_RDONLY | O_NONBLOCK; break;
    case AMPARO_OPEN_READ_WAIT: flags |= O_RDONLY; break;
    case AMPARO_OPEN_NEW: flags |= O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW; break;
    case AMPARO_OPEN_ANONYMOUS: flags |= O_RDWR | O_TMPFILE; break;
    case AMPARO_OPEN_SPECIAL: flags |= O_WRONLY; break;
    case AMPARO_OPEN_DIRECTORY: flags |= O_RDONLY | O_DIRECTORY; break;
    case AMPARO_OPEN_LOCK: flags |= O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK; break;
    default: return -EINVAL;
    }
    return RESTARTING(openat(base(directory), path, flags, (mode_t)mode));
}

// Linux frees the descriptor even when close is interrupted: it must not be tried again.
int amparo_close(int fd) { return close(fd) < 0 && errno != EINTR ? -errno : 0; }

int amparo_sync(int fd) {
    int result = RESTARTING(fsync(fd));
    return result == -EINVAL || result == -EROFS || result == -EOPNOTSUPP ? 0 : result;
}

static void copy(const struct stat *from, struct amparo_status *out) {
    out->device = from->st_dev;
    out->inode = from->st_ino;
    out->size = (uint64_t)from->st_size;
    out->links = from->st_nlink;
    out->modified_ms = (int64_t)from->st_mtim.tv_sec * 1000 + from->st_mtim.tv_nsec / 1000000;
    out->mode = from->st_mode;
    out->owner = from->st_uid;
    out->group = from->st_gid;
}

int amparo_status(int directory, const char *path, int follow, struct amparo_status *out) {
    struct stat found;
    if (fstatat(base(directory), path, &found, follow ? 0 : AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    copy(&found, out);
    return 0;
}

int amparo_status_of(int fd, struct amparo_status *out) {
    struct stat found;
    if (fstat(fd, &found) < 0) return -errno;
    copy(&found, out);
    return 0;
}

int amparo_rename(int directory, const char *from, const char *onto) {
    return renameat(base(directory), from, base(directory), onto) < 0 ? -errno : 0;
}

int amparo_rename_new(int directory, const char *from, const char *to) {
    int where = base(directory), reserved;
    if (renameat2(where, from, where, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -errno;
    if (linkat(where, from, where, to, 0) == 0) return amparo_remove(directory, from, 0);
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL) return -errno;
    // Neither is known here: take the name with an empty file of ours, then replace that.
    reserved = amparo_open(directory, to, AMPARO_OPEN_NEW, 0600);
    if (reserved < 0) return reserved;
    amparo_close(reserved);
    if (renameat(where, from, where, to) == 0) return 0;
    reserved = -errno;
    unlinkat(where, to, 0);
    return reserved;
}

static void descriptor_path(char path[40], int fd) { snprintf(path, 40, "/proc/self/fd/%d", fd); }

int amparo_name_anonymous(int fd, int directory, const char *name) {
    char path[40];
    descriptor_path(path, fd);
    return linkat(AT_FDCWD, path, base(directory), name, AT_SYMLINK_FOLLOW) < 0 ? -errno : 0;
}

int amparo_can_name_anonymous(int fd) {
    char path[40];
    struct stat there;
    descriptor_path(path, fd);
    return lstat(path, &there) == 0;
}

int amparo_remove(int directory, const char *path, int is_directory) {
    return unlinkat(base(directory), path, is_directory ? AT_REMOVEDIR : 0) < 0 ? -errno : 0;
}

int amparo_create_directory(const char *path, unsigned mode) {
    return mkdir(path, (mode_t)mode) < 0 ? -errno : 0;
}

ssize_t amparo_list(const char *path, char **names) {
    size_t used = 0, room = 0;
    DIR *folder = opendir(path);
    *names = NULL;
    if (folder == NULL) return -errno;
    for (;;) {
        struct dirent *entry;
        size_t length;
        errno = 0;
        entry = readdir(folder);
        if (entry == NULL && errno == 0) break;
        if (entry == NULL) goto failed;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        length = strlen(entry->d_name) + 1;
        if (used + length > room) {
            char *larger = realloc(*names, room = (used + length) * 2);
            if (larger == NULL) goto failed;
            *names = larger;
        }
        memcpy(*names + used, entry->d_name, length);
        used += length;
    }
    closedir(folder);
    return (ssize_t)used;
failed:
    room = (size_t)errno;
    closedir(folder);
    free(*names);
    *names = NULL;
    return -(ssize_t)room;
}

int amparo_lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB) < 0 ? -errno : 0; }

void amparo_widen_pipe(int fd) { fcntl(fd, F_SETPIPE_SZ, 1 << 20); }
