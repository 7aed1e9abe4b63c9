internal import Database
internal import Encoding
package import Platform
internal import Secrets

/// What lies in a shared folder for a vault, before anything is taken or given.
package struct BrickSurvey: Sendable {
    let folder: String
    /// Bricks with cells that are not here.
    var unseen: [String] = []
    package internal(set) var unseenCount = 0
    /// Cells that the folder has for sure.
    var there: Set<[UInt8]> = []
    /// Bricks that are cut short or altered: half copied, perhaps. What is whole in them counts.
    package internal(set) var incompleteCount = 0
    /// Cells whose box is not what their id says.
    package internal(set) var refusedCount = 0
    /// Bricks of other vaults, which are left alone.
    package internal(set) var foreignCount = 0
    /// Bricks from before or after this vault was rewritten.
    package internal(set) var otherLineageCount = 0

    package var unseenByteCount: Int { unseenCount * CellFormat.boxByteCount }
}

/// Exchange of cells through a folder that anybody may write to: a stick, or one that a program
/// keeps the same on several machines. Needs no key.
extension VaultFile {
    /// Reads every brick of the folder. Files of another kind are nobody's business.
    ///
    /// - Throws: When the folder cannot be listed; a brick that cannot be read is counted.
    package func survey(
        _ folder: String, files: any FileSystem
    ) throws(VaultError) -> BrickSurvey {
        let (mine, isWhole) = try scan()
        let index = isWhole ? mine : try scanEverything().index
        var survey = BrickSurvey(folder: folder)
        for name in try Self.brickNames(folder, files) {
            guard let brick = Self.brick(name, in: folder, files) else {
                survey.incompleteCount += 1
                continue
            }
            guard brick.head.salt == head.salt else {
                survey.foreignCount += 1
                continue
            }
            guard brick.head.lineage == head.lineage else {
                survey.otherLineageCount += 1
                continue
            }
            if !brick.isWhole { survey.incompleteCount += 1 }
            var unseen = 0
            for cell in brick.cells {
                guard
                    CellFormat.check(of: cell.box.span)
                        .elementsEqual(cell.id.prefix(CellFormat.checkByteCount))
                else {
                    survey.refusedCount += 1
                    continue
                }
                let id = Array(cell.id)
                guard survey.there.insert(id).inserted, !index.contains(id) else { continue }
                unseen += 1
            }
            survey.unseenCount += unseen
            if unseen > 0 { survey.unseen.append(name) }
        }
        return survey
    }

    /// Takes in what the survey found, brick by brick: what came in stays, should a stick go.
    ///
    /// - Returns: Cells that came in.
    package func take(
        _ survey: BrickSurvey, files: any FileSystem
    ) throws(VaultError) -> Int {
        var added = 0
        for name in survey.unseen {
            guard let brick = Self.brick(name, in: survey.folder, files),
                brick.head.salt == head.salt, brick.head.lineage == head.lineage
            else { continue }
            added += try VaultError.wrapping { () throws(DatabaseError) in
                try database.transaction { () throws(DatabaseError) in
                    let writer = try RowWriter(database)
                    var count = 0
                    for cell in brick.cells
                    where try writer.insertForeign(id: cell.id, box: cell.box.span).get() {
                        count += 1
                    }
                    return count
                }
            }
        }
        return added
    }

    /// Writes every cell that the folder lacks, in random order, as new bricks.
    ///
    /// - Returns: Cells that went out.
    package func give(
        _ survey: BrickSurvey, files: any FileSystem, random: VaultRandom
    ) throws(VaultError) -> Int {
        let index = try scanEverything().index
        var places = index.rows.indices.filter { !survey.there.contains(Array(index.id(at: $0))) }
        random.order.shuffle(&places)
        var sent = 0
        for part in places.chunks(of: Brick.cellLimit) {
            let cells = try self.cells(at: part, in: index)
            guard !cells.isEmpty else { continue }
            let name = "\(ID16(random: random.names))\(Brick.suffix)"
            do throws(FileError) {
                try files.replace(
                    Path.join(survey.folder, name), with: Brick.serialized(cells, head: head))
            } catch {
                throw VaultError(error)
            }
            sent += cells.count
        }
        return sent
    }

    /// Whole rows; damaged ones stay at home.
    private func cells(
        at places: [Int], in index: CellIndex
    ) throws(VaultError) -> [SealedCell] {
        let boxes = try boxes()
        return try reading { () throws(VaultError) in
            var cells: [SealedCell] = []
            for place in places {
                let id = index.id(at: place)
                let box = try boxes.withBox(index.rows[place]) { box -> [UInt8]? in
                    guard box.count == CellFormat.boxByteCount,
                        CellFormat.check(of: box)
                            .elementsEqual(id.prefix(CellFormat.checkByteCount))
                    else { return nil }
                    return box.indices.map { box[$0] }
                }
                if let box { cells.append(SealedCell(id: Array(id), box: box)) }
            }
            return cells
        }
    }

    /// Makes a vault at `path`, where nothing may be, from the bricks of a folder.
    ///
    /// - Throws: `.notFound` without bricks, `.otherVault` when they are of several vaults.
    package static func make(
        at path: String, from folder: String, files: any FileSystem
    ) throws(VaultError) {
        var heads: Set<Head> = []
        for name in try brickNames(folder, files) {
            if let brick = brick(name, in: folder, files) { heads.insert(brick.head) }
        }
        guard let head = heads.popFirst() else { throw .notFound }
        guard heads.isEmpty else { throw .otherVault }
        _ = try create(at: path, head: head, cells: [], files: files, system: nil)
    }

    private static func brickNames(
        _ folder: String, _ files: any FileSystem
    ) throws(VaultError) -> [String] {
        do throws(FileError) {
            return try files.list(folder).filter { $0.hasSuffix(Brick.suffix) }
        } catch {
            throw VaultError(error)
        }
    }

    /// - Returns: nil for what is no regular file, too large, unreadable or no brick.
    private static func brick(
        _ name: String, in folder: String, _ files: any FileSystem
    ) -> Brick? {
        let path = Path.join(folder, name)
        guard let status = try? files.linkStatus(path), status.kind == .regular,
            let bytes = try? files.read(path, limit: Brick.byteLimit)
        else { return nil }
        return Brick(parsing: bytes)
    }
}
