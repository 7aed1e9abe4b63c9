internal import Platform
internal import Secrets
internal import Synchronization

/// Reads and opens the cells of a log, or of a checkpoint: while one thread reads, the others open.
final class LogReader: Sendable {
    typealias Cell = (address: CellAddress, row: Int64)

    private let boxes: Guarded<BoxReader>
    private let cells: [Cell]
    private let keys: CellKeys
    private let vault: ID16
    private let progress = Mutex(Progress())
    private let result: Mutex<Result>

    private struct Progress {
        var next = 0
        var failure: VaultError?
    }

    struct Result {
        var pile: LogPile
        /// Of the cells that opened.
        var greatest: UInt64 = 0
        /// Rows of the others, in no order.
        var damaged: [Int64] = []
    }

    /// Cells that a thread takes at a time: 128 KB, which a processor's cache holds.
    private static let batchCount = 32
    /// Below that, another thread costs more than it brings.
    private static let parallelCount = 256

    init(_ boxes: BoxReader, _ cells: [Cell], _ keys: CellKeys, vault: ID16) {
        self.boxes = Guarded(boxes)
        self.cells = cells
        self.keys = keys
        self.vault = vault
        result = Mutex(Result(pile: LogPile(cellCount: cells.count)))
    }

    func read() throws(VaultError) -> Result {
        if cells.count < Self.parallelCount {
            work()
        } else {
            Threads.run(min(Threads.coreCount, 4)) { _ in self.work() }
        }
        if let failure = progress.withLock({ $0.failure }) { throw failure }
        return result.withLock { $0 }
    }

    private func work() {
        let batch = min(cells.count, Self.batchCount)
        var sealed = [UInt8](repeating: 0, count: batch * CellFormat.boxByteCount)
        var text = [UInt8](repeating: 0, count: batch * CellFormat.textByteCount)
        defer { Zeroing.zero(&text) }
        while let batch = take(into: &sealed) { open(batch, sealed, using: &text) }
    }

    /// The next places of the list with their boxes; nil at the end, and after a failure.
    private func take(into sealed: inout [UInt8]) -> (places: Range<Int>, absent: Set<Int>)? {
        progress.withLock { progress in
            guard progress.failure == nil, progress.next < cells.count else { return nil }
            let places =
                progress.next..<min(progress.next + Self.batchCount, cells.count)
            progress.next = places.upperBound
            do throws(VaultError) {
                return (places, try read(places, into: &sealed))
            } catch {
                progress.failure = error
                return nil
            }
        }
    }

    /// - Returns: The places whose boxes are not there to read.
    private func read(
        _ places: Range<Int>, into sealed: inout [UInt8]
    ) throws(VaultError) -> Set<Int> {
        var out = sealed.mutableSpan
        return try boxes.withLock { (boxes) throws(VaultError) in
            var absent: Set<Int> = []
            for place in places {
                let start = (place - places.lowerBound) * CellFormat.boxByteCount
                let isThere = try boxes.withBox(cells[place].row) { box in
                    guard box.count == CellFormat.boxByteCount else { return false }
                    out.copy(box, to: start)
                    return true
                }
                if isThere != true { absent.insert(place) }
            }
            return absent
        }
    }

    private func open(
        _ batch: (places: Range<Int>, absent: Set<Int>), _ sealed: [UInt8],
        using text: inout [UInt8]
    ) {
        var contents: [(place: Int, part: LogPart.Place, slice: Range<Int>)] = []
        var damaged: [Int64] = []
        for place in batch.places {
            let offset = place - batch.places.lowerBound
            let start = offset * CellFormat.textByteCount
            let first = offset * CellFormat.boxByteCount
            let box = sealed.span.extracting(first..<first + CellFormat.boxByteCount)
            var out = text.mutableSpan
            let content = out.withPart(start..<start + CellFormat.textByteCount) { part in
                keys.open(box, at: cells[place].address, vault: vault, into: &part)
            }
            if let content, !batch.absent.contains(place),
                let part = LogPart.Place(
                    text[start + content.lowerBound..<start + content.upperBound])
            {
                let slice = content.lowerBound + LogPart.headerByteCount..<content.upperBound
                contents.append(
                    (place, part, start + slice.lowerBound..<start + slice.upperBound))
            } else {
                damaged.append(cells[place].row)
            }
        }
        result.withLock { result in
            for (place, part, slice) in contents {
                result.pile.add(
                    part.commit, part: part.part, of: part.parts, at: cells[place].address.sequence,
                    text.span.extracting(slice))
                result.greatest = max(result.greatest, cells[place].address.sequence)
            }
            result.damaged += damaged
        }
    }
}
