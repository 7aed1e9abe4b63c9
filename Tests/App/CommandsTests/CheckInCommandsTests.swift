import CommandLineKit
import Commands
import Foundation
import TestSupport
import Testing

@Suite("plans and check-ins, from the command line")
struct CheckInCommandsTests {
    private static let plan = [
        "checkin", "plan", "new", "xalapa", "--every", "6h", "--zone", "America/Mexico_City",
        "--tier", "0m:laura",
    ]

    private func deskWithLaura() throws -> Desk {
        let desk = try Desk.ready()
        let added = desk.run("contact", "add", "laura", "--email", "laura@example.org")
        try #require(added.exit == .done, "\(added.error)")
        return desk
    }

    @Test(
        "a command where a label belongs is named",
        arguments: [
            ("checkin simulate xalapa", "«amparo checkin plan simulate xalapa»"),
            ("checkin estado", "amparo checkin status"),
            ("ok estado", "amparo checkin status"),
            ("checkin nuevo x", "amparo checkin plan new"),
            ("checkin simular x", "amparo checkin plan simulate"),
            ("checkin simulate", "amparo checkin plan simulate"),
            ("checkin drill", "falta ETIQUETA"),
            ("checkin códigos", "«amparo checkin codes»"),
            ("checkin pause", "«amparo checkin plan pause»"),
            ("checkin edit x", "«amparo checkin plan edit x»"),
            ("checkin pause corto --for 5m", "«amparo checkin plan pause corto»"),
            ("checkin corto --for 5m", "mira «amparo checkin --help»"),
            ("bien", "«amparo ok»"),
            ("estoy bien", "«amparo ok»"),
            ("estoy-bien", "«amparo ok»"),
            ("reporte estado", "«amparo checkin status»"),
            ("chekin", "«amparo checkin»"),
            ("clear", "mira «amparo --help»"),
        ])
    func misplaced(_ line: String, _ words: String) throws {
        let result = try Desk().run(
            line.split(separator: " ").map(String.init), language: "es")
        #expect(result.exit == .usage)
        #expect(result.error.contains(words), "\(result.error)")
    }

    @Test("a label is still a label")
    func label() throws {
        let result = try Desk().run("checkin", "xalapa")
        #expect(result.exit == .failed)
        #expect(result.error.contains("no plan is armed here"))
    }

    @Test("what is missing is said before anything is asked")
    func missing() throws {
        let desk = try Desk()
        for (words, missing) in [
            ([String](), "faltan --every (o --once) y --tier"),
            (["--every", "6h"], "falta --tier"),
            (["--tier", "0m:laura"], "falta --every o --once"),
            (["--tier", "laura", "--every", "6h"], "--tier no puede ser «laura»"),
            (["--tier", "0m:laura", "--once", "hoy"], "--once no puede ser «hoy»"),
        ] {
            let terminal = ScriptedTerminal()
            let result = desk.run(
                ["checkin", "plan", "new", "xalapa"] + words, terminal: terminal, language: "es")
            #expect(result.exit == .usage)
            #expect(result.error.contains(missing), "\(result.error)")
            #expect(terminal.asked.isEmpty)
        }
    }

    @Test("a plan in Spanish names the city as people there write it")
    func city() throws {
        let desk = try deskWithLaura()
        let made = desk.run(Self.plan + ["--yes", "--json"], language: "es")
        #expect(made.exit == .done, "\(made.error)")
        #expect(made.error.contains("tus contactos no verán ningún teléfono; agrega --phone"))
        let shown = desk.run("checkin", "plan", "show", "xalapa", language: "es")
        #expect(shown.output.contains("Ciudad de México"))
        let simulated = desk.run("checkin", "plan", "simulate", "xalapa", language: "es")
        #expect(simulated.output.contains("Si no te reportas antes de las "))
        #expect(simulated.output.contains("Fuera de esta lista no se avisa a nadie."))
        #expect(simulated.error.contains("ningún teléfono"))
        let plans = desk.run("checkin", "plan", "list", "--json").list("plans")
        #expect(
            Set(plans.first?.keys.map { $0 } ?? [])
                == ["plan", "label", "state", "next", "tiers", "watchers"])
    }

    @Test("hours at night are asked about, and a no says what to do")
    func night() throws {
        let desk = try deskWithLaura()
        let terminal = ScriptedTerminal(answers: ["n"])
        let result = desk.run(Self.plan, terminal: terminal, language: "es")
        #expect(result.exit == .refused)
        #expect(result.error.contains("usa --until 'AAAA-MM-DD 22:00'"), "\(result.error)")
    }

    @Test("whoever stops before typing the code back hears what became of the plan")
    func stopped() throws {
        let desk = try deskWithLaura()
        let result = desk.run(
            Self.plan + ["--yes"], terminal: ScriptedTerminal(streams: [.output]), language: "es")
        #expect(result.exit != .done)
        #expect(
            result.error.contains("el plan xalapa quedó como borrador; si no anotaste el código"),
            "\(result.error)")
        #expect(result.output.contains("\u{1B}[2J"))
    }

    @Test("what is left out is asked on a terminal, and a wrong answer is asked again")
    func asked() throws {
        let desk = try deskWithLaura()
        let system = (try? String(contentsOfFile: "/etc/timezone", encoding: .utf8)) ?? ""
        let isUTC = ["", "UTC", "Etc/UTC"].contains(system.prefix { $0 > " " })
        let zone = isUTC ? ["Atlántida", "Veracruz"] : []
        let terminal = ScriptedTerminal(
            answers: ["seguido", "6h", " lauro "] + zone + [
                "mañana", "2020-01-01 18:00", "", "Ana Ruiz", "s", "laura",
            ], streams: [.error])
        let result = desk.run(
            "checkin", "plan", "new", "viaje", "--grace", "40m", terminal: terminal,
            language: "es")
        #expect(result.exit == .done, "\(result.error)")
        #expect(terminal.asked.count == 9 + zone.count)
        #expect(terminal.asked[0].contains("¿Cada cuánto te reportas? [6h]"))
        #expect(terminal.asked[2].contains("¿A quién se avisa primero?"))
        #expect(!isUTC || terminal.asked[3].contains("1) Centro (CDMX, Veracruz)"))
        #expect(terminal.asked[3 + zone.count].contains("¿Hasta cuándo?"))
        #expect(terminal.asked[5 + zone.count].contains("¿Hasta cuándo?"))
        #expect(terminal.asked.last?.contains("¿A quién se avisa primero?") == true)
        #expect(result.error.contains("lauro"))
        #expect(!isUTC || result.error.contains("ninguna zona se llama «Atlántida»"))
        #expect(!result.error.contains("las alertas te llamarán"))
        #expect(result.error.contains("NADIE VIGILA TODAVÍA"))
        #expect(result.error.contains("\n    amparo checkin plan arm viaje"))
        let shown = desk.run("checkin", "plan", "show", "viaje", language: "es").output
        #expect(shown.contains("Ana Ruiz") && shown.contains("al terminar la tolerancia: laura"))
    }

    @Test("without a name of one's own, it is said how alerts will call her")
    func alias() throws {
        let desk = try deskWithLaura()
        let made = desk.run(Self.plan + ["--yes"], language: "es")
        #expect(made.exit == .done)
        #expect(
            made.error.contains("las alertas te llamarán «xalapa»; agrega --alias NOMBRE"),
            "\(made.error)")
    }

    @Test("a contact whom a plan needs is not removed without a word")
    func removal() throws {
        let desk = try deskWithLaura()
        #expect(desk.run(Self.plan + ["--yes"]).exit == .done)
        #expect(desk.run("contact", "remove", "laura").exit == .usage)
        let no = ScriptedTerminal(answers: ["n"])
        #expect(
            desk.run("contact", "remove", "laura", terminal: no, language: "es").exit == .refused)
        #expect(no.asked.first?.contains("laura recibe la alerta del borrador «xalapa»") == true)
        #expect(desk.run("contact", "remove", "laura", "--yes").exit == .done)
        let lost = desk.run("checkin", "plan", "simulate", "xalapa", language: "es")
        #expect(lost.exit == .failed)
        #expect(
            lost.error.contains("el plan avisa a «laura», que ya no está en tus contactos"),
            "\(lost.error)")
    }

    @Test("a folder is shown as a copy, wherever it stands in the list")
    func folderIsACopy() throws {
        let desk = try deskWithLaura()
        let folder = desk.run(
            "channel", "add", "carpeta", "file:\(desk.folder("in"))", language: "es")
        #expect(folder.exit == .done)
        #expect(folder.error.contains("nadie más la lee. Agrega también un correo"))
        #expect(desk.run(Self.plan + ["--yes"]).exit == .done)
        let alone = desk.run("checkin", "plan", "simulate", "xalapa", language: "es")
        #expect(alone.output.contains("carpeta (solo una carpeta de este equipo)"))
        let mail = "smtp://127.0.0.1:2599?from=ana@example.org"
        #expect(desk.run("channel", "add", "mail", mail).exit == .done)
        let both = desk.run("checkin", "plan", "simulate", "xalapa", language: "es")
        #expect(
            both.output.contains("mail (laura@example.org); además, copia en carpeta"),
            "\(both.output)")
    }

    @Test("Tails gets no service that it would forget, and is shown the way to a colleague")
    func tails() {
        for place in ["/etc/amnesia", "/usr/share/tails"] {
            let test = TestWorld(["watch", "install"], files: MemoryFileSystem([place: []]))
            let exit = Program(
                version: Root.version, root: Root.command, storedLanguage: Config.storedLanguage
            ).run(test.world)
            #expect(exit == .refused)
            #expect(test.error.text.contains("checkin plan hand-over PLAN --to NAME"))
        }
    }
}
