internal import CommandLineKit
internal import Editor
internal import Notebook
internal import Platform
internal import Secrets
internal import Wording

/// The built-in editor: a note on the whole terminal. It writes to the vault and nowhere else.
final class NoteEditor {
    enum End { case finished, cut }

    /// Esc alone, and not the beginning of another key.
    private static let escapeDelay = Duration.milliseconds(50)
    private static let pasteDelay = Duration.seconds(5)

    private enum Question {
        case find(String), title(String), quit
    }

    private let invocation: Invocation
    private let screen: any Screen
    private let desk: NoteDesk
    private let text: TextBuffer
    private let view: TextView
    private var title: String
    private var decoder = KeyDecoder(pasteLimit: Notebook.bodyLimit)
    private var frame = EditorFrame()
    private var question: Question?
    private var message: Text?
    private var isHelpShown = false
    private var sought = ""
    /// The revision and title that lie in the vault.
    private var kept: (revision: Int, title: String)
    private var drafts: DraftClock
    private var drafted: (revision: Int, title: String)
    private var isFinished = false

    /// - Parameter isChanged: The text is not in the vault as it is, such as that of a draft.
    init(
        _ invocation: Invocation, _ screen: any Screen, _ desk: NoteDesk, title: String,
        body: [UInt8], isChanged: Bool
    ) {
        self.invocation = invocation
        self.screen = screen
        self.desk = desk
        self.title = title
        text = TextBuffer(body, limit: Notebook.bodyLimit)
        view = TextView(text)
        kept = (isChanged ? -1 : 0, title)
        drafts = DraftClock(isOn: desk.keepsDrafts)
        drafted = (0, title)
        if title.isEmpty { question = .title("") }
    }

    /// Edits until the person is done.
    ///
    /// - Returns: `.cut` when a signal ended it; what was not kept is a draft then.
    /// - Throws: Why a draft could not be kept at the end.
    func run() throws -> End {
        defer {
            try? screen.write(Array(EditorFrame.closing.utf8).span)
            screen.close()
            frame.forget()
        }
        try screen.write(Array(EditorFrame.opening.utf8).span)
        resize()
        while !isFinished {
            do { try draw() } catch { return try cut() }
            switch screen.next(within: patience) {
            case .typed(var bytes):
                message = nil
                for key in decoder.keys(bytes) { press(key) }
                Zeroing.zero(&bytes)
            case .quiet:
                if decoder.isInPaste {
                    for key in decoder.endPaste() { press(key) }
                } else {
                    for key in decoder.flush() { press(key) }
                }
            case .resized: resize()
            case .interrupted, .gone: return try cut()
            }
            keepDraftIfDue()
        }
        return .finished
    }

    private var patience: Duration {
        if decoder.isInMiddle { return Self.escapeDelay }
        if decoder.isInPaste { return Self.pasteDelay }
        guard let due = drafts.due else { return .seconds(3_600) }
        return max(.milliseconds(1), due - invocation.world.clock.boot)
    }

    private var isChanged: Bool { text.revision != kept.revision || title != kept.title }

    // MARK: Keeping

    private func cut() throws -> End {
        // The signal has done its work; storing must not stop at it.
        Interrupts.clear()
        if isChanged, text.revision != drafted.revision || title != drafted.title {
            try desk.keepDraft(title: title, body: text.bytes)
        } else if isChanged {
            desk.visit()
        } else {
            desk.drop()
        }
        return .cut
    }

    private func keepDraftIfDue() {
        let isNew = text.revision != drafted.revision || title != drafted.title
        let now = invocation.world.clock.boot
        guard drafts.isDue(hasNew: isChanged && isNew && !isFinished, at: now) else { return }
        attempt(EditorWords.draft) {
            try desk.keepDraft(title: title, body: text.bytes)
            drafted = (text.revision, title)
        }
        // What failed is tried again in its time.
        if text.revision != drafted.revision { drafts.tryAgain(at: now) }
    }

    @discardableResult
    private func save() -> Bool {
        guard isChanged || desk.note == nil else {
            message = EditorWords.kept
            return true
        }
        return attempt(EditorWords.kept) {
            try desk.save(title: title, body: text.bytes)
            title = desk.note?.title ?? title
            kept = (text.revision, title)
            drafted = kept
        }
    }

    @discardableResult
    private func attempt(_ done: Text, _ body: () throws -> Void) -> Bool {
        do {
            try body()
            message = done
            return true
        } catch {
            let failure = (error as? any Explainable)?.failure ?? (error as? Failure)
            message = EditorWords.notKept(failure?.message ?? Text(verbatim: "\(error)"))
            return false
        }
    }

    // MARK: Keys

    private func press(_ key: Key) {
        guard !isHelpShown else {
            isHelpShown = false
            return frame.forget()
        }
        if let question { return answer(question, key) }
        switch key {
        case .text(let bytes), .paste(let bytes): insert(bytes)
        case .pasteTooLong: message = EditorWords.full
        case .enter:
            insert([0x0A])
            text.endStep()
        case .tab: insert([0x09])
        case .backspace: view.delete(.left)
        case .delete: view.delete(.right)
        case .deleteWordLeft, .control("w"): view.delete(.wordLeft)
        case .deleteWordRight: view.delete(.wordRight)
        case .left: view.move(.left)
        case .right: view.move(.right)
        case .up: view.move(.up)
        case .down: view.move(.down)
        case .wordLeft: view.move(.wordLeft)
        case .wordRight: view.move(.wordRight)
        case .home, .control("a"): view.move(.rowStart)
        case .end, .control("e"): view.move(.rowEnd)
        case .pageUp: view.move(.pageUp)
        case .pageDown: view.move(.pageDown)
        case .top: view.move(.top)
        case .bottom: view.move(.bottom)
        case .help: isHelpShown = true
        case .control("k"): view.deleteToLineEnd()
        case .control("l"): frame.forget()
        case .control("s"): save()
        case .control("z"): if !view.undo() { message = EditorWords.nothingToUndo }
        case .control("y"): if !view.redo() { message = EditorWords.nothingToRedo }
        case .control("f"): question = .find("")
        case .control("g"): find()
        case .control("t"): question = .title(title)
        case .control("q"), .control("c"):
            if isChanged { question = .quit } else { finish() }
        case .control, .escape: break
        }
    }

    private func insert(_ bytes: [UInt8]) {
        let (clean, strayCount) = StrayBytes.readable(bytes)
        if strayCount > 0 { message = EditorWords.stray(strayCount) }
        if !view.insert(clean) { message = EditorWords.full }
    }

    private func find() {
        guard !sought.isEmpty else { return question = .find("") }
        let start = view.mark == nil ? view.caret : text.next(view.caret)
        if let found = TextSearch.next(sought, in: text, from: start) {
            view.show(found)
        } else {
            message = EditorWords.nothingFound
        }
    }

    private func answer(_ asked: Question, _ key: Key) {
        switch asked {
        case .quit:
            switch key {
            case .text(let letter) where ["y", "Y", "s", "S"].contains(Self.string(letter)):
                question = nil
                if save() { finish() }
            case .text(let letter) where ["n", "N"].contains(Self.string(letter)): finish()
            case .escape, .control("c"): question = nil
            default: break
            }
        case .find(let typed):
            edit(typed, key, { .find($0) }) { words in
                if !words.isEmpty { sought = words }
                find()
            }
        case .title(let typed):
            edit(typed, key, { .title($0) }) { words in
                do throws(NotebookError) {
                    try Notebook.check(title: words)
                    title = words
                } catch {
                    question = .title(words)
                    message = error.failure.message
                }
            }
        }
    }

    /// One line of an answer.
    private func edit(
        _ typed: String, _ key: Key, _ next: (String) -> Question, done: (String) -> Void
    ) {
        switch key {
        case .text(let bytes), .paste(let bytes):
            let words = Self.string(StrayBytes.readable(bytes).text)
            question = next(typed + words.filter { !$0.isNewline })
        case .backspace: question = next(String(typed.dropLast()))
        case .control("u"), .deleteWordLeft, .control("w"): question = next("")
        case .enter:
            question = nil
            done(typed)
        case .escape, .control("c"): question = nil
        default: break
        }
    }

    private static func string(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private func finish() {
        isFinished = true
        desk.drop()
    }

    // MARK: Drawing

    private func resize() {
        let size = screen.size
        // The bars go first where there is no room for them.
        view.resize(columns: size.columns, rows: max(1, size.rows - 3))
        frame.forget()
    }

    private func draw() throws {
        let columns = screen.size.columns
        let language = invocation.language
        var lines: [EditorFrame.Line]
        var caret: (row: Int, column: Int)
        let name = title.isEmpty ? EditorWords.untitled(language) : title
        lines = [.init("\(name)\(isChanged ? " *" : "")", isBar: true, columns: columns)]
        if isHelpShown {
            lines += EditorWords.help(keepsDrafts: desk.keepsDrafts).map {
                .init($0(language), columns: columns)
            }
            lines = Array(lines.prefix(view.rows + 1))
            caret = (0, 0)
        } else {
            let drawn = view.draw()
            lines += drawn.rows.enumerated().map { .init($1, number: $0 + 1) }
            caret = (drawn.caret.row + 1, drawn.caret.column)
        }
        while lines.count < view.rows + 1 { lines.append(.init()) }
        let status = status(language)
        lines.append(.init(status.text, isBar: true, columns: columns))
        if status.isQuestion {
            caret = (lines.count - 1, min(status.text.count, columns - 1))
        }
        lines.append(.init(EditorWords.keys(language), columns: columns))
        var bytes = frame.bytes(lines, caret: caret)
        defer { Zeroing.zero(&bytes) }
        try screen.write(bytes.span)
    }

    private func status(_ language: Language) -> (text: String, isQuestion: Bool) {
        switch question {
        case .quit: return (EditorWords.quit(language), true)
        case .find(let typed): return (EditorWords.find(language) + typed, true)
        case .title(let typed):
            let problem = message.map { " (\($0(language)))" } ?? ""
            return (EditorWords.title(language) + typed + problem, problem.isEmpty)
        case nil: break
        }
        if let message { return (message(language), false) }
        let line = "\(text.line(at: view.caret) + 1)/\(text.lineCount)"
        guard let room = desk.room else { return (line, false) }
        // Who writes more than fits learns it now and not when it is to be kept; and that no draft is.
        return ("\(line)  \(EditorWords.room(text.bytes.count, of: room)(language))", false)
    }
}
