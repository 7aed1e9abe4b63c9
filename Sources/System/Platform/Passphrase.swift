package import Secrets

package enum PassphraseError: Error, Hashable, Sendable {
    case empty
    case tooLong(limit: Int)
    case notUTF8
    case unreadable(StreamError)
}

/// A human secret in its one spelling: UTF-8 in NFC, 1 to 1,024 bytes.
package enum Passphrase {
    package static let limit = 1_024

    /// Reads everything from an open descriptor and drops one final LF.
    package static func read(from input: some ByteInput) throws(PassphraseError) -> SecretBytes {
        try canonical(typed(from: input))
    }

    /// The same, in the bytes in which it came.
    package static func typed(from input: some ByteInput) throws(PassphraseError) -> SecretBytes {
        // One byte for the LF, one to see that there is more than the limit.
        let capacity = limit + 2
        var count = 0
        let raw = try SecretBytes(count: capacity) { (span) throws(PassphraseError) in
            while count < capacity {
                var free = span._mutatingExtracting(count..<capacity)
                let got: Int
                do throws(StreamError) {
                    got = try input.read(into: &free)
                } catch { throw .unreadable(error) }
                if got == 0 { break }
                count += got
            }
        }
        let endsLine = raw.withBytes { count > 0 && $0[count - 1] == UInt8(ascii: "\n") }
        if endsLine { count -= 1 }
        guard count > 0 else { throw .empty }
        guard count <= limit else { throw .tooLong(limit: limit) }
        return raw.slice(0..<count)
    }

    /// What may have sealed somebody else's file: the bytes as typed first, then, where they
    /// differ, the same letters in NFC.
    package static func spellings(_ typed: consuming SecretBytes) -> [SharedSecret] {
        let first = SharedSecret(typed)
        guard let composed = try? canonical(first.bytes.copy()),
            !composed.equals(first.bytes)
        else { return [first] }
        return [first, SharedSecret(composed)]
    }

    /// The same secret in NFC: a keyboard that composes accents and one that does not must open the
    /// same vault.
    package static func canonical(
        _ secret: consuming SecretBytes
    ) throws(PassphraseError) -> SecretBytes {
        guard secret.count <= limit else { throw .tooLong(limit: limit) }
        let isCanonical = try secret.withBytes { (bytes) throws(PassphraseError) -> Bool in
            do {
                var text = try UTF8Span(validating: bytes)
                return text.checkForNFC(quickCheck: false)
            } catch { throw .notUTF8 }
        }
        if isCanonical { return secret }
        let composed = secret.withBytes { bytes in compose(bytes) }
        guard composed.count <= limit else { throw .tooLong(limit: limit) }
        return composed
    }

    /// The documented exception to "a passphrase never becomes a String": only the standard library
    /// knows Unicode's tables, and only through `String`. Its copy is freed, not zeroed.
    private static func compose(_ bytes: Span<UInt8>) -> SecretBytes {
        var plain = [UInt8](repeating: 0, count: bytes.count)
        for index in bytes.indices { plain[index] = bytes[index] }
        let text = String(decoding: plain, as: UTF8.self)
        Zeroing.zero(&plain)
        var composed: [UInt8] = []
        // NFC never needs more than three times the bytes; no growing means no stray copies.
        composed.reserveCapacity(bytes.count * 3)
        text._withNFCCodeUnits { composed.append($0) }
        return SecretBytes(draining: &composed)
    }
}
