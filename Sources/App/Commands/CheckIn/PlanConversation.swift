internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// A first plan, asked for step by step on a terminal: situation, people, hours, sheets. Each answer is
/// the option that a script would give, and is in the vault before the next question.
final class PlanConversation {
    let invocation: Invocation
    let vault: Vault
    let keyring: Keyring
    let questions: PlanQuestions
    let label: PlanLabel
    private(set) var options = PlanOptions()

    /// Only where nothing was said: whoever gives options is asked for what is missing alone.
    static func isWanted(_ given: PlanOptions, _ invocation: Invocation) -> Bool {
        given.isEmpty && invocation.canConverse
    }

    init(_ label: PlanLabel, _ vault: Vault, _ invocation: Invocation) {
        self.invocation = invocation
        self.vault = vault
        self.label = label
        keyring = Keyring(vault)
        questions = PlanQuestions(invocation)
    }

    /// - Returns: What was said, as options.
    func run() throws -> PlanOptions {
        guard !keyring.contacts.isEmpty else { throw Self.nobody }
        try resume()
        if options.isEmpty, !vault.isHidden {
            invocation.say(
                Text(
                    en: "Step by step; every answer is kept in your vault. Ctrl-C stops, and the"
                        + " same command goes on.",
                    es: "Paso a paso; cada respuesta se guarda en tu bóveda. Ctrl-C lo deja, y con"
                        + " el mismo comando sigues."))
        }
        do {
            try step("preset") { try situation(&$0) }
            try step("key-contact") { try people(&$0) }
            try step("alias") { try name(&$0) }
            try step("zone") { try place(&$0) }
            dropHoursIfPast()
            try step("until") { try hours(&$0) }
            try step("sheet") { try sheets(&$0) }
        } catch {
            sayWhatIsKept()
            throw error
        }
        return options
    }

    /// A step that was answered before is not asked again.
    private func step(
        _ name: String, _ ask: (inout PlanOptions) throws -> Void
    ) throws {
        guard options.values[name] == nil else { return }
        var changed = options
        try ask(&changed)
        options = changed
        // A row of commits would show that somebody works there.
        guard !vault.isHidden else { return }
        PlanDrafts(keyring).keep(label, options)
        _ = try vault.commit()
    }

    private func sayWhatIsKept() {
        guard !options.isEmpty, !vault.isHidden else { return }
        invocation.say(
            Text(
                en: """
                    What you answered is kept in your vault; go on with:
                        amparo checkin plan new \(label)
                    """,
                es: """
                    Lo que contestaste queda en tu bóveda; sigues con:
                        amparo checkin plan new \(label)
                    """))
    }

    private static let nobody = Failure(
        .failed,
        Text(
            en: "there is nobody who could be alerted yet",
            es: "todavía no hay a quién avisar"),
        hint: Text(
            en: "add the people first: amparo contact add laura --email laura@example.org",
            es: "primero agrega a la gente: amparo contact add laura --email laura@example.org"))

    // MARK: Where it was left

    private func resume() throws {
        guard let kept = PlanDrafts(keyring).options(label) else { return }
        invocation.say(
            Text(
                en: "'\(label)' was begun and not finished:",
                es: "«\(label)» quedó a medias:"))
        for (name, values) in kept.values.sorted(by: { $0.key < $1.key }) where !values.isEmpty {
            let line = "--\(name) " + values.joined(separator: ", ")
            invocation.say(Text(verbatim: line).indented)
        }
        let goesOn = try invocation.choose(
            Text(
                en: "Go on where you stopped? (n: begin anew)",
                es: "¿Sigues donde te quedaste? (n: empezar de nuevo)"), preset: true)
        if goesOn { options = stillTrue(kept) }
    }

    /// Without the people and notes that are gone meanwhile.
    private func stillTrue(_ kept: PlanOptions) -> PlanOptions {
        var options = kept
        let people = PlanOptions.roles.flatMap { options.values($0) }
        if people.contains(where: { (try? keyring.contact(named: $0)) == nil }) {
            for role in PlanOptions.roles { options.set(role, nil) }
        }
        let notes = options.values("sheet").compactMap { $0.split(separator: "=").last }
        let notebook = Notebook(vault)
        if notes.contains(where: { (try? NoteCommands.lookUp(String($0), in: notebook)) == nil }) {
            options.set("sheet", nil)
        }
        return options
    }

    /// Hours that are past by now, or that the plan cannot have any more.
    private func dropHoursIfPast() {
        guard options.values["until"] != nil,
            (try? PlanDraft(label, options, [], invocation)) == nil
        else { return }
        for name in PlanOptions.rhythm + ["until"] { options.set(name, nil) }
    }
}
