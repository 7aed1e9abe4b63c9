package import Encoding
internal import Platform
internal import Secrets

/// A cell on its way to the file; chaff and guests have no address.
struct PendingCell {
    let cell: SealedCell
    let address: CellAddress?
}

extension Vault {
    @discardableResult
    package func stage(
        kind: UInt8, entity: ID16?, parents: [ID16], fields: FieldList
    ) -> Record {
        let names = context.random.names
        let record = Record(
            kind: kind, entity: entity ?? ID16(random: names), version: ID16(random: names),
            parents: parents, time: context.clock.now, device: device, fields: fields)
        records.append(record)
        return record
    }

    /// Forgets what was staged and is not in the file; the commit is then a mere visit.
    package func discardStaged() {
        records.removeSubrange(stagedFrom...)
        pending = []
        guests = []
    }

    func stage(_ slot: Slot, under keys: CellKeys) {
        slot.serialized().withBytes { bytes in
            var content = bytes.indices.map { bytes[$0] }
            defer { Zeroing.zero(&content) }
            stage(content, at: .slot, under: keys)
        }
    }

    /// Seals a cell that goes with the next transaction.
    func stage(_ content: [UInt8], at address: CellAddress, under keys: CellKeys) {
        let cell = keys.seal(
            content, at: address, vault: id, random: context.random.boxes)
        pending.append(PendingCell(cell: cell, address: address))
    }

    /// Bytes of sealed cells that wait for the next transaction.
    var pendingByteCount: Int { pending.count * CellFormat.boxByteCount }

    /// Whether the file is there to take a transaction before the commit.
    var isOnDisk: Bool { file != nil }

    private var hasStaged: Bool { stagedFrom < records.count || !pending.isEmpty || file == nil }

    /// Stores this invocation: visit, staged records, blobs, chaff, in one transaction.
    ///
    /// An editor that saves drafts commits more than once.
    ///
    /// - Throws: Why staged records could not be stored; they stay staged, and nothing of them is
    ///   in the file. Without staged records a medium that does not take the visit is an outcome.
    ///   `.noRoom` when what is hidden does not fit: then a visit was written, and no more.
    package func commit() throws(VaultError) -> CommitOutcome {
        let hasContent = hasStaged || !guests.isEmpty
        do throws(VaultError) {
            if let refusal { throw refusal }
            // What was to become a vault was given up: one without slots would open for nobody.
            guard file != nil || !pending.isEmpty else { throw .notFound }
            try write()
            return .written
        } catch {
            guard !hasContent else { throw error }
            return .visitNotWritten(error)
        }
    }

    /// Cells of the outer compartment add to a commit, as everybody may see; hidden ones take the
    /// places of chaff, all of them or none.
    private func write() throws(VaultError) {
        let sealed: (commit: Commit, cells: [PendingCell])? = hasStaged ? try sealStaged() : nil
        let own = pending + (sealed?.cells ?? [])
        let hidden = (isHidden ? own : []) + guests
        let fits = hidden.count <= chaffCount
        let room = roomInAll
        let checkpoint = checkpoint(
            after: sealed, spare: isHidden && fits ? chaffCount - hidden.count : 0)
        let visit = Visit(device: device, minute: context.clock.now.minute)
        let address = next(.visit, 0)
        let visitCell = visitKeys.seal(
            visit.serialized(), at: address, vault: id, random: context.random.boxes)
        let written = try append(
            (isHidden ? [] : own + checkpoint.cells)
                + [PendingCell(cell: visitCell, address: address)],
            hidden: (fits ? hidden : []) + (isHidden ? checkpoint.cells : []))
        drawChaffCount()
        context.keep(Witness(vault: id, index: index, lastCommit: written))
        guard fits else { throw .noRoom(byteCount: room) }
        coverage.take(sealed?.cells.count ?? 0, checkpoint)
        if let commit = sealed?.commit {
            // Leaves beyond the parents that fit stay leaves.
            leaves = (leaves.dropFirst(Commit.parentLimit) + [commit.id]).sorted()
            stagedFrom = records.count
        }
        pending = []
        guests = []
    }

    /// What was staged as a commit of this compartment, cut and sealed.
    func sealStaged() throws(VaultError) -> (commit: Commit, cells: [PendingCell]) {
        let commit = Commit(
            id: ID16(random: context.random.names),
            parents: Array(leaves.prefix(Commit.parentLimit)),
            records: Array(records[stagedFrom...]))
        let cells = try LogPart.cut(commit).enumerated().map { offset, part in
            let address = next(.log, offset)
            var content = part.serialized()
            defer { Zeroing.zero(&content) }
            let cell = compartmentKeys.seal(
                content, at: address, vault: id, random: context.random.boxes)
            return PendingCell(cell: cell, address: address)
        }
        return (commit, cells)
    }

    /// Writes blob cells ahead of the commit that publishes them, with chaff and without a visit.
    func flushPending() throws(VaultError) {
        try requireWritable()
        _ = try append(pending, hidden: [])
        pending = []
    }

    /// Said before somebody writes for an hour.
    ///
    /// - Throws: `.readOnly` or `.newerRecords` where nothing can be stored.
    package func requireWritable() throws(VaultError) {
        if let refusal { throw refusal }
    }

    private func next(_ kind: CellKind, _ offset: Int) -> CellAddress {
        // Saturates: rows may share a sequence, and nobody gets there in this universe.
        let sequence = min(
            (greatest[kind] ?? 0) + 1 + UInt64(offset), CellAddress.greatestSequence)
        return CellAddress(kind: kind, sequence: sequence)
    }

    /// Fills up with chaff, shuffles, and writes one transaction.
    ///
    /// - Precondition: `hidden` has at most `chaffCount` cells.
    private func append(
        _ visible: [PendingCell], hidden: [PendingCell]
    ) throws(VaultError) -> [SealedCell] {
        var cells = visible + hidden
        for _ in hidden.count..<chaffCount {
            cells.append(PendingCell(cell: .chaff(context.random.boxes), address: nil))
        }
        context.random.order.shuffle(&cells)
        let sealed = cells.map(\.cell)
        let rows: [Int64]
        if let file {
            rows = try file.append(sealed)
        } else {
            (file, rows) = try VaultFile.create(
                at: path, head: head, cells: sealed, files: context.files, system: system)
        }
        index.add(sealed, rows: rows)
        var blobCells: [(sequence: UInt64, row: Int64)] = []
        for (cell, row) in zip(cells, rows) {
            guard let address = cell.address else { continue }
            if address.kind == .blob { blobCells.append((address.sequence, row)) }
            greatest[address.kind] = max(greatest[address.kind] ?? 0, address.sequence)
        }
        if !blobCells.isEmpty { blobs.add(blobCells) }
        return sealed
    }
}
