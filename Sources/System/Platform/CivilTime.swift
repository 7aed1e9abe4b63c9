/// A day of the Gregorian calendar, extended to all years.
package struct CivilDate: Hashable, Comparable, Sendable {
    package let year: Int
    /// 1...12.
    package let month: Int
    /// 1...31.
    package let day: Int

    /// - Returns: nil for a day that the calendar does not have.
    package init?(year: Int, month: Int, day: Int) {
        guard (-9_999...9_999).contains(year), (1...12).contains(month),
            (1...Self.dayCount(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day `number` days after 1970-01-01; beyond the years -9999...9999 the last one of them.
    ///
    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    package init(daysSince1970 number: Int) {
        // Years begin in March, so that the leap day is the last; an era is 400 years.
        let days = min(max(number, -4_371_587), 2_932_896) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days after 1970-01-01; the inverse of `init(daysSince1970:)`.
    package var daysSince1970: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 0 for Sunday ... 6 for Saturday.
    package var weekday: Int {
        let remainder = (daysSince1970 + 4) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    package func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return CivilDate(daysSince1970: overflow ? (days < 0 ? .min : .max) : sum)
    }

    package static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    package static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// What calendar and clock on the wall show, without saying where.
package struct CivilDateTime: Hashable, Comparable, Sendable {
    package let date: CivilDate
    /// 0...23.
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// - Returns: nil for an hour that a clock does not show; leap seconds are not told apart.
    package init?(_ date: CivilDate, hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else {
            return nil
        }
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// - Parameter seconds: Counted from 1970-01-01 00:00 on the same wall.
    package init(secondsSince1970 seconds: Int) {
        // Clamped to the years -9999...9999, so that no later step can overflow.
        let clamped = min(max(seconds, -377_705_116_800), 253_402_300_799)
        let days = (clamped >= 0 ? clamped : clamped - 86_399) / 86_400
        let rest = clamped - days * 86_400
        date = CivilDate(daysSince1970: days)
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// The inverse of `init(secondsSince1970:)`.
    package var secondsSince1970: Int {
        date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// Reads `YYYY-MM-DD HH:MM` and nothing else: ASCII digits, one space, no signs.
    ///
    /// - Returns: nil for another spelling, or a day or hour that does not exist.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]),
            let day = decimal(bytes[8..<10]), let hour = decimal(bytes[11..<13]),
            let minute = decimal(bytes[14..<16]),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.init(date, hour: hour, minute: minute)
    }

    package static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String {
        let digits = padded(abs(year), 4)
        return (year < 0 ? "-" : "") + digits + "-" + padded(month, 2) + "-" + padded(day, 2)
    }
}

extension CivilDateTime: CustomStringConvertible {
    /// `YYYY-MM-DD HH:MM`, as `init(parsing:)` reads it.
    package var description: String { date.description + " " + hourAndMinute }

    /// `HH:MM`.
    package var hourAndMinute: String { padded(hour, 2) + ":" + padded(minute, 2) }
}

extension Instant {
    /// Whole seconds since 1970, rounded down.
    package var seconds: Int {
        let whole = milliseconds / 1_000
        return Int(milliseconds % 1_000 < 0 ? whole - 1 : whole)
    }

    /// Calendar and clock in UTC.
    package var utc: CivilDateTime { CivilDateTime(secondsSince1970: seconds) }

    /// `YYYY-MM-DDTHH:MM:SSZ`: RFC 3339 in UTC, without fractions, years 0000...9999.
    package var rfc3339: String {
        let shown = CivilDateTime(secondsSince1970: max(seconds, -62_167_219_200))
        return shown.date.description + "T" + shown.hourAndMinute + ":" + padded(shown.second, 2)
            + "Z"
    }

    /// Reads the spelling of `rfc3339` and no other.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[16] == UInt8(ascii: ":"),
            bytes[19] == UInt8(ascii: "Z"), let second = decimal(bytes[17..<19]), second < 60,
            let minutes = CivilDateTime(
                parsing: String(decoding: bytes[..<10], as: UTF8.self) + " "
                    + String(decoding: bytes[11..<16], as: UTF8.self))
        else { return nil }
        self.init(milliseconds: Int64(minutes.secondsSince1970 + second) * 1_000)
    }
}

/// Only digits; nil otherwise. At most 18 of them, so that the value fits.
func decimal(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...18).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}

private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
