internal import Encoding
internal import Secrets

/// How hard a passphrase that a person thought up is to guess: an estimate that leans low.
///
/// The guesser is taken to know what people build passphrases from. The text is cut into pieces in
/// the way that costs him least; each piece costs the bits to pick it from its list, capitals and
/// digits for letters a bit more, and what is in no list is counted letter by letter. Spaces cost
/// nothing. It cannot know a quotation that is not in its lists, a family's names or what was used
/// elsewhere: only words drawn by lot have a number that is certain, and `WordsByLot` tells them.
package struct Strength: Hashable, Sendable {
    /// log2 of the tries that find it, rounded down.
    package let bits: Int
    /// What it leans on, the costliest mistake first; none for one that is strong anyway.
    package let findings: [Finding]

    package enum Finding: Hashable, Sendable, CaseIterable {
        case common, quotation, name, place, keyboard, sequence, date, repetition
    }

    package enum Verdict: Hashable, Sendable {
        /// Guessed in days by somebody with many computers.
        case weak
        /// It holds for some years.
        case fair
        /// Out of reach.
        case strong
    }

    package var verdict: Verdict {
        switch bits {
        case ..<Self.fairBits: .weak
        case ..<Self.strongBits: .fair
        default: .strong
        }
    }

    package static let fairBits = 45
    package static let strongBits = 60
    /// log2 of the tries in a second that somebody with many computers is taken to have against our
    /// key derivations: a million.
    package static let triesPerSecond = 20

    /// log2 of the seconds until it is found, half of all tries; 0 for less than a second.
    package var log2Seconds: Int { max(0, bits - Self.triesPerSecond - 1) }

    /// - Parameter text: UTF-8; what follows the first 256 letters is not counted.
    package init(of text: Span<UInt8>) {
        if let lot = WordsByLot(text) {
            bits = lot.bits
            findings = lot.bits < Self.strongBits && lot.repeated > 0 ? [.repetition] : []
            return
        }
        var folded = FoldedText(text)
        defer { folded.zero() }
        let pieces = Self.cheapest(folded)
        bits = pieces.reduce(0) { $0 + $1.cost } / 10
        let strong = bits >= Self.strongBits
        var seen: Set<Finding> = []
        findings =
            strong
            ? []
            : pieces.compactMap(\.finding).filter { seen.insert($0).inserted }
    }

    /// A part of the text and what it costs in tenths of a bit.
    struct Piece {
        let range: Range<Int>
        let cost: Int
        let finding: Finding?
    }

    /// The cut into pieces with the least sum: the best way to each letter from every way before.
    private static func cheapest(_ text: FoldedText) -> [Piece] {
        var best = [Int](repeating: .max, count: text.count + 1)
        var last = [Piece?](repeating: nil, count: text.count + 1)
        best[0] = 0
        let patterns = Patterns(text)
        for start in 0..<text.count {
            let here = best[start]
            for piece in patterns.pieces(from: start) {
                let sum = here + piece.cost
                guard sum < best[piece.range.upperBound] else { continue }
                best[piece.range.upperBound] = sum
                last[piece.range.upperBound] = piece
            }
        }
        var pieces: [Piece] = []
        var end = text.count
        while end > 0, let piece = last[end] {
            pieces.append(piece)
            end = piece.range.lowerBound
        }
        return pieces.reversed()
    }
}

/// The letters of a passphrase as a guesser sees them: small, without accents and spaces.
struct FoldedText {
    /// Longer passphrases are strong long before.
    private static let limit = 256
    static let other: UInt8 = 0x7F

    /// a–z, 0–9, ASCII marks, or `other`.
    private(set) var bytes: [UInt8] = []
    /// The same with `4` as `a`, `0` as `o` and so on.
    private(set) var plain: [UInt8] = []
    private(set) var isCapital: [Bool] = []

    var count: Int { bytes.count }

    init(_ text: Span<UInt8>) {
        // Room for all: an array that grows leaves copies behind.
        bytes.reserveCapacity(Self.limit)
        plain.reserveCapacity(Self.limit)
        isCapital.reserveCapacity(Self.limit)
        var index = 0
        while index < text.count, bytes.count < Self.limit {
            let byte = text[index]
            let next = index + 1 < text.count ? text[index + 1] : 0
            switch byte {
            case 0x09...0x0D, 0x20: index += 1
            case 0xC3:
                append(Self.letters(next) ?? Self.other, capital: (0x80...0x9E).contains(next))
                index += 2
            // Combining accents add nothing.
            case 0xCC where (0x80...0xBF).contains(next), 0xCD where (0x80...0xAF).contains(next):
                index += 2
            case 0x80...:
                append(Self.other, capital: false)
                index += 1
                while index < text.count, text[index] & 0xC0 == 0x80 { index += 1 }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                append(byte + 32, capital: true)
                index += 1
            default:
                append(byte, capital: false)
                index += 1
            }
        }
    }

    mutating func zero() {
        Zeroing.zero(&bytes)
        Zeroing.zero(&plain)
    }

    private mutating func append(_ byte: UInt8, capital: Bool) {
        bytes.append(byte)
        plain.append(Self.meant(byte))
        isCapital.append(capital)
    }

    /// The second byte of a Latin letter with an accent, U+00C0–U+00FF.
    private static func letters(_ second: UInt8) -> UInt8? {
        switch second & 0x9F {
        case 0x80...0x85: UInt8(ascii: "a")
        case 0x87: UInt8(ascii: "c")
        case 0x88...0x8B: UInt8(ascii: "e")
        case 0x8C...0x8F: UInt8(ascii: "i")
        case 0x91: UInt8(ascii: "n")
        case 0x92...0x96: UInt8(ascii: "o")
        case 0x99...0x9C: UInt8(ascii: "u")
        default: nil
        }
    }

    private static func meant(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "4"), UInt8(ascii: "@"): UInt8(ascii: "a")
        case UInt8(ascii: "3"): UInt8(ascii: "e")
        case UInt8(ascii: "1"), UInt8(ascii: "!"): UInt8(ascii: "i")
        case UInt8(ascii: "0"): UInt8(ascii: "o")
        case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
        case UInt8(ascii: "7"): UInt8(ascii: "t")
        default: byte
        }
    }
}
