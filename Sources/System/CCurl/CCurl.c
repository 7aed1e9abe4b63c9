#include "ccurl.h"
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

// curl.h wraps this one in a macro that checks types and calls the linked function.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_easy_init) init;
    __typeof__(&curl_easy_setopt) set;
    __typeof__(&curl_easy_perform) perform;
    __typeof__(&curl_easy_getinfo) info;
    __typeof__(&curl_easy_cleanup) cleanup;
    __typeof__(&curl_easy_strerror) words;
    __typeof__(&curl_slist_append) append;
    __typeof__(&curl_slist_free_all) free_all;
    __typeof__(&curl_getdate) date;
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
    curl.info = (__typeof__(curl.info))dlsym(library, "curl_easy_getinfo");
    curl.cleanup = (__typeof__(curl.cleanup))dlsym(library, "curl_easy_cleanup");
    curl.words = (__typeof__(curl.words))dlsym(library, "curl_easy_strerror");
    curl.append = (__typeof__(curl.append))dlsym(library, "curl_slist_append");
    curl.free_all = (__typeof__(curl.free_all))dlsym(library, "curl_slist_free_all");
    curl.date = (__typeof__(curl.date))dlsym(library, "curl_getdate");
    if (!curl.global_init || !curl.init || !curl.set || !curl.info || !curl.cleanup || !curl.words || !curl.append ||
        !curl.free_all || !curl.date || curl.global_init(CURL_GLOBAL_DEFAULT))
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
static void keep(struct amparo_result *result, const char *line, size_t length) {
    while (length && (line[length - 1] == '\r' || line[length - 1] == '\n')) length--;
    if (length >= sizeof result->detail) length = sizeof result->detail - 1;
    memcpy(result->detail, line, length);
    result->detail[length] = 0;
}

static long digits(const char *text, size_t length, size_t limit) {
    long value = 0;
    for (size_t i = 0; i < limit && i < length && text[i] >= '0' && text[i] <= '9'; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

static size_t hear(char *line, size_t size, size_t count, void *context) {
    struct amparo_result *result = context;
    size_t length = size * count;
    long reply = digits(line, length, 3);
    if (reply == 221) return length;  // "goodbye" says nothing about the message
    keep(result, line, length);
    result->reply = reply;
    return length;
}

// A line of a web server's answer: its status, or a header that matters.
static size_t hear_web(char *line, size_t size, size_t count, void *context) {
    static const char waiting[] = "retry-after:";
    struct amparo_result *result = context;
    size_t length = size * count, name = sizeof waiting - 1;
    if (length > 9 && !memcmp(line, "HTTP/", 5)) {
        const char *space = memchr(line, ' ', length);
        size_t left = space ? length - (size_t)(space - line) - 1 : 0;
        result->reply = left ? digits(space + 1, left, 3) : 0;
        if (left) keep(result, space + 1, left);
    }
    if (length > name && !strncasecmp(line, waiting, name)) {
        while (name < length && line[name] == ' ') name++;
        result->wait = digits(line + name, length - name, 6);
    }
    return length;
}

struct hour {
    int64_t seconds;
    int is_kept;  // an answer out of somebody's store says when it was put there
};

// The hour at which a web server says that it answered.
static size_t hear_hour(char *line, size_t size, size_t count, void *context) {
    static const char name[] = "date:", age[] = "age:";
    struct hour *hour = context;
    size_t length = size * count, start = sizeof name - 1;
    char text[64];
    if (length >= sizeof age - 1 && !strncasecmp(line, age, sizeof age - 1)) hour->is_kept = 1;
    if (length <= start || length - start >= sizeof text || strncasecmp(line, name, start)) return length;
    memcpy(text, line + start, length - start);
    text[length - start] = 0;
    hour->seconds = curl.date(text, NULL);
    return length;
}

// Whether a connection without a proxy ended on this machine, by whatever name: its clock is ours.
static int is_own(CURL *handle) {
    const char *there = NULL, *here = NULL;
    if (curl.info(handle, CURLINFO_PRIMARY_IP, &there) || curl.info(handle, CURLINFO_LOCAL_IP, &here) ||
        !there || !here)
        return 1;
    return !strcmp(there, here);
}

// Standard output carries the courier's answer and nothing else.
static size_t ignore(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

struct answer {
    struct amparo_result *result;
    size_t kept, seen;
};

// The beginning of a web server's answer. One that never ends is cut off.
static size_t listen_web(char *bytes, size_t size, size_t count, void *context) {
    struct answer *answer = context;
    size_t length = size * count, room = sizeof answer->result->body - 1 - answer->kept;
    size_t taken = length < room ? length : room;
    memcpy(answer->result->body + answer->kept, bytes, taken);
    answer->kept += taken;
    answer->seen += length;
    return answer->seen > 1 << 20 ? 0 : length;
}

static enum amparo_end meaning(CURLcode code, long reply) {
    switch (code) {
    case CURLE_OK: return AMPARO_SENT;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return AMPARO_RESOLVING;
    case CURLE_OPERATION_TIMEDOUT: return AMPARO_TIME_LIMIT;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return AMPARO_CERTIFICATE;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER: return AMPARO_ENCRYPTION;
    case CURLE_LOGIN_DENIED: return AMPARO_LOGIN;
    default: return reply >= 400 ? AMPARO_REPLY : AMPARO_CONNECTION;
    }
}

#define SET(option, value) \
    if (!code) code = curl.set(handle, option, value)

// What mail and web requests share: one protocol, one proxy or none, limits, certificates.
static CURLcode prepare(CURL *handle, const char *scheme, struct amparo_way way, const char *proxy,
                        const char *circuit, const char *authority) {
    CURLcode code = CURLE_OK;
    char socks[300];
    SET(CURLOPT_PROTOCOLS_STR, scheme);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    // None of those that the environment names. With one, names are looked up behind it.
    if (proxy) {
        snprintf(socks, sizeof socks, "socks5h://%s", proxy);
        SET(CURLOPT_PROXY, socks);
        SET(CURLOPT_NOPROXY, "");
        // Tor takes another circuit for another user, whoever that is.
        SET(CURLOPT_PROXYUSERNAME, "amparo");
        SET(CURLOPT_PROXYPASSWORD, circuit);
    } else {
        SET(CURLOPT_PROXY, "");
    }
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT, way.seconds < 30 || proxy ? way.seconds : 30L);
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, way.seconds);
    SET(CURLOPT_TIMEOUT, way.seconds);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (authority) {
        SET(CURLOPT_CAINFO, authority);
        SET(CURLOPT_CAPATH, NULL);
    }
    return code;
}

// Whether the connection was encrypted, and the server shown to be who it should be.
static int is_encrypted(CURL *handle) {
    curl_off_t shaken = 0;
    return !curl.info(handle, CURLINFO_APPCONNECT_TIME_T, &shaken) && shaken > 0;
}

void amparo_mail_send(const char *host, struct amparo_way way, const char *proxy, const char *circuit,
                      const char *user, const char *password, const char *authority, const char *from,
                      const char *to, const uint8_t *bytes, size_t count, struct amparo_result *result) {
    // The path is what EHLO says: the address every machine has, not this machine's name.
    char url[400];
    struct body body = {bytes, count};
    struct curl_slist *recipients = NULL;
    CURL *handle;
    CURLcode code;
    const char *scheme = way.tls == AMPARO_TLS_WHOLE ? "smtps" : "smtp";
    memset(result, 0, sizeof *result);
    result->end = AMPARO_NO_LIBRARY;
    if (!open_library() || !(handle = curl.init())) return;
    result->end = AMPARO_CONNECTION;
    snprintf(url, sizeof url, "%s://%s:%u/%%5B127.0.0.1%%5D", scheme, host, (unsigned)way.port);
    recipients = curl.append(NULL, to);

    code = prepare(handle, scheme, way, proxy, circuit, authority);
    SET(CURLOPT_URL, url);
    SET(CURLOPT_USE_SSL, (long)(way.tls == AMPARO_TLS_NONE ? CURLUSESSL_NONE : CURLUSESSL_ALL));
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

    if (!code) code = curl.perform(handle);
    result->end = meaning(code, result->reply);
    // Before STARTTLS anybody on the line can answer in the server's place: a "no" is then no more than
    // a line that is cut, and ends nothing.
    if (code && way.tls == AMPARO_TLS_START && result->end == AMPARO_REPLY && !is_encrypted(handle)) {
        result->end = AMPARO_CONNECTION;
        result->reply = 0;
    }
    if (code && result->end != AMPARO_REPLY && result->end != AMPARO_LOGIN)
        snprintf(result->detail, sizeof result->detail, "%s", curl.words(code));
    curl.cleanup(handle);
    curl.free_all(recipients);
}

void amparo_web_post(const char *head, const char *tail, struct amparo_way way, const char *proxy,
                     const char *circuit, enum amparo_login login, const char *user, const char *password,
                     const char *authority, const char *headers, const uint8_t *bytes, size_t count,
                     struct amparo_result *result) {
    char url[4400];
    struct answer answer = {result, 0, 0};
    struct curl_slist *lines = NULL;
    CURL *handle;
    CURLcode code;
    memset(result, 0, sizeof *result);
    result->end = AMPARO_NO_LIBRARY;
    if (!open_library() || !(handle = curl.init())) return;
    result->end = AMPARO_CONNECTION;
    snprintf(url, sizeof url, "%s%s%s", head, login == AMPARO_LOGIN_PATH && password ? password : "", tail);
    for (; *headers; headers += strlen(headers) + 1) lines = curl.append(lines, headers);
    // Some servers never answer the question whether the body may follow.
    lines = curl.append(lines, "Expect:");

    code = prepare(handle, way.tls == AMPARO_TLS_NONE ? "http" : "https", way, proxy, circuit, authority);
    SET(CURLOPT_URL, url);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    if (login == AMPARO_LOGIN_BASIC) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERNAME, user);
        SET(CURLOPT_PASSWORD, password);
    } else if (login == AMPARO_LOGIN_BEARER) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        SET(CURLOPT_XOAUTH2_BEARER, password);
    }
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDS, (const char *)bytes);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    SET(CURLOPT_HTTPHEADER, lines);
    SET(CURLOPT_WRITEFUNCTION, listen_web);
    SET(CURLOPT_WRITEDATA, &answer);
    SET(CURLOPT_HEADERFUNCTION, hear_web);
    SET(CURLOPT_HEADERDATA, result);

    if (!code) code = curl.perform(handle);
    explicit_bzero(url, sizeof url);
    // An answer that was cut says nothing certain, whatever its first line was.
    result->end = meaning(code, 0);
    if (code) snprintf(result->detail, sizeof result->detail, "%s", curl.words(code));
    curl.cleanup(handle);
    curl.free_all(lines);
}

int64_t amparo_web_hour(const char *origin, struct amparo_way way, const char *proxy, const char *circuit,
                        const char *authority) {
    char url[400];
    struct hour hour = {-1, 0};
    CURL *handle;
    CURLcode code;
    if (!open_library() || !(handle = curl.init())) return -1;
    snprintf(url, sizeof url, "%s/", origin);
    code = prepare(handle, "https", way, proxy, circuit, authority);
    SET(CURLOPT_URL, url);
    SET(CURLOPT_NOBODY, 1L);
    SET(CURLOPT_WRITEFUNCTION, ignore);
    SET(CURLOPT_HEADERFUNCTION, hear_hour);
    SET(CURLOPT_HEADERDATA, &hour);
    if (!code) code = curl.perform(handle);
    if (code || hour.is_kept || (!proxy && is_own(handle))) hour.seconds = -1;
    curl.cleanup(handle);
    return hour.seconds;
}
#undef SET
