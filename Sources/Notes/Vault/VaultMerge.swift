internal import Database

/// What a merge brought.
package struct MergeReport: Hashable, Sendable {
    package let addedCount: Int
    /// Rows of the other copy that were here already.
    package let knownCount: Int
    /// Rows whose id, box or length is wrong: they could stand in the way of genuine ones.
    package let refusedCount: Int
}

extension VaultFile {
    /// Takes in every row of another copy of this vault that is not here yet, in one transaction:
    /// the union of both, whichever way and however often copies are merged. Needs no key.
    ///
    /// Nothing of the other file is trusted but that the first half of an id is its box's hash.
    ///
    /// - Throws: `.otherVault`, `.otherLineage`, `.notRegular` for a link, `.notAVault`, …; then
    ///   nothing was taken in.
    package func merge(_ source: String) throws(VaultError) -> MergeReport {
        let other = try VaultFile(source, access: .foreign)
        guard other.id == id else { throw .otherVault }
        guard other.head.lineage == head.lineage else { throw .otherLineage }
        return try other.reading { () throws(VaultError) in
            let theirs = try other.scanEverything().index
            return try database.transaction(wrapping: { VaultError($0) }) {
                () throws(VaultError) in
                let (mine, isWhole) = try scan()
                return try add(
                    theirs, of: other, beside: isWhole ? mine : try scanEverything().index)
            }
        }
    }

    private func add(
        _ theirs: CellIndex, of other: VaultFile, beside mine: CellIndex
    ) throws(VaultError) -> MergeReport {
        let new = theirs.places(notIn: mine)
        let boxes = try other.boxes()
        let writer = try VaultError.wrapping { () throws(DatabaseError) in
            try RowWriter(database)
        }
        var added = 0
        // In the order of the file: a disk reads forward faster.
        for place in new.sorted(by: { theirs.rows[$0] < theirs.rows[$1] }) {
            let row = theirs.rows[place]
            if try writer.insertForeign(row, id: theirs.id(at: place), from: boxes) { added += 1 }
        }
        return MergeReport(
            addedCount: added, knownCount: theirs.count - new.count,
            refusedCount: new.count - added + theirs.misshapen.count)
    }
}

extension CellIndex {
    /// Places of the ids that `other` does not have; both are in ascending order.
    fileprivate func places(notIn other: CellIndex) -> [Int] {
        var found: [Int] = []
        var theirs = 0
        for place in rows.indices {
            let id = self.id(at: place)
            while theirs < other.count, other.id(at: theirs).lexicographicallyPrecedes(id) {
                theirs += 1
            }
            if theirs == other.count || !other.id(at: theirs).elementsEqual(id) {
                found.append(place)
            }
        }
        return found
    }
}
