internal import Database
internal import Encoding
internal import Platform
internal import Primitives
package import Secrets

/// What stays of a vault that is written anew.
package struct Lasting: Sendable {
    package let records: [Record]
    /// Those that the records name.
    package let blobs: [BlobReference]

    package init(records: [Record], blobs: [BlobReference]) {
        self.records = records
        self.blobs = blobs
    }
}

/// What a rewritten vault has.
package struct RewriteReport: Hashable, Sendable {
    /// Cells sealed with the new keys.
    package internal(set) var sealedCount = 0
    /// Cells that do not open here, carried as they were or left behind.
    package internal(set) var carriedCount = 0
    package internal(set) var discardedCount = 0
    /// Pieces of blobs that were missing or damaged already.
    package internal(set) var lostCount = 0
}

/// A vault written anew, with new keys for its outer compartment, in a file that takes the old
/// one's place when it is whole and was read back.
extension Vault {
    /// Nothing may be staged, and nothing can be done with this vault afterwards.
    ///
    /// The passphrase that opened it goes on; others only if they are given here.
    ///
    /// - Parameters:
    ///   - recovery: 16 new random bytes for the recovery words.
    ///   - passphrases: Others that shall open it.
    ///   - discardsUnopened: Leaves behind what does not open: chaff, other passphrases' slots,
    ///     hidden compartments.
    /// - Throws: `.hiddenSession`, `.sessionEnded` unless a passphrase opened it, `.nothingToKeep` and
    ///   `.hiddenToKeep`, `.replaced` when somebody wrote meanwhile, …; then the old file is as it was.
    package func rewrite(
        keeping lasting: Lasting, recovery: borrowing SecretBytes, passphrases: [SharedSecret],
        discardsUnopened: Bool
    ) throws(VaultError) -> RewriteReport {
        try requireWritable()
        guard !isHidden else { throw .hiddenSession }
        guard let slotKeys else { throw .sessionEnded }
        guard let file else { throw .notFound }
        do { try loadDeferred() } catch { throw (error as? VaultError) ?? .damaged }
        var doors = [(keys: slotKeys, origin: slot.origin)]
        for passphrase in passphrases {
            doors.append((try keysToKeep(passphrase, in: file), .passphrase))
        }
        let words = try SlotKey.stretch(try SlotKey.passphrase(recovery: recovery), for: head)
        doors.append((SlotKey.keys(from: words, pepper: context.pepper), .recovery))

        return try file.database.transaction(wrapping: { VaultError($0) }) {
            () throws(VaultError) in
            // Between opening and now somebody may have written; from here on nobody can.
            guard try file.scan().index.hash() == index.hash() else { throw .replaced }
            var plan = try RewritePlan(
                self, doors: doors, lasting: lasting, discardsUnopened: discardsUnopened)
            context.random.order.shuffle(&plan.items)
            let written = try VaultDraft.replace(path, context.files) {
                (draft) throws(VaultError) in
                let written = try VaultFile.write(draft, head: plan.head, system: system) {
                    (writer) throws(VaultError) in try plan.write(to: writer, from: self)
                }
                try plan.verify(draft, context: context)
                return written
            }
            context.keep(
                Witness(vault: id, index: try VaultFile(path).scan().index, lastCommit: written))
            return plan.report
        }
    }
}

extension Vault {
    /// The keys of the slot that this passphrase opens now. Made an outer slot of this file, a hidden
    /// one would be gone, and with it the only way into its compartment.
    private func keysToKeep(
        _ passphrase: SharedSecret, in file: VaultFile
    ) throws(VaultError) -> CellKeys {
        let attempt = try KeyAttempt(
            .passphrase(passphrase.bytes.copy()), pepper: context.pepper, head: head)
        guard case (let slot, let keys?)? = try attempt.slot(try VaultReader(file), index) else {
            throw .nothingToKeep
        }
        guard slot.role == .outer else { throw .hiddenToKeep }
        return keys
    }
}

/// Every row of the new file, before any is sealed.
private struct RewritePlan {
    enum Item {
        case carried(row: Int64, id: [UInt8])
        case sealed(SealedCell)
        case log(LogPart, sequence: UInt64)
        case piece(BlobReference, index: Int)
        case chaff
    }

    var items: [Item] = []
    var report = RewriteReport()
    let head: Head
    private let slot: Slot
    private let keys: CellKeys
    private let recordCount: Int

    /// A commit of so many bytes is cut into fewer parts than it can have.
    private static let commitByteCount = 16 << 20

    init(
        _ vault: Vault, doors: [(keys: CellKeys, origin: SlotOrigin)], lasting: Lasting,
        discardsUnopened: Bool
    ) throws(VaultError) {
        let random = vault.context.random
        head = Head(
            salt: vault.head.salt, cost: vault.head.cost, lineage: ID16(random: random.names))
        slot = Slot(
            role: .outer, origin: vault.slot.origin,
            master: random.names.secret(count: 32), visitKey: vault.slot.visitKey.copy(),
            minute: vault.context.clock.now.minute)
        keys = CellKeys(from: slot.master, context: "AmpComp1")
        let records = lasting.records.compactMap { vault.whole($0) }
        recordCount = records.count
        report.lostCount = lasting.records.count - records.count
        try addRows(of: vault, doors.map(\.keys), discardsUnopened: discardsUnopened)
        for door in doors {
            let issued = slot.issued(to: door.origin, minute: slot.minute)
            items.append(.sealed(seal(issued, under: door.keys, vault)))
        }
        try addLog(records, random)
        for blob in lasting.blobs {
            let limit = UInt64(BlobPiece.dataLimit)
            let count = blob.byteCount / limit + (blob.byteCount % limit == 0 ? 0 : 1)
            guard count <= UInt64(BlobPiece.greatestIndex) else { throw .blobDamaged(blob.id) }
            items += (0..<Int(count)).map { .piece(blob, index: $0) }
        }
        // This run's own visit.
        let visit = Visit(device: vault.device, minute: slot.minute)
        let sequence = min((vault.greatest[.visit] ?? 0) + 1, CellAddress.greatestSequence)
        items.append(
            .sealed(
                vault.visitKeys.seal(
                    visit.serialized(), at: CellAddress(kind: .visit, sequence: sequence),
                    vault: vault.id, random: random.boxes)))
        report.sealedCount = items.count - report.carriedCount
        items += Array(repeating: .chaff, count: vault.chaffCount)
    }

    private func seal(_ slot: Slot, under keys: CellKeys, _ vault: Vault) -> SealedCell {
        slot.serialized().withBytes { bytes in
            var content = bytes.indices.map { bytes[$0] }
            defer { Zeroing.zero(&content) }
            return keys.seal(
                content, at: .slot, vault: vault.id, random: vault.context.random.boxes)
        }
    }

    /// What stays as it is: visits, and all that does not open.
    private mutating func addRows(
        of vault: Vault, _ doors: [CellKeys], discardsUnopened: Bool
    ) throws(VaultError) {
        // Cells of ours that are damaged have no use under any key.
        var own = Set(vault.index.candidates(vault.compartmentKeys).map(\.row))
        for keys in doors {
            own.formUnion(
                vault.index.candidates(keys).filter { $0.address == .slot }.map(\.row))
        }
        let visits = Set(vault.index.candidates(vault.visitKeys).map(\.row))
        for (place, row) in vault.index.rows.enumerated() where !own.contains(row) {
            if discardsUnopened, !visits.contains(row) {
                report.discardedCount += 1
            } else {
                items.append(.carried(row: row, id: Array(vault.index.id(at: place))))
                report.carriedCount += 1
            }
        }
    }

    /// The records in as few commits as they fit into, each the parent of the next.
    private mutating func addLog(
        _ records: [Record], _ random: VaultRandom
    ) throws(VaultError) {
        var parents: [ID16] = []
        var sequence: UInt64 = 1
        var rest = records[...]
        repeat {
            var size = 0
            let fitting = rest.prefix { record in
                size += record.byteCount
                return size <= Self.commitByteCount
            }
            let batch = rest.prefix(max(fitting.count, 1))
            rest = rest.dropFirst(batch.count)
            let commit = Commit(
                id: ID16(random: random.names), parents: parents, records: Array(batch))
            for part in try LogPart.cut(commit) {
                items.append(.log(part, sequence: sequence))
                sequence += 1
            }
            parents = [commit.id]
        } while !rest.isEmpty
    }

    /// - Returns: The rows that stand for this write in the witness.
    mutating func write(
        to writer: RowWriter, from vault: Vault
    ) throws(VaultError) -> [SealedCell] {
        let random = vault.context.random.boxes
        guard let file = vault.file else { throw .notFound }
        let reader = try VaultReader(file)
        let boxes = try file.boxes()
        var written: [SealedCell] = []
        for item in items {
            let cell: SealedCell
            switch item {
            case .carried(let row, let id):
                // A row that is damaged would be one in every copy for ever.
                if try !writer.insertForeign(row, id: id[...], from: boxes) {
                    report.lostCount += 1
                }
                continue
            case .sealed(let sealed): cell = sealed
            case .chaff: cell = .chaff(random)
            case .log(let part, let sequence):
                var content = part.serialized()
                defer { Zeroing.zero(&content) }
                cell = keys.seal(
                    content, at: CellAddress(kind: .log, sequence: sequence), vault: vault.id,
                    random: random)
            case .piece(let blob, let index):
                guard var data = try? vault.piece(blob.id, index, reader) else {
                    report.lostCount += 1
                    continue
                }
                defer { Zeroing.zero(&data) }
                var content = BlobPiece.header(blob.id, index) + data
                defer { Zeroing.zero(&content) }
                cell = keys.seal(
                    content, at: BlobPiece.address(blob.id, index), vault: vault.id,
                    random: random)
            }
            try VaultError.wrapping { () throws(DatabaseError) in _ = try writer.insert([cell]) }
            if written.count < Witness.idLimit { written.append(cell) }
        }
        return written
    }

    /// Opens what was written with its new keys, before it takes the old file's place.
    func verify(_ draft: String, context: VaultContext) throws(VaultError) {
        let file = try VaultFile(draft, access: .readOnly)
        let (index, isWhole) = try file.scan()
        let content = try VaultReader(file).content(of: slot, in: index)
        guard isWhole, content.damage.isEmpty, file.head == head,
            content.history.commits.reduce(0, { $0 + $1.records.count }) == recordCount
        else { throw .copyDiffers }
    }
}
