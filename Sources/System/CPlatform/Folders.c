#include "cplatform_folders.h"
#include "cplatform.h"
#include "cplatform_disk.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t amparo_link_target(const char *path, char *out, size_t capacity) {
    ssize_t count = readlink(path, out, capacity);
    if (count < 0) return -errno;
    return (size_t)count < capacity ? count : -ENAMETOOLONG;
}

int amparo_enter(int directory, const char *name) {
    int fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return fd < 0 ? (errno == ELOOP ? -ENOTDIR : -errno) : fd;
}

int amparo_make_directory(int directory, const char *name, unsigned mode) {
    return mkdirat(directory, name, (mode_t)mode) < 0 ? -errno : 0;
}

int amparo_make_link(int directory, const char *target, const char *name) {
    return symlinkat(target, directory, name) < 0 ? -errno : 0;
}

int amparo_make_hard_link(int directory, const char *name, int other, const char *existing) {
    struct stat found;
    if (fstatat(other, existing, &found, AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    if (!S_ISREG(found.st_mode)) return -EPERM;
    return linkat(other, existing, directory, name, 0) < 0 ? -errno : 0;
}

int amparo_set_time(int fd, int64_t seconds) {
    struct timespec times[2] = {{0, UTIME_NOW}, {(time_t)seconds, 0}};
    return futimens(fd, times) < 0 ? -errno : 0;
}

int amparo_move_new(int from_directory, const char *from, int directory, const char *to) {
    struct stat found;
    int reserved;
    if (renameat2(from_directory, from, directory, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -errno;
    // An old file system: take the name with something empty of ours, then replace that.
    if (fstatat(from_directory, from, &found, AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    if (S_ISDIR(found.st_mode)) {
        if (mkdirat(directory, to, 0700) < 0) return -errno;
    } else {
        reserved = openat(directory, to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (reserved < 0) return -errno;
        close(reserved);
    }
    if (renameat(from_directory, from, directory, to) == 0) return 0;
    reserved = -errno;
    unlinkat(directory, to, S_ISDIR(found.st_mode) ? AT_REMOVEDIR : 0);
    return reserved;
}

int amparo_remove_tree(int directory, const char *name) {
    int folder = amparo_enter(directory, name), result = 0;
    char *names;
    ssize_t count;
    if (folder < 0) return folder;
    count = amparo_list_of(folder, &names);
    for (ssize_t at = 0; at < count; at += (ssize_t)strlen(names + at) + 1) {
        if (unlinkat(folder, names + at, 0) == 0) continue;
        int failed = errno == EISDIR || errno == EPERM ? amparo_remove_tree(folder, names + at) : -errno;
        if (failed < 0) result = failed;
    }
    if (count >= 0) free(names);
    close(folder);
    if (unlinkat(directory, name, AT_REMOVEDIR) < 0 && result == 0) result = -errno;
    return result;
}

ssize_t amparo_list_of(int directory, char **names) {
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", directory);
    return amparo_list(path, names);
}

int amparo_sync_disk(int fd) { return syncfs(fd) < 0 ? -errno : 0; }

ssize_t amparo_read_at(int fd, uint8_t *out, size_t capacity, int64_t place) {
    ssize_t count;
    // Only pages that are on the disk already are let go; the caller has synced them.
    if (place == 0) posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    do count = pread(fd, out, capacity, (off_t)place);
    while (count < 0 && errno == EINTR && !amparo_interrupts_raised());
    return count < 0 ? -errno : count;
}
