// Mail and web requests through libcurl, which is opened at first use: the only includer of its header.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum amparo_tls { AMPARO_TLS_NONE, AMPARO_TLS_START, AMPARO_TLS_WHOLE };

// Where a message goes and how, apart from its texts.
struct amparo_way {
    uint16_t port;
    enum amparo_tls tls;
    long seconds;
};

enum amparo_end {
    AMPARO_SENT,
    AMPARO_NO_LIBRARY,
    AMPARO_RESOLVING,
    AMPARO_CONNECTION,
    AMPARO_TIME_LIMIT,
    AMPARO_CERTIFICATE,
    AMPARO_ENCRYPTION,
    AMPARO_LOGIN,
    AMPARO_REPLY,
};

struct amparo_result {
    enum amparo_end end;
    long reply;        // the server's last three digits, 0 when it said nothing
    long wait;         // seconds of a Retry-After header, 0 without
    char detail[201];  // the server's last line or the library's words
    char body[801];    // what a web server answered, as far as there is room
};

// `host` as in a URL, IPv6 in brackets; `proxy` a SOCKS proxy as host:port that is told names, or
// NULL; `circuit` keeps one use of it apart from others; `user` NULL for no login; `authority` a file of
// certificates to trust instead of the system's, or NULL; `bytes` the finished message, whose lines end
// in CRLF.
void amparo_mail_send(const char *host, struct amparo_way way, const char *proxy, const char *circuit,
                      const char *user, const char *password, const char *authority, const char *from,
                      const char *to, const uint8_t *bytes, size_t count, struct amparo_result *result);

enum amparo_login { AMPARO_LOGIN_NONE, AMPARO_LOGIN_BASIC, AMPARO_LOGIN_BEARER, AMPARO_LOGIN_PATH };

// POSTs `bytes` to `head` ‖ `tail`; with AMPARO_LOGIN_PATH the password stands between them. No redirect
// is followed. `headers` are lines, each ended by zero, then an empty one. The end is AMPARO_SENT
// whenever a server answered: `reply` says what.
void amparo_web_post(const char *head, const char *tail, struct amparo_way way, const char *proxy,
                     const char *circuit, enum amparo_login login, const char *user, const char *password,
                     const char *authority, const char *headers, const uint8_t *bytes, size_t count,
                     struct amparo_result *result);

// Asks `origin`, over HTTPS only, for nothing but its headers. Unix seconds of the server's `Date`, in
// whatever status it answers; -1 without one.
int64_t amparo_web_hour(const char *origin, struct amparo_way way, const char *proxy, const char *circuit,
                        const char *authority);
