internal import CommandLineKit
internal import Platform
internal import Synchronization
internal import Wording

/// What `encrypt` or `decrypt` reads: a file or standard input, with its progress and its first
/// bytes, which tell what it is when it is not what it should be.
final class FileInput: LendingInput {
    /// Shown in errors.
    let name: String
    let status: FileStatus?

    private let input: any ByteInput
    /// From the first read on: what was asked before is no part of the work.
    private let progress = Mutex<Progress?>(nil)
    private let startProgress: @Sendable () -> Progress?
    private let start = Mutex<[UInt8]>([])

    /// - Parameters:
    ///   - path: nil or `-` is standard input.
    ///   - onScreen: Whether the result itself is written on the screen, where progress would
    ///     disturb it.
    init(_ path: String?, _ invocation: Invocation, onScreen: Bool = false) throws {
        let world = invocation.world
        if let path, path != "-" {
            name = path
            do throws(FileError) {
                let file = try world.files.input(path)
                input = file
                status = file.status
            } catch { throw error.failure(path) }
        } else {
            name = "stdin"
            input = world.standardInput
            let stream = world.standardInput as? DescriptorStream
            stream?.widen()
            status = stream?.status
            if world.terminal.isTerminal(.input) {
                invocation.say(
                    Text(
                        en: "reading what you type; end it with Ctrl-D on an empty line",
                        es: "leo lo que escribas; termina con Ctrl-D en una línea vacía"))
            }
        }
        let total = status?.kind == .regular ? status?.byteCount : nil
        startProgress = { onScreen ? nil : invocation.progress(total: total) }
    }

    deinit { finish() }

    /// Takes the progress off the screen, before anything else is written there.
    func finish() { progress.withLock { $0?.finish() } }

    var isStandardInput: Bool { name == "stdin" }

    /// The first bytes that were read, at most 64.
    var firstBytes: [UInt8] { start.withLock { $0 } }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        if Interrupts.isRaised { throw .interrupted }
        let count = try input.read(into: &span)
        start.withLock { start in
            for index in 0..<min(count, 64 - start.count) { start.append(span[index]) }
        }
        advance(by: count)
        return count
    }

    var lendableByteCount: Int { (input as? any LendingInput)?.lendableByteCount ?? 0 }

    func lend(_ range: Range<Int>, to use: (Span<UInt8>) -> Void) throws(StreamError) {
        if Interrupts.isRaised { throw .interrupted }
        try (input as? any LendingInput)?.lend(range, to: use)
        advance(by: range.count)
    }

    func skip(_ count: Int) throws(StreamError) { try (input as? any LendingInput)?.skip(count) }

    private func advance(by count: Int) {
        progress.withLock { progress in
            if progress == nil { progress = startProgress() }
            progress?.advance(by: count)
        }
    }
}
