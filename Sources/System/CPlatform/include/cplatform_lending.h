// Lending.c: bytes of a file where the system keeps them, without a copy.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct amparo_loan {
    const uint8_t *bytes;
    size_t count;
    int64_t place;
    int fd;
    int is_copy;
};

// Lends `count` bytes at `place`, both multiples of 64 KiB, to this thread, which must give them back
// before it asks for others. Other programs may change them meanwhile: they are to be read once.
int amparo_lend(int fd, int64_t place, size_t count, struct amparo_loan *loan);
// -EIO when some of them were gone: nothing that was made of them is to be used.
int amparo_give_back(struct amparo_loan *loan);
