internal import CSQLite

/// The C handle of an open database, closed when its last user ends.
@safe final class Connection {
    let handle: OpaquePointer

    init(path: String, flags: Int32, system: String?) throws(DatabaseError) {
        var opened: OpaquePointer?
        let flags = flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_FULLMUTEX
        let result: Int32
        if let system {
            result = unsafe sqlite3_open_v2(path, &opened, flags, system)
        } else {
            result = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        }
        guard result == SQLITE_OK, let database = unsafe opened else {
            // SQLite hands out a handle with most failures too.
            unsafe sqlite3_close_v2(opened)
            throw DatabaseError(code: result)
        }
        unsafe handle = database
    }

    // Waits for nobody: statements that are left keep the handle alive.
    deinit { unsafe sqlite3_close_v2(handle) }

    func configure(busyMilliseconds: Int32) throws(DatabaseError) {
        try check(unsafe amparo_sqlite_guard(handle))
        try check(unsafe sqlite3_busy_timeout(handle, busyMilliseconds))
    }

    func execute(_ sql: String) throws(DatabaseError) {
        try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
    }

    var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") != 0 }

    var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

    var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    func limitLength(_ byteCount: Int) {
        _ = unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(clamping: byteCount))
    }

    func fileBytes(at offset: Int64, count: Int) throws(DatabaseError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return SQLITE_OK }
            return unsafe amparo_sqlite_read_file(handle, offset, base, Int32(clamping: count))
        }
        try check(result)
        return bytes
    }

    func copyPages(to destination: Connection) throws(DatabaseError) {
        guard let copy = unsafe sqlite3_backup_init(destination.handle, "main", handle, "main")
        else { throw DatabaseError(code: unsafe sqlite3_extended_errcode(destination.handle)) }
        let step = unsafe sqlite3_backup_step(copy, -1)
        let finish = unsafe sqlite3_backup_finish(copy)
        guard step == SQLITE_DONE, finish == SQLITE_OK else {
            throw DatabaseError(code: step == SQLITE_DONE || step == SQLITE_OK ? finish : step)
        }
    }

    private func check(_ result: Int32) throws(DatabaseError) {
        guard result == SQLITE_OK else { throw DatabaseError(code: result) }
    }
}
