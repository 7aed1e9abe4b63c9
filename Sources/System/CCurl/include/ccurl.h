// Mail through libcurl, which is opened at first use: the only includer of its header.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum amparo_tls { AMPARO_TLS_NONE, AMPARO_TLS_START, AMPARO_TLS_WHOLE };

// Where a mail goes and how, apart from its texts.
struct amparo_mail_way {
    uint16_t port;
    enum amparo_tls tls;
    long seconds;
};

enum amparo_mail_end {
    AMPARO_MAIL_SENT,
    AMPARO_MAIL_NO_LIBRARY,
    AMPARO_MAIL_RESOLVING,
    AMPARO_MAIL_CONNECTION,
    AMPARO_MAIL_TIME_LIMIT,
    AMPARO_MAIL_CERTIFICATE,
    AMPARO_MAIL_ENCRYPTION,
    AMPARO_MAIL_LOGIN,
    AMPARO_MAIL_REPLY,
};

struct amparo_mail_result {
    enum amparo_mail_end end;
    long reply;        // the server's last three digits, 0 when it said nothing
    char detail[201];  // the server's last line or the library's words
};

// `host` as in a URL, IPv6 in brackets; `user` NULL for no login; `authority` a file of certificates to
// trust instead of the system's, or NULL; `bytes` the finished message, whose lines end in CRLF.
void amparo_mail_send(const char *host, struct amparo_mail_way way, const char *user, const char *password,
                      const char *authority, const char *from, const char *to, const uint8_t *bytes,
                      size_t count, struct amparo_mail_result *result);
