// Fence.c: what a process may still do once it begins to speak with strangers. For good.
#pragma once
#include <stddef.h>
#include <stdint.h>

// No new privileges, and, where the kernel has Landlock: read beneath the paths of the list (each
// ended by zero, then an empty one; those missing are left out), read and write beneath `writable` (NULL for nowhere), connect by
// TCP to `ports` (version 4 on), execute nothing.
// Returns the version of Landlock that holds the process, 0 for a kernel without, or -errno.
int amparo_fence(const char *readable, const char *writable, const uint16_t *ports, size_t count);

// Limits on memory and on the size of a written file (bytes), on CPU time, and 64 open files.
void amparo_limit(uint64_t memory, uint64_t file, unsigned seconds);
