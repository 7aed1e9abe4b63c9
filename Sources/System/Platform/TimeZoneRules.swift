/// Why zone data was refused; offsets count from the start of the data.
package enum ZoneError: Error, Hashable {
    /// Not a name that could be a zone's.
    case malformedName
    /// Neither the system nor the program knows it.
    case unknownZone
    /// Cut, too long, or a count or index that does not fit.
    case malformedData(at: Int)
    /// Version 1 data, or data that counts leap seconds.
    case unsupportedData
    /// The POSIX TZ string at the end.
    case malformedRule
}

/// One change of a zone's clock.
package struct ZoneChange: Hashable, Sendable {
    /// Seconds since 1970 in UTC.
    package let at: Int
    /// Seconds east of UTC from then on.
    package let offset: Int
}

/// The moments at which a zone's clock shows a given time.
package enum LocalMoments: Hashable, Sendable {
    case once(Instant)
    /// The clock goes back over this time: it shows it before the change and after it.
    case twice(Instant, Instant)
    /// The clock jumps over this time, at the instant given.
    case never(jump: Instant)

    /// The earlier of two, or the end of the jump: a deadline is never later than was meant.
    package var earliest: Instant {
        switch self {
        case .once(let moment), .twice(let moment, _), .never(let moment): moment
        }
    }
}

/// How far a place's clock stands from UTC, and when that changes.
///
/// Source: RFC 8536, "The Time Zone Information Format (TZif)", version 2 to 4. Read here and not by
/// the C library, which answers UTC for a zone it does not know and has one zone per process.
package struct TimeZoneRules: Hashable, Sendable {
    package let name: String
    private let firstOffset: Int
    /// In strictly ascending order.
    private let listed: [ZoneChange]
    private let footer: ZoneFooter?

    /// zic writes at most 2,000 changes; a file of 64 KiB holds them all.
    package static let byteLimit = 65_536

    /// Reads a whole TZif file.
    package init(name: String, parsing file: [UInt8]) throws(ZoneError) {
        var reader = Reader(bytes: file[...])
        // The first block has 32-bit times; everything is said again, better, in the second.
        let counts = try reader.header()
        try reader.skip(counts.byteCount(timeSize: 4))
        try self.init(name: name, &reader)
    }

    /// Reads what follows the version 1 part of a TZif file: header, 64-bit block, footer.
    package init(name: String, parsingVersion2 block: [UInt8]) throws(ZoneError) {
        var reader = Reader(bytes: block[...])
        try self.init(name: name, &reader)
    }

    private init(name: String, _ reader: inout Reader) throws(ZoneError) {
        let counts = try reader.header()
        guard counts.leaps == 0 else { throw .unsupportedData }
        guard (1...256).contains(counts.types), counts.times <= 4_096,
            (1...1_024).contains(counts.characters),
            counts.standards == 0 || counts.standards == counts.types,
            counts.universals == 0 || counts.universals == counts.types
        else { throw .malformedData(at: reader.offset) }

        var times: [Int] = []
        for _ in 0..<counts.times {
            let time = try reader.integer(8)
            // A moment outside of all calendars would overflow once an offset is added.
            guard times.last.map({ $0 < time }) ?? true, abs(time / 2) < 1 << 59 else {
                throw .malformedData(at: reader.offset)
            }
            times.append(time)
        }
        let indices = try reader.take(counts.times)
        var offsets: [Int] = []
        for _ in 0..<counts.types {
            let offset = try reader.integer(4)
            let isDaylight = try reader.byte()
            let abbreviation = Int(try reader.byte())
            guard (-89_999...93_599).contains(offset), isDaylight <= 1,
                abbreviation < counts.characters
            else { throw .malformedData(at: reader.offset) }
            offsets.append(offset)
        }
        try reader.skip(counts.characters + counts.standards + counts.universals)

        var changes: [ZoneChange] = []
        for (time, index) in zip(times, indices) {
            guard Int(index) < offsets.count else {
                throw .malformedData(at: reader.offset)
            }
            changes.append(ZoneChange(at: time, offset: offsets[Int(index)]))
        }
        let rule = try reader.footer()
        self.name = name
        firstOffset = offsets[0]
        listed = changes
        footer = rule.isEmpty ? nil : try ZoneFooter(parsing: rule)
    }

    /// Seconds east of UTC.
    package func offset(at moment: Instant) -> Int { offset(atSeconds: moment.seconds) }

    /// What calendar and clock show there.
    package func local(at moment: Instant) -> CivilDateTime {
        let (seconds, overflow) = moment.seconds.addingReportingOverflow(offset(at: moment))
        return CivilDateTime(secondsSince1970: overflow ? moment.seconds : seconds)
    }

    /// When calendar and clock show `local` there.
    package func instants(forLocal local: CivilDateTime) -> LocalMoments {
        let wall = local.secondsSince1970
        // No clock stands more than 26 hours from UTC, so no other change matters.
        let window = wall - 100_000...wall + 100_000
        let before = offset(atSeconds: window.lowerBound)
        let changes = changes(in: window)

        let offsets = Set([before] + changes.map(\.offset))
        let found = offsets.map { wall - $0 }
            .filter { offset(atSeconds: $0) == wall - $0 }.sorted()
        if let first = found.first, let last = found.last {
            return first == last
                ? .once(Self.instant(first)) : .twice(Self.instant(first), Self.instant(last))
        }
        var previous = before
        for change in changes {
            if wall - previous >= change.at, wall - change.offset < change.at {
                return .never(jump: Self.instant(change.at))
            }
            previous = change.offset
        }
        // Every wall time is shown or jumped over; kept total for data that only looks like a zone.
        return .once(Self.instant(wall - before))
    }

    /// Real changes of the offset in a range of seconds since 1970, in order.
    package func changes(in range: ClosedRange<Int>) -> [ZoneChange] {
        var result: [ZoneChange] = []
        var offset = offset(atSeconds: range.lowerBound - 1)
        func add(_ change: ZoneChange) {
            guard range.contains(change.at), change.offset != offset else { return }
            result.append(change)
            offset = change.offset
        }
        for change in listed {
            let holds = change.at == listed.last?.at ? footer?.offset(at: change.at) : nil
            add(ZoneChange(at: change.at, offset: holds ?? change.offset))
        }
        guard let footer else { return result }
        let last = listed.last?.at ?? .min
        let first = CivilDateTime(secondsSince1970: range.lowerBound).date.year
        let final = CivilDateTime(secondsSince1970: range.upperBound).date.year
        for year in stride(from: first, through: final + 1, by: 2) {
            guard let middle = CivilDate(year: min(year, 9_999), month: 7, day: 1) else { continue }
            for change in footer.changes(around: middle.daysSince1970 * 86_400)
            where change.at > last && change.at > result.last?.at ?? .min {
                // What the rule says at that moment, should several changes fall together.
                add(ZoneChange(at: change.at, offset: footer.offset(at: change.at)))
            }
        }
        return result
    }

    private func offset(atSeconds seconds: Int) -> Int {
        guard let last = listed.last, seconds < last.at else {
            return footer?.offset(at: seconds) ?? listed.last?.offset ?? firstOffset
        }
        // The number of changes at or before `seconds`, by halving.
        var low = 0
        var high = listed.count
        while low < high {
            let middle = (low + high) / 2
            if listed[middle].at <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : listed[low - 1].offset
    }

    private static func instant(_ seconds: Int) -> Instant {
        Instant(milliseconds: Int64(seconds) * 1_000)
    }
}

/// The six counts of a TZif header.
private struct Counts {
    let universals: Int
    let standards: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    /// Each count is below 2^32, so that the sum cannot overflow.
    func byteCount(timeSize: Int) -> Int {
        times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standards
            + universals
    }
}

private struct Reader {
    var bytes: ArraySlice<UInt8>

    var offset: Int { bytes.startIndex }

    mutating func take(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
        guard count <= bytes.count else { throw .malformedData(at: offset) }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    mutating func skip(_ count: Int) throws(ZoneError) { _ = try take(count) }

    mutating func byte() throws(ZoneError) -> UInt8 {
        try take(1).reduce(0) { $0 | $1 }
    }

    /// A signed big-endian integer of 4 or 8 bytes.
    mutating func integer(_ count: Int) throws(ZoneError) -> Int {
        let value = try take(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return count == 8
            ? Int(Int64(bitPattern: value)) : Int(Int32(truncatingIfNeeded: value))
    }

    mutating func count() throws(ZoneError) -> Int {
        Int(try take(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }

    mutating func header() throws(ZoneError) -> Counts {
        guard bytes.count <= TimeZoneRules.byteLimit, try Array(take(4)) == Array("TZif".utf8)
        else { throw .malformedData(at: 0) }
        guard (UInt8(ascii: "2")...UInt8(ascii: "4")).contains(try byte()) else {
            throw .unsupportedData
        }
        try skip(15)
        return Counts(
            universals: try count(), standards: try count(), leaps: try count(),
            times: try count(), types: try count(), characters: try count())
    }

    /// The text between the two line ends that close the file.
    mutating func footer() throws(ZoneError) -> ArraySlice<UInt8> {
        let newline = UInt8(ascii: "\n")
        guard try byte() == newline, bytes.count <= 256, bytes.last == newline,
            bytes.firstIndex(of: newline) == bytes.indices.last
        else { throw .malformedData(at: offset) }
        return bytes.dropLast()
    }
}
