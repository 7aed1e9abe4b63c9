#include "cplatform_keyring.h"
#include <errno.h>
#include <linux/keyctl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// Everything for the possessor, nothing for user, group and others: another login session of the
// same user does not possess the key.
enum { POSSESSOR_ONLY = 0x3f000000 };

static long control(int operation, unsigned long a, unsigned long b, unsigned long c, unsigned long d) {
    long result = syscall(SYS_keyctl, operation, a, b, c, d);
    return result < 0 ? -errno : result;
}

static long session(void) {
    return control(KEYCTL_GET_KEYRING_ID, (unsigned long)KEY_SPEC_SESSION_KEYRING, 0, 0, 0);
}

static long find(const char *description) {
    return control(KEYCTL_SEARCH, (unsigned long)KEY_SPEC_SESSION_KEYRING, (unsigned long)"user",
                   (unsigned long)description, 0);
}

int amparo_keyring_available(void) {
    char description[256];
    long keyring = session();
    if (keyring < 0) return (int)keyring;
    long count = control(KEYCTL_DESCRIBE, (unsigned long)keyring, (unsigned long)description,
                         sizeof description, 0);
    if (count < 0) return (int)count;
    if (count > (long)sizeof description) return 0;
    // "keyring;uid;gid;permissions;name"; the count includes the closing zero.
    const char *name = strrchr(description, ';');
    return name && strncmp(name + 1, "_uid_ses.", 9) == 0 ? -ENOKEY : 0;
}

int amparo_keyring_store(
    const char *description, const uint8_t *payload, size_t count, unsigned seconds) {
    long key = syscall(SYS_add_key, "user", description, payload, count, KEY_SPEC_SESSION_KEYRING);
    if (key < 0) return -errno;
    long result = control(KEYCTL_SETPERM, (unsigned long)key, POSSESSOR_ONLY, 0, 0);
    if (result == 0) result = control(KEYCTL_SET_TIMEOUT, (unsigned long)key, seconds, 0, 0);
    if (result == 0) return 0;
    // A key without its limits is worse than none.
    control(KEYCTL_REVOKE, (unsigned long)key, 0, 0, 0);
    return (int)result;
}

ssize_t amparo_keyring_read(const char *description, uint8_t *out, size_t capacity) {
    long key = find(description);
    if (key < 0) return key;
    return control(KEYCTL_READ, (unsigned long)key, (unsigned long)out, capacity, 0);
}

int amparo_keyring_renew(const char *description, unsigned seconds) {
    long key = find(description);
    if (key < 0) return (int)key;
    return (int)control(KEYCTL_SET_TIMEOUT, (unsigned long)key, seconds, 0, 0);
}

int amparo_keyring_revoke(const char *description) {
    long key = find(description);
    if (key < 0) return (int)key;
    long result = control(KEYCTL_REVOKE, (unsigned long)key, 0, 0, 0);
    control(KEYCTL_UNLINK, (unsigned long)key, (unsigned long)KEY_SPEC_SESSION_KEYRING, 0, 0);
    return (int)result;
}
