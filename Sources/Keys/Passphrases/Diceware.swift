internal import Encoding
package import Secrets
package import Wording

/// Passphrases of words drawn by lot, each as likely as any other.
///
/// The words are those of `WordList` without the ones that nobody would dictate across a newsroom:
/// a drawn passphrase is sometimes said aloud. Recovery words keep the whole list, which is frozen.
package struct Diceware: Sendable {
    /// 4 words guard little; more than 20 nobody types.
    package static let wordCounts = 4...20
    /// At least 71 bits in either language: out of reach behind any key derivation of ours.
    package static let usualCount = 6

    package let language: Language
    private let list: WordList
    /// Sorted indices of the words that are never drawn.
    private let leftOut: [Int]

    package init(_ language: Language) {
        self.language = language
        let list = WordList.of(language)
        self.list = list
        leftOut = UnsaidWords.of(language).utf8.split(separator: UInt8(ascii: " "))
            .compactMap { list.index(of: Array($0)) }.sorted()
    }

    /// How many words there are to draw from.
    package var wordCount: Int { WordList.count - leftOut.count }

    /// Thousandths of a bit in one word: 1,000 · log2(`wordCount`), rounded down; a test holds it.
    package var millibitsPerWord: Int {
        switch language {
        case .english: 11_987
        case .spanish: 11_979
        }
    }

    /// The bits of a passphrase of `count` words, rounded down.
    package func bits(_ count: Int) -> Int { count * millibitsPerWord / 1_000 }

    /// Whether the word is one of those that are drawn.
    func draws(_ words: borrowing TypedWords, at position: Int) -> Bool {
        list.index(of: words, at: position).map { !leftOut.contains($0) } ?? false
    }

    /// `count` words with single spaces between them.
    package func draw(_ count: Int, random: any RandomSource) -> SecretBytes {
        precondition(count > 0, "a passphrase has at least one word")
        var indices: [Int] = []
        indices.reserveCapacity(count)
        while indices.count < count {
            let index = Int(random.below(UInt32(WordList.count)))
            if !leftOut.contains(index) { indices.append(index) }
        }
        return list.text(indices)
    }
}
