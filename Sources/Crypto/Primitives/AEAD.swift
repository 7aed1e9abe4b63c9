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
        Sodium.ready
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        precondition(box.count == plaintext.count + tagByteCount)
        let textCount = UInt64(plaintext.count)
        let dataCount = UInt64(data.count)
        _ = unsafe withAddress(of: &box) { out in
            unsafe withAddress(of: plaintext) { text in
                unsafe withAddress(of: data) { extra in
                    unsafe withAddress(of: nonce) { nonce in
                        unsafe withAddress(of: key) { key in
                            unsafe crypto_aead_chacha20poly1305_ietf_encrypt(
                                out, nil, text, textCount, extra, dataCount, nil, nonce, key)
                        }
                    }
                }
            }
        }
    }

    /// Writes the plaintext, whose count is the box's − 16, only if the box is authentic.
    ///
    /// - Throws: `.notAuthentic`, also for a box shorter than a tag.
    package static func open(
        _ box: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>, key: Span<UInt8>,
        nonce: Span<UInt8>, authenticating data: Span<UInt8> = Span()
    ) throws(PrimitiveError) {
        Sodium.ready
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        guard box.count >= tagByteCount else { throw .notAuthentic }
        precondition(plaintext.count == box.count - tagByteCount)
        let boxCount = UInt64(box.count)
        let dataCount = UInt64(data.count)
        let result = unsafe withAddress(of: &plaintext) { out in
            unsafe withAddress(of: box) { box in
                unsafe withAddress(of: data) { extra in
                    unsafe withAddress(of: nonce) { nonce in
                        unsafe withAddress(of: key) { key in
                            unsafe crypto_aead_chacha20poly1305_ietf_decrypt(
                                out, nil, nil, box, boxCount, extra, dataCount, nonce, key)
                        }
                    }
                }
            }
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
        Sodium.ready
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        precondition(box.count == plaintext.count + tagByteCount)
        let textCount = UInt64(plaintext.count)
        let dataCount = UInt64(data.count)
        _ = unsafe withAddress(of: &box) { out in
            unsafe withAddress(of: plaintext) { text in
                unsafe withAddress(of: data) { extra in
                    unsafe withAddress(of: nonce) { nonce in
                        unsafe withAddress(of: key) { key in
                            unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                                out, nil, text, textCount, extra, dataCount, nil, nonce, key)
                        }
                    }
                }
            }
        }
    }

    /// Writes the plaintext, whose count is the box's − 16, only if the box is authentic.
    ///
    /// - Throws: `.notAuthentic`, also for a box shorter than a tag.
    package static func open(
        _ box: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>, key: Span<UInt8>,
        nonce: Span<UInt8>, authenticating data: Span<UInt8> = Span()
    ) throws(PrimitiveError) {
        Sodium.ready
        precondition(key.count == keyByteCount && nonce.count == nonceByteCount)
        guard box.count >= tagByteCount else { throw .notAuthentic }
        precondition(plaintext.count == box.count - tagByteCount)
        let boxCount = UInt64(box.count)
        let dataCount = UInt64(data.count)
        let result = unsafe withAddress(of: &plaintext) { out in
            unsafe withAddress(of: box) { box in
                unsafe withAddress(of: data) { extra in
                    unsafe withAddress(of: nonce) { nonce in
                        unsafe withAddress(of: key) { key in
                            unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                                out, nil, nil, box, boxCount, extra, dataCount, nonce, key)
                        }
                    }
                }
            }
        }
        guard result == 0 else { throw .notAuthentic }
    }
}
