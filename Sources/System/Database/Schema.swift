extension Database {
    /// Makes the tables in an empty file; otherwise checks that they are exactly these.
    ///
    /// - Parameter statements: As SQLite stores them: `CREATE TABLE name(…)`,
    ///   `CREATE INDEX name ON table(…)`, `CREATE UNIQUE INDEX name ON table(…)`.
    /// - Throws: `.schemaMismatch` for any other byte, table, application or version.
    package func establishSchema(
        _ statements: [String], application: Int32, version: Int32
    ) throws(DatabaseError) {
        if try integer("SELECT count(*) FROM sqlite_schema") == 0, !isReadOnly {
            try transaction { () throws(DatabaseError) in
                // Another process may have been first.
                guard try integer("SELECT count(*) FROM sqlite_schema") == 0 else { return }
                for statement in statements { try execute(statement) }
                try execute("PRAGMA application_id=\(application)")
                try execute("PRAGMA user_version=\(version)")
            }
        }
        guard try applicationID() == application, try userVersion() == version else {
            throw .schemaMismatch
        }
        try checkSchema(statements)
    }

    package func applicationID() throws(DatabaseError) -> Int32 {
        Int32(truncatingIfNeeded: try integer("PRAGMA application_id") ?? 0)
    }

    package func userVersion() throws(DatabaseError) -> Int32 {
        Int32(truncatingIfNeeded: try integer("PRAGMA user_version") ?? 0)
    }

    /// - Throws: `.schemaMismatch` unless the file has these tables and indexes, in this order,
    ///   byte for byte, and nothing else but SQLite's own indexes.
    package func checkSchema(_ statements: [String]) throws(DatabaseError) {
        let rows = try prepare(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid")
        var expected = statements[...]
        while try rows.step() {
            guard let type = rows.text(0), let name = rows.text(1), let table = rows.text(2) else {
                throw .schemaMismatch
            }
            guard let sql = rows.text(3) else {
                guard rows.isNull(3), type == "index", name.hasPrefix("sqlite_autoindex_") else {
                    throw .schemaMismatch
                }
                continue
            }
            // The other columns could lie about a statement that is right.
            let names = type == "table" ? "CREATE TABLE \(name)(" : "INDEX \(name) ON \(table)("
            guard sql == expected.popFirst(), type == "table" || type == "index",
                type == "table" ? sql.hasPrefix(names) && name == table : sql.contains(names)
            else { throw .schemaMismatch }
        }
        guard expected.isEmpty else { throw .schemaMismatch }
    }
}
