internal import CSodium
internal import Secrets

/// ChaCha20-Poly1305 with a 12-byte nonce: the AEAD of age.
///
/// Source: RFC 8439, section 2.8.
package enum ChaChaPoly {
    package static let keyByteCount = 32
    package static let nonceByteCount = 12
    package static let tagByteCount = 16

    /// Writes ciphertext ‖ tag into `box`, whose count is the plaintext's + 16.
    package static func seal(
        _ plaintext: Span<UInt8>, into box: inout MutableSpan<UInt8>, key: Span<UInt8>,
        nonce: Span<UInt8>, authenticating data: Span<UInt8> = Span()
    ) {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        precondition(box.count == plaintext.count + tagByteCount)
        _ = unsafe withAddresses(&box, plaintext, data, nonce, key) {
            unsafe crypto_aead_chacha20poly1305_ietf_encrypt(
                $0, nil, $1.start, $1.count, $2.start, $2.count, nil, $3, $4)
        }
    }

    /// Writes the plaintext, whose count is the box's − 16, only if the box is authentic.
    ///
    /// - Throws: `.notAuthentic`, also for a box shorter than a tag.
    package static func open(
        _ box: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>, key: Span<UInt8>,
        nonce: Span<UInt8>, authenticating data: Span<UInt8> = Span()
    ) throws(PrimitiveError) {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        guard box.count >= tagByteCount else { throw .notAuthentic }
        precondition(plaintext.count == box.count - tagByteCount)
        let result = unsafe withAddresses(&plaintext, box, data, nonce, key) {
            unsafe crypto_aead_chacha20poly1305_ietf_decrypt(
                $0, nil, nil, $1.start, $1.count, $2.start, $2.count, $3, $4)
        }
        guard result == 0 else { throw .notAuthentic }
    }
}

/// XChaCha20-Poly1305 with a 24-byte nonce that may be random: the AEAD of the vault.
///
/// Source: draft-irtf-cfrg-xchacha-03, section 2.
package enum XChaChaPoly {
    package static let keyByteCount = 32
    package static let nonceByteCount = 24
    package static let tagByteCount = 16

    /// Writes ciphertext ‖ tag into `box`, whose count is the plaintext's + 16.
    package static func seal(
        _ plaintext: Span<UInt8>, into box: inout MutableSpan<UInt8>, key: Span<UInt8>,
        nonce: Span<UInt8>, authenticating data: Span<UInt8> = Span()
    ) {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        precondition(box.count == plaintext.count + tagByteCount)
        _ = unsafe withAddresses(&box, plaintext, data, nonce, key) {
            unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                $0, nil, $1.start, $1.count, $2.start, $2.count, nil, $3, $4)
        }
    }

    /// Writes the plaintext, whose count is the box's − 16, only if the box is authentic.
    ///
    /// - Throws: `.notAuthentic`, also for a box shorter than a tag.
    package static func open(
        _ box: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>, key: Span<UInt8>,
        nonce: Span<UInt8>, authenticating data: Span<UInt8> = Span()
    ) throws(PrimitiveError) {
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        guard box.count >= tagByteCount else { throw .notAuthentic }
        precondition(plaintext.count == box.count - tagByteCount)
        let result = unsafe withAddresses(&plaintext, box, data, nonce, key) {
            unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                $0, nil, nil, $1.start, $1.count, $2.start, $2.count, $3, $4)
        }
        guard result == 0 else { throw .notAuthentic }
    }
}

/// A lent span as C takes it.
private typealias Lent = (start: UnsafePointer<UInt8>, count: UInt64)

/// Lends everything that an AEAD call takes: output, input, associated data, nonce, key.
private func withAddresses(
    _ out: inout MutableSpan<UInt8>, _ input: Span<UInt8>, _ data: Span<UInt8>,
    _ nonce: Span<UInt8>, _ key: Span<UInt8>,
    _ call: (
        UnsafeMutablePointer<UInt8>, Lent, Lent, UnsafePointer<UInt8>, UnsafePointer<UInt8>
    ) -> Int32
) -> Int32 {
    Sodium.ready
    let inputCount = UInt64(input.count)
    let dataCount = UInt64(data.count)
    return unsafe withAddress(of: &out) { out in
        unsafe withAddress(of: input) { input in
            unsafe withAddress(of: data) { data in
                unsafe withAddress(of: nonce) { nonce in
                    unsafe withAddress(of: key) { key in
                        unsafe call(out, (input, inputCount), (data, dataCount), nonce, key)
                    }
                }
            }
        }
    }
}
