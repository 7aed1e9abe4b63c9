package import Encoding
package import Platform
package import Secrets
package import Wording

/// People who hear at the same time.
package struct Tier: Hashable, Sendable {
    /// After the end of the grace.
    package let offset: Duration
    /// Names of contacts.
    package let contacts: [String]

    package init(offset: Duration, contacts: [String]) {
        self.offset = offset
        self.contacts = contacts
    }
}

/// A note that is sealed to the contacts of a tier when the plan is armed.
package struct Sheet: Hashable, Sendable {
    /// Which tier may open it; nil for every tier.
    package let offset: Duration?
    package let name: String
    /// The note's id, 32 hexadecimal digits.
    package let note: String

    package init(offset: Duration?, name: String, note: String) {
        self.offset = offset
        self.name = name
        self.note = note
    }
}

/// What she and one contact agreed on face to face: by it the contact knows a real alert. It stands
/// in the sealed sheet of a real alert and nowhere else.
package struct CodeWord: Sendable {
    /// Longest, in bytes.
    package static let byteLimit = 200

    package let contact: String
    /// UTF-8, one line.
    package let word: SharedSecret

    package init(contact: String, word: SharedSecret) {
        self.contact = contact
        self.word = word
    }
}

/// A promise to report in, and what happens when it is broken, as the vault keeps it.
///
/// Record fields: 1 id, 2 label, 3 alias, 4 place, 5 zone, 6 schedule, 7 grace ms, 8 reminder
/// (repeats; ms + 2^40), 9 tier (1 offset, 2 name*; repeats), 10 end, 11 sheet (1 offset, 2 name,
/// 3 note; repeats), 12 plan secret, 13 ticket seed, 14 safe key, 15 duress key, 16 state u8,
/// 17 untested, 18 language, 19 phone (repeats), 20 since when its hours count,
/// 21 code word (1 contact, 2 word; repeats), 22 keys for handing it over, 23 to whom it was handed
/// over (repeats), 24 there is a duress code,
/// 25 its codes are of digits, 40 text (repeats; see `PlanText`).
package struct Plan: Sendable {
    package enum Stage: UInt8, Hashable, Sendable {
        case draft = 0
        case armed = 1
        case ended = 2
    }

    package let id: PlanID
    package let label: PlanLabel
    /// How alerts call her.
    package let alias: String
    /// The city that alerts name beside the hour.
    package let place: String
    /// IANA name.
    package let zone: String
    package let schedule: Schedule
    package let end: Instant?
    package let grace: Duration
    package let reminders: [Duration]
    package let tiers: [Tier]
    package let sheets: [Sheet]
    /// Numbers under which she herself is called.
    package let phones: [String]
    package let codeWords: [CodeWord]
    package let language: Language
    package let planSecret: SharedSecret
    package let ticketSeed: SharedSecret
    /// Ed25519 keys of the code and of the duress code.
    package let safeKey: [UInt8]
    package let duressKey: [UInt8]
    package var stage: Stage
    package var isUntested: Bool
    /// Her own words in place of the usual ones.
    package var texts = PlanTexts()
    /// When it was armed: the list of its hours begins there. nil for a draft.
    package var since: Instant?
    /// nil for a plan of an earlier version, which cannot be handed over.
    package let handOverKeys: HandOverKeys?
    package var handed: [Handed]
    /// Whether somebody knows the code of `duressKey`.
    package let hasDuressCode: Bool
    /// Codes of digits are short: only for a machine that does not hold the vault.
    package let isOfDigits: Bool

    package init(
        id: PlanID, label: PlanLabel, alias: String, place: String, zone: String,
        schedule: Schedule, end: Instant?, grace: Duration, reminders: [Duration]? = nil,
        tiers: [Tier], sheets: [Sheet], phones: [String] = [],
        codeWords: [CodeWord] = [], language: Language, planSecret: SharedSecret,
        ticketSeed: SharedSecret, safeKey: [UInt8], duressKey: [UInt8], stage: Stage = .draft,
        isUntested: Bool = false, since: Instant? = nil,
        handOverKeys: HandOverKeys? = nil, handed: [Handed] = [], hasDuressCode: Bool = false,
        isOfDigits: Bool = false
    ) throws(CheckInError) {
        let texts =
            [alias, place, zone] + phones + tiers.flatMap(\.contacts) + sheets.map(\.name)
            + schedule.names
        guard texts.allSatisfy({ $0.isPlainLine() }) else { throw .text }
        guard tiers.allSatisfy({ (1...64).contains($0.contacts.count) }) else { throw .tier }
        self.id = id
        self.label = label
        self.alias = alias
        self.place = place
        self.zone = zone
        self.schedule = schedule
        self.end = end
        self.grace = grace
        self.reminders = reminders ?? LeaseTerms.usualReminders(grace: grace)
        self.tiers = tiers
        self.sheets = sheets
        self.phones = phones
        self.codeWords = codeWords
        self.language = language
        self.planSecret = planSecret
        self.ticketSeed = ticketSeed
        self.safeKey = safeKey
        self.duressKey = duressKey
        self.stage = stage
        self.isUntested = isUntested
        self.since = since
        self.handOverKeys = handOverKeys
        self.handed = handed
        self.hasDuressCode = hasDuressCode
        self.isOfDigits = isOfDigits
        // Everything that arming would refuse whatever the hour is refused here.
        _ = try terms(.interval(.seconds(1), end: nil))
        if let (first, second) = schedule.overlap(grace: grace) {
            throw .overlap(first, second)
        }
    }

    /// What a watcher decides by.
    ///
    /// - Parameters:
    ///   - now: From when on it is promised; a plan that is armed keeps the list that it has.
    ///   - rules: Those of its zone.
    package func terms(at now: Instant, in rules: TimeZoneRules) throws(CheckInError)
        -> LeaseTerms
    {
        try terms(schedule.promise(from: since ?? now, end: end, in: rules))
    }

    /// When the list of hours that a watcher knows ends although the plan goes on.
    package func reach(at now: Instant, in rules: TimeZoneRules) -> Instant? {
        schedule.reach(from: since ?? now, end: end, in: rules)
    }

    private func terms(_ promise: Promise) throws(CheckInError) -> LeaseTerms {
        try LeaseTerms(
            promise: promise, grace: grace, reminders: reminders, tiers: tiers.map(\.offset))
    }

    /// The itinerary; it is sealed to everybody who can open something.
    package var legs: [Leg] {
        switch schedule {
        case .legs(let legs): legs
        case .every, .once, .weekly: []
        }
    }

    /// Whether something is sealed to a contact of `tier`, if she can open it.
    package func hasPapers(for contact: String, in tier: Tier) -> Bool {
        !sheets(for: tier).isEmpty || !legs.isEmpty
            || codeWords.contains { $0.contact == contact }
    }

    /// Sheets that the contacts of `tier` may open.
    package func sheets(for tier: Tier) -> [Sheet] {
        sheets.filter { $0.offset == nil || $0.offset == tier.offset }
    }
}

extension Plan {
    package var fields: FieldList {
        FieldList(
            [
                Field(1, id.bytes), Field(2, label.text), Field(3, alias), Field(4, place),
                Field(5, zone), Field(6, schedule.fields.serialized()), Field(7, grace),
                Field(12, planSecret.copiedBytes), Field(13, ticketSeed.copiedBytes),
                Field(14, safeKey), Field(15, duressKey), Field(16, [stage.rawValue]),
                Field(18, language.rawValue),
            ] + phones.map { Field(19, $0) } + reminders.map { Field(8, $0 + reminderBias) }
                + tiers.map { tier in
                    let names = tier.contacts.map { Field(2, $0) }
                    return Field(9, FieldList([Field(1, tier.offset)] + names).serialized())
                } + (end.map { [Field(10, $0)] } ?? [])
                + sheets.map { sheet in
                    let offset = sheet.offset.map { [Field(1, $0)] } ?? []
                    let rest = [Field(2, sheet.name), Field(3, sheet.note)]
                    return Field(11, FieldList(offset + rest).serialized())
                } + (isUntested ? [Field(17, [1])] : []) + (since.map { [Field(20, $0)] } ?? [])
                + codeWords.map { word in
                    let fields = [Field(1, word.contact), Field(2, word.word.copiedBytes)]
                    return Field(21, FieldList(fields).serialized())
                } + (handOverKeys.map { [Field(22, $0.fields.serialized())] } ?? [])
                + handed.map { Field(23, $0.fields.serialized()) }
                + (hasDuressCode ? [Field(24, [1])] : [])
                + (isOfDigits ? [Field(25, [1])] : []) + texts.fields(40))
    }

    package init(_ fields: FieldList) throws(CheckInError) {
        let damaged = CheckInError.malformed(.malformed(at: 0))
        func list(_ bytes: [UInt8]) throws(CheckInError) -> FieldList {
            try reading { () throws(CodecError) in try FieldList(parsing: bytes[...]) }
        }
        guard let id = fields.first(1).flatMap({ PlanID($0) }), let label = fields.text(2),
            let alias = fields.text(3), let place = fields.text(4), let zone = fields.text(5),
            let grace = fields.duration(7), let secret = SharedSecret(key: fields.first(12)),
            let seed = SharedSecret(key: fields.first(13)), let safe = fields.first(14),
            let duress = fields.first(15), safe.count == 32, duress.count == 32,
            let stage = fields.first(16)?.first.flatMap(Stage.init(rawValue:)),
            let language = fields.text(18).flatMap(Language.init(rawValue:))
        else { throw damaged }

        let schedule = try Schedule(list(fields.first(6) ?? []))
        var tiers: [Tier] = []
        for bytes in fields.all(9) {
            let tier = try list(bytes)
            guard let offset = tier.duration(1) else { throw damaged }
            tiers.append(Tier(offset: offset, contacts: tier.texts(2)))
        }
        var sheets: [Sheet] = []
        for bytes in fields.all(11) {
            let sheet = try list(bytes)
            guard let name = sheet.text(2), let note = sheet.text(3) else { throw damaged }
            sheets.append(Sheet(offset: sheet.duration(1), name: name, note: note))
        }
        var codeWords: [CodeWord] = []
        for bytes in fields.all(21) {
            let word = try list(bytes)
            guard let contact = word.text(1), var secret = word.first(2), !secret.isEmpty else {
                throw damaged
            }
            codeWords.append(
                CodeWord(contact: contact, word: SharedSecret(SecretBytes(draining: &secret))))
        }
        var handed: [Handed] = []
        for bytes in fields.all(23) {
            guard let entry = Handed(try list(bytes)) else { throw damaged }
            handed.append(entry)
        }
        let keys = try fields.first(22).map { (bytes) throws(CheckInError) in try list(bytes) }
        try self.init(
            id: id, label: PlanLabel(parsing: label), alias: alias, place: place, zone: zone,
            schedule: schedule, end: fields.instant(10), grace: grace,
            reminders: fields.durations(8).map { $0 - reminderBias }, tiers: tiers, sheets: sheets,
            phones: fields.texts(19), codeWords: codeWords, language: language, planSecret: secret,
            ticketSeed: seed,
            safeKey: safe,
            duressKey: duress, stage: stage, isUntested: fields.flag(17),
            since: fields.instant(20), handOverKeys: keys.flatMap { HandOverKeys($0) },
            handed: handed, hasDuressCode: fields.flag(24),
            isOfDigits: fields.flag(25))
        texts = try PlanTexts(fields, tag: 40)
    }
}
