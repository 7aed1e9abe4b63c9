internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Vault
internal import Watch
internal import Wording

/// What was typed about a new plan, read before the vault is opened.
struct PlanDraft {
    let label: PlanLabel
    private let schedule: Schedule
    private let end: Instant?
    private let grace: Duration
    private let zone: TimeZoneRules
    private let place: String
    private let alias: String
    private let isAliasChosen: Bool
    private let phones: [String]
    private let tiers: [Tier]
    /// Where the tier was typed as an answer, a name that nobody bears is asked about again.
    private let asksForTier: PlanQuestions?
    private let sheets: [Sheet]
    private let language: Language
    private let now: Instant

    init(_ invocation: Invocation) throws {
        now = invocation.world.clock.now
        language = invocation.language
        label = try PlanLabel(parsing: invocation.argument("LABEL") ?? "")
        // All that was typed is looked at before anything is asked.
        let questions = PlanQuestions(invocation)
        if !questions.canAsk { try Self.checkWhole(invocation) }
        phones = invocation.values("phone")
        grace = try invocation.duration("grace") ?? .seconds(1_800)
        var interval = try invocation.duration("every")
        var until = try Self.local(invocation, "until")
        let once = try Self.local(invocation, "once")
        var tiers = try Self.tiers(invocation.values("tier"))
        let hasTime = interval != nil || once != nil
        if !hasTime { interval = try questions.interval() }
        let lacksTier = tiers.isEmpty
        if lacksTier { tiers = [try questions.firstTier()] }
        asksForTier = lacksTier ? questions : nil
        self.tiers = tiers
        sheets = try Self.sheets(invocation.values("sheet"), tiers)
        let rules = try Self.zone(invocation, questions)
        if !hasTime, until == nil { until = try questions.end(in: rules) }
        zone = rules
        place = invocation.value("place") ?? HomeCity.name(of: zone.name, language)
        let environment = invocation.world.environment
        let login = ["LOGNAME", "USER"].compactMap { environment[$0] }.first { !$0.isEmpty }
        let chosen = try invocation.value("alias") ?? questions.alias(login)
        isAliasChosen = chosen != nil
        alias = chosen ?? login ?? label.text
        end = until.map { rules.instants(forLocal: $0).earliest }
        if let interval {
            schedule = .every(interval)
        } else if let once {
            schedule = .once(rules.instants(forLocal: once).earliest)
        } else {
            throw Self.noTime
        }
        // A plan that could not be armed now is refused before a code is shown.
        _ = try schedule.promise(end: end).first(armed: now)
    }

    /// - Throws: Exit 2 when it is not said when or who hears.
    private static func checkWhole(_ invocation: Invocation) throws {
        let hasTime = invocation.value("every") != nil || invocation.value("once") != nil
        let hasTier = !invocation.values("tier").isEmpty
        guard hasTime || hasTier else {
            throw Failure(
                .usage,
                Text(
                    en: "when, and who hears? --every (or --once) and --tier are missing",
                    es: "¿cuándo y a quién se avisa? faltan --every (o --once) y --tier"),
                hint: Text(
                    en: "such as --every 6h --tier 0m:laura",
                    es: "como --every 6h --tier 0m:laura"))
        }
        guard hasTime else { throw noTime }
        guard hasTier else { throw CheckInError.noTier }
    }

    private static let noTime = Failure(
        .usage,
        Text(en: "when? --every or --once is missing", es: "¿cuándo? falta --every o --once"),
        hint: Text(
            en: "such as --every 6h, or --once '2026-12-01 18:00'",
            es: "como --every 6h, o --once '2026-12-01 18:00'"))

    // MARK: Words to values

    private static func zone(
        _ invocation: Invocation, _ questions: PlanQuestions
    ) throws -> TimeZoneRules {
        let catalog = ZoneCatalog.newest(on: invocation.world.files)
        var name = invocation.value("zone")
        if name == nil {
            // UTC is what servers and live systems say when nobody has told them.
            let bytes = try? invocation.world.files.read("/etc/timezone", limit: 256)
            let system = bytes.map { String(decoding: $0.prefix { $0 > 0x20 }, as: UTF8.self) }
            if let system, !["", "UTC", "Etc/UTC", "Etc/UCT", "Universal"].contains(system) {
                name = system
            }
        }
        if name == nil, questions.canAsk { return try questions.zone(catalog) }
        let asked =
            try name
            ?? invocation.ask(
                Text(
                    en: "where do the hours count (such as America/Mexico_City)?",
                    es: "¿dónde cuentan las horas (como America/Mexico_City)?"),
                instead: "--zone")
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

    private static func local(_ invocation: Invocation, _ option: String) throws -> CivilDateTime? {
        try invocation.value(option).map { try local($0, for: "--" + option) }
    }

    /// - Throws: Exit 2 when it is no `YYYY-MM-DD HH:MM`.
    static func local(_ text: String, for place: String) throws -> CivilDateTime {
        guard let local = CivilDateTime(parsing: text) else {
            throw Failure(
                .usage,
                Text(
                    en: "\(place) cannot be '\(text)'", es: "\(place) no puede ser «\(text)»"),
                hint: Text(
                    en: "write 'YYYY-MM-DD HH:MM', such as '2026-12-01 18:00'",
                    es: "escribe 'AAAA-MM-DD HH:MM', como '2026-12-01 18:00'"))
        }
        return local
    }

    private static func tiers(_ words: [String]) throws -> [Tier] {
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

    private static func sheets(_ words: [String], _ tiers: [Tier]) throws -> [Sheet] {
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

    // MARK: Questions of judgement

    func warnAboutPhones(_ invocation: Invocation) {
        guard phones.isEmpty else { return }
        invocation.warn(
            Text(
                en: "your contacts will see no phone number; add --phone NUMBER",
                es: "tus contactos no verán ningún teléfono; agrega --phone NÚMERO"))
    }

    func warnAboutAlias(_ invocation: Invocation) {
        guard !isAliasChosen else { return }
        invocation.warn(
            Text(
                en: "alerts will call you '\(alias)'; add --alias NAME",
                es: "las alertas te llamarán «\(alias)»; agrega --alias NOMBRE"))
    }

    func askAboutHours(_ invocation: Invocation) throws {
        if case .every(let interval) = schedule, interval < .seconds(900) {
            try Self.insist(
                invocation,
                Text(
                    en: "A check-in every \(DurationArgument.describe(interval)) is easily"
                        + " missed. Keep it?",
                    es: "Un reporte cada \(DurationArgument.describe(interval)) se olvida"
                        + " fácilmente. ¿Lo dejas así?"),
                hint: Self.otherHours)
        }
        guard let night = firstNight() else { return }
        let hour = zone.local(at: night).hourAndMinute
        let article = PlaceTime(rules: zone, place: place).article(night)
        var hint = Self.otherHours
        if case .every = schedule {
            hint = Text(
                en: "with --every some fall at night too; use --until 'YYYY-MM-DD 22:00', or run it"
                    + " again and answer y",
                es: "con --every caen también de noche; usa --until 'AAAA-MM-DD 22:00' o vuelve a"
                    + " correrlo y responde s")
        }
        try Self.insist(
            invocation,
            Text(
                en: "Some deadlines fall between 23:00 and 07:00, such as \(hour) in \(place). "
                    + "Keep them?",
                es:
                    "Algunas horas límite caen entre las 23:00 y las 07:00, como \(article) \(hour) en"
                    + " \(place). ¿Las dejas así?"),
            hint: hint)
    }

    private static let otherHours = Text(en: "choose other hours", es: "elige otras horas")

    private static func insist(
        _ invocation: Invocation, _ question: Text, hint: Text
    ) throws {
        guard try invocation.confirm(question) else {
            throw Failure(
                .refused,
                Text(en: "no plan was made", es: "no se hizo ningún plan"),
                hint: hint)
        }
    }

    /// The first deadline at night, if every check-in is made at its hour.
    private func firstNight() -> Instant? {
        var deadlines = [end].compactMap { $0 }
        switch schedule {
        case .once(let moment): deadlines.append(moment)
        case .every(let interval):
            // A week of them; promises of minutes have been asked about already.
            guard interval >= .seconds(900) else { break }
            var next = now + interval
            while next < min(end ?? now + .seconds(604_800), now + .seconds(604_800)) {
                deadlines.append(next)
                next = next + interval
            }
        }
        return deadlines.first { deadline in
            let hour = zone.local(at: deadline).hour
            return hour >= 23 || hour < 7
        }
    }

    // MARK: The plan

    /// - Throws: Exit 1 for contacts and notes that do not exist.
    func plan(
        _ code: borrowing PlanCode, _ keyring: Keyring, _ notebook: Notebook,
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
        let found = try sheets.map { sheet in
            Sheet(
                offset: sheet.offset, name: sheet.name,
                note: try NoteCommands.lookUp(sheet.note, in: notebook).id.description)
        }
        let id = PlanID.random(random)
        let secret = SharedSecret(random.secret(count: 32))
        let seed = try code.signingSeed(plan: id, secret: secret.bytes)
        return try Plan(
            id: id, label: label, alias: alias, place: place, zone: zone.name, schedule: schedule,
            end: end, grace: grace, tiers: named, sheets: found, phones: phones,
            language: language, planSecret: secret,
            ticketSeed: SharedSecret(random.secret(count: 32)),
            safeKey: Ed25519.publicKey(seed: seed),
            // Nobody has the other half: until duress codes exist, none opens this lock.
            duressKey: Ed25519.publicKey(seed: random.secret(count: 32)))
    }
}
