internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Secrets
internal import Vault
internal import Watch
internal import Wording

/// What was typed about a new plan, read before the vault is opened.
struct PlanDraft {
    let label: PlanLabel
    let schedule: Schedule
    let end: Instant?
    let grace: Duration
    private let reminders: [Duration]?
    let zone: TimeZoneRules
    let place: String
    let alias: String
    let isAliasChosen: Bool
    let phones: [String]
    private let codeWords: [CodeWord]
    private let tiers: [Tier]
    /// Where the tier was typed as an answer, a name that nobody bears is asked about again.
    private let asksForTier: PlanQuestions?
    private let sheets: [Sheet]
    private let language: Language
    let now: Instant

    init(
        _ label: PlanLabel, _ given: PlanOptions, _ words: [CodeWord], _ invocation: Invocation
    ) throws {
        let now = invocation.world.clock.now
        self.now = now
        language = invocation.language
        self.label = label
        // All that was typed is looked at before anything is asked.
        let options = try given.completed()
        let questions = PlanQuestions(invocation)
        var rhythm = try Rhythm(options)
        if !invocation.canConverse { try Self.checkWhole(options, rhythm) }
        phones = options.values("phone")
        codeWords = words
        grace = try Self.duration(options, "grace") ?? .seconds(1_800)
        reminders = try options.value("reminder").map(Self.reminders)
        var until = try options.value("until").map { try When.parse($0, for: "--until") }
        var tiers = try Self.tiers(options.values("tier"))
        let lacksRhythm = rhythm == nil
        if lacksRhythm {
            rhythm =
                given.value("preset") == nil
                ? .every(try questions.interval()) : .once(try questions.hour())
        }
        let lacksTier = tiers.isEmpty
        if lacksTier { tiers = [try questions.firstTier()] }
        asksForTier = lacksTier ? questions : nil
        self.tiers = tiers
        sheets = try Self.sheets(options.values("sheet"), tiers)
        let rules = try Self.zone(options, invocation, questions)
        if lacksRhythm, until == nil, case .every = rhythm { until = try questions.end(in: rules) }
        zone = rules
        place = options.value("place") ?? HomeCity.name(of: rules.name, language)
        let environment = invocation.world.environment
        let login = ["LOGNAME", "USER"].compactMap { environment[$0] }.first { !$0.isEmpty }
        let chosen = try options.value("alias") ?? questions.alias(login)
        isAliasChosen = chosen != nil
        alias = chosen ?? login ?? label.text
        end = until.map { $0.moment(after: now, in: rules) }
        guard let rhythm else { throw Self.noTime }
        schedule = rhythm.schedule(after: now, in: rules)
        // A plan that could not be armed now is refused before a code is shown.
        if let (first, second) = schedule.overlap(grace: grace) {
            throw CheckInError.overlap(first, second)
        }
        let promise = schedule.promise(from: now, end: end, in: rules)
        _ = try promise.first(armed: now)
        _ = try LeaseTerms(
            promise: promise, grace: grace,
            reminders: reminders ?? LeaseTerms.usualReminders(grace: grace),
            tiers: self.tiers.map(\.offset))
    }

    /// - Throws: Exit 2 when it is not said when or who hears.
    private static func checkWhole(_ options: PlanOptions, _ rhythm: Rhythm?) throws {
        let hasTier = !options.values("tier").isEmpty
        guard rhythm != nil || hasTier else {
            throw Failure(
                .usage,
                Text(
                    en: "when, and who hears? --every (or --once) and --tier are missing",
                    es: "¿cuándo y a quién se avisa? faltan --every (o --once) y --tier"),
                hint: Text(
                    en:
                        "such as --every 6h --tier 0m:laura, or --preset travel --key-contact laura",
                    es: "como --every 6h --tier 0m:laura, o --preset viaje --key-contact laura"))
        }
        guard rhythm != nil else { throw noTime }
        guard hasTier else { throw CheckInError.noTier }
    }

    private static let noTime = Failure(
        .usage,
        Text(en: "when? --every or --once is missing", es: "¿cuándo? falta --every o --once"),
        hint: Text(
            en: "such as --every 6h, --daily 09:00,21:00, or --once '2026-12-01 18:00'",
            es: "como --every 6h, --daily 09:00,21:00, o --once '2026-12-01 18:00'"))

    private static func duration(_ options: PlanOptions, _ name: String) throws -> Duration? {
        try options.value(name).map { try Invocation.duration(parsing: $0, for: "--" + name) }
    }

    // MARK: Words to values

    static func zone(
        _ options: PlanOptions, _ invocation: Invocation, _ questions: PlanQuestions
    ) throws -> TimeZoneRules {
        let catalog = ZoneCatalog.newest(on: invocation.world.files)
        var name = options.value("zone")
        if name == nil {
            // UTC is what servers and live systems say when nobody has told them.
            let bytes = try? invocation.world.files.read("/etc/timezone", limit: 256)
            let system = bytes.map { String(decoding: $0.prefix { $0 > 0x20 }, as: UTF8.self) }
            if let system, !["", "UTC", "Etc/UTC", "Etc/UCT", "Universal"].contains(system) {
                name = system
            }
        }
        if name == nil, invocation.canConverse { return try questions.zone(catalog) }
        let asked =
            try name
            ?? invocation.ask(
                Text(
                    en: "where do the hours count (such as America/Mexico_City)?",
                    es: "¿dónde cuentan las horas (como America/Mexico_City)?"),
                instead: "--zone")
        return try rules(asked, catalog)
    }

    /// - Throws: Exit 2 for a zone that nobody knows.
    static func rules(_ asked: String, _ catalog: ZoneCatalog) throws(Failure) -> TimeZoneRules {
        do throws(ZoneError) {
            return try catalog.rules(asked)
        } catch {
            throw Failure(
                .usage,
                Text(
                    en: "--zone: no zone is called '\(asked)'",
                    es: "--zone: ninguna zona se llama «\(asked)»"),
                hint: Text(
                    en: "write region and city, such as America/Mexico_City",
                    es: "escribe región y ciudad, como America/Mexico_City"))
        }
    }

    /// `30m,5m,0m,+15m`: before the hour, and with a plus after it.
    static func reminders(_ text: String) throws(Failure) -> [Duration] {
        if ["none", "ninguno"].contains(text) { return [] }
        return try text.split(separator: ",", omittingEmptySubsequences: false).map {
            (part) throws(Failure) in
            let isAfter = part.hasPrefix("+")
            guard let span = DurationArgument.parse(isAfter ? part.dropFirst() : part) else {
                throw Failure(
                    .usage,
                    Text(
                        en: "--reminder cannot be '\(text)'",
                        es: "--reminder no puede ser «\(text)»"),
                    hint: Text(
                        en: "write times before the hour, and with + after it: 30m,5m,0m,+15m",
                        es: "escribe tiempos antes de la hora, y con + después: 30m,5m,0m,+15m"))
            }
            return isAfter ? span : .zero - span
        }
    }

    static func tiers(_ words: [String]) throws -> [Tier] {
        var byOffset: [Duration: [String]] = [:]
        for word in words {
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let offset = DurationArgument.parse(parts[0]) else {
                throw Failure(
                    .usage,
                    Text(en: "--tier cannot be '\(word)'", es: "--tier no puede ser «\(word)»"),
                    hint: Text(
                        en: "write how long after the grace, and who: --tier 2h:laura",
                        es: "escribe cuánto después de la tolerancia y a quién: --tier 2h:laura"))
            }
            let names = parts[1].split(separator: ",", omittingEmptySubsequences: false)
            for name in names.map(String.init)
            where !(byOffset[offset]?.contains(name) ?? false) {
                byOffset[offset, default: []].append(name)
            }
        }
        return byOffset.sorted { $0.key < $1.key }.map {
            Tier(offset: $0.key, contacts: $0.value)
        }
    }

    static func sheets(_ words: [String], _ tiers: [Tier]) throws -> [Sheet] {
        try words.map { word in
            let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let front = sides[0].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let offset = front.count == 2 ? DurationArgument.parse(front[0]) : nil
            guard sides.count == 2, let name = front.last, !name.isEmpty,
                front.count == 1 || offset != nil
            else {
                throw Failure(
                    .usage,
                    Text(en: "--sheet cannot be '\(word)'", es: "--sheet no puede ser «\(word)»"),
                    hint: Text(
                        en: "write a name and a note's id: --sheet itinerary=3f9a",
                        es: "escribe un nombre y el id de un apunte: --sheet itinerario=3f9a"))
            }
            if let offset, !tiers.contains(where: { $0.offset == offset }) {
                throw Failure(
                    .usage,
                    Text(
                        en: "--sheet \(word): no tier hears at \(front[0])",
                        es: "--sheet \(word): a ningún grupo se le avisa a los \(front[0])"),
                    hint: Text(
                        en: "use the time of one of the --tier options",
                        es: "usa el tiempo de una de las opciones --tier"))
            }
            return Sheet(offset: offset, name: String(name), note: String(sides[1]))
        }
    }

    // MARK: The plan

    /// - Throws: Exit 1 for contacts and notes that do not exist.
    func plan(
        _ codes: PlanCodes, _ keyring: Keyring, _ notebook: Notebook,
        _ random: any RandomSource
    ) throws -> Plan {
        func known(_ tier: Tier) throws -> Tier {
            Tier(
                offset: tier.offset,
                contacts: try tier.contacts.map { try keyring.contact(named: $0).name })
        }
        let named =
            try asksForTier.map { [try $0.tier(beginningWith: tiers[0], known)] }
            ?? tiers.map(known)
        for word in codeWords where !named.contains(where: { $0.contacts.contains(word.contact) }) {
            throw CodeWords.stranger(word.contact)
        }
        let found = try sheets.map { sheet in
            Sheet(
                offset: sheet.offset, name: sheet.name,
                note: try NoteCommands.lookUp(sheet.note, in: notebook).id.description)
        }
        let id = PlanID.random(random)
        let secret = SharedSecret(random.secret(count: 32))
        let keys = try codes.keys(id, secret, random)
        return try Plan(
            id: id, label: label, alias: alias, place: place, zone: zone.name, schedule: schedule,
            end: end, grace: grace, reminders: reminders, tiers: named, sheets: found,
            phones: phones, codeWords: codeWords, language: language, planSecret: secret,
            ticketSeed: SharedSecret(random.secret(count: 32)), safeKey: keys.safe,
            duressKey: keys.duress, handOverKeys: try codes.handOverKeys(id, random),
            hasDuressCode: codes.hasDuress, isOfDigits: codes.areOfDigits)
    }
}
