import Foundation
import Platform
import TestSupport
import Testing

@Suite("calendar and clock without a zone")
struct CivilTimeTests {
    @Test("every day of 800 years follows the day before it")
    func everyDay() throws {
        var expected = try #require(CivilDate(year: 1600, month: 1, day: 1))
        for number in expected.daysSince1970..<expected.daysSince1970 + 292_194 {
            let date = CivilDate(daysSince1970: number)
            #expect(date == expected)
            guard date.daysSince1970 == number, date == expected else { break }
            expected =
                CivilDate(year: date.year, month: date.month, day: date.day + 1)
                ?? CivilDate(year: date.year, month: date.month + 1, day: 1)
                ?? CivilDate(year: date.year + 1, month: 1, day: 1) ?? date
        }
    }

    @Test("agrees with known days of the week and spellings")
    func known() throws {
        let day = try #require(CivilDate(year: 2026, month: 12, day: 1))
        #expect(day.weekday == 2)
        #expect(CivilDate(daysSince1970: 0).weekday == 4)
        #expect(CivilDate(daysSince1970: -5).weekday == 6)
        #expect(day.adding(days: 31).description == "2027-01-01")
        #expect(Instant(milliseconds: 1_796_148_000_000).rfc3339 == "2026-12-01T18:00:00Z")
        #expect(Instant(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59Z")
        #expect(
            Instant(rfc3339: "2026-12-01T18:00:00Z") == Instant(milliseconds: 1_796_148_000_000))
    }

    @Test("extreme instants are shown, never a crash")
    func extremes() {
        #expect(Instant(milliseconds: .max).rfc3339 == "9999-12-31T23:59:59Z")
        #expect(Instant(milliseconds: .min).rfc3339 == "0000-01-01T00:00:00Z")
        #expect(CivilDate(daysSince1970: .max).description == "9999-12-31")
        #expect(CivilDate(daysSince1970: .min).description == "-9999-01-01")
        #expect(CivilDate(daysSince1970: 3).adding(days: .min).year == -9_999)
    }

    @Test(
        "refuses other spellings and days that do not exist",
        arguments: [
            "", "2026-02-29 10:00", "2026-13-01 10:00", "2026-12-01 24:00", "2026-12-01 10:60",
            "2026-12-01T10:00", "2026-12-01 10:00 ", "+026-12-01 10:00", "2026-12-1 10:00 ",
            "2026-12-01 1０:00", "2026-00-10 10:00", "1900-02-29 10:00",
        ])
    func refusedSpelling(_ text: String) {
        #expect(CivilDateTime(parsing: text) == nil)
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test("reading what was written gives the same time")
    func roundTrip() {
        let random = SeededRandom(seed: 11)
        for _ in 0..<2_000 {
            let seconds = Int(random.next() % 250_000_000_000) / 60 * 60
            let shown = CivilDateTime(secondsSince1970: seconds)
            #expect(shown.secondsSince1970 == seconds)
            #expect(CivilDateTime(parsing: shown.description) == shown)
            let moment = Instant(milliseconds: Int64(seconds) * 1_000)
            #expect(Instant(rfc3339: moment.rfc3339) == moment)
        }
    }
}
