internal import Database
internal import Encoding
internal import Primitives
internal import Secrets

/// What one compartment holds, as read from the file.
struct VaultContent {
    var index = CellIndex()
    var blobs = BlobIndex()
    var history = History(parts: [])
    /// Greatest sequence among the cells that opened; log and visit only.
    var greatest: [CellKind: UInt64] = [:]
    var damage: [VaultDamage] = []
    /// Whether any log cell opened: every compartment has one from its first moment.
    var hasLog = false
    /// Commits of the checkpoint that was used, as its records' deferred fields count them.
    var covered: [CommitPlace] = []
    /// Cells of that checkpoint; 0 without one.
    var checkpointCellCount = 0
    /// The greatest sequence that it covers; nil without one.
    var checkpointGreatest: UInt64?
    /// Cells of the log that had to be opened beside it.
    var uncoveredCount = 0
    /// Where the commits lie that were read from the log.
    var replayed: [ID16: CommitPlace] = [:]

    /// Whether the log said all that it has to say.
    var isLogWhole: Bool {
        damage.allSatisfy {
            switch $0 {
            case .row, .head, .structure, .blob, .text: true
            case .cell, .commitLost, .commitIncomplete, .commitUnreadable: false
            }
        }
    }
}

/// Where the cells of blobs lie: sequences in ascending order, several rows to one if need be.
struct BlobIndex {
    private var entries: [(sequence: UInt64, row: Int64)] = []

    mutating func add(_ found: [(sequence: UInt64, row: Int64)]) {
        entries.append(contentsOf: found)
        // A tail out of order costs little: the sort takes the rest as the run that it is.
        entries.sort { ($0.sequence, $0.row) < ($1.sequence, $1.row) }
    }

    func rows(_ sequence: UInt64) -> [Int64] {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return entries[low...].prefix { $0.sequence == sequence }.map(\.row)
    }
}

/// Finds and opens the cells of whoever holds the keys.
struct VaultReader {
    let file: VaultFile
    private let vault: ID16
    private let boxes: BoxReader

    init(_ file: VaultFile) throws(VaultError) {
        self.file = file
        vault = file.id
        boxes = try file.boxes()
    }

    /// The content of one cell, copied out; nil when the box does not open.
    func content(
        _ row: Int64, at address: CellAddress, keys: CellKeys
    ) throws(VaultError) -> [UInt8]? {
        var text = [UInt8](repeating: 0, count: CellFormat.textByteCount)
        defer { Zeroing.zero(&text) }
        return try boxes.withBox(row) { box in
            keys.open(box, at: address, vault: vault, using: &text).map { Array($0) }
        }
    }

    /// The slot that opens under these keys, the first in the order of ids.
    func slot(_ keys: CellKeys, in index: CellIndex) throws(VaultError) -> Slot? {
        for candidate in index.candidates(keys) where candidate.address == .slot {
            guard var content = try content(candidate.row, at: .slot, keys: keys) else { continue }
            defer { Zeroing.zero(&content) }
            if let slot = Slot(parsing: content.span) { return slot }
        }
        return nil
    }

    /// Reads everything that `slot` opens, under one lock: taking it anew for each box would cost
    /// more than the boxes do.
    func content(of slot: Slot, in index: CellIndex) throws(VaultError) -> VaultContent {
        try file.reading { () throws(VaultError) in try read(slot, index) }
    }

    private func read(_ slot: Slot, _ index: CellIndex) throws(VaultError) -> VaultContent {
        let compartmentKeys = CellKeys(from: slot.master, context: "AmpComp1")
        let visitKeys = CellKeys(from: slot.visitKey, context: "AmpVisit")
        var content = VaultContent()
        content.index = index
        content.damage = file.damage
        var log: [LogCell] = []
        var checkpoints: [LogReader.Cell] = []
        var blobCells: [(sequence: UInt64, row: Int64)] = []
        for (address, place) in index.places(compartmentKeys) {
            let row = index.rows[place]
            switch address.kind {
            case .log: log.append((address, row, place))
            case .checkpoint: checkpoints.append((address, row))
            case .blob: blobCells.append((address.sequence, row))
            // Of other keys.
            case .slot, .visit: break
            }
        }
        content.blobs.add(blobCells)
        let checkpoint = try newestCheckpoint(checkpoints, compartmentKeys, into: &content)
        try readLog(log, beside: checkpoint, compartmentKeys, into: &content)
        try readGreatestVisit(visitKeys, into: &content)
        content.damage = try withoutEchoes(content.damage, [compartmentKeys, visitKeys], index)
        return content
    }

    /// Leaves out rows that only repeat a cell of ours under another kind or sequence.
    ///
    /// Whoever stores or passes on copies can make such rows without any key: the last eight bytes of
    /// an id are bound to nothing but the box. Nothing is lost by them, as long as the cell itself
    /// is there and opens.
    func withoutEchoes(
        _ damage: [VaultDamage], _ keys: [CellKeys], _ index: CellIndex
    ) throws(VaultError) -> [VaultDamage] {
        var rows: Set<Int64> = []
        for case .cell(let row) in damage { rows.insert(row) }
        guard !rows.isEmpty else { return damage }
        var echoes: Set<Int64> = []
        for place in index.rows.indices where rows.contains(index.rows[place]) {
            for twin in index.places(sharingCheckOf: place) where twin != place {
                for keys in keys where !echoes.contains(index.rows[place]) {
                    guard let address = keys.recognise(index.id(at: twin).span) else { continue }
                    if try content(index.rows[twin], at: address, keys: keys) != nil {
                        echoes.insert(index.rows[place])
                    }
                }
            }
        }
        return damage.filter { entry in
            if case .cell(let row) = entry { !echoes.contains(row) } else { true }
        }
    }

    private typealias LogCell = (address: CellAddress, row: Int64, place: Int)

    private func readLog(
        _ cells: [LogCell], beside checkpoint: Checkpoint?, _ keys: CellKeys,
        into content: inout VaultContent
    ) throws(VaultError) {
        let index = content.index
        let differing = checkpoint?.differing(
            from: cells.lazy.map { ($0.address.sequence, index.id(at: $0.place)) })
        let uncovered = cells.filter { cell in
            guard let checkpoint, let differing else { return true }
            return cell.address.sequence > checkpoint.greatest
                || differing.contains(Checkpoint.block(of: cell.address.sequence))
        }
        // In the order of the file: a disk reads forward faster.
        let log = try LogReader(
            boxes, uncovered.map { ($0.address, $0.row) }.sorted { $0.row < $1.row }, keys,
            vault: vault
        ).read()
        content.damage += log.damaged.sorted().map { .cell(row: $0) }
        content.hasLog = !log.pile.isEmpty || checkpoint != nil
        content.uncoveredCount = uncovered.count
        if content.hasLog {
            content.greatest[.log] = max(log.greatest, checkpoint?.greatest ?? 0)
        }
        let (wholes, parts) = log.pile.sorted()
        content.replayed = log.pile.places()
        content.history = History(
            parts: parts, wholes: wholes, known: checkpoint?.entries.map(\.commit) ?? [])
        content.damage += content.history.damage
        // What the checkpoint tells and the log should have told: its texts are lost.
        guard let checkpoint, let differing, !differing.isEmpty else { return }
        let told = Set(wholes.keys).union(parts.map(\.commit))
        for place in checkpoint.entries.map(\.place)
        where !told.contains(place.id) && place.blocks.contains(where: differing.contains) {
            content.damage.append(.commitLost(place.id))
        }
    }

    /// The checkpoint that covers most, if all its cells are there.
    private func newestCheckpoint(
        _ cells: [LogReader.Cell], _ keys: CellKeys, into content: inout VaultContent
    ) throws(VaultError) -> Checkpoint? {
        for (_, cells) in Self.bySequence(cells) {
            let read = try LogReader(
                boxes, cells.sorted { $0.row < $1.row }, keys, vault: vault
            ).read()
            content.damage += read.damaged.sorted().map { .cell(row: $0) }
            for (id, bytes) in read.pile.sorted().wholes.sorted(by: { $0.key < $1.key }) {
                guard Checkpoint.id(of: bytes) == id,
                    let checkpoint = try? Checkpoint(parsing: bytes)
                else { continue }
                content.covered = checkpoint.entries.map(\.place)
                content.checkpointCellCount = LogPart.cellCount(bytes.count)
                content.checkpointGreatest = checkpoint.greatest
                return checkpoint
            }
        }
        return nil
    }

    /// The greatest first.
    static func bySequence(
        _ cells: [LogReader.Cell]
    ) -> [(sequence: UInt64, cells: [LogReader.Cell])] {
        Dictionary(grouping: cells) { $0.address.sequence }.sorted { $0.key > $1.key }
            .map { ($0.key, $0.value) }
    }

    /// Every commit of the log that is whole, as its joined bytes.
    func log(
        of keys: CellKeys, in index: CellIndex
    ) throws(VaultError) -> [ID16: ArraySlice<UInt8>] {
        let cells = index.candidates(keys).filter { $0.address.kind == .log }
            .sorted { $0.row < $1.row }
        return try file.reading { () throws(VaultError) in
            try LogReader(boxes, cells, keys, vault: vault).read().pile.sorted().wholes
        }
    }

    /// Sequences in ids are hints, so the greatest counts only if its box opens.
    private func readGreatestVisit(
        _ keys: CellKeys, into content: inout VaultContent
    ) throws(VaultError) {
        let visits = content.index.candidates(keys).filter { $0.address.kind == .visit }
            .sorted { ($0.address.sequence, $0.row) > ($1.address.sequence, $1.row) }
        for visit in visits {
            if try self.content(visit.row, at: visit.address, keys: keys) != nil {
                content.greatest[.visit] = visit.address.sequence
                return
            }
            content.damage.append(.cell(row: visit.row))
        }
    }
}

extension CellAddress {
    static let slot = CellAddress(kind: .slot, sequence: 0)
}

/// A stored choice of the owner: record kind 22; fields: 1 name, 2 value.
enum Setting {
    static let nameTag: UInt8 = 1
    static let valueTag: UInt8 = 2

    /// The entity of a setting: BLAKE2b-128("amparo/setting/1" ‖ name).
    static func id(_ name: String) -> ID16? {
        ID16(BLAKE2b.hash(count: 16, Array("amparo/setting/1".utf8), Array(name.utf8)))
    }

    /// The vault has no chaff and gets none.
    static let provable = FieldList([Field(nameTag, "provable"), Field(valueTag, [1])])
}
