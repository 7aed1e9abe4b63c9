internal import CheckIn
internal import Database
internal import Encoding
internal import Platform

// What people have typed: codes, and answers to messages.
extension SQLiteWatchTables {
    // MARK: Check-ins

    private static let checkInColumns = "counter, hash, issued, arrived, answer"

    func checkIn(_ plan: PlanID, counter: UInt64) throws(WatchError) -> CheckInRow? {
        try first(
            "SELECT \(Self.checkInColumns) FROM checkin WHERE plan=? AND counter=?",
            .blob(plan.bytes), .integer(Int64(bitPattern: counter))
        ) { (row) throws(WatchError) -> CheckInRow in try self.checkIn(row, plan) }
    }

    func checkIns(_ plan: PlanID, after counter: UInt64) throws(WatchError) -> [CheckInRow?] {
        try all(
            "SELECT \(Self.checkInColumns) FROM checkin WHERE plan=? AND counter>? ORDER BY counter",
            .blob(plan.bytes), .integer(Int64(bitPattern: counter))
        ) { (row) throws(WatchError) -> CheckInRow? in
            // One that cannot be read hides no other: it may be the only one that asks for help.
            do throws(WatchError) { return try self.checkIn(row, plan) } catch .damagedRow {
                return nil
            }
        }
    }

    private func checkIn(_ row: Statement, _ plan: PlanID) throws(WatchError) -> CheckInRow {
        guard let counter = row.integer(0).map({ UInt64(bitPattern: $0) }),
            let hash = row.blob(1), let issued = row.instant(2), let arrived = row.instant(3),
            let answer = row.blob(4)
        else { throw .damagedRow }
        let opened = try sealer.open(
            answer, table: "checkin", row: plan.bytes + Field(0, u64: counter).bytes)
        guard let kind = opened.first.flatMap(CodeKind.init(rawValue:)) else { throw .damagedRow }
        return CheckInRow(
            plan: plan, counter: counter, hash: hash, issued: issued, arrived: arrived,
            answer: Array(opened.dropFirst()), kind: kind)
    }

    func insert(_ checkIn: CheckInRow) throws(WatchError) {
        let row = checkIn.plan.bytes + Field(0, u64: checkIn.counter).bytes
        try run(
            "INSERT OR REPLACE INTO checkin(plan,counter,hash,issued,arrived,answer) VALUES(?,?,?,?,?,?)",
            .blob(checkIn.plan.bytes), .integer(Int64(bitPattern: checkIn.counter)),
            .blob(checkIn.hash), checkIn.issued.value, checkIn.arrived.value,
            .blob(
                sealer.seal([checkIn.kind.rawValue] + checkIn.answer, table: "checkin", row: row)))
    }

    // MARK: Paper codes

    func paperCodes(_ plan: PlanID) throws(WatchError) -> [PaperCodeRow] {
        try all(
            "SELECT hash, number, used, box FROM paper_code WHERE plan=? ORDER BY number, hash",
            .blob(plan.bytes)
        ) { (row) throws(WatchError) -> PaperCodeRow in
            guard let hash = row.blob(0), let number: Int = row.number(1) else {
                throw .damagedRow
            }
            let opened = try self.sealer.open(
                row.blob(3), table: "paper_code", row: plan.bytes + hash)
            guard let kind = opened.first.flatMap(CodeKind.init(rawValue:)) else {
                throw .damagedRow
            }
            return PaperCodeRow(hash: hash, number: number, kind: kind, used: row.instant(2))
        }
    }

    func replacePaperCodes(_ plan: PlanID, with codes: [PaperCodeRow]) throws(WatchError) {
        try run("DELETE FROM paper_code WHERE plan=?", .blob(plan.bytes))
        for code in codes {
            try run(
                "INSERT INTO paper_code(plan,hash,number,used,box) VALUES(?,?,?,?,?)",
                .blob(plan.bytes), .blob(code.hash), .integer(Int64(code.number)),
                code.used.value,
                .blob(
                    sealer.seal(
                        [code.kind.rawValue], table: "paper_code", row: plan.bytes + code.hash)))
        }
    }

    func usePaperCode(_ plan: PlanID, number: Int, at: Instant) throws(WatchError) {
        try run(
            "UPDATE paper_code SET used=? WHERE plan=? AND number=?", at.value,
            .blob(plan.bytes), .integer(Int64(number)))
    }

    // MARK: Answers

    func put(_ ack: AckRow) throws(WatchError) {
        let row = ack.delivery.bytes + Field(0, ack.at).bytes
        let fields = FieldList([Field(1, ack.contact), Field(2, [ack.kind.rawValue])])
        try run(
            "INSERT OR REPLACE INTO ack(delivery,at,box) VALUES(?,?,?)",
            .blob(ack.delivery.bytes), ack.at.value,
            .blob(sealer.seal(fields, table: "ack", row: row)))
    }

    func acks(_ plan: PlanID) throws(WatchError) -> [AckRow] {
        try all(
            """
            SELECT ack.delivery, ack.at, ack.box FROM ack JOIN delivery ON delivery.id=ack.delivery
            WHERE delivery.plan=? ORDER BY ack.at, ack.delivery
            """, .blob(plan.bytes)
        ) { (row) throws(WatchError) -> AckRow in
            guard let delivery = row.blob(0).flatMap({ DeliveryID($0) }), let at = row.instant(1)
            else { throw .damagedRow }
            let fields = try self.sealer.fields(
                row.blob(2), table: "ack", row: delivery.bytes + Field(0, at).bytes)
            guard let contact = fields.text(1),
                let kind = fields.first(2)?.first.flatMap(AckRow.Kind.init(rawValue:))
            else { throw .damagedRow }
            return AckRow(delivery: delivery, at: at, contact: contact, kind: kind)
        }
    }
}
