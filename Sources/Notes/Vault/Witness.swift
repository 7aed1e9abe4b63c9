internal import Encoding
internal import Platform

/// What the vault looked like when this device last wrote to it, so that an older copy in its
/// place is noticed. Holds no secret and nothing that depends on the compartment.
///
/// Layout: "AMPWITN1" ‖ vault id 16 ‖ row count u64 ‖ hash of sorted ids 32 ‖ ids of the last
/// commit's rows, 32 each, at most 64.
struct Witness: Hashable {
    let vault: ID16
    let rowCount: Int
    let hash: [UInt8]
    let lastCommit: [[UInt8]]

    static let magic = Array("AMPWITN1".utf8)
    /// Rows are shuffled, so the first ones stand for all.
    static let idLimit = 64

    init(vault: ID16, index: CellIndex, lastCommit: [SealedCell]) {
        self.vault = vault
        rowCount = index.count
        hash = index.hash()
        self.lastCommit = lastCommit.prefix(Self.idLimit).map(\.id)
    }

    init?(parsing bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let magic = try? reader.raw(Self.magic.count), magic.elementsEqual(Self.magic),
            let vault = try? reader.id16(), let count = try? reader.u64(),
            let rowCount = Int(exactly: count), let hash = try? reader.raw(32),
            reader.remaining % CellFormat.idByteCount == 0
        else { return nil }
        self.vault = vault
        self.rowCount = rowCount
        self.hash = Array(hash)
        var ids: [[UInt8]] = []
        while let id = try? reader.raw(CellFormat.idByteCount) { ids.append(Array(id)) }
        lastCommit = ids
    }

    func serialized() -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(Self.magic)
        writer.raw(vault.bytes)
        writer.u64(UInt64(rowCount))
        writer.raw(hash)
        for id in lastCommit { writer.raw(id) }
        return writer.bytes
    }

    /// Whether the file in front of us is older than what this device wrote. A count that only
    /// differs is another device's copy.
    func isContradicted(by index: CellIndex) -> Bool {
        lastCommit.contains { !index.contains($0) }
    }
}

extension VaultContext {
    private var witnessPath: String { Path.join(stateFolder, "witness") }

    /// - Returns: nil without one, or with one of another vault.
    func witness(of vault: ID16) -> Witness? {
        let limit = 64 + CellFormat.idByteCount * Witness.idLimit
        guard let bytes = try? files.read(witnessPath, limit: limit),
            let witness = Witness(parsing: bytes), witness.vault == vault
        else { return nil }
        return witness
    }

    /// Best effort: the commit itself is done by now.
    func keep(_ witness: Witness) {
        try? files.createDirectories(stateFolder)
        try? files.replace(witnessPath, with: witness.serialized())
    }
}
