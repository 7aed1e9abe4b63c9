/// Text letter by letter: what a person sees as one, accents and joined emoji included.
package enum Letters {
    /// Gives each letter and where it begins, until `body` has seen enough. What is not UTF-8 is
    /// given byte by byte as U+FFFD.
    package static func visit(_ text: Span<UInt8>, _ body: (Int, Character) -> Bool) {
        guard let valid = try? UTF8Span(validating: text) else {
            for index in text.indices where !body(index, "\u{FFFD}") { return }
            return
        }
        var letters = valid.makeCharacterIterator()
        while true {
            let place = letters.currentCodeUnitOffset
            guard let letter = letters.next(), body(place, letter) else { return }
        }
    }

    /// Length of the first letter; 0 for no text.
    static func firstByteCount(_ text: Span<UInt8>) -> Int {
        guard text.count > 1 else { return text.count }
        if (0x20..<0x7f).contains(text[0]), (0x20..<0x7f).contains(text[1]) { return 1 }
        // A letter with a hundred marks is no letter; a longer line need not be checked whole.
        var end = min(text.count, 512)
        while end < text.count, end > 1, text[end] & 0xc0 == 0x80 { end -= 1 }
        var count = 1
        var seen = false
        visit(text.extracting(0..<end)) { place, _ in
            count = place
            defer { seen = true }
            return !seen
        }
        return count == 0 ? end : count
    }
}

/// How one letter is drawn.
struct Glyph {
    /// nil for a letter that is drawn as it is.
    let substitute: String?
    let width: Int
    /// Terminals may disagree with us about its width.
    let isDoubtful: Bool

    static let tabWidth = 4

    /// - Parameter column: Where it would stand, for tabs.
    init(_ letter: Character, column: Int) {
        let scalars = letter.unicodeScalars
        let first = scalars[scalars.startIndex]
        if letter.utf8.count == 1, (0x20..<0x7f).contains(first.value) {
            (substitute, width, isDoubtful) = (nil, 1, false)
        } else if first == "\t" {
            width = Self.tabWidth - column % Self.tabWidth
            substitute = String(repeating: " ", count: width)
            isDoubtful = false
        } else if scalars.contains(where: Self.isHidden) {
            // Nothing in a note moves the cursor or turns a line around.
            let shown = scalars.map { Self.isHidden($0) ? Self.name($0) : String($0) }.joined()
            (substitute, width, isDoubtful) = (shown, shown.unicodeScalars.count, true)
        } else if Self.isMark(first) {
            // A mark without a letter stands on the circle that type designers use for it.
            (substitute, width, isDoubtful) = ("\u{25CC}" + String(letter), 1, true)
        } else {
            let isWide =
                Self.isWide(first)
                || scalars.dropFirst().contains { $0.value == 0xFE0F || Self.isWide($0) }
                || (0x1F1E6...0x1F1FF).contains(first.value)
            substitute = nil
            width = isWide ? 2 : 1
            isDoubtful = isWide || scalars.count > 1
        }
    }

    /// C0, DEL, C1, marks of direction, line separators, and signs without width that stand alone.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F: true
        case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// `^M`, `<202E>`
    private static func name(_ scalar: Unicode.Scalar) -> String {
        if let sign = Unicode.Scalar(scalar.value ^ 0x40), scalar.value < 0x80 { return "^\(sign)" }
        return "<" + String(scalar.value, radix: 16, uppercase: true) + ">"
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }

    /// Source: Unicode 15.1, EastAsianWidth.txt, values W and F, with the gaps of each block closed;
    /// emoji by their own property.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x1100: false
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F: true
        case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F: true
        case 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD: true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
