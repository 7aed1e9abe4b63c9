internal import Bundles
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Synchronization
internal import Wording

/// All that came through a pipe, kept in memory because a tar says the length of a file before it.
final class Spool: ByteInput {
    private static let limit = 256 << 20

    private let state: Mutex<(bytes: [UInt8], position: Int)>

    /// Standard input as the one file of a bundle.
    static func root(of input: FileInput) throws -> Tree.Root {
        if let status = input.status, status.kind == .regular {
            return Tree.Root(name: input.name, input: input, byteCount: status.byteCount)
        }
        let bytes: [UInt8]?
        do throws(StreamError) { bytes = try input.readAll(limit: limit) } catch {
            throw FileError(error).failure(input.name)
        }
        guard let bytes else {
            throw Failure(
                .usage,
                Text(
                    en: "more than 256 MiB cannot be signed as they come through a pipe",
                    es: "más de 256 MiB no se pueden firmar según llegan por un tubo"),
                hint: Text(
                    en: "save it as a file, and name the file",
                    es: "guárdalo como archivo y nómbralo"))
        }
        return Tree.Root(name: input.name, input: Spool(bytes), byteCount: bytes.count)
    }

    private init(_ bytes: [UInt8]) { state = Mutex((bytes, 0)) }

    deinit { state.withLock { Zeroing.zero(&$0.bytes) } }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        state.withLock { state in
            let count = span.copyFront(of: state.bytes[state.position...])
            state.position += count
            return count
        }
    }
}
