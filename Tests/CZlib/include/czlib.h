// zlib, for conformance data that is kept compressed.
#pragma once
#include <stddef.h>

// Inflates a zlib stream into out; returns the bytes written, or -1 when it is damaged or larger.
long amparo_inflate(const void *bytes, size_t count, void *out, size_t room);
