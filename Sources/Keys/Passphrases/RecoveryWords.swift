internal import Encoding
internal import Primitives
package import Secrets
package import Wording

/// The twelve words on paper that open a vault when its passphrase is lost.
///
/// R = 16 random bytes; the words are the 12-bit numbers of R ‖ BLAKE2b-128("amparo/words/1" ‖ R)
/// [0..<2] in a frozen list. Either language's words give the same R.
package struct RecoveryWords: ~Copyable, Sendable {
    package static let count = 12
    package static let secretByteCount = 16
    private static let checkByteCount = 2

    private let secret: SecretBytes

    /// Fresh words.
    package init(random: any RandomSource) {
        secret = random.secret(count: Self.secretByteCount)
    }

    /// - Parameter secret: R, 16 bytes.
    package init(secret: consuming SecretBytes) {
        precondition(secret.count == Self.secretByteCount, "recovery words carry 16 bytes")
        self.secret = secret
    }

    /// Reads words in either language; capitals, accents and extra white space are forgiven.
    ///
    /// The whole phrase is read in one language: a few words are in both lists.
    /// - Throws: `RecoveryWordsError`.
    package init(reading text: Span<UInt8>) throws(RecoveryWordsError) {
        let typed = TypedWords(text)
        guard typed.count == Self.count else { throw .wrongCount(typed.count) }
        var complete: [[Int]] = []
        var furthest = (known: -1, list: WordList.english, firstUnknown: 0)
        for list in WordList.all {
            let found = (0..<Self.count).map { list.index(of: typed, at: $0) }
            let known = found.compactMap { $0 }
            if known.count == Self.count { complete.append(known) }
            if known.count > furthest.known {
                let unknown = found.firstIndex { $0 == nil } ?? 0
                furthest = (known.count, list, unknown)
            }
        }
        guard !complete.isEmpty else {
            let position = furthest.firstUnknown
            throw .unknownWord(
                position: position + 1,
                suggestions: furthest.list.suggestions(for: typed, at: position))
        }
        // Both lists hold all twelve: the check bytes decide.
        for indices in complete {
            let bytes = Self.bytes(indices)
            let candidate = bytes.slice(0..<Self.secretByteCount)
            let check = bytes.slice(
                Self.secretByteCount..<Self.secretByteCount + Self.checkByteCount)
            if Self.check(of: candidate).equals(check) {
                secret = candidate
                return
            }
        }
        throw .wrongCheck
    }

    /// R itself, for whoever splits it in shares.
    package borrowing func withSecret<T: ~Copyable, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> T
    ) throws(E) -> T {
        try secret.withBytes(body)
    }

    /// The words with single spaces between them.
    package borrowing func text(in language: Language) -> SecretBytes {
        WordList.of(language).text(indices())
    }

    /// One word, to be shown on the screen or asked back.
    ///
    /// - Parameter position: 1...12.
    package borrowing func word(_ position: Int, in language: Language) -> String {
        precondition((1...Self.count).contains(position), "there are twelve words")
        return WordList.of(language).word(at: indices()[position - 1])
    }

    /// Whether `typed` is the word at `position` (1...12), in either language.
    package borrowing func isWord(_ position: Int, _ typed: Span<UInt8>) -> Bool {
        precondition((1...Self.count).contains(position), "there are twelve words")
        let words = TypedWords(typed)
        guard words.count == 1 else { return false }
        let wanted = indices()[position - 1]
        return WordList.all.contains { $0.index(of: words, at: 0) == wanted }
    }

    /// What these words are to the vault: "amparo-recovery-1:" ‖ hex(R).
    package borrowing func slotPassphrase() -> SecretBytes {
        let prefix = Array("amparo-recovery-1:".utf8)
        return secret.withBytes { secret in
            SecretBytes(count: prefix.count + 2 * secret.count) { out in
                for index in prefix.indices { out[index] = prefix[index] }
                for index in secret.indices {
                    out[prefix.count + 2 * index] = Self.digit(secret[index] >> 4)
                    out[prefix.count + 2 * index + 1] = Self.digit(secret[index] & 15)
                }
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
    }

    private borrowing func indices() -> [Int] {
        let check = Self.check(of: secret)
        return secret.withBytes { secret in
            check.withBytes { check in
                var indices: [Int] = []
                var group = 0
                var bits = 0
                for place in 0..<Self.secretByteCount + Self.checkByteCount {
                    let byte =
                        place < secret.count ? secret[place] : check[place - secret.count]
                    group = group << 8 | Int(byte)
                    bits += 8
                    guard bits >= WordList.bitsPerWord else { continue }
                    bits -= WordList.bitsPerWord
                    indices.append(group >> bits)
                    group &= (1 << bits) - 1
                }
                return indices
            }
        }
    }

    /// Twelve indices to R ‖ check.
    private static func bytes(_ indices: [Int]) -> SecretBytes {
        SecretBytes(count: secretByteCount + checkByteCount) { out in
            var group = 0
            var bits = 0
            var place = 0
            for index in indices {
                group = group << WordList.bitsPerWord | index
                bits += WordList.bitsPerWord
                while bits >= 8 {
                    bits -= 8
                    out[place] = UInt8(truncatingIfNeeded: group >> bits)
                    place += 1
                    group &= (1 << bits) - 1
                }
            }
        }
    }

    private static func check(of secret: borrowing SecretBytes) -> SecretBytes {
        let label = Array("amparo/words/1".utf8)
        return secret.withBytes { secret in
            var state = BLAKE2bState(count: 16)
            state.update(label.span)
            state.update(secret)
            let hash = SecretBytes(count: 16) { state.finish(into: &$0) }
            return hash.slice(0..<checkByteCount)
        }
    }
}

/// Why typed recovery words could not be read.
package enum RecoveryWordsError: Error, Hashable {
    /// How many words there were instead of twelve.
    case wrongCount(Int)
    /// - Parameters:
    ///   - position: 1...12.
    ///   - suggestions: Up to three words of the list, nearest first.
    case unknownWord(position: Int, suggestions: [String])
    /// Every word is in the list, and one of them is wrong or out of its place.
    case wrongCheck
}
