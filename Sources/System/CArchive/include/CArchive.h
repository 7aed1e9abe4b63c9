// Tar in and out through libarchive: the only includer of its headers. Nothing here touches a disk.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum amparo_tar_kind {
    AMPARO_TAR_FILE,
    AMPARO_TAR_DIRECTORY,
    AMPARO_TAR_LINK,
    AMPARO_TAR_HARD_LINK,
    AMPARO_TAR_OTHER,  // a device, FIFO or socket
};

// Strings belong to whoever filled the struct; those of a reader last until the next entry.
struct amparo_tar_entry {
    enum amparo_tar_kind kind;
    uint32_t mode;     // permission bits and the three above them
    int64_t size;      // of a file
    int64_t modified;  // seconds since 1970
    uint32_t owner, group;
    const char *name;
    const char *target;                   // of a link, else NULL
    const char *owner_name, *group_name;  // or NULL
    int is_sparse;                        // holes are described instead of written
};

struct amparo_tar_writer;
struct amparo_tar_writer *amparo_tar_writer_new(void);  // pax; NULL without memory
void amparo_tar_writer_free(struct amparo_tar_writer *writer);
// 0, or -1 for a name or number that pax cannot hold.
int amparo_tar_write_entry(struct amparo_tar_writer *writer, const struct amparo_tar_entry *entry);
int amparo_tar_write_bytes(struct amparo_tar_writer *writer, const uint8_t *bytes, size_t count);
int amparo_tar_write_end(struct amparo_tar_writer *writer);
// Bytes that wait to be taken.
size_t amparo_tar_waiting(const struct amparo_tar_writer *writer);
// What was written since, up to `capacity` bytes of it; 0 when nothing is left.
size_t amparo_tar_take(struct amparo_tar_writer *writer, uint8_t *out, size_t capacity);

// Gives more bytes: their count, 0 at the end, -1 on failure.
typedef ssize_t (*amparo_tar_source)(void *context, uint8_t *out, size_t capacity);

struct amparo_tar_reader;
struct amparo_tar_reader *amparo_tar_reader_new(amparo_tar_source source, void *context);
void amparo_tar_reader_free(struct amparo_tar_reader *reader);
// 1 for an entry, 0 at the end, -1 for what is no tar.
int amparo_tar_next(struct amparo_tar_reader *reader, struct amparo_tar_entry *out);
// The next bytes of the entry, which last until the next call: their count, 0 at its end, or -1.
ssize_t amparo_tar_read(struct amparo_tar_reader *reader, const uint8_t **bytes);
