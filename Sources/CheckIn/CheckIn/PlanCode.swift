package import Encoding
package import Secrets

internal import Primitives

/// The words that a journalist types to report in: words of a frozen list and a check word.
///
/// The check word's number is the first 12 bits of BLAKE2b-128("amparo/check/1" ‖ the words with
/// single spaces): a slip is caught without a watcher, and says nothing about other codes.
package struct PlanCode: ~Copyable, Sendable {
    /// Words before the check word where the machine that watches is the one that checks in.
    package static let wordCount = 4
    private static let wordCounts = 3...4

    /// Lower case, single spaces, the check word last.
    package let text: SecretBytes

    package init(random: some RandomSource, list: WordList, wordCount: Int = wordCount) {
        let drawn = (0..<wordCount).map { _ in Int(random.below(UInt32(WordList.count))) }
        text = list.text(drawn + [Self.checkIndex(of: drawn, in: list)])
    }

    init(text: consuming SecretBytes) { self.text = text }

    /// Reads a typed code in either language; capitals, accents and extra spaces are forgiven.
    package init(reading typed: Span<UInt8>) throws(CodeError) {
        if Self.isOfDigits(typed) {
            text = try Self.digits(typed)
            return
        }
        let words = TypedWords(typed)
        guard Self.wordCounts.contains(words.count - 1) else { throw .wordCount(words.count) }
        var known = 0
        for list in WordList.all {
            let found = (0..<words.count).map { list.index(of: words, at: $0) }
            let indices = found.prefix { $0 != nil }.compactMap { $0 }
            known = max(known, indices.count)
            guard indices.count == words.count else { continue }
            let check = Self.checkIndex(of: indices.dropLast(), in: list)
            if indices.last == check {
                text = list.text(indices)
                return
            }
        }
        if known < words.count { throw .unknownWord(known + 1) }
        throw .checkWord
    }

    /// The Ed25519 seed of this code for one plan, 32 bytes: Argon2id(code, salt =
    /// BLAKE2b-128("amparo/code/1" ‖ plan id, key = plan secret), 3 passes, 64 MiB).
    ///
    /// The cost is for whoever has both the plan secret and a public key.
    package borrowing func signingSeed(plan: PlanID, secret: borrowing SecretBytes)
        throws(CodeError) -> SecretBytes
    {
        let salt = secret.withBytes { key in
            BLAKE2b.hash(
                count: Argon2id.saltByteCount, Array("amparo/code/1".utf8), plan.bytes, key: key)
        }
        do {
            return try text.withBytes { (text) throws(PrimitiveError) in
                try Argon2id.derive(
                    count: Ed25519.seedByteCount, from: text, salt: salt.span, operations: 3,
                    memory: 64 << 20)
            }
        } catch {
            throw .outOfMemory
        }
    }

    /// Another code of the list, for use under duress: it differs from this one by two words at
    /// least, so that no slip of the tongue makes one of the other.
    package borrowing func twin(random: some RandomSource, list: WordList) -> PlanCode {
        while true {
            let other = PlanCode(random: random, list: list)
            if differingWords(from: other, in: list) >= 2 { return other }
        }
    }

    /// At how many places the words before the check word are not the same.
    package borrowing func differingWords(from other: borrowing PlanCode, in list: WordList) -> Int
    {
        text.withBytes { mine in
            other.text.withBytes { theirs in
                let left = TypedWords(mine)
                let right = TypedWords(theirs)
                return (0..<max(left.count, right.count) - 1).count {
                    list.index(of: left, at: $0) != list.index(of: right, at: $0)
                }
            }
        }
    }

    private static func checkIndex(of indices: some Collection<Int>, in list: WordList) -> Int {
        let hash = list.text(Array(indices)).withBytes { words in
            var state = BLAKE2bState(count: 16)
            state.update(Array("amparo/check/1".utf8).span)
            state.update(words)
            return state.finish()
        }
        return Int(hash[0]) << 4 | Int(hash[1] >> 4)
    }
}
