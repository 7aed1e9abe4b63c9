/// The rule that a zone follows after its last listed change: a POSIX TZ string.
///
/// Source: RFC 8536 section 3.3; POSIX.1-2017 section 8.3, with hours -167...167 in rules.
struct ZoneFooter: Hashable, Sendable {
    /// Seconds east of UTC outside daylight-saving time.
    let standard: Int
    let daylight: Daylight?

    struct Daylight: Hashable, Sendable {
        let offset: Int
        let start: Change
        let end: Change
    }

    /// A day of the year, and the seconds after its midnight.
    struct Change: Hashable, Sendable {
        let day: Day
        let time: Int
    }

    enum Day: Hashable, Sendable {
        /// 1...365: February 29 is never counted.
        case julian(Int)
        /// 0...365: February 29 is counted.
        case zeroBased(Int)
        /// `week` 5 is the last; `weekday` 0 is Sunday.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    /// - Throws: `.malformedRule` for anything but one complete string.
    init(parsing text: ArraySlice<UInt8>) throws(ZoneError) {
        var scanner = Scanner(rest: text)
        try scanner.name()
        standard = -(try scanner.time(hours: 24))
        guard !scanner.rest.isEmpty else {
            daylight = nil
            return
        }
        try scanner.name()
        let offset =
            scanner.peek == UInt8(ascii: ",")
            ? standard + 3_600 : -(try scanner.time(hours: 24))
        let start = try scanner.change()
        let end = try scanner.change()
        guard scanner.rest.isEmpty else { throw .malformedRule }
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    /// Changes of the three years around `seconds`, in order of time: enough to know what holds
    /// then, since no rule reaches further than a week into another year.
    func changes(around seconds: Int) -> [ZoneChange] {
        guard let daylight else { return [] }
        let year = CivilDateTime(secondsSince1970: seconds).date.year
        return changes(daylight, years: year - 1...year + 1)
    }

    private func changes(_ daylight: Daylight, years: ClosedRange<Int>) -> [ZoneChange] {
        let changes = years.flatMap { year in
            [
                ZoneChange(
                    at: daylight.start.seconds(year: year) - standard, offset: daylight.offset),
                ZoneChange(
                    at: daylight.end.seconds(year: year) - daylight.offset, offset: standard),
            ]
        }
        // Stable: where daylight-saving time ends and starts at once, it goes on.
        return changes.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        .map(\.element)
    }

    func offset(at seconds: Int) -> Int {
        changes(around: seconds).last { $0.at <= seconds }?.offset ?? standard
    }
}

extension ZoneFooter.Change {
    /// Seconds since 1970 on the wall of the zone.
    func seconds(year: Int) -> Int {
        let newYear = CivilDate.days(year: year)
        let days: Int
        switch day {
        case .julian(let number):
            days = newYear + number - 1 + (CivilDate.isLeap(year: year) && number > 59 ? 1 : 0)
        case .zeroBased(let number):
            days = newYear + number
        case .weekday(let month, let week, let weekday):
            let first = newYear + CivilDate.daysBefore(month: month, year: year)
            // 1970-01-01 was a Thursday, 4.
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            var offset = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            if offset >= CivilDate.dayCount(ofMonth: month, year: year) { offset -= 7 }
            days = first + offset
        }
        return days * 86_400 + time
    }
}

extension CivilDate {
    /// Days from 1970-01-01 to January 1 of any year.
    fileprivate static func days(year: Int) -> Int {
        let before = year - 1
        func floor(_ value: Int, _ by: Int) -> Int {
            value >= 0 ? value / by : (value - by + 1) / by
        }
        return before * 365 + floor(before, 4) - floor(before, 100) + floor(before, 400) - 719_162
    }

    fileprivate static func daysBefore(month: Int, year: Int) -> Int {
        (1..<month).reduce(0) { $0 + dayCount(ofMonth: $1, year: year) }
    }
}

/// Reads the pieces of a POSIX TZ string from front to back.
private struct Scanner {
    var rest: ArraySlice<UInt8>

    var peek: UInt8? { rest.first }

    mutating func take(_ character: Character) -> Bool {
        guard let byte = character.asciiValue, rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    /// 3 letters or more, or letters, digits and signs between `<` and `>`.
    mutating func name() throws(ZoneError) {
        let quoted = take("<")
        let name = rest.prefix { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                quoted
            default: false
            }
        }
        rest = rest[name.endIndex...]
        guard (3...16).contains(name.count), !quoted || take(">") else { throw .malformedRule }
    }

    mutating func number(_ range: ClosedRange<Int>) throws(ZoneError) -> Int {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count <= 3, let value = decimal(digits), range.contains(value) else {
            throw .malformedRule
        }
        rest = rest[digits.endIndex...]
        return value
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hours limit: Int) throws(ZoneError) -> Int {
        let negative = take("-")
        if !negative { _ = take("+") }
        var seconds = try number(0...limit) * 3_600
        if take(":") {
            seconds += try number(0...59) * 60
            if take(":") { seconds += try number(0...59) }
        }
        return negative ? -seconds : seconds
    }

    /// `,date[/time]`.
    mutating func change() throws(ZoneError) -> ZoneFooter.Change {
        guard take(",") else { throw .malformedRule }
        let day: ZoneFooter.Day
        if take("J") {
            day = .julian(try number(1...365))
        } else if take("M") {
            let month = try number(1...12)
            guard take(".") else { throw .malformedRule }
            let week = try number(1...5)
            guard take(".") else { throw .malformedRule }
            day = .weekday(month: month, week: week, weekday: try number(0...6))
        } else {
            day = .zeroBased(try number(0...365))
        }
        return ZoneFooter.Change(day: day, time: take("/") ? try time(hours: 167) : 7_200)
    }
}
