package import CheckIn
package import Platform

// What contacts answer. Nothing of it ends an alarm.
extension WatchEngine {
    /// Somebody is on it: those who come later hear later. An answer to a drill is only noted.
    ///
    /// - Parameters:
    ///   - code: Of the message that she has, such as A7K2; capitals do not matter.
    ///   - id: Which plan, where several have such a message.
    package func acknowledge(code: String, plan id: PlanID?, now: Instant) throws(WatchError)
        -> ContactAnswer
    {
        try answering(code, id, now) {
            (message, plan, tables, news) throws(WatchError) -> ContactAnswer in
            try self.note(.acknowledged, message, plan, tables, now)
            switch message.kind {
            case .alert:
                // Once for each person.
                if try self.isFirst(.acknowledged, message, tables) {
                    try self.apply(.acknowledge, to: &plan, tables, &news, now)
                }
            case .duress:
                if try self.isFirst(.acknowledged, message, tables) {
                    try self.moveDuress(.acknowledge, &plan, tables, now)
                }
            default: break
            }
            try tables.put(plan)
            if message.kind != .duress {
                news.append(.acknowledged(plan.registration.label, contact: message.contact))
            }
            return .noted(try self.noted(message, plan, tables))
        }
    }

    /// Somebody has spoken with her and she knew an answer of her proof of life; two people who say
    /// so hold what is still to be told for a day.
    package func hold(code: String, plan id: PlanID?, now: Instant) throws(WatchError)
        -> ContactAnswer
    {
        try answering(code, id, now) {
            (message, plan, tables, news) throws(WatchError) -> ContactAnswer in
            guard message.kind != .drill else { return .onlyDrill }
            try self.note(.spoken, message, plan, tables, now)
            if try self.spoken(message, plan, tables).count >= 2 {
                switch message.kind {
                case .alert: try self.apply(.holdByContacts, to: &plan, tables, &news, now)
                case .duress:
                    try self.moveDuress(.holdByContacts, &plan, tables, now)
                    try self.postHeld(.duress, epoch: message.epoch, plan, tables, now)
                default: break
                }
                try self.log(
                    tables, now, .held, plan: plan.id, epoch: message.epoch,
                    delivery: message.id)
            }
            try tables.put(plan)
            return .noted(try self.noted(message, plan, tables))
        }
    }

    /// Finds the message that is meant, and is still true.
    private func answering(
        _ code: String, _ id: PlanID?, _ now: Instant,
        _ body: (DeliveryRow, inout PlanRow, any WatchTables, inout [WatchNews])
            throws(WatchError) -> ContactAnswer
    ) throws(WatchError) -> ContactAnswer {
        let code = code.uppercased()
        return try transaction(.anywhere) {
            (tables, news) throws(WatchError) -> ContactAnswer in
            var found: [(plan: PlanRow, message: DeliveryRow)] = []
            let plans = try self.readable(tables).filter { id == nil || $0.id == id }
            for plan in plans {
                let message = try tables.deliveries(plan.id).last {
                    $0.attempts > 0 && plan.canBeAnswered($0)
                        && self.writer.answerCode($0.id) == code
                }
                if let message { found.append((plan, message)) }
            }
            guard var only = found.first else {
                try self.countWrongAnswer(plans, tables, now)
                return .unknownCode
            }
            guard found.count == 1 else {
                return .severalPlans(found.map(\.plan.registration.label))
            }
            return try body(only.message, &only.plan, tables, &news)
        }
    }

    /// Of every plan that could have been meant, whether it has told anybody or not: the count must
    /// not say which one has.
    private func countWrongAnswer(
        _ plans: [PlanRow], _ tables: any WatchTables, _ now: Instant
    ) throws(WatchError) {
        for var plan in plans where !plan.state.isEnded {
            plan.wrongAnswers = plan.wrongAnswers == .max ? .max : plan.wrongAnswers + 1
            try tables.put(plan)
            try log(tables, now, .wrongAnswer, plan: plan.id, detail: plan.wrongAnswers)
            try tellOfGuessing(plan.wrongAnswers, plan, tables, now)
        }
    }

    private func note(
        _ kind: AckRow.Kind, _ message: DeliveryRow, _ plan: PlanRow, _ tables: any WatchTables,
        _ now: Instant
    ) throws(WatchError) {
        try tables.put(
            AckRow(delivery: message.id, at: now, contact: message.contact, kind: kind))
        try log(
            tables, now, .acknowledged, plan: plan.id, epoch: message.epoch,
            delivery: message.id, detail: UInt32(kind.rawValue))
    }

    /// The answers of one alarm, by whoever they are.
    private func answers(_ kind: AckRow.Kind, _ message: DeliveryRow, _ tables: any WatchTables)
        throws(WatchError) -> [AckRow]
    {
        let messages = try tables.deliveries(message.plan).filter {
            $0.kind == message.kind && $0.epoch == message.epoch
        }
        let ids = Set(messages.map(\.id))
        return try tables.acks(message.plan).filter { $0.kind == kind && ids.contains($0.delivery) }
    }

    private func isFirst(
        _ kind: AckRow.Kind, _ message: DeliveryRow, _ tables: any WatchTables
    ) throws(WatchError) -> Bool {
        try answers(kind, message, tables).filter { $0.contact == message.contact }.count == 1
    }

    /// Since the present hold began: to go on, two people say so again.
    private func spoken(_ message: DeliveryRow, _ plan: PlanRow, _ tables: any WatchTables)
        throws(WatchError) -> [String]
    {
        let since = plan.heldUntil(message).map { $0 - contactsHold }
        var names: [String] = []
        for answer in try answers(.spoken, message, tables)
        where since.map({ answer.at > $0 }) ?? true {
            if !names.contains(answer.contact) { names.append(answer.contact) }
        }
        return names
    }

    private func noted(_ message: DeliveryRow, _ plan: PlanRow, _ tables: any WatchTables)
        throws(WatchError) -> ContactAnswer.Noted
    {
        ContactAnswer.Noted(
            label: plan.registration.label, contact: message.contact,
            isDrill: message.kind == .drill, next: plan.nextAlarm(message),
            spoken: try spoken(message, plan, tables), heldUntil: plan.heldUntil(message))
    }

    // MARK: Drills

    /// Everybody gets what an alarm would bring, called a drill. A plan that is watched is rehearsed
    /// as it is, and its state is not touched; one that is not is known from now on, and not watched.
    ///
    /// - Throws: `.tooSoon` within a day of the last one, `.ended`.
    package func rehearse(_ registration: Registration, now: Instant) throws(WatchError)
        -> DrillReport
    {
        try transaction(.onDisk) { (tables, news) throws(WatchError) -> DrillReport in
            var plan: PlanRow
            if let known = try tables.plan(registration.plan) {
                guard !known.state.isEnded else { throw .ended }
                guard known.registration.ticketKey == registration.ticketKey else {
                    throw .differs
                }
                plan = known
                if plan.state == .draft { plan.registration = registration }
                if let drill = plan.drill, drill.at + Self.day > now {
                    throw .tooSoon(drill.at + Self.day)
                }
            } else {
                plan = PlanRow(registration: registration, state: .draft)
            }
            let number = (plan.drill?.number ?? 0) &+ 1
            plan.drill = DrillRow(number: number, at: now)
            for (tier, people) in plan.registration.tiers.enumerated() {
                try self.post(.drill, tier: tier, to: people, epoch: number, plan, tables, now)
            }
            try tables.put(plan)
            try self.log(tables, now, .drill, plan: plan.id, epoch: number)
            news.append(.drill(plan.registration.label))
            return try self.report(plan, tables) ?? DrillReport(at: now, people: [])
        }
    }

    /// Who received the last drill of a plan, and who has answered; nil before the first.
    package func drillReport(_ id: PlanID) throws(WatchError) -> DrillReport? {
        try transaction { (tables, _) throws(WatchError) in
            guard let plan = try tables.plan(id) else { return nil }
            return try self.report(plan, tables)
        }
    }

    private func report(_ plan: PlanRow, _ tables: any WatchTables) throws(WatchError)
        -> DrillReport?
    {
        guard let drill = plan.drill else { return nil }
        let messages = try tables.deliveries(plan.id).filter {
            $0.kind == .drill && $0.epoch == drill.number
        }
        let acks = try tables.acks(plan.id)
        var people: [DrillReport.Person] = []
        for name in messages.map(\.contact) where !people.contains(where: { $0.name == name }) {
            let hers = messages.filter { $0.contact == name }
            let ids = Set(hers.map(\.id))
            people.append(
                DrillReport.Person(
                    name: name,
                    channels: hers.filter { $0.state == .delivered }.map(\.channel),
                    acknowledged: acks.first { ids.contains($0.delivery) }?.at))
        }
        return DrillReport(at: drill.at, people: people)
    }
}

extension PlanRow {
    /// Whether an answer to a message still means something.
    fileprivate func canBeAnswered(_ message: DeliveryRow) -> Bool {
        switch message.kind {
        case .alert, .duress: isTrue(message)
        case .drill: message.epoch == drill?.number
        case .reminder, .holdReminder, .allClear, .undeliverable, .ended, .paused, .resumed,
            .wrongCodes, .retracted, .edited, .extended, .held, .daily:
            false
        }
    }

    /// Until when contacts hold the alarm that a message belongs to.
    fileprivate func heldUntil(_ message: DeliveryRow) -> Instant? {
        if message.kind == .duress { return duress?.machine.hold?.until }
        guard case .hold(_, .contacts, let until, _) = state else { return nil }
        return until
    }

    fileprivate func nextAlarm(_ message: DeliveryRow) -> Instant? {
        if message.kind == .duress {
            return duress.flatMap { $0.machine.wakes($0.registration.terms) }
        }
        return state.isAlarming ? state.wakes(registration.terms) : nil
    }
}
