#include "czlib.h"
#include <zlib.h>

long amparo_inflate(const void *bytes, size_t count, void *out, size_t room) {
    uLongf written = room;
    return uncompress(out, &written, bytes, count) == Z_OK ? (long)written : -1;
}
