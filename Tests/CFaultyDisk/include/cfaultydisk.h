// An SQLite VFS over the system's own that fails where a test says, and whose power can go.
#pragma once
#include <stdint.h>

enum amparo_fault {
    AMPARO_FAULT_NONE,
    AMPARO_FAULT_ERROR,  // one operation fails with an I/O error
    AMPARO_FAULT_FULL,   // from there on, nothing that needs room succeeds
    // From there on nothing succeeds, the operation is half done, and of what was written since the
    // last sync of each file some is lost, in whatever order: a machine without power.
    AMPARO_FAULT_POWER,
};

// Registers (or resets) a VFS under this name. `seed` chooses what a loss of power takes.
int amparo_faulty_disk(const char *_Nonnull name, enum amparo_fault fault, int64_t at, uint64_t seed);

// Writes, syncs, truncations and removals tried since.
int64_t amparo_faulty_disk_operations(const char *_Nonnull name);

// A line for each of them, in order: name, offset, count and a digest of what was written.
const char *_Nonnull amparo_faulty_disk_trace(const char *_Nonnull name);
