internal import CPlatform
internal import Glibc

/// A program that is handed bytes and answers with bytes: no arguments and no environment but those
/// named, no open files but its standard input and output, a process group of its own.
package struct ChildProcess: Sendable {
    package struct End: Hashable, Sendable {
        package let output: [UInt8]
        /// As a shell gives it: 128 and the signal's number for a child that was killed.
        package let exitCode: Int32
    }

    /// In every case nothing of the child is left.
    package enum Failure: Error, Hashable {
        case timeLimit
        /// A signal asked this program to stop.
        case interrupted
        case tooMuchOutput
        case notStarted(code: Int32)
    }

    package let path: String
    private let words: String
    private let settings: String

    /// - Parameters:
    ///   - arguments: Without the program's name; at most 40, none of them empty.
    ///   - environment: `NAME=value`; at most 40.
    package init(path: String, arguments: [String] = [], environment: [String] = []) {
        precondition(arguments.count <= 40 && environment.count <= 40, "too many words")
        self.path = path
        words = arguments.map { $0 + "\0" }.joined()
        settings = environment.map { $0 + "\0" }.joined()
    }

    /// Feeds `input` and then `secret`, collects the output and waits for the end.
    package func run(
        input: Span<UInt8>, secret: Span<UInt8>, limit: Duration, outputLimit: Int
    ) -> Result<End, Failure> {
        var output = [UInt8](repeating: 0, count: outputLimit)
        var status: Int32 = 0
        let count = unsafe input.withUnsafeBufferPointer { input in
            unsafe secret.withUnsafeBufferPointer { secret in
                unsafe output.withUnsafeMutableBufferPointer { output in
                    let pieces = unsafe [
                        amparo_piece(bytes: input.baseAddress, count: input.count),
                        amparo_piece(bytes: secret.baseAddress, count: secret.count),
                    ]
                    return unsafe amparo_run(
                        path, words, settings, pieces, pieces.count, output.baseAddress,
                        output.count,
                        limit.wholeMilliseconds, &status)
                }
            }
        }
        switch count {
        case 0...:
            let signal = status & 0x7F
            let exitCode = signal == 0 ? status >> 8 & 0xFF : 128 + signal
            return .success(End(output: Array(output.prefix(count)), exitCode: exitCode))
        case -Int(ETIMEDOUT): return .failure(.timeLimit)
        case -Int(EINTR): return .failure(.interrupted)
        case -Int(EOVERFLOW): return .failure(.tooMuchOutput)
        default: return .failure(.notStarted(code: Int32(truncatingIfNeeded: -count)))
        }
    }

    package func run(
        input: Span<UInt8>, limit: Duration, outputLimit: Int
    ) -> Result<End, Failure> {
        let nothing: [UInt8] = []
        return run(input: input, secret: nothing.span, limit: limit, outputLimit: outputLimit)
    }

    /// To be called by a child of ours at its start: it has no business once its parent is gone.
    package static func dieWithParent() { amparo_die_with_parent() }

    /// Where the running program lies, links resolved; nil without /proc.
    package static var ownPath: String? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe amparo_own_path(buffer.baseAddress, buffer.count)
        }
        guard count > 0, count < bytes.count else { return nil }
        return String(validating: bytes.prefix(count), as: UTF8.self)
    }
}
