internal import Database
internal import Encoding
internal import Platform
internal import Secrets

/// A vault's file before anybody has said a passphrase: head and rows, no keys.
package final class VaultFile {
    let database: Database
    let head: Head
    let path: String
    /// Damage to the head that did not matter.
    let damage: [VaultDamage]

    static let application: Int32 = 0x414D_5052
    static let version: Int32 = 1
    static let schema = [
        "CREATE TABLE head(n INTEGER PRIMARY KEY, salt BLOB NOT NULL, ops INTEGER NOT NULL,"
            + " mem INTEGER NOT NULL, lineage BLOB NOT NULL, sum BLOB NOT NULL)",
        "CREATE TABLE cell(n INTEGER PRIMARY KEY, id BLOB NOT NULL, box BLOB NOT NULL)",
        "CREATE UNIQUE INDEX cell_id ON cell(id)",
    ]
    /// No value in a vault is longer; a hostile file may claim a gigabyte.
    static let valueLimit = 16_384

    /// Names the vault; the session's key has it in its name.
    package var id: ID16 { head.salt }

    /// Another one after each rewrite.
    package var lineage: ID16 { head.lineage }

    package var isReadOnly: Bool { database.isReadOnly }

    package enum Access: Sendable {
        case readWrite
        case readOnly
        /// Somebody else's file: no link in its place.
        case foreign
    }

    /// Opens the file and reads its head.
    ///
    /// - Parameter system: Name of an SQLite VFS, for tests.
    /// - Throws: `.notFound`, `.notAVault`, `.newerFormat`, `.damaged`, `.unreasonableCost`,
    ///   `.unfinishedWrite`, `.busy`.
    package convenience init(
        _ path: String, access: Access = .readWrite, system: String? = nil
    ) throws(VaultError) {
        let database: Database
        do throws(DatabaseError) {
            let access: Database.Access =
                switch access {
                case .readWrite: .readWrite
                case .readOnly: .readOnly
                case .foreign: .readOnlyUnlinked
                }
            database = try Database(path: path, access: access, system: system)
        } catch .cannotOpen where (try? LinuxFileSystem().exists(path)) != false {
            // It is there: whoever is told that there is none makes another one.
            throw .file(.accessDenied)
        } catch {
            throw VaultError(error)
        }
        try self.init(reading: database, path: path)
    }

    init(reading database: Database, path: String) throws(VaultError) {
        self.database = database
        self.path = path
        database.limitLength(Self.valueLimit)
        let (application, version) = try VaultError.wrapping { () throws(DatabaseError) in
            (try database.applicationID(), try database.userVersion())
        }
        guard application == Self.application else { throw .notAVault }
        guard version <= Self.version else { throw .newerFormat(version: version) }
        guard version == Self.version else { throw .damaged }
        try VaultError.wrapping { () throws(DatabaseError) in
            try database.checkSchema(Self.schema)
        }
        (head, damage) = try Self.readHead(database)
    }

    private static func readHead(
        _ database: Database
    ) throws(VaultError) -> (Head, [VaultDamage]) {
        var good: Head?
        var damage: [VaultDamage] = []
        for number in 1...Head.rowCount {
            let head = try headRow(number, database)
            if head == nil || (good != nil && head != good) { damage.append(.head(number)) }
            good = good ?? head
        }
        guard let good else { throw .damaged }
        return (good, damage)
    }

    private static func headRow(
        _ number: Int, _ database: Database
    ) throws(VaultError) -> Head? {
        let row: Statement
        do throws(DatabaseError) {
            row = try database.prepare("SELECT salt, ops, mem, lineage, sum FROM head WHERE n=?")
            try row.bind(.integer(Int64(number)))
            guard try row.step() else { return nil }
        } catch .corrupt {
            return nil
        } catch {
            throw VaultError(error)
        }
        return try Head(
            salt: row.blob(0), operations: row.integer(1), byteCount: row.integer(2),
            lineage: row.blob(3), sum: row.blob(4))
    }
}

// MARK: - Writing

extension VaultFile {
    /// Appends rows in the order given, in one transaction.
    ///
    /// - Returns: Their numbers.
    func append(_ cells: [SealedCell]) throws(VaultError) -> [Int64] {
        try VaultError.wrapping { () throws(DatabaseError) in
            try database.transaction { () throws(DatabaseError) in
                try RowWriter(database).insert(cells)
            }
        }
    }

    /// Makes a vault of these rows at `path`: whole, or not there.
    static func create(
        at path: String, head: Head, cells: [SealedCell], files: any FileSystem, system: String?
    ) throws(VaultError) -> (VaultFile, [Int64]) {
        let rows = try VaultDraft.place(at: path, named: .fixed, files) {
            (draft) throws(VaultError) in
            try write(draft, head: head, system: system) { (writer) throws(VaultError) in
                try VaultError.wrapping { () throws(DatabaseError) in try writer.insert(cells) }
            }
        }
        return (try VaultFile(path, system: system), rows)
    }

    /// Writes a whole vault into the empty file `draft`, in one transaction, and closes it.
    static func write<R>(
        _ draft: String, head: Head, system: String? = nil,
        _ body: (RowWriter) throws(VaultError) -> R
    ) throws(VaultError) -> R {
        let database = try VaultError.wrapping { () throws(DatabaseError) in
            let database = try Database(path: draft, access: .create, system: system)
            try database.establishSchema(schema, application: application, version: version)
            return database
        }
        return try database.transaction(wrapping: { VaultError($0) }) { () throws(VaultError) in
            let writer = try VaultError.wrapping { () throws(DatabaseError) in
                let writer = try RowWriter(database)
                try writer.insert(head)
                return writer
            }
            return try body(writer)
        }
    }
}

/// Inserts rows; its user holds the transaction.
struct RowWriter {
    private let database: Database
    private let cell: Statement

    init(_ database: Database) throws(DatabaseError) {
        self.database = database
        cell = try database.prepare("INSERT INTO cell(id, box) VALUES(?,?)")
    }

    /// - Returns: The numbers of the rows.
    func insert(_ cells: [SealedCell]) throws(DatabaseError) -> [Int64] {
        var rows: [Int64] = []
        for cell in cells { rows.append(try insert(id: cell.id.span, box: cell.box.span)) }
        return rows
    }

    @discardableResult
    func insert(id: Span<UInt8>, box: Span<UInt8>) throws(DatabaseError) -> Int64 {
        defer { cell.reset() }
        try cell.bind(1, id)
        try cell.bind(2, box)
        _ = try cell.step()
        return database.lastInsertedRow
    }

    /// Inserts a row of a file that anybody may have made, if its box is what its id says.
    ///
    /// - Returns: false for any other, and for an id that is there already: beside a damaged index
    ///   a table can hold one twice.
    func insertForeign(
        _ row: Int64, id: ArraySlice<UInt8>, from boxes: BoxReader
    ) throws(VaultError) -> Bool {
        try boxes.withBox(row) { insertForeign(id: id, box: $0) }?.taken() ?? false
    }

    func insertForeign(
        id: ArraySlice<UInt8>, box: Span<UInt8>
    ) -> Result<Bool, DatabaseError> {
        guard id.count == CellFormat.idByteCount, box.count == CellFormat.boxByteCount,
            CellFormat.check(of: box).elementsEqual(id.prefix(CellFormat.checkByteCount))
        else { return .success(false) }
        do throws(DatabaseError) {
            try insert(id: id.span, box: box)
            return .success(true)
        } catch .constraint {
            return .success(false)
        } catch {
            return .failure(error)
        }
    }

    func insert(_ head: Head) throws(DatabaseError) {
        let insert = try database.prepare("INSERT INTO head VALUES(?,?,?,?,?,?)")
        for number in 1...Head.rowCount {
            try insert.run(
                .integer(Int64(number)), .blob(head.salt.bytes),
                .integer(Int64(head.cost.operations)), .integer(Int64(head.cost.byteCount)),
                .blob(head.lineage.bytes), .blob(head.sum))
        }
    }
}

extension Result where Success == Bool, Failure == DatabaseError {
    /// - Throws: The database's error as the vault's.
    func taken() throws(VaultError) -> Bool {
        try VaultError.wrapping { () throws(DatabaseError) in try get() }
    }
}

// MARK: - Reading

extension VaultFile {
    /// An id of the right shape, or NULL: a strange value is neither loaded, which SQLite refuses
    /// beyond `valueLimit`, nor in the way of the others.
    private static let idColumn =
        "CASE WHEN typeof(id)='blob' AND length(id)=\(CellFormat.idByteCount) THEN id END"

    /// Every id of the right shape, in ascending order, from the index alone, which is a
    /// hundredth of the file; from the table too where the index is damaged.
    ///
    /// - Returns: Also whether there was nothing wrong with its structure.
    func scan() throws(VaultError) -> (index: CellIndex, isWhole: Bool) {
        var index = CellIndex()
        do throws(DatabaseError) {
            let rows = try database.prepare(
                "SELECT n, \(Self.idColumn) FROM cell INDEXED BY cell_id ORDER BY id")
            while try rows.step() {
                guard let row = rows.integer(0) else { continue }
                if rows.withBlob(1, { index.append($0, row: row) }) == nil {
                    index.misshapen.insert(row)
                }
            }
            return (index, true)
        } catch .corrupt {
            return try scanEverything()
        } catch {
            throw VaultError(error)
        }
    }

    /// Every id that the index or the table still shows, around damaged pages.
    ///
    /// - Returns: Also whether both were whole and said the same.
    func scanEverything() throws(VaultError) -> (index: CellIndex, isWhole: Bool) {
        var isWhole = true
        var found: [Set<IndexEntry>] = []
        var index = CellIndex()
        for (source, order) in [("INDEXED BY cell_id", "id"), ("NOT INDEXED", "n")] {
            var entries: Set<IndexEntry> = []
            // From both ends, up to the damage.
            for direction in ["ASC", "DESC"] {
                let sql =
                    "SELECT n, \(Self.idColumn) FROM cell \(source) ORDER BY \(order) \(direction)"
                if try collect(sql, into: &entries, &index.misshapen) { break }
                isWhole = false
            }
            found.append(entries)
        }
        if found[0] != found[1] { isWhole = false }
        for entry in found[0].union(found[1]).sorted() {
            index.append(entry.id.span, row: entry.row)
        }
        return (index, isWhole)
    }

    /// - Returns: Whether all rows were there to read.
    private func collect(
        _ sql: String, into entries: inout Set<IndexEntry>, _ misshapen: inout Set<Int64>
    ) throws(VaultError) -> Bool {
        do throws(DatabaseError) {
            let rows = try database.prepare(sql)
            while try rows.step() {
                guard let row = rows.integer(0) else { continue }
                if let id = rows.blob(1) {
                    entries.insert(IndexEntry(id: id, row: row))
                } else {
                    misshapen.insert(row)
                }
            }
            return true
        } catch .corrupt {
            return false
        } catch {
            throw VaultError(error)
        }
    }

    private struct IndexEntry: Hashable, Comparable {
        let id: [UInt8]
        let row: Int64

        static func < (left: Self, right: Self) -> Bool {
            left.id == right.id
                ? left.row < right.row : left.id.lexicographicallyPrecedes(right.id)
        }
    }

    /// Holds off writers while `body` reads many rows.
    func reading<R>(_ body: () throws(VaultError) -> R) throws(VaultError) -> R {
        try database.transaction(.deferred, wrapping: { VaultError($0) }, body)
    }

    /// A reader of single boxes, which keeps its statement.
    func boxes() throws(VaultError) -> BoxReader {
        BoxReader(
            try VaultError.wrapping { () throws(DatabaseError) in
                try database.prepare("SELECT box FROM cell WHERE n=?")
            })
    }
}

/// Lends boxes row by row.
struct BoxReader {
    private let statement: Statement

    fileprivate init(_ statement: Statement) { self.statement = statement }

    /// - Returns: nil for a missing row, a value that is no blob or too long, and a damaged page.
    func withBox<R>(_ row: Int64, _ body: (Span<UInt8>) -> R?) throws(VaultError) -> R? {
        do throws(DatabaseError) {
            try statement.bind(.integer(row))
            defer { statement.reset() }
            guard try statement.step() else { return nil }
            return statement.withBlob(0, body) ?? nil
        } catch .corrupt {
            return nil
        } catch {
            throw VaultError(error)
        }
    }
}
