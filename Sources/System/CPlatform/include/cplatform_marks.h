// Which other processes of this user keep a file marked. The kernel knows; nothing stands in the file.
#pragma once
#include <stdint.h>

// Marks a file, which is made if it is missing, until this process ends. One file for a process.
// 0, or -errno.
int amparo_mark(const char *path);

// Asks every other process that marks the file to hang up, and waits until none does any more. How many
// there were; -ETIME when one is left after the limit; -errno.
int amparo_hang_up_others(const char *path, int64_t milliseconds);
