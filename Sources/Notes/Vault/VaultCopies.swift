internal import Database
package import Platform

/// What a restored vault brought back.
package struct RestoreReport: Hashable, Sendable {
    package let id: ID16
    package let rowCount: Int
    /// Damaged rows, which were left out: nobody could have opened them.
    package let refusedCount: Int
}

extension VaultFile {
    /// Copies a vault to `target`, where nothing may be, and reads the copy back to compare.
    ///
    /// - Throws: `.alreadyExists`, `.full`, `.copyDiffers`, …; then nothing is at `target`.
    package func backup(to target: String, files: any FileSystem) throws(VaultError) {
        try VaultDraft.place(at: target, named: .random, files) { (draft) throws(VaultError) in
            try copyPages(to: draft)
            let copy = try VaultFile(draft, access: .readOnly)
            let (mine, isWhole) = try scanEverything()
            let (theirs, isCopyWhole) = try copy.scanEverything()
            // What is damaged here is damaged there: a copy is compared and not judged.
            guard copy.head == head, theirs.hash() == mine.hash(), isCopyWhole == isWhole,
                try copy.damagedRows(theirs) == damagedRows(mine)
            else { throw .copyDiffers }
        }
    }

    /// In a function of its own, so that the copy is closed and on the disk before it is read.
    private func copyPages(to draft: String) throws(VaultError) {
        try VaultError.wrapping { () throws(DatabaseError) in
            try database.copyPages(to: try Database(path: draft, access: .create))
        }
    }

    /// Makes a vault at `target`, where nothing may be, from a copy that anybody may have made:
    /// row by row into a new file, so that nothing of the copy's structure is taken over.
    ///
    /// - Throws: `.notRegular` for a link or a device, `.notAVault`, `.alreadyExists`, …
    package static func restore(
        from source: String, to target: String, files: any FileSystem
    ) throws(VaultError) -> RestoreReport {
        do throws(FileError) {
            guard let status = try files.status(source) else { throw FileError.notFound }
            guard status.kind == .regular else { throw FileError.notRegular }
        } catch {
            throw VaultError(error)
        }
        let copy = try VaultFile(source, access: .foreign)
        return try VaultDraft.place(at: target, named: .fixed, files) {
            (draft) throws(VaultError) in
            try write(draft, head: copy.head) { (writer) throws(VaultError) in
                try copy.reading { () throws(VaultError) in try copy.copyRows(to: writer) }
            }
        }
    }

    private func copyRows(to writer: RowWriter) throws(VaultError) -> RestoreReport {
        let index = try scanEverything().index
        let boxes = try boxes()
        var copied: Set<Int64> = []
        for place in index.placesByRow {
            let row = index.rows[place]
            if try writer.insertForeign(row, id: index.id(at: place), from: boxes) {
                copied.insert(row)
            }
        }
        return RestoreReport(
            id: self.id, rowCount: copied.count,
            refusedCount: index.misshapen.union(index.rows).subtracting(copied).count)
    }
}
