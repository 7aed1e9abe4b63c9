internal import CSQLite

/// An open SQLite file that trusts neither its schema nor its content.
///
/// One thread at a time uses a `Database` and its statements.
package final class Database {
    package enum Access: Sendable {
        /// Makes the file with mode 0600; one that is there already is refused.
        case createNew
        /// Makes the file with mode 0600 where none is.
        case create
        /// An existing file. Falls back to reading where the medium takes no writes.
        case readWrite
        case readOnly
        /// The same, and refused when the name is a link.
        case readOnlyUnlinked
    }

    package enum JournalMode: String, Sendable {
        /// One file at rest; what a vault uses.
        case delete = "DELETE"
        /// Readers beside a writer; leaves `-wal` and `-shm` files beside the database.
        case wal = "WAL"
    }

    /// Owns the C handle; statements share it, and the last one closes it.
    let connection: Connection

    /// - Parameters:
    ///   - journal: The mode to set when the file can be written.
    ///   - busyTimeout: How long another writer is waited for.
    ///   - system: Name of an SQLite VFS; tests pass one that fails on purpose.
    /// - Throws: `.exists`, `.cannotOpen`, `.notADatabase`, `.hotJournal`, `.busy`, …
    package init(
        path: String, access: Access, journal: JournalMode = .delete,
        busyTimeout: Duration = .seconds(5), system: String? = nil
    ) throws(DatabaseError) {
        switch access {
        case .createNew, .create:
            let result = unsafe amparo_sqlite_create_private(path)
            if result == SQLITE_CONSTRAINT {
                guard case .create = access else { throw .exists }
            } else if result != SQLITE_OK {
                throw DatabaseError(code: result)
            }
        case .readWrite, .readOnly, .readOnlyUnlinked: break
        }
        let flags =
            switch access {
            case .createNew, .create, .readWrite: SQLITE_OPEN_READWRITE
            case .readOnly: SQLITE_OPEN_READONLY
            case .readOnlyUnlinked: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW
            }
        // Debian's SQLite reads `file:…` as a URI with options.
        let path = path.hasPrefix("file:") ? "./" + path : path
        connection = try Connection(path: path, flags: flags, system: system)
        let wait = Int32(
            clamping: busyTimeout.components.seconds * 1_000
                + busyTimeout.components.attoseconds / 1_000_000_000_000_000)
        try connection.configure(busyMilliseconds: wait)
        try execute(
            "PRAGMA page_size=4096; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
                + "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA synchronous=EXTRA")
        // The first real read: undoes an unfinished transaction, and fails if this is no database.
        _ = try integer("SELECT count(*) FROM sqlite_schema")
        if !isReadOnly { try execute("PRAGMA journal_mode=\(journal.rawValue)") }
    }

    /// Whether writes are impossible: opened so, or the medium does not take them.
    package var isReadOnly: Bool { connection.isReadOnly }

    /// Rows changed by the last statement that ran to its end.
    package var changes: Int { connection.changes }

    package var lastInsertedRow: Int64 { connection.lastInsertedRow }

    /// Runs statements that take no values and give no rows.
    package func execute(_ sql: String) throws(DatabaseError) {
        try connection.execute(sql)
    }

    package func prepare(_ sql: String) throws(DatabaseError) -> Statement {
        try Statement(sql, on: connection)
    }

    /// Prepares, runs to the end and forgets one statement.
    package func run(_ sql: String, _ values: Value...) throws(DatabaseError) {
        let statement = try prepare(sql)
        try statement.run(values)
    }

    /// The first column of the first row as an integer; nil without rows or for another type.
    package func integer(_ sql: String, _ values: Value...) throws(DatabaseError) -> Int64? {
        let statement = try prepare(sql)
        try statement.bind(values)
        return try statement.step() ? statement.integer(0) : nil
    }

    /// The largest row or value that is read from now on, in bytes: hostile files claim more.
    package func limitLength(_ byteCount: Int) { connection.limitLength(byteCount) }

    /// The bytes of the file itself at `offset`, below SQLite's cache; call within a transaction.
    package func fileBytes(at offset: Int64, count: Int) throws(DatabaseError) -> [UInt8] {
        try connection.fileBytes(at: offset, count: count)
    }

    /// Copies every page to `destination`, whose former content is replaced, in one transaction.
    package func copyPages(to destination: Database) throws(DatabaseError) {
        try connection.copyPages(to: destination.connection)
    }
}

/// A value to bind to a statement.
package enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}
