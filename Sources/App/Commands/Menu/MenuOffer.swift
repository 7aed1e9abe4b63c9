internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Keyring
internal import Notebook
internal import Platform
internal import Synchronization
internal import Vault
internal import Wording

/// What can be offered by number: a name for the command's line, and how it is shown.
struct MenuOffer: Sendable {
    let word: String
    let label: String

    /// A screen of lists: whoever has more finds the note by a word of it.
    static let limit = 500

    /// Opens the vault and lists; what goes wrong is said there.
    ///
    /// - Returns: nil when it could not be listed.
    static func list(_ kind: MenuAsk.Kind, _ run: InnerRun) -> [MenuOffer]? {
        if case .lesson = kind {
            return (1...Course.count).map { number in
                MenuOffer(word: "\(number)", label: Course.title(number, in: run.language))
            }
        }
        if case .armedPlan = kind {
            let home = try? run.outer.home
            let tickets = home.flatMap { try? Tickets($0, run.outer.world.files).all() } ?? []
            return tickets.map { MenuOffer(word: $0.label.text, label: $0.label.text) }
        }
        let found = Mutex<[MenuOffer]>([])
        let exit = run.run { invocation in
            let time = LocalTime(invocation.world)
            let offers = try invocation.withVault { try all(kind, $0, time) }
            found.withLock { $0 = offers }
        }
        return exit == .done ? found.withLock { $0 } : nil
    }

    private static func all(_ kind: MenuAsk.Kind, _ vault: Vault, _ time: LocalTime) throws
        -> [MenuOffer]
    {
        switch kind {
        case .note, .noteInTrash:
            var isTrash = false
            if case .noteInTrash = kind { isTrash = true }
            let notes = Notebook(vault).notes(inTrash: isTrash)
                .sorted { ($0.modified, $0.id) > ($1.modified, $1.id) }
            return zip(NoteCommands.shortIDs(notes), notes).prefix(limit).map { id, note in
                MenuOffer(word: id, label: time.text(note.modified) + "  " + note.title)
            }
        case .contact, .contactWithKey:
            var needsKey = false
            if case .contactWithKey = kind { needsKey = true }
            return Keyring(vault).contacts.filter { !needsKey || !$0.recipients.isEmpty }.map {
                MenuOffer(word: $0.name, label: $0.name)
            }
        case .key:
            let keyring = Keyring(vault)
            let names = keyring.identities.map(\.name) + keyring.signingKeys.map(\.name)
            var seen: Set<String> = []
            return names.filter { seen.insert($0).inserted }.map {
                MenuOffer(word: $0, label: $0)
            }
        case .channel:
            return Keyring(vault).channels.map { MenuOffer(word: $0.name, label: $0.name) }
        case .plan:
            return PlanBook(Keyring(vault)).plans.filter { $0.stage != .ended }.map {
                MenuOffer(word: $0.label.text, label: $0.label.text)
            }
        case .lesson, .armedPlan, .file, .folder, .place, .choice, .words: return []
        }
    }

    /// That there is nothing to choose from, and where it comes from.
    static func none(_ kind: MenuAsk.Kind) -> Text {
        switch kind {
        case .note:
            Text(
                en: "there is no note yet: write one first",
                es: "todavía no hay apuntes: escribe uno")
        case .noteInTrash: Text(en: "the trash is empty", es: "la papelera está vacía")
        case .contact:
            Text(
                en: "there is nobody in your contacts yet: More, People and channels",
                es: "todavía no tienes contactos: Más, Personas y canales")
        case .contactWithKey:
            Text(
                en: "none of your contacts has a key yet: ask for it with \"Ask somebody for their"
                    + " key\"; once you have it: More, People and channels",
                es: "ninguno de tus contactos tiene llave todavía: pídela con «Pedirle su llave a"
                    + " alguien»; cuando la tengas: Más, Personas y canales")
        case .key: Text(en: "there is no key yet", es: "todavía no hay llaves")
        case .channel: Text(en: "there is no channel yet", es: "todavía no hay canales")
        case .plan:
            Text(en: "there is no plan yet: make one first", es: "todavía no hay planes: haz uno")
        case .lesson, .armedPlan, .file, .folder, .place, .choice, .words:
            Text(en: "there is nothing to choose from", es: "no hay de dónde elegir")
        }
    }
}
