internal import Encoding

/// What a guesser finds in a passphrase, and what each find costs him, in tenths of a bit.
struct Patterns {
    private typealias Piece = Strength.Piece

    private let text: FoldedText
    private let lexicon = Lexicon.shared

    init(_ text: FoldedText) { self.text = text }

    /// Every piece that begins at `start`; at least the single letter.
    func pieces(from start: Int) -> [Strength.Piece] {
        [letter(start)] + words(start) + [date(start), writtenDate(start)].compactMap(\.self)
            + runs(start) + [repetition(start)].compactMap(\.self)
    }

    // MARK: Letters in no list

    private func letter(_ place: Int) -> Piece {
        let byte = text.bytes[place]
        let cost =
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): cost(ofLetterAt: place)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): 33
            case FoldedText.other: 80
            default: 50
            }
        return Piece(
            range: place..<place + 1, cost: cost + (text.isCapital[place] ? 10 : 0), finding: nil)
    }

    /// A letter that follows as in a word says less than one that does not: 4.7 bits are 26 letters
    /// at random.
    private func cost(ofLetterAt place: Int) -> Int {
        let byte = text.bytes[place]
        guard !Self.isRare(byte), place > 0, Self.isLetter(text.bytes[place - 1]) else { return 47 }
        let before = text.bytes[place - 1]
        if Self.isVowel(byte) != Self.isVowel(before) { return 22 }
        let isThird =
            place > 1 && Self.isLetter(text.bytes[place - 2])
            && Self.isVowel(text.bytes[place - 2]) == Self.isVowel(byte)
        return isThird ? 47 : 32
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isVowel(_ byte: UInt8) -> Bool { "aeiou".utf8.contains(byte) }
    private static func isRare(_ byte: UInt8) -> Bool { "kwxqzj".utf8.contains(byte) }

    // MARK: Words and names

    private func words(_ start: Int) -> [Piece] {
        var pieces: [Piece] = []
        var plain = Lexicon.seed
        var meant = Lexicon.seed
        for end in start..<min(text.count, start + Lexicon.longest) {
            plain = Lexicon.step(plain, text.bytes[end])
            meant = Lexicon.step(meant, text.plain[end])
            let range = start..<end + 1
            // A word written in digits and marks costs one bit more.
            if let entry = lexicon.entry(plain) {
                pieces.append(piece(range, entry, extra: 0))
            } else if plain != meant, let entry = lexicon.entry(meant) {
                pieces.append(piece(range, entry, extra: 10))
            }
        }
        return pieces
    }

    private func piece(_ range: Range<Int>, _ entry: Lexicon.Entry, extra: Int) -> Piece {
        Piece(
            range: range, cost: entry.cost + extra + capitals(range), finding: entry.finding)
    }

    /// None, the first, or all of them is what people do.
    private func capitals(_ range: Range<Int>) -> Int {
        let count = range.count { text.isCapital[$0] }
        if count == 0 { return 0 }
        return count == range.count || count == 1 && text.isCapital[range.lowerBound] ? 10 : 30
    }

    // MARK: Dates

    private func digits(_ start: Int, _ count: Int) -> Int? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for place in start..<start + count {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.bytes[place]) else {
                return nil
            }
            value = value * 10 + Int(text.bytes[place] - UInt8(ascii: "0"))
        }
        return value
    }

    /// `1985`, `150985`, `15091985`, `19850915`, and with the month first.
    private func date(_ start: Int) -> Piece? {
        if let value = digits(start, 8),
            Self.isDay(value / 1_000_000, value / 10_000 % 100) && Self.isYear(value % 10_000)
                || Self.isDay(value % 100, value / 100 % 100) && Self.isYear(value / 10_000)
        {
            return Piece(range: start..<start + 8, cost: 140, finding: .date)
        }
        if let value = digits(start, 6),
            Self.isDay(value / 10_000, value / 100 % 100)
                || Self.isDay(value % 100, value / 100 % 100)
        {
            return Piece(range: start..<start + 6, cost: 130, finding: .date)
        }
        if let value = digits(start, 4), Self.isYear(value) {
            return Piece(range: start..<start + 4, cost: 60, finding: .date)
        }
        return nil
    }

    /// `15/9/1985`, `15-09-85`, `1985.09.15`: the marks cost a bit more than none.
    private func writtenDate(_ start: Int) -> Piece? {
        var numbers: [(value: Int, count: Int)] = []
        var end = start
        var mark: UInt8?
        while numbers.count < 3 {
            guard let count = (1...4).last(where: { digits(end, $0) != nil }),
                let value = digits(end, count)
            else { return nil }
            numbers.append((value, count))
            end += count
            guard numbers.count < 3 else { break }
            guard end < text.count, "/-.".utf8.contains(text.bytes[end]),
                mark == nil || mark == text.bytes[end]
            else { return nil }
            mark = text.bytes[end]
            end += 1
        }
        let (first, second, third) = (numbers[0], numbers[1], numbers[2])
        guard second.count <= 2 else { return nil }
        let isYearLast =
            first.count <= 2 && (third.count == 2 || third.count == 4 && Self.isYear(third.value))
            && Self.isDay(first.value, second.value)
        let isYearFirst =
            third.count <= 2 && first.count == 4 && Self.isYear(first.value)
            && Self.isDay(third.value, second.value)
        guard isYearLast || isYearFirst else { return nil }
        return Piece(range: start..<end, cost: 150, finding: .date)
    }

    /// A day and a month, whichever comes first.
    private static func isDay(_ day: Int, _ month: Int) -> Bool {
        (1...31).contains(day) && (1...12).contains(month)
            || (1...31).contains(month) && (1...12).contains(day)
    }

    private static func isYear(_ year: Int) -> Bool { (1_900...2_049).contains(year) }

    // MARK: Runs

    /// The longest walks over a keyboard, stretches of an alphabet and repeated letters, and
    /// shorter ones too, since what follows may begin inside.
    private func runs(_ start: Int) -> [Piece] {
        var pieces: [Piece] = []
        for (least, cost, finding, follows) in Self.kinds {
            var end = start + 1
            var way: Int?
            while end < text.count, let step = follows(text.bytes[end - 1], text.bytes[end]),
                way == nil || way == step
            {
                way = step
                end += 1
                guard end - start >= least else { continue }
                pieces.append(
                    Piece(
                        range: start..<end, cost: cost + 5 * (end - start) + capitals(start..<end),
                        finding: finding))
            }
        }
        return pieces
    }

    private typealias Kind = (
        least: Int, cost: Int, finding: Strength.Finding,
        follows: @Sendable (UInt8, UInt8) -> Int?
    )

    private static let kinds: [Kind] = [
        (3, 30, .repetition, { $0 == $1 ? 0 : nil }),
        (3, 30, .sequence, { isInAlphabet($0, $1) }),
        (4, 50, .keyboard, { Keyboard.step(from: $0, to: $1) }),
    ]

    private static func isInAlphabet(_ left: UInt8, _ right: UInt8) -> Int? {
        let areLetters = isLetter(left) && isLetter(right)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard areLetters || digits.contains(left) && digits.contains(right) else { return nil }
        let step = Int(right) - Int(left)
        return abs(step) == 1 ? step : nil
    }

    /// The longest stretch of at least 3 that stood earlier already: `agua agua`.
    private func repetition(_ start: Int) -> Piece? {
        var longest = 0
        for earlier in 0..<start {
            var count = 0
            while earlier + count < start, start + count < text.count,
                text.bytes[earlier + count] == text.bytes[start + count]
            { count += 1 }
            longest = max(longest, count)
        }
        guard longest >= 3 else { return nil }
        return Piece(range: start..<start + longest, cost: 40, finding: .repetition)
    }
}

/// Neighbours on the keyboards of Latin America and the United States.
enum Keyboard {
    /// A letter's place is its row and column. `ñ` is folded to `n` and so not its own key.
    private static let rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map {
        Array($0.utf8)
    }

    private static func place(_ byte: UInt8) -> (row: Int, column: Int)? {
        for (row, keys) in rows.enumerated() {
            if let column = keys.firstIndex(of: byte) { return (row, column) }
        }
        return nil
    }

    /// The direction from one key to a neighbour, as a number; nil for keys that are none.
    static func step(from left: UInt8, to right: UInt8) -> Int? {
        guard let from = place(left), let to = place(right) else { return nil }
        let rows = to.row - from.row
        let columns = to.column - from.column
        // 1qaz and its like go straight down the columns.
        guard rows == 0 && abs(columns) == 1 || abs(rows) == 1 && columns == 0 else { return nil }
        return rows * 2 + columns
    }
}
