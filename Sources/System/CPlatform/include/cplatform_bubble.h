// Bubble.c: a program of the user's own choice edits one text where nothing it writes reaches a disk.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// What the bubble says: a letter, a u32 (big-endian) and so many bytes.
//   'R' it is closed and the program runs; 'E' it could not be made: u32 step, u32 errno
//   'S' the text as it was saved now; 'L' it is longer than the limit
//   'X' the end: u32 status as from waitpid, u8 1 if there is a text, then the text
enum { AMPARO_BUBBLE_TEXT_LIMIT = 64 << 20 };

// Starts `self __bubble command name` with `environment` and nothing else on the controlling
// terminal, in its foreground, and hands it the text. *to: closing it ends the program; *from: what
// the bubble says. 0 or -errno.
int amparo_bubble_start(const char *_Nonnull self, const char *_Nonnull command,
                        const char *_Nonnull name, const char *_Nullable const *_Nonnull environment,
                        const uint8_t *_Nullable text, size_t count, pid_t *_Nonnull pid,
                        int *_Nonnull to, int *_Nonnull from);

// One thing that the bubble says, within `limit` ms: its letter, 0 when nothing came, -EINTR after
// an interrupt (Signals.c), -EPIPE when it is gone. *bytes (free it) has *count bytes.
int amparo_bubble_read(int from, int64_t limit, uint8_t *_Nullable *_Nonnull bytes, size_t *_Nonnull count);

// Ends what still runs, and gives the terminal back.
void amparo_bubble_end(pid_t pid, int to, int from);

// What `amparo __bubble` does; the status to exit with.
int amparo_bubble_main(const char *_Nonnull command, const char *_Nonnull name);
