package import Primitives
package import Secrets

/// One message under a secret of `HybridKEM`, in HPKE's base mode: HKDF-SHA256 and
/// ChaCha20-Poly1305, sequence number zero, nothing else authenticated.
///
/// Source: RFC 9180, sections 4 and 5.1; KEM 0x647a of hpke-pq.md, whose secret enters the key
/// schedule as it is.
package enum HPKE {
    /// Bytes that a box is longer than its text.
    package static let overheadByteCount = ChaChaPoly.tagByteCount

    /// "HPKE" ‖ KEM ‖ KDF ‖ AEAD.
    private static let suite = Array("HPKE".utf8) + [0x64, 0x7a, 0x00, 0x01, 0x00, 0x03]
    private static let version = Array("HPKE-v1".utf8)

    /// - Parameter info: Names the use; both sides must say the same.
    package static func seal(
        _ text: Span<UInt8>, secret: borrowing SecretBytes, info: String
    ) -> [UInt8] {
        let schedule = Schedule(secret: secret, info: info)
        var box = [UInt8](repeating: 0, count: text.count + overheadByteCount)
        var out = box.mutableSpan
        schedule.key.withBytes { key in
            schedule.nonce.withBytes { nonce in
                ChaChaPoly.seal(text, into: &out, key: key, nonce: nonce)
            }
        }
        return box
    }

    /// - Parameter box: More than `overheadByteCount` bytes.
    /// - Throws: `.notAuthentic`.
    package static func open(
        _ box: Span<UInt8>, secret: borrowing SecretBytes, info: String
    ) throws(PrimitiveError) -> SecretBytes {
        guard box.count > overheadByteCount else { throw .notAuthentic }
        let schedule = Schedule(secret: secret, info: info)
        return try schedule.key.withBytes { (key) throws(PrimitiveError) in
            try schedule.nonce.withBytes { (nonce) throws(PrimitiveError) in
                try SecretBytes(count: box.count - overheadByteCount) {
                    (out) throws(PrimitiveError) in
                    try ChaChaPoly.open(box, into: &out, key: key, nonce: nonce)
                }
            }
        }
    }

    private struct Schedule: ~Copyable {
        let key: SecretBytes
        let nonce: SecretBytes

        init(secret: borrowing SecretBytes, info: String) {
            let identifier = extract(salt: Span(), "psk_id_hash", [])
            let infoHash = extract(salt: Span(), "info_hash", Array(info.utf8))
            // Mode 0, the base mode.
            let context = [0] + Self.publicBytes(identifier) + Self.publicBytes(infoHash)
            // The shared secret is the salt, and there is no pre-shared key.
            let scheduled = secret.withBytes { extract(salt: $0, "secret", []) }
            key = expand(scheduled, "key", context, count: ChaChaPoly.keyByteCount)
            nonce = expand(scheduled, "base_nonce", context, count: ChaChaPoly.nonceByteCount)
        }

        private static func publicBytes(_ hash: borrowing SecretBytes) -> [UInt8] {
            hash.withBytes { hash in hash.indices.map { hash[$0] } }
        }
    }

    /// LabeledExtract: HMAC pads a short salt with zeros, so an empty one is 32 zero bytes.
    private static func extract(salt: Span<UInt8>, _ label: String, _ input: [UInt8])
        -> SecretBytes
    {
        let labeled = version + suite + Array(label.utf8) + input
        return SecretBytes(count: HMACSHA256.byteCount) { out in
            HMACSHA256.authenticate(labeled.span, key: salt, into: &out)
        }
    }

    /// LabeledExpand for at most one block.
    private static func expand(
        _ key: borrowing SecretBytes, _ label: String, _ context: [UInt8], count: Int
    ) -> SecretBytes {
        precondition(count <= HMACSHA256.byteCount)
        let labeled = [0, UInt8(count)] + version + suite + Array(label.utf8) + context + [1]
        let block = key.withBytes { key in
            SecretBytes(count: HMACSHA256.byteCount) { out in
                HMACSHA256.authenticate(labeled.span, key: key, into: &out)
            }
        }
        return block.slice(0..<count)
    }
}
