// SQLite, and what Swift cannot say to it: variadic calls and destructor constants.
#pragma once
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

// Creates an empty file with mode 0600 where none is, so that SQLite never picks the mode.
// Links are not followed. Returns an SQLite result code; an existing file is SQLITE_CONSTRAINT.
int amparo_sqlite_create_private(const char *_Nonnull path);

// Refuses a database that came from somebody else the means to do harm: defensive mode on,
// schema untrusted, no loading of extensions. Returns an SQLite result code.
int amparo_sqlite_guard(sqlite3 *_Nonnull db);

// Binds copies; `bytes` may be null only with a count of zero, and is then an empty blob.
int amparo_sqlite_bind_blob(sqlite3_stmt *_Nonnull s, int position, const void *_Nullable bytes, size_t count);
int amparo_sqlite_bind_text(sqlite3_stmt *_Nonnull s, int position, const char *_Nonnull text, size_t count);

// Reads `count` bytes of the main file at `offset` below SQLite's cache. Returns a result code.
int amparo_sqlite_read_file(sqlite3 *_Nonnull db, int64_t offset, uint8_t *_Nonnull out, int count);
