// Child.c: one child that is handed bytes and answers with bytes.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct amparo_piece {
    const uint8_t *bytes;
    size_t count;
};

// Runs the program at `path` without open files, with the arguments `words` and the environment
// `settings` (each ended by zero, then an empty one; at most 40), and feeds it the pieces, reads
// at most `capacity` bytes of its standard output, and waits for its end, all within `limit` ms.
// Returns the bytes read, or -errno: ETIMEDOUT, EOVERFLOW, EINTR (the program was interrupted) with
// the child killed and gone, or why it could not be started. *status is as from waitpid.
ssize_t amparo_run(const char *path, const char *words, const char *settings,
                   const struct amparo_piece *pieces, size_t count, uint8_t *out, size_t capacity,
                   int64_t limit, int *status);

// The kernel kills this process when the thread that started it ends.
void amparo_die_with_parent(void);

// Where this program lies; the bytes of the path (not ended by zero) or -errno.
ssize_t amparo_own_path(void *buffer, size_t capacity);
