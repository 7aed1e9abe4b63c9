internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Platform
internal import Watch
internal import Wording

extension CheckInCommands {
    static let log = Command(
        "log", spanish: ["bitacora", "bitácora", "registro", "historial"],
        Text(
            en: "Show what the watcher has done, and check that nobody rewrote it",
            es: "Muestra lo que hizo el vigilante y comprueba que nadie lo reescribió"),
        why: Text(
            en: """
                Every entry of the watcher's log carries the hash of all before it. This machine \
                remembers how far it has read and notices a log that was altered, cut or begun \
                anew. Every message carries the head of the log too ('Log of the watcher: 12 \
                9f2c…'): with --head it is looked for. Names and addresses do not stand in the log.
                """,
            es: """
                Cada línea del registro del vigilante lleva el hash de todas las anteriores. Este \
                equipo recuerda hasta dónde leyó y nota si el registro se alteró, se cortó o empezó \
                de nuevo. Cada mensaje lleva también la punta del registro («Registro del \
                vigilante: 12 9f2c…»): con --head se busca. En el registro no hay nombres ni \
                direcciones.
                """),
        options: [
            .value(
                "head", "HASH",
                Text(
                    en: "is this head, from a message, in the log?",
                    es: "¿está en el registro esta punta, que traía un mensaje?")),
            .flag(
                "accept", spanish: ["aceptar"],
                Text(
                    en: "take the log as it is now, although it does not go on from what was read",
                    es: "toma el registro como está, aunque no sigue de lo que se había leído")),
        ],
        arguments: [
            Argument(
                "LABEL", .optional,
                Text(
                    en: "which plan; the only one when left out",
                    es: "cuál plan; el único, si no lo dices"))
        ],
        examples: ["amparo checkin log", "amparo checkin log xalapa --json"]
    ) { invocation in
        let ticket = try invocation.tickets().find(invocation.argument("LABEL"))
        let greeting = try trustedGreeting(ticket, invocation)
        let links = try links(after: 0, ticket.plan, invocation)
        let memory = LogMemory(greeting.boxKey, invocation)
        let check = memory.check(whole: links)
        if case .broken = check, !invocation.flag("accept") { throw rewritten }
        guard let head = AuditHead.start.followed(by: links) else { throw rewritten }
        memory.keep(head, invocation)
        if let wanted = invocation.value("head") { return try find(wanted, links, invocation) }
        try show(links, head, ticket, greeting.now, invocation)
    }

    static let rewritten = Failure(
        .damaged,
        Text(
            en: "THE WATCHER'S LOG DOES NOT GO ON FROM WHAT WAS READ: it was altered, cut or begun"
                + " anew",
            es: "EL REGISTRO DEL VIGILANTE NO SIGUE DE LO QUE SE HABÍA LEÍDO: lo alteraron, lo"
                + " cortaron o empezó de nuevo"),
        hint: Text(
            en: "if you moved watch.db away yourself: amparo checkin log --accept; else trust no"
                + " message until you know why",
            es: "si tú moviste watch.db: amparo checkin log --accept; si no, no confíes en ningún"
                + " aviso hasta saber por qué"))

    /// The whole log from an entry on, piece by piece.
    private static func links(after number: UInt64, _ plan: PlanID, _ invocation: Invocation)
        throws -> [AuditLink]
    {
        var found: [AuditLink] = []
        var last = number
        while true {
            guard case .log(let piece) = try invocation.askWatcher(.log(after: last, plan)) else {
                throw WatchSocket.Unreachable()
            }
            guard let end = piece.last else { return found }
            // What does not count up would go on for ever.
            guard end.number > last else { throw rewritten }
            found += piece
            last = end.number
        }
    }

    /// After a status: the same check, over what is new.
    static func warnIfRewritten(_ ticket: Ticket, _ invocation: Invocation) {
        guard let greeting = try? trustedGreeting(ticket, invocation) else { return }
        let memory = LogMemory(greeting.boxKey, invocation)
        guard let known = memory.head,
            let fresh = try? links(after: known.number - 1, ticket.plan, invocation)
        else { return }
        // The entry that was read last must still stand there.
        guard let first = fresh.first, first.number == known.number, first.hash == known.hash,
            let head = known.followed(by: Array(fresh.dropFirst()))
        else { return invocation.warn(rewritten.message) }
        memory.keep(head, invocation)
    }

    private static func find(_ wanted: String, _ links: [AuditLink], _ invocation: Invocation)
        throws
    {
        let wanted = wanted.lowercased()
        guard wanted.utf8.count >= 16, wanted.utf8.count <= 64 else {
            throw Failure(
                .usage,
                Text(
                    en: "a head has at least 16 hexadecimal digits",
                    es: "una punta tiene al menos 16 cifras hexadecimales"),
                hint: Text(
                    en: "copy it from the message's last line",
                    es: "cópiala de la última línea del mensaje"))
        }
        if let link = links.first(where: { Hex.encode($0.hash).hasPrefix(wanted) }) {
            return try invocation.print(
                Text(
                    en: "entry \(link.number) of the log: the message is the watcher's",
                    es: "línea \(link.number) del registro: el mensaje es del vigilante"))
        }
        throw Failure(
            .failed,
            Text(
                en: "the log has no such head: the message is not this watcher's, or its log is"
                    + " another one",
                es: "el registro no tiene esa punta: el mensaje no es de este vigilante, o su"
                    + " registro es otro"))
    }

    private static func show(
        _ links: [AuditLink], _ head: AuditHead, _ ticket: Ticket, _ now: Instant,
        _ invocation: Invocation
    ) throws {
        let entries = links.compactMap(\.entry)
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(ticket.plan.description), "label": .text(ticket.label.text),
                "head": .text(Hex.encode(head.hash)), "number": .number(Int64(head.number)),
                "entries": .list(
                    entries.map { entry -> JSON in
                        [
                            "number": .number(Int64(entry.number)), "at": .time(entry.at),
                            "event": .text(entry.event.map { "\($0)" } ?? "unknown"),
                            "tier": entry.tier.map { .number(Int64($0 + 1)) } ?? .null,
                            "detail": entry.detail.map { .number(Int64($0)) } ?? .null,
                        ]
                    }),
            ])
        }
        let hours = Hours(
            zone: ticket.zone, place: ticket.place, world: invocation.world, now: now)
        for entry in entries {
            let when = hours.clock(entry.at)
            let what = entry.words
            try invocation.print(
                Text(
                    en: "\(entry.number)  \(when.en)  \(what.en)",
                    es: "\(entry.number)  \(when.es)  \(what.es)"))
        }
        let short = String(Hex.encode(head.hash).prefix(20))
        try invocation.print(
            Text(
                en: "whole; head \(head.number) \(short)",
                es: "completo; punta \(head.number) \(short)"))
    }
}

/// How far this machine has followed a watcher's log.
struct LogMemory {
    enum Check { case first, goesOn, broken }

    private let path: String
    let head: AuditHead?

    init(_ boxKey: [UInt8], _ invocation: Invocation) {
        let name = "log-" + Hex.encode(Array(boxKey.prefix(8)))
        let folder = (try? invocation.home)?.state ?? ""
        path = Path.join(folder, name)
        // number u64 ‖ hash 32.
        guard let bytes = try? invocation.world.files.readIfPresent(path, limit: 64),
            bytes.count == 40
        else {
            head = nil
            return
        }
        let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // No entry has the number 0: a file that says so was not written here.
        head = number > 0 ? AuditHead(number: number, hash: Array(bytes.dropFirst(8))) : nil
    }

    /// Whether a log that was read from its first entry goes through what was read before.
    func check(whole links: [AuditLink]) -> Check {
        guard let head else { return .first }
        guard head.number <= UInt64(links.count),
            let passed = AuditHead.start.followed(by: Array(links.prefix(Int(head.number)))),
            passed == head
        else { return .broken }
        return .goesOn
    }

    func keep(_ head: AuditHead, _ invocation: Invocation) {
        guard head != self.head, head.number > 0 else { return }
        var writer = ByteWriter()
        writer.u64(head.number)
        writer.raw(head.hash)
        let files = invocation.world.files
        guard let state = try? invocation.home.state else { return }
        try? files.createDirectories(state)
        try? files.replace(path, with: writer.bytes)
    }
}

extension AuditEntry {
    fileprivate var words: Text {
        switch event {
        case .started: Text(en: "the watcher was started", es: "se puso en marcha el vigilante")
        case .armed: Text(en: "armed", es: "activado")
        case .checkIn: Text(en: "check-in or order", es: "reporte u orden")
        case .wrongCode: Text(en: "wrong code", es: "código equivocado")
        case .order: order
        case .reminder: Text(en: "reminder", es: "recordatorio")
        case .hold:
            Text(
                en: "the alert waits: the watcher was away",
                es: "la alerta espera: el vigilante no estuvo")
        case .fired:
            Text(
                en: "ALERT to tier \((tier ?? 0) + 1)", es: "ALERTA al grupo \((tier ?? 0) + 1)")
        case .attempt: Text(en: "message sent", es: "mensaje enviado")
        case .result: result
        case .allClear: Text(en: "all-clear", es: "aviso de que está bien")
        case .ended: Text(en: "ended", es: "terminado")
        case .purged: Text(en: "forgotten", es: "olvidado")
        case .cancelled: Text(en: "message withdrawn", es: "mensaje retirado")
        case .notFired:
            Text(en: "A TIER WAS NOT TOLD", es: "NO SE AVISÓ A UN GRUPO")
        case .acknowledged: Text(en: "a contact answered", es: "contestó un contacto")
        case .held: Text(en: "two contacts hold the alert", es: "dos contactos retienen la alerta")
        case .amended: Text(en: "the plan was changed", es: "cambió el plan")
        case .drill: Text(en: "drill", es: "simulacro")
        case .paperCode: Text(en: "code of the card", es: "código de la tarjeta")
        case .daily: Text(en: "daily report", es: "aviso diario")
        case .wrongAnswer:
            Text(
                en: "wrong code of a contact's message",
                es: "código equivocado del mensaje de un contacto")
        case .duress, nil: Text(en: "entry", es: "línea")
        }
    }

    private var order: Text {
        switch detail.flatMap({ UInt8(exactly: $0) }).flatMap(Order.init(rawValue:)) {
        case .end: Text(en: "order: end", es: "orden: terminar")
        case .pause: Text(en: "order: pause", es: "orden: pausa")
        case .resume: Text(en: "order: resume", es: "orden: reanudar")
        case .update: Text(en: "order: change", es: "orden: cambiar")
        case .card: Text(en: "order: new card", es: "orden: tarjeta nueva")
        case nil: Text(en: "order", es: "orden")
        }
    }

    private var result: Text {
        switch detail {
        case 1: Text(en: "message delivered", es: "mensaje entregado")
        case 2: Text(en: "message failed, it is tried again", es: "el mensaje falló, se reintenta")
        case 3: Text(en: "message refused", es: "mensaje rechazado")
        default: Text(en: "message", es: "mensaje")
        }
    }
}
