internal import Encoding
internal import Primitives
internal import Secrets

/// What the newest checkpoint spares, so that a new one is written when it is worth its cells.
struct Coverage {
    /// Cells of the log that opening has to open beside the checkpoint.
    private var uncoveredCount: Int
    private var checkpointCellCount: Int
    /// A log with losses is told by itself alone, each time.
    private let isLogWhole: Bool

    private static let leastCount = 64

    init(_ content: VaultContent) {
        uncoveredCount = content.uncoveredCount
        checkpointCellCount = content.checkpointCellCount
        isLogWhole = content.isLogWhole
    }

    /// - Parameter added: Cells of the commit that is being made.
    func isDue(adding added: Int) -> Bool {
        isLogWhole && uncoveredCount + added > max(Self.leastCount, checkpointCellCount / 2)
    }

    mutating func take(_ added: Int, _ checkpoint: CheckpointCells) {
        guard checkpoint.isWhole else { return uncoveredCount += added }
        uncoveredCount = checkpoint.coversCommit ? 0 : checkpoint.leavesOut + added
        checkpointCellCount = checkpoint.count
    }
}

/// Cells of a checkpoint for the commit that is being made.
struct CheckpointCells {
    var cells: [PendingCell] = []
    /// Of the whole checkpoint.
    var count = 0
    /// Whether these are the last ones that were lacking.
    var isWhole = false
    /// Whether it covers the commit too that it goes with.
    var coversCommit = false
    /// Cells that were in the log before this commit and are not covered.
    var leavesOut = 0
}

extension Vault {
    /// A checkpoint of the outer compartment goes with a write that makes it due. One of a hidden
    /// compartment fills places of chaff that nobody needs, visit by visit, until it is whole.
    ///
    /// Whatever is in its way, the commit goes on without: a checkpoint only saves time.
    ///
    /// - Parameter spare: Places of chaff that are left in a hidden session.
    func checkpoint(
        after sealed: (commit: Commit, cells: [PendingCell])?, spare: Int
    ) -> CheckpointCells {
        if isHidden { return (try? hiddenCheckpoint(spare: spare)) ?? CheckpointCells() }
        guard let sealed, coverage.isDue(adding: sealed.cells.count) else {
            return CheckpointCells()
        }
        return (try? outerCheckpoint(sealed)) ?? CheckpointCells()
    }

    /// Covers the commit too that is being made.
    private func outerCheckpoint(
        _ sealed: (commit: Commit, cells: [PendingCell])
    ) throws(VaultError) -> CheckpointCells {
        var content = VaultContent()
        var ids: [(sequence: UInt64, id: ArraySlice<UInt8>)] = []
        if let file {
            content = try VaultReader(file).content(of: slot, in: index)
            ids = logIDs()
        }
        guard content.isLogWhole, let first = sealed.cells.first?.address?.sequence,
            let last = sealed.cells.last?.address?.sequence,
            last - first + 1 == UInt64(sealed.cells.count)
        else { return CheckpointCells() }
        var places = content.places
        places[sealed.commit.id] = CommitPlace(
            id: sealed.commit.id, first: first, parts: UInt16(sealed.cells.count))
        ids += sealed.cells.map { ($0.address?.sequence ?? 0, $0.cell.id[...]) }
        ids.sort { $0.id.lexicographicallyPrecedes($1.id) }
        guard
            let checkpoint = Checkpoint(
                content.history.commits + [sealed.commit], at: places, greatest: last, ids: ids)
        else { return CheckpointCells() }
        let parts = try parts(of: checkpoint)
        return CheckpointCells(
            cells: parts.map { seal($0, of: checkpoint) }, count: parts.count, isWhole: true,
            coversCommit: true)
    }

    /// Goes on with the one that was begun, as long as the log it covers is what it was.
    private func hiddenCheckpoint(spare: Int) throws(VaultError) -> CheckpointCells {
        guard spare > 0, coverage.isDue(adding: 0), let file else { return CheckpointCells() }
        let reader = try VaultReader(file)
        let content = try reader.content(of: slot, in: index)
        guard content.isLogWhole else { return CheckpointCells() }
        let begun = VaultReader.bySequence(
            index.candidates(compartmentKeys).filter { $0.address.kind == .checkpoint }
        ).first { $0.sequence > content.checkpointGreatest ?? 0 }
        let ids = logIDs()
        for greatest in [begun?.sequence, content.greatest[.log]].compactMap({ $0 }) {
            let commits = content.history.commits.filter {
                content.places[$0.id].map { $0.last <= greatest } ?? true
            }
            guard
                let checkpoint = Checkpoint(
                    commits, at: content.places, greatest: greatest, ids: ids)
            else { continue }
            let parts = try parts(of: checkpoint)
            let present =
                greatest == begun?.sequence
                ? try self.present(begun?.cells ?? [], of: parts[0].commit, reader) : []
            // Of another log, from before a merge.
            if greatest == begun?.sequence, present.isEmpty { continue }
            let lacking = parts.filter { !present.contains($0.part) }
            let cells = lacking.prefix(spare).map { seal($0, of: checkpoint) }
            return CheckpointCells(
                cells: cells, count: parts.count, isWhole: cells.count == lacking.count,
                leavesOut: ids.count { $0.sequence > greatest })
        }
        return CheckpointCells()
    }

    /// Parts of a checkpoint that are in the file already.
    private func present(
        _ cells: [LogReader.Cell], of id: ID16, _ reader: VaultReader
    ) throws(VaultError) -> Set<UInt16> {
        var present: Set<UInt16> = []
        for cell in cells {
            let content = try reader.content(cell.row, at: cell.address, keys: compartmentKeys)
            guard let content, let place = LogPart.Place(content[...]), place.commit == id else {
                continue
            }
            present.insert(place.part)
        }
        return present
    }

    private func parts(of checkpoint: Checkpoint) throws(VaultError) -> [LogPart] {
        let joined = checkpoint.serialized()
        guard let id = Checkpoint.id(of: joined[...]) else { throw .tooLarge }
        return try LogPart.cut(joined, id)
    }

    private func seal(_ part: LogPart, of checkpoint: Checkpoint) -> PendingCell {
        let address = CellAddress(kind: .checkpoint, sequence: checkpoint.greatest)
        var content = part.serialized()
        defer { Zeroing.zero(&content) }
        let cell = compartmentKeys.seal(
            content, at: address, vault: id, random: context.random.boxes)
        return PendingCell(cell: cell, address: address)
    }

    private func logIDs() -> [(sequence: UInt64, id: ArraySlice<UInt8>)] {
        index.places(compartmentKeys).filter { $0.address.kind == .log }
            .map { ($0.address.sequence, index.id(at: $0.place)) }
    }
}

extension VaultContent {
    /// Where every commit lies that has one place.
    var places: [ID16: CommitPlace] {
        replayed.merging(covered.map { ($0.id, $0) }) { replayed, _ in replayed }
    }
}

// MARK: - What was left in the log

/// Commits that were read whole because of what a checkpoint had left out of them.
struct LoadedLog {
    /// As deferred fields count them.
    let places: [CommitPlace]
    var joined: [ID16: ArraySlice<UInt8>] = [:]
    /// Rows of the log by sequence; looked up when a field is first asked for.
    var rows: [UInt64: [Int64]]?

    init(_ places: [CommitPlace]) { self.places = places }
}

extension Vault {
    package func bytes(of field: DeferredField) throws -> ArraySlice<UInt8> {
        guard loaded.places.indices.contains(field.commit) else { throw VaultError.damaged }
        let place = loaded.places[field.commit]
        if let joined = loaded.joined[place.id] {
            guard field.range.upperBound <= joined.count else {
                throw VaultError.textLost(place.id)
            }
            return joined.dropFirst(field.offset).prefix(field.byteCount)
        }
        return try read(field, in: place)[...]
    }

    /// Opens the cells that hold the field, and no others.
    private func read(
        _ field: DeferredField, in place: CommitPlace
    ) throws(VaultError) -> [UInt8] {
        guard let file else { throw .notFound }
        guard field.byteCount > 0 else { return [] }
        let rows = loaded.rows ?? rowsOfLog()
        loaded.rows = rows
        let reader = try VaultReader(file)
        let limit = LogPart.sliceLimit
        let parts = field.offset / limit...(field.range.upperBound - 1) / limit
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.byteCount + limit)
        for part in parts {
            let address = CellAddress(kind: .log, sequence: place.first + UInt64(part))
            var slice: ArraySlice<UInt8>?
            for row in rows[address.sequence] ?? [] where slice == nil {
                let content = try reader.content(row, at: address, keys: compartmentKeys)
                guard let content, let piece = LogPart(parsing: content[...]),
                    piece.commit == place.id, piece.part == part, piece.parts == place.parts
                else { continue }
                slice = piece.slice
            }
            guard let slice else { throw .textLost(place.id) }
            bytes.append(contentsOf: slice)
        }
        let start = field.offset - parts.lowerBound * limit
        guard start + field.byteCount <= bytes.count else { throw .textLost(place.id) }
        return Array(bytes[start..<start + field.byteCount])
    }

    private func rowsOfLog() -> [UInt64: [Int64]] {
        var rows: [UInt64: [Int64]] = [:]
        for cell in index.candidates(compartmentKeys) where cell.address.kind == .log {
            rows[cell.address.sequence, default: []].append(cell.row)
        }
        return rows
    }

    package func loadDeferred() throws {
        guard let file, loaded.joined.isEmpty, !loaded.places.isEmpty else { return }
        let numbers = Set(records.lazy.compactMap { $0.deferred?.commit })
        let wanted = Set(numbers.map { loaded.places[$0].id })
        guard !wanted.isEmpty else { return }
        let log = try VaultReader(file).log(of: compartmentKeys, in: index)
        // One that is not whole is looked for cell by cell when it is asked for.
        loaded.joined = log.filter { wanted.contains($0.key) }
    }

    /// Records with all their fields; nil for one whose text is lost.
    func whole(_ record: Record) -> Record? {
        guard let deferred = record.deferred else { return record }
        return (try? bytes(of: deferred)).map { record.whole(Array($0)) }
    }
}
