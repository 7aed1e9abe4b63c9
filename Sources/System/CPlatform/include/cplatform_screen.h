// Screen.c: the controlling terminal, key by key. One at a time.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The terminal's descriptor, or -errno.
int amparo_screen_open(void);
// Everything as it was; what was typed and not read is forgotten.
void amparo_screen_close(int fd);
// What was typed, within `limit` ms; 0 when nothing was. -ESTALE: the size may have changed and
// everything is to be drawn again; -EINTR after an interrupt (Signals.c); otherwise it is gone.
ssize_t amparo_screen_read(int fd, uint8_t *out, size_t capacity, int64_t limit);
