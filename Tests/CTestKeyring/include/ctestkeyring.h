// For tests: a session keyring of one's own, as a login gives.
#pragma once

// Joins a new, anonymous session keyring on this thread; 0 or -errno.
int amparo_test_join_session_keyring(void);
