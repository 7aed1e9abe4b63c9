// Files: every function returns -errno on failure, and -EINTR only after an interrupt (Signals.c).
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum amparo_open_how {
    AMPARO_OPEN_READ,       // never waits for the other end of a FIFO
    AMPARO_OPEN_READ_WAIT,  // waits, as a user's input may be a pipe
    AMPARO_OPEN_NEW,        // read and write; the name must be free, links are not followed
    AMPARO_OPEN_ANONYMOUS,  // O_TMPFILE: a file without a name in the directory `path`
    AMPARO_OPEN_SPECIAL,    // an existing device or FIFO, for writing
    AMPARO_OPEN_DIRECTORY,
    AMPARO_OPEN_LOCK,       // created when absent; links are not followed
};

struct amparo_status {
    uint64_t device, inode, size, links;
    int64_t modified_ms;
    uint32_t mode, owner, group;
};

// The descriptor, close-on-exec. `directory` is -1 for the working directory.
int amparo_open(int directory, const char *path, enum amparo_open_how how, unsigned mode);
int amparo_close(int fd);
// Succeeds where the kind of file cannot be synced.
int amparo_sync(int fd);
int amparo_status(int directory, const char *path, int follow, struct amparo_status *out);
int amparo_status_of(int fd, struct amparo_status *out);
int amparo_rename(int directory, const char *from, const char *onto);
// Never over another file, also where the file system knows neither hard links nor NOREPLACE.
int amparo_rename_new(int directory, const char *from, const char *to);
// Gives an anonymous file its name, which must be free.
int amparo_name_anonymous(int fd, int directory, const char *name);
// Whether amparo_name_anonymous can work: it needs /proc.
int amparo_can_name_anonymous(int fd);
int amparo_remove(int directory, const char *path, int is_directory);
int amparo_create_directory(const char *path, unsigned mode);
// Names end to end, each closed by a zero byte, in *names (free it); returns their byte count.
ssize_t amparo_list(const char *path, char **names);
// -EWOULDBLOCK when another process holds it.
int amparo_lock(int fd);
// Asks for 1 MiB of room in a pipe; nothing happens to what is none, or where that is too much.
void amparo_widen_pipe(int fd);
