internal import Encoding
internal import Platform
internal import Primitives

/// What a signature inside a bundle is made over, summed up member by member as they pass.
///
/// Of one file it is the file. Of anything else it is a list in the format of `b2sum`: a line for
/// each file, and comments for what `b2sum` does not know, so that nothing can be added, taken away
/// or renamed: `# folder NAME`, `# link BLAKE2b-512(target) NAME`.
final class BundleSum: @unchecked Sendable {
    // Used by one thread at a time: its owner holds a lock, or made it for itself.
    private static let byteCount = 64

    private let isOneFile: Bool
    private let keepsList: Bool
    private var file = BLAKE2bState(count: byteCount)
    private var lines = BLAKE2bState(count: byteCount)
    /// Empty unless it is kept.
    private(set) var list: [UInt8] = []

    /// - Parameter keepsList: Whoever writes a bundle needs the text; for whoever reads one it would
    ///   be memory that a stranger decides about.
    init(isOneFile: Bool, keepsList: Bool) {
        self.isOneFile = isOneFile
        self.keepsList = keepsList
    }

    func addFolder(_ name: String) { add("# folder ", name) }

    func addLink(_ name: String, to target: String) {
        add("# link \(Self.sum(of: Array(target.utf8))) ", name)
    }

    /// More of the file that is under way.
    func update(_ bytes: Span<UInt8>) { file.update(bytes) }

    /// The file that was under way is complete.
    func addFile(_ name: String) {
        guard !isOneFile else { return }
        let sum = Hex.encode(file.finish())
        file = BLAKE2bState(count: Self.byteCount)
        // Source: coreutils, `digest.c`: a line with an escaped name begins with a backslash.
        let mark = name.utf8.contains(where: { $0 == 0x0A || $0 == 0x5C }) ? "\\" : ""
        add("\(mark)\(sum)  ", name)
    }

    /// The sum of what is signed. Once, at the end.
    func finish() -> [UInt8] { isOneFile ? file.finish() : lines.finish() }

    private func add(_ opening: String, _ name: String) {
        var line = Array(opening.utf8)
        for byte in name.utf8 {
            switch byte {
            case 0x0A: line += [0x5C, 0x6E]
            case 0x5C: line += [0x5C, 0x5C]
            default: line.append(byte)
            }
        }
        line.append(0x0A)
        lines.update(line.span)
        if keepsList { list += line }
    }

    private static func sum(of bytes: [UInt8]) -> String {
        Hex.encode(BLAKE2b.hash(count: byteCount, bytes))
    }
}

/// Hands bytes on and adds them to a sum, where there is one.
struct SummedOutput: ByteOutput {
    let output: (any ByteOutput)?
    let sum: BundleSum?

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        try output?.write(bytes)
        sum?.update(bytes)
    }
}
