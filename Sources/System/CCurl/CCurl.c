#include "ccurl.h"
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

// curl.h wraps this one in a macro that checks types and calls the linked function.
#undef curl_easy_setopt

static struct {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_easy_init) init;
    __typeof__(&curl_easy_setopt) set;
    __typeof__(&curl_easy_perform) perform;
    __typeof__(&curl_easy_cleanup) cleanup;
    __typeof__(&curl_easy_strerror) words;
    __typeof__(&curl_slist_append) append;
    __typeof__(&curl_slist_free_all) free_all;
} curl;

// 4 is libcurl's ABI since 2006; Debian's packages with OpenSSL and GnuTLS both have it.
static int open_library(void) {
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
    void *library = NULL;
    if (curl.perform) return 1;
    for (size_t i = 0; i < 2 && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return 0;
    curl.global_init = (__typeof__(curl.global_init))dlsym(library, "curl_global_init");
    curl.init = (__typeof__(curl.init))dlsym(library, "curl_easy_init");
    curl.set = (__typeof__(curl.set))dlsym(library, "curl_easy_setopt");
    curl.cleanup = (__typeof__(curl.cleanup))dlsym(library, "curl_easy_cleanup");
    curl.words = (__typeof__(curl.words))dlsym(library, "curl_easy_strerror");
    curl.append = (__typeof__(curl.append))dlsym(library, "curl_slist_append");
    curl.free_all = (__typeof__(curl.free_all))dlsym(library, "curl_slist_free_all");
    if (!curl.global_init || !curl.init || !curl.set || !curl.cleanup || !curl.words || !curl.append ||
        !curl.free_all || curl.global_init(CURL_GLOBAL_DEFAULT))
        return 0;
    curl.perform = (__typeof__(curl.perform))dlsym(library, "curl_easy_perform");
    return curl.perform != NULL;
}

struct body {
    const uint8_t *bytes;
    size_t count;
};

static size_t give(char *buffer, size_t size, size_t count, void *context) {
    struct body *body = context;
    size_t room = size * count, taken = body->count < room ? body->count : room;
    memcpy(buffer, body->bytes, taken);
    body->bytes += taken;
    body->count -= taken;
    return taken;
}

// One line of the server, which is a stranger: kept only as far as there is room.
static size_t hear(char *line, size_t size, size_t count, void *context) {
    struct amparo_mail_result *result = context;
    size_t length = size * count, kept = length;
    long reply = 0;
    for (size_t i = 0; i < 3 && i < length && line[i] >= '0' && line[i] <= '9'; i++)
        reply = reply * 10 + (line[i] - '0');
    if (reply == 221) return length;  // "goodbye" says nothing about the message
    while (kept && (line[kept - 1] == '\r' || line[kept - 1] == '\n')) kept--;
    if (kept >= sizeof result->detail) kept = sizeof result->detail - 1;
    memcpy(result->detail, line, kept);
    result->detail[kept] = 0;
    result->reply = reply;
    return length;
}

// Standard output carries the courier's answer and nothing else.
static size_t ignore(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

static enum amparo_mail_end meaning(CURLcode code, long reply) {
    switch (code) {
    case CURLE_OK: return AMPARO_MAIL_SENT;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return AMPARO_MAIL_RESOLVING;
    case CURLE_OPERATION_TIMEDOUT: return AMPARO_MAIL_TIME_LIMIT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return AMPARO_MAIL_CERTIFICATE;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER: return AMPARO_MAIL_ENCRYPTION;
    case CURLE_LOGIN_DENIED: return AMPARO_MAIL_LOGIN;
    default: return reply >= 400 ? AMPARO_MAIL_REPLY : AMPARO_MAIL_CONNECTION;
    }
}

void amparo_mail_send(const char *host, struct amparo_mail_way way, const char *user, const char *password,
                      const char *authority, const char *from, const char *to, const uint8_t *bytes,
                      size_t count, struct amparo_mail_result *result) {
    // The path is what EHLO says: the address every machine has, not this machine's name.
    char url[400];
    struct body body = {bytes, count};
    struct curl_slist *recipients = NULL;
    CURL *handle;
    CURLcode code = CURLE_OK;
    const char *scheme = way.tls == AMPARO_TLS_WHOLE ? "smtps" : "smtp";
    memset(result, 0, sizeof *result);
    result->end = AMPARO_MAIL_NO_LIBRARY;
    if (!open_library() || !(handle = curl.init())) return;
    result->end = AMPARO_MAIL_CONNECTION;
    snprintf(url, sizeof url, "%s://%s:%u/%%5B127.0.0.1%%5D", scheme, host, (unsigned)way.port);
    recipients = curl.append(NULL, to);

#define SET(option, value) \
    if (!code) code = curl.set(handle, option, value)
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, scheme);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_PROXY, "");  // none, whatever the environment says
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT, way.seconds < 30 ? way.seconds : 30L);
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, way.seconds);
    SET(CURLOPT_TIMEOUT, way.seconds);
    SET(CURLOPT_USE_SSL, (long)(way.tls == AMPARO_TLS_NONE ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (authority) {
        SET(CURLOPT_CAINFO, authority);
        SET(CURLOPT_CAPATH, NULL);
    }
    if (user) {
        SET(CURLOPT_USERNAME, user);
        SET(CURLOPT_PASSWORD, password ? password : "");
    }
    SET(CURLOPT_MAIL_FROM, from);
    SET(CURLOPT_MAIL_RCPT, recipients);
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_READFUNCTION, give);
    SET(CURLOPT_READDATA, &body);
    SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)count);
    SET(CURLOPT_WRITEFUNCTION, ignore);
    SET(CURLOPT_HEADERFUNCTION, hear);
    SET(CURLOPT_HEADERDATA, result);
#undef SET

    if (!code) code = curl.perform(handle);
    result->end = meaning(code, result->reply);
    if (code && result->end != AMPARO_MAIL_REPLY && result->end != AMPARO_MAIL_LOGIN)
        snprintf(result->detail, sizeof result->detail, "%s", curl.words(code));
    curl.cleanup(handle);
    curl.free_all(recipients);
}
