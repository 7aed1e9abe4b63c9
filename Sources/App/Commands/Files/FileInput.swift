internal import CommandLineKit
internal import Platform
internal import Synchronization
internal import Wording

/// What `encrypt` or `decrypt` reads: a file or standard input, with its progress and its first
/// bytes, which tell what it is when it is not what it should be.
final class FileInput: ByteInput {
    /// Shown in errors.
    let name: String
    let status: FileStatus?

    private let input: any ByteInput
    private let progress: Progress
    private let start = Mutex<[UInt8]>([])

    /// - Parameter path: nil or `-` is standard input.
    init(_ path: String?, _ invocation: Invocation) throws {
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
            status = (world.standardInput as? DescriptorStream)?.status
            if world.terminal.isTerminal(.input) {
                invocation.say(
                    Text(
                        en: "reading what you type; end it with Ctrl-D on an empty line",
                        es: "leo lo que escribas; termina con Ctrl-D en una línea vacía"))
            }
        }
        let total = status?.kind == .regular ? status?.byteCount : nil
        progress = invocation.progress(total: total)
    }

    deinit { finish() }

    /// Takes the progress off the screen, before anything else is written there.
    func finish() { progress.finish() }

    var isStandardInput: Bool { name == "stdin" }

    /// The first bytes that were read, at most 64.
    var firstBytes: [UInt8] { start.withLock { $0 } }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        if Interrupts.isRaised { throw .interrupted }
        let count = try input.read(into: &span)
        start.withLock { start in
            for index in 0..<min(count, 64 - start.count) { start.append(span[index]) }
        }
        progress.advance(by: count)
        return count
    }
}
