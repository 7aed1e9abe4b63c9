import Platform
import Synchronization

/// Input from memory, in pieces of at most `pieceSize` bytes as a pipe would give them.
package final class MemoryInput: ByteInput {
    private let left: Mutex<ArraySlice<UInt8>>
    private let pieceSize: Int

    package init(_ bytes: [UInt8] = [], pieceSize: Int = .max) {
        left = Mutex(bytes[...])
        self.pieceSize = pieceSize
    }

    package convenience init(_ text: String) { self.init(Array(text.utf8)) }

    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        let wanted = min(span.count, pieceSize)
        return left.withLock { left in
            let count = span.copyFront(of: left.prefix(wanted))
            left = left.dropFirst(count)
            return count
        }
    }
}

/// An input in memory that lends; fails with `failed` when the run that begins at `broken` is lent.
package final class MemoryLender: LendingInput {
    private let bytes: [UInt8]
    private let broken: Int?
    private let state = Mutex((place: 0, lent: 0))

    package init(_ bytes: [UInt8], broken: Int? = nil) {
        self.bytes = bytes
        self.broken = broken
    }

    package var lendableByteCount: Int { bytes.count }
    /// How many bytes were lent so far.
    package var lentByteCount: Int { state.withLock { $0.lent } }

    package func lend(_ range: Range<Int>, to use: (Span<UInt8>) -> Void) throws(StreamError) {
        if range.lowerBound == broken { throw .failed(code: 5) }
        let lent = bytes[range]
        use(lent.span)
        state.withLock { $0.lent += range.count }
    }

    package func skip(_ count: Int) throws(StreamError) { state.withLock { $0.place = count } }

    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        state.withLock { state in
            let count = span.copyFront(of: bytes[state.place...])
            state.place += count
            return count
        }
    }
}

/// Output into memory; fails with `closed` once `room` bytes were taken.
package final class MemoryOutput: ByteOutput {
    private let taken = Mutex<[UInt8]>([])
    private let room: Int

    package init(room: Int = .max) { self.room = room }

    package var bytes: [UInt8] { taken.withLock { $0 } }
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package func write(_ bytes: Span<UInt8>) throws(StreamError) {
        var copy: [UInt8] = []
        copy.append(copying: bytes)
        let fits = taken.withLock { taken in
            guard copy.count <= room - taken.count else { return false }
            taken += copy
            return true
        }
        if !fits { throw .closed }
    }
}
