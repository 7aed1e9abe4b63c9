import CheckIn
import CommandLineKit
import Encoding
import Foundation
import Platform
import Secrets
import TestSupport
import Testing
import Watch

@Suite("checkin, ok and watch without a watcher")
struct CheckInFlowTests {
    /// A desk with two contacts, a folder channel and a note for the sheet.
    private func room() throws -> (desk: Desk, note: String) {
        let desk = try Desk.ready()
        desk.run("contact", "add", "laura", "--email", "laura@example.org")
        desk.run("contact", "add", "abogado", "--email", "abogado@example.org")
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        return (desk, desk.note("Itinerario", "Xalapa"))
    }

    private func new(
        _ desk: Desk, _ more: String..., label: String = "xalapa", language: String = "en"
    ) -> Desk.Result {
        desk.run(
            [
                "checkin", "plan", "new", label, "--zone", "America/Mexico_City", "--tier",
                "0m:laura", "--tier", "2h:abogado", "--alias", "Ana",
            ] + more, language: language)
    }

    @Test(
        "a plan is a code that reads back, in the language of the person", arguments: ["en", "es"])
    func codes(_ language: String) throws {
        let (desk, note) = try room()
        let made = new(
            desk, "--every", "6h", "--sheet", "itinerario=\(note.prefix(8))", "--yes", "--json",
            language: language)
        #expect(made.exit == .done, "\(made.error)")
        let code = try #require(made.json["code"] as? String)
        #expect(made.json["duress_code"] is NSNull)
        #expect((made.json["plan"] as? String)?.count == 32)
        let list = WordList.of(language == "es" ? .spanish : .english)
        let typed = TypedWords(Array(code.utf8).span)
        let known = (0..<5).allSatisfy { list.index(of: typed, at: $0) != nil }
        #expect(known)
        #expect(throws: Never.self) { _ = try PlanCode(reading: Array(code.utf8).span).text.count }

        let plans = desk.run("checkin", "plan", "list", "--json").list("plans")
        #expect(plans.count == 1)
        #expect(plans[0]["label"] as? String == "xalapa")
        #expect(plans[0]["state"] as? String == "draft")
        #expect(plans[0]["next"] is NSNull)
        #expect((plans[0]["watchers"] as? [String])?.isEmpty == true)
        let tiers = try #require(plans[0]["tiers"] as? [[String: Any]])
        #expect(tiers.map { $0["after"] as? String } == ["0s", "2h"])
        #expect(tiers.map { $0["contacts"] as? [String] } == [["laura"], ["abogado"]])
        // No word of the code anywhere in the home, not even sealed under the passphrase.
        let first = String(code.split(separator: " ")[0])
        try desk.withVault { vault in
            for record in vault.records {
                #expect(!record.fields.serialized().contains(Array(first.utf8)))
            }
        }
    }

    @Test("simulate says who would hear, when, over what; and shows the words")
    func simulate() throws {
        let (desk, _) = try room()
        _ = new(desk, "--every", "6h", "--grace", "30m", "--yes")
        let result = desk.run("checkin", "plan", "simulate", "xalapa", "--json")
        let events = result.list("events")
        let alerts = events.filter { $0["what"] as? String == "alert" }
        try #require(alerts.count == 2, "\(result.error)")
        #expect(alerts.map { $0["contact"] as? String } == ["laura", "abogado"])
        let now = desk.clock.now
        let six: Duration = .seconds(6 * 3_600 + 1_800)
        #expect(alerts[0]["at"] as? String == (now + six).rfc3339)
        #expect(alerts[1]["at"] as? String == (now + six + .seconds(7_200)).rfc3339)
        let text = desk.run("checkin", "plan", "simulate", "xalapa", language: "es")
        #expect(text.output.contains("ALERTA: Ana no se ha reportado"))
        #expect(text.error.contains("un correo no despierta"))
    }

    @Test("on a terminal of 80 columns no line is cut within a word", arguments: ["en", "es"])
    func narrow(_ language: String) throws {
        let (desk, _) = try room()
        _ = new(desk, "--every", "6h", "--yes", "--phone", "+52 228 123 4567")
        for word in ["show", "simulate"] {
            let terminal = ScriptedTerminal(streams: [.output], width: 80)
            let shown = desk.run(
                ["checkin", "plan", word, "xalapa"], terminal: terminal, language: language)
            let lines = shown.output.split(separator: "\n")
            #expect(lines.count > 5 && lines.allSatisfy { $0.count <= 80 }, "\(shown.output)")
        }
    }

    @Test("questions of judgement stop a script; --yes answers them")
    func questions() throws {
        let (desk, _) = try room()
        // Every six hours, some deadline falls at night; every ten minutes is easily missed.
        for rhythm in ["6h", "10m"] {
            #expect(new(desk, "--every", rhythm).exit == .usage)
        }
        #expect(new(desk, "--once", "2026-02-01 03:00").exit == .usage)
        #expect(new(desk, "--once", "2026-02-01 12:00").exit == .done)
        let asked = ScriptedTerminal(answers: ["n"])
        let refused = desk.run(
            [
                "checkin", "plan", "new", "otro", "--zone", "America/Mexico_City", "--tier",
                "0m:laura", "--every", "6h",
            ], terminal: asked)
        #expect(refused.exit == .refused)
        #expect(desk.run("checkin", "plan", "list", "--json").list("plans").count == 1)
    }

    @Test("on a terminal the code is asked back")
    func askedBack() throws {
        let (desk, _) = try room()
        let terminal = ScriptedTerminal(answers: ["no", "es", "este"], streams: [.output])
        let made = desk.run(
            [
                "checkin", "plan", "new", "xalapa", "--zone", "America/Mexico_City", "--tier",
                "0m:laura", "--once", "2026-02-01 12:00",
            ], terminal: terminal)
        #expect(made.exit == .done)
        #expect(terminal.asked.count == 3)
        #expect(made.error.contains("without the code you cannot report in"))
    }

    /// As `arm` leaves it, for a watcher that is gone.
    @discardableResult
    private func ticket(
        _ desk: Desk, _ label: String, seed: UInt64, handedBy name: String? = nil
    ) throws -> WatchKeys {
        let random = SeededRandom(seed: seed)
        let keys = WatchKeys(host: random.secret(count: 32))
        let ticket = Ticket(
            plan: .random(random), label: try PlanLabel(parsing: label),
            planSecret: SharedSecret(random.secret(count: 32)),
            ticketSeed: SharedSecret(random.secret(count: 32)), lastCounter: 7,
            watchers: [WatcherEntry(place: .thisMachine, boxKey: keys.boxKey)],
            deadlines: [desk.clock.now + .seconds(12_000)], zone: "America/Mexico_City",
            place: "Xalapa", isUntested: true, handedBy: name)
        let files = LinuxFileSystem()
        let folder = desk.home + (name == nil ? "/tickets" : "/handed")
        try files.createDirectories(folder)
        try files.replace("\(folder)/\(ticket.plan)", with: ticket.serialized())
        return keys
    }

    private func code(seed: UInt64) -> String {
        PlanCode(random: SeededRandom(seed: seed), list: .spanish).text.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    @Test("without a watcher a check-in waits, sealed, and says that nobody knows yet")
    func queued() throws {
        let (desk, _) = try room()
        let keys = try ticket(desk, "xalapa", seed: 5)
        let typed = code(seed: 1)
        let ok = desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: typed])
        #expect(ok.exit == .network)
        #expect(ok.error.contains("nobody knows yet"))
        let es = desk.run(
            "ok", "xalapa", "--code-fd", "4", passphrase: nil, others: [4: typed], language: "es")
        #expect(es.exit == .network)
        #expect(es.error.contains("todavía nadie lo sabe"))
        let boxes = desk.files.filter { $0.key.hasPrefix("queue/") }
        #expect(boxes.count == 2)
        var counters: [UInt64] = []
        for (name, box) in boxes {
            #expect(desk.mode(desk.home + "/" + name) == 0o600)
            let bytes = try #require(keys.open(box))
            let token = try Token(parsing: bytes)
            #expect(name == "queue/\(token.plan)-\(token.counter)")
            counters.append(token.counter)
        }
        // The clock stood still; counters grow all the same.
        let now = UInt64(desk.clock.now.milliseconds)
        #expect(counters.sorted() == [now, now + 1])
        let status = desk.run("checkin", "status", passphrase: nil)
        #expect(status.exit == .done)
        #expect(status.output.contains("NOBODY IS WATCHING"))
        #expect(status.output.contains("nobody knows yet"))
        #expect(status.output.contains("in 3 h 20 min"))
        #expect(
            desk.run("checkin", "status", passphrase: nil, language: "es").output
                .contains("NADIE ESTÁ VIGILANDO"))
        let listed = desk.run("checkin", "status", "--json", passphrase: nil)
        #expect((listed.json["watchers"] as? [String])?.isEmpty == true)
    }

    @Test("a slip in the code is caught before anything is queued")
    func slips() throws {
        let (desk, _) = try room()
        _ = try ticket(desk, "xalapa", seed: 5)
        var words = code(seed: 1).split(separator: " ").map(String.init)
        words.swapAt(0, 1)
        for typed in [words.joined(separator: " "), "una sola", "zzz zzz zzz zzz zzz"] {
            let ok = desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: typed])
            #expect(ok.exit == .noKey, "\(ok.error)")
        }
        #expect(desk.files.keys.allSatisfy { !$0.hasPrefix("queue/") })
    }

    @Test("with several tickets a label is asked for, and they are named")
    func several() throws {
        let (desk, _) = try room()
        _ = try ticket(desk, "xalapa", seed: 5)
        _ = try ticket(desk, "puebla", seed: 6)
        let ok = desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: code(seed: 1)])
        #expect(ok.exit == .usage)
        #expect(ok.error.contains("puebla, xalapa"))
    }

    @Test(
        "a dictated code goes to no other plan of the same name: its owner is asked for, and an id names it",
        arguments: ["en", "es"])
    func namesakes(_ language: String) throws {
        let (desk, _) = try room()
        try ticket(desk, "xalapa", seed: 5, handedBy: "Ana")
        try ticket(desk, "xalapa", seed: 6, handedBy: "Eva")
        let ids = desk.files.keys.filter { $0.hasPrefix("handed/") }.map {
            String($0.dropFirst("handed/".count).prefix(8))
        }
        func type(_ words: String...) -> Desk.Result {
            desk.run(
                ["watch", "checkin"] + words + ["--code-fd", "4"], passphrase: nil,
                others: [4: code(seed: 1)], language: language)
        }
        let both = type("xalapa")
        #expect(both.exit == .usage)
        for word in ids + ["(Ana)", "(Eva)"] { #expect(both.error.contains(word), "\(both.error)") }
        #expect(desk.files.keys.allSatisfy { !$0.hasPrefix("queue/") })
        for id in ids {
            // Nobody watches here: it waits, for that plan.
            #expect(type(id).exit == .network)
            #expect(desk.files.keys.contains { $0.hasPrefix("queue/" + id) })
        }
    }

    @Test("mistakes, hints and exit codes, word for word", arguments: ["en", "es"])
    func messages(_ language: String) throws {
        let (desk, _) = try room()
        var script = Script(desk: desk, language: language)
        let base = [
            "checkin", "plan", "new", "xalapa", "--zone", "America/Mexico_City", "--yes",
        ]
        let tier = ["--tier", "0m:laura"]
        script.heading("plans that are refused")
        for words in [
            ["checkin", "plan", "new"], ["checkin", "plan", "new", "Xalapa"],
            ["checkin", "plan", "new", "status", "--every", "6h"] + tier,
            base, base + ["--every", "6h"], base + ["--every", "0s"] + tier,
            base + ["--every", "6h", "--once", "2026-02-01 12:00"],
            base + ["--every", "often"] + tier, base + ["--every", "6h", "--grace", "8d"] + tier,
            base + ["--once", "mañana"] + tier, base + ["--once", "2026-02-30 12:00"] + tier,
            base + ["--once", "2020-02-01 12:00"] + tier,
            base + ["--every", "6h", "--until", "2020-02-01 12:00"] + tier,
            base + ["--every", "6h", "--tier", "laura"],
            base + ["--every", "6h", "--tier", "0m:eva"],
            base + ["--every", "6h", "--tier", "40d:laura"],
            base + ["--every", "6h", "--sheet", "x"] + tier,
            base + ["--every", "6h", "--sheet", "x=ffff"] + tier,
            base + ["--every", "6h", "--sheet", "9h:x=ffff"] + tier,
            base + ["--every", "6h", "--alias", "Ana\u{7}"] + tier,
            ["checkin", "plan", "new", "x", "--zone", "Xalapa", "--every", "6h"] + tier,
        ] {
            script.run(words)
        }
        script.heading("nothing there")
        for words in [
            ["checkin", "plan", "list"], ["checkin", "plan", "show", "xalapa"],
            ["checkin", "plan", "simulate", "ffff"], ["checkin", "plan", "arm", "xalapa"],
            ["checkin", "plan", "end", "xalapa"], ["checkin", "status"], ["ok"],
            ["watch", "status"],
        ] {
            script.run(words)
        }
        script.heading("a draft")
        _ = new(desk, "--once", "2026-02-01 12:00")
        for words in [
            ["checkin", "plan", "new", "xalapa", "--zone", "America/Mexico_City", "--once"]
                + ["2026-02-01 12:00"] + tier,
            ["checkin", "plan", "list"], ["checkin", "plan", "arm", "xalapa", "--untested"],
            ["checkin", "plan", "end", "xalapa"], ["checkin", "plan", "list"],
        ] {
            script.run(words)
        }
        try Golden.check(script.text, "Commands/checkin.\(language).txt")
        // Every mistake has a next step.
        for block in script.text.components(separatedBy: "\n\n") where block.contains(": error: ") {
            #expect(block.contains(": hint: "), "\(block)")
        }
    }
}

extension Array where Element: Equatable {
    fileprivate func contains(_ part: [Element]) -> Bool {
        guard part.count <= count else { return false }
        return (0...(count - part.count)).contains { Array(self[$0..<$0 + part.count]) == part }
    }
}
