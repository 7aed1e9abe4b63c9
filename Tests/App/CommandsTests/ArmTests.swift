import CheckIn
import Commands
import Foundation
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing
import Watch
import Wording

@Suite("arming a plan, step by step, each of which can fail")
struct ArmTests {
    private let desk: Desk
    private let watcher: LoopbackWatcher
    private let plan: String
    private let code: String
    /// Where it is noted how far the watcher's log was read.
    private let logMemory: String

    init() throws {
        desk = try Desk.ready()
        desk.run("contact", "add", "laura", "--email", "laura@example.org")
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        let made = desk.run(
            "checkin", "plan", "new", "xalapa", "--zone", "America/Mexico_City", "--tier",
            "0m:laura", "--every", "6h", "--yes", "--json")
        plan = try #require(made.json["plan"] as? String)
        code = try #require(made.json["code"] as? String)
        watcher = try LoopbackWatcher.beside(desk)
        logMemory =
            desk.home + "/state/log-"
            + watcher.boxKey.prefix(8).map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }
            .joined()
    }

    private func arm(_ language: String = "en") -> Desk.Result {
        desk.run("checkin", "plan", "arm", "xalapa", "--untested", language: language)
    }

    private func ok() -> Desk.Result {
        desk.run("ok", "--code-fd", "4", passphrase: nil, others: [4: code])
    }

    private var ticket: String { desk.home + "/tickets/" + plan }

    private var hasTicket: Bool { FileManager.default.fileExists(atPath: ticket) }

    private var state: String? {
        desk.run("checkin", "plan", "list", "--json").list("plans").first?["state"] as? String
    }

    /// The disk refuses tickets.
    private func closeTickets() {
        desk.disk = HookedDisk { (path) throws(FileError) in
            if path.contains("/tickets/") { throw .readOnly }
        }
    }

    /// The vault cannot be written from the moment in which the ticket is.
    private func loseVault() {
        let vault = desk.vault
        desk.disk = HookedDisk { (path) throws(FileError) in
            guard path.contains("/tickets/") else { return }
            try LinuxFileSystem().rename(vault, onto: vault + ".away")
        }
    }

    private func findVault() throws {
        try LinuxFileSystem().rename(desk.vault + ".away", onto: desk.vault)
        desk.disk = LinuxFileSystem()
    }

    @Test("a plan whose codes have digits is not armed on the machine that could guess them")
    func digits() throws {
        defer { watcher.stop() }
        let made = desk.run(
            "checkin", "plan", "new", "cifras", "--zone", "America/Mexico_City", "--tier",
            "0m:laura", "--once", "2026-02-01 12:00", "--digits", "--json")
        #expect(made.exit == .done, "\(made.error)")
        let result = desk.run("checkin", "plan", "arm", "cifras", "--untested", language: "es")
        #expect(result.exit == .refused)
        #expect(result.error.contains("plan hand-over cifras --to NOMBRE"), "\(result.error)")
        #expect(watcher.watched.isEmpty)
        // A drill may be sent: no code checks it.
        let drill = desk.run("checkin", "drill", "cifras")
        #expect(drill.exit == .done, "\(drill.error)")
    }

    @Test("the conversation goes on to a drill and to arming")
    func conversation() throws {
        defer { watcher.stop() }
        let terminal = ScriptedTerminal(
            answers: ["s", code, "n", "s", "ZZZZ", "", "s"], streams: [.error])
        let result = desk.run(
            "checkin", "plan", "new", "xalapa", terminal: terminal, language: "es")
        #expect(result.exit == .done, "\(result.error)")
        #expect(result.output.contains("laura: va en camino"), "\(result.output)")
        #expect(terminal.asked.last?.contains("Todavía no se sabe") == true)
        #expect(watcher.watched == [plan])
        #expect(hasTicket)
        #expect(ok().exit == .done)
    }

    @Test("where no ticket can be written, nothing is armed")
    func noTicket() {
        defer { watcher.stop() }
        closeTickets()
        #expect(arm().exit == .failed)
        #expect(watcher.watched.isEmpty)
        desk.disk = LinuxFileSystem()
        #expect(!hasTicket)
        #expect(state == "draft")
        #expect(arm().exit == .done)
        #expect(ok().exit == .done)
    }

    @Test("a planted note of how far the log was read stops no status")
    func plantedLogMemory() throws {
        defer { watcher.stop() }
        #expect(arm().exit == .done)
        let files = LinuxFileSystem()
        try files.createDirectories(desk.home + "/state")
        try files.replace(logMemory, with: [UInt8](repeating: 0, count: 40))
        let status = desk.run("checkin", "status", passphrase: nil)
        #expect(status.exit == .done, "\(status.error)")
        #expect(status.output.contains("xalapa"))
    }

    @Test("where the vault cannot be written, nothing is armed and no ticket stays")
    func noVault() throws {
        defer { watcher.stop() }
        loseVault()
        let result = arm()
        #expect(result.exit != .done)
        #expect(watcher.watched.isEmpty)
        try findVault()
        #expect(!hasTicket)
        #expect(state == "draft")
        #expect(arm().exit == .done)
        #expect(ok().exit == .done)
    }

    @Test(
        "a watcher that goes before it answers: what is watched can be answered",
        arguments: [true, false])
    func watcherGoes(taking: Bool) {
        defer { watcher.stop() }
        watcher.be(.gone(taking: taking))
        for (language, words) in [("en", "may or may not"), ("es", "puede que vigile")] {
            let result = arm(language)
            #expect(result.exit == .network)
            #expect(result.error.contains(words))
        }
        #expect(hasTicket)
        #expect(watcher.watched == (taking ? [plan] : []))
        #expect(state == (taking ? "armed" : "unwatched"))
        #expect(ok().exit == (taking ? .done : .network))
        watcher.be(.well)
        #expect(arm().exit == .done)
        #expect(watcher.watched == [plan])
        #expect(ok().exit == .done)
    }

    @Test("a watcher that cannot store the plan: it is said that nobody watches, and it can end")
    func watcherRefuses() {
        defer { watcher.stop() }
        watcher.be(.refusing(.store))
        for (language, words) in [
            ("en", "NOBODY IS WATCHING xalapa"), ("es", "NADIE ESTÁ VIGILANDO xalapa"),
        ] {
            let result = arm(language)
            #expect(result.exit == .failed)
            #expect(result.error.contains(words))
        }
        #expect(state == "unwatched")
        let ended = desk.run(
            "checkin", "plan", "end", "xalapa", "--code-fd", "4", others: [4: code])
        #expect(ended.exit == .done, "\(ended.error)")
        #expect(!hasTicket)
        #expect(state == "ended")
    }

    @Test("arming again: whatever fails, the plan goes on being watched and answered")
    func again() throws {
        defer { watcher.stop() }
        #expect(arm().exit == .done)
        #expect(ok().exit == .done)
        let before = try LinuxFileSystem().read(ticket, limit: 65_536)

        closeTickets()
        #expect(arm().exit == .failed)
        desk.disk = LinuxFileSystem()
        #expect(try LinuxFileSystem().read(ticket, limit: 65_536) == before)

        watcher.be(.gone(taking: false))
        #expect(arm().exit == .network)
        for (language, words) in [("en", "is watched as before"), ("es", "se vigila como antes")] {
            watcher.be(.refusing(.store))
            let result = arm(language)
            #expect(result.exit == .failed)
            #expect(result.error.contains(words))
        }
        watcher.be(.well)
        #expect(watcher.watched == [plan])
        #expect(ok().exit == .done)
        #expect(arm().exit == .done)
        #expect(ok().exit == .done)
    }

    @Test(
        "an armed plan goes on with the addresses it had: it is said so, and how it is renewed",
        arguments: ["en", "es"])
    func addresses(_ language: String) throws {
        defer { watcher.stop() }
        #expect(arm().exit == .done)
        let terminal = ScriptedTerminal(streams: [.error])
        let added = desk.run(
            "contact", "add", "laura", "--email", "otra@example.org", terminal: terminal,
            language: language)
        #expect(added.exit == .done)
        #expect(added.error.contains("amparo checkin plan edit xalapa"), "\(added.error)")
        #expect(watcher.addresses == ["laura@example.org"])
        let again = desk.run(
            "checkin", "plan", "edit", "xalapa", "--code-fd", "4", others: [4: code])
        #expect(again.exit == .done, "\(again.error)")
        #expect(watcher.addresses == ["laura@example.org", "otra@example.org"])

        let gone = desk.run(
            "contact", "remove", "laura", "laura@example.org", language: language)
        #expect(gone.exit == .done)
        #expect(gone.error.contains("amparo checkin plan edit xalapa"), "\(gone.error)")
        // One way less makes the plan weaker, which waits.
        let without = desk.run(
            "checkin", "plan", "edit", "xalapa", "--code-fd", "4", "--json", others: [4: code])
        #expect(without.exit == .done, "\(without.error)")
        #expect(without.json["changes_from"] is String)
    }

    @Test("a lost ticket is missed, made anew by arming, and never hides a plan that is watched")
    func lostTicket() throws {
        defer { watcher.stop() }
        #expect(arm().exit == .done)
        #expect(ok().exit == .done)
        try LinuxFileSystem().remove(ticket)
        #expect(state == "armed")
        for (language, words) in [("en", "ITS TICKET IS LOST"), ("es", "SE PERDIÓ SU FICHA")] {
            let status = desk.run("checkin", "status", passphrase: nil, language: language)
            #expect(status.output.contains(words))
        }
        let json = desk.run("checkin", "status", "--json", passphrase: nil).list("plans")
        #expect(json.map { $0["plan"] as? String } == [plan])
        #expect(json.first?["state"] as? String == "armed")

        #expect(arm().exit == .done)
        #expect(ok().exit == .done)
        try LinuxFileSystem().remove(ticket)
        let quiet = desk.run("checkin", "plan", "end", "xalapa", others: [4: code])
        #expect(quiet.exit != .done)
        #expect(watcher.watched == [plan])
        let ended = desk.run(
            "checkin", "plan", "end", "xalapa", "--code-fd", "4", others: [4: code])
        #expect(ended.exit == .done, "\(ended.error)")
        #expect(watcher.watched.isEmpty)
        #expect(state == "ended")
    }

    @Test("a disk that takes no ticket keeps no order from its watcher")
    func endsOnFullDisk() {
        defer { watcher.stop() }
        #expect(arm().exit == .done)
        closeTickets()
        let ended = desk.run(
            "checkin", "plan", "end", "xalapa", "--code-fd", "4", others: [4: code])
        #expect(ended.exit == .done, "\(ended.error)")
        #expect(watcher.watched.isEmpty)
    }

    @Test("a sheet that no message holds is refused when the plan is made, and when it is armed")
    func largeSheet() {
        defer { watcher.stop() }
        let recipient = desk.run("key", "show", "me").line
        #expect(recipient.hasPrefix("age1"))
        let note = desk.note("Archivo", String(repeating: "linea larga ", count: 600_000))
        func new(_ label: String, language: String = "en") -> Desk.Result {
            desk.run(
                [
                    "checkin", "plan", "new", label, "--zone", "America/Mexico_City", "--every",
                    "6h", "--tier", "0m:eva", "--sheet", "archivo=\(note)", "--yes",
                ], language: language)
        }
        // Without a recipient she gets no sheet.
        desk.run("contact", "add", "eva", "--email", "eva@example.org")
        #expect(new("puebla").exit == .done)
        desk.run("contact", "remove", "eva", "--yes")
        let added = desk.run(
            "contact", "add", "eva", "--email", "eva@example.org", "--recipient", recipient)
        #expect(added.exit == .done, "\(added.error)")
        let armed = desk.run("checkin", "plan", "arm", "puebla", "--untested")
        #expect(armed.exit == .refused)
        #expect(armed.error.contains("a message holds 8 MiB"))
        #expect(watcher.watched.isEmpty)
        for (language, words) in [
            ("en", "too large for a message to eva: sheet archivo"),
            ("es", "no cabe en un mensaje a eva: hoja archivo"),
        ] {
            let refused = new("oaxaca", language: language)
            #expect(refused.exit == .refused)
            #expect(refused.error.contains(words))
        }
        #expect(desk.run("checkin", "plan", "list", "--json").list("plans").count == 2)
    }
}
