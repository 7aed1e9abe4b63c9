internal import CommandLineKit
internal import Wording

/// What was said about a plan, as option and values: by a script, by the answers of a conversation,
/// and as a plan that is not finished keeps it.
struct PlanOptions {
    /// Those that say when.
    static let rhythm = ["every", "once", "daily", "weekdays", "leg"]
    /// Those that say who hears, the first after no time: what a preset gives them times for.
    static let roles = ["key-contact", "editor", "organisation"]
    static let names =
        ["preset"] + rhythm + roles + [
            "grace", "until", "zone", "place", "alias", "phone", "tier", "sheet", "reminder",
        ]

    private(set) var values: [String: [String]] = [:]

    init() {}

    init(_ invocation: Invocation) {
        for name in Self.names {
            let given = invocation.values(name)
            if !given.isEmpty { values[name] = given }
        }
    }

    func value(_ name: String) -> String? { values[name]?.last }

    func values(_ name: String) -> [String] { values[name] ?? [] }

    /// Whether nothing was said.
    var isEmpty: Bool { values.isEmpty }

    /// nil takes it away.
    mutating func set(_ name: String, _ given: [String]?) { values[name] = given }

    var hasRhythm: Bool { Self.rhythm.contains { !values($0).isEmpty } }

    /// With what the preset proposes for whatever was left out.
    func completed() throws(Failure) -> PlanOptions {
        var whole = self
        let preset = try value("preset").map { (word) throws(Failure) in try Preset.parse(word) }
        if let preset {
            if !hasRhythm { whole.values.merge(preset.rhythm) { kept, _ in kept } }
            if value("grace") == nil { whole.values["grace"] = [preset.grace] }
            if values["reminder"] == nil { whole.values["reminder"] = preset.reminders }
        }
        for (role, offset) in zip(Self.roles, preset?.offsets ?? Preset.usualOffsets) {
            let people = values(role).map { "\(offset):\($0)" }
            if !people.isEmpty { whole.values["tier", default: []] += people }
            whole.values[role] = nil
        }
        return whole
    }

    static let options: [Option] = [
        .value(
            "preset", "SITUATION",
            Text(
                en: "a proposal: protest, checkpoint, travel, home or border",
                es: "una propuesta: protesta, reten, viaje, casa o frontera")),
        .value(
            "every", "TIME",
            Text(
                en: "report in this long after the last time, such as 6h",
                es: "repórtate cada tanto tiempo después de la última vez, como 6h")),
        .value(
            "daily", "HOURS",
            Text(
                en: "report in every day by these hours: 09:00,21:00",
                es: "repórtate cada día antes de estas horas: 09:00,21:00")),
        .value(
            "weekdays", "DAYS-HOURS", repeats: true,
            Text(
                en: "report in on these days by these hours: 'mon-fri 09:00,21:00'",
                es: "repórtate estos días antes de estas horas: 'lun-vie 09:00,21:00'")),
        .value(
            "leg", "NAME HOUR", repeats: true,
            Text(
                en: "a leg of a journey and by when you report it: 'leave Xalapa' 14:00",
                es: "un tramo del viaje y antes de qué hora lo reportas: 'salir de Xalapa' 14:00")),
        .value(
            "once", "WHEN",
            Text(
                en: "report in once, by 'YYYY-MM-DD HH:MM' or HH:MM",
                es: "repórtate una vez, antes de «AAAA-MM-DD HH:MM» o HH:MM")),
        .value(
            "grace", "TIME",
            Text(en: "grace after the hour (30m)", es: "tolerancia después de la hora (30m)")),
        .value(
            "reminder", "TIMES",
            Text(
                en: "before the hour, and after it with +: 30m,5m,0m,+15m; or none",
                es: "antes de la hora, y después con +: 30m,5m,0m,+15m; o ninguno")),
        .value(
            "until", "WHEN",
            Text(
                en: "the plan's end, itself a check-in: 'YYYY-MM-DD HH:MM' or HH:MM",
                es: "fin del plan, que también es un reporte: «AAAA-MM-DD HH:MM» o HH:MM")),
        .value(
            "zone", "ZONE",
            Text(
                en: "where the hours count, such as America/Mexico_City",
                es: "dónde cuentan las horas, como America/Mexico_City")),
        .value(
            "place", "CITY",
            Text(
                en: "the city that alerts name beside an hour",
                es: "la ciudad que las alertas dicen junto a la hora")),
        .value(
            "alias", "NAME",
            Text(en: "how alerts call you", es: "cómo te llaman las alertas")),
        .value(
            "phone", "NUMBER", repeats: true,
            Text(
                en: "a number under which contacts call you",
                es: "un número al que tus contactos te llaman")),
        .value(
            "key-contact", "NAME", repeats: true,
            Text(
                en: "hears first, when the grace ends",
                es: "a quien se avisa primero, al terminar la tolerancia")),
        .value(
            "editor", "NAME", repeats: true,
            Text(
                en: "editor or lawyer: hears second (2h, or as the preset says)",
                es: "editora o abogado: se le avisa después (2h, o según la propuesta)")),
        .value(
            "organisation", "NAME", repeats: true,
            Text(
                en: "hears last (6h, or as the preset says): Article 19, the Mechanism",
                es: "se le avisa al final (6h, o según la propuesta): Artículo 19, el Mecanismo")),
        .value(
            "tier", "TIME:NAME", repeats: true,
            Text(
                en: "who hears, this long after the grace, such as 2h:laura",
                es: "a quién se avisa, tanto tiempo después de la tolerancia, como 2h:laura")),
        .value(
            "sheet", "[TIME:]NAME=NOTE", repeats: true,
            Text(
                en: "a note sealed to every tier, or to one: itinerario=3f9a",
                es: "un apunte sellado para todos los grupos o para uno: itinerario=3f9a")),
    ]

    static let conflicts: [Conflict] = [
        Conflict("every", "once", hint: twoPlans), Conflict("every", "daily", hint: twoPlans),
        Conflict("every", "weekdays", hint: twoPlans), Conflict("every", "leg", hint: twoPlans),
        Conflict("once", "daily", hint: twoPlans), Conflict("once", "weekdays", hint: twoPlans),
        Conflict("once", "leg", hint: twoPlans), Conflict("daily", "leg", hint: twoPlans),
        Conflict("weekdays", "leg", hint: twoPlans),
    ]

    private static let twoPlans = Text(
        en: "for both, make two plans with the same people",
        es: "para las dos cosas, haz dos planes con la misma gente")
}
