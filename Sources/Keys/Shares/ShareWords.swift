/// The 1,024 words of SLIP-39: 4–8 letters, sorted, no two with the same first four.
///
/// A word is looked for by reading the whole table, so that the time tells nothing of its place.
enum ShareWords {
    static let count = 1_024
    private static let width = 8
    private static let abbreviation = 4
    private static let space = UInt8(ascii: " ")

    static func word(at index: UInt16) -> String {
        String(decoding: letters(packed(at: index)), as: UTF8.self)
    }

    /// Writes the letters at `start` and says how many.
    static func write(
        _ index: UInt16, into text: inout MutableSpan<UInt8>, at start: Int
    ) -> Int {
        let packed = packed(at: index)
        var count = 0
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            let letter = UInt8(truncatingIfNeeded: packed >> shift)
            if letter == space { break }
            text[start + count] = letter
            count += 1
        }
        return count
    }

    /// The number of a word typed in full, or by its first four letters, in either case.
    static func index(of typed: Span<UInt8>) -> UInt16? {
        guard (abbreviation...width).contains(typed.count) else { return nil }
        var wanted: UInt64 = 0
        for place in 0..<width {
            let letter = place < typed.count ? lowered(typed[place]) : space
            wanted = wanted << 8 | UInt64(letter)
        }
        let wholeMask: UInt64 = typed.count == abbreviation ? 0xffff_ffff_0000_0000 : .max
        let bytes = table.utf8Span.span
        var found: UInt64 = 0
        for index in 0..<count {
            let difference = (packed(bytes, at: index) ^ wanted) & wholeMask
            // All ones if equal: only zero has no bit in itself or its negative.
            let equal = ((difference | (0 &- difference)) >> 63) &- 1
            found |= equal & UInt64(index + 1)
        }
        return found == 0 ? nil : UInt16(found - 1)
    }

    /// Up to three words that a slip of one or two letters turns into the typed one, nearest first.
    static func suggestions(for typed: Span<UInt8>) -> [String] {
        guard (1...width + 2).contains(typed.count) else { return [] }
        let slip = typed.indices.map { lowered(typed[$0]) }
        var near: [(distance: Int, word: String)] = []
        let bytes = table.utf8Span.span
        // One row for all words: a thousand times two arrays took longer than the comparing.
        var row = [Int](repeating: 0, count: slip.count + 1)
        for index in 0..<count {
            let packed = packed(bytes, at: index)
            guard abs(letterCount(packed) - slip.count) <= 2 else { continue }
            let distance = distance(packed, slip, &row)
            if distance <= 2 {
                near.append((distance, String(decoding: letters(packed), as: UTF8.self)))
            }
        }
        return near.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(3)
            .map(\.word)
    }

    /// What is not a letter is a space at the end.
    private static func letterCount(_ packed: UInt64) -> Int {
        let spaces = packed ^ 0x2020_2020_2020_2020
        return width - spaces.trailingZeroBitCount / 8
    }

    private static func letters(_ packed: UInt64) -> [UInt8] {
        stride(from: UInt64(56), through: 0, by: -8)
            .map { UInt8(truncatingIfNeeded: packed >> $0) }.filter { $0 != space }
    }

    private static func packed(at index: UInt16) -> UInt64 {
        let bytes = table.utf8Span.span
        var found: UInt64 = 0
        for place in 0..<count {
            let difference = UInt64(place) ^ UInt64(index)
            let equal = ((difference | (0 &- difference)) >> 63) &- 1
            found |= equal & packed(bytes, at: place)
        }
        return found
    }

    private static func packed(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
        var value: UInt64 = 0
        for place in index * width..<(index + 1) * width {
            value = value << 8 | UInt64(bytes[place])
        }
        return value
    }

    private static func lowered(_ letter: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) ? letter + 32 : letter
    }

    /// Insertions, deletions and replacements.
    private static func distance(_ packed: UInt64, _ right: [UInt8], _ row: inout [Int]) -> Int {
        for j in row.indices { row[j] = j }
        for i in 0..<letterCount(packed) {
            let letter = UInt8(truncatingIfNeeded: packed >> UInt64(56 - 8 * i))
            var corner = row[0]
            row[0] = i + 1
            for j in right.indices {
                let replaced = corner + (letter == right[j] ? 0 : 1)
                corner = row[j + 1]
                row[j + 1] = min(replaced, corner + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
