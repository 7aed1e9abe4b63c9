internal import CommandLineKit
internal import Encoding
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

extension NoteCommands {
    static let show = Command(
        "show", aliases: ["cat"], spanish: ["muestra", "mostrar", "ver", "leer"],
        Text(en: "Show a note", es: "Muestra un apunte"),
        options: [
            .flag(
                "body",
                Text(
                    en: "only its text, byte for byte", es: "solo su texto, byte por byte")),
            .flag(
                "links", spanish: ["enlaces"],
                Text(
                    en: "also which notes lead to this one, by [[its title]] or id in their text",
                    es: "también qué apuntes llevan a este, por [[su título]] o id en su texto")),
        ],
        conflicts: [Conflict("body", "links")],
        arguments: [id], examples: ["amparo note show 3f9a", "amparo note show 3f9a --json"]
    ) { invocation in
        let wanted = invocation.argument("ID") ?? ""
        let (note, bodies, links) = try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let note = try lookUp(wanted, in: notebook)
            return (
                note, try note.versions.map { try notebook.body(of: $0) },
                try Neighbours(note, notebook, all: invocation.flag("links"))
            )
        }
        if invocation.json {
            return try invocation.printJSON(["notes": [links.add(to: json(note, bodies))]])
        }
        if invocation.flag("body"), let body = bodies.first {
            return try printWhole(body, invocation)
        }
        try invocation.show(lines(note, bodies, links, invocation))
    }

    /// The notes that this one names, and, if asked, those that name it.
    private struct Neighbours {
        let to: [Notebook.Link]
        let from: [Note]?

        init(_ note: Note, _ notebook: Notebook, all: Bool) throws {
            to = try notebook.links(from: note)
            from = all ? try notebook.notes(linkingTo: note) : nil
        }

        func add(to json: JSON) -> JSON {
            let json = json.adding("links", .list(to.compactMap { $0.note?.id.description }))
            guard let from else { return json }
            return json.adding("linked_from", .list(from.map(\.id.description)))
        }

        var lines: [(Text, String)] {
            to.compactMap(\.note).map {
                (Text(en: "leads to", es: "lleva a"), "\($0.id.description.prefix(8)) \($0.title)")
            }
                + (from ?? []).map {
                    (
                        Text(en: "named by", es: "lo nombra"),
                        "\($0.id.description.prefix(8)) \($0.title)"
                    )
                }
        }
    }

    /// `body` is the newest version's; all versions follow where there are several.
    private static func json(_ note: Note, _ bodies: [[UInt8]]) -> JSON {
        let texts = bodies.map { String(decoding: $0, as: UTF8.self) }
        let whole = json(note).adding("body", .text(orNull: texts.first))
        guard note.versions.count > 1 else { return whole }
        let versions = zip(note.versions, texts).map { version, text -> JSON in
            [
                "version": .text(version.id.description), "title": .text(version.title),
                "modified": .time(version.time), "body": .text(text),
            ]
        }
        return whole.adding("versions", .list(versions))
    }

    private static func printWhole(_ body: [UInt8], _ invocation: Invocation) throws {
        guard invocation.world.terminal.isTerminal(.output) else {
            return try invocation.print(bytes: body.span)
        }
        try invocation.show([text(body)])
    }

    private static func lines(
        _ note: Note, _ bodies: [[UInt8]], _ links: Neighbours, _ invocation: Invocation
    ) -> [String] {
        let time = LocalTime(invocation.world)
        var head: [(Text, String)] = [
            (Text(en: "title", es: "título"), note.title),
            (Text(verbatim: "id"), note.id.description),
            (Text(en: "written", es: "escrito"), time.exactText(note.created)),
        ]
        if note.modified != note.created {
            head.append((Text(en: "changed", es: "cambiado"), time.exactText(note.modified)))
        }
        if !note.tags.isEmpty {
            head.append((Text(en: "tags", es: "etiquetas"), note.tags.joined(separator: ", ")))
        }
        for file in note.attachments {
            let size = Quantity.bytes(file.blob.byteCount)
            let line = "\(file.name)  \(size)  \(time.exactText(file.time))  BLAKE2b \(file.hash)"
            head.append((Text(en: "file", es: "archivo"), line))
        }
        head += links.lines
        if note.isTrashed {
            head.append(
                (
                    Text(en: "state", es: "estado"),
                    Text(
                        en: "in the trash", es: "en la papelera")(invocation.language)
                ))
        }
        var lines = Columns.lines(
            head.map { [$0.0(invocation.language) + ":", Printable.escape($0.1)] }
        ).map { invocation.filled($0, on: .output) }
        for (place, version) in note.versions.enumerated() {
            guard note.versions.count > 1 || !bodies[place].isEmpty else { continue }
            lines.append("")
            if note.versions.count > 1 {
                let mark = Text(
                    en:
                        "--- version \(place + 1) of \(note.versions.count), \(time.text(version.time)): \(version.title)",
                    es:
                        "--- versión \(place + 1) de \(note.versions.count), \(time.text(version.time)): \(version.title)"
                )
                lines.append(Printable.escape(mark(invocation.language)))
            }
            lines.append(text(bodies[place]))
        }
        return lines
    }

    /// Without its last line end: printing it adds one.
    static func text(_ body: [UInt8]) -> String {
        let text = String(decoding: body, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}

extension Attachment {
    /// BLAKE2b-256 as 64 hexadecimal digits.
    var hash: String { Hex.encode(blob.hash) }
}
