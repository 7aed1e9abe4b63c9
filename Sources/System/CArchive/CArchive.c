#include "CArchive.h"
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

// libarchive turns names from the locale's encoding into pax's UTF-8 and back. A program that never
// calls setlocale has one that knows ASCII only: each call runs in one that knows UTF-8.
static locale_t utf8(void) {
    static locale_t locale;
    if (locale == (locale_t)0) locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return locale;
}

static locale_t enter(void) { return utf8() == (locale_t)0 ? (locale_t)0 : uselocale(utf8()); }

static void leave(locale_t before) {
    if (before != (locale_t)0) uselocale(before);
}

struct amparo_tar_writer {
    struct archive *archive;
    struct archive_entry *entry;
    uint8_t *bytes;
    size_t start, used, room;
};

static la_ssize_t collect(struct archive *archive, void *context, const void *bytes, size_t count) {
    struct amparo_tar_writer *writer = context;
    if (count > writer->room - writer->start - writer->used) {
        size_t room = writer->used + count < 131072 ? 262144 : (writer->used + count) * 2;
        uint8_t *larger = malloc(room);
        if (larger == NULL) {
            archive_set_error(archive, -1, "no memory");
            return -1;
        }
        if (writer->used > 0) memcpy(larger, writer->bytes + writer->start, writer->used);
        if (writer->bytes != NULL) explicit_bzero(writer->bytes, writer->room);
        free(writer->bytes);
        writer->bytes = larger;
        writer->room = room;
        writer->start = 0;
    }
    memcpy(writer->bytes + writer->start + writer->used, bytes, count);
    writer->used += count;
    return (la_ssize_t)count;
}

struct amparo_tar_writer *amparo_tar_writer_new(void) {
    struct amparo_tar_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) return NULL;
    writer->archive = archive_write_new();
    writer->entry = archive_entry_new();
    if (writer->archive == NULL || writer->entry == NULL ||
        archive_write_set_format_pax(writer->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_per_block(writer->archive, 0) != ARCHIVE_OK ||
        archive_write_open(writer->archive, writer, NULL, collect, NULL) != ARCHIVE_OK) {
        amparo_tar_writer_free(writer);
        return NULL;
    }
    return writer;
}

void amparo_tar_writer_free(struct amparo_tar_writer *writer) {
    if (writer == NULL) return;
    if (writer->archive != NULL) {
        archive_write_fail(writer->archive);  // nothing more is written
        archive_write_free(writer->archive);
    }
    archive_entry_free(writer->entry);
    if (writer->bytes != NULL) explicit_bzero(writer->bytes, writer->room);
    free(writer->bytes);
    free(writer);
}

static unsigned type_of(enum amparo_tar_kind kind) {
    switch (kind) {
    case AMPARO_TAR_DIRECTORY: return AE_IFDIR;
    case AMPARO_TAR_LINK: return AE_IFLNK;
    default: return AE_IFREG;
    }
}

int amparo_tar_write_entry(struct amparo_tar_writer *writer, const struct amparo_tar_entry *from) {
    struct archive_entry *entry = archive_entry_clear(writer->entry);
    locale_t before = enter();
    int result;
    archive_entry_copy_pathname(entry, from->name);
    archive_entry_set_filetype(entry, type_of(from->kind));
    archive_entry_set_perm(entry, from->mode);
    archive_entry_set_size(entry, from->kind == AMPARO_TAR_FILE ? from->size : 0);
    archive_entry_set_mtime(entry, (time_t)from->modified, 0);
    archive_entry_set_uid(entry, from->owner);
    archive_entry_set_gid(entry, from->group);
    if (from->owner_name != NULL) archive_entry_copy_uname(entry, from->owner_name);
    if (from->group_name != NULL) archive_entry_copy_gname(entry, from->group_name);
    if (from->kind == AMPARO_TAR_LINK) archive_entry_copy_symlink(entry, from->target);
    result = archive_write_header(writer->archive, entry) == ARCHIVE_OK ? 0 : -1;
    leave(before);
    return result;
}

int amparo_tar_write_bytes(struct amparo_tar_writer *writer, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        la_ssize_t done = archive_write_data(writer->archive, bytes, count);
        if (done <= 0) return -1;
        bytes += done;
        count -= (size_t)done;
    }
    return 0;
}

int amparo_tar_write_end(struct amparo_tar_writer *writer) {
    return archive_write_close(writer->archive) == ARCHIVE_OK ? 0 : -1;
}

size_t amparo_tar_waiting(const struct amparo_tar_writer *writer) { return writer->used; }

size_t amparo_tar_take(struct amparo_tar_writer *writer, uint8_t *out, size_t capacity) {
    size_t count = writer->used < capacity ? writer->used : capacity;
    if (count > 0) memcpy(out, writer->bytes + writer->start, count);
    writer->start += count;
    writer->used -= count;
    if (writer->used == 0) writer->start = 0;
    return count;
}

enum { PIECE = 65536 };

struct amparo_tar_reader {
    struct archive *archive;
    amparo_tar_source source;
    void *context;
    int64_t place;  // in the entry; negative once something was wrong
    int is_open;
    uint8_t piece[PIECE];
};

static la_ssize_t more(struct archive *archive, void *context, const void **bytes) {
    struct amparo_tar_reader *reader = context;
    ssize_t count = reader->source(reader->context, reader->piece, PIECE);
    if (count < 0) archive_set_error(archive, -1, "the source failed");
    *bytes = reader->piece;
    return count;
}

struct amparo_tar_reader *amparo_tar_reader_new(amparo_tar_source source, void *context) {
    struct amparo_tar_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    reader->source = source;
    reader->context = context;
    reader->archive = archive_read_new();
    if (reader->archive == NULL || archive_read_support_format_tar(reader->archive) != ARCHIVE_OK) {
        amparo_tar_reader_free(reader);
        return NULL;
    }
    // Opened with the first entry: opening reads already.
    return reader;
}

void amparo_tar_reader_free(struct amparo_tar_reader *reader) {
    if (reader == NULL) return;
    if (reader->archive != NULL) archive_read_free(reader->archive);
    explicit_bzero(reader->piece, PIECE);
    free(reader);
}

static enum amparo_tar_kind kind_of(struct archive_entry *entry) {
    if (archive_entry_hardlink(entry) != NULL) return AMPARO_TAR_HARD_LINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return AMPARO_TAR_FILE;
    case AE_IFDIR: return AMPARO_TAR_DIRECTORY;
    case AE_IFLNK: return AMPARO_TAR_LINK;
    default: return AMPARO_TAR_OTHER;
    }
}

static int next(struct amparo_tar_reader *reader, struct amparo_tar_entry *out) {
    struct archive_entry *entry;
    int result;
    if (reader->place < 0) return -1;
    if (!reader->is_open && archive_read_open(reader->archive, reader, NULL, more, NULL) != ARCHIVE_OK)
        return -1;
    reader->is_open = 1;
    result = archive_read_next_header(reader->archive, &entry);
    if (result == ARCHIVE_EOF) return 0;
    // A warning means that something was not as it should be: then it is not ours to mend.
    if (result != ARCHIVE_OK) return -1;
    memset(out, 0, sizeof *out);
    reader->place = 0;
    out->kind = kind_of(entry);
    out->mode = (uint32_t)archive_entry_perm(entry);
    out->size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;
    out->modified = archive_entry_mtime_is_set(entry) ? (int64_t)archive_entry_mtime(entry) : 0;
    out->name = archive_entry_pathname(entry);
    out->target = out->kind == AMPARO_TAR_LINK        ? archive_entry_symlink(entry)
                  : out->kind == AMPARO_TAR_HARD_LINK ? archive_entry_hardlink(entry)
                                                      : NULL;
    out->is_sparse = archive_entry_sparse_count(entry) > 0;
    if (out->name == NULL || out->size < 0) return -1;
    if (out->target == NULL && (out->kind == AMPARO_TAR_LINK || out->kind == AMPARO_TAR_HARD_LINK))
        return -1;
    return 1;
}

int amparo_tar_next(struct amparo_tar_reader *reader, struct amparo_tar_entry *out) {
    locale_t before = enter();
    int result = next(reader, out);
    leave(before);
    if (result < 0) reader->place = -1;  // for good
    return result;
}

ssize_t amparo_tar_read(struct amparo_tar_reader *reader, const uint8_t **bytes) {
    const void *block = NULL;
    size_t count = 0;
    la_int64_t place = 0;
    for (;;) {
        int result = archive_read_data_block(reader->archive, &block, &count, &place);
        if (result == ARCHIVE_EOF) return 0;
        // A block elsewhere is a hole before it.
        if (result != ARCHIVE_OK || place != reader->place) return -1;
        if (count > 0) break;
    }
    reader->place += (int64_t)count;
    *bytes = block;
    return (ssize_t)count;
}
