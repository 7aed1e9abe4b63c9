internal import CSodium

/// The one place that starts libsodium.
package enum Sodium {
    /// Touch before any libsodium call: `sodium_malloc` aborts when `sodium_init` has not run.
    package static let ready: Void = {
        // -1 means that no source of randomness works; nothing safe can be done then.
        precondition(sodium_init() >= 0, "libsodium could not be initialised")
    }()
}
