package import Encoding
package import Wording

/// How much room a message has.
package enum TextLength: UInt8, Hashable, Sendable, CaseIterable {
    /// A page.
    case mail = 1
    /// A telephone's screen: 180 characters.
    case push = 2
    /// One or two text messages.
    case sms = 3
}

/// What the journalist put in place of a usual text.
package struct PlanText: Hashable, Sendable {
    /// Which text it stands for: kind as a number of `MessageKind`, tier counted from 0 or nil for
    /// every tier.
    package struct Key: Hashable, Sendable {
        package let kind: UInt8
        package let tier: Int?
        package let length: TextLength
        package let language: Language

        package init(kind: UInt8, tier: Int?, length: TextLength, language: Language) {
            self.kind = kind
            self.tier = tier
            self.length = length
            self.language = language
        }
    }

    package let key: Key
    /// nil leaves the usual one; text messages have none.
    package let subject: String?
    package let body: String

    package init(key: Key, subject: String?, body: String) {
        self.key = key
        self.subject = subject
        self.body = body
    }

    // Fields: 1 kind, 2 length, 3 language, 4 tier u32?, 5 subject?, 6 body.
    var fields: FieldList {
        FieldList(
            [
                Field(1, [key.kind]), Field(2, [key.length.rawValue]),
                Field(3, key.language.rawValue), Field(6, body),
            ] + (key.tier.map { [Field(4, u32: UInt32(clamping: $0))] } ?? [])
                + (subject.map { [Field(5, $0)] } ?? []))
    }

    /// - Returns: nil for what could not stand in a message.
    init?(_ fields: FieldList) {
        guard let kind = fields.first(1), kind.count == 1,
            let length = fields.first(2)?.first.flatMap(TextLength.init(rawValue:)),
            let language = fields.text(3).flatMap(Language.init(rawValue:)),
            let body = fields.text(6), (1...8_000).contains(body.utf8.count)
        else { return nil }
        let subject = fields.text(5)
        guard subject?.isPlainLine(limit: 400) ?? true else { return nil }
        self.init(
            key: Key(
                kind: kind[0], tier: fields.u32(4).map { Int($0) }, length: length,
                language: language), subject: subject, body: body)
    }
}

/// All of a plan's own texts.
package struct PlanTexts: Hashable, Sendable {
    /// More than there are texts, tiers and languages.
    static let limit = 256

    package private(set) var all: [PlanText] = []

    package init() {}

    package var isEmpty: Bool { all.isEmpty }

    /// Whether every message would be the same; the order in which they were written says nothing.
    package func says(sameAs other: PlanTexts) -> Bool { Set(all) == Set(other.all) }

    /// That of the tier, else that of every tier.
    package subscript(
        _ kind: UInt8, tier tier: Int?, _ length: TextLength, _ language: Language
    ) -> PlanText? {
        func find(_ tier: Int?) -> PlanText? {
            all.first {
                $0.key
                    == PlanText.Key(kind: kind, tier: tier, length: length, language: language)
            }
        }
        return tier.flatMap { find($0) } ?? find(nil)
    }

    package mutating func set(_ text: PlanText) {
        _ = reset(text.key)
        all.append(text)
    }

    /// - Returns: Whether there was one.
    package mutating func reset(_ key: PlanText.Key) -> Bool {
        let before = all.count
        all.removeAll { $0.key == key }
        return all.count < before
    }

    /// One field of this tag for each.
    package func fields(_ tag: UInt8) -> [Field] {
        all.map { Field(tag, $0.fields.serialized()) }
    }

    package init(_ fields: FieldList, tag: UInt8) throws(CheckInError) {
        let list = fields.all(tag)
        guard list.count <= Self.limit else { throw .text }
        for bytes in list {
            let fields = try reading { () throws(CodecError) in
                try FieldList(parsing: bytes[...])
            }
            guard let text = PlanText(fields) else { throw .text }
            set(text)
        }
    }
}
