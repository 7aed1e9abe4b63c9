#include "csqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int amparo_sqlite_create_private(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0) return close(fd) == 0 ? SQLITE_OK : SQLITE_IOERR;
    switch (errno) {
    case EEXIST: return SQLITE_CONSTRAINT;
    case ENOSPC: case EDQUOT: return SQLITE_FULL;
    case EROFS: return SQLITE_READONLY;
    default: return SQLITE_CANTOPEN;
    }
}

int amparo_sqlite_guard(sqlite3 *db) {
    static const struct { int option, value; } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},   {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        int result = sqlite3_db_config(db, settings[i].option, settings[i].value, (int *)0);
        if (result != SQLITE_OK) return result;
    }
    return SQLITE_OK;
}

int amparo_sqlite_bind_blob(sqlite3_stmt *s, int position, const void *bytes, size_t count) {
    if (count == 0) return sqlite3_bind_zeroblob(s, position, 0);
    return sqlite3_bind_blob64(s, position, bytes, count, SQLITE_TRANSIENT);
}

int amparo_sqlite_bind_text(sqlite3_stmt *s, int position, const char *text, size_t count) {
    return sqlite3_bind_text64(s, position, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int amparo_sqlite_read_file(sqlite3 *db, int64_t offset, uint8_t *out, int count) {
    sqlite3_file *file = 0;
    int result = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (result != SQLITE_OK) return result;
    if (file == 0 || file->pMethods == 0) return SQLITE_CANTOPEN;
    return file->pMethods->xRead(file, out, count, offset);
}
