import Commands
import Encoding
import Foundation
import Platform
import TestSupport
import Testing

@Suite("a plan that is made by answering questions")
struct PlanConversationTests {
    private let desk: Desk
    private let note: String

    init() throws {
        desk = try Desk.ready()
        let recipient = desk.run("key", "show", "me").line
        desk.run("contact", "add", "laura", "--recipient", recipient, "--email", "l@example.org")
        desk.run("contact", "add", "mesa", "--email", "mesa@example.org")
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        note = desk.note("Ruta", "Hotel")
    }

    /// The answer to where the hours count, where the machine does not say.
    private var zone: [String] {
        let system = (try? String(contentsOfFile: "/etc/timezone", encoding: .utf8)) ?? ""
        return ["", "UTC", "Etc/UTC"].contains(system.prefix { $0 > " " }) ? ["Veracruz"] : []
    }

    private func talk(_ answers: [String], _ more: String..., language: String = "es")
        -> (result: Desk.Result, asked: [String])
    {
        let terminal = ScriptedTerminal(answers: answers, streams: [.error])
        let result = desk.run(
            ["checkin", "plan", "new", "sierra"] + more, terminal: terminal, language: language)
        return (result, terminal.asked)
    }

    private var plans: [[String: Any]] {
        desk.run("checkin", "plan", "list", "--json").list("plans")
    }

    private var all: [String] {
        ["viaje", "laura", "mesa", "", "Ana Ruiz", "228 123"] + zone + [
            "", "2026-02-01 18:00", String(note.prefix(8)), "", "", "",
        ]
    }

    @Test("from the situation to a plan that was simulated", arguments: ["en", "es"])
    func whole(_ language: String) throws {
        // No code for duress; a code word with the one contact who can open a sheet.
        let answers = all + ["n", "y", "garza azul", "y"]
        let (result, asked) = talk(answers, language: language)
        #expect(result.exit == .done, "\(result.error)")
        #expect(asked.count == answers.count, "\(asked)")
        let isSpanish = language == "es"
        #expect(asked[0].contains(isSpanish ? "¿Para qué es?" : "What is it for?"))
        #expect(asked[0].contains("3) "))
        #expect(result.error.contains(isSpanish ? "Tus contactos: laura, mesa" : "Your contacts:"))
        #expect(asked.contains { $0.contains(isSpanish ? "santo y seña con laura" : "code word") })
        #expect(!asked.contains { $0.contains("mesa?") })
        // What follows is the command itself.
        #expect(result.output.contains(isSpanish ? "Si no te reportas antes" : "If you do not"))
        #expect(result.error.contains("amparo checkin plan arm sierra"))
        let plan = try #require(plans.first)
        #expect(plan["state"] as? String == "draft")
        let tiers = try #require(plan["tiers"] as? [[String: Any]])
        #expect(tiers.map { $0["after"] as? String } == ["0s", "2h"])
        #expect(tiers.map { $0["contacts"] as? [String] } == [["laura"], ["mesa"]])
        let shown = desk.run("checkin", "plan", "show", "sierra", language: "es").output
        #expect(shown.contains("Ana Ruiz") && shown.contains("itinera"))
        #expect(plans.count == 1)
    }

    @Test("an answer that cannot be is asked again, and says why")
    func again() throws {
        let answers =
            ["9", "retén", "", "nadie", "laura", "", "", "Ana", ""] + zone
            + ["ayer", "2020-01-01 10:00", "2026-01-12 12:00", "ffff", "", "", "", "", "n", "n"]
        let (result, asked) = talk(answers + ["n"])
        #expect(result.exit == .done, "\(result.error)")
        #expect(asked.count == answers.count + 1)
        for words in ["--preset", "nadie", "--once no puede ser «ayer»", "ya pasó"] {
            #expect(result.error.contains(words), "\(words): \(result.error)")
        }
        #expect(desk.run("checkin", "plan", "show", "sierra").output.contains("once"))
    }

    @Test("hours at night are asked about, and a no asks for others")
    func night() throws {
        let answers =
            ["viaje", "laura", "", "", "Ana", ""] + zone
            + ["6h", "", "n", "09:00", "", "", "", "", "", "n", "n", "n"]
        let (result, asked) = talk(answers)
        #expect(result.exit == .done, "\(result.error)")
        #expect(asked.count == answers.count)
        let shown = desk.run("checkin", "plan", "show", "sierra").output
        #expect(shown.contains("09:00"), "\(shown)")
    }

    @Test("whoever stops after any answer goes on there, and nobody else sees what was answered")
    func resumes() throws {
        let answers = all + ["n", "n", "n"]
        // Steps that are kept: after these many answers, one more is in the vault.
        var start = 0
        for end in [1, 4, 6] + (zone.isEmpty ? [] : [7]) + [8 + zone.count] {
            let (result, _) = talk((start == 0 ? [] : ["s"]) + answers[start..<end])
            #expect(result.exit != .done)
            #expect(
                result.error.contains("sigues con:\n    amparo checkin plan new sierra"),
                "\(result.error)")
            start = end
            #expect(plans.map { $0["state"] as? String } == ["begun"])
        }
        for (name, bytes) in desk.files {
            #expect(!bytes.contains(Array("Ana Ruiz".utf8)), "\(name)")
        }
        let listed = desk.run("checkin", "plan", "list", language: "es").output
        #expect(listed.contains("a medias; sigue con: amparo checkin plan new sierra"))
        let (result, asked) = talk(["s"] + answers[start...])
        #expect(result.exit == .done, "\(result.error)")
        #expect(asked[0].contains("¿Sigues donde te quedaste?"))
        #expect(result.error.contains("--alias Ana Ruiz"))
        #expect(asked.count == 1 + answers.count - start)
        #expect(plans.map { $0["state"] as? String } == ["draft"])
        let shown = desk.run("checkin", "plan", "show", "sierra").output
        #expect(shown.contains("Ana Ruiz") && shown.contains("09:00, 21:00"), "\(shown)")
    }

    @Test("people who are gone and hours that have passed are asked for again")
    func stale() throws {
        let begun = ["reten", "laura", "", "", "Ana", ""] + zone + ["2026-01-12 12:00"]
        #expect(talk(begun).result.exit != .done)
        #expect(plans.map { $0["state"] as? String } == ["begun"])
        #expect(desk.run("contact", "remove", "laura", "--yes").exit == .done)
        desk.clock.advance(by: .seconds(30 * 86_400))
        let rest = ["s", "mesa", "", "", "2026-03-01 12:00", "", "", "", "", "n", "n"]
        let (result, asked) = talk(rest)
        #expect(result.exit == .done, "\(result.error)")
        #expect(asked.count == rest.count, "\(asked)")
        #expect(asked[1].contains("¿A quién se avisa primero"))
        #expect(asked[4].contains("¿Antes de qué hora"))
    }

    @Test("what was begun is begun anew or thrown away")
    func discarded() throws {
        #expect(talk(["viaje", "laura", "", ""]).result.exit != .done)
        let (_, asked) = talk(["n", "3"])
        #expect(asked[1].contains("¿Para qué es?"))
        let ended = desk.run("checkin", "plan", "end", "sierra", language: "es")
        #expect(ended.exit == .done, "\(ended.error)")
        #expect(ended.output.contains("se tiró lo que llevabas de sierra"))
        #expect(plans.isEmpty)
        #expect(desk.run("checkin", "plan", "end", "sierra").exit == .failed)
    }

    @Test("a plan that is made and not armed goes on with what is left")
    func unarmed() throws {
        let made = talk(all + ["n", "n", "n"]).result
        #expect(made.exit == .done)
        // Without its code it would raise a false alarm.
        let wrong = talk(["s", "a", "b", "c"]).result
        #expect(wrong.exit == .refused && wrong.error.contains("plan end sierra"), "\(wrong.error)")
        let lines = made.output.split(separator: "\n").map(String.init)
        let code = try #require(lines.first { $0.split(separator: " ").count == 5 })
        let (result, asked) = talk(["s", "a", code, "s"])
        #expect(result.exit == .done, "\(result.error)")
        #expect(asked[0].contains("¿Sigues con él?"))
        #expect(result.output.contains("Si no te reportas antes"))
        #expect(plans.count == 1)
    }

    @Test("a script is told what is missing, and nobody is asked")
    func script() throws {
        let terminal = ScriptedTerminal(streams: [])
        let result = desk.run("checkin", "plan", "new", "sierra", terminal: terminal)
        #expect(result.exit == .usage)
        #expect(terminal.asked.isEmpty)
        #expect(desk.run("checkin", "plan", "new", "--json").exit == .usage)
    }

    @Test("without anybody to alert it says how to add people")
    func nobody() throws {
        let desk = try Desk.ready(seed: 4)
        let terminal = ScriptedTerminal(streams: [.error])
        let result = desk.run(
            "checkin", "plan", "new", "sierra", terminal: terminal, language: "es")
        #expect(result.exit == .failed)
        #expect(result.error.contains("amparo contact add laura"))
        #expect(terminal.asked.isEmpty)
    }

    @Test("a code of digits is read back, and its twin is far from it")
    func digits() throws {
        let made = desk.run(
            "checkin", "plan", "new", "cifras", "--once", "2026-02-01 12:00", "--zone",
            "America/Mexico_City", "--key-contact", "laura", "--duress", "--digits", "--json")
        #expect(made.exit == .done, "\(made.error)")
        for name in ["code", "duress_code"] {
            let code = try #require(made.json[name] as? String)
            #expect(code.count == 9 && code.allSatisfy { ("0"..."9").contains($0) }, "\(code)")
        }
        let shown = desk.run(
            "checkin", "plan", "new", "otro", "--once", "2026-02-01 12:00", "--zone",
            "America/Mexico_City", "--key-contact", "laura", "--digits", language: "es")
        let line = shown.output.split(separator: "\n").last.map(String.init) ?? ""
        #expect(line.split(separator: " ").map(\.count) == [3, 3, 3], "\(shown.output)")
        #expect(shown.error.contains("este nunca lo vigila"))
    }
}
