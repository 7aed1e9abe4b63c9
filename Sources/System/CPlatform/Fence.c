#include "cplatform_fence.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Debian 12's header knows version 1 and 2 of Landlock; the later ones by their numbers.
// Source: Linux, include/uapi/linux/landlock.h.
enum {
    FS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    FS_VERSION_1 = (1 << 13) - 1,  // up to MAKE_SYM
    FS_REFER = 1 << 13,            // version 2
    FS_TRUNCATE = 1 << 14,         // version 3
    FS_IOCTL_DEV = 1 << 15,        // version 5
    FS_FILE = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
              FS_TRUNCATE,
    NET_BIND_TCP = 1 << 0,         // version 4
    NET_CONNECT_TCP = 1 << 1,
    SCOPE_ABSTRACT_SOCKET = 1 << 0,  // version 6
    SCOPE_SIGNAL = 1 << 1,
    RULE_NET_PORT = 2,
};

struct ruleset {
    uint64_t handled_fs, handled_net, scoped;
};

struct port_rule {
    uint64_t allowed, port;
};

static int allow_path(int ruleset, const char *path, uint64_t access) {
    struct landlock_path_beneath_attr rule = {access, open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0) return 0;  // what is not there needs no leave
    long result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    if (result && errno == EINVAL) {  // a file, which knows no rights of directories
        rule.allowed_access &= FS_FILE;
        result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    int error = errno;
    close(rule.parent_fd);
    return result ? -error : 0;
}

int amparo_fence(const char *readable, const char *writable, const uint16_t *ports, size_t count) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -errno;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version <= 0) return 0;  // a kernel without it, or where it is switched off

    struct ruleset rules = {FS_VERSION_1, 0, 0};
    if (version >= 2) rules.handled_fs |= FS_REFER;
    if (version >= 3) rules.handled_fs |= FS_TRUNCATE;
    if (version >= 4) rules.handled_net = NET_BIND_TCP | NET_CONNECT_TCP;
    if (version >= 5) rules.handled_fs |= FS_IOCTL_DEV;
    if (version >= 6) rules.scoped = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0) return -errno;

    int error = 0;
    for (; !error && *readable; readable += strlen(readable) + 1)
        error = allow_path(ruleset, readable, FS_READ);
    const uint64_t never = FS_IOCTL_DEV | LANDLOCK_ACCESS_FS_EXECUTE;
    if (!error && writable) error = allow_path(ruleset, writable, rules.handled_fs & ~never);
    for (size_t i = 0; !error && version >= 4 && i < count; i++) {
        struct port_rule rule = {NET_CONNECT_TCP, ports[i]};
        if (syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0)) error = -errno;
    }
    if (!error && syscall(SYS_landlock_restrict_self, ruleset, 0)) error = -errno;
    close(ruleset);
    return error ? error : (int)version;
}

void amparo_limit(uint64_t memory, uint64_t file, unsigned seconds) {
    const struct rlimit none = {0, 0}, bytes = {memory, memory}, largest = {file, file};
    const struct rlimit files = {64, 64}, time = {seconds, seconds};
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_AS, &bytes);
    setrlimit(RLIMIT_FSIZE, &largest);
    setrlimit(RLIMIT_NOFILE, &files);
    setrlimit(RLIMIT_CPU, &time);
}
