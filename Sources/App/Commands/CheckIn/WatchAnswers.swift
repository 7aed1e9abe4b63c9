internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Watch
internal import Wording

// What a contact answers by telephone or mail is typed in where the plan is watched.
extension WatchCommands {
    private static let code = Argument(
        "CODE",
        Text(
            en: "the code in the contact's message, such as A7K2",
            es: "el código del mensaje del contacto, como A7K2"))
    private static let plan = Option.value(
        "plan", "LABEL",
        Text(
            en: "which plan, where two have such a code",
            es: "cuál plan, si dos tienen ese código"))

    static let acknowledge = Command(
        "ack", spanish: ["atender", "confirmar", "recibido"],
        Text(
            en: "Note that a contact is on it", es: "Anota que un contacto lo está atendiendo"),
        why: Text(
            en: """
                Whoever is on it has an hour before the next people hear, and all answers together \
                put them off for two hours at most. Nothing is cancelled: only the person herself \
                ends an alarm, with her code. The answer to a drill counts as proof that alerts \
                arrive.
                """,
            es: """
                Quien lo atiende tiene una hora antes de que se avise a los siguientes, y entre \
                todas las respuestas los retrasan dos horas cuando mucho. No se cancela nada: solo \
                ella termina una alerta, con su código. La respuesta a un simulacro cuenta como \
                prueba de que las alertas llegan.
                """),
        options: [plan], arguments: [code], examples: ["amparo watch ack A7K2"]
    ) { invocation in
        let noted = try answer(invocation) { .acknowledge($0, $1) }
        if invocation.json { return try invocation.printJSON(json(noted)) }
        let contact = noted.contact
        if noted.isDrill {
            return try invocation.print(
                Text(
                    en: "noted: \(contact) has received the drill of \(noted.label)",
                    es: "anotado: \(contact) recibió el simulacro de \(noted.label)"))
        }
        try invocation.print(
            Text(
                en: "noted: \(contact) is on it (\(noted.label))",
                es: "anotado: \(contact) lo está atendiendo (\(noted.label))"))
        try sayNext(noted, invocation)
    }

    static let hold = Command(
        "hold", spanish: ["retener", "detener"],
        Text(
            en: "Note that a contact has spoken with her; two hold the later alerts",
            es: "Anota que un contacto habló con ella; dos retienen las alertas que siguen"),
        why: Text(
            en: """
                For somebody who is safe and has lost her codes. Two contacts, each with the code \
                of their own message, must have heard her voice and a right answer to a question of \
                her proof of life. Then nobody else is told for a day; both may say so again. It is \
                never an all-clear.
                """,
            es: """
                Para quien está a salvo y perdió sus códigos. Dos contactos, cada uno con el código \
                de su propio mensaje, deben haber oído su voz y una respuesta correcta a una \
                pregunta de su prueba de vida. Entonces no se avisa a nadie más por un día; ambos \
                pueden repetirlo. Nunca es un aviso de que está bien.
                """),
        options: [plan], arguments: [code], examples: ["amparo watch hold A7K2"]
    ) { invocation in
        let noted = try answer(invocation) { .hold($0, $1) }
        if invocation.json { return try invocation.printJSON(json(noted)) }
        let contact = noted.contact
        try invocation.print(
            Text(
                en: "noted: \(contact) has spoken with the owner of \(noted.label)",
                es: "anotado: \(contact) habló con quien se reporta en \(noted.label)"))
        guard let until = noted.heldUntil else {
            return try invocation.print(
                Text(
                    en: "one more contact has to say so before anything is held",
                    es: "falta que lo diga otro contacto para retener las alertas"))
        }
        let when = hours(noted.label, invocation).said(until)
        try invocation.print(
            Text(
                en: "nobody else is told before \(when.en); this is no all-clear",
                es: "no se avisa a nadie más antes de \(when.es); no es un aviso de que está bien"))
    }

    /// - Throws: Exit 1 for a code that no message carries, exit 2 where several plans could be meant.
    private static func answer(
        _ invocation: Invocation, _ request: (String, PlanID?) -> WatchRequest
    ) throws -> ContactAnswer.Noted {
        let code = invocation.argument("CODE") ?? ""
        var plan: PlanID?
        if let word = invocation.value("plan") {
            plan = try watched(word, invocation).plan
        }
        guard case .contact(let answer) = try invocation.askWatcher(request(code, plan)) else {
            throw WatchSocket.Unreachable()
        }
        switch answer {
        case .noted(let noted): return noted
        case .unknownCode:
            throw Failure(
                .failed,
                Text(
                    en: "no alert that still stands has the code '\(code)'",
                    es: "ninguna alerta vigente tiene el código «\(code)»"),
                hint: Text(
                    en:
                        "it is in the contact's message: a letter, a digit, a letter, a digit; after"
                        + " five wrong ones each takes a minute, and the first contacts are told",
                    es: "está en el mensaje del contacto: letra, cifra, letra, cifra; tras cinco"
                        + " equivocados, cada uno tarda un minuto y se avisa a los primeros contactos"
                ))
        case .severalPlans(let labels):
            let names = labels.map(\.text).joined(separator: ", ")
            throw Failure(
                .usage,
                Text(
                    en: "which plan? the code stands in messages of several: \(names)",
                    es: "¿cuál plan? el código está en mensajes de varios: \(names)"),
                hint: Text(
                    en: "say which: --plan \(labels.first?.text ?? "LABEL")",
                    es: "di cuál: --plan \(labels.first?.text ?? "ETIQUETA")"))
        case .onlyDrill:
            throw Failure(
                .failed,
                Text(
                    en: "that is the code of a drill: there is nothing to hold",
                    es: "ese es el código de un simulacro: no hay nada que retener"),
                hint: Text(
                    en: "note that it arrived: amparo watch ack \(code)",
                    es: "anota que llegó: amparo watch ack \(code)"))
        }
    }

    /// The plan that is watched here under a label or the beginning of an id.
    static func watched(_ word: String, _ invocation: Invocation) throws -> PlanSummary {
        let plans = try CheckInCommands.watchedPlans(invocation).plans.filter {
            $0.state != "ended"
        }
        let prefix = IDPrefix(parsing: word)
        let found = plans.filter { plan in
            plan.label == word || (prefix.map { $0.matches(plan.plan.description) } ?? false)
        }
        guard let only = found.first, found.count == 1 else {
            let names = plans.map(\.label).joined(separator: ", ")
            throw Failure(
                .failed,
                Text(
                    en: "no one plan called '\(word)' is watched here",
                    es: "aquí no se vigila un solo plan que se llame «\(word)»"),
                hint: names.isEmpty
                    ? Text(
                        en: "none is watched: amparo watch status",
                        es: "no se vigila ninguno: amparo watch status")
                    : Text(en: "there are: \(names)", es: "hay: \(names)"))
        }
        return only
    }

    private static func hours(_ label: PlanLabel, _ invocation: Invocation) -> Hours {
        let watched = try? CheckInCommands.watchedPlans(invocation)
        let plan = watched?.plans.first { $0.label == label.text }
        return Hours(
            zone: plan?.zone ?? "Etc/UTC", place: plan?.place ?? "UTC", world: invocation.world,
            now: watched?.now, seconds: plan?.isShort ?? false)
    }

    private static func sayNext(_ noted: ContactAnswer.Noted, _ invocation: Invocation) throws {
        guard let next = noted.next else {
            return try invocation.print(
                Text(en: "everybody has been told", es: "ya se avisó a todos"))
        }
        let when = hours(noted.label, invocation).said(next)
        try invocation.print(
            Text(
                en: "the next people hear at \(when.en) if no check-in comes",
                es: "a los siguientes se les avisa a \(when.es) si no llega un reporte"))
    }

    private static func json(_ noted: ContactAnswer.Noted) -> JSON {
        [
            "label": .text(noted.label.text), "contact": .text(noted.contact),
            "drill": .bool(noted.isDrill), "next": noted.next.map(JSON.time) ?? .null,
            "spoken": .list(noted.spoken), "held_until": noted.heldUntil.map(JSON.time) ?? .null,
        ]
    }
}
