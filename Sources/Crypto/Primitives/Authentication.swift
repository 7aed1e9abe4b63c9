internal import CSodium
package import Secrets

/// HMAC-SHA-256 with a key of any length.
///
/// Source: RFC 2104; libsodium's one-shot call wants 32 bytes of key, the streaming one any.
package enum HMACSHA256 {
    package static let byteCount = 32

    /// Writes the 32-byte MAC of `parts` end to end.
    package static func authenticate(
        _ first: Span<UInt8>, _ second: Span<UInt8> = Span(), _ third: Span<UInt8> = Span(),
        key: Span<UInt8>, into mac: inout MutableSpan<UInt8>
    ) {
        Sodium.ready
        precondition(mac.count == byteCount)
        var state = crypto_auth_hmacsha256_state()
        let keyCount = key.count
        _ = unsafe withAddress(of: key) { key in
            unsafe crypto_auth_hmacsha256_init(&state, key, keyCount)
        }
        update(&state, first)
        update(&state, second)
        update(&state, third)
        _ = unsafe withAddress(of: &mac) { mac in
            unsafe crypto_auth_hmacsha256_final(&state, mac)
        }
        unsafe sodium_memzero(&state, MemoryLayout<crypto_auth_hmacsha256_state>.size)
    }

    private static func update(_ state: inout crypto_auth_hmacsha256_state, _ part: Span<UInt8>) {
        let partCount = UInt64(part.count)
        _ = unsafe withAddress(of: part) { part in
            unsafe crypto_auth_hmacsha256_update(&state, part, partCount)
        }
    }
}

/// HKDF-SHA-256, composed on HMAC: libsodium 1.0.18 has none.
///
/// Source: RFC 5869, sections 2.2 and 2.3.
package enum HKDF {
    /// Largest output: 255 blocks of 32 bytes.
    package static let maximumByteCount = 255 * 32

    /// - Parameters:
    ///   - input: Input key material, any length.
    ///   - salt: Empty stands for 32 zero bytes, as in the specification.
    ///   - count: Output length in bytes, 1–8,160.
    package static func derive(
        count: Int, from input: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>
    ) -> SecretBytes {
        precondition((1...maximumByteCount).contains(count))
        let extracted = SecretBytes(count: 32) { span in
            // HMAC pads a short key with zeros, so an empty salt is the 32 zero bytes of the text.
            HMACSHA256.authenticate(input, key: salt, into: &span)
        }
        return extracted.withBytes { key in
            SecretBytes(count: count) { out in
                expand(key: key, info: info, into: &out)
            }
        }
    }

    private static func expand(
        key: Span<UInt8>, info: Span<UInt8>, into out: inout MutableSpan<UInt8>
    ) {
        var block = [UInt8](repeating: 0, count: 32)
        defer { Zeroing.zero(&block) }
        var written = 0
        var counter: UInt8 = 1
        while written < out.count {
            var previous = written == 0 ? [] : block
            var span = block.mutableSpan
            HMACSHA256.authenticate(previous.span, info, [counter].span, key: key, into: &span)
            Zeroing.zero(&previous)
            for index in 0..<min(32, out.count - written) { out[written + index] = block[index] }
            written += min(32, out.count - written)
            counter &+= 1  // At most 255 blocks, by the precondition in `derive`.
        }
    }
}

/// Ed25519 signatures.
///
/// Source: RFC 8032, as libsodium's `crypto_sign_detached`.
package enum Ed25519 {
    package static let seedByteCount = 32
    package static let publicKeyByteCount = 32
    package static let signatureByteCount = 64

    /// The public key of a 32-byte seed.
    package static func publicKey(seed: borrowing SecretBytes) -> [UInt8] {
        var publicKey = [UInt8](repeating: 0, count: publicKeyByteCount)
        _ = expand(seed, publicKey: &publicKey)
        return publicKey
    }

    /// 64 bytes over `message`, the same each time.
    package static func sign(_ message: Span<UInt8>, seed: borrowing SecretBytes) -> [UInt8] {
        var publicKey = [UInt8](repeating: 0, count: publicKeyByteCount)
        let secretKey = expand(seed, publicKey: &publicKey)
        var signature = [UInt8](repeating: 0, count: signatureByteCount)
        var out = signature.mutableSpan
        let messageCount = UInt64(message.count)
        secretKey.withBytes { key in
            _ = unsafe withAddress(of: &out) { out in
                unsafe withAddress(of: message) { message in
                    unsafe withAddress(of: key) { key in
                        unsafe crypto_sign_detached(out, nil, message, messageCount, key)
                    }
                }
            }
        }
        return signature
    }

    /// Whether `signature` (64 bytes) is `publicKey`'s (32 bytes) over `message`; any other length
    /// is false. libsodium refuses low-order keys and non-canonical signatures.
    package static func verify(
        _ signature: Span<UInt8>, of message: Span<UInt8>, publicKey: Span<UInt8>
    ) -> Bool {
        Sodium.ready
        guard signature.count == signatureByteCount, publicKey.count == publicKeyByteCount else {
            return false
        }
        let messageCount = UInt64(message.count)
        return unsafe withAddress(of: signature) { signature in
            unsafe withAddress(of: message) { message in
                unsafe withAddress(of: publicKey) { publicKey in
                    unsafe crypto_sign_verify_detached(
                        signature, message, messageCount, publicKey) == 0
                }
            }
        }
    }

    /// The X25519 point of an Ed25519 public key (32 bytes): what age seals to.
    ///
    /// - Returns: nil for bytes that are no point of the curve's main group.
    package static func agreementPoint(publicKey: Span<UInt8>) -> [UInt8]? {
        Sodium.ready
        precondition(publicKey.count == publicKeyByteCount)
        var point = [UInt8](repeating: 0, count: X25519.byteCount)
        var out = point.mutableSpan
        let result = unsafe withAddress(of: &out) { out in
            unsafe withAddress(of: publicKey) { publicKey in
                unsafe crypto_sign_ed25519_pk_to_curve25519(out, publicKey)
            }
        }
        return result == 0 ? point : nil
    }

    /// The X25519 scalar of an Ed25519 seed.
    package static func agreementScalar(seed: borrowing SecretBytes) -> SecretBytes {
        var publicKey = [UInt8](repeating: 0, count: publicKeyByteCount)
        return expand(seed, publicKey: &publicKey).withBytes { key in
            SecretBytes(count: X25519.byteCount) { out in
                _ = unsafe withAddress(of: &out) { out in
                    unsafe withAddress(of: key) { key in
                        unsafe crypto_sign_ed25519_sk_to_curve25519(out, key)
                    }
                }
            }
        }
    }

    /// libsodium's 64-byte secret key: seed ‖ public key.
    private static func expand(
        _ seed: borrowing SecretBytes, publicKey: inout [UInt8]
    ) -> SecretBytes {
        Sodium.ready
        precondition(seed.count == seedByteCount)
        var publicSpan = publicKey.mutableSpan
        return seed.withBytes { seed in
            SecretBytes(count: 64) { secret in
                _ = unsafe withAddress(of: &publicSpan) { publicKey in
                    unsafe withAddress(of: &secret) { secret in
                        unsafe withAddress(of: seed) { seed in
                            unsafe crypto_sign_seed_keypair(publicKey, secret, seed)
                        }
                    }
                }
            }
        }
    }
}
