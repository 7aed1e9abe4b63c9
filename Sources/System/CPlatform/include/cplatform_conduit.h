// Conduit.c: bytes from one thread to another through a ring in memory, and a thread of one's own.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct amparo_conduit;
struct amparo_conduit *amparo_conduit_new(size_t capacity);  // NULL without memory
void amparo_conduit_free(struct amparo_conduit *conduit);    // the ring is wiped
// Waits for room. -EPIPE once the reader is gone.
int amparo_conduit_write(struct amparo_conduit *conduit, const uint8_t *bytes, size_t count);
void amparo_conduit_end(struct amparo_conduit *conduit);  // nothing more comes
// Waits for bytes; 0 after the end.
ssize_t amparo_conduit_read(struct amparo_conduit *conduit, uint8_t *out, size_t capacity);
void amparo_conduit_close(struct amparo_conduit *conduit);  // nobody reads any more

struct amparo_companion;
// Runs body(context) beside the caller, without taking signals. 0 or -errno.
int amparo_companion_start(void (*body)(void *context), void *context, struct amparo_companion **out);
void amparo_companion_join(struct amparo_companion *thread);  // and frees it
