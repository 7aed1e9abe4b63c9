import Platform
import Synchronization

/// Input from memory, in pieces of at most `pieceSize` bytes as a pipe would give them.
package final class MemoryInput: ByteInput {
    private let left: Mutex<[UInt8]>
    private let pieceSize: Int

    package init(_ bytes: [UInt8] = [], pieceSize: Int = .max) {
        left = Mutex(bytes)
        self.pieceSize = pieceSize
    }

    package convenience init(_ text: String) { self.init(Array(text.utf8)) }

    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        let wanted = min(span.count, pieceSize)
        let piece = left.withLock { left in
            let piece = Array(left.prefix(wanted))
            left.removeFirst(piece.count)
            return piece
        }
        for (index, byte) in piece.enumerated() { span[index] = byte }
        return piece.count
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
        for index in bytes.indices { copy.append(bytes[index]) }
        let fits = taken.withLock { taken in
            guard copy.count <= room - taken.count else { return false }
            taken += copy
            return true
        }
        if !fits { throw .closed }
    }
}
