internal import CSQLite

/// A prepared statement: bind, step through the rows, reset.
///
/// Positions of values count from 1, columns from 0, as in SQLite.
@safe package final class Statement {
    private let handle: OpaquePointer
    private let connection: Connection

    init(_ sql: String, on connection: Connection) throws(DatabaseError) {
        var prepared: OpaquePointer?
        let result = unsafe sqlite3_prepare_v2(connection.handle, sql, -1, &prepared, nil)
        guard result == SQLITE_OK, let statement = unsafe prepared else {
            throw DatabaseError(code: result == SQLITE_OK ? SQLITE_MISUSE : result)
        }
        unsafe handle = statement
        self.connection = connection
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Binds all values in order, resets, and runs to the end.
    package func run(_ values: Value...) throws(DatabaseError) { try run(values) }

    package func run(_ values: [Value]) throws(DatabaseError) {
        try bind(values)
        defer { reset() }
        while try step() {}
    }

    /// Starts over with these values.
    package func bind(_ values: Value...) throws(DatabaseError) { try bind(values) }

    package func bind(_ values: [Value]) throws(DatabaseError) {
        reset()
        for (index, value) in values.enumerated() {
            switch value {
            case .null: try check(unsafe sqlite3_bind_null(handle, Int32(index + 1)))
            case .integer(let number): try bind(index + 1, number)
            case .text(let text): try bind(index + 1, text)
            case .blob(let bytes): try bind(index + 1, bytes.span)
            }
        }
    }

    package func bind(_ position: Int, _ number: Int64) throws(DatabaseError) {
        try check(unsafe sqlite3_bind_int64(handle, Int32(position), number))
    }

    package func bind(_ position: Int, _ bytes: Span<UInt8>) throws(DatabaseError) {
        let result = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe amparo_sqlite_bind_blob(
                handle, Int32(position), buffer.baseAddress, buffer.count)
        }
        try check(result)
    }

    package func bind(_ position: Int, _ text: String) throws(DatabaseError) {
        var text = text
        let result = text.withUTF8 { utf8 in
            unsafe utf8.withMemoryRebound(to: CChar.self) { buffer in
                // An empty string may have no address, and SQLite would bind NULL.
                guard let base = buffer.baseAddress else {
                    return unsafe amparo_sqlite_bind_text(handle, Int32(position), "", 0)
                }
                return unsafe amparo_sqlite_bind_text(handle, Int32(position), base, buffer.count)
            }
        }
        try check(result)
    }

    /// - Returns: Whether a row is there to be read; false at the end.
    package func step() throws(DatabaseError) -> Bool {
        let result = unsafe sqlite3_step(handle)
        switch result {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            // Releases the locks that an unfinished statement holds.
            reset()
            throw DatabaseError(code: result)
        }
    }

    /// Ends the reading of rows; the values stay bound.
    package func reset() { unsafe sqlite3_reset(handle) }

    package func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    /// nil for any other type than an integer.
    package func integer(_ column: Int) -> Int64? {
        guard unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_INTEGER else {
            return nil
        }
        return unsafe sqlite3_column_int64(handle, Int32(column))
    }

    /// nil for any other type than text, and for text that is not UTF-8.
    package func text(_ column: Int) -> String? {
        guard unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_TEXT,
            let start = unsafe sqlite3_column_text(handle, Int32(column))
        else { return nil }
        let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
        let buffer = unsafe UnsafeBufferPointer(start: start, count: count)
        return unsafe String(validating: buffer, as: UTF8.self)
    }

    /// Lends a blob for the length of `body`; nil for any other type than a blob.
    package func withBlob<R, E: Error>(
        _ column: Int, _ body: (Span<UInt8>) throws(E) -> R
    ) throws(E) -> R? {
        guard unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_BLOB else { return nil }
        let start = unsafe sqlite3_column_blob(handle, Int32(column))
        let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
        guard let start = unsafe start, count > 0 else { return try body(Span()) }
        let bytes = unsafe UnsafeBufferPointer(
            start: start.assumingMemoryBound(to: UInt8.self), count: count)
        return try body(unsafe bytes.span)
    }

    /// A copy of a blob; nil for any other type than a blob.
    package func blob(_ column: Int) -> [UInt8]? {
        withBlob(column) { span in
            unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
        }
    }

    private func check(_ result: Int32) throws(DatabaseError) {
        guard result == SQLITE_OK else { throw DatabaseError(code: result) }
    }
}
