internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Shares
internal import Wording

/// What one sheet of paper carries: the words, and what a person needs to know to use them.
struct ShareSheet {
    /// What was split.
    struct Subject {
        /// `me (age)`, or what a vault is called.
        let title: Text
        /// `age1…` or `RW…`; nil for a vault's recovery key, which shows by opening the vault.
        let publicKey: String?
        /// How to get it back.
        let command: String
        let day: CivilDate
        let hasPassphrase: Bool
    }

    let share: Share
    let scheme: ShareScheme
    let subject: Subject

    /// Lines that begin with `#`, which `key combine` skips.
    func heading(_ language: Language) -> [String] {
        let group = scheme.groups[share.header.groupIndex]
        let member = share.header.memberIndex + 1
        let isAlone = scheme.groups.count == 1
        var lines = [
            Text(
                en: "Share \(member) of \(group.count): any \(group.threshold) of them "
                    + (isAlone ? "give the key back, fewer tell nothing" : "make this group whole"),
                es: "Parte \(member) de \(group.count): con \(group.threshold) cualesquiera "
                    + (isAlone
                        ? "se recupera la llave, con menos no se sabe nada"
                        : "se completa este grupo"))
        ]
        if !isAlone {
            lines.append(
                Text(
                    en: "Group \(share.header.groupIndex + 1) of \(scheme.groups.count); "
                        + "\(scheme.groupThreshold) groups give the key back",
                    es: "Grupo \(share.header.groupIndex + 1) de \(scheme.groups.count); "
                        + "con \(scheme.groupThreshold) grupos se recupera la llave"))
        }
        lines.append(subject.title)
        if let key = subject.publicKey {
            let shown = key.utf8.count <= 120 ? key : key.prefix(60) + "..."
            lines.append(
                Text(en: "Public key: \(shown)", es: "Llave pública: \(shown)"))
        }
        lines.append(
            Text(
                en: "Set: \(share.setLabel); made \(subject.day) with amparo (SLIP-39)",
                es: "Juego: \(share.setLabel); se hizo el \(subject.day) con amparo (SLIP-39)"))
        lines.append(
            subject.hasPassphrase
                ? Text(
                    en: "A passphrase is needed too",
                    es: "Además hace falta una frase de contraseña")
                : Text(en: "No passphrase is needed", es: "No hace falta frase de contraseña"))
        lines.append(
            Text(
                en: "To get it back: \(subject.command). Never keep two shares together",
                es: "Para recuperarla: \(subject.command). Nunca guardes dos partes juntas"))
        return lines.map { "# " + $0(language) }
    }

    /// For a file or a pipe: the words on one line.
    func text(_ language: Language) -> String {
        heading(language).joined(separator: "\n") + "\n"
            + share.words().joined(separator: " ") + "\n"
    }

    /// For the screen: numbered words to copy by hand.
    func screen(_ language: Language) -> [String] {
        let words = share.words().enumerated().map { place, word in
            (place < 9 ? " " : "") + "\(place + 1)  \(word)"
        }
        let rowCount = (words.count + 2) / 3
        let rows = (0..<rowCount).map { row in
            ["    "]
                + stride(from: row, to: words.count, by: rowCount).map { words[$0] }
        }
        return [""] + heading(language).map { String($0.dropFirst(2)) } + [""]
            + Columns.lines(rows, gap: 4) + [""]
    }

    /// `share-3.txt`, or `share-2-3.txt` of the second group.
    var fileName: String {
        let group = scheme.groups.count == 1 ? "" : "\(share.header.groupIndex + 1)-"
        return "share-\(group)\(share.header.memberIndex + 1).txt"
    }
}
