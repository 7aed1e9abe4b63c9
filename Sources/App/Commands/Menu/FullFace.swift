internal import CommandLineKit
internal import Editor
internal import Platform
internal import Wording

/// The menu on the whole terminal, with arrows, numbers and a field to type into.
final class FullFace: MenuFace {
    /// Esc alone, and not the beginning of another key.
    private static let escapeDelay = Duration.milliseconds(50)
    /// So often "in 3 h 20" is counted anew.
    private static let tick = Duration.seconds(20)
    /// From then on nothing is said of the vault: looking would keep it open.
    private static let idleTicks = 27
    private static let pasteLimit = 8_192

    private let invocation: Invocation
    private let language: () -> Language
    private let isProjector: Bool
    private var screen: (any Screen)?
    private var decoder = KeyDecoder(pasteLimit: pasteLimit)
    private var frame = EditorFrame()
    /// Typed ahead of what was shown: it belongs to the next page.
    private var waiting: [Event] = []

    init(_ invocation: Invocation, isProjector: Bool, language: @escaping () -> Language) {
        self.invocation = invocation
        self.isProjector = isProjector
        self.language = language
    }

    deinit { giveWay() }

    // MARK: The terminal

    /// What happened, in the terms of a list or a field.
    private enum Event {
        case key(Key)
        case tick, drawAgain
    }

    private func opened() throws(TerminalError) -> any Screen {
        if let screen { return screen }
        let fresh = try invocation.world.terminal.openScreen()
        screen = fresh
        frame.forget()
        try fresh.write(Array(EditorFrame.opening.utf8).span)
        return fresh
    }

    func giveWay() {
        waiting = []
        guard let screen else { return }
        try? screen.write(Array(EditorFrame.closing.utf8).span)
        screen.close()
        self.screen = nil
    }

    /// Waits until something happens.
    private func event() throws -> Event {
        while waiting.isEmpty { waiting = try events() }
        return waiting.removeFirst()
    }

    private func events() throws -> [Event] {
        let patience =
            decoder.isInMiddle || decoder.isInPaste ? Self.escapeDelay : Self.tick
        switch try opened().next(within: patience) {
        case .typed(let bytes): return decoder.keys(bytes).flatMap(Self.single)
        case .quiet:
            if decoder.isInPaste { return decoder.endPaste().map { .key($0) } }
            let keys = decoder.flush()
            return keys.isEmpty ? [.tick] : keys.map { .key($0) }
        case .resized:
            frame.forget()
            try opened().write(Array("\u{1B}[2J".utf8).span)
            return [.drawAgain]
        case .interrupted: throw Interrupted()
        case .gone: throw TerminalError.endOfInput
        }
    }

    /// Letters one by one, so that what follows a choice is not lost with it.
    private static func single(_ key: Key) -> [Event] {
        guard case .text(let bytes) = key, bytes.allSatisfy({ $0 < 0x80 }) else {
            return [.key(key)]
        }
        return bytes.map { .key(.text([$0])) }
    }

    // MARK: A list

    func choose(_ view: MenuView) throws -> MenuChoice {
        var list = MenuList(view, isProjector: isProjector)
        var ticks = 0
        var status = view.status(false)
        while true {
            try draw { size in list.lines(status: status, size: size, language()) }
            switch try event() {
            case .drawAgain: break
            case .tick:
                ticks += 1
                status = view.status(ticks > Self.idleTicks)
            case .key(.control("c")): throw Interrupted()
            case .key(let key):
                ticks = 0
                if let choice = list.press(key) { return choice }
            }
        }
    }

    // MARK: A field

    func type(_ question: String, _ field: MenuField) throws -> String? {
        var line = MenuLine(question, field)
        while true {
            try draw { size in line.lines(size: size, language()) }
            guard case .key(let key) = try event() else { continue }
            switch key {
            case .control("c"): throw Interrupted()
            case .escape: return nil
            case .control("d") where line.text.isEmpty: return nil
            case .enter: return line.text
            default: line.press(key)
            }
        }
    }

    private func draw(
        _ lines: (_ size: (columns: Int, rows: Int)) -> (
            lines: [EditorFrame.Line], caret: (Int, Int)
        )
    ) throws {
        let screen = try opened()
        let size = screen.size
        let (drawn, caret) = lines(size)
        let bytes = frame.bytes(drawn, caret: (row: caret.0, column: caret.1))
        try screen.write(bytes.span)
    }
}
