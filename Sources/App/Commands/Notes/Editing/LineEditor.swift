internal import CommandLineKit
internal import Editor
internal import Notebook
internal import Platform
internal import Wording

/// The editor for screen readers and terminals that only write: numbered lines and short orders.
struct LineEditor {
    private let invocation: Invocation
    private let desk: NoteDesk
    private let text: TextBuffer
    private var title: String
    private var kept: (revision: Int, title: String)
    private var drafts: DraftClock
    private var drafted: (revision: Int, title: String)

    init(
        _ invocation: Invocation, _ desk: NoteDesk, title: String, body: [UInt8], isChanged: Bool
    ) {
        self.invocation = invocation
        self.desk = desk
        self.title = title
        text = TextBuffer(body, limit: Notebook.bodyLimit)
        kept = (isChanged ? -1 : 0, title)
        drafts = DraftClock(isOn: desk.keepsDrafts)
        drafted = (0, title)
    }

    private static let orders = Text(
        en: "p show · 3 change line 3 · i 3 insert before it · d 3 delete it · a add at the end · "
            + "u undo · t title · s keep · q quit",
        es: "p mostrar · 3 cambiar la línea 3 · i 3 insertar antes · d 3 borrarla · "
            + "a agregar al final · u deshacer · t título · s guardar · q salir")
    private static let unknown = Text(en: "that is no order", es: "esa orden no existe")

    mutating func run() throws -> NoteEditor.End {
        show()
        invocation.say(Self.orders)
        while true {
            do {
                keepDraftIfDue()
                let order = try ask(Text(en: "order:", es: "orden:"))
                let words = order.split(separator: " ").map(String.init)
                if try perform(words) { return .finished }
            } catch {
                // Nobody is there any more, perhaps in the middle of an answer.
                guard isChanged else { throw error }
                Interrupts.clear()
                try desk.keepDraft(title: title, body: text.bytes)
                return .cut
            }
        }
    }

    private var isChanged: Bool { text.revision != kept.revision || title != kept.title }

    /// - Returns: Whether that was the last order.
    private mutating func perform(_ words: [String]) throws -> Bool {
        switch (words.first ?? "", words.count) {
        case ("p", 1): show()
        case ("a", 1): try insertLines(at: text.bytes.count)
        case ("u", 1):
            if text.undo() == nil { invocation.warn(EditorWords.nothingToUndo) }
        case ("t", 1): try changeTitle()
        case ("s", 1): _ = save()
        case ("q", 1):
            guard isChanged else {
                desk.drop()
                return true
            }
            let keeps = try invocation.choose(
                Text(en: "keep what you changed?", es: "¿guardas lo que cambiaste?"), preset: true)
            guard keeps else {
                desk.drop()
                return true
            }
            return save()
        case ("i", 2):
            if let line = line(words[1]) { try insertLines(at: text.lineStarts[line]) }
        case ("d", 2):
            if let line = line(words[1]) { delete(line) }
        case (let number, 1):
            if let line = line(number) { try change(line) }
        default: invocation.warn(Self.unknown)
        }
        return false
    }

    private func line(_ word: String) -> Int? {
        guard let number = Int(word) else {
            invocation.warn(Self.unknown)
            return nil
        }
        guard (1...text.lineCount).contains(number) else {
            invocation.warn(
                Text(
                    en: "the note has lines 1 to \(text.lineCount)",
                    es: "el apunte tiene las líneas 1 a \(text.lineCount)"))
            return nil
        }
        return number - 1
    }

    private func words(_ line: Int) -> String {
        String(decoding: text.bytes[text.range(ofLine: line)], as: UTF8.self)
    }

    private func show() {
        invocation.say(Text(verbatim: title))
        for line in 0..<text.lineCount {
            invocation.say(Text(verbatim: "\(line + 1): \(words(line))"))
        }
    }

    private func change(_ line: Int) throws {
        invocation.say(Text(verbatim: words(line)))
        let new = try ask(
            Text(en: "instead (Enter: leave it):", es: "en su lugar (Enter: dejarla):"))
        guard !new.isEmpty else { return }
        put(text.range(ofLine: line), Array(new.utf8))
    }

    private func delete(_ line: Int) {
        var range = text.range(ofLine: line)
        if range.upperBound < text.bytes.count {
            range = range.lowerBound..<range.upperBound + 1
        } else if range.lowerBound > 0 {
            range = range.lowerBound - 1..<range.upperBound
        }
        put(range, [])
    }

    /// Lines up to one with a point alone, each put into the text as it comes: whatever ends the
    /// session, what was typed is there to be kept.
    private mutating func insertLines(at start: Int) throws {
        invocation.say(
            Text(
                en: "write; end with a line that holds only a point",
                es: "escribe; termina con una línea que solo tenga un punto"))
        var offset = start
        while true {
            let line = try ask(Text(verbatim: ">"))
            if line == "." { return }
            var bytes = Array((line + "\n").utf8)
            if offset == text.bytes.count, offset > 0, text.bytes[offset - 1] != 0x0A {
                bytes.insert(0x0A, at: 0)
            }
            if put(offset..<offset, bytes) { offset += bytes.count }
            keepDraftIfDue()
        }
    }

    @discardableResult
    private func put(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        text.endStep()
        let fits = text.replace(range, with: bytes, caret: range.lowerBound)
        if !fits { invocation.warn(EditorWords.full) }
        return fits
    }

    /// Asks until there is an answer that can be read: a line in another encoding, or one that is
    /// too long, costs itself and no other.
    private func ask(_ prompt: Text) throws -> String {
        while true {
            do { return try invocation.ask(prompt) } catch let error as TerminalError {
                switch error {
                case .notText, .tooLong: invocation.warn(error.failure.message)
                default: throw error
                }
            }
        }
    }

    private mutating func keepDraftIfDue() {
        let isNew = text.revision != drafted.revision || title != drafted.title
        guard drafts.isDue(hasNew: isChanged && isNew, at: invocation.world.clock.boot),
            (try? desk.keepDraft(title: title, body: text.bytes)) != nil
        else { return }
        drafted = (text.revision, title)
    }

    private mutating func changeTitle() throws {
        let new = try ask(EditorWords.title)
        do throws(NotebookError) {
            try Notebook.check(title: new)
            title = new
        } catch { invocation.warn(error.failure.message) }
    }

    private mutating func save() -> Bool {
        do {
            try desk.save(title: title, body: text.bytes)
            title = desk.note?.title ?? title
            kept = (text.revision, title)
            invocation.say(EditorWords.kept)
            return true
        } catch {
            let failure = (error as? any Explainable)?.failure
            invocation.warn(EditorWords.notKept(failure?.message ?? Text(verbatim: "\(error)")))
            return false
        }
    }
}
