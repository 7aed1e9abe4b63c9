// Threads for work that waits, and the state they share.
#pragma once
#include <stdint.h>

// Runs body(context, i) for i in 0..<count at the same time and returns when all have ended.
// While it waits, an interrupt (Signals.c) ends any blocked read or write in them with EINTR.
// Fewer threads are started when the system has no more; body 0 runs in any case.
void amparo_parallel(unsigned count, void (*body)(void *context, unsigned index), void *context);
unsigned amparo_cores(void);

// A mutex with one condition: whoever is inside may wait for the others to change something.
struct amparo_monitor;
struct amparo_monitor *amparo_monitor_new(void);
void amparo_monitor_free(struct amparo_monitor *monitor);
void amparo_monitor_enter(struct amparo_monitor *monitor);
void amparo_monitor_leave(struct amparo_monitor *monitor);
void amparo_monitor_wait(struct amparo_monitor *monitor);
void amparo_monitor_wake(struct amparo_monitor *monitor);
