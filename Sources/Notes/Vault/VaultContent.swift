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
        var logCells: [(address: CellAddress, row: Int64)] = []
        var blobCells: [(sequence: UInt64, row: Int64)] = []
        for candidate in index.candidates(compartmentKeys) {
            switch candidate.address.kind {
            case .log: logCells.append(candidate)
            case .blob: blobCells.append((candidate.address.sequence, candidate.row))
            // A checkpoint only repeats what the log says; the other kinds have other keys.
            case .checkpoint, .slot, .visit: break
            }
        }
        content.blobs.add(blobCells)
        try readLog(logCells, compartmentKeys, into: &content)
        try readGreatestVisit(visitKeys, into: &content)
        return content
    }

    private func readLog(
        _ cells: [(address: CellAddress, row: Int64)], _ keys: CellKeys,
        into content: inout VaultContent
    ) throws(VaultError) {
        // In the order of the file: a disk reads forward faster.
        let cells = cells.sorted { $0.row < $1.row }
        let log = try LogReader(boxes, cells, keys, vault: vault).read()
        content.damage += log.damaged.sorted().map { .cell(row: $0) }
        content.hasLog = !log.pile.isEmpty
        if content.hasLog { content.greatest[.log] = log.greatest }
        let (wholes, parts) = log.pile.sorted()
        content.history = History(parts: parts, wholes: wholes)
        content.damage += content.history.damage
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
