internal import Age
internal import Bundles
internal import CheckIn
internal import Keyring
internal import Minisign
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Watch
internal import Wording

/// Writes what one person may open when she is alerted: one text, signed, padded and sealed to her.
///
/// `age -d` opens it; its last four lines are a signature that minisign verifies over the rest.
struct SheetWriter {
    /// Shorter sheets all look alike.
    private static let leastByteCount = 4_096

    /// How long a sheet of a text of `count` bytes is before it is sealed, were it not signed.
    static func byteCount(of count: Int) -> Int {
        Padme.length(max(count + 1, leastByteCount))
    }

    private let plan: Plan
    private let notebook: Notebook
    private let signer: SigningKey?
    private let now: Instant
    private let time: PlaceTime

    init(
        _ plan: Plan, _ notebook: Notebook, signer: SigningKey?, at now: Instant,
        in rules: TimeZoneRules
    ) {
        self.plan = plan
        self.notebook = notebook
        self.signer = signer?.retirement == nil ? signer : nil
        self.now = now
        time = PlaceTime(rules: rules, place: plan.place)
    }

    /// - Returns: An armored age file; nil for somebody who could not open it, or when there is
    ///   nothing to say.
    func envelope(for person: Muster.Person) throws -> [UInt8]? {
        let word = plan.codeWords.first { $0.contact == person.contact.name }
        let recipients = try person.contact.recipients.map { try Recipient(parsing: $0) }
        guard !recipients.isEmpty, !person.sheets.isEmpty || !plan.legs.isEmpty || word != nil
        else { return nil }
        let language = person.contact.card.language ?? plan.language
        var text = ByteText()
        defer { text.zero() }
        text.add("# \(plan.alias) / \(plan.label)\n\n")
        text.add(heading(for: person.contact.name)(language))
        if let word { add(word, to: &text, language) }
        if !plan.legs.isEmpty {
            text.add(Text(en: "\n## Itinerary\n\n", es: "\n## Itinerario\n\n")(language))
            for leg in plan.legs { text.add(line(leg)(language)) }
        }
        for sheet in person.sheets {
            let note = try NoteCommands.lookUp(sheet.note, in: notebook)
            text.add("\n## \(sheet.name)\n\n")
            text.bytes += try notebook.body(of: note.current)
            if text.bytes.last != UInt8(ascii: "\n") { text.add("\n") }
        }
        if signer != nil { text.add(Self.howToVerify(language)) }
        return try Age.seal(
            try signed(text.bytes, for: person.contact.name), to: recipients, form: .armored)
    }

    private func heading(for name: String) -> Text {
        let clock = time.clockWithPlace(now)
        let day = time.day(now)
        return Text(
            en: "For \(name). Sealed at \(clock.en), \(day.en).\n",
            es: "Para \(name). Sellada a \(time.article(now)) \(clock.es), \(day.es).\n")
    }

    private func add(_ word: CodeWord, to text: inout ByteText, _ language: Language) {
        text.add(Text(en: "\nCode word: ", es: "\nSanto y seña: ")(language))
        word.word.bytes.withBytes { span in
            for index in span.indices { text.bytes.append(span[index]) }
        }
        text.add(
            Text(
                en: "\n(If it is not the one you agreed on, this sheet is not hers.)\n",
                es: "\n(Si no es el que acordaron, esta hoja no es suya.)\n")(language))
    }

    private func line(_ leg: Leg) -> Text {
        let clock = time.clockWithPlace(leg.deadline)
        let day = time.day(leg.deadline)
        return Text(
            en: "- \(leg.name): by \(clock.en), \(day.en)\n",
            es: "- \(leg.name): antes de \(time.article(leg.deadline)) \(clock.es), \(day.es)\n")
    }

    private static func howToVerify(_ language: Language) -> String {
        Text(
            en: """

                --
                The last four lines are a signature of minisign over the rest. To verify it:
                  age -d -i KEY.txt sheet.age > all; head -n -4 all > sheet
                  tail -n 4 all > sheet.minisig; minisign -V -m sheet -P THE-KEY-SHE-GAVE-YOU

                """,
            es: """

                --
                Las últimas cuatro líneas son una firma de minisign sobre lo demás. Para comprobarla:
                  age -d -i LLAVE.txt hoja.age > todo; head -n -4 todo > hoja
                  tail -n 4 todo > hoja.minisig; minisign -V -m hoja -P LA-LLAVE-QUE-TE-DIO

                """)(language)
    }

    /// Spaces and a line end up to a Padmé length, then the signature over all of that.
    private func signed(_ text: [UInt8], for contact: String) throws -> [UInt8] {
        let date = now.rfc3339
        let comment =
            SignedText.sheetOpening + "plan \(plan.label) \(plan.id); for \(contact); \(date)"
        func signature(_ bytes: [UInt8]) throws -> [UInt8] {
            try signer?.withSecret { (key) throws(MinisignError) in
                try key.sign(Prehash(of: bytes.span), trustedComment: comment).serialized()
            } ?? []
        }
        // Every signature with this comment has the same length.
        let overhead = try signature([]).count
        let whole = Padme.length(max(text.count + 1 + overhead, Self.leastByteCount))
        let spaces = whole - overhead - text.count - 1
        let padded =
            text + [UInt8](repeating: UInt8(ascii: " "), count: spaces) + [UInt8(ascii: "\n")]
        return padded + (try signature(padded))
    }
}

/// Text that is written piece by piece, and zeroed.
private struct ByteText {
    var bytes: [UInt8] = []

    mutating func add(_ text: String) { bytes += Array(text.utf8) }

    mutating func zero() { Zeroing.zero(&bytes) }
}
