internal import CSQLite

/// What SQLite refused, as facts a caller can act on.
package enum DatabaseError: Error, Hashable {
    /// Another process held the lock for the whole of the waiting time.
    case busy
    /// No space is left on the medium.
    case full
    /// The medium, the folder or the file does not take writes.
    case readOnly
    /// The medium is read-only and holds an unfinished transaction that must be undone first.
    case hotJournal
    /// Another file lies at the path since this one was opened.
    case moved
    /// The medium failed; SQLite's extended result code.
    case inputOutput(code: Int32)
    /// Pages that cannot be, or a value longer than `limitLength` lets through.
    case corrupt
    case notADatabase
    /// No such file, a folder, or no permission.
    case cannotOpen
    /// A link, where none is followed.
    case isLink
    /// A file is there already, and a new one was asked for.
    case exists
    /// The tables are not, byte for byte, those that this program makes.
    case schemaMismatch
    /// A uniqueness or type rule of a table.
    case constraint
    case outOfMemory
    /// Any other of SQLite's extended result codes: a mistake of the caller.
    case failed(code: Int32)

    init(code: Int32) {
        switch code {
        case SQLITE_READONLY | (3 << 8): self = .hotJournal
        case SQLITE_READONLY | (4 << 8): self = .moved
        case SQLITE_CANTOPEN | (6 << 8): self = .isLink
        default:
            switch code & 0xff {
            case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
            case SQLITE_FULL: self = .full
            case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
            case SQLITE_IOERR: self = .inputOutput(code: code)
            case SQLITE_CORRUPT, SQLITE_TOOBIG: self = .corrupt
            case SQLITE_NOTADB: self = .notADatabase
            case SQLITE_CANTOPEN: self = .cannotOpen
            case SQLITE_CONSTRAINT: self = .constraint
            case SQLITE_NOMEM: self = .outOfMemory
            default: self = .failed(code: code)
            }
        }
    }
}
