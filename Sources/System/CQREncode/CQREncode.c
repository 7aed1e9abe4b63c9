#include "cqrencode.h"
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <qrencode.h>

static __typeof__(&QRcode_encodeData) encode;
static __typeof__(&QRcode_free) release;

// 4 is libqrencode's ABI since 2017.
static int open_library(void) {
    void *library;
    if (encode) return 1;
    library = dlopen("libqrencode.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return 0;
    release = (__typeof__(release))dlsym(library, "QRcode_free");
    if (release) encode = (__typeof__(encode))dlsym(library, "QRcode_encodeData");
    return encode != NULL;
}

enum amparo_qr_end amparo_qr_encode(const uint8_t *bytes, size_t count, uint8_t *modules, size_t *width) {
    QRcode *code;
    if (!open_library()) return AMPARO_QR_NO_LIBRARY;
    if (count > INT_MAX) return AMPARO_QR_TOO_LONG;
    // Version 0: the smallest that holds the bytes.
    code = encode((int)count, bytes, 0, QR_ECLEVEL_M);
    if (!code) return errno == ERANGE ? AMPARO_QR_TOO_LONG : AMPARO_QR_FAILED;
    if (code->width < 21 || code->width > 177) {
        release(code);
        return AMPARO_QR_FAILED;
    }
    *width = (size_t)code->width;
    // The lowest bit is the colour; the others say what a module is for.
    for (size_t i = 0; i < *width * *width; i++) modules[i] = code->data[i] & 1;
    release(code);
    return AMPARO_QR_MADE;
}
