import CommandLineKit
import Foundation
import Platform
import TestSupport
import Testing

@testable import Commands

@Suite("amparo travel, with a plan for the road")
struct TravelPlanTests {
    private let desk: Desk
    private let watcher: LoopbackWatcher
    private let code: String

    init() throws {
        desk = try Desk.ready()
        let key = desk.run("key", "show", "me").line
        desk.run(
            "contact", "add", "laura", "--email", "laura@example.org", "--recipient", key)
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        let made = desk.run(
            "checkin", "plan", "new", "xalapa", "--zone", "America/Mexico_City", "--tier",
            "0m:laura", "--every", "6h", "--grace", "30m", "--yes", "--json")
        code = try #require(made.json["code"] as? String)
        watcher = try LoopbackWatcher.beside(desk)
    }

    private func arm() {
        let armed = desk.run("checkin", "plan", "arm", "xalapa", "--untested")
        #expect(armed.exit == .done, "\(armed.error)")
    }

    private struct Finding: Hashable, CustomStringConvertible {
        let state: String
        let words: String
        let action: String
        var description: String { "\(state): \(words) → \(action)" }
    }

    private func plan(passphrase: String? = nil, language: String = "en") -> [Finding] {
        desk.run("travel", "--json", passphrase: passphrase, language: language).list("checks")
            .filter { $0["check"] as? String == "plan" }
            .map { row in
                Finding(
                    state: row["state"] as? String ?? "", words: row["finding"] as? String ?? "",
                    action: row["action"] as? String ?? "")
            }
    }

    private func has(_ findings: [Finding], _ state: String, _ words: String...) -> Bool {
        findings.contains { one in
            one.state == state && words.allSatisfy { (one.words + one.action).contains($0) }
        }
    }

    @Test("a deadline on the way is told with its hour, and one that is near is met before leaving")
    func deadline() throws {
        defer { watcher.stop() }
        arm()
        let before = desk.files
        var found = plan()
        #expect(desk.files == before, "travel only reads")
        #expect(has(found, "good", "xalapa: next check-in at ", "in 6 h"), "\(found)")
        #expect(
            has(found, "attention", "only this machine watches", "hand-over xalapa"), "\(found)")
        #expect(has(found, "attention", "confirmed", "checkin drill xalapa"), "\(found)")
        desk.clock.advance(by: .seconds(5 * 3_600 + 1_200))
        found = plan(language: "es")
        #expect(has(found, "attention", "siguiente reporte, a la", "amparo ok xalapa"), "\(found)")
        // Owed: nobody leaves like that.
        desk.clock.advance(by: .seconds(3_600))
        found = plan()
        #expect(has(found, "danger", "owed at", "20 min ago", "amparo ok xalapa"), "\(found)")
        #expect(plan(language: "es").contains { $0.words.contains("el reporte era a") })
        let ok = desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: code])
        #expect(ok.exit == .done, "\(ok.error)")
        #expect(has(plan(), "good", "xalapa: next check-in at "))
    }

    @Test("where nobody watches any more, and a check-in waits, both are dangers")
    func nobody() throws {
        arm()
        watcher.stop()
        let isGone = eventually(within: 10) { watcher.watched.isEmpty }
        #expect(isGone)
        let ok = desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: code])
        #expect(ok.exit == .network)
        let found = plan()
        #expect(has(found, "danger", "xalapa: your last check-in still waits here"), "\(found)")
        #expect(has(found, "danger", "NOBODY IS WATCHING", "amparo watch"), "\(found)")
        #expect(has(plan(language: "es"), "danger", "todavía nadie lo sabe"))
    }

    @Test("a pause is told with its end: until then nobody misses anybody")
    func paused() throws {
        defer { watcher.stop() }
        arm()
        let pause = desk.run(
            "checkin", "plan", "pause", "xalapa", "--for", "3h", "--yes",
            "--code-fd", "4", others: [4: code])
        #expect(pause.exit == .done, "\(pause.error)")
        #expect(has(plan(), "attention", "paused until", "plan resume xalapa"), "\(plan())")
        #expect(has(plan(language: "es"), "attention", "en pausa hasta", "nadie te espera"))
    }

    @Test("a plan that a colleague may watch is not called unwatched, and is not taken for watched")
    func handedOver() throws {
        defer { watcher.stop() }
        #expect(has(plan(), "attention", "no check-in plan is armed here"))
        let handed = desk.run(
            "checkin", "plan", "hand-over", "xalapa", "--to", "laura", "-o", desk.folder("x.age"))
        #expect(handed.exit == .done, "\(handed.error)")
        // With the vault closed nobody knows of it.
        #expect(has(plan(), "attention", "unless a colleague watches"))
        var found = plan(passphrase: Desk.passphrase)
        #expect(found.map(\.state) == ["unknown"], "\(found)")
        #expect(has(found, "unknown", "handed over to laura"), "\(found)")
        arm()
        found = plan(language: "es")
        #expect(has(found, "good", "xalapa: vigila este equipo"), "\(found)")
        #expect(has(found, "unknown", "se lo entregaste a laura"), "\(found)")
    }
}
