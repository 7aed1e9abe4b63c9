internal import Database

/// What a check of every row found.
package struct VaultCheck: Hashable, Sendable {
    package let rowCount: Int
    /// Cells of the opened compartment that are whole; 0 without a key.
    package let openedCount: Int
    package let damage: [VaultDamage]

    package var isWhole: Bool { damage.isEmpty }
}

extension VaultFile {
    /// Looks at every row without any key: a flipped bit shows in r, whoever owns the cell.
    package func check() throws(VaultError) -> VaultCheck {
        var damage = self.damage
        let (index, isWhole) = try scanEverything()
        let isSound = try isSound()
        if !isWhole || !isSound { damage.append(.structure) }
        damage += try damagedRows(index)
        return VaultCheck(rowCount: Set(index.rows).count, openedCount: 0, damage: damage)
    }

    /// Rows whose box, length or type is not what their id says, in ascending order.
    func damagedRows(_ index: CellIndex) throws(VaultError) -> [VaultDamage] {
        try reading { () throws(VaultError) in try findDamagedRows(index) }
    }

    private func findDamagedRows(_ index: CellIndex) throws(VaultError) -> [VaultDamage] {
        let boxes = try boxes()
        var damaged: Set<Int64> = index.misshapen
        for place in index.placesByRow {
            let row = index.rows[place]
            let check = index.id(at: place).prefix(CellFormat.checkByteCount)
            let isRight = try boxes.withBox(row) { box in
                box.count == CellFormat.boxByteCount
                    && CellFormat.check(of: box).elementsEqual(check)
            }
            if isRight != true { damaged.insert(row) }
        }
        return damaged.sorted().map { .row($0) }
    }

    /// Whether SQLite finds its own structures in order, and only the head rows that we made.
    private func isSound() throws(VaultError) -> Bool {
        do throws(DatabaseError) {
            guard try database.integer("SELECT count(*) FROM head") == Int64(Head.rowCount) else {
                return false
            }
            let rows = try database.prepare("PRAGMA integrity_check(1)")
            guard try rows.step(), rows.text(0) == "ok" else { return false }
            return try hasOwnHeader()
        } catch .corrupt {
            return false
        } catch {
            throw VaultError(error)
        }
    }

    /// The fields of SQLite's header that never change in a vault.
    ///
    /// Source: sqlite.org/fileformat2.html, section 1.3.
    private func hasOwnHeader() throws(DatabaseError) -> Bool {
        let header = try database.fileBytes(at: 0, count: 100)
        let isPageRight = header[16..<24].elementsEqual([0x10, 0, 1, 1, 0, 64, 32, 32])
        // No free pages, no vacuum, UTF-8, and zeros where nothing is.
        let isRestRight =
            header[32..<40].allSatisfy { $0 == 0 } && header[44..<48].elementsEqual([0, 0, 0, 4])
            && header[48..<56].allSatisfy { $0 == 0 }
            && header[56..<60].elementsEqual([0, 0, 0, 1]) && header[64..<68].allSatisfy { $0 == 0 }
            && header[72..<92].allSatisfy { $0 == 0 }
        return isPageRight && isRestRight
    }
}

extension Vault {
    /// Entities whose titles a checkpoint still tells, and whose texts were in what is lost.
    private func lostTexts(_ damage: [VaultDamage]) -> [ID16] {
        guard !damage.isEmpty else { return [] }
        try? loadDeferred()
        let lost = records.filter { record in
            guard let deferred = record.deferred else { return false }
            return (try? bytes(of: deferred)) == nil
        }
        return Set(lost.map(\.entity)).sorted()
    }

    /// Checks every row, opens every cell of this compartment, and reads every blob that is named.
    ///
    /// - Parameter blobs: What the records name; the vault does not know which do.
    package func check(blobs: [BlobReference]) throws(VaultError) -> VaultCheck {
        guard let file else { throw .notFound }
        var damage = damage
        let (index, _) = try file.scanEverything()
        let keyless = try file.check()
        damage += keyless.damage.filter { !damage.contains($0) }
        let reader = try VaultReader(file)
        var opened = 0
        for keys in [compartmentKeys, visitKeys] {
            for candidate in index.candidates(keys) {
                if try reader.content(candidate.row, at: candidate.address, keys: keys) != nil {
                    opened += 1
                } else if !damage.contains(.cell(row: candidate.row)) {
                    damage.append(.cell(row: candidate.row))
                }
            }
        }
        damage = try reader.withoutEchoes(damage, [compartmentKeys, visitKeys], index)
        damage += lostTexts(damage).map { .text($0) }
        for blob in blobs {
            do {
                try readBlob(blob) { _ in }
            } catch {
                damage.append(.blob(blob.id))
            }
        }
        return VaultCheck(rowCount: keyless.rowCount, openedCount: opened, damage: damage)
    }
}
