#include "cfaultydisk.h"
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct write {
    struct write *older;
    sqlite3_int64 offset;
    int count, kept;  // bytes that were there before
    unsigned char before[];
};

struct disk {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    enum amparo_fault fault;
    int64_t at, operations;
    uint64_t random;
    int dead;
    struct file *files;
    char *trace;
    size_t trace_count;
    char name[64];
};

struct file {
    sqlite3_file base;
    struct disk *disk;
    struct file *next;
    struct write *unsynced;
    sqlite3_file *real;
    char name[64];
};

static void note(struct disk *disk, const char *format, ...) {
    char line[256];
    va_list values;
    va_start(values, format);
    int count = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    disk->trace = realloc(disk->trace, disk->trace_count + (size_t)count + 1);
    memcpy(disk->trace + disk->trace_count, line, (size_t)count + 1);
    disk->trace_count += (size_t)count;
}

static const char *base_name(const char *path) {
    const char *slash = path ? strrchr(path, '/') : 0;
    return slash ? slash + 1 : path ? path : "(nameless)";
}

// FNV-1a.
static uint64_t digest(const unsigned char *bytes, int count) {
    uint64_t hash = 0xcbf29ce484222325;
    for (int i = 0; i < count; i++) hash = (hash ^ bytes[i]) * 0x100000001b3;
    return hash;
}

static uint64_t draw(struct disk *disk) {
    disk->random ^= disk->random << 13;
    disk->random ^= disk->random >> 7;
    disk->random ^= disk->random << 17;
    return disk->random;
}

static void forget(struct file *file) {
    while (file->unsynced) {
        struct write *write = file->unsynced;
        file->unsynced = write->older;
        free(write);
    }
}

static void cut_power(struct disk *disk) {
    disk->dead = 1;
    for (struct file *file = disk->files; file; file = file->next) {
        // Newest first, so that what is undone lands on what was there then. A write may be torn:
        // its first part undone and not the rest.
        for (struct write *write = file->unsynced; write; write = write->older) {
            uint64_t choice = draw(disk) % 3;
            int undone = choice == 0 ? 0 : choice == 1 ? write->kept : write->kept / 2;
            if (undone > 0) file->real->pMethods->xWrite(file->real, write->before, undone, write->offset);
        }
        forget(file);
    }
}

// 0: go on; 1: fail now; 2: half of it, then fail.
static int step(struct disk *disk, int needs_room) {
    if (disk->dead) return 1;
    int64_t number = disk->operations++;
    switch (disk->fault) {
    case AMPARO_FAULT_ERROR: return number == disk->at;
    case AMPARO_FAULT_FULL: return number >= disk->at && needs_room;
    case AMPARO_FAULT_POWER: return number == disk->at ? 2 : 0;
    default: return 0;
    }
}

static int failure(struct disk *disk, int error) {
    return disk->fault == AMPARO_FAULT_FULL ? SQLITE_FULL : error;
}

#define REAL(f) (((struct file *)(f))->real)
#define DISK(f) (((struct file *)(f))->disk)

static int f_close(sqlite3_file *f) {
    struct file *file = (struct file *)f;
    for (struct file **link = &file->disk->files; *link; link = &(*link)->next) {
        if (*link == file) {
            *link = file->next;
            break;
        }
    }
    forget(file);
    int result = file->real->pMethods->xClose(file->real);
    free(file->real);
    return result;
}

static int f_read(sqlite3_file *f, void *out, int count, sqlite3_int64 offset) {
    return REAL(f)->pMethods->xRead(REAL(f), out, count, offset);
}

static int f_write(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    struct file *file = (struct file *)f;
    // A journal begins with a random number of SQLite's own, which goes into its sums.
    int is_journal = strstr(file->name, "-journal") != 0;
    note(file->disk, "write %s %lld %d %llx\n", file->name, (long long)offset, count,
        is_journal ? 0ULL : (unsigned long long)digest(bytes, count));
    int verdict = step(file->disk, 1);
    if (verdict == 1) return failure(file->disk, SQLITE_IOERR_WRITE);
    struct write *write = calloc(1, sizeof *write + (size_t)count);
    sqlite3_int64 size = 0;
    file->real->pMethods->xFileSize(file->real, &size);
    write->offset = offset;
    write->count = count;
    write->kept = offset >= size ? 0 : offset + count > size ? (int)(size - offset) : count;
    if (write->kept > 0) file->real->pMethods->xRead(file->real, write->before, write->kept, offset);
    // What a file grows by reads as zeros when it is lost.
    write->kept = count;
    write->older = file->unsynced;
    file->unsynced = write;
    int result = file->real->pMethods->xWrite(file->real, bytes, verdict == 2 ? count / 2 : count, offset);
    if (verdict == 2) {
        cut_power(file->disk);
        return SQLITE_IOERR_WRITE;
    }
    return result;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
    note(DISK(f), "truncate %s %lld\n", ((struct file *)f)->name, (long long)size);
    int verdict = step(DISK(f), 0);
    if (verdict == 2) cut_power(DISK(f));
    if (verdict) return failure(DISK(f), SQLITE_IOERR_TRUNCATE);
    return REAL(f)->pMethods->xTruncate(REAL(f), size);
}

static int f_sync(sqlite3_file *f, int flags) {
    note(DISK(f), "sync %s %d\n", ((struct file *)f)->name, flags);
    int verdict = step(DISK(f), 1);
    if (verdict == 2) cut_power(DISK(f));
    if (verdict) return failure(DISK(f), SQLITE_IOERR_FSYNC);
    int result = REAL(f)->pMethods->xSync(REAL(f), flags);
    if (result == SQLITE_OK) forget((struct file *)f);
    return result;
}

static int f_size(sqlite3_file *f, sqlite3_int64 *size) { return REAL(f)->pMethods->xFileSize(REAL(f), size); }
static int f_lock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int f_unlock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int f_reserved(sqlite3_file *f, int *out) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out); }
static int f_control(sqlite3_file *f, int op, void *arg) { return REAL(f)->pMethods->xFileControl(REAL(f), op, arg); }
static int f_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
// None: SQLite must not trust this disk with anything.
static int f_traits(sqlite3_file *f) {
    (void)f;
    return 0;
}

// The index of a write-ahead log is shared memory: nothing of it outlives a loss of power.
static int f_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int offset, int count, int flags) {
    return REAL(f)->pMethods->xShmLock(REAL(f), offset, count, flags);
}
static void f_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int f_unmap(sqlite3_file *f, int deletes) { return REAL(f)->pMethods->xShmUnmap(REAL(f), deletes); }

static const sqlite3_io_methods methods = {
    2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved,
    f_control, f_sector, f_traits, f_map, f_shm_lock, f_barrier, f_unmap, 0, 0,
};

static int v_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out) {
    struct disk *disk = vfs->pAppData;
    struct file *file = (struct file *)f;
    memset(file, 0, sizeof *file);
    if (disk->dead) return SQLITE_IOERR;
    file->real = calloc(1, (size_t)disk->real->szOsFile);
    int result = disk->real->xOpen(disk->real, path, file->real, flags, out);
    if (result != SQLITE_OK) {
        free(file->real);
        return result;
    }
    file->base.pMethods = &methods;
    file->disk = disk;
    strncpy(file->name, base_name(path), sizeof file->name - 1);
    note(disk, "open %s %x\n", file->name, (unsigned)flags);
    file->next = disk->files;
    disk->files = file;
    return SQLITE_OK;
}

static int v_delete(sqlite3_vfs *vfs, const char *path, int sync) {
    struct disk *disk = vfs->pAppData;
    note(disk, "delete %s %d\n", base_name(path), sync);
    int verdict = step(disk, 0);
    if (verdict == 2) cut_power(disk);
    if (verdict) return failure(disk, SQLITE_IOERR_DELETE);
    return disk->real->xDelete(disk->real, path, sync);
}

static int v_access(sqlite3_vfs *vfs, const char *path, int flags, int *out) {
    struct disk *disk = vfs->pAppData;
    return disk->real->xAccess(disk->real, path, flags, out);
}

static int v_path(sqlite3_vfs *vfs, const char *path, int count, char *out) {
    struct disk *disk = vfs->pAppData;
    return disk->real->xFullPathname(disk->real, path, count, out);
}

int amparo_faulty_disk(const char *name, enum amparo_fault fault, int64_t at, uint64_t seed) {
    sqlite3_vfs *known = sqlite3_vfs_find(name);
    struct disk *disk = known ? known->pAppData : calloc(1, sizeof *disk);
    if (!known) {
        disk->real = sqlite3_vfs_find(0);
        disk->vfs = *disk->real;
        strncpy(disk->name, name, sizeof disk->name - 1);
        disk->vfs.pNext = 0;
        disk->vfs.szOsFile = sizeof(struct file);
        disk->vfs.zName = disk->name;
        disk->vfs.pAppData = disk;
        disk->vfs.xOpen = v_open;
        disk->vfs.xDelete = v_delete;
        disk->vfs.xAccess = v_access;
        disk->vfs.xFullPathname = v_path;
    }
    disk->fault = fault;
    disk->at = at;
    disk->operations = 0;
    disk->trace_count = 0;
    disk->dead = 0;
    disk->random = seed * 2 + 1;
    return known ? SQLITE_OK : sqlite3_vfs_register(&disk->vfs, 0);
}

int64_t amparo_faulty_disk_operations(const char *name) {
    sqlite3_vfs *known = sqlite3_vfs_find(name);
    return known ? ((struct disk *)known->pAppData)->operations : -1;
}

const char *amparo_faulty_disk_trace(const char *name) {
    sqlite3_vfs *known = sqlite3_vfs_find(name);
    if (!known || ((struct disk *)known->pAppData)->trace_count == 0) return "";
    return ((struct disk *)known->pAppData)->trace;
}
