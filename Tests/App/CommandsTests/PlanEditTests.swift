import Commands
import Foundation
import Platform
import TestSupport
import Testing

@Suite("a plan that is changed, and a check-in that says when the next one comes")
struct PlanEditTests {
    private let desk: Desk
    private let watcher: LoopbackWatcher

    init() throws {
        desk = try Desk.ready()
        for name in ["laura", "mesa"] {
            desk.run("contact", "add", name, "--email", "\(name)@example.org")
        }
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        let once = desk.run("watch", "--once")
        #expect(once.exit == .done, "\(once.error)")
        var host: [UInt8] = []
        try desk.withVault { vault in
            host = vault.records.last { $0.kind == 21 }?.fields.first(1) ?? []
        }
        watcher = try LoopbackWatcher(home: desk.home, host: host, clock: desk.clock)
    }

    private func new(_ rhythm: String...) throws -> String {
        let made = desk.run(
            [
                "checkin", "plan", "new", "xalapa", "--zone", "America/Mexico_City", "--tier",
                "0m:laura", "--alias", "Ana", "--yes", "--json",
            ] + rhythm)
        return try #require(made.json["code"] as? String, "\(made.error)")
    }

    private func arm() {
        let armed = desk.run("checkin", "plan", "arm", "xalapa", "--untested")
        #expect(armed.exit == .done, "\(armed.error)")
    }

    private func edit(_ code: String?, _ more: String..., language: String = "en") -> Desk.Result {
        desk.run(
            ["checkin", "plan", "edit", "xalapa"] + (code == nil ? [] : ["--code-fd", "4"]) + more,
            others: code.map { [4: $0] } ?? [:], language: language)
    }

    private func ok(_ code: String, _ more: String..., language: String = "en") -> Desk.Result {
        desk.run(
            ["ok", "--code-fd", "4"] + more, passphrase: nil, others: [4: code],
            language: language)
    }

    private var shown: String { desk.run("checkin", "plan", "show", "xalapa").output }

    @Test("a draft is changed in the vault, and what is left out stays")
    func draft() throws {
        defer { watcher.stop() }
        _ = try new("--every", "6h", "--grace", "30m", "--phone", "228 1")
        #expect(edit(nil).exit == .usage)
        let changed = edit(nil, "--grace", "45m", language: "es")
        #expect(changed.exit == .done, "\(changed.error)")
        #expect(changed.output.contains("xalapa quedó cambiado"))
        #expect(shown.contains("45m") && shown.contains("6h") && shown.contains("laura"))
        #expect(edit(nil, "--daily", "08:00,20:00", "--until", "2026-02-01 20:00").exit == .done)
        #expect(shown.contains("08:00, 20:00") && shown.contains("end"))
        #expect(edit(nil, "--until", "none", "--key-contact", "mesa").exit == .done)
        #expect(!shown.contains("end ") && shown.contains("mesa") && !shown.contains("laura"))
        // What cannot be changes nothing.
        let before = shown
        for words in [
            ["--grace", "soon"], ["--key-contact", "nadie"], ["--once", "2020-01-01 10:00"],
            ["--zone", "Mars/Base"], ["--tier", "laura"], ["--sheet", "x=ffff"],
            ["--code-words-fd", "5"],
        ] {
            let result = desk.run(
                ["checkin", "plan", "edit", "xalapa"] + words, others: [5: "laura=garza"])
            #expect(result.exit != .done, "\(words)")
            #expect(shown == before)
        }
    }

    @Test("what makes it stronger counts at once; what makes it weaker waits, and says so")
    func armed() throws {
        defer { watcher.stop() }
        let code = try new("--every", "6h", "--grace", "30m")
        arm()
        let stronger = edit(code, "--every", "5h", "--json")
        #expect(stronger.exit == .done, "\(stronger.error)")
        #expect(stronger.json["changes_from"] is NSNull)
        let five = desk.clock.now + .seconds(5 * 3_600)
        #expect(stronger.json["next"] as? String == five.rfc3339)
        // A person more is no weakening, but nobody knows whether she is reached.
        let more = edit(code, "--key-contact", "laura", "--editor", "mesa", language: "es")
        #expect(more.exit == .done, "\(more.error)")
        #expect(more.output.contains("El cambio vale desde ahora."))
        #expect(more.output.contains("SIN PROBAR"))
        let weaker = edit(code, "--grace", "2h", language: "es")
        #expect(weaker.exit == .done, "\(weaker.error)")
        #expect(weaker.output.contains("(más tolerancia)"), "\(weaker.output)")
        #expect(weaker.output.contains("Hasta entonces todo sigue igual"))
        #expect(watcher.grace == .seconds(1_800))
        // The next one counts on from what waits.
        let json = edit(code, "--grace", "3h", "--json").json
        #expect(json["changes_from"] as? String != nil)
        #expect(shown.contains("3h"))
    }

    @Test("without the code, or without a watcher, nothing is changed")
    func refused() throws {
        let code = try new("--every", "6h", "--grace", "30m")
        arm()
        let before = shown
        let wrong = edit(
            desk.run(
                "checkin", "plan", "new", "otro", "--every", "6h", "--tier", "0m:laura", "--zone",
                "America/Mexico_City", "--yes", "--json"
            ).json["code"] as? String, "--grace", "5m")
        #expect(wrong.exit == .noKey, "\(wrong.error)")
        #expect(edit(nil, "--grace", "5m").exit != .done)
        #expect(shown == before)
        watcher.stop()
        watcher.waitUntilGone()
        let idle = edit(code, "--grace", "5m", language: "es")
        #expect(idle.exit == .network, "\(idle.error)")
        #expect(shown.contains("30m"))
    }

    @Test("a list of hours that runs out is said two weeks before, and refilled with the code")
    func refilled() throws {
        defer { watcher.stop() }
        let code = try new("--daily", "09:00,21:00")
        arm()
        let first = try #require(watcher.lastHour)
        // Within the window of the last hour but some.
        desk.clock.set(now: first - .seconds(10 * 86_400 + 1_800))
        let warned = ok(code, language: "es")
        #expect(warned.exit == .done, "\(warned.error)")
        let flat = warned.output.replacing("\n", with: " ")
        #expect(flat.contains("dale más antes: amparo checkin plan edit xalapa"), "\(flat)")
        let refilled = edit(code, language: "es")
        #expect(refilled.exit == .done, "\(refilled.error)")
        #expect(refilled.output.contains("El cambio vale desde ahora."), "\(refilled.output)")
        #expect(try #require(watcher.lastHour) > first + .seconds(100 * 86_400))
        desk.clock.advance(by: .seconds(60))
        let quiet = ok(code, language: "es")
        #expect(!quiet.output.contains("plan edit"), "\(quiet.output)")
    }

    @Test("texts that are other wait for the next met hour, and arming again does not change them")
    func texts() throws {
        defer { watcher.stop() }
        let code = try new("--every", "6h")
        arm()
        try LinuxFileSystem().writeNew(
            desk.folder("text"), Array("{alias} duerme, no hagan caso ({code})".utf8))
        let kept = desk.run(
            "checkin", "plan", "text", "xalapa", "alert", "--length", "sms", "--in", "es",
            "--body", desk.folder("text"))
        #expect(kept.exit == .done, "\(kept.error)")
        let again = desk.run("checkin", "plan", "arm", "xalapa", "--untested", language: "es")
        #expect(again.exit == .failed, "\(again.error)")
        #expect(again.error.contains("un cambio pide el código"), "\(again.error)")
        #expect(watcher.textCount == 0)
        let edited = edit(code, language: "es")
        #expect(edited.exit == .done, "\(edited.error)")
        #expect(edited.output.contains("(otros textos)"), "\(edited.output)")
        #expect(watcher.textCount == 0)
    }

    @Test("a check-in says when the next one comes, twelve hours at most")
    func next() throws {
        defer { watcher.stop() }
        let code = try new("--every", "2h")
        arm()
        let asleep = ok(code, "--next", "10h", "--json")
        #expect(asleep.exit == .done, "\(asleep.error)")
        let ten = desk.clock.now + .seconds(10 * 3_600)
        #expect(asleep.json["next"] as? String == ten.rfc3339)
        for length in ["13h", "5s", "mucho"] {
            let refused = ok(code, "--next", length, language: "es")
            #expect(refused.exit == .usage, "\(length): \(refused.error)")
        }
        #expect(ok("ABCD-EFGH-JK 1234", "--next", "3h").exit != .done)
        desk.clock.advance(by: .seconds(60))
        // An early one is a sign of life, and what was promised stays.
        let awake = ok(code, "--json")
        #expect(awake.json["next"] as? String == ten.rfc3339)
        #expect(awake.json["still_owed"] as? Bool == true)
    }
}
