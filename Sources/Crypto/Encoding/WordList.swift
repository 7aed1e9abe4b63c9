package import Secrets
package import Wording

/// The frozen 4,096 words of one language: of recovery words and of check-in codes.
///
/// Sorted by bytes, 4–8 letters a–z, so that a word is 12 bits. The tables are static data: nothing
/// is read or built at start. A few words are in both languages; a phrase is read whole in one.
package struct WordList: Sendable {
    package static let count = 4096
    /// Bits that one word carries.
    package static let bitsPerWord = 12

    package static let english = WordList(language: .english, table: englishTable)
    package static let spanish = WordList(language: .spanish, table: spanishTable)
    package static let all = [english, spanish]

    package let language: Language
    private let table: String

    package static func of(_ language: Language) -> WordList {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }

    private init(language: Language, table: String) {
        self.language = language
        self.table = table
        precondition(table.utf8.count == Self.count * TypedWords.width, "a table was cut")
    }

    /// - Parameter index: 0..<4096.
    package func word(at index: Int) -> String {
        String(decoding: letters(at: index), as: UTF8.self)
    }

    /// The words of `indices` with single spaces between them; at least one.
    package func text(_ indices: [Int]) -> SecretBytes {
        var bytes: [UInt8] = []
        // Room for all of it: an array that grows leaves copies behind.
        bytes.reserveCapacity(indices.count * (TypedWords.width + 1))
        for (position, index) in indices.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: " ")) }
            bytes.append(contentsOf: letters(at: index))
        }
        return SecretBytes(draining: &bytes)
    }

    /// The number of a typed word.
    package func index(of typed: borrowing TypedWords, at position: Int) -> Int? {
        typed.packed(at: position).flatMap(index)
    }

    /// The number of a word in the spelling of the lists: small letters a–z.
    package func index(of letters: [UInt8]) -> Int? {
        guard letters.count <= TypedWords.width else { return nil }
        let filled =
            letters
            + [UInt8](
                repeating: UInt8(ascii: " "), count: TypedWords.width - letters.count)
        return index(filled.reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// By binary search.
    private func index(_ wanted: UInt64) -> Int? {
        var low = 0
        var high = Self.count
        while low < high {
            let middle = (low + high) / 2
            if packed(at: middle) < wanted { low = middle + 1 } else { high = middle }
        }
        return low < Self.count && packed(at: low) == wanted ? low : nil
    }

    /// Up to three words that a slip of one or two letters turns into the typed one, nearest first.
    package func suggestions(for typed: borrowing TypedWords, at position: Int) -> [String] {
        let slip = typed.letters(at: position)
        var near: [(distance: Int, word: String)] = []
        for index in 0..<Self.count {
            let letters = letters(at: index)
            guard abs(letters.count - slip.count) <= 2 else { continue }
            let distance = Self.distance(letters, slip)
            if distance <= 2 {
                near.append((distance, String(decoding: letters, as: UTF8.self)))
            }
        }
        return near.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(3)
            .map(\.word)
    }

    private func letters(at index: Int) -> [UInt8] {
        precondition((0..<Self.count).contains(index), "a list has 4,096 words")
        let bytes = table.utf8Span.span
        let start = index * TypedWords.width
        var letters: [UInt8] = []
        for place in start..<start + TypedWords.width where bytes[place] != UInt8(ascii: " ") {
            letters.append(bytes[place])
        }
        return letters
    }

    /// Big-endian, so that the order of numbers is the order of words.
    private func packed(at index: Int) -> UInt64 {
        let bytes = table.utf8Span.span
        let start = index * TypedWords.width
        var value: UInt64 = 0
        for place in start..<start + TypedWords.width { value = value << 8 | UInt64(bytes[place]) }
        return value
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var older: [Int] = []
        var old = Array(0...right.count)
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                let cost = left[i] == right[j] ? 0 : 1
                var best = min(row[j] + 1, old[j + 1] + 1, old[j] + cost)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, older[j - 1] + 1)
                }
                row.append(best)
            }
            older = old
            old = row
        }
        return old[right.count]
    }
}
