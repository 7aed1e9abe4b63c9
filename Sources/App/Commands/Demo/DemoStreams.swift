internal import Platform
internal import Secrets
internal import Synchronization

/// Bytes handed to a command.
final class GivenInput: ByteInput {
    private let rest: Mutex<ArraySlice<UInt8>>

    init(_ bytes: [UInt8]) { rest = Mutex(bytes[...]) }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        let capacity = span.count
        let piece = rest.withLock { rest in
            defer { rest = rest.dropFirst(capacity) }
            return Array(rest.prefix(capacity))
        }
        for index in piece.indices { span[index] = piece[index] }
        return piece.count
    }
}

/// What a command wrote.
final class CapturedOutput: ByteOutput {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func write(_ span: Span<UInt8>) throws(StreamError) {
        let piece = span.indices.map { span[$0] }
        bytes.withLock { $0 += piece }
    }
}

/// Nobody to ask: every command of the tour is scripted.
struct NoTerminal: Terminal {
    var width: Int? { nil }
    var height: Int? { nil }
    var canAsk: Bool { false }

    func isTerminal(_ stream: StandardStream) -> Bool { false }

    func readLine(prompt: String) throws(TerminalError) -> String { throw .unavailable }

    func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes? {
        throw .unavailable
    }
}
