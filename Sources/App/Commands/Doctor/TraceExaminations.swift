internal import CommandLineKit
internal import Platform
internal import Wording

/// What has stayed in the open although somebody meant to close it.
enum TraceExaminations {
    /// Names looked at before giving up, and folders below the person's own.
    private static let nameLimit = 20_000
    private static let depthLimit = 4
    private static let shown = 3

    /// Plain files beside their encrypted copies, and what editors leave.
    static func copies(_ machine: Machine) -> Examination {
        var walk = Walk(machine)
        if let personal = machine.personal { walk.enter(personal, depth: 0) }
        var findings: [Finding] = []
        if !walk.plain.isEmpty {
            findings.append(
                .attention(
                    Text(
                        en: "readable beside their encrypted copy: \(listed(walk.plain).en)",
                        es: "legibles junto a su copia cifrada: \(listed(walk.plain).es)"),
                    do: Text(
                        en: "delete those you do not need; on an SSD even deleted bytes may stay",
                        es: "borra los que no necesites; en un SSD aun lo borrado puede quedar")))
        }
        if !walk.drafts.isEmpty {
            findings.append(
                .attention(
                    Text(
                        en: "copies that an editor left: \(listed(walk.drafts).en)",
                        es: "copias que dejó un editor: \(listed(walk.drafts).es)"),
                    do: Text(
                        en: "delete them, and write secrets with: amparo note new",
                        es: "bórralas, y escribe lo secreto con: amparo note new")))
        }
        if !walk.leftovers.isEmpty {
            findings.append(
                .attention(
                    Text(
                        en: "what amparo was writing when it was cut off: "
                            + listed(walk.leftovers).en,
                        es: "lo que amparo escribía cuando se interrumpió: "
                            + listed(walk.leftovers).es),
                    do: Text(
                        en: "if no amparo is at work there, delete it: it may be readable",
                        es: "si ningún amparo trabaja ahí, bórralo: puede ser legible")))
        }
        let trash = machine.personal.map {
            machine.names($0 + "/.local/share/Trash/files").count
        }
        if let trash, trash > 0 {
            findings.append(
                .attention(
                    Text(
                        en: "the trash still holds \(trash) things",
                        es: "en la papelera todavía hay \(trash) cosas"),
                    do: Text(en: "empty it", es: "vacíala")))
        }
        if findings.isEmpty {
            findings.append(
                walk.isComplete
                    ? .good(
                        Text(
                            en: "no readable copies beside encrypted ones",
                            es: "no hay copias legibles junto a las cifradas"))
                    : .unknown(
                        Text(
                            en: "there are too many files to look at all of them",
                            es: "hay demasiados archivos para mirarlos todos"),
                        do: Text(
                            en: "look yourself where you work with secrets",
                            es: "revisa tú donde trabajas con cosas secretas")))
        }
        return Examination(id: "copies", name: Text(en: "copies", es: "copias"), findings: findings)
    }

    /// Files of others' making may have any name: nothing of it may move the terminal.
    private static func listed(_ paths: [String]) -> Text {
        let some = paths.prefix(shown).map { Printable.escape($0) }.joined(separator: ", ")
        let rest = paths.count - shown
        guard rest > 0 else { return Text(verbatim: some) }
        return Text(en: "\(some) and \(rest) more", es: "\(some) y \(rest) más")
    }

    private struct Walk {
        private let machine: Machine
        private(set) var plain: [String] = []
        private(set) var drafts: [String] = []
        private(set) var leftovers: [String] = []
        private var seen = 0

        init(_ machine: Machine) { self.machine = machine }

        var isComplete: Bool { seen < TraceExaminations.nameLimit }

        mutating func enter(_ folder: String, depth: Int) {
            let names = machine.names(folder)
            let present = Set(names)
            for name in names {
                seen += 1
                guard isComplete else { return }
                let path = folder + "/" + name
                if HiddenDraft.isName(name) {
                    leftovers.append(path)
                } else if name.hasSuffix("~") || name.hasSuffix(".swp") || name.hasPrefix(".#") {
                    drafts.append(path)
                } else if present.contains(name + ".age") || present.contains(name + ".gpg") {
                    plain.append(path)
                }
                // Hidden folders hold settings and caches. Links may lead in circles: depth ends.
                if depth < TraceExaminations.depthLimit, !name.hasPrefix("."),
                    machine.status(path)?.kind == .directory
                {
                    enter(path, depth: depth + 1)
                }
            }
        }
    }

    /// Commands with a secret in them, kept by the shell. The lines themselves are never shown.
    static func history(_ machine: Machine) -> Examination {
        var findings: [Finding] = []
        for (name, delete) in histories {
            guard let personal = machine.personal else { break }
            let path = personal + "/" + name
            guard let text = machine.text(path, limit: 32 << 20) else { continue }
            let risky = text.split(separator: "\n").count { line in
                let small = line.lowercased()
                return suspicious.contains { small.contains($0) }
            }
            guard risky > 0 else { continue }
            findings.append(
                .attention(
                    Text(
                        en: "\(path): lines that may hold a password: \(risky)",
                        es: "\(path): líneas que pueden llevar una contraseña: \(risky)"),
                    do: Text(
                        en: "look at them and delete them: \(delete)",
                        es: "míralas y bórralas: \(delete)")))
        }
        if findings.isEmpty {
            findings.append(
                .good(
                    Text(
                        en: "no passwords to be seen in the shell's history",
                        es: "en el historial de la terminal no se ven contraseñas")))
        }
        return Examination(
            id: "history", name: Text(en: "history", es: "historial"), findings: findings)
    }

    private static let histories = [
        (".bash_history", "nano ~/.bash_history"), (".zsh_history", "nano ~/.zsh_history"),
        (".local/share/fish/fish_history", "history delete"),
    ]

    private static let suspicious = [
        "password=", "passwd=", "passphrase=", "contraseña=", "--password", "--passphrase ",
        "sshpass -p", "age-secret-key-", "token=", "secret=", "curl -u ", "mysql -p",
    ]
}
