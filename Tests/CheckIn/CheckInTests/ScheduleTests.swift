import CheckIn
import Encoding
import Platform
import Testing

private let day: Duration = .seconds(86_400)

@Suite("schedules")
struct ScheduleTests {
    let mexico: TimeZoneRules
    let madrid: TimeZoneRules

    init() throws {
        mexico = try ZoneCatalog.embedded.rules("America/Mexico_City")
        madrid = try ZoneCatalog.embedded.rules("Europe/Madrid")
    }

    private func moment(_ text: String, _ rules: TimeZoneRules) throws -> Instant {
        rules.instants(forLocal: try #require(CivilDateTime(parsing: text))).earliest
    }

    private func daily(_ hours: String, _ days: Weekdays = .all) throws -> Schedule {
        let minutes = try #require(HourList.parse(hours))
        return .weekly([try #require(WeeklyHours(days: days, minutes: minutes))])
    }

    private func local(_ promise: Promise, _ rules: TimeZoneRules) -> [String] {
        guard case .deadlines(let moments) = promise else { return [] }
        return moments.map { rules.local(at: $0).description }
    }

    // MARK: Words

    @Test(
        "days are read in both languages, alone and in stretches",
        arguments: [
            ("mon-fri", 0b0111110), ("lun-vie", 0b0111110), ("sat,sun", 0b1000001),
            ("Sábado", 0b1000000), ("miercoles", 0b0001000), ("vie-lun", 0b1100011),
            ("mié", 0b0001000), ("tuesday,thu", 0b0010100), ("dom-sáb", 0b1111111),
        ])
    func days(_ text: String, _ bits: Int) {
        #expect(Weekdays(parsing: text)?.rawValue == UInt8(bits))
    }

    @Test(
        "what is no day or no hour is refused",
        arguments: ["", "mo", "mon-", "-fri", "mon--fri", "a-b-c", "mon,,tue", "lunaes"])
    func noDays(_ text: String) { #expect(Weekdays(parsing: text) == nil) }

    @Test(
        "hours have one spelling each",
        arguments: [
            ("09:00", [540]), ("9:00", [540]), ("09:00,21:00", [540, 1_260]), ("00:00", [0]),
            ("23:59", [1_439]), ("24:00", nil), ("9", nil), ("09:60", nil), ("9:0", nil),
            ("", nil), ("09:00,", nil), ("+9:00", nil), ("009:00", nil),
        ])
    func hours(_ text: String, _ minutes: [Int]?) { #expect(HourList.parse(text) == minutes) }

    // MARK: Deadlines

    @Test("every day at its hours, the end among them, and nothing of before")
    func everyDay() throws {
        let start = try moment("2026-12-01 10:00", mexico)
        let end = try moment("2026-12-03 18:00", mexico)
        let promise = try daily("09:00,21:00").promise(from: start, end: end, in: mexico)
        #expect(
            local(promise, mexico) == [
                "2026-12-01 21:00", "2026-12-02 09:00", "2026-12-02 21:00", "2026-12-03 09:00",
                "2026-12-03 18:00",
            ])
        // A moment that is exactly the start, or the end, is owed once or not at all.
        let exact = try daily("10:00,18:00").promise(from: start, end: end, in: mexico)
        #expect(local(exact, mexico).first == "2026-12-01 18:00")
        #expect(local(exact, mexico).suffix(2) == ["2026-12-03 10:00", "2026-12-03 18:00"])
    }

    @Test("only on its days")
    func someDays() throws {
        // 2026-12-01 is a Tuesday.
        let start = try moment("2026-12-01 10:00", mexico)
        let days = try #require(Weekdays(parsing: "mié-vie"))
        let end = try moment("2026-12-10 00:00", mexico)
        let promise = try daily("08:30", days).promise(from: start, end: end, in: mexico)
        #expect(
            local(promise, mexico) == [
                "2026-12-02 08:30", "2026-12-03 08:30", "2026-12-04 08:30", "2026-12-09 08:30",
                "2026-12-10 00:00",
            ])
    }

    @Test("an hour that the clock jumps over is due when it has jumped; one shown twice, first")
    func changes() throws {
        // Madrid: 2027-03-28 02:00 -> 03:00, and 2026-10-25 03:00 -> 02:00.
        let spring = try moment("2027-03-27 12:00", madrid)
        let promise = try daily("02:15,02:45,03:00,04:00").promise(
            from: spring, end: try moment("2027-03-28 12:00", madrid), in: madrid)
        #expect(
            local(promise, madrid) == ["2027-03-28 03:00", "2027-03-28 04:00", "2027-03-28 12:00"])
        let autumn = try moment("2026-10-24 12:00", madrid)
        let back = try daily("02:30").promise(
            from: autumn, end: try moment("2026-10-25 12:00", madrid), in: madrid)
        guard case .deadlines(let moments) = back else { return }
        #expect(moments.first?.rfc3339 == "2026-10-25T00:30:00Z")
    }

    @Test("a long plan is told as far as its limit, and where that is")
    func long() throws {
        let start = try moment("2026-12-01 10:00", mexico)
        let twice = try daily("09:00,21:00")
        guard case .deadlines(let moments) = twice.promise(from: start, end: nil, in: mexico) else {
            return
        }
        #expect(moments.count == Schedule.deadlineLimit)
        #expect(twice.reach(from: start, end: nil, in: mexico) == moments.last)
        let mondays = try #require(Weekdays(parsing: "lun"))
        let rare = try daily("12:00", mondays)
        let reach = try #require(rare.reach(from: start, end: nil, in: mexico))
        #expect(reach > start + day * 190 && reach <= start + Schedule.horizon)
        // A plan with an end within reach has no such limit.
        #expect(twice.reach(from: start, end: start + day * 30, in: mexico) == nil)
        #expect(twice.reach(from: start, end: start + day * 300, in: mexico) != nil)
        // The list is the same whenever it is computed, as long as it begins at the same moment.
        #expect(
            twice.promise(from: start, end: nil, in: mexico)
                == twice.promise(from: start, end: nil, in: mexico))
    }

    @Test("legs that overlap are found, and so are hours")
    func overlaps() throws {
        let start = try moment("2026-12-01 10:00", mexico)
        func legs(_ minutes: Int64...) -> Schedule {
            .legs(
                minutes.enumerated().map { index, minute in
                    Leg(name: "leg \(index)", deadline: start + .seconds(minute * 60))
                })
        }
        let grace: Duration = .seconds(1_800)
        #expect(legs(60, 120).overlap(grace: grace) == nil)
        #expect(legs(60, 90).overlap(grace: grace) == nil)
        #expect(legs(60, 80).overlap(grace: grace)?.1 == .leg("leg 1"))
        #expect(legs(60, 60).overlap(grace: grace) != nil)
        #expect(legs(120, 60).overlap(grace: .seconds(1)) != nil)
        #expect(try daily("09:00,21:00").overlap(grace: grace) == nil)
        #expect(try daily("09:00,09:20").overlap(grace: grace)?.0 == .minute(540))
        // Over midnight, and over the end of the week.
        #expect(try daily("23:50,00:10").overlap(grace: grace)?.0 == .minute(1_430))
        #expect(try daily("12:00").overlap(grace: day) == nil)
        #expect(try daily("12:00").overlap(grace: day + .seconds(1)) != nil)
    }

    @Test("schedules read back as written, and no other spelling is taken")
    func codec() throws {
        let start = try moment("2026-12-01 10:00", mexico)
        for schedule in [
            Schedule.every(.seconds(60)), .once(start), try daily("09:00,21:00"),
            .legs([Leg(name: "salir de Xalapa", deadline: start)]),
        ] {
            #expect(try Schedule(schedule.fields) == schedule)
        }
        for bytes: [UInt8] in [
            [], [0x80, 0, 0], [1], [1, 0], [0, 0, 1], [1, 0, 2, 0, 1], [1, 0, 1, 0, 1],
            [1, 5, 0xa0],
        ] {
            #expect(throws: CheckInError.self, "\(bytes)") {
                _ = try Schedule(FieldList([Field(3, bytes)]))
            }
        }
        #expect(throws: CheckInError.self) { _ = try Schedule(FieldList([])) }
    }

    // MARK: All zones

    /// The first moment at which the wall shows `local` or has passed it. Between two changes the
    /// wall moves evenly: the answer is at a change, or so far after one as is missing there.
    private func firstShown(_ local: CivilDateTime, _ rules: TimeZoneRules, after changes: [Int])
        -> Instant
    {
        let wall = local.secondsSince1970
        func moment(_ second: Int) -> Instant { Instant(milliseconds: Int64(second) * 1_000) }
        // No clock stands more than 26 hours from UTC.
        let starts = [wall - 100_000] + changes
        let candidates = changes + starts.map { wall - rules.offset(at: moment($0)) }
        let found = candidates.sorted().first { rules.local(at: moment($0)) >= local }
        return moment(found ?? wall - 100_000)
    }

    private static let hours = "00:30,02:15,03:00,21:00"

    /// Whether the hours of three days around `second` are what the wall says.
    private func check(_ rules: TimeZoneRules, around second: Int) throws {
        let start = Instant(milliseconds: Int64(second - 86_400) * 1_000)
        let end = start + day * 2
        let schedule = try daily(Self.hours)
        guard case .deadlines(let found) = schedule.promise(from: start, end: end, in: rules)
        else { return }
        #expect(zip(found, found.dropFirst()).allSatisfy(<), "\(rules.name)")
        let changes = rules.changes(in: start.seconds - 200_000...end.seconds + 200_000).map(\.at)
        var expected: Set<Instant> = [end]
        var date = rules.local(at: start).date
        while date <= rules.local(at: end).date {
            for minute in try #require(HourList.parse(Self.hours)) {
                let local = try #require(
                    CivilDateTime(date, hour: minute / 60, minute: minute % 60))
                let moment = firstShown(local, rules, after: changes)
                if moment > start, moment < end { expected.insert(moment) }
            }
            date = date.adding(days: 1)
        }
        #expect(Set(found) == expected, "\(rules.name) \(start.rfc3339)")
    }

    @Test("in every zone, for ten years, a deadline is the first moment at which its hour has come")
    func allZones() throws {
        var zones: Set<[UInt8]> = []
        var clocks: Set<[ZoneChange]> = []
        var changes = 0
        let from = try #require(CivilDate(year: 2026, month: 1, day: 1))
        let years = from.daysSince1970 * 86_400...(from.daysSince1970 + 3_653) * 86_400
        for name in ZoneCatalog.embeddedNames {
            // Many names are one zone.
            let block = try #require(ZoneCatalog.embeddedBlock(name))
            guard zones.insert(block).inserted else { continue }
            let rules = try ZoneCatalog.embedded.rules(name)
            let clock = rules.changes(in: years)
            changes += clock.count
            // Zones whose clocks change alike for ten years are one; of the others, every change.
            let isNew = clocks.insert(clock).inserted
            let moments = isNew ? clock.map(\.at) : [years.lowerBound + 86_400 * 90]
            for second in moments { try check(rules, around: second) }
        }
        // None goes missing unseen: the embedded data hold some 340 zones and their changes.
        #expect(zones.count > 250, "\(zones.count)")
        #expect(changes > 1_500, "\(changes)")
        #expect(clocks.count > 25, "\(clocks.count)")
    }
}
