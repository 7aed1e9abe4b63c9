internal import CSodium
package import Secrets

/// X25519 Diffie–Hellman.
///
/// Source: RFC 7748, section 5.
package enum X25519 {
    package static let byteCount = 32

    /// The public u-coordinate of a 32-byte scalar, which is clamped in use only.
    package static func publicKey(scalar: borrowing SecretBytes) -> [UInt8] {
        Sodium.ready
        precondition(scalar.count == byteCount)
        var point = [UInt8](repeating: 0, count: byteCount)
        var out = point.mutableSpan
        scalar.withBytes { scalar in
            _ = unsafe withAddress(of: &out) { out in
                unsafe withAddress(of: scalar) { scalar in
                    unsafe crypto_scalarmult_curve25519_base(out, scalar)
                }
            }
        }
        return point
    }

    /// The 32-byte shared secret.
    ///
    /// - Throws: `.lowOrderPoint` when the result would be all zero.
    package static func sharedSecret(
        scalar: borrowing SecretBytes, point: Span<UInt8>
    ) throws(PrimitiveError) -> SecretBytes {
        Sodium.ready
        precondition(scalar.count == byteCount && point.count == byteCount)
        var result: Int32 = -1
        let shared = scalar.withBytes { scalar in
            SecretBytes(count: byteCount) { out in
                result = unsafe withAddress(of: &out) { out in
                    unsafe withAddress(of: scalar) { scalar in
                        unsafe withAddress(of: point) { point in
                            unsafe crypto_scalarmult_curve25519(out, scalar, point)
                        }
                    }
                }
            }
        }
        guard result == 0 else { throw .lowOrderPoint }
        return shared
    }
}

/// Anonymous sealing to an X25519 key: 48 bytes longer than the message.
///
/// Source: libsodium, "Sealed boxes" (`crypto_box_seal`).
package enum SealedBox {
    package static let overheadByteCount = 48

    /// The X25519 public key of a 32-byte seed (`crypto_box_seed_keypair`).
    package static func publicKey(seed: borrowing SecretBytes) -> [UInt8] {
        var publicKey = [UInt8](repeating: 0, count: 32)
        _ = expand(seed, publicKey: &publicKey)
        return publicKey
    }

    /// - Throws: `.lowOrderPoint` for a public key to which nothing can be sealed.
    package static func seal(
        _ message: Span<UInt8>, to publicKey: Span<UInt8>
    ) throws(PrimitiveError) -> [UInt8] {
        Sodium.ready
        precondition(publicKey.count == 32)
        var box = [UInt8](repeating: 0, count: message.count + overheadByteCount)
        var out = box.mutableSpan
        let messageCount = UInt64(message.count)
        let result = unsafe withAddress(of: &out) { out in
            unsafe withAddress(of: message) { message in
                unsafe withAddress(of: publicKey) { publicKey in
                    unsafe crypto_box_seal(out, message, messageCount, publicKey)
                }
            }
        }
        guard result == 0 else { throw .lowOrderPoint }
        return box
    }

    /// - Throws: `.notAuthentic` for anything not sealed to this seed's public key.
    package static func open(
        _ box: Span<UInt8>, seed: borrowing SecretBytes
    ) throws(PrimitiveError) -> [UInt8] {
        guard box.count >= overheadByteCount else { throw .notAuthentic }
        var publicKey = [UInt8](repeating: 0, count: 32)
        let secretKey = expand(seed, publicKey: &publicKey)
        var message = [UInt8](repeating: 0, count: box.count - overheadByteCount)
        var out = message.mutableSpan
        let boxCount = UInt64(box.count)
        let publicSpan = publicKey.span
        let result = secretKey.withBytes { secretKey in
            unsafe withAddress(of: &out) { out in
                unsafe withAddress(of: box) { box in
                    unsafe withAddress(of: publicSpan) { publicKey in
                        unsafe withAddress(of: secretKey) { secretKey in
                            unsafe crypto_box_seal_open(out, box, boxCount, publicKey, secretKey)
                        }
                    }
                }
            }
        }
        guard result == 0 else { throw .notAuthentic }
        return message
    }

    private static func expand(
        _ seed: borrowing SecretBytes, publicKey: inout [UInt8]
    ) -> SecretBytes {
        Sodium.ready
        precondition(seed.count == 32)
        var publicSpan = publicKey.mutableSpan
        return seed.withBytes { seed in
            SecretBytes(count: 32) { secret in
                _ = unsafe withAddress(of: &publicSpan) { publicKey in
                    unsafe withAddress(of: &secret) { secret in
                        unsafe withAddress(of: seed) { seed in
                            unsafe crypto_box_seed_keypair(publicKey, secret, seed)
                        }
                    }
                }
            }
        }
    }
}
