package import Encoding
internal import Platform

extension PlanState {
    // Fields: 1 state u8, 2 epoch u32, 3 armed, 4 since, 5 deadline, 6 count u32 (reminded or
    // told), 7 moment (start, until or end), 8 outage ms of a hold, 9 ending u8, 10 since when
    // and 11 from where contacts hold, 12 delay ms by contacts.
    package var fields: FieldList {
        var fields = [Field(1, [code]), Field(2, u32: epoch)]
        if let lease {
            fields += [Field(3, lease.armed), Field(4, lease.since), Field(5, lease.deadline)]
            if lease.delayed > .zero { fields.append(Field(12, lease.delayed)) }
        }
        switch self {
        case .draft, .armed: break
        case .due(_, let count), .grace(_, let count):
            fields.append(Field(6, u32: UInt32(clamping: count)))
        case .overdue(_, let start, let told):
            fields += [Field(6, u32: UInt32(clamping: told)), Field(7, start)]
        case .paused(_, let until): fields.append(Field(7, until))
        case .hold(_, .offline(let outage), let until, let told):
            fields += [
                Field(6, u32: UInt32(clamping: told)), Field(7, until), Field(8, outage),
            ]
        case .hold(_, .contacts(let since, let start), let until, let told):
            fields += [
                Field(6, u32: UInt32(clamping: told)), Field(7, until), Field(10, since),
                Field(11, start),
            ]
        case .ended(let ending, _, let moment):
            fields += [Field(7, moment), Field(9, [ending.rawValue])]
        }
        return FieldList(fields)
    }

    package init(_ fields: FieldList) throws(CheckInError) {
        let damaged = CheckInError.malformed(.malformed(at: 0))
        guard let code = fields.first(1)?.first, let epoch = fields.u32(2) else { throw damaged }
        var lease: Lease?
        if let armed = fields.instant(3), let since = fields.instant(4),
            let deadline = fields.instant(5)
        {
            lease = Lease(
                epoch: epoch, armed: armed, since: since, deadline: deadline,
                delayed: fields.duration(12) ?? .zero)
        }
        let count = Int(fields.u32(6) ?? 0)
        switch (code, lease, fields.instant(7)) {
        case (0, nil, nil): self = .draft
        case (1, .some(let lease), nil): self = .armed(lease)
        case (2, .some(let lease), nil): self = .due(lease, reminded: count)
        case (3, .some(let lease), nil): self = .grace(lease, reminded: count)
        case (4, .some(let lease), .some(let start)):
            self = .overdue(lease, start: start, told: count)
        case (5, .some(let lease), .some(let until)): self = .paused(lease, until: until)
        case (6, .some(let lease), .some(let until)):
            if let outage = fields.duration(8) {
                self = .hold(lease, .offline(outage), until: until, told: count)
            } else if let since = fields.instant(10), let start = fields.instant(11) {
                self = .hold(
                    lease, .contacts(since: since, start: start), until: until, told: count)
            } else {
                throw damaged
            }
        case (7, nil, .some(let moment)):
            guard let ending = fields.first(9)?.first.flatMap(Ending.init(rawValue:)) else {
                throw damaged
            }
            self = .ended(ending, epoch: epoch, at: moment)
        default: throw damaged
        }
    }

    private var code: UInt8 {
        switch self {
        case .draft: 0
        case .armed: 1
        case .due: 2
        case .grace: 3
        case .overdue: 4
        case .paused: 5
        case .hold: 6
        case .ended: 7
        }
    }
}

extension PlanEffect {
    // One byte and a number: 1 remind, 2 remind of a hold, 3 alert, 4 all-clear, 5 retract,
    // 6 announce, 7 announce a lease, 8 announce a hold.
    package var bytes: [UInt8] {
        let (code, number): (UInt8, UInt64) =
            switch self {
            case .remind(let index): (1, UInt64(clamping: index))
            case .remindOfHold: (2, 0)
            case .alert(let tier): (3, UInt64(clamping: tier))
            case .allClear(let epoch): (4, UInt64(epoch))
            case .retract(let epoch): (5, UInt64(epoch))
            case .announce(let order): (6, UInt64(order.rawValue))
            case .announceLease(let until): (7, UInt64(clamping: until.milliseconds))
            case .announceHold(let until): (8, UInt64(clamping: until.milliseconds))
            }
        return [code] + Field(0, u64: number).bytes
    }

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 9, let number = FieldList([Field(0, bytes[1...].map { $0 })]).u64(0)
        else { return nil }
        let moment = number < 1 << 60 ? Instant(milliseconds: Int64(number)) : nil
        let epoch = UInt32(exactly: number)
        switch bytes[0] {
        case 1 where number < 1 << 16: self = .remind(Int(number))
        case 2: self = .remindOfHold
        case 3 where number < 1 << 16: self = .alert(tier: Int(number))
        case 4:
            guard let epoch else { return nil }
            self = .allClear(epoch: epoch)
        case 5:
            guard let epoch else { return nil }
            self = .retract(epoch: epoch)
        case 6:
            guard let order = UInt8(exactly: number).flatMap(Order.init(rawValue:)) else {
                return nil
            }
            self = .announce(order)
        case 7:
            guard let moment else { return nil }
            self = .announceLease(until: moment)
        case 8:
            guard let moment else { return nil }
            self = .announceHold(until: moment)
        default: return nil
        }
    }
}
