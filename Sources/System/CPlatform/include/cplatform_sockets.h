// Local sockets, wake-ups and threads of a process that waits for several things at once.
#pragma once
#include <stdint.h>

// A listening socket of mode 0600 at folder/name, in place of one that lies there.
int amparo_socket_listen(const char *folder, const char *name);
// The limit holds for each later read and write.
int amparo_socket_connect(const char *folder, const char *name, int64_t milliseconds);
int amparo_socket_accept(int listener, int64_t milliseconds);
int64_t amparo_socket_peer(int fd);  // the other end's user id, or -errno
uint32_t amparo_user(void);

int amparo_event_new(void);
void amparo_event_raise(int fd);
void amparo_event_clear(int fd);

// Bit i is set when fds[i] (at most 32) can be read; 0 when the time is over or a signal came.
uint32_t amparo_wait_readable(const int *fds, uint32_t count, int64_t milliseconds);

// Runs body(context) on a detached thread that takes no signals.
int amparo_thread_start(void (*body)(void *context), void *context);
