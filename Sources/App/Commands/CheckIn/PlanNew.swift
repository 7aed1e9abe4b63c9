internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Keyring
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Vault
internal import Wording

extension CheckInCommands {
    static let planNew = Command(
        "new", spanish: ["nuevo", "crear"],
        Text(en: "Make a plan; it is armed later", es: "Haz un plan; se activa después"),
        why: Text(
            en: """
                The plan lies in the vault. Its code is shown once and stored nowhere: write it \
                where you keep your passphrase, or learn it. On a plan that only this machine \
                watches a duress code protects nobody, and whoever has this machine unlocked could \
                guess at a short code; so it has four words and a check word.
                """,
            es: """
                El plan queda en la bóveda. Su código se muestra una vez y no se guarda en ningún \
                lado: anótalo donde guardas tu frase de contraseña o apréndetelo. En un plan que \
                solo vigila este equipo un código bajo amenaza no protege a nadie, y quien tenga \
                este equipo abierto podría probar códigos cortos; por eso son cuatro palabras y \
                una de comprobación.
                """),
        options: PlanOptions.options + [CodeWords.option, PlanCodes.option],
        conflicts: PlanOptions.conflicts,
        arguments: [
            Argument(
                "LABEL",
                Text(
                    en: "a short name: a-z, 0-9, - and _", es: "un nombre corto: a-z, 0-9, - y _"))
        ],
        examples: [
            "amparo checkin plan new xalapa --every 6h --grace 30m --zone America/Mexico_City "
                + "--tier 0m:laura --tier 2h:abogado --sheet itinerario=3f9a",
            "amparo checkin plan new reten --once '2026-12-01 18:00' --tier 0m:laura",
            "amparo checkin plan new sierra --preset travel --key-contact laura --editor mesa",
            "amparo checkin plan new ruta --leg 'leave Xalapa' 14:00 --leg 'reach Puebla' 17:30 "
                + "--key-contact laura",
        ]
    ) { invocation in
        let label = try label(invocation.argument("LABEL") ?? "")
        let draft = try PlanDraft(label, PlanOptions(invocation), invocation)
        draft.warnAboutPhones(invocation)
        draft.warnAboutAlias(invocation)
        try draft.askAboutHours(invocation)
        let random = invocation.world.random
        let codes = PlanCodes(
            random: random, list: .of(invocation.language), hasDuress: invocation.flag("duress"))
        let tickets = try invocation.tickets()
        let plan = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let book = PlanBook(keyring)
            // An armed plan without a ticket has ended.
            let taken = book.plans.contains {
                $0.label == draft.label
                    && ($0.stage == .draft || $0.stage == .armed && tickets.has($0.id))
            }
            guard !taken else {
                throw Failure(
                    .refused,
                    Text(
                        en: "there is a plan '\(draft.label)' already",
                        es: "ya hay un plan «\(draft.label)»"),
                    hint: Text(
                        en: "choose another label, or end it: amparo checkin plan end"
                            + " \(draft.label)",
                        es: "elige otra etiqueta o termínalo: amparo checkin plan end"
                            + " \(draft.label)"))
            }
            let plan = try draft.plan(codes, keyring, Notebook(vault), random)
            // Before a code is shown: what could never be sent is refused now.
            _ = try Muster(plan, keyring).registration(
                Notebook(vault), ticketKey: Ed25519.publicKey(seed: plan.ticketSeed.bytes),
                isUntested: true, at: invocation.world.clock.now, in: draft.zone)
            book.add(plan)
            return plan
        }
        do {
            try show(codes, plan, invocation)
        } catch {
            // The plan is there already, and its code never comes back.
            invocation.warn(
                Text(
                    en: "plan \(plan.label) stays as a draft; if you did not write the code down,"
                        + " end it and make another: amparo checkin plan end \(plan.label)",
                    es: "el plan \(plan.label) quedó como borrador; si no anotaste el código,"
                        + " termínalo y haz otro: amparo checkin plan end \(plan.label)"))
            throw error
        }
    }.tellingSecrets()

    /// - Throws: Exit 2, with the nearest that can be one.
    private static func label(_ typed: String) throws -> PlanLabel {
        do throws(CheckInError) { return try PlanLabel(parsing: typed) } catch {
            let plain = String(decoding: Folding.fold(typed), as: UTF8.self)
            let words = plain.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
            let near = words.joined(separator: "-").prefix(32)
            guard (try? PlanLabel(parsing: String(near))) != nil else { throw error }
            throw Failure(
                .usage, error.failure.message,
                hint: Text(
                    en: "a-z, 0-9, - and _ alone, such as: amparo checkin plan new \(near)",
                    es: "solo a-z, 0-9, - y _, por ejemplo: amparo checkin plan new \(near)"))
        }
    }

    /// Once, and on a terminal asked back.
    private static func show(_ codes: PlanCodes, _ plan: Plan, _ invocation: Invocation) throws {
        if invocation.json {
            return try invocation.printJSON([
                "plan": .text(plan.id.description), "code": .text(words(codes.safe)),
                "duress_code": codes.hasDuress ? .text(words(codes.duress)) : .null,
            ])
        }
        let terminal = invocation.world.terminal
        let asksBack = terminal.canAsk && terminal.isTerminal(.output)
        invocation.say(
            Text(
                en: "This code reports you in. It is shown once and stored nowhere:",
                es: "Con este código te reportas. Se muestra una vez y no se guarda:"))
        try invocation.print(words(codes.safe))
        if asksBack { try askBack(codes.safe, plan, invocation) }
        guard codes.hasDuress else { return sayWhatIsNext(plan, invocation) }
        invocation.say(
            Text(
                en: "And this one is for when somebody forces you: it looks the same, and your"
                    + " people hear that you are under duress and must not call you:",
                es: "Y este es para cuando alguien te obligue: se ve igual, y tu gente sabrá que"
                    + " estás bajo amenaza y que no debe llamarte:"))
        try invocation.print(words(codes.duress))
        if asksBack { try askBack(codes.duress, plan, invocation) }
        sayWhatIsNext(plan, invocation)
    }

    private static func words(_ code: borrowing PlanCode) -> String {
        code.text.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    private static func sayWhatIsNext(_ plan: Plan, _ invocation: Invocation) {
        let duress =
            plan.hasDuressCode
            ? Text(
                en: "The duress code is of use only on a machine that you hand the plan over to:"
                    + " whoever holds this one could tell the two apart.",
                es: "El código bajo amenaza sirve solo en un equipo al que entregues el plan: quien"
                    + " tenga este podría distinguirlos.")
            : Text(
                en: "Only this machine can watch it, so there is no duress code; for one, hand the"
                    + " plan over and make it with --duress.",
                es: "Solo este equipo puede vigilarlo, así que no hay código bajo amenaza; para"
                    + " tenerlo, entrega el plan y hazlo con --duress.")
        invocation.say(
            Text(
                en: """
                    Plan \(plan.label) (\(plan.id.description.prefix(8))) is a draft. NOBODY IS \
                    WATCHING YET. \(duress.en) Next:
                        amparo checkin plan simulate \(plan.label)
                        amparo watch   (in another terminal)
                        amparo checkin plan arm \(plan.label)
                    or, to a colleague: amparo checkin plan hand-over \(plan.label) --to NAME
                    """,
                es: """
                    El plan \(plan.label) (\(plan.id.description.prefix(8))) es un borrador. NADIE \
                    VIGILA TODAVÍA. \(duress.es) Sigue:
                        amparo checkin plan simulate \(plan.label)
                        amparo watch   (en otra terminal)
                        amparo checkin plan arm \(plan.label)
                    o, a un colega: amparo checkin plan hand-over \(plan.label) --to NOMBRE
                    """))
    }

    private static func askBack(
        _ code: borrowing PlanCode, _ plan: Plan, _ invocation: Invocation
    ) throws {
        let isRight: Bool
        do {
            isRight = try isTyped(code, invocation)
        } catch {
            invocation.clearScreen()
            throw error
        }
        invocation.clearScreen()
        guard !isRight else { return }
        invocation.warn(
            Text(
                en: "without the code you cannot report in; if you did not write it down, end the"
                    + " plan and make another: amparo checkin plan end \(plan.label)",
                es: "sin el código no puedes reportarte; si no lo anotaste, termina el plan y haz"
                    + " otro: amparo checkin plan end \(plan.label)"))
    }

    /// Three tries; the code stands on the screen all the while.
    private static func isTyped(
        _ code: borrowing PlanCode, _ invocation: Invocation
    ) throws -> Bool {
        for _ in 0..<3 {
            let typed = try invocation.passphrase(
                option: "code-fd",
                prompt: Text(
                    en: "type it back, from what you wrote down",
                    es: "escríbelo, leyendo lo que anotaste"))
            let same = try? typed.withBytes { (typed) throws(CodeError) in
                try PlanCode(reading: typed).text.equals(code.text)
            }
            if same == true { return true }
            invocation.warn(Text(en: "that is not the code", es: "ese no es el código"))
        }
        return false
    }
}
