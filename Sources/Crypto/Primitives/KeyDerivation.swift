internal import CSodium
package import Secrets

/// Argon2id version 1.3 with one lane, as libsodium offers it.
///
/// Source: RFC 9106.
package enum Argon2id {
    package static let saltByteCount = 16

    /// - Parameters:
    ///   - salt: 16 bytes.
    ///   - operations: Passes over the memory, at least 1.
    ///   - memory: Bytes, at least 8 KiB. The caller checks what a stranger asks for.
    /// - Throws: `.outOfMemory` when the system does not give that much.
    package static func derive(
        count: Int, from passphrase: Span<UInt8>, salt: Span<UInt8>, operations: Int, memory: Int
    ) throws(PrimitiveError) -> SecretBytes {
        Sodium.ready
        precondition(salt.count == saltByteCount && count >= 16)
        var result: Int32 = -1
        let passphraseCount = UInt64(passphrase.count)
        let key = SecretBytes(count: count) { out in
            result = unsafe withAddress(of: &out) { out in
                unsafe passphrase.withUnsafeBytes { passphrase in
                    unsafe withAddress(of: salt) { salt in
                        unsafe crypto_pwhash_argon2id(
                            out, UInt64(count),
                            passphrase.baseAddress?.assumingMemoryBound(to: CChar.self)
                                ?? emptyText,
                            passphraseCount, salt, UInt64(operations), memory,
                            crypto_pwhash_argon2id_ALG_ARGON2ID13)
                    }
                }
            }
        }
        guard result == 0 else { throw .outOfMemory }
        return key
    }
}

/// An address for an empty passphrase; never read, its count is zero.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> =
    unsafe UnsafePointer(UnsafeMutablePointer<CChar>.allocate(capacity: 1))

/// scrypt with r = 8 and p = 1.
///
/// Source: RFC 7914; age's parameters.
package enum Scrypt {
    /// - Parameters:
    ///   - log2N: Base-two logarithm of the cost; memory is 2^log2N KiB. The caller bounds it.
    /// - Throws: `.outOfMemory` when the system does not give that much.
    package static func derive(
        count: Int, from passphrase: Span<UInt8>, salt: Span<UInt8>, log2N: Int
    ) throws(PrimitiveError) -> SecretBytes {
        Sodium.ready
        precondition((1...30).contains(log2N))
        var result: Int32 = -1
        let passphraseCount = passphrase.count
        let saltCount = salt.count
        let key = SecretBytes(count: count) { out in
            result = unsafe withAddress(of: &out) { out in
                unsafe withAddress(of: passphrase) { passphrase in
                    unsafe withAddress(of: salt) { salt in
                        unsafe crypto_pwhash_scryptsalsa208sha256_ll(
                            passphrase, passphraseCount, salt, saltCount, UInt64(1) << log2N, 8, 1,
                            out, count)
                    }
                }
            }
        }
        guard result == 0 else { throw .outOfMemory }
        return key
    }
}

extension Scrypt {
    /// scrypt with the parameters that libsodium picks from two limits, as minisign stores them:
    /// r = 8, and N and p as large as `operations` and `memory` allow.
    ///
    /// Source: libsodium, `crypto_pwhash_scryptsalsa208sha256`.
    /// - Parameters:
    ///   - count: At least 16 bytes.
    ///   - salt: 32 bytes.
    ///   - operations: About the number of Salsa20/8 cores. The caller bounds it.
    ///   - memory: Bytes. The caller bounds it.
    /// - Throws: `.outOfMemory` when the system does not give that much.
    package static func derive(
        count: Int, from passphrase: Span<UInt8>, salt: Span<UInt8>, operations: UInt64,
        memory: Int
    ) throws(PrimitiveError) -> SecretBytes {
        Sodium.ready
        precondition(count >= 16 && salt.count == 32 && memory >= 0)
        var result: Int32 = -1
        let passphraseCount = UInt64(passphrase.count)
        let key = SecretBytes(count: count) { out in
            result = unsafe withAddress(of: &out) { out in
                unsafe passphrase.withUnsafeBytes { passphrase in
                    unsafe withAddress(of: salt) { salt in
                        unsafe crypto_pwhash_scryptsalsa208sha256(
                            out, UInt64(count),
                            passphrase.baseAddress?.assumingMemoryBound(to: CChar.self)
                                ?? emptyText,
                            passphraseCount, salt, operations, memory)
                    }
                }
            }
        }
        guard result == 0 else { throw .outOfMemory }
        return key
    }
}

/// Numbered subkeys of a 32-byte master key.
///
/// Source: libsodium, "Key derivation" (`crypto_kdf_derive_from_key`).
package enum Subkey {
    /// - Parameters:
    ///   - context: 8 ASCII characters that name the use.
    ///   - count: 16–64 bytes.
    package static func derive(
        _ number: UInt64, context: StaticString, from master: borrowing SecretBytes,
        count: Int = 32
    ) -> SecretBytes {
        Sodium.ready
        precondition(master.count == 32 && context.utf8CodeUnitCount == 8)
        return master.withBytes { master in
            SecretBytes(count: count) { out in
                _ = unsafe withAddress(of: &out) { out in
                    unsafe withAddress(of: master) { master in
                        unsafe context.utf8Start.withMemoryRebound(to: CChar.self, capacity: 8) {
                            unsafe crypto_kdf_derive_from_key(out, count, number, $0, master)
                        }
                    }
                }
            }
        }
    }
}

/// The pseudorandom function under XChaCha20: 16 bytes of input and a 32-byte key give 32 bytes.
///
/// Source: draft-irtf-cfrg-xchacha-03, section 2.2.
package enum HChaCha20 {
    package static func derive(
        _ input: Span<UInt8>, key: Span<UInt8>, into out: inout MutableSpan<UInt8>
    ) {
        Sodium.ready
        precondition(input.count == 16 && key.count == 32 && out.count == 32)
        _ = unsafe withAddress(of: &out) { out in
            unsafe withAddress(of: input) { input in
                unsafe withAddress(of: key) { key in
                    unsafe crypto_core_hchacha20(out, input, key, nil)
                }
            }
        }
    }
}
