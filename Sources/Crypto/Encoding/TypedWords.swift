internal import Secrets

/// Words as a person typed them, in the spelling of the lists: a–z without accents.
///
/// Capitals, accents (typed whole or as combining marks), ñ and extra white space are forgiven:
/// the lists have none, and a tired person who writes «también» means «tambien».
package struct TypedWords: ~Copyable {
    /// Bytes of one word in the lists: at most 8 letters, then spaces.
    static let width = 8
    /// Room for one typed word; what does not fit can match nothing.
    private static let room = 12

    /// White-space separated words.
    package let count: Int
    private let cells: SecretBytes

    /// - Parameter text: UTF-8 of any length, also empty.
    package init(_ text: Span<UInt8>) {
        let words = Self.countWords(text)
        count = words
        cells = SecretBytes(count: max(1, words) * Self.room) { cells in
            for index in cells.indices { cells[index] = UInt8(ascii: " ") }
            var word = -1
            var letter = 0
            var isInside = false
            var index = 0
            while index < text.count {
                if Self.isSpace(text[index]) {
                    isInside = false
                    index += 1
                    continue
                }
                if !isInside {
                    isInside = true
                    word += 1
                    letter = 0
                }
                let (folded, length) = Self.fold(text, at: index)
                index += length
                guard let folded else { continue }
                if letter < Self.room { cells[word * Self.room + letter] = folded }
                letter += 1
            }
        }
    }

    /// The word as the lists pack it; nil when it cannot be in a list.
    func packed(at position: Int) -> UInt64? {
        precondition((0..<count).contains(position), "no such word")
        return cells.withBytes { cells in
            let start = position * Self.room
            guard cells[start + Self.width] == UInt8(ascii: " ") else { return nil }
            var value: UInt64 = 0
            for place in start..<start + Self.width { value = value << 8 | UInt64(cells[place]) }
            return value
        }
    }

    /// The folded letters, at most 12, for the search of near words.
    package func letters(at position: Int) -> [UInt8] {
        precondition((0..<count).contains(position), "no such word")
        return cells.withBytes { cells in
            var letters: [UInt8] = []
            for place in position * Self.room..<(position + 1) * Self.room
            where cells[place] != UInt8(ascii: " ") { letters.append(cells[place]) }
            return letters
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }

    private static func countWords(_ text: Span<UInt8>) -> Int {
        var words = 0
        var isInside = false
        for index in text.indices {
            let space = isSpace(text[index])
            if !space, !isInside { words += 1 }
            isInside = !space
        }
        return words
    }

    /// One character: its letter, nil for a combining mark, `?` for what is in no list.
    private static func fold(_ text: Span<UInt8>, at index: Int) -> (UInt8?, length: Int) {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return (byte, 1)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return (byte + 32, 1)
        default: break
        }
        guard index + 1 < text.count else { return (UInt8(ascii: "?"), 1) }
        switch (byte, text[index + 1]) {
        // U+00C1… and U+00E1…: á é í ó ú ü ñ, capital and small.
        case (0xC3, 0x81), (0xC3, 0xA1): return (UInt8(ascii: "a"), 2)
        case (0xC3, 0x89), (0xC3, 0xA9): return (UInt8(ascii: "e"), 2)
        case (0xC3, 0x8D), (0xC3, 0xAD): return (UInt8(ascii: "i"), 2)
        case (0xC3, 0x93), (0xC3, 0xB3): return (UInt8(ascii: "o"), 2)
        case (0xC3, 0x9A), (0xC3, 0xBA), (0xC3, 0x9C), (0xC3, 0xBC): return (UInt8(ascii: "u"), 2)
        case (0xC3, 0x91), (0xC3, 0xB1): return (UInt8(ascii: "n"), 2)
        // Combining acute, tilde and diaeresis: U+0301, U+0303, U+0308.
        case (0xCC, 0x81), (0xCC, 0x83), (0xCC, 0x88): return (nil, 2)
        default: return (UInt8(ascii: "?"), 1)
        }
    }
}
