import Platform
import Secrets
import Synchronization

/// A keyring without a kernel: keeps what it is given until it is revoked.
package final class MemorySessionKeyring: SessionKeyring {
    private let kept = Mutex<[String: (secret: SharedSecret, lifetime: Duration)]>([:])
    private let isAvailable: Bool

    package init(isAvailable: Bool = true) { self.isAvailable = isAvailable }

    /// How long each key lives without use.
    package var lifetimes: [String: Duration] { kept.withLock { $0.mapValues(\.lifetime) } }

    package func store(
        _ secret: borrowing SecretBytes, as description: String, for lifetime: Duration
    ) throws(SessionKeyringError) {
        guard isAvailable else { throw .unavailable }
        let shared = SharedSecret(secret.copy())
        kept.withLock { $0[description] = (shared, lifetime) }
    }

    package func fetch(_ description: String) throws(SessionKeyringError) -> SecretBytes? {
        kept.withLock { $0[description]?.secret.bytes.copy() }
    }

    package func revoke(_ description: String) throws(SessionKeyringError) -> Bool {
        kept.withLock { $0.removeValue(forKey: description) } != nil
    }
}
