internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Secrets
internal import Wording

/// An editor of the person's own choice, in a closed room in memory. What she saves there comes back
/// to the vault; whatever else the editor writes is gone when it ends.
struct OwnEditor {
    /// What came of it.
    enum End {
        /// The editor ended well; kept, if anything was changed.
        case finished
        /// A signal, or the editor failed: what was saved in it and not kept is a draft.
        case cut
        /// Not here; nothing was edited.
        case refused
        /// The vault did not take it: it has to go on elsewhere.
        case notKept([UInt8], Text)
    }

    let invocation: Invocation
    let desk: NoteDesk
    let title: String
    let body: [UInt8]
    /// The text is not in the vault as it is, such as that of a draft.
    let isChanged: Bool

    private static let endLimit = Duration.seconds(5)

    func run() throws -> End {
        let world = invocation.world
        if !desk.keepsDrafts { invocation.warn(EditorWords.noDrafts) }
        let bubble: any Bubble
        do throws(BubbleRefusal) {
            bubble = try world.terminal.openBubble(
                BubbleOrder(
                    command: command,
                    name: invocation.language == .spanish ? "apunte.md" : "note.md", text: body,
                    environment: environment))
        } catch {
            refuse(error)
            return .refused
        }
        defer { bubble.close() }
        var state = State(drafted: body, DraftClock(isOn: desk.keepsDrafts))
        while true {
            switch bubble.next(within: state.patience(world.clock.boot)) {
            case nil: keepDraftIfDue(&state)
            case .opened: break
            case .refused(let refusal):
                bubble.close()
                refuse(refusal)
                return .refused
            case .saved(var bytes):
                state.saved = readable(&bytes)
                keepDraftIfDue(&state)
            case .tooLong: state.isTooLong = true
            case .interrupted:
                // The signal has done its work; storing must not stop at it.
                Interrupts.clear()
                bubble.askToEnd()
                state.end = world.clock.boot + Self.endLimit
            case .ended(let end, let text):
                // Before anything is said: the screen was the editor's.
                bubble.close()
                if var bytes = text { state.saved = readable(&bytes) }
                return try finish(end, state)
            }
            if let end = state.end, world.clock.boot >= end {
                bubble.close()
                return try finish(.signal(9), state)
            }
        }
    }

    private struct State {
        /// As the editor saved it last.
        var saved: [UInt8]
        /// As it lies in the vault, as note or draft.
        var drafted: [UInt8]
        var drafts: DraftClock
        var isTooLong = false
        /// When the editor is not waited for any longer.
        var end: Duration?

        init(drafted: [UInt8], _ drafts: DraftClock) {
            saved = drafted
            self.drafted = drafted
            self.drafts = drafts
        }

        func patience(_ now: Duration) -> Duration {
            let next = [drafts.due, end].compactMap { $0 }.min() ?? now + .seconds(3_600)
            return max(.milliseconds(1), next - now)
        }
    }

    // MARK: Keeping

    private func keepDraftIfDue(_ state: inout State) {
        let hasNew = state.saved != state.drafted
        guard state.drafts.isDue(hasNew: hasNew, at: invocation.world.clock.boot) else { return }
        // What does not fit now may fit at the end; and there is nowhere to say it meanwhile.
        guard (try? desk.keepDraft(title: title, body: state.saved)) != nil else { return }
        state.drafted = state.saved
    }

    private func finish(_ end: BubbleEnd, _ state: State) throws -> End {
        if state.isTooLong { throw tooLong(state) }
        let isNew = state.saved != body
        guard end == .exit(code: 0) else {
            sayFailure(end)
            if state.saved != state.drafted {
                try desk.keepDraft(title: title, body: state.saved)
            } else if isNew || isChanged {
                desk.visit()
            } else {
                desk.drop()
                return end == .exit(code: 127) ? .refused : .cut
            }
            return .cut
        }
        guard isNew || isChanged else {
            desk.drop()
            return .finished
        }
        do { try desk.save(title: title, body: state.saved) } catch {
            let failure = (error as? any Explainable)?.failure
            return .notKept(state.saved, failure?.message ?? Text(verbatim: "\(error)"))
        }
        return .finished
    }

    /// The last state that was not too long is there.
    private func tooLong(_ state: State) -> any Error {
        if state.saved != state.drafted {
            try? desk.keepDraft(title: title, body: state.saved)
        } else {
            desk.visit()
        }
        return NotebookError.bodyTooLong(limit: Notebook.bodyLimit)
    }

    /// Not every editor writes UTF-8.
    private func readable(_ bytes: inout [UInt8]) -> [UInt8] {
        guard (try? UTF8Span(validating: bytes.span)) == nil else { return bytes }
        defer { Zeroing.zero(&bytes) }
        return StrayBytes.readable(bytes).text
    }

    // MARK: What is said

    private func refuse(_ refusal: BubbleRefusal) {
        invocation.warn(
            Text(
                en: "this system allows no closed room for another editor "
                    + "(step \(refusal.step), error \(refusal.code)), and outside of one it would "
                    + "leave the note on the disk: here is the built-in one",
                es: "este sistema no permite un cuarto cerrado para otro editor "
                    + "(paso \(refusal.step), error \(refusal.code)), y fuera de uno dejaría el "
                    + "apunte en el disco: aquí está el que trae Amparo"))
    }

    private func sayFailure(_ end: BubbleEnd) {
        let command = Printable.escape(command)
        switch end {
        case .exit(code: 127):
            invocation.warn(
                Text(
                    en: "there is no '\(command)' here; say which editor: export EDITOR=nano",
                    es: "aquí no hay «\(command)»; di cuál editor: export EDITOR=nano"))
        case .exit(let code):
            invocation.warn(
                Text(
                    en: "the editor ended with an error (\(code))",
                    es: "el editor terminó con un error (\(code))"))
        case .signal:
            invocation.warn(
                Text(en: "the editor was ended", es: "el editor se cerró a la fuerza"))
        }
    }

    // MARK: What runs

    private var command: String {
        for name in ["VISUAL", "EDITOR"] {
            if let command = invocation.world.environment[name], !command.isEmpty { return command }
        }
        return "editor"
    }

    /// What an editor needs to draw and to speak; nothing that leads out, and no settings that
    /// could come with it.
    private var environment: [String: String] {
        let names: Set = [
            "COLORTERM", "HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TERM", "TZ",
            "USER",
            "XDG_RUNTIME_DIR",
        ]
        return invocation.world.environment.filter {
            names.contains($0.key) || $0.key.hasPrefix("LC_")
        }
    }
}
