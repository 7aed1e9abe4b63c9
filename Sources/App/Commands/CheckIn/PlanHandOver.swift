internal import Age
internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Vault
internal import Wording

extension CheckInCommands {
    static let planHandOver = Command(
        "hand-over", spanish: ["entregar", "entrega", "ceder"],
        Text(
            en: "Hand a plan over to a colleague, whose machine watches it",
            es: "Entrega un plan a un colega, para que lo vigile su equipo"),
        why: Text(
            en: """
                The file is sealed to your colleague and signed by you. It says whom to alert and \
                when, carries the sealed sheets, and what it takes to check your code; not the code, \
                not your vault, not what is in the sheets. Her machine alerts your people over her \
                own channels. It hears of you only what you tell her by telephone: dictate the code, \
                and she types it. Whoever hears the code can report in for you. If her machine is \
                off, nobody watches.
                """,
            es: """
                El archivo va sellado para tu colega y firmado por ti. Dice a quién avisar y cuándo, \
                lleva las hojas selladas y lo necesario para comprobar tu código; no el código, ni tu \
                bóveda, ni lo que dicen las hojas. Su equipo avisa a tu gente por los canales de tu \
                colega. De ti solo sabe lo que le digas por teléfono: le dictas el código y lo \
                escribe. Quien oiga el código puede reportarse por ti. Si su equipo está apagado, \
                nadie vigila.
                """),
        options: [
            .value(
                "to", "CONTACT", spanish: ["para"],
                Text(
                    en: "the colleague, a contact with a key",
                    es: "el colega, un contacto con llave"))
        ] + FileOutput.options,
        arguments: [label],
        examples: ["amparo checkin plan hand-over xalapa --to laura -o xalapa-laura.age"]
    ) { invocation in
        let name = try invocation.required("to")
        let made = try invocation.withVault { vault in
            try invocation.requireOuter(vault)
            return try makeHandOver(to: name, Keyring(vault), Notebook(vault), invocation)
        }
        let output = try FileOutput(
            invocation, derived: { "\(made.plan.label)-\(made.contact).age" }, access: .ownerOnly,
            onTerminal: .refuse, inputs: [])
        try output.bytes.write(made.file.span)
        try output.commit(invocation)
        let tickets = try invocation.tickets()
        if var ticket = tickets.ticket(made.plan.id), !ticket.handedTo.contains(made.contact) {
            ticket.handedTo.append(made.contact)
            keep(ticket, tickets, invocation)
        }
        sayWhatIsNext(made.plan, made.contact, invocation)
    }

    private struct MadeHandOver {
        let plan: Plan
        let contact: String
        let file: [UInt8]
    }

    private static func makeHandOver(
        to name: String, _ keyring: Keyring, _ notebook: Notebook, _ invocation: Invocation
    ) throws -> MadeHandOver {
        let book = PlanBook(keyring)
        var plan = try book.find(invocation.argument("LABEL") ?? "")
        guard plan.stage != .ended else { throw ended(plan) }
        guard let keys = plan.handOverKeys else { throw tooOld(plan) }
        let contact = try keyring.contact(named: name)
        let recipients = try keyring.recipients(of: contact.name).map { try Recipient(parsing: $0) }
        guard !recipients.isEmpty else { throw noKey(contact.name) }
        let now = invocation.world.clock.now
        try UnsetClock.refuse(now)
        let epoch = (plan.handed.first { $0.contact == contact.name }?.epoch ?? 0) + 1
        // Its list of hours begins here, however long ago this machine's own began.
        var fresh = plan
        fresh.since = now
        let handOver = try Muster(fresh, keyring).handOver(
            notebook, keys, to: contact.name, recipients.map(\.description), epoch: epoch, at: now,
            in: plan.calendar(invocation.world))
        var body = handOver.serialized()
        defer { Zeroing.zero(&body) }
        let comment =
            "amparo hand-over \(epoch); plan \(plan.label) \(plan.id); for \(contact.name);"
            + " \(now.rfc3339)"
        if let key = try? keyring.signingKey(named: EntryName.me), key.retirement == nil {
            body += try key.withSecret { (key) throws(MinisignError) in
                try key.sign(Prehash(of: body.span), trustedComment: comment).serialized()
            }
        } else {
            invocation.warn(
                Text(
                    en: "you have no signing key in use: the file does not prove that it is yours",
                    es: "no tienes una llave de firma en uso: el archivo no prueba que es tuyo"))
        }
        let file = try Age.seal(body, to: recipients)
        plan.handed.removeAll { $0.contact == contact.name }
        plan.handed.append(Handed(contact: contact.name, epoch: epoch, at: now))
        book.replace(plan)
        return MadeHandOver(plan: plan, contact: contact.name, file: file)
    }

    private static func noKey(_ name: String) -> Failure {
        Failure(
            .noKey,
            Text(
                en: "\(name) has no key: the file could not be sealed to that person",
                es: "\(name) no tiene llave: el archivo no se podría sellar para esa persona"),
            hint: Text(
                en: "ask for it: amparo contact invite \(name)",
                es: "pídela: amparo contact invite \(name)"))
    }

    private static func tooOld(_ plan: Plan) -> Failure {
        Failure(
            .refused,
            Text(
                en: "plan \(plan.label) was made before plans could be handed over",
                es: "el plan \(plan.label) se hizo antes de que los planes se pudieran entregar"),
            hint: Text(
                en: "make it again: amparo checkin plan new",
                es: "hazlo otra vez: amparo checkin plan new"))
    }

    private static func sayWhatIsNext(_ plan: Plan, _ contact: String, _ invocation: Invocation) {
        let label = plan.label
        let duress =
            plan.hasDuressCode
            ? Text(
                en: "Your duress code counts there as well.",
                es: "Tu código bajo amenaza también cuenta ahí.")
            : Text(
                en: "This plan has no duress code (plan new --duress).",
                es: "Este plan no tiene código bajo amenaza (plan new --duress).")
        invocation.say(
            Text(
                en: """
                    Bring it to \(contact), by a stick or as a file; only \(contact) can open it. On \
                    that machine: amparo watch add FILE. UNTIL \(contact) SAYS THAT IT WATCHES, NOBODY \
                    DOES. Then report in by telephone: dictate your code, \(contact) types amparo \
                    watch checkin \(label). \(duress.en)
                    """,
                es: """
                    Llévaselo a \(contact), en una memoria o como archivo; solo \(contact) puede \
                    abrirlo. En su equipo: amparo watch add ARCHIVO. MIENTRAS \(contact) NO DIGA QUE \
                    YA VIGILA, NADIE VIGILA. Después te reportas por teléfono: le dictas tu código y \
                    \(contact) escribe amparo watch checkin \(label). \(duress.es)
                    """))
    }
}
