// Launch.c: other programs in this one's place, or beside it.
#pragma once
#include <stddef.h>
#include <sys/types.h>

// Words that each end with a zero byte.
struct amparo_words {
    const char *_Nullable bytes;
    size_t count;
};

// Becomes the program at `path`, with default signals; returns only with -errno.
int amparo_become(const char *_Nonnull path, struct amparo_words arguments, struct amparo_words variables);

// Starts the program at `path` in a session of its own, which outlives this one: descriptor 3 reads
// the file `input`, standard output and error go to the end of the file `output`, standard input is
// empty, nothing else is open. 0 or -errno.
int amparo_launch(const char *_Nonnull path, struct amparo_words arguments, struct amparo_words variables,
                  const char *_Nonnull input, const char *_Nonnull output);
