internal import Encoding
package import Secrets

/// A one-time code of a printed card, completed by an ending that is only remembered: ten symbols
/// (50 bits) and four digits. The card alone is worth nothing, and shows no second column.
package struct PaperCode: Sendable {
    package static let printedCount = 10
    package static let endingCount = 4
    static let count = printedCount + endingCount
    /// Without I, L, O and U (Crockford's base 32), which are misread or misheard.
    static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// 14 bytes: symbols of the code in capitals, digits of the ending.
    package let text: SharedSecret

    private init(_ text: SharedSecret) { self.text = text }

    /// As it was typed or dictated: small letters, spaces, hyphens, O for 0, I and L for 1 are
    /// forgiven.
    ///
    /// - Returns: nil for what cannot be a code with its ending.
    package init?(reading typed: Span<UInt8>) {
        var isWhole = true
        var place = 0
        let secret = SecretBytes(count: Self.count) { text in
            for index in typed.indices {
                guard let symbol = Self.symbol(typed[index]) else {
                    if !Self.isGap(typed[index]) { isWhole = false }
                    continue
                }
                let isEnding = place >= Self.printedCount
                if place < Self.count, !isEnding || Self.isDigit(symbol) {
                    text[place] = symbol
                } else {
                    isWhole = false
                }
                place += 1
            }
        }
        guard isWhole, place == Self.count else { return nil }
        self.init(SharedSecret(secret))
    }

    private static func symbol(_ byte: UInt8) -> UInt8? {
        let capital =
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
        switch capital {
        case UInt8(ascii: "O"): return UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return UInt8(ascii: "1")
        case let other: return symbols.contains(other) ? other : nil
        }
    }

    private static func isGap(_ byte: UInt8) -> Bool {
        [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "\t")].contains(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// Twenty codes and the two endings that complete them.
package struct PaperCard: Sendable {
    package static let codeCount = 20

    /// Ten symbols each.
    package let codes: [SharedSecret]
    /// Four digits that say "I am well".
    package let safeEnding: SharedSecret
    /// Four digits that say "I am forced"; each differs from the safe one's in its place.
    package let duressEnding: SharedSecret

    package init(random: any RandomSource) {
        codes = (0..<Self.codeCount).map { _ in
            SharedSecret(
                SecretBytes(count: PaperCode.printedCount) { text in
                    for index in text.indices {
                        text[index] = PaperCode.symbols[Int(random.below(32))]
                    }
                })
        }
        let digits = (0..<PaperCode.endingCount).map { _ in UInt8(random.below(10)) }
        let steps = (0..<PaperCode.endingCount).map { _ in UInt8(1 + random.below(9)) }
        func ending(_ digit: (Int) -> UInt8) -> SharedSecret {
            SharedSecret(
                SecretBytes(count: PaperCode.endingCount) { text in
                    for index in text.indices { text[index] = UInt8(ascii: "0") + digit(index) }
                })
        }
        safeEnding = ending { digits[$0] }
        duressEnding = ending { (digits[$0] + steps[$0]) % 10 }
    }

    /// What the watcher is told: every code with each of the endings.
    ///
    /// Fields: 1 (number u8 ‖ kind u8 ‖ 14 bytes), two for each code.
    ///
    /// - Parameter decoy: Where there is no duress code, what stands in its place: nobody knows it,
    ///   and the rows are as many.
    package func enclosure(decoy: (any RandomSource)? = nil) -> [UInt8] {
        var fields: [Field] = []
        for (index, code) in codes.enumerated() {
            for kind in CodeKind.allCases {
                var bytes = [UInt8(index + 1), kind.rawValue] + Self.copied(code)
                switch (kind, decoy) {
                case (.safe, _): bytes += Self.copied(safeEnding)
                case (.duress, nil): bytes += Self.copied(duressEnding)
                case (.duress, .some(let random)):
                    bytes =
                        [UInt8(index + 1), kind.rawValue]
                        + (0..<PaperCode.count).map { place in
                            place < PaperCode.printedCount
                                ? PaperCode.symbols[Int(random.below(32))]
                                : UInt8(ascii: "0") + UInt8(random.below(10))
                        }
                }
                fields.append(Field(1, bytes))
                Zeroing.zero(&bytes)
            }
        }
        return FieldList(fields).serialized()
    }

    private static func copied(_ secret: SharedSecret) -> [UInt8] { secret.copiedBytes }

    /// What an enclosure says.
    ///
    /// - Returns: nil for what no program of this version sends.
    package static func entries(of enclosure: [UInt8]) -> [(
        number: Int, kind: CodeKind, code: PaperCode
    )]? {
        guard let fields = try? FieldList(parsing: enclosure[...]) else { return nil }
        var entries: [(number: Int, kind: CodeKind, code: PaperCode)] = []
        let all = fields.all(1)
        guard (1...128).contains(all.count) else { return nil }
        for bytes in all {
            guard bytes.count == 2 + PaperCode.count, bytes[0] > 0,
                let kind = CodeKind(rawValue: bytes[1]),
                let code = PaperCode(reading: bytes.span.extracting(2...))
            else { return nil }
            entries.append((Int(bytes[0]), kind, code))
        }
        return entries
    }
}

/// Which of the two codes was typed.
package enum CodeKind: UInt8, Hashable, Sendable, CaseIterable {
    case safe = 1
    case duress = 2
}
