internal import Primitives

/// One piece of a payload, and the nonce that gives it its place.
///
/// Source: age-encryption.org/v1, "Payload": 64 KiB of plaintext, sealed with ChaCha20-Poly1305
/// under an 11-byte big-endian counter and a last byte that is 1 on the final chunk, else 0.
enum Chunk {
    static let plainByteCount = 65_536
    static let sealedByteCount = plainByteCount + ChaChaPoly.tagByteCount

    enum Place: UInt8 { case inner = 0, final = 1 }

    static func nonce(_ counter: UInt64, _ place: Place) -> [12 of UInt8] {
        // 2^64 chunks are more bytes than there are disks: the upper three bytes stay zero.
        var nonce = [12 of UInt8](repeating: 0)
        for index in 0..<8 {
            nonce[10 - index] = UInt8(truncatingIfNeeded: counter >> UInt64(8 * index))
        }
        nonce[11] = place.rawValue
        return nonce
    }
}
