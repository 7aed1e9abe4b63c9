import Platform
import TestSupport
import Testing

@Suite("when a plan's check-ins are, from the command line")
struct PlanScheduleTests {
    /// The clock stands at 2026-01-09 17:06 in Mexico City.
    private static func desk() throws -> Desk {
        let desk = try Desk.ready()
        desk.run("contact", "add", "laura", "--email", "laura@example.org")
        desk.run("contact", "add", "mesa", "--email", "mesa@example.org")
        desk.run("contact", "add", "articulo19", "--email", "a19@example.org")
        desk.run("channel", "add", "mail", "smtp://127.0.0.1:9?from=me@example.org")
        return desk
    }

    private static let people = [
        "--zone", "America/Mexico_City", "--alias", "Ana", "--phone", "+52 228 123 4567",
        "--key-contact", "laura", "--editor", "mesa", "--organisation", "articulo19",
    ]

    private static func new(
        _ desk: Desk, _ label: String, _ more: [String], language: String = "es"
    ) -> Desk.Result {
        desk.run(
            ["checkin", "plan", "new", label] + people + more + ["--yes"], language: language)
    }

    /// What stands before the words of the alert, which are tested elsewhere.
    private static func timeline(_ desk: Desk, _ label: String, _ language: String) -> String {
        let shown = desk.run("checkin", "plan", "simulate", label, language: language)
        let lines = shown.output.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.prefix { !$0.isEmpty } + [""]).joined(separator: "\n")
    }

    private static let situations: [(label: String, options: [String])] = [
        ("protest", ["--preset", "protesta", "--until", "20:30"]),
        ("checkpoint", ["--preset", "retén", "--once", "18:30"]),
        (
            "trip",
            [
                "--preset", "travel", "--leg", "salir de Xalapa", "18:00", "--leg",
                "llegar a Puebla", "21:00", "--leg", "regreso a Xalapa", "tomorrow 19:00",
            ]
        ),
        ("home", ["--preset", "casa"]),
        ("border", ["--preset", "border", "--once", "mañana 11:00"]),
    ]

    @Test("a protest, a checkpoint, a trip of two days, home and a border are simulated")
    func simulated() throws {
        let desk = try Self.desk()
        for language in ["en", "es"] {
            var page = ""
            for situation in Self.situations {
                let label = "\(situation.label)-\(language)"
                let made = Self.new(desk, label, situation.options, language: language)
                try #require(made.exit == .done, "\(label): \(made.error)")
                page += "# \(situation.label)\n" + Self.timeline(desk, label, language)
            }
            try Golden.check(page, "Commands/simulate.\(language).txt")
        }
    }

    @Test("a preset proposes, and whatever is said instead stands")
    func presets() throws {
        let desk = try Self.desk()
        #expect(Self.new(desk, "viaje", ["--preset", "viaje"]).exit == .done)
        let shown = desk.run("checkin", "plan", "show", "viaje", language: "es").output
        #expect(shown.contains("cada día 09:00, 21:00"), "\(shown)")
        #expect(shown.contains("1h"))
        let other = Self.new(
            desk, "otro", ["--preset", "travel", "--daily", "10:00", "--grace", "45m"])
        #expect(other.exit == .done, "\(other.error)")
        let changed = desk.run("checkin", "plan", "show", "otro", language: "es").output
        #expect(changed.contains("cada día 10:00") && changed.contains("45m"))
        #expect(!changed.contains("21:00"))
        let tiers = desk.run("checkin", "plan", "show", "otro", "--json").list("tiers")
        #expect(tiers.map { $0["after"] as? String } == ["0s", "2h", "6h"])
    }

    @Test("days and hours of the week, in both languages")
    func weekdays() throws {
        let desk = try Self.desk()
        let made = Self.new(
            desk, "semana", ["--weekdays", "lun-vie 09:00,18:00", "--weekdays", "sat 12:00"])
        #expect(made.exit == .done, "\(made.error)")
        let shown = desk.run("checkin", "plan", "show", "semana", language: "es").output
        #expect(shown.contains("lun a vie 09:00, 18:00; sáb 12:00"), "\(shown)")
        let english = desk.run("checkin", "plan", "show", "semana").output
        #expect(english.contains("Mon-Fri 09:00, 18:00; Sat 12:00"))
        // The clock stands on a Friday afternoon.
        let next = desk.run("checkin", "plan", "simulate", "semana", "--json").json["deadline"]
        #expect(next as? String == "2026-01-10T00:00:00Z")
    }

    @Test("legs of a journey are the vault's, and their hours the watcher's")
    func legs() throws {
        let desk = try Self.desk()
        let made = Self.new(
            desk, "ruta", ["--leg", "leave Xalapa", "18:00", "--leg", "reach Puebla", "21:30"])
        #expect(made.exit == .done, "\(made.error)")
        let shown = desk.run("checkin", "plan", "show", "ruta").output
        #expect(shown.contains("leave Xalapa 18:00; reach Puebla 21:30"), "\(shown)")
    }

    @Test("reminders are said in times before and after the hour")
    func reminders() throws {
        let desk = try Self.desk()
        let made = Self.new(desk, "avisos", ["--once", "22:00", "--reminder", "1h,10m,+5m"])
        #expect(made.exit == .done, "\(made.error)")
        let events = desk.run("checkin", "plan", "simulate", "avisos", "--json").list("events")
        let reminded = events.filter { $0["what"] as? String == "reminder" }
        #expect(
            reminded.map { $0["at"] as? String } == [
                "2026-01-10T03:00:00Z", "2026-01-10T03:50:00Z", "2026-01-10T04:05:00Z",
            ])
        let none = Self.new(desk, "callado", ["--once", "22:00", "--reminder", "ninguno"])
        #expect(none.exit == .done)
        let quiet = desk.run("checkin", "plan", "simulate", "callado", "--json").list("events")
        #expect(quiet.allSatisfy { $0["what"] as? String == "alert" })
    }

    @Test(
        "what cannot be is refused, names the option and the way out, and changes nothing",
        arguments: [
            (["--once", "22:00", "--zone", "Mexico/Xalapa"], "--zone: ninguna zona"),
            (["--once", "2026-01-01 12:00"], "ya pasó"),
            (["--leg", "a", "16:00"], "ya pasó"),
            (["--leg", "a", "18:00", "--leg", "b", "18:10"], "«b» toca antes"),
            (["--leg", "a", "18:00", "--leg", "b", "17:30"], "«b» toca antes"),
            (["--leg", "a"], "--leg"),
            (["--leg", "a", "pronto"], "--leg 'a' no puede ser «pronto»"),
            (["--daily", "09:00,25:00"], "--daily no puede ser"),
            (["--daily", "09:00,09:20"], "«09:20» toca antes"),
            (["--weekdays", "lunes"], "--weekdays no puede ser"),
            (["--weekdays", "lun-xyz 09:00"], "--weekdays no puede ser"),
            (["--preset", "guerra"], "--preset: no existe «guerra»"),
            (["--preset", "retén"], "falta --every"),
            (["--once", "22:00", "--reminder", "pronto"], "--reminder no puede ser"),
            (["--once", "22:00", "--reminder", "+31m"], "un recordatorio va"),
            (["--once", "22:00", "--tier", "-1h:laura"], "--tier no puede ser"),
            (["--every", "6h", "--daily", "09:00"], "--daily"),
        ])
    func bad(_ options: [String], _ words: String) throws {
        let desk = try Desk()
        let refused = desk.run(
            ["checkin", "plan", "new", "x", "--key-contact", "laura"]
                + (options.contains("--zone") ? [] : ["--zone", "America/Mexico_City"]) + options
                + ["--yes"], language: "es")
        #expect(refused.exit == .usage, "\(refused.error)")
        #expect(refused.error.contains(words), "\(refused.error)")
        #expect(desk.files.isEmpty)
    }

    @Test("fixed hours at night are asked about, and only those")
    func night() throws {
        let desk = try Self.desk()
        func plan(_ label: String, _ hours: String) -> Desk.Result {
            desk.run(
                ["checkin", "plan", "new", label] + Self.people + ["--daily", hours],
                language: "es")
        }
        #expect(plan("dia", "07:00,22:59").exit == .done)
        let late = plan("noche", "09:00,23:00")
        #expect(late.exit == .usage)
        #expect(late.error.contains("--yes"), "\(late.error)")
        #expect(plan("madrugada", "06:59").exit == .usage)
    }
}
