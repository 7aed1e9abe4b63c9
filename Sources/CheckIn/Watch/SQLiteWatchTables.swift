internal import CheckIn
internal import Database
internal import Encoding
internal import Platform

/// Rows in SQL. One prepared statement for each question, made when it is first asked.
final class SQLiteWatchTables: WatchTables {
    let database: Database
    let sealer: RowSealer
    private var statements: [String: Statement] = [:]

    init(_ database: Database, sealing sealer: RowSealer) throws(DatabaseError) {
        self.database = database
        self.sealer = sealer
    }

    // MARK: Plans

    func plan(_ id: PlanID) throws(WatchError) -> PlanRow? {
        try first("SELECT box FROM plan WHERE id=?", .blob(id.bytes)) {
            (row) throws(WatchError) -> PlanRow in
            try self.plan(row.blob(0), id.bytes)
        }
    }

    func plans() throws(WatchError) -> [PlanRow] {
        try all("SELECT box, id FROM plan ORDER BY id") { (row) throws(WatchError) -> PlanRow in
            try self.plan(row.blob(0), row.blob(1) ?? [])
        }
    }

    func planIDs() throws(WatchError) -> [PlanID?] {
        try all("SELECT id FROM plan ORDER BY id") { (row) throws(WatchError) -> PlanID? in
            row.blob(0).flatMap { PlanID($0) }
        }
    }

    private func plan(_ box: [UInt8]?, _ id: [UInt8]) throws(WatchError) -> PlanRow {
        let plan = try PlanRow(sealer.fields(box, table: "plan", row: id))
        guard plan.id.bytes == id else { throw .damagedRow }
        return plan
    }

    func put(_ plan: PlanRow) throws(WatchError) {
        let id = plan.id.bytes
        try run(
            "INSERT OR REPLACE INTO plan(id,epoch,wake,box) VALUES(?,?,?,?)", .blob(id),
            .integer(Int64(plan.state.epoch)), plan.wake.value,
            .blob(sealer.seal(plan.fields, table: "plan", row: id)))
    }

    func duePlans(_ now: Instant) throws(WatchError) -> [PlanID] {
        try all("SELECT id FROM plan WHERE wake<=? ORDER BY wake, id", now.value) {
            (row) throws(WatchError) -> PlanID? in row.blob(0).flatMap { PlanID($0) }
        }.compactMap { $0 }
    }

    func firstWake(except: Set<PlanID>) throws(WatchError) -> Instant? {
        try moment(
            """
            SELECT wake, id FROM plan WHERE wake IS NOT NULL AND length(id)=16
            ORDER BY wake LIMIT ?
            """, beyond: except.count
        ) { row in
            row.blob(1).flatMap { PlanID($0) }.map { !except.contains($0) } ?? false
        }
    }

    func purge(_ plan: PlanID) throws(WatchError) {
        let id = Value.blob(plan.bytes)
        let mine = "IN (SELECT id FROM delivery WHERE plan=?)"
        try run("DELETE FROM attempt WHERE delivery \(mine)", id)
        try run("DELETE FROM ack WHERE delivery \(mine)", id)
        for table in ["checkin", "tier_fire", "delivery", "hold", "envelope", "paper_code"] {
            try run("DELETE FROM \(table) WHERE plan=?", id)
        }
        try run("DELETE FROM plan WHERE id=?", id)
    }

    // MARK: Alerts

    func insertFire(_ plan: PlanID, epoch: UInt32, tier: Int, at: Instant) throws(WatchError)
        -> Bool
    {
        try run(
            "INSERT OR IGNORE INTO tier_fire(plan,epoch,tier,at) VALUES(?,?,?,?)",
            .blob(plan.bytes), .integer(Int64(epoch)), .integer(Int64(tier)), at.value)
        return database.changes == 1
    }

    private static let columns =
        "id,plan,epoch,tier,kind,state,due,claim,fence,failures,refused,created,box"

    func delivery(_ id: DeliveryID) throws(WatchError) -> DeliveryRow? {
        try first("SELECT \(Self.columns) FROM delivery WHERE id=?", .blob(id.bytes), delivery)
    }

    func deliveries(_ plan: PlanID) throws(WatchError) -> [DeliveryRow] {
        try all(
            "SELECT \(Self.columns) FROM delivery WHERE plan=? ORDER BY n", .blob(plan.bytes)
        ) { (row) throws(WatchError) -> DeliveryRow? in
            // One that cannot be read takes no other with it; `claim` says so when it is due.
            do throws(WatchError) { return try self.delivery(row) } catch .damagedRow { return nil }
        }.compactMap { $0 }
    }

    func insert(_ delivery: DeliveryRow) throws(WatchError) -> Bool {
        let fields = FieldList([Field(1, delivery.contact), Field(2, delivery.channel)])
        try run(
            "INSERT OR IGNORE INTO delivery(\(Self.columns)) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
            .blob(delivery.id.bytes), .blob(delivery.plan.bytes),
            .integer(Int64(delivery.epoch)), .integer(Int64(delivery.tier)),
            .integer(Int64(delivery.kind.rawValue)), .integer(Int64(delivery.state.rawValue)),
            delivery.due.value, delivery.claimedUntil.value, .integer(Int64(delivery.fence)),
            .integer(Int64(delivery.failures)), .integer(delivery.isRefused ? 1 : 0),
            delivery.created.value,
            .blob(sealer.seal(fields, table: "delivery", row: delivery.id.bytes)))
        return database.changes == 1
    }

    func update(_ delivery: DeliveryRow) throws(WatchError) {
        try run(
            "UPDATE delivery SET state=?, due=?, claim=?, fence=?, failures=?, refused=? WHERE id=?",
            .integer(Int64(delivery.state.rawValue)), delivery.due.value,
            delivery.claimedUntil.value, .integer(Int64(delivery.fence)),
            .integer(Int64(delivery.failures)), .integer(delivery.isRefused ? 1 : 0),
            .blob(delivery.id.bytes))
    }

    func nextDelivery(_ now: Instant, except: Set<DeliveryID>) throws(WatchError) -> DeliveryID? {
        try all(
            """
            SELECT id FROM delivery
            WHERE state=1 AND due<=?1 AND (claim IS NULL OR claim<=?1) AND length(id)=16
            ORDER BY due, id LIMIT ?2
            """, now.value, .integer(Int64(except.count + 1))
        ) { (row) throws(WatchError) -> DeliveryID? in row.blob(0).flatMap { DeliveryID($0) } }
        .compactMap { $0 }.first { !except.contains($0) }
    }

    func firstDelivery(except: Set<DeliveryID>) throws(WatchError) -> Instant? {
        try moment(
            """
            SELECT max(due, coalesce(claim, due)) AS t, id FROM delivery
            WHERE state=1 AND length(id)=16 ORDER BY t LIMIT ?
            """, beyond: except.count
        ) { row in
            row.blob(1).flatMap { DeliveryID($0) }.map { !except.contains($0) } ?? false
        }
    }

    func voidClaims() throws(WatchError) {
        try run("UPDATE delivery SET claim=NULL WHERE claim IS NOT NULL AND state=1")
    }

    func put(_ attempt: AttemptRow) throws(WatchError) {
        let row = attempt.delivery.bytes + Field(0, u32: attempt.number).bytes
        let fields = FieldList([Field(1, attempt.reason)])
        try run(
            "INSERT OR REPLACE INTO attempt(delivery,number,at,outcome,box) VALUES(?,?,?,?,?)",
            .blob(attempt.delivery.bytes), .integer(Int64(attempt.number)), attempt.at.value,
            .integer(Int64(attempt.outcome.rawValue)),
            .blob(sealer.seal(fields, table: "attempt", row: row)))
    }

    func attempts(_ delivery: DeliveryID) throws(WatchError) -> [AttemptRow] {
        try all(
            "SELECT number, at, outcome, box FROM attempt WHERE delivery=? ORDER BY number",
            .blob(delivery.bytes)
        ) { (row) throws(WatchError) -> AttemptRow in
            guard let number = row.integer(0).flatMap({ UInt32(exactly: $0) }),
                let at = row.instant(1), let outcome: AttemptRow.Outcome = row.choice(2)
            else { throw .damagedRow }
            let fields = try self.sealer.fields(
                row.blob(3), table: "attempt", row: delivery.bytes + Field(0, u32: number).bytes)
            return AttemptRow(
                delivery: delivery, number: number, at: at, outcome: outcome,
                reason: fields.text(1) ?? "")
        }
    }

    func envelope(_ plan: PlanID, hash: [UInt8]) throws(WatchError) -> [UInt8]? {
        try first(
            "SELECT box FROM envelope WHERE plan=? AND hash=?", .blob(plan.bytes), .blob(hash)
        ) { (row) throws(WatchError) -> [UInt8] in
            try self.sealer.open(row.blob(0), table: "envelope", row: plan.bytes + hash)
        }
    }

    func putEnvelope(_ plan: PlanID, hash: [UInt8], _ bytes: [UInt8]) throws(WatchError) {
        try run(
            "INSERT OR REPLACE INTO envelope(plan,hash,box) VALUES(?,?,?)", .blob(plan.bytes),
            .blob(hash), .blob(sealer.seal(bytes, table: "envelope", row: plan.bytes + hash)))
    }

    // MARK: Time

    func coverage(since from: Instant) throws(WatchError) -> [Coverage] {
        try all(
            "SELECT \"from\", \"to\" FROM intake_coverage WHERE \"to\">=? ORDER BY n", from.value
        ) { (row) throws(WatchError) -> Coverage? in
            guard let from = row.instant(0), let to = row.instant(1) else { return nil }
            return Coverage(from: from, to: to)
        }.compactMap { $0 }
    }

    func openCoverage(_ at: Instant) throws(WatchError) {
        try run("INSERT INTO intake_coverage(\"from\",\"to\") VALUES(?1,?1)", at.value)
    }

    func extendCoverage(to end: Instant) throws(WatchError) {
        try run(
            """
            UPDATE intake_coverage SET "to"=max("to",?)
            WHERE n=(SELECT max(n) FROM intake_coverage)
            """, end.value)
    }

    func dropCoverage(before: Instant) throws(WatchError) {
        try run("DELETE FROM intake_coverage WHERE \"to\"<?", before.value)
    }

    func clockMark() throws(WatchError) -> ClockMark? {
        try first("SELECT boot_id, boot, now, doubt, spoken FROM clock_mark") {
            (row) throws(WatchError) -> ClockMark in
            // Up to 2^60 as everywhere: sums of a few stay within the types.
            let range: Range<Int64> = 0..<(1 << 60)
            guard let id = row.blob(0), let boot = row.integer(1), let now = row.instant(2),
                range.contains(boot), range.contains(now.milliseconds),
                let doubt: ClockMark.Doubt = row.choice(3)
            else { throw .damagedRow }
            let spoken = row.instant(4).flatMap { range.contains($0.milliseconds) ? $0 : nil }
            return ClockMark(
                bootID: id, boot: .milliseconds(boot), now: now, doubt: doubt, spoken: spoken)
        }
    }

    func put(_ mark: ClockMark) throws(WatchError) {
        try run(
            "INSERT OR REPLACE INTO clock_mark(n,boot_id,boot,now,doubt,spoken) VALUES(1,?,?,?,?,?)",
            .blob(mark.bootID), .integer(mark.boot.wholeMilliseconds), mark.now.value,
            .integer(Int64(mark.doubt.rawValue)), mark.spoken.value)
    }

    func lowerTime(to now: Instant) throws(WatchError) {
        try run(
            "UPDATE delivery SET due=?1, claim=NULL WHERE state=1 AND (due>?1 OR claim>?1+60000)",
            now.value)
        try run("DELETE FROM intake_coverage WHERE \"from\">?", now.value)
        try run("UPDATE intake_coverage SET \"to\"=?1 WHERE \"to\">?1", now.value)
    }

    // MARK: Audit

    func lastAudit() throws(WatchError) -> AuditEntry? {
        try first("SELECT n, at, hash, box FROM audit ORDER BY n DESC LIMIT 1") {
            (row) throws(WatchError) -> AuditEntry in
            do throws(WatchError) { return try self.audit(row) } catch .damagedRow {
                let number: UInt64 = row.number(0) ?? 0
                return AuditEntry(
                    number: number, at: Instant(milliseconds: 0), fields: FieldList([]),
                    hash: AuditEntry.start)
            }
        }
    }

    func append(_ entry: AuditEntry) throws(WatchError) {
        let row = Field(0, u64: entry.number).bytes
        try run(
            "INSERT OR REPLACE INTO audit(n,at,hash,box) VALUES(?,?,?,?)",
            .integer(Int64(bitPattern: entry.number)), entry.at.value, .blob(entry.hash),
            .blob(sealer.seal(entry.fields, table: "audit", row: row)))
    }

    func audit(after number: UInt64) throws(WatchError) -> [AuditEntry] {
        try all(
            "SELECT n, at, hash, box FROM audit WHERE n>? ORDER BY n",
            .integer(Int64(clamping: number)), audit)
    }

    // MARK: Rows to values

    private func delivery(_ row: Statement) throws(WatchError) -> DeliveryRow {
        guard let id = row.blob(0).flatMap({ DeliveryID($0) }),
            let plan = row.blob(1).flatMap({ PlanID($0) }), let epoch: UInt32 = row.number(2),
            let tier: Int = row.number(3), let kind: MessageKind = row.choice(4),
            let state: DeliveryRow.State = row.choice(5), let due = row.instant(6),
            let fence: UInt32 = row.number(8), let failures: UInt32 = row.number(9),
            let refused = row.integer(10), let created = row.instant(11)
        else { throw .damagedRow }
        let fields = try sealer.fields(row.blob(12), table: "delivery", row: id.bytes)
        guard let contact = fields.text(1), let channel = fields.text(2) else { throw .damagedRow }
        var delivery = DeliveryRow(
            plan: plan, epoch: epoch, tier: tier, kind: kind, contact: contact, channel: channel,
            created: created, state: state)
        // The open columns are bound to the sealed ones by the id.
        guard delivery.id == id else { throw .damagedRow }
        delivery.due = due
        delivery.claimedUntil = row.instant(7)
        delivery.fence = fence
        delivery.failures = failures
        delivery.isRefused = refused == 1
        return delivery
    }

    private func audit(_ row: Statement) throws(WatchError) -> AuditEntry {
        guard let number: UInt64 = row.number(0), let at = row.instant(1), let hash = row.blob(2)
        else { throw .damagedRow }
        let fields = try sealer.fields(
            row.blob(3), table: "audit", row: Field(0, u64: number).bytes)
        return AuditEntry(number: number, at: at, fields: fields, hash: hash)
    }

    // MARK: Statements

    private func statement(_ sql: String) throws(DatabaseError) -> Statement {
        if let known = statements[sql] { return known }
        let statement = try database.prepare(sql)
        statements[sql] = statement
        return statement
    }

    func run(_ sql: String, _ values: Value...) throws(WatchError) {
        do throws(DatabaseError) { try statement(sql).run(values) } catch {
            throw .store(StoreFailure(error))
        }
    }

    func all<R>(
        _ sql: String, _ values: Value..., read: (Statement) throws(WatchError) -> R
    ) throws(WatchError) -> [R] {
        let rows: Statement
        do throws(DatabaseError) {
            rows = try statement(sql)
            try rows.bind(values)
        } catch { throw .store(StoreFailure(error)) }
        defer { rows.reset() }
        var found: [R] = []
        while true {
            do throws(DatabaseError) {
                guard try rows.step() else { return found }
            } catch { throw .store(StoreFailure(error)) }
            found.append(try read(rows))
        }
    }

    func all<R>(
        _ sql: String, _ value: Value, _ read: (Statement) throws(WatchError) -> R
    ) throws(WatchError) -> [R] { try all(sql, value, read: read) }

    func all<R>(
        _ sql: String, _ read: (Statement) throws(WatchError) -> R
    ) throws(WatchError) -> [R] { try all(sql, read: read) }

    func first<R>(
        _ sql: String, _ values: Value..., read: (Statement) throws(WatchError) -> R
    ) throws(WatchError) -> R? {
        let rows: Statement
        do throws(DatabaseError) {
            rows = try statement(sql)
            try rows.bind(values)
        } catch { throw .store(StoreFailure(error)) }
        defer { rows.reset() }
        do throws(DatabaseError) {
            guard try rows.step() else { return nil }
        } catch { throw .store(StoreFailure(error)) }
        return try read(rows)
    }

    func first<R>(
        _ sql: String, _ value: Value, _ read: (Statement) throws(WatchError) -> R
    ) throws(WatchError) -> R? { try first(sql, value, read: read) }

    func first<R>(
        _ sql: String, _ read: (Statement) throws(WatchError) -> R
    ) throws(WatchError) -> R? { try first(sql, read: read) }

    /// The first moment (column 0) whose row `counts`, of which at most `beyond` do not.
    private func moment(_ sql: String, beyond: Int, counts: (Statement) -> Bool)
        throws(WatchError) -> Instant?
    {
        try all(sql, .integer(Int64(beyond + 1))) { (row) throws(WatchError) -> Instant? in
            counts(row) ? row.instant(0) : nil
        }.compactMap { $0 }.first
    }
}

extension Instant {
    var value: Value { .integer(milliseconds) }
}

extension Instant? {
    var value: Value { map { .integer($0.milliseconds) } ?? .null }
}

extension Statement {
    func instant(_ column: Int) -> Instant? {
        integer(column).map { Instant(milliseconds: $0) }
    }

    func number<T: BinaryInteger>(_ column: Int) -> T? {
        integer(column).flatMap { T(exactly: $0) }
    }

    func choice<T: RawRepresentable>(_ column: Int) -> T? where T.RawValue == UInt8 {
        number(column).flatMap { T(rawValue: $0) }
    }
}
