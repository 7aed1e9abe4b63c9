// Folders.c: trees that are read, and new ones that appear whole or not at all. Every function
// returns -errno on failure.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// What a link says, into `out` without a zero byte; its length.
ssize_t amparo_link_target(const char *path, char *out, size_t capacity);
// A directory directly below another one, to work in; a link is -ENOTDIR.
int amparo_enter(int directory, const char *name);
int amparo_make_directory(int directory, const char *name, unsigned mode);
int amparo_make_link(int directory, const char *target, const char *name);
// The other name of a regular file; nothing else gets one.
int amparo_make_hard_link(int directory, const char *name, int other, const char *existing);
// Of an open file, in seconds since 1970.
int amparo_set_time(int fd, int64_t seconds);
// Moves a file or directory to a name that must be free.
int amparo_move_new(int from_directory, const char *from, int directory, const char *to);
// All of a directory; links in it are removed and not followed.
int amparo_remove_tree(int directory, const char *name);
// As amparo_list, of an open directory.
ssize_t amparo_list_of(int directory, char **names);
// Waits until everything written to the file system of `fd` is on the disk.
int amparo_sync_disk(int fd);
// Bytes at a place of a file, which is forgotten by the cache first when `place` is 0.
ssize_t amparo_read_at(int fd, uint8_t *out, size_t capacity, int64_t place);
