package import CheckIn
package import Encoding
package import Platform

/// A plan as a watcher keeps it.
///
/// After a duress code everything here moves on as if the safe one had been typed: what status
/// shows is always `registration` and `state`. Only `duress` knows better.
package struct PlanRow: Hashable, Sendable {
    package var registration: Registration
    package var state: PlanState
    /// Greatest counter of an accepted token or order.
    package var lastCounter: UInt64
    /// When the last accepted sign of life was made; nil before the first.
    package var lastSeen: Instant?
    /// How long the watcher was away before the alarm of the current epoch.
    package var outage: Duration?
    /// Wrong codes since the last right one.
    package var wrongCodes: UInt32
    /// Codes of contacts' messages that none carried, since the last right code of the plan. Right
    /// ones do not end the count: whoever has one message could try on for the others.
    package var wrongAnswers: UInt32
    /// Hours over which a clock leapt that had been behind: they could not be met.
    package var leapt: Coverage?

    /// Greatest counter of which it has been read with which code it was signed.
    package var readCounter: UInt64
    /// When that is read next: at fixed moments, the same after either code.
    package var look: Instant?
    /// What contacts will hear of what was not read yet, if it was the safe code.
    package var deferred: [PlanEffect]
    /// The plan before the first order that was not read yet.
    package var before: Registration?
    package var amendment: Amendment?
    package var duress: DuressRow?
    package var drill: DrillRow?

    package init(registration: Registration, state: PlanState) {
        self.registration = registration
        self.state = state
        lastCounter = 0
        lastSeen = nil
        outage = nil
        wrongCodes = 0
        wrongAnswers = 0
        leapt = nil
        readCounter = 0
        look = nil
        deferred = []
        before = nil
        amendment = nil
        duress = nil
        drill = nil
    }

    package var id: PlanID { registration.plan }

    /// When time alone next changes something.
    package var wake: Instant? {
        let moments = [
            state.wakes(registration.terms), look,
            duress.flatMap { $0.machine.wakes($0.registration.terms) },
            // Met, and ordered long enough ago: it waits for nothing but a quiet moment.
            amendment.flatMap { $0.isMet && state.isQuiet ? $0.ready : nil },
        ]
        return moments.compactMap { $0 }.min()
    }

    /// How far the clock leapt while the check-in was awaited that is owed now.
    package var leapOfClock: Duration? {
        guard let leapt, let (from, to) = state.listening(registration.terms), leapt.from < to,
            leapt.to > from
        else { return nil }
        return leapt.to - leapt.from
    }

    /// Neither over nor only rehearsed.
    package var isWatched: Bool { !state.isEnded && state != .draft }

    /// The newest registration that was taken, in force or not.
    package var newestEpoch: UInt32 {
        max(registration.epoch, amendment?.registration.epoch ?? 0)
    }

    // Fields: 1 registration, 2 state, 3 last counter, 4 last seen, 5 outage, 6 wrong codes,
    // 7 and 8 leapt from and to, 9 read counter, 10 look, 11 deferred effect*, 12 before,
    // 13 amendment, 14 duress, 15 drill, 16 wrong answers.
    package var fields: FieldList {
        var fields = [
            Field(1, registration.serialized()), Field(2, state.fields.serialized()),
            Field(3, u64: lastCounter), Field(6, u32: wrongCodes), Field(9, u64: readCounter),
        ]
        fields += lastSeen.map { [Field(4, $0)] } ?? []
        fields += outage.map { [Field(5, $0)] } ?? []
        fields += leapt.map { [Field(7, $0.from), Field(8, $0.to)] } ?? []
        fields += look.map { [Field(10, $0)] } ?? []
        fields += deferred.map { Field(11, $0.bytes) }
        fields += before.map { [Field(12, $0.serialized())] } ?? []
        fields += amendment.map { [Field(13, $0.fields.serialized())] } ?? []
        fields += duress.map { [Field(14, $0.fields.serialized())] } ?? []
        fields += drill.map { [Field(15, $0.fields.serialized())] } ?? []
        fields += wrongAnswers > 0 ? [Field(16, u32: wrongAnswers)] : []
        return FieldList(fields)
    }

    package init(_ fields: FieldList) throws(WatchError) {
        guard let registration = fields.first(1), let state = fields.first(2),
            let counter = fields.u64(3), let wrong = fields.u32(6)
        else { throw .damagedRow }
        do {
            self.registration = try Registration(parsing: registration)
            self.state = try PlanState(FieldList(parsing: state[...]))
            before = try fields.first(12).map { (bytes) throws(CheckInError) in
                try Registration(parsing: bytes)
            }
            amendment = try fields.first(13).map { bytes in
                try Amendment(FieldList(parsing: bytes[...]))
            }
            duress = try fields.first(14).map { bytes in
                try DuressRow(FieldList(parsing: bytes[...]))
            }
            drill = try fields.first(15).map { bytes in
                try DrillRow(FieldList(parsing: bytes[...]))
            }
        } catch {
            throw .damagedRow
        }
        lastCounter = counter
        lastSeen = fields.instant(4)
        outage = fields.duration(5)
        wrongCodes = wrong
        wrongAnswers = fields.u32(16) ?? 0
        if let from = fields.instant(7), let to = fields.instant(8) {
            leapt = Coverage(from: from, to: to)
        } else {
            leapt = nil
        }
        // A row of before there was anything to read.
        readCounter = fields.u64(9) ?? counter
        look = fields.instant(10)
        deferred = fields.all(11).compactMap(PlanEffect.init)
    }
}

extension PlanRow {
    /// The clock was wrong: what waits beside the plan's own state moves along.
    mutating func moveWaits(_ move: (Instant) -> Instant) {
        if let ready = amendment?.ready { amendment?.ready = move(ready) }
        duress?.machine.move(move)
    }
}

extension PlanState {
    /// Whether nothing is owed that is late: terms may change under it.
    var isQuiet: Bool {
        switch self {
        case .armed, .due, .paused: true
        case .draft, .grace, .overdue, .hold, .ended: false
        }
    }
}

/// A changed plan that protects less than before. It takes effect once a deadline has been met and
/// two hours have passed.
package struct Amendment: Hashable, Sendable {
    package static let patience: Duration = .seconds(2 * 3_600)

    package let registration: Registration
    package var ready: Instant
    package var isMet: Bool

    package init(registration: Registration, ready: Instant, isMet: Bool = false) {
        self.registration = registration
        self.ready = ready
        self.isMet = isMet
    }

    // Fields: 1 registration, 2 ready, 3 met.
    var fields: FieldList {
        FieldList(
            [Field(1, registration.serialized()), Field(2, ready)]
                + (isMet ? [Field(3, [1])] : []))
    }

    init(_ fields: FieldList) throws(CheckInError) {
        guard let bytes = fields.first(1), let ready = fields.instant(2) else {
            throw .malformed(.malformed(at: 0))
        }
        self.init(
            registration: try Registration(parsing: bytes), ready: ready, isMet: fields.flag(3))
    }
}

/// The alarm that nobody at the screen can see, and the plan as it was before the code.
package struct DuressRow: Hashable, Sendable {
    package var machine: Duress
    package let registration: Registration

    package init(machine: Duress, registration: Registration) {
        self.machine = machine
        self.registration = registration
    }

    // Fields: 1 machine, 2 registration.
    var fields: FieldList {
        FieldList([
            Field(1, machine.fields.serialized()), Field(2, registration.serialized()),
        ])
    }

    init(_ fields: FieldList) throws(CheckInError) {
        guard let machine = fields.first(1).flatMap({ try? FieldList(parsing: $0[...]) }),
            let parsed = Duress(machine), let registration = fields.first(2)
        else { throw .malformed(.malformed(at: 0)) }
        self.init(machine: parsed, registration: try Registration(parsing: registration))
    }
}

/// The last rehearsal; its messages carry its number as their epoch.
package struct DrillRow: Hashable, Sendable {
    package let number: UInt32
    package let at: Instant

    package init(number: UInt32, at: Instant) {
        self.number = number
        self.at = at
    }

    // Fields: 1 number u32, 2 moment.
    var fields: FieldList { FieldList([Field(1, u32: number), Field(2, at)]) }

    init(_ fields: FieldList) throws(CheckInError) {
        guard let number = fields.u32(1), let at = fields.instant(2) else {
            throw .malformed(.malformed(at: 0))
        }
        self.init(number: number, at: at)
    }
}
