package import Encoding
internal import Platform

extension Schedule {
    // Fields: 1 every ms, 2 once ms, 3 hours* (days u8 ‖ minute u16*), 4 leg* (1 deadline, 2 name).
    package var fields: FieldList {
        switch self {
        case .every(let interval): FieldList([Field(1, interval)])
        case .once(let moment): FieldList([Field(2, moment)])
        case .weekly(let hours):
            FieldList(
                hours.map { hours in
                    let minutes = hours.minutes.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
                    return Field(3, [hours.days.rawValue] + minutes)
                })
        case .legs(let legs):
            FieldList(
                legs.map { leg in
                    let fields = [Field(1, leg.deadline), Field(2, leg.name)]
                    return Field(4, FieldList(fields).serialized())
                })
        }
    }

    package init(_ fields: FieldList) throws(CheckInError) {
        let damaged = CheckInError.malformed(.malformed(at: 0))
        if let interval = fields.duration(1) {
            self = .every(interval)
        } else if let moment = fields.instant(2) {
            self = .once(moment)
        } else if fields.first(3) != nil {
            var hours: [WeeklyHours] = []
            for bytes in fields.all(3) {
                guard let read = WeeklyHours(bytes) else { throw damaged }
                hours.append(read)
            }
            self = .weekly(hours)
        } else {
            var legs: [Leg] = []
            for bytes in fields.all(4) {
                let leg = try reading { () throws(CodecError) in
                    try FieldList(parsing: bytes[...])
                }
                guard let deadline = leg.instant(1), let name = leg.text(2) else { throw damaged }
                legs.append(Leg(name: name, deadline: deadline))
            }
            guard !legs.isEmpty else { throw damaged }
            self = .legs(legs)
        }
    }
}

extension WeeklyHours {
    /// One spelling: known days, ascending hours.
    fileprivate init?(_ bytes: [UInt8]) {
        guard bytes.count % 2 == 1, bytes[0] <= Weekdays.all.rawValue else { return nil }
        let minutes = stride(from: 1, to: bytes.count, by: 2).map {
            Int(bytes[$0]) << 8 | Int(bytes[$0 + 1])
        }
        self.init(days: Weekdays(rawValue: bytes[0]), minutes: minutes)
        guard self.minutes == minutes else { return nil }
    }
}
