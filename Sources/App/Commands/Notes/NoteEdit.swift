internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

extension NoteCommands {
    static let edit = Command(
        "edit", spanish: ["edita", "editar", "cambiar", "corregir"],
        Text(en: "Change a note", es: "Cambia un apunte"),
        why: Text(
            en: """
                The editor writes to the vault and nowhere else. What a note said before stays in its \
                history, and whoever opens the vault can read it. Every kept draft adds its text to \
                the vault: whoever compares two copies sees that something was written.
                """,
            es: """
                El editor escribe en la bóveda y en ningún otro lado. Lo que decía antes el apunte \
                queda en su historial, y lo lee quien abra la bóveda. Cada borrador guardado suma su \
                texto a la bóveda: quien compare dos copias ve que se escribió algo.
                """),
        options: [
            .value("title", "TITLE", Text(en: "its new title", es: "su título nuevo")),
            .flag(
                "draft", spanish: ["borrador"],
                Text(
                    en: "go on with what was not finished", es: "sigue con lo que quedó a medias")),
            .flag(
                "merge", spanish: ["unir"],
                Text(
                    en: "put the versions of two devices together",
                    es: "une las versiones de dos equipos")),
            ownEditor,
        ],
        conflicts: [Conflict("draft", "merge")],
        arguments: [
            Argument(
                "ID", .optional,
                Text(
                    en: "The note's id; its first 4 digits or more are enough",
                    es: "El identificador del apunte; bastan sus primeras 4 cifras o más"))
        ],
        examples: [
            "amparo note edit 3f9a", "amparo note edit --draft",
            "amparo note edit 3f9a --title 'Puerto, segunda parte'",
            "amparo note edit 3f9a < notes.txt",
        ]
    ) { invocation in
        guard invocation.argument("ID") != nil || invocation.flag("draft") else {
            throw Failure(
                .usage, Text(en: "say which note", es: "di cuál apunte"),
                hint: Text(
                    en:
                        "amparo note list shows them; amparo note edit --draft goes on with a draft",
                    es: "amparo note list los muestra; amparo note edit --draft sigue un borrador"))
        }
        if let title = invocation.value("title") { try Notebook.check(title: title) }
        try requireTerminalForEditor(invocation)
        try invocation.world.terminal.isTerminal(.input)
            ? editOnTerminal(invocation) : editFromInput(invocation)
    }

    /// What is to be edited: a note as it is, its draft, or its versions put together.
    private struct Matter {
        let note: Note?
        let draft: Draft?
        let title: String
        let body: [UInt8]
        /// Places that two devices changed, each in its own way.
        let conflictCount: Int
        /// It is in the vault as it is here.
        let isKept: Bool
    }

    static let ownEditor = Option.flag(
        "editor",
        Text(
            en: "in $VISUAL or $EDITOR, closed off from the disk; what you save there is kept",
            es: "en $VISUAL o $EDITOR, aislado del disco; se guarda lo que ahí guardes"))

    static func requireTerminalForEditor(_ invocation: Invocation) throws(Failure) {
        guard invocation.flag("editor"), !invocation.world.terminal.isTerminal(.input) else {
            return
        }
        throw Failure(
            .usage,
            Text(
                en: "an editor needs a terminal, and what comes in here is no terminal",
                es: "un editor necesita una terminal, y lo que entra aquí no es una terminal"),
            hint: Text(en: "leave --editor out", es: "quita --editor"))
    }

    // MARK: From a pipe

    private static func editFromInput(_ invocation: Invocation) throws {
        guard
            let body = try invocation.world.standardInput.readAll(limit: Notebook.bodyLimit)
        else { throw NotebookError.bodyTooLong(limit: Notebook.bodyLimit) }
        let asksForMatter = invocation.flag("draft") || invocation.flag("merge")
        guard !body.isEmpty || invocation.value("title") != nil || asksForMatter else {
            // An empty pipe is more often a mistake than a wish to empty a note.
            throw Failure(
                .usage, Text(en: "nothing came in", es: "no llegó nada"),
                hint: Text(
                    en: "edit it on a terminal, or like this: amparo note edit ID < FILE",
                    es: "edítalo en una terminal, o así: amparo note edit APUNTE < ARCHIVO"))
        }
        let (id, conflictCount) = try invocation.withVault { vault in
            let matter = try matter(invocation, Notebook(vault)) { _ in invocation.flag("merge") }
            let desk = NoteDesk(
                vault, note: matter.note, draft: matter.draft, tags: [], template: nil)
            try desk.stage(
                title: invocation.value("title") ?? matter.title,
                body: body.isEmpty ? matter.body : body)
            return (desk.id, body.isEmpty ? matter.conflictCount : 0)
        }
        if conflictCount > 0 { invocation.warn(conflicts(conflictCount)) }
        if let id { try kept(id, invocation) }
    }

    private static func conflicts(_ count: Int) -> Text {
        Text(
            en: "\(count) places were changed in two ways: both are there, between <<< and >>>",
            es: "\(count) lugares se cambiaron de dos formas: están las dos, entre <<< y >>>")
    }

    // MARK: On a terminal

    private static func editOnTerminal(_ invocation: Invocation) throws {
        let vault = try invocation.openVault()
        invocation.announce(vault)
        let matter: Matter
        do {
            try Interrupts.check()
            try vault.requireWritable()
            matter = try self.matter(invocation, Notebook(vault)) { note in
                try invocation.choose(
                    Text(
                        en: "this note has \(note.versions.count) versions, written apart; "
                            + "put them together?",
                        es: "este apunte tiene \(note.versions.count) versiones, escritas por "
                            + "separado; ¿las unes?"), preset: true)
            }
            if matter.conflictCount > 0 { invocation.warn(conflicts(matter.conflictCount)) }
        } catch {
            // The visit belongs to having opened it.
            _ = try? vault.commit()
            throw error
        }
        let desk = NoteDesk(vault, note: matter.note, draft: matter.draft, tags: [], template: nil)
        let title = invocation.value("title") ?? matter.title
        try write(
            invocation, desk, title: title, body: matter.body,
            isChanged: !matter.isKept || title != matter.title)
    }

    /// Lets somebody write, on the whole terminal or line by line, and says what became of it.
    static func write(
        _ invocation: Invocation, _ desk: NoteDesk, title: String, body: [UInt8], isChanged: Bool
    ) throws {
        var (body, isChanged) = (body, isChanged)
        let end: NoteEditor.End
        do {
            switch try invocation.flag("editor")
                ? OwnEditor(
                    invocation: invocation, desk: desk, title: title, body: body,
                    isChanged: isChanged
                ).run() : .refused
            {
            case .finished: return try report(.finished, desk, invocation)
            case .cut: return try report(.cut, desk, invocation)
            case .notKept(let text, let reason):
                // Nothing is lost: it goes on where it can be tried again.
                invocation.warn(EditorWords.notKept(reason))
                (body, isChanged) = (text, true)
            case .refused: break
            }
            if invocation.hasEditorScreen {
                end = try NoteEditor(
                    invocation, try invocation.world.terminal.openScreen(), desk, title: title,
                    body: body, isChanged: isChanged
                ).run()
            } else {
                var editor = LineEditor(
                    invocation, desk, title: title, body: body, isChanged: isChanged)
                end = try editor.run()
            }
        } catch {
            desk.visit()
            throw error
        }
        try report(end, desk, invocation)
    }

    private static func report(
        _ end: NoteEditor.End, _ desk: NoteDesk, _ invocation: Invocation
    ) throws {
        guard end == .finished else {
            // Where the terminal has gone nobody reads this, and the draft is there all the same.
            invocation.warn(
                Text(
                    en: "interrupted: what you wrote is kept as a draft; "
                        + "go on with: amparo note edit --draft",
                    es: "se interrumpió: lo que escribiste quedó como borrador; "
                        + "sigue con: amparo note edit --draft"))
            throw Interrupted()
        }
        if let note = desk.note, desk.hasSaved { try kept(note.id, invocation) }
    }

    // MARK: What to edit

    private static func matter(
        _ invocation: Invocation, _ notebook: Notebook, merges: (Note) throws -> Bool
    ) throws -> Matter {
        let drafts = notebook.drafts
        if invocation.flag("draft") {
            return try matter(try draft(invocation, drafts), notebook)
        }
        let note = try lookUp(invocation.argument("ID") ?? "", in: notebook)
        if let draft = drafts.first(where: { $0.id == note.id }),
            invocation.world.terminal.isTerminal(.input), try goesOn(with: draft, invocation)
        {
            return try matter(draft, notebook)
        }
        if note.versions.count > 1, try merges(note) {
            let reunion = try notebook.reunion(of: note) { other in marks(note, other, invocation) }
            if let reunion {
                return Matter(
                    note: note, draft: nil, title: reunion.title, body: reunion.merge.text,
                    conflictCount: reunion.merge.conflictCount, isKept: false)
            }
        }
        return Matter(
            note: note, draft: nil, title: note.title, body: try notebook.body(of: note.current),
            conflictCount: 0, isKept: true)
    }

    private static func matter(_ draft: Draft, _ notebook: Notebook) throws -> Matter {
        Matter(
            note: notebook.note(draft.id), draft: draft, title: draft.title,
            body: try notebook.body(of: draft), conflictCount: 0, isKept: false)
    }

    private static func goesOn(with draft: Draft, _ invocation: Invocation) throws -> Bool {
        let time = LocalTime(invocation.world).text(draft.time)
        return try invocation.choose(
            Text(
                en: "there is a draft of this note, of \(time); go on with it?",
                es: "hay un borrador de este apunte, de \(time); ¿sigues con él?"), preset: true)
    }

    /// The one that is meant: of the note that was named, else the only one.
    private static func draft(_ invocation: Invocation, _ drafts: [Draft]) throws -> Draft {
        var found = drafts
        if let text = invocation.argument("ID") {
            found = [try IDPrefix.only(text, in: drafts) { $0.id.description }]
        }
        guard let draft = found.first else {
            throw Failure(
                .failed, Text(en: "there is no draft", es: "no hay ningún borrador"),
                hint: Text(
                    en: "everything was kept or dropped: amparo note list",
                    es: "todo se guardó o se dejó: amparo note list"))
        }
        guard found.count == 1 else {
            let time = LocalTime(invocation.world)
            let choices = found.prefix(9).map {
                "\($0.id.description.prefix(8)) \(time.text($0.time)) \($0.title)"
            }.joined(separator: "; ")
            throw Failure(
                .usage,
                Text(en: "there are \(found.count) drafts", es: "hay \(found.count) borradores"),
                hint: Text(
                    en: "say which: amparo note edit --draft ID: \(choices)",
                    es: "di cuál: amparo note edit --draft APUNTE: \(choices)"))
        }
        return draft
    }

    private static func marks(
        _ note: Note, _ other: NoteVersion, _ invocation: Invocation
    ) -> ThreeWayMerge.Marks {
        let time = LocalTime(invocation.world)
        let mine = time.text(note.current.time)
        let theirs = time.text(other.time)
        let (first, second) = (
            Text(en: "<<< the version of \(mine)", es: "<<< la versión de \(mine)"),
            Text(en: "=== the version of \(theirs)", es: "=== la versión de \(theirs)")
        )
        return ThreeWayMerge.Marks(
            mine: first(invocation.language), theirs: second(invocation.language), end: ">>>")
    }
}

extension Invocation {
    /// Not for a screen reader, nor on a terminal that cannot move its cursor.
    var hasEditorScreen: Bool {
        guard !plain, let kind = world.environment["TERM"], !kind.isEmpty else { return false }
        return kind != "dumb"
    }
}
