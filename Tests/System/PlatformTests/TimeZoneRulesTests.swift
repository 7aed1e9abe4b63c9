import Foundation
import Platform
import TestSupport
import Testing

@Suite("time zones")
struct TimeZoneRulesTests {
    static func rules(_ name: String) throws -> TimeZoneRules {
        try ZoneCatalog.embedded.rules(name)
    }

    static func time(_ text: String) throws -> CivilDateTime {
        try #require(CivilDateTime(parsing: text))
    }

    @Test("Mexico's clocks stand still since 2022, the border's do not")
    func mexico() throws {
        let december = Instant(milliseconds: 1_796_148_000_000)
        let capital = try Self.rules("America/Mexico_City")
        #expect(capital.local(at: december).description == "2026-12-01 12:00")
        #expect(try capital.instants(forLocal: Self.time("2026-12-01 12:00")) == .once(december))
        let july = try #require(Instant(rfc3339: "2026-07-01T18:00:00Z"))
        #expect(capital.offset(at: july) == -6 * 3_600)
        #expect(try Self.rules("America/Tijuana").offset(at: july) == -7 * 3_600)
        #expect(try Self.rules("America/Tijuana").offset(at: december) == -8 * 3_600)
        let old = try #require(Instant(rfc3339: "2021-07-01T18:00:00Z"))
        #expect(capital.offset(at: old) == -5 * 3_600)
    }

    @Test("an hour that is jumped over, and one that comes twice")
    func gapAndOverlap() throws {
        let madrid = try Self.rules("Europe/Madrid")
        let jump = try #require(Instant(rfc3339: "2026-03-29T01:00:00Z"))
        #expect(try madrid.instants(forLocal: Self.time("2026-03-29 02:30")) == .never(jump: jump))
        #expect(try madrid.instants(forLocal: Self.time("2026-03-29 03:00")) == .once(jump))
        let first = try #require(Instant(rfc3339: "2026-10-25T00:30:00Z"))
        #expect(
            try madrid.instants(forLocal: Self.time("2026-10-25 02:30"))
                == .twice(first, first + .seconds(3_600)))
        // Samoa crossed the date line: a whole day is missing.
        let apia = try Self.rules("Pacific/Apia")
        let line = try #require(Instant(rfc3339: "2011-12-30T10:00:00Z"))
        #expect(try apia.instants(forLocal: Self.time("2011-12-30 12:00")) == .never(jump: line))
    }

    @Test("all zones over ten years and the far future agree with Python's reader")
    func everyZone() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amparo-zones-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        // An empty version 1 part makes a whole file of an embedded block.
        let empty = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)
        for name in ZoneCatalog.embeddedNames {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            let bytes = empty + (try #require(ZoneCatalog.embeddedBlock(name)))
            try Data(bytes).write(to: file)
            #expect(try TimeZoneRules(name: name, parsing: bytes) == Self.rules(name))
        }
        var compared = 0
        for (first, last) in [(2020, 2030), (2096, 2099)] {
            var blocks: Set<[UInt8]> = []
            for line in try Self.pythonChanges(folder, first, last) {
                let words = line.split(separator: " ")
                try Self.compare(String(words[0]), words[1...], first, last, &blocks)
                compared += 1
            }
        }
        #expect(compared == 2 * ZoneCatalog.embeddedNames.count)
        #expect(ZoneCatalog.embeddedNames.count > 590)
    }

    static func pythonChanges(_ folder: URL, _ first: Int, _ last: Int) throws -> [Substring] {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../TestSupport/zone_changes.py")
        let output = folder.deletingLastPathComponent()
            .appending(path: folder.lastPathComponent + ".txt")
        defer { try? FileManager.default.removeItem(at: output) }
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/python3")
        python.arguments = [script.path, folder.path, String(first), String(last)]
        python.standardOutput = try FileHandle(forWritingTo: output)
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        return try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
    }

    static func compare(
        _ name: String, _ expected: ArraySlice<Substring>, _ first: Int, _ last: Int,
        _ blocks: inout Set<[UInt8]>
    ) throws {
        let rules = try Self.rules(name)
        let start = try #require(CivilDate(year: first, month: 1, day: 1)).daysSince1970 * 86_400
        let end = try #require(CivilDate(year: last, month: 1, day: 1)).daysSince1970 * 86_400
        let own = rules.changes(in: start + 1...end)
        let shown = [String(rules.offset(at: instant(start)))] + own.map { "\($0.at):\($0.offset)" }
        let same = shown == expected.map(String.init)
        #expect(same, "\(name)")

        // Links share their rules with the zone they point to: once is enough for the near misses.
        guard blocks.insert(ZoneCatalog.embeddedBlock(name) ?? []).inserted else { return }
        for change in own {
            let before = rules.offset(at: instant(change.at - 1))
            #expect(rules.offset(at: instant(change.at)) == change.offset)
            for near in [-7_200, -1, 0, 1, 7_200] {
                let moment = instant(change.at + near)
                switch rules.instants(forLocal: rules.local(at: moment)) {
                case .once(let found): #expect(found == moment, "\(name)")
                case .twice(let early, let late):
                    #expect([early, late].contains(moment), "\(name)")
                    #expect(late - early == .seconds(before - change.offset), "\(name)")
                case .never: Issue.record("\(name): a time that was shown cannot be missing")
                }
            }
            guard change.offset > before else { continue }
            let skipped = CivilDateTime(secondsSince1970: change.at + before)
            #expect(rules.instants(forLocal: skipped) == .never(jump: instant(change.at)))
        }
    }

    static func instant(_ seconds: Int) -> Instant {
        Instant(milliseconds: Int64(seconds) * 1_000)
    }
}

@Suite("hostile zone data")
struct HostileZoneTests {
    @Test(
        "names that could be paths are refused",
        arguments: [
            "", "/etc/passwd", "../zone", "America/../Mexico", "America//Lima", "America/Lima/",
            "right/UTC", "posix/UTC", "America/Lima\u{0}", "zone1970.tab", "Am\u{e9}rica/Lima",
            String(repeating: "A", count: 40), "+1",
        ])
    func names(_ name: String) {
        #expect(throws: ZoneError.malformedName) { try ZoneCatalog.embedded.rules(name) }
    }

    @Test("an unknown zone is said, never taken for UTC")
    func unknown() {
        #expect(throws: ZoneError.unknownZone) { try ZoneCatalog.embedded.rules("America/Xalapa") }
    }

    @Test("any cut and any changed byte is refused or read, never a crash")
    func damage() throws {
        let block = try #require(ZoneCatalog.embeddedBlock("Europe/Madrid"))
        for count in block.indices {
            #expect(throws: ZoneError.self) {
                try TimeZoneRules(name: "x", parsingVersion2: Array(block[..<count]))
            }
        }
        let random = SeededRandom(seed: 5)
        let moments = [Int64.min, -1, 0, 1_796_148_000_000, .max].map(Instant.init(milliseconds:))
        let local = try #require(CivilDateTime(parsing: "2026-03-29 02:30"))
        for _ in 0..<3_000 {
            var bytes = block
            for _ in 0...random.next() % 3 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: random.next())
            }
            guard let rules = try? TimeZoneRules(name: "x", parsingVersion2: bytes) else {
                continue
            }
            for moment in moments { _ = rules.local(at: moment) }
            _ = rules.instants(forLocal: local)
        }
    }

    static func file(rule: String, version: String = "2") -> [UInt8] {
        let header = { (types: UInt8) in
            Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 34)
                + [types, 0, 0, 0, types * 4]
        }
        return header(0) + header(1) + [0, 0, 0, 0, 0, 0] + Array("UTC\u{0}\n\(rule)\n".utf8)
    }

    @Test("reads the rules of the standard, and only those")
    func rules() throws {
        for rule in [
            "UTC0", "<-03>3", "CST6CDT,M3.2.0,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            "IST-2IDT,M3.4.4/26,M10.5.0", "XXX3EDT4,0/0,J365/23", "AAA+24BBB,J1/-167,365/167", "",
        ] {
            _ = try TimeZoneRules(name: "x", parsing: Self.file(rule: rule))
        }
        for rule in [
            "UT0", "UTC", "UTC25", "UTC0:60", "<UTC0", "CST6CDT", "CST6CDT,M13.1.0,M11.1.0",
            "CST6CDT,M3.2.7,M11.1.0", "CST6CDT,M3.2.0/168,M11.1.0", "CST6CDT,J0,J365",
            "CST6CDT,M3.2.0,M11.1.0,", "UTC99999999999999999999", "UTC0 ",
        ] {
            #expect(throws: ZoneError.malformedRule, "\(rule)") {
                try TimeZoneRules(name: "x", parsing: Self.file(rule: rule))
            }
        }
        #expect(throws: ZoneError.unsupportedData) {
            try TimeZoneRules(name: "x", parsing: Self.file(rule: "UTC0", version: "\u{0}"))
        }
    }

    @Test("daylight-saving time all year has no gap at new year")
    func wholeYear() throws {
        let rules = try TimeZoneRules(
            name: "x", parsing: Self.file(rule: "XXX3EDT4,0/0,J365/23"))
        #expect(rules.changes(in: 0...4_000_000_000).count <= 1)
    }
}

@Suite("the newer of two copies of the zone data")
struct ZoneCatalogTests {
    @Test("an older, unreadable or damaged system copy is left aside")
    func older() throws {
        let wrong = HostileZoneTests.file(rule: "XXX11")
        let noon = Instant(milliseconds: 1_796_148_000_000)
        let offsets = try ["2019a", "9999a", "unknown", "99999"].map { release in
            let catalog = ZoneCatalog.newest { path, _ in
                path.hasSuffix("tzdata.zi") ? Array("# version \(release)\nrest".utf8) : wrong
            }
            return try catalog.rules("America/Mexico_City").offset(at: noon)
        }
        #expect(offsets == [-6 * 3_600, -11 * 3_600, -6 * 3_600, -6 * 3_600])
        let damaged = ZoneCatalog.newest { path, _ in
            path.hasSuffix("tzdata.zi") ? Array("# version 9999a\n".utf8) : [1, 2, 3]
        }
        #expect(try damaged.rules("America/Mexico_City").offset(at: noon) == -6 * 3_600)
    }

    @Test("the embedded copy says what the system's files of the same release say")
    func sameRelease() throws {
        let folder = URL(filePath: "/usr/share/zoneinfo")
        let source = try String(
            contentsOf: folder.appending(path: "tzdata.zi"), encoding: .utf8)
        // Elsewhere the system may well be newer; nothing can be compared then.
        guard source.hasPrefix("# version \(ZoneCatalog.embeddedRelease)\n") else { return }
        for name in ZoneCatalog.embeddedNames {
            let file = try Data(contentsOf: folder.appending(path: name))
            let system = try TimeZoneRules(name: name, parsing: Array(file))
            let embedded = try ZoneCatalog.embedded.rules(name)
            // From 1970 to 2038.
            let range = 1...2_160_000_000
            let same = embedded.changes(in: range) == system.changes(in: range)
            #expect(same, "\(name)")
            #expect(
                embedded.offset(at: Instant(milliseconds: 0))
                    == system.offset(at: Instant(milliseconds: 0)), "\(name)")
        }
    }
}
