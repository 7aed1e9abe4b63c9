// What Swift's Glibc module lacks: variadic and _GNU_SOURCE calls, raw system calls, signal state.
// Every function returns 0 or a count on success and -errno on failure unless it says otherwise.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Not dumpable, no core files, default action for crash signals.
void amparo_harden(void);
