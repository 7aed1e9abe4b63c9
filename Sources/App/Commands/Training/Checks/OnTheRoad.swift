internal import Age
internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Notebook
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// Lessons 10 and 11: borders, pressure.
extension LessonChecks {
    private static let travelTag = Text(en: "travel", es: "viaje")

    /// What the desk has in clear at the beginning, besides what is public.
    private static let loose = [
        Text(en: "notes-pier.txt", es: "apuntes-muelle.txt"),
        Text(en: "devices.txt", es: "equipos.txt"), Text(en: "message.txt", es: "recado.txt"),
        Text(en: "risk.txt", es: "riesgo.txt"), Text(en: "incident.txt", es: "incidente.txt"),
        Text(en: "route.txt", es: "ruta.txt"),
        Text(en: "documents/contract.txt", es: "documentos/contrato.txt"),
        Text(en: "documents/invoice.txt", es: "documentos/factura.txt"),
    ]

    static let travel: [String: Look] = [
        "copy": { try copies["copy"]?($0) },
        "light": { view in
            if let left = loose.lazy.compactMap({ gone($0)(view) }).first { return left }
            // Encrypted, and not thrown away.
            let sealed = view.names(in: Cast.documents).contains { name in
                let path = Path.join(view.path(Cast.documents), name)
                return view.bytes(at: path).flatMap {
                    view.opened($0, with: view.ownIdentities)
                } != nil
            }
            return sealed
                ? nil
                : Text(
                    en: "no document is left, not even encrypted: amparo encrypt --remove-original",
                    es: "no quedó ningún documento, ni cifrado: amparo encrypt --remove-original")
        },
        "list": { view in
            guard !view.notes(tagged: travelTag).isEmpty else { return noNote(tagged: travelTag) }
            return lists(view).isEmpty
                ? Text(
                    en: "no note with that tag holds what amparo travel says",
                    es: "ningún apunte con esa etiqueta trae lo que dice amparo travel")
                : nil
        },
        "mended": { view in
            let lists = lists(view)
            let isMended = lists.contains { lines in
                lines.contains { $0.hasPrefix("+ copy ") || $0.hasPrefix("+ copia ") }
            }
            return lists.count >= 2 && isMended
                ? nil
                : Text(
                    en:
                        "after the copy: amparo travel | amparo note new --title TITLE --tag travel",
                    es: "después de la copia: amparo travel | amparo note new --title TÍTULO"
                        + " --tag viaje")
        },
        "locked": { try notes["locked"]?($0) },
    ]

    /// Notes that hold what `amparo travel` said, line by line.
    private static func lists(_ view: Inspection) -> [[String]] {
        view.notes(tagged: travelTag).map(view.lines).filter(isExamination)
    }

    // MARK: Pressure

    private static let other = Text(
        en: "the OTHER passphrase, of the compartment",
        es: "la OTRA frase de contraseña, la del compartimento")

    /// Ids and titles in the compartment that the other phrase opens; nil when it opens none.
    private static func hiddenNotes(_ view: Inspection) throws -> [Note]? {
        let home = Home(view.world.home)
        let phrase = try view.fromMemory(other)
        let context = VaultContext(
            files: view.files, clock: view.invocation.world.clock,
            random: VaultRandom(view.invocation.world.random), stateFolder: home.state, pepper: nil,
            roomByteCount: 0)
        let copy = phrase.bytes.withBytes { SecretBytes(copying: $0) }
        guard let file = try? VaultFile(home.vault, access: .readOnly),
            let vault = try? Vault.open(file, with: .passphrase(copy), in: context), vault.isHidden
        else { return nil }
        return Notebook(vault).notes()
    }

    static let pressure: [String: Look] = [
        "handed": { view in
            guard let plan = plans(view).last(where: \.hasDuressCode) else {
                return Text(
                    en: "no plan has a duress code: amparo checkin plan new --duress",
                    es: "ningún plan tiene código bajo amenaza: amparo checkin plan new --duress")
            }
            return isWatchedByColleague(plan, view) ? nil : notPromised(plan)
        },
        "told": { view in
            hasSubject("under duress", "bajo amenaza", in: mails(to: Cast.lawyer, view))
                ? nil
                : Text(
                    en:
                        "nobody has told the lawyer: dictate the second code, let some minutes pass",
                    es:
                        "nadie le ha avisado a la abogada: dicta el segundo código y deja pasar unos"
                        + " minutos")
        },
        "outer": { view in
            let count = view.vault.isHidden ? 0 : view.notebook.notes().count
            return count >= 3
                ? nil
                : Text(
                    en: "there are \(count) notes in sight; three look like somebody's",
                    es: "a la vista hay \(count) apuntes; con tres parece de alguien")
        },
        "hidden": { view in
            guard let notes = try hiddenNotes(view) else {
                return Text(
                    en: "that phrase opens no compartment: amparo vault compartment add",
                    es: "esa frase no abre ningún compartimento: amparo vault compartment add")
            }
            return notes.isEmpty
                ? Text(
                    en: "the compartment is empty: close, and write a note with the other phrase",
                    es: "el compartimento está vacío: cierra y escribe un apunte con la otra frase")
                : nil
        },
        "apart": { view in
            guard let notes = try hiddenNotes(view) else {
                return Text(
                    en: "there is no compartment to compare with",
                    es: "no hay compartimento con qué comparar")
            }
            let outside = Set(view.notebook.notes().map(\.title))
            guard let both = notes.first(where: { outside.contains($0.title) }) else { return nil }
            return Text(
                en: "'\(both.title)' is in sight as well",
                es: "«\(both.title)» también está a la vista")
        },
    ]
}
