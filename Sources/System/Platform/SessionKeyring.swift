internal import CPlatform
internal import Glibc
package import Secrets

/// Why the login session cannot keep a key.
package enum SessionKeyringError: Error, Hashable {
    /// No keyring that this login session has to itself: a key would die with the process, or
    /// every process of the user would reach it.
    case unavailable
    /// Another refusal of the kernel, such as a quota.
    case refused(code: Int32)
}

/// Secrets that outlive a process and not its login session: no daemon, no file.
package protocol SessionKeyring: Sendable {
    /// Keeps a secret of at most `SessionKey.secretLimit` bytes until `lifetime` passes without use.
    func store(
        _ secret: borrowing SecretBytes, as description: String, for lifetime: Duration
    ) throws(SessionKeyringError)

    /// The secret, whose time starts anew.
    ///
    /// - Returns: nil when there is none, or no longer: what is locked.
    func fetch(_ description: String) throws(SessionKeyringError) -> SecretBytes?

    /// Drops the secret now, also for processes that are about to read it.
    ///
    /// - Returns: Whether there was one.
    func revoke(_ description: String) throws(SessionKeyringError) -> Bool
}

/// What the kernel is handed: one length whatever is inside.
///
/// Layout: lifetime in seconds u32 ‖ length u16 ‖ secret ‖ zeros, 512 bytes together.
package enum SessionKey {
    package static let byteCount = 512
    package static let secretLimit = byteCount - headerByteCount
    private static let headerByteCount = 6

    /// `amparo:` and the vault's id in hexadecimal digits.
    package static func description(vault: String) -> String { "amparo:" + vault }

    static func payload(_ secret: borrowing SecretBytes, seconds: UInt32) -> SecretBytes {
        precondition(secret.count <= secretLimit, "a session's secret is bounded")
        return secret.withBytes { bytes in
            SecretBytes(count: byteCount) { out in
                for index in 0..<4 {
                    out[index] = UInt8(truncatingIfNeeded: seconds >> UInt32(24 - 8 * index))
                }
                out[4] = UInt8(truncatingIfNeeded: bytes.count >> 8)
                out[5] = UInt8(truncatingIfNeeded: bytes.count)
                for index in bytes.indices { out[headerByteCount + index] = bytes[index] }
            }
        }
    }

    /// - Returns: nil for a key of another program's making.
    static func seconds(of payload: borrowing SecretBytes) -> UInt32? {
        payload.withBytes { bytes in
            guard bytes.count == byteCount else { return nil }
            return (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[$1]) }
        }
    }

    static func secret(of payload: borrowing SecretBytes) -> SecretBytes? {
        let count = payload.withBytes { bytes in
            bytes.count == byteCount ? Int(bytes[4]) << 8 | Int(bytes[5]) : 0
        }
        guard (1...secretLimit).contains(count) else { return nil }
        return payload.slice(headerByteCount..<headerByteCount + count)
    }
}

/// The kernel's keyring of this login session.
package struct LinuxSessionKeyring: SessionKeyring {
    package init() {}

    package func store(
        _ secret: borrowing SecretBytes, as description: String, for lifetime: Duration
    ) throws(SessionKeyringError) {
        guard amparo_keyring_available() == 0 else { throw .unavailable }
        let seconds = UInt32(clamping: max(1, lifetime.components.seconds))
        let payload = SessionKey.payload(secret, seconds: seconds)
        let result = payload.withBytes { bytes in
            unsafe bytes.withUnsafeBufferPointer { buffer -> Int32 in
                guard let base = buffer.baseAddress else { return -EINVAL }
                return unsafe amparo_keyring_store(description, base, buffer.count, seconds)
            }
        }
        guard result == 0 else { throw Self.error(result) }
    }

    package func fetch(_ description: String) throws(SessionKeyringError) -> SecretBytes? {
        guard amparo_keyring_available() == 0 else { return nil }
        var count = 0
        let payload = SecretBytes(count: SessionKey.byteCount) { out in
            unsafe out.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                unsafe count = amparo_keyring_read(description, base, buffer.count)
            }
        }
        guard count >= 0 else {
            guard Self.isLocked(Int32(clamping: count)) else {
                throw Self.error(Int32(clamping: count))
            }
            return nil
        }
        guard count == SessionKey.byteCount, let seconds = SessionKey.seconds(of: payload) else {
            return nil
        }
        // It may have ended since; then this was its last use.
        _ = unsafe amparo_keyring_renew(description, seconds)
        return SessionKey.secret(of: payload)
    }

    package func revoke(_ description: String) throws(SessionKeyringError) -> Bool {
        let result = unsafe amparo_keyring_revoke(description)
        if result == 0 { return true }
        guard Self.isLocked(result) || Self.error(result) == .unavailable else {
            throw Self.error(result)
        }
        return false
    }

    private static func isLocked(_ result: Int32) -> Bool {
        [-ENOKEY, -EKEYEXPIRED, -EKEYREVOKED].contains(result)
    }

    private static func error(_ result: Int32) -> SessionKeyringError {
        // EPERM and ENOSYS: a container that keeps keyrings from its processes.
        [-ENOSYS, -EPERM, -EACCES, -ENOKEY, -EKEYREVOKED].contains(result)
            ? .unavailable : .refused(code: -result)
    }
}
