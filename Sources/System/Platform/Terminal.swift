internal import CPlatform
internal import Glibc
package import Secrets

package enum StandardStream: Int32, Sendable, CaseIterable {
    case input = 0
    case output = 1
    case error = 2
}

package enum TerminalError: Error, Hashable, Sendable {
    /// The process has no controlling terminal to ask on.
    case unavailable
    case interrupted
    /// Ctrl-D on an empty line, or the terminal went away.
    case endOfInput
    case tooLong(limit: Int)
    /// The answer is not UTF-8.
    case notText
    case failed(code: Int32)
}

/// The person in front of the program.
package protocol Terminal: Sendable {
    func isTerminal(_ stream: StandardStream) -> Bool
    /// Columns of standard error's (else output's) terminal; nil when neither is one.
    var width: Int? { get }
    /// Rows of the same terminal.
    var height: Int? { get }
    /// Whether questions can be asked, whatever the standard streams are.
    var canAsk: Bool { get }
    /// Asks and reads a line, which is shown as it is typed.
    func readLine(prompt: String) throws(TerminalError) -> String
    /// Asks and reads a line that is not shown, straight into guarded memory; nil for an empty one.
    ///
    /// - Parameter erases: Removes the question afterwards (a screen reader wants a new line).
    func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes?
    /// Asks and reads a secret that is shown as it is typed, such as words from a sheet, straight into
    /// guarded memory; nil for an empty line.
    func readShown(prompt: String) throws(TerminalError) -> SecretBytes?
    /// Forgets what was typed before anybody asked.
    func discardTyped()
    /// What is typed from now on is not shown.
    func hideTyping()
    /// What is typed is shown again; what was typed while it was hidden is forgotten.
    func showTyping()
    /// The whole terminal, key by key.
    func openScreen() throws(TerminalError) -> any Screen
    /// A closed room for a program that edits one text.
    func openBubble(_ order: BubbleOrder) throws(BubbleRefusal) -> any Bubble
}

extension Terminal {
    package func openScreen() throws(TerminalError) -> any Screen { throw .unavailable }
    package func openBubble(_ order: BubbleOrder) throws(BubbleRefusal) -> any Bubble {
        throw BubbleRefusal(step: 0, code: 0)
    }
    package func readShown(prompt: String) throws(TerminalError) -> SecretBytes? {
        var bytes = Array(try readLine(prompt: prompt).utf8)
        return bytes.isEmpty ? nil : SecretBytes(draining: &bytes)
    }
    package func discardTyped() {}
    package func hideTyping() {}
    package func showTyping() {}
}

/// `/dev/tty`, so that a question reaches the person also when the streams are redirected.
package struct LinuxTerminal: Terminal {
    /// The most a terminal hands over as one line.
    /// Source: termios(3), canonical mode: 4,096 bytes with the end of line.
    package static let lineLimit = 4_095

    package init() {}

    package func isTerminal(_ stream: StandardStream) -> Bool { isatty(stream.rawValue) == 1 }

    package var width: Int? {
        for stream in [StandardStream.error, .output] {
            let columns = amparo_terminal_width(stream.rawValue)
            if columns > 0 { return Int(columns) }
        }
        return nil
    }

    package var height: Int? {
        for stream in [StandardStream.error, .output] {
            let rows = amparo_terminal_height(stream.rawValue)
            if rows > 0 { return Int(rows) }
        }
        return nil
    }

    package var canAsk: Bool { amparo_terminal_available() == 1 }

    package func readLine(prompt: String) throws(TerminalError) -> String {
        var line = [UInt8](repeating: 0, count: Self.lineLimit + 1)
        defer { Zeroing.zero(&line) }
        var span = line.mutableSpan
        let count = try Self.read(prompt, into: &span, echo: true, ending: "")
        guard let text = String(validating: line[..<count], as: UTF8.self) else { throw .notText }
        return text
    }

    package func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes? {
        try Self.readSecret(prompt, echo: false, ending: erases ? "\r\u{1B}[K" : "\n")
    }

    package func readShown(prompt: String) throws(TerminalError) -> SecretBytes? {
        try Self.readSecret(prompt, echo: true, ending: "")
    }

    private static func readSecret(
        _ prompt: String, echo: Bool, ending: String
    ) throws(TerminalError) -> SecretBytes? {
        var count = 0
        let line = try SecretBytes(count: lineLimit + 1) {
            (span) throws(TerminalError) in
            count = try read(prompt, into: &span, echo: echo, ending: ending)
        }
        return count == 0 ? nil : line.slice(0..<count)
    }

    package func discardTyped() { Self.withForeground { tcflush($0, TCIFLUSH) } }

    package func hideTyping() { Self.setEcho(false) }

    package func showTyping() { Self.setEcho(true) }

    package func openScreen() throws(TerminalError) -> any Screen { try LinuxScreen() }

    package func openBubble(_ order: BubbleOrder) throws(BubbleRefusal) -> any Bubble {
        try LinuxBubble(order)
    }

    private static func setEcho(_ isOn: Bool) {
        withForeground { terminal in
            var modes = termios()
            guard unsafe tcgetattr(terminal, &modes) == 0 else { return }
            if isOn {
                tcflush(terminal, TCIFLUSH)
                modes.c_lflag |= tcflag_t(ECHO)
            } else {
                modes.c_lflag &= ~tcflag_t(ECHO)
            }
            _ = unsafe tcsetattr(terminal, TCSANOW, &modes)
        }
    }

    /// In the background the terminal belongs to another program, and touching it would stop this
    /// one.
    private static func withForeground(_ body: (Int32) -> Void) {
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return }
        defer { close(terminal) }
        guard tcgetpgrp(terminal) == getpgrp() else { return }
        body(terminal)
    }

    private static func read(
        _ prompt: String, into span: inout MutableSpan<UInt8>, echo: Bool, ending: String
    ) throws(TerminalError) -> Int {
        let capacity = span.count
        let count = unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe amparo_terminal_read(
                prompt, buffer.baseAddress, capacity, echo ? 1 : 0, ending)
        }
        if count >= 0 { return count }
        switch Int32(-count) {
        case ENXIO, ENOENT, ENODEV, ENOTTY, EACCES: throw .unavailable
        case EINTR: throw .interrupted
        case ENODATA, EIO: throw .endOfInput
        case EMSGSIZE: throw .tooLong(limit: capacity - 1)
        case let code: throw .failed(code: code)
        }
    }
}
