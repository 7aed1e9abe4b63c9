// QR symbols through libqrencode, which is opened at first use: the only includer of its header.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The largest symbol, version 40, has 177 modules on each side.
#define AMPARO_QR_LIMIT (177 * 177)

enum amparo_qr_end {
    AMPARO_QR_MADE,
    AMPARO_QR_NO_LIBRARY,
    AMPARO_QR_TOO_LONG,
    AMPARO_QR_FAILED,
};

// Encodes `count` bytes (at least 1) with 15 % error correction. `modules` takes AMPARO_QR_LIMIT bytes: row
// by row, 1 is dark.
enum amparo_qr_end amparo_qr_encode(const uint8_t *bytes, size_t count, uint8_t *modules, size_t *width);
