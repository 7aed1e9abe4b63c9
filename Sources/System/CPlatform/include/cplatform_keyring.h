// Keys that the kernel holds for a login session; raw system calls, no libkeyutils.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// 0 where this process shares a session keyring with its login session. -ENOKEY where it has only
// the default one of its user, which every process of that user reaches; another -errno where the
// kernel offers no keyrings here.
int amparo_keyring_available(void);

// Stores or replaces the key `description`, which its possessor alone may use, for `seconds`.
int amparo_keyring_store(
    const char *_Nonnull description, const uint8_t *_Nonnull payload, size_t count,
    unsigned seconds);

// The payload into `out`; its length, which may be greater than `capacity` (nothing is written then).
// -ENOKEY, -EKEYEXPIRED and -EKEYREVOKED: there is no such key, or no longer.
ssize_t amparo_keyring_read(
    const char *_Nonnull description, uint8_t *_Nonnull out, size_t capacity);

// Starts the time-out anew.
int amparo_keyring_renew(const char *_Nonnull description, unsigned seconds);

// Wipes the payload at once, for every process that found the key, and drops the key.
int amparo_keyring_revoke(const char *_Nonnull description);
