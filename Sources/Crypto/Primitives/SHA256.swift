internal import CSodium
internal import Secrets

/// SHA-256, where a format asks for it.
///
/// Source: FIPS 180-4.
package enum SHA256 {
    package static let byteCount = 32

    package static func hash(_ bytes: Span<UInt8>) -> [UInt8] {
        Sodium.ready
        var digest = [UInt8](repeating: 0, count: byteCount)
        var out = digest.mutableSpan
        let count = UInt64(bytes.count)
        _ = unsafe withAddress(of: &out) { out in
            unsafe withAddress(of: bytes) { bytes in unsafe crypto_hash_sha256(out, bytes, count) }
        }
        return digest
    }
}

/// SHA-256 of bytes that come piece by piece.
package struct SHA256State: ~Copyable {
    private var state = crypto_hash_sha256_state()

    package init() {
        Sodium.ready
        _ = unsafe crypto_hash_sha256_init(&state)
    }

    package mutating func update(_ bytes: Span<UInt8>) {
        let count = UInt64(bytes.count)
        unsafe withAddress(of: bytes) { bytes in
            _ = unsafe crypto_hash_sha256_update(&state, bytes, count)
        }
    }

    package consuming func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: SHA256.byteCount)
        var out = digest.mutableSpan
        unsafe withAddress(of: &out) { out in
            _ = unsafe crypto_hash_sha256_final(&state, out)
        }
        return digest
    }
}
