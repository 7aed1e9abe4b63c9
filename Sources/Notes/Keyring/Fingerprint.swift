internal import Encoding
internal import Primitives
package import Wording

/// Six words that stand for a public key, to be read aloud and compared. What opens files and what
/// signs have their own: the words are the same whether a reader has one of them or both.
///
/// BLAKE2b-128("amparo/fingerprint/1" ‖ for each key, sorted by bytes: length u16 ‖ text)[0..<9],
/// cut into six 12-bit numbers of the frozen word lists: 72 bits. They belong to one person alone:
/// words over the keys of two people could be forged by somebody in the middle who tries pairs, in
/// 2^36 steps.
package struct Fingerprint: Hashable, Sendable {
    package static let wordCount = 6

    private let indices: [Int]

    /// - Parameter keys: A person's recipients, or her minisign keys, in their one spelling: at least
    ///   one, usually one, in any order.
    package init(keys: [String]) {
        precondition(!keys.isEmpty, "nobody without keys has a fingerprint")
        var writer = ByteWriter()
        for key in Set(keys).map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }
        ) {
            writer.integer(UInt64(key.count), count: 2)
            writer.raw(key)
        }
        let hash = BLAKE2b.hash(count: 16, Array("amparo/fingerprint/1".utf8), writer.bytes)
        indices = stride(from: 0, to: 9, by: 3).flatMap { start in
            let group = Int(hash[start]) << 16 | Int(hash[start + 1]) << 8 | Int(hash[start + 2])
            return [group >> 12, group & 0xFFF]
        }
    }

    package func words(in language: Language) -> [String] {
        indices.map(WordList.of(language).word(at:))
    }

    /// With single spaces between them.
    package func text(in language: Language) -> String {
        words(in: language).joined(separator: " ")
    }
}
