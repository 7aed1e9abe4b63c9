internal import Database
internal import Platform

/// The watcher's file, `watch.db`: times and numbers lie open, who and where are sealed under the
/// host key.
///
/// Moments are Unix milliseconds. WAL with `synchronous=FULL`: a commit that returned survives a
/// loss of power.
package final class SQLiteWatchStore: WatchStore {
    /// "AMPW".
    static let application: Int32 = 0x414D_5057
    static let version: Int32 = 1

    // A hold stands in the plan's state; `hold` has a place for those of later versions.
    static let schema = [
        """
        CREATE TABLE plan(id BLOB PRIMARY KEY, epoch INTEGER NOT NULL, wake INTEGER, \
        box BLOB NOT NULL) WITHOUT ROWID
        """,
        "CREATE INDEX plan_wake ON plan(wake)",
        """
        CREATE TABLE checkin(plan BLOB NOT NULL, counter INTEGER NOT NULL, hash BLOB NOT NULL, \
        issued INTEGER NOT NULL, arrived INTEGER NOT NULL, answer BLOB NOT NULL, \
        PRIMARY KEY(plan, counter)) WITHOUT ROWID
        """,
        """
        CREATE TABLE tier_fire(plan BLOB NOT NULL, epoch INTEGER NOT NULL, tier INTEGER NOT NULL, \
        at INTEGER NOT NULL, PRIMARY KEY(plan, epoch, tier)) WITHOUT ROWID
        """,
        """
        CREATE TABLE delivery(n INTEGER PRIMARY KEY, id BLOB NOT NULL, plan BLOB NOT NULL, \
        epoch INTEGER NOT NULL, tier INTEGER NOT NULL, kind INTEGER NOT NULL, \
        state INTEGER NOT NULL, due INTEGER NOT NULL, claim INTEGER, fence INTEGER NOT NULL, \
        failures INTEGER NOT NULL, refused INTEGER NOT NULL, created INTEGER NOT NULL, \
        box BLOB NOT NULL)
        """,
        "CREATE UNIQUE INDEX delivery_id ON delivery(id)",
        "CREATE INDEX delivery_plan ON delivery(plan)",
        "CREATE INDEX delivery_due ON delivery(due) WHERE state=1",
        """
        CREATE TABLE attempt(delivery BLOB NOT NULL, number INTEGER NOT NULL, \
        at INTEGER NOT NULL, outcome INTEGER NOT NULL, box BLOB NOT NULL, \
        PRIMARY KEY(delivery, number)) WITHOUT ROWID
        """,
        """
        CREATE TABLE ack(delivery BLOB NOT NULL, at INTEGER NOT NULL, box BLOB NOT NULL, \
        PRIMARY KEY(delivery, at)) WITHOUT ROWID
        """,
        """
        CREATE TABLE hold(plan BLOB NOT NULL, epoch INTEGER NOT NULL, reason INTEGER NOT NULL, \
        until INTEGER NOT NULL, box BLOB NOT NULL, \
        PRIMARY KEY(plan, epoch, reason)) WITHOUT ROWID
        """,
        """
        CREATE TABLE envelope(plan BLOB NOT NULL, hash BLOB NOT NULL, box BLOB NOT NULL, \
        PRIMARY KEY(plan, hash)) WITHOUT ROWID
        """,
        """
        CREATE TABLE paper_code(plan BLOB NOT NULL, hash BLOB NOT NULL, number INTEGER NOT NULL, \
        used INTEGER, box BLOB NOT NULL, PRIMARY KEY(plan, hash)) WITHOUT ROWID
        """,
        """
        CREATE TABLE intake_coverage(n INTEGER PRIMARY KEY, "from" INTEGER NOT NULL, \
        "to" INTEGER NOT NULL)
        """,
        """
        CREATE TABLE clock_mark(n INTEGER PRIMARY KEY CHECK(n=1), boot_id BLOB NOT NULL, \
        boot INTEGER NOT NULL, now INTEGER NOT NULL, doubt INTEGER NOT NULL, spoken INTEGER)
        """,
        """
        CREATE TABLE audit(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, hash BLOB NOT NULL, \
        box BLOB NOT NULL)
        """,
    ]

    private let database: Database
    private let tables: SQLiteWatchTables

    /// - Parameters:
    ///   - keys: The host key's; rows sealed under others are `.damagedRow`.
    ///   - system: Name of an SQLite VFS; tests pass one that fails on purpose.
    package init(path: String, keys: WatchKeys, system: String? = nil) throws(WatchError) {
        do throws(DatabaseError) {
            database = try Database(
                path: path, access: .create, journal: .wal, system: system)
            try database.execute("PRAGMA synchronous=FULL")
            try database.establishSchema(
                Self.schema, application: Self.application, version: Self.version)
            tables = try SQLiteWatchTables(database, sealing: RowSealer(key: keys.rows))
        } catch {
            throw .store(StoreFailure(error))
        }
    }

    package func transaction<R>(
        _ body: (any WatchTables) throws(WatchError) -> R
    ) throws(WatchError) -> R {
        try database.transaction(.immediate, wrapping: { WatchError.store(StoreFailure($0)) }) {
            () throws(WatchError) -> R in try body(tables)
        }
    }
}
