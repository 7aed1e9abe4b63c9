internal import CommandLineKit
internal import Notebook
internal import Vault
internal import Wording

extension NoteCommands {
    private static let versionOption = Option.value(
        "version-id", "ID", spanish: ["versión"],
        Text(
            en: "this version; its first 4 digits or more are enough",
            es: "esta versión; bastan sus primeras 4 cifras o más"))

    static let history = Command(
        "history", aliases: ["log"], spanish: ["historial", "historia", "versiones"],
        Text(
            en: "Show what a note said before", es: "Muestra lo que decía antes un apunte"),
        why: Text(
            en: """
                Whatever you kept stays: a sentence that you deleted is still in the vault, in its \
                copies, and opens with your passphrase. Times are those of the machine on which \
                each version was written.
                """,
            es: """
                Todo lo que guardaste se queda: una frase que borraste sigue en la bóveda y en sus \
                copias, y se abre con tu frase de contraseña. Las horas son las del equipo donde se \
                escribió cada versión.
                """),
        options: [
            versionOption,
            .flag(
                "diff", spanish: ["cambios"],
                Text(
                    en: "what each version changed: - before, + after",
                    es: "qué cambió cada versión: - antes, + después")),
        ],
        arguments: [id],
        examples: [
            "amparo note history 3f9a --diff", "amparo note history 3f9a --version-id 07c2",
        ]
    ) { invocation in
        let isDiff = invocation.flag("diff")
        let wanted = invocation.value("version-id")
        let (past, texts) = try invocation.withVault { vault -> ([PastVersion], [Told]) in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            let all = notebook.history(of: note.id)
            let past = try wanted.map { [try lookUp(version: $0, in: all)] } ?? all
            guard isDiff || wanted != nil else { return (past, []) }
            return (
                past,
                try past.map { version in
                    try isDiff
                        ? .changes(changes(version, among: all, notebook))
                        : .text(notebook.body(of: version.version))
                }
            )
        }
        if invocation.json {
            return try invocation.printJSON(["versions": .list(json(past, texts))])
        }
        let heads = past.filter(\.isHead).count
        var lines = Columns.lines(past.map { row($0, headCount: heads, invocation) })
        if !texts.isEmpty {
            lines = zip(lines, texts).flatMap { [$0] + $1.lines + [""] }
        }
        try invocation.show(lines)
    }

    /// What is told of a version beside its line.
    private enum Told {
        case text([UInt8])
        case changes([String])

        var lines: [String] {
            switch self {
            case .text(let bytes): ["", NoteCommands.text(bytes)]
            case .changes(let lines): lines
            }
        }
    }

    static func lookUp(version text: String, in past: [PastVersion]) throws -> PastVersion {
        try IDPrefix.only(text, in: past) { $0.version.id.description }
    }

    private static func row(
        _ past: PastVersion, headCount: Int, _ invocation: Invocation
    ) -> [String] {
        let now = Text(en: "[now] ", es: "[actual] ")
        let apart = Text(en: "[now, one of \(headCount)] ", es: "[actual, una de \(headCount)] ")
        let mark = past.isHead ? (headCount > 1 ? apart : now)(invocation.language) : ""
        return [
            String(past.version.id.description.prefix(8)),
            LocalTime(invocation.world).text(past.version.time),
            Quantity.bytes(past.version.body.byteCount),
            mark + Printable.escape(past.version.title),
        ]
    }

    private static func json(_ past: [PastVersion], _ texts: [Told]) -> [JSON] {
        past.enumerated().map { place, past in
            var json: JSON = [
                "version": .text(past.version.id.description),
                "title": .text(past.version.title), "modified": .time(past.version.time),
                "bytes": .number(Int64(clamping: past.version.body.byteCount)),
                "current": .bool(past.isHead),
                "parents": .list(past.parents.map(\.description)),
                "device": .text(past.device.description),
            ]
            guard place < texts.count else { return json }
            switch texts[place] {
            case .text(let bytes):
                json = json.adding("body", .text(String(decoding: bytes, as: UTF8.self)))
            case .changes(let lines): json = json.adding("diff", .list(lines))
            }
            return json
        }
    }

    // MARK: Changes

    /// Lines around a change that are shown with it.
    private static let context = 2

    /// What a version changed in each of the versions that it replaced.
    private static func changes(
        _ past: PastVersion, among all: [PastVersion], _ notebook: Notebook
    ) throws -> [String] {
        let new = try notebook.body(of: past.version)
        let parents = all.filter { past.parents.contains($0.version.id) }
        guard !parents.isEmpty else { return lines(of: LineDiff(from: [], to: new)) }
        return try parents.flatMap { parent -> [String] in
            let diff = LineDiff(from: try notebook.body(of: parent.version), to: new)
            let heading = parents.count > 1 ? ["@ " + parent.version.id.description.prefix(8)] : []
            let (before, after) = (parent.version.title, past.version.title)
            let title = before == after ? [] : ["-# " + before, "+# " + after]
            return heading + title + lines(of: diff)
        }
    }

    private static func lines(of diff: LineDiff) -> [String] {
        func words(_ line: ArraySlice<UInt8>) -> String {
            String(decoding: line.last == 0x0A ? line.dropLast() : line, as: UTF8.self)
        }
        var lines: [String] = []
        var shown = 0
        for (place, hunk) in diff.hunks.enumerated() {
            let start = max(shown, hunk.old.lowerBound - context)
            if start > shown || place == 0 && start > 0 { lines.append("  ...") }
            lines += diff.old[start..<hunk.old.lowerBound].map { "  " + words($0) }
            lines += diff.old[hunk.old].map { "- " + words($0) }
            lines += diff.new[hunk.new].map { "+ " + words($0) }
            let next =
                place + 1 < diff.hunks.count
                ? diff.hunks[place + 1].old.lowerBound : diff.old.count
            shown = min(hunk.old.upperBound + context, next)
            lines += diff.old[hunk.old.upperBound..<shown].map { "  " + words($0) }
        }
        if shown < diff.old.count, !diff.hunks.isEmpty { lines.append("  ...") }
        return lines
    }

    // MARK: Back, and away

    static let restore = Command(
        "restore", aliases: ["untrash"], spanish: ["recuperar", "restaurar"],
        Text(
            en: "Bring a note back from the trash, or an earlier version",
            es: "Recupera un apunte de la papelera, o una versión anterior"),
        options: [versionOption],
        arguments: [id],
        examples: ["amparo note restore 3f9a", "amparo note restore 3f9a --version-id 07c2"]
    ) { invocation in
        let wanted = invocation.value("version-id")
        try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            if let wanted {
                let past = try lookUp(version: wanted, in: notebook.history(of: note.id))
                if note.isTrashed { notebook.restore(note) }
                return try notebook.restore(note, to: past.version)
            }
            guard note.isTrashed else {
                throw Failure(
                    .failed,
                    Text(
                        en: "that note is not in the trash", es: "ese apunte no está en la papelera"
                    ),
                    hint: Text(
                        en: "an earlier version: amparo note restore ID --version-id ID; "
                            + "see them: amparo note history",
                        es:
                            "una versión anterior: amparo note restore APUNTE --version-id VERSIÓN; "
                            + "míralas: amparo note history"))
            }
            notebook.restore(note)
        }
        invocation.acknowledge(
            wanted == nil
                ? Text(en: "the note is back", es: "el apunte está de vuelta")
                : Text(
                    en: "it says again what it said; what it said now is in its history",
                    es: "vuelve a decir lo que decía; lo de ahora quedó en su historial"))
    }

    static let purge = Command(
        "purge", spanish: ["purgar"],
        Text(en: "Hide a note for ever", es: "Oculta un apunte para siempre"),
        why: Text(
            en: """
                No command shows a purged note or its files again, and a copy that is merged later \
                does not bring them back. Their cells stay in the vault until it is rewritten, and \
                in every older copy: this hides, it does not destroy.
                """,
            es: """
                Ningún comando vuelve a mostrar un apunte purgado ni sus archivos, y una copia que \
                se una después no los trae de vuelta. Sus celdas siguen en la bóveda hasta que se \
                reescriba, y en cada copia anterior: esto oculta, no destruye.
                """),
        arguments: [id], examples: ["amparo note purge 3f9a"]
    ) { invocation in
        try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
            let title = note.title
            let files = note.attachments.count
            let question =
                files == 0
                ? Text(
                    en: "hide '\(title)' for ever? There is no way back.",
                    es: "¿ocultar «\(title)» para siempre? No hay vuelta atrás.")
                : Text(
                    en: "hide '\(title)' and its \(files) files for ever? There is no way back.",
                    es: "¿ocultar «\(title)» y sus \(files) archivos para siempre? "
                        + "No hay vuelta atrás.")
            guard try invocation.confirm(question) else {
                throw Failure(
                    .failed, Text(en: "nothing was changed", es: "no se cambió nada"))
            }
            notebook.purge(note)
        }
        invocation.say(
            Text(
                en: "hidden for ever; its cells stay until the vault is rewritten",
                es: "oculto para siempre; sus celdas siguen hasta que se reescriba la bóveda"))
    }
}
