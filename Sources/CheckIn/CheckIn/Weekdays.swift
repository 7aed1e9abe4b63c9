/// Days of the week, Sunday 0 to Saturday 6, as bits.
package struct Weekdays: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue & 0x7f }

    package static let all = Weekdays(rawValue: 0x7f)

    package func contains(_ weekday: Int) -> Bool {
        (0..<7).contains(weekday) && rawValue >> UInt8(weekday) & 1 == 1
    }

    /// Reads `mon-fri`, `sat,sun`, `lun-vie`, `sábado`: days or stretches of them in either language,
    /// between commas; a stretch may go over the end of the week.
    ///
    /// - Returns: nil for a day that neither language has.
    package init?(parsing text: String) {
        var bits: UInt8 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), let first = Self.day(ends[0]),
                let last = Self.day(ends[ends.count - 1])
            else { return nil }
            var day = first
            bits |= 1 << UInt8(day)
            while day != last {
                day = (day + 1) % 7
                bits |= 1 << UInt8(day)
            }
        }
        self.init(rawValue: bits)
    }

    /// Three letters or the whole word, capitals or not, with accents or without.
    private static func day(_ text: Substring) -> Int? {
        let word = text.lowercased().map { accents[$0] ?? $0 }
        let plain = String(word)
        return names.firstIndex { names in
            names.contains { $0 == plain || $0.prefix(3) == plain }
        }
    }

    private static let accents: [Character: Character] = ["á": "a", "é": "e"]

    private static let names = [
        ["sunday", "domingo"], ["monday", "lunes"], ["tuesday", "martes"],
        ["wednesday", "miercoles"], ["thursday", "jueves"], ["friday", "viernes"],
        ["saturday", "sabado"],
    ]
}

/// Hours as they are typed: `09:00,21:00`.
package enum HourList {
    /// Minutes after midnight.
    ///
    /// - Returns: nil for an hour that no clock shows; the first may have one digit.
    package static func parse(_ text: some StringProtocol) -> [Int]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let minutes = parts.compactMap { minute($0) }
        return minutes.count == parts.count ? minutes : nil
    }

    package static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2 else {
            return nil
        }
        let digits = parts.map { part -> Int? in
            var value = 0
            for byte in part {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let hour = digits[0], let minute = digits[1], hour < 24, minute < 60 else {
            return nil
        }
        return hour * 60 + minute
    }

    /// `09:00`.
    package static func text(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(minute / 60) + ":" + two(minute % 60)
    }
}
