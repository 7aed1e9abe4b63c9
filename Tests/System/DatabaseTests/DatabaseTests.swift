import Database
import Foundation
import TestSupport
import Testing

@Suite("database")
struct DatabaseTests {
    let folder = FileManager.default.temporaryDirectory.appending(
        path: "amparo-database-\(UUID().uuidString)")
    var path: String { folder.appending(path: "a.db").path }

    static let schema = [
        "CREATE TABLE a(n INTEGER PRIMARY KEY, t TEXT NOT NULL UNIQUE)",
        "CREATE UNIQUE INDEX a_t ON a(t)",
    ]

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func clean() { try? FileManager.default.removeItem(at: folder) }

    private func make() throws -> Database {
        let database = try Database(path: path, access: .create)
        try database.establishSchema(Self.schema, application: 7, version: 1)
        return database
    }

    @Test("values come back as they were, the empty ones too")
    func values() throws {
        defer { clean() }
        let database = try Database(path: path, access: .createNew)
        try database.execute("CREATE TABLE v(x)")
        let values: [Value] = [
            .null, .integer(.min), .text(""), .text("ñandú\0x"), .blob([]), .blob([0, 255]),
        ]
        for value in values { try database.run("INSERT INTO v VALUES(?)", value) }
        let rows = try database.prepare("SELECT x FROM v ORDER BY rowid")
        var seen: [Value] = []
        while try rows.step() {
            if rows.isNull(0) { seen.append(.null) }
            if let number = rows.integer(0) { seen.append(.integer(number)) }
            if let text = rows.text(0) { seen.append(.text(text)) }
            if let blob = rows.blob(0) { seen.append(.blob(blob)) }
        }
        #expect(seen == values)
        #expect(
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                == 0o600)
    }

    @Test("a file that is there is not made anew, one that is not there is not opened")
    func existence() throws {
        defer { clean() }
        #expect(throws: DatabaseError.cannotOpen) {
            try Database(path: path, access: .readWrite)
        }
        _ = try make()
        #expect(throws: DatabaseError.exists) { try Database(path: path, access: .createNew) }
        _ = try make()
        #expect(throws: DatabaseError.cannotOpen) {
            try Database(path: folder.path, access: .readWrite)
        }
    }

    @Test("text is no database")
    func notADatabase() throws {
        defer { clean() }
        try Data(repeating: 0x41, count: 8_192).write(to: URL(filePath: path))
        #expect(throws: DatabaseError.notADatabase) {
            try Database(path: path, access: .readWrite)
        }
    }

    @Test(
        "another table, column, version or application is refused",
        arguments: [
            "CREATE TABLE b(x)", "ALTER TABLE a ADD COLUMN z", "DROP INDEX a_t",
            "PRAGMA user_version=2", "PRAGMA application_id=8",
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END", "CREATE VIEW w AS SELECT 1",
        ])
    func schema(_ change: String) throws {
        defer { clean() }
        let database = try make()
        try database.establishSchema(Self.schema, application: 7, version: 1)
        try database.execute(change)
        #expect(throws: DatabaseError.schemaMismatch) {
            try database.establishSchema(Self.schema, application: 7, version: 1)
        }
    }

    @Test("a transaction that throws leaves nothing")
    func rollback() throws {
        defer { clean() }
        let database = try make()
        try database.run("INSERT INTO a(t) VALUES(?)", .text("kept"))
        #expect(throws: DatabaseError.constraint) {
            try database.transaction { () throws(DatabaseError) in
                try database.run("INSERT INTO a(t) VALUES(?)", .text("lost"))
                try database.run("INSERT INTO a(t) VALUES(?)", .text("kept"))
            }
        }
        #expect(try database.integer("SELECT count(*) FROM a") == 1)
    }

    @Test("a second writer is told that the first one holds the lock")
    func busy() throws {
        defer { clean() }
        let first = try make()
        let second = try Database(path: path, access: .readWrite, busyTimeout: .milliseconds(20))
        try first.transaction { () throws(DatabaseError) in
            #expect(throws: DatabaseError.busy) {
                try second.transaction { () throws(DatabaseError) in }
            }
        }
        try second.transaction { () throws(DatabaseError) in }
    }

    @Test("a file without room for one more page is full, and stays as it was")
    func full() throws {
        defer { clean() }
        let database = try make()
        let pages = try #require(try database.integer("PRAGMA page_count"))
        try database.execute("PRAGMA max_page_count=\(pages)")
        #expect(throws: DatabaseError.full) {
            try database.run(
                "INSERT INTO a(t) VALUES(?)", .text(String(repeating: "x", count: 20_000)))
        }
        #expect(try database.integer("SELECT count(*) FROM a") == 0)
    }

    @Test("a reader cannot write, and pages copy whole")
    func copies() throws {
        defer { clean() }
        let database = try make()
        try database.run("INSERT INTO a(t) VALUES(?)", .text("x"))
        let copy = try Database(path: path + ".copy", access: .createNew)
        try database.copyPages(to: copy)
        try copy.establishSchema(Self.schema, application: 7, version: 1)
        let reader = try Database(path: path + ".copy", access: .readOnly)
        #expect(reader.isReadOnly)
        #expect(try reader.integer("SELECT count(*) FROM a") == 1)
        #expect(throws: DatabaseError.readOnly) { try reader.execute("DELETE FROM a") }
        #expect(try reader.fileBytes(at: 0, count: 15) == Array("SQLite format 3".utf8))
    }

    @Test("a file that was replaced under us takes no more writes")
    func moved() throws {
        defer { clean() }
        let database = try make()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
        #expect(throws: DatabaseError.moved) {
            try database.run("INSERT INTO a(t) VALUES(?)", .text("lost"))
        }
    }
}
