package import Secrets

/// Eight digits and a check digit, for whoever has to type on a telephone. There are 2^26 of them: only
/// for plans that no machine watches which holds the plan's secret too.
///
/// The check digit is that of ISO 7064 MOD 11,10: every single wrong digit is caught, and all but a few
/// exchanged neighbours.
extension PlanCode {
    package static let digitCount = 8

    package init(digits random: some RandomSource) {
        self.init(
            text: SecretBytes(count: Self.digitCount + 1) { text in
                var sum: UInt8 = 10
                for place in 0..<Self.digitCount {
                    let digit = UInt8(random.below(10))
                    text[place] = UInt8(ascii: "0") + digit
                    sum = Self.added(digit, to: sum)
                }
                text[Self.digitCount] = UInt8(ascii: "0") + (11 - sum) % 10
            })
    }

    /// Another code of digits, for use under duress: four of them differ at least.
    package borrowing func digitTwin(random: some RandomSource) -> PlanCode {
        while true {
            let other = PlanCode(digits: random)
            if other.isFar(from: self) { return other }
        }
    }

    /// Whether a typed code is one of digits, with spaces or hyphens between them.
    static func isOfDigits(_ typed: Span<UInt8>) -> Bool {
        var count = 0
        for index in typed.indices {
            if isDigit(typed[index]) {
                count += 1
            } else if !isGap(typed[index]) {
                return false
            }
        }
        return count > 0
    }

    static func digits(_ typed: Span<UInt8>) throws(CodeError) -> SecretBytes {
        var count = 0
        for index in typed.indices where isDigit(typed[index]) { count += 1 }
        guard count == digitCount + 1 else { throw .digitCount(count) }
        var sum: UInt8 = 10
        var place = 0
        let text = SecretBytes(count: digitCount + 1) { text in
            for index in typed.indices where isDigit(typed[index]) {
                text[place] = typed[index]
                if place < digitCount { sum = added(typed[index] - UInt8(ascii: "0"), to: sum) }
                place += 1
            }
        }
        let check = text.withBytes { $0[digitCount] } - UInt8(ascii: "0")
        guard check == (11 - sum) % 10 else { throw .checkDigit }
        return text
    }

    private static func added(_ digit: UInt8, to sum: UInt8) -> UInt8 {
        let next = (sum + digit) % 10
        return (next == 0 ? 10 : next) * 2 % 11
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isGap(_ byte: UInt8) -> Bool {
        [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "\t"), UInt8(ascii: "\n")].contains(
            byte)
    }
}

extension PlanCode {
    /// Whether a slip of the fingers cannot make one of the other: two words or four digits differ.
    package borrowing func isFar(from other: borrowing PlanCode) -> Bool {
        let isOfDigits = text.withBytes { Self.isOfDigits($0) }
        guard isOfDigits == other.text.withBytes({ Self.isOfDigits($0) }) else { return true }
        return text.withBytes { left in
            other.text.withBytes { right in
                isOfDigits
                    ? left.indices.dropLast().count { left[$0] != right[$0] } >= 4
                    : Self.differingWords(left, right) >= 2
            }
        }
    }

    /// Words that differ in their place, the check words left out.
    private static func differingWords(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        let (these, those) = (words(left), words(right))
        guard these.count == those.count else { return max(these.count, those.count) }
        return zip(these, those).dropLast().count { mine, theirs in
            mine.count != theirs.count
                || zip(mine, theirs).contains { left[$0] != right[$1] }
        }
    }

    private static func words(_ text: Span<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        for index in text.indices where text[index] == UInt8(ascii: " ") {
            found.append(start..<index)
            start = index + 1
        }
        return found + [start..<text.count]
    }
}
