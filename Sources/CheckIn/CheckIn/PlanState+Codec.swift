package import Encoding
internal import Platform

extension PlanState {
    // Fields: 1 state u8, 2 epoch u32, 3 armed, 4 since, 5 deadline, 6 count u32 (reminded or
    // told), 7 moment (start, until or end), 8 outage ms of a hold, 9 ending u8.
    package var fields: FieldList {
        var fields = [Field(1, [code]), Field(2, u32: epoch)]
        if let lease {
            fields += [Field(3, lease.armed), Field(4, lease.since), Field(5, lease.deadline)]
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
            lease = Lease(epoch: epoch, armed: armed, since: since, deadline: deadline)
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
            guard let outage = fields.duration(8) else { throw damaged }
            self = .hold(lease, .offline(outage), until: until, told: count)
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
