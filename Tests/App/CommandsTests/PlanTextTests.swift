import CommandLineKit
import Commands
import Foundation
import TestSupport
import Testing

@Suite("words of one's own, and channels by answers")
struct PlanTextTests {
    private func deskWithPlan() throws -> Desk {
        let desk = try Desk.ready()
        desk.run("contact", "add", "laura", "--email", "laura@example.org")
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:2599?from=ana@example.org")
        let made = desk.run(
            "checkin", "plan", "new", "xalapa", "--every", "6h", "--zone", "America/Mexico_City",
            "--tier", "0m:laura", "--alias", "Ana", "--phone", "+52 228 000 0000", "--yes",
            "--json")
        try #require(made.exit == .done, "\(made.error)")
        return desk
    }

    private func text(
        _ desk: Desk, _ words: String..., input: String = "", language: String = "es"
    ) -> Desk.Result {
        desk.run(
            ["checkin", "plan", "text", "xalapa"] + words, input: Array(input.utf8),
            language: language)
    }

    @Test("a text is listed, shown as kept and as it arrives, changed and put back")
    func life() throws {
        let desk = try deskWithPlan()
        let list = text(desk)
        #expect(list.output.contains("duress") && !list.output.contains("tuyo"))
        let usual = text(desk, "alert")
        #expect(usual.output.contains("ALERTA: {alias} no se ha reportado"))
        #expect(usual.output.contains("1) Llámale{telefonos}"), "\(usual.output)")
        #expect(usual.output.contains("1) Llámale al +52 228 000 0000"))
        let short = text(desk, "alert", "--length", "sms", "--json", language: "en").json
        #expect((short["body"] as? String)?.hasPrefix("ALERT: {alias} has not") == true)
        #expect((short["preview"] as? String)?.hasSuffix("NOT A DRILL.") == true)
        #expect(short["own"] as? Bool == false)

        let kept = text(
            desk, "alert", "--body", "-", "--subject", "Urge: {alias}",
            input: "Marca ya a {alias}{telefonos}.\nConfirma: {codigo}\n\n")
        #expect(kept.exit == .done, "\(kept.error)")
        let own = text(desk, "alert", "--json").json
        #expect(own["own"] as? Bool == true && own["subject"] as? String == "Urge: {alias}")
        #expect(own["body"] as? String == "Marca ya a {alias}{telefonos}.\nConfirma: {codigo}")
        #expect((own["preview"] as? String)?.contains("NO ES SIMULACRO.") == true)
        #expect(text(desk).output.contains("tuyo: mail es"))
        // What is simulated is what would be read.
        let simulated = desk.run("checkin", "plan", "simulate", "xalapa", language: "es")
        #expect(simulated.output.contains("Urge: Ana"), "\(simulated.output)")
        #expect(desk.run("checkin", "plan", "text", "xalapa", "--json").list("texts").count == 1)
        #expect(text(desk, "alert", "--reset").exit == .done)
        #expect(text(desk).output.contains("tuyo") == false)
        #expect(text(desk, "alert", "--reset").error.contains("no se cambió nada"))
    }

    @Test("what would leave people without the code, or lie about drills, is refused")
    func refusals() throws {
        let desk = try deskWithPlan()
        for (kind, body, exit, words) in [
            ("alert", "Marca a {alias}", ExitCode.refused, "falta {codigo}"),
            ("alert", "{alias} {codigo} es un simulacro", .refused, "simulacro"),
            ("alert", "{alias} {codigo} {fecha}", .usage, "nada se llama {fecha}"),
            ("duress", "{codigo}", .refused, "falta {alias}"),
            ("reminder", "ven", .refused, "falta {plan}"),
            ("alerta", "{alias}", .usage, "ningún texto se llama «alerta»"),
        ] {
            let said = text(desk, kind, "--body", "-", input: body)
            #expect(said.exit == exit, "\(body): \(said.error)")
            #expect(said.error.contains(words), "\(said.error)")
        }
        #expect(text(desk, "alert", "--tier", "0").exit == .usage)
        #expect(text(desk, "reminder", "--tier", "1").exit == .usage)
        #expect(text(desk, "alert", "--subject", "x").exit == .usage)
        #expect(
            text(desk, "alert", "--length", "sms", "--subject", "x", "--body", "-", input: "x").exit
                == .usage)
        #expect(desk.run("checkin", "plan", "text", "xalapa", "--json").list("texts").isEmpty)
    }

    @Test("a channel is made by answers; what cannot be right is asked again")
    func guided() throws {
        let desk = try Desk.ready()
        let terminal = ScriptedTerminal(
            answers: [
                "correo", "nueve", "1", "yo@", "mail.example.org", "", "yo@example.org",
                "mail.example.org", "", "secreto",
            ], streams: [.error])
        let made = desk.run("channel", "add", terminal: terminal, language: "es")
        #expect(made.exit == .done, "\(made.error)")
        #expect(made.error.contains("Usa una cuenta hecha solo para alertas"))
        #expect(made.error.contains("un número del 1 al 8"))
        #expect(!made.error.contains("secreto"))
        let listed = desk.run("channel", "list", "--json").list("channels").first ?? [:]
        #expect(
            listed["url"] as? String
                == "smtp://yo%40example.org@mail.example.org:587?from=yo@example.org")
        #expect(listed["password"] as? Bool == true)

        let topic = ScriptedTerminal(
            answers: ["aviso", "2", "", "mesa-z7", "n"], streams: [.error])
        let push = desk.run("channel", "add", terminal: topic, language: "es")
        #expect(push.exit == .done, "\(push.error)")
        #expect(push.error.contains("quien sabe el tema lo puede"), "\(push.error)")
        let screen = ScriptedTerminal(answers: ["7"], streams: [.error])
        #expect(
            desk.run("channel", "add", "pantalla", terminal: screen, language: "es").exit == .done)
        #expect(desk.run("channel", "add", "x").exit == .usage)
    }
}
