internal import Database

/// What can be said about a vault's file without any key.
package struct VaultStatus: Hashable, Sendable {
    package let id: ID16
    package let cost: KeyDerivationCost
    /// Cells, chaff included.
    package let rowCount: Int
    package let byteCount: Int64
    /// BLAKE2b-256 over all ids in ascending order: the same on every whole copy.
    package let witness: [UInt8]
    package let isReadOnly: Bool
}

extension VaultFile {
    package func status() throws(VaultError) -> VaultStatus {
        try status(try scan().index)
    }

    func status(_ index: CellIndex) throws(VaultError) -> VaultStatus {
        let byteCount = try VaultError.wrapping { () throws(DatabaseError) in
            (try database.integer("PRAGMA page_count") ?? 0)
                * (try database.integer("PRAGMA page_size") ?? 0)
        }
        return VaultStatus(
            id: id, cost: head.cost, rowCount: index.count, byteCount: byteCount,
            witness: index.hash(), isReadOnly: isReadOnly)
    }
}

extension Vault {
    /// - Throws: `.notFound` for a new vault before its first commit.
    package func status() throws(VaultError) -> VaultStatus {
        guard let file else { throw .notFound }
        return try file.status(index)
    }

    /// The owner's access log, oldest first: every opening on every device whose cells are here,
    /// this invocation's own after its commit.
    package func visits() throws(VaultError) -> [Visit] {
        guard let file else { return [] }
        let reader = try VaultReader(file)
        var visits: [(sequence: UInt64, visit: Visit)] = []
        for candidate in try file.scan().index.candidates(visitKeys)
        where candidate.address.kind == .visit {
            let content = try reader.content(
                candidate.row, at: candidate.address, keys: visitKeys)
            guard let visit = content.flatMap({ Visit(parsing: $0[...]) }) else { continue }
            visits.append((candidate.address.sequence, visit))
        }
        // By time, and within a minute in the order of writing.
        return visits.sorted { ($0.visit.minute, $0.sequence) < ($1.visit.minute, $1.sequence) }
            .map(\.visit)
    }
}
