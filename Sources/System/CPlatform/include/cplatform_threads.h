// Threads for work that waits, and the order in which they hand it on.
#pragma once
#include <stdint.h>

// Runs body(context, i) for i in 0..<count at the same time and returns when all have ended.
// While it waits, an interrupt (Signals.c) ends any blocked read or write in them with EINTR.
// Fewer threads are started when the system has no more; body 0 runs in any case.
void amparo_parallel(unsigned count, void (*body)(void *context, unsigned index), void *context);
unsigned amparo_cores(void);

// Tickets 0, 1, 2… are called one at a time, in order.
struct amparo_turnstile;
struct amparo_turnstile *amparo_turnstile_new(void);
void amparo_turnstile_free(struct amparo_turnstile *turnstile);
void amparo_turnstile_wait(struct amparo_turnstile *turnstile, uint64_t ticket);
void amparo_turnstile_advance(struct amparo_turnstile *turnstile);
