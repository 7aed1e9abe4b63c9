// What Swift's Glibc module lacks: variadic and _GNU_SOURCE calls, raw system calls, signal state.
// Every function returns 0 or a count on success and -errno on failure unless it says otherwise.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "cplatform_bubble.h"
#include "cplatform_child.h"
#include "cplatform_fence.h"
#include "cplatform_launch.h"
#include "cplatform_lending.h"
#include "cplatform_marks.h"
#include "cplatform_screen.h"
#include "cplatform_sockets.h"
#include "zones.h"

// Search.c: whether `needle` lies somewhere in `bytes`; 1 or 0.
int amparo_contains(const void *bytes, size_t count, const void *needle, size_t needle_count);

// Not dumpable, no core files, default action for crash signals.
void amparo_harden(void);

// Signals.c: INT, TERM and HUP set a flag and write to a pipe; PIPE is ignored.
int amparo_interrupts_install(void);
int amparo_interrupts_raised(void);      // number of the last signal, 0 when none came
int amparo_interrupts_descriptor(void);  // becomes readable with the first signal; -1 before install
void amparo_interrupts_clear(void);
void amparo_interrupts_raise(void);      // as if TERM had come

// Terminal.c: the controlling terminal, whatever the standard streams are.
int amparo_terminal_available(void);  // 1 or 0
int amparo_terminal_width(int fd);    // columns
int amparo_terminal_height(int fd);   // rows
// One line of at most capacity - 1 bytes into buffer (zeroed on failure); ending is written after it.
ssize_t amparo_terminal_read(
    const char *prompt, uint8_t *buffer, size_t capacity, int echo, const char *ending);
