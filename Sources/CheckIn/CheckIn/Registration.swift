internal import Encoding
package import Secrets
package import Wording

internal import Primitives

/// One way to reach one contact.
package struct Route: Hashable, Sendable {
    /// The channel's name in the vault, and what it takes to use it; never shown.
    package let channel: String
    package let url: String
    /// UTF-8; in ordinary memory because it travels inside registrations and rows, which are
    /// sealed at rest.
    package let password: [UInt8]?
    /// The e-mail address; nil on a channel that needs none.
    package let address: String?

    package init(channel: String, url: String, password: [UInt8]?, address: String?) {
        self.channel = channel
        self.url = url
        self.password = password
        self.address = address
    }

    /// Ways that do not stand in for each other: what rings tells her, what is a letter carries the
    /// sealed sheet. Each begins at once; the others of its lane wait until it fails.
    package enum Lane: Hashable, Sendable { case call, letter, screen, folder }

    package var lane: Lane {
        switch url.prefix(while: { $0 != ":" }) {
        case "file": .folder
        case "desktop": .screen
        case "sms", "telegram", "ntfy", "exec": .call
        default: .letter
        }
    }

    /// Whether a message only comes to lie in a folder on this machine.
    package var isFolder: Bool { lane == .folder }

    // Fields: 1 channel, 2 URL, 3 password, 4 address.
    var fields: FieldList {
        FieldList(
            [Field(1, channel), Field(2, url)] + (password.map { [Field(3, $0)] } ?? [])
                + (address.map { [Field(4, $0)] } ?? []))
    }

    init?(_ fields: FieldList) {
        guard let channel = fields.text(1), let url = fields.text(2) else { return nil }
        self.init(
            channel: channel, url: url, password: fields.first(3), address: fields.text(4))
    }
}

/// A person as a watcher knows her: what to call her and how to reach her.
package struct Listener: Hashable, Sendable {
    package let name: String
    package let language: Language
    package let phones: [String]
    /// In the order in which they are tried.
    package let routes: [Route]
    /// BLAKE2b-256 of the sealed sheet; nil for somebody who could not open one.
    package let sheet: [UInt8]?

    package init(
        name: String, language: Language, phones: [String], routes: [Route], sheet: [UInt8]?
    ) {
        self.name = name
        self.language = language
        self.phones = phones
        self.routes = routes
        self.sheet = sheet
    }

    /// Whether a route only leaves a copy in a folder on this machine, while another one tells her.
    /// Somebody who has nothing but folders is told by them.
    package func isCopy(_ route: Route) -> Bool {
        route.isFolder && routes.contains { $0.lane == .call || $0.lane == .letter }
    }

    // Fields: 1 name, 2 language, 3 phone*, 4 route*, 5 hash of the sheet.
    var fields: FieldList {
        FieldList(
            [Field(1, name), Field(2, language.rawValue)] + phones.map { Field(3, $0) }
                + routes.map { Field(4, $0.fields.serialized()) }
                + (sheet.map { [Field(5, $0)] } ?? []))
    }

    init(_ fields: FieldList) throws(CheckInError) {
        let damaged = CheckInError.malformed(.malformed(at: 0))
        guard let name = fields.text(1),
            let language = fields.text(2).flatMap(Language.init(rawValue:)),
            name.isPlainLine(), fields.texts(3).allSatisfy({ $0.isPlainLine() })
        else { throw damaged }
        var routes: [Route] = []
        for bytes in fields.all(4) {
            let list = try reading { () throws(CodecError) in try FieldList(parsing: bytes[...]) }
            guard let route = Route(list) else { throw damaged }
            routes.append(route)
        }
        self.init(
            name: name, language: language, phones: fields.texts(3), routes: routes,
            sheet: fields.first(5))
    }
}

/// All that a watcher learns of a plan; it never holds the plan secret or an itinerary.
///
/// Fields: 1 plan, 2 label, 3 ticket key, 4 safe key, 5 duress key, 6 terms, 7 alias, 8 zone,
/// 9 place, 10 language, 11 phone*, 12 tier* (each: 1 listener*), 13 self (a listener),
/// 14 untested, 15 epoch u32, 17 handed over, 18 other watcher*, 19 watched by herself too, 40 text*.
package struct Registration: Hashable, Sendable {
    static let domain = "amparo/registration/1"

    package let plan: PlanID
    package let label: PlanLabel
    package let ticketKey: [UInt8]
    package let safeKey: [UInt8]
    package let duressKey: [UInt8]
    package let terms: LeaseTerms
    package let alias: String
    package let zone: String
    package let place: String
    package let language: Language
    /// Numbers under which she herself is called.
    package let phones: [String]
    /// As many as `terms.tiers`.
    package let tiers: [[Listener]]
    /// The journalist's own channels, for reminders.
    package let owner: Listener?
    package let isUntested: Bool
    /// Grows with every accepted change.
    package var epoch: UInt32
    /// Somebody else's plan: whoever watches it promised to, and may stop; its owner is elsewhere.
    package let isHandedOver: Bool
    /// Whose machines watch it besides this one, as far as was known when it was made: somebody may
    /// have reported there.
    package var otherWatchers: [String] = []
    package var isWatchedByOwner = false
    /// Her own words in place of the usual ones.
    package var texts = PlanTexts()

    package init(
        plan: PlanID, label: PlanLabel, ticketKey: [UInt8], safeKey: [UInt8], duressKey: [UInt8],
        terms: LeaseTerms, alias: String, zone: String, place: String, language: Language,
        phones: [String], tiers: [[Listener]], owner: Listener?, isUntested: Bool,
        epoch: UInt32 = 1, isHandedOver: Bool = false
    ) {
        self.plan = plan
        self.label = label
        self.ticketKey = ticketKey
        self.safeKey = safeKey
        self.duressKey = duressKey
        self.terms = terms
        self.alias = alias
        self.zone = zone
        self.place = place
        self.language = language
        self.phones = phones
        self.tiers = tiers
        self.owner = owner
        self.isUntested = isUntested
        self.epoch = epoch
        self.isHandedOver = isHandedOver
    }

    package func serialized() -> [UInt8] {
        FieldList(
            [
                Field(1, plan.bytes), Field(2, label.text), Field(3, ticketKey),
                Field(4, safeKey), Field(5, duressKey), Field(6, terms.fields.serialized()),
                Field(7, alias), Field(8, zone), Field(9, place), Field(10, language.rawValue),
                Field(15, u32: epoch),
            ] + phones.map { Field(11, $0) }
                + tiers.map { listeners in
                    let fields = listeners.map { Field(1, $0.fields.serialized()) }
                    return Field(12, FieldList(fields).serialized())
                } + (owner.map { [Field(13, $0.fields.serialized())] } ?? [])
                + (isUntested ? [Field(14, [1])] : []) + (isHandedOver ? [Field(17, [1])] : [])
                + otherWatchers.map { Field(18, $0) } + (isWatchedByOwner ? [Field(19, [1])] : [])
                + texts.fields(40)
        ).serialized()
    }

    package init(parsing bytes: [UInt8]) throws(CheckInError) {
        let damaged = CheckInError.malformed(.malformed(at: 0))
        func list(_ bytes: [UInt8]) throws(CheckInError) -> FieldList {
            try reading { () throws(CodecError) in try FieldList(parsing: bytes[...]) }
        }
        let fields = try list(bytes)
        guard let plan = fields.first(1).flatMap({ PlanID($0) }), let label = fields.text(2),
            let ticketKey = fields.first(3), let safeKey = fields.first(4),
            let duressKey = fields.first(5), let terms = fields.first(6),
            let alias = fields.text(7), let zone = fields.text(8), let place = fields.text(9),
            let language = fields.text(10).flatMap(Language.init(rawValue:)),
            let epoch = fields.u32(15),
            [ticketKey, safeKey, duressKey].allSatisfy({ $0.count == 32 }),
            ([alias, zone, place] + fields.texts(11)).allSatisfy({ $0.isPlainLine() }),
            fields.texts(18).count <= 64, fields.texts(18).allSatisfy(Self.isName)
        else { throw damaged }
        var tiers: [[Listener]] = []
        for tier in fields.all(12) {
            var listeners: [Listener] = []
            for bytes in try list(tier).all(1) { listeners.append(try Listener(list(bytes))) }
            tiers.append(listeners)
        }
        let owner: Listener? =
            if let bytes = fields.first(13) { try Listener(list(bytes)) } else { nil }
        try self.init(
            plan: plan, label: PlanLabel(parsing: label), ticketKey: ticketKey, safeKey: safeKey,
            duressKey: duressKey, terms: LeaseTerms(list(terms)), alias: alias, zone: zone,
            place: place, language: language, phones: fields.texts(11), tiers: tiers,
            owner: owner, isUntested: fields.flag(14), epoch: epoch,
            isHandedOver: fields.flag(17))
        otherWatchers = fields.texts(18)
        isWatchedByOwner = fields.flag(19)
        texts = try PlanTexts(fields, tag: 40)
        guard self.tiers.count == self.terms.tiers.count,
            self.tiers.allSatisfy({ (1...64).contains($0.count) })
        else { throw .tier }
    }

    /// As contacts are called: it stands in an alert, and nobody's code was needed for it.
    private static func isName(_ text: String) -> Bool {
        text.isPlainLine() && text.utf8.count <= 64
            && text.allSatisfy { $0.isLetter || $0.isNumber || " -_.+&()".contains($0) }
    }

    /// The ticket key's signature over the domain and the serialized form.
    package func signature(ticketSeed: borrowing SecretBytes) -> [UInt8] {
        Ed25519.sign((Array(Self.domain.utf8) + serialized()).span, seed: ticketSeed)
    }

    package func isSigned(_ signature: [UInt8]) -> Bool {
        let message = Array(Self.domain.utf8) + serialized()
        return Ed25519.verify(signature.span, of: message.span, publicKey: ticketKey.span)
    }
}
