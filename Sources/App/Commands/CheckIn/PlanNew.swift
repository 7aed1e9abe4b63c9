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
    private static let newLabel = Argument(
        "LABEL", .optional,
        Text(en: "a short name: a-z, 0-9, - and _", es: "un nombre corto: a-z, 0-9, - y _"))

    static let planNew = Command(
        "new", spanish: ["nuevo", "crear"],
        Text(en: "Make a plan; it is armed later", es: "Haz un plan; se activa después"),
        why: Text(
            en: """
                The plan lies in the vault. Its code is shown once and stored nowhere: write it \
                where you keep your passphrase, or learn it. On a plan that only this machine \
                watches a duress code protects nobody, and whoever has this machine unlocked could \
                guess at a short code; so it has four words and a check word. Codes of nine digits \
                are easier to dictate and to guess: only for a plan that you hand over and never arm \
                here. With no options a terminal asks step by step, up to arming; what was answered \
                is kept in the vault, and the same command goes on.
                """,
            es: """
                El plan queda en la bóveda. Su código se muestra una vez y no se guarda en ningún \
                lado: anótalo donde guardas tu frase de contraseña o apréndetelo. En un plan que \
                solo vigila este equipo un código bajo amenaza no protege a nadie, y quien tenga \
                este equipo abierto podría probar códigos cortos; por eso son cuatro palabras y \
                una de comprobación. Los códigos de nueve cifras se dictan más fácil y también se \
                adivinan más fácil: solo para un plan que entregas y nunca activas aquí. Sin \
                opciones, en una terminal te pregunta paso a paso hasta activarlo; lo que contestas \
                queda en la bóveda y con el mismo comando sigues.
                """),
        options: PlanOptions.options + [CodeWords.option, PlanCodes.option, PlanCodes.digits],
        conflicts: PlanOptions.conflicts,
        arguments: [newLabel],
        examples: [
            "amparo checkin plan new xalapa",
            "amparo checkin plan new xalapa --every 6h --grace 30m --zone America/Mexico_City "
                + "--tier 0m:laura --tier 2h:abogado --sheet itinerario=3f9a",
            "amparo checkin plan new reten --once '2026-12-01 18:00' --tier 0m:laura",
            "amparo checkin plan new sierra --preset travel --key-contact laura --editor mesa",
            "amparo checkin plan new ruta --leg 'leave Xalapa' 14:00 --leg 'reach Puebla' 17:30 "
                + "--key-contact laura",
        ]
    ) { invocation in
        let given = PlanOptions(invocation)
        let label = try label(invocation)
        guard !PlanConversation.isWanted(given, invocation) else {
            return try converse(label, invocation)
        }
        let draft = try PlanDraft(label, given, CodeWords.read(invocation), invocation)
        draft.warnAboutPhones(invocation)
        draft.warnAboutAlias(invocation)
        try draft.askAboutHours(invocation)
        let codes = PlanCodes(invocation, hasDuress: invocation.flag(PlanCodes.option.long))
        let plan = try invocation.withVault { vault in
            try add(draft, codes, vault, invocation)
        }
        try tell(codes, plan, invocation)
        if !invocation.json { sayWhatIsNext(plan, invocation) }
    }.tellingSecrets()

    private static func label(_ invocation: Invocation) throws -> PlanLabel {
        if let typed = invocation.argument("LABEL") { return try label(typed) }
        guard invocation.canConverse else {
            throw UsageMistake.missingArgument(
                "LABEL", help: newLabel.help, of: invocation.line.name)
        }
        return try PlanQuestions(invocation).label { try label($0) }
    }

    // MARK: Step by step

    /// From the situation to a plan that is watched; each step is kept.
    private static func converse(_ label: PlanLabel, _ invocation: Invocation) throws {
        let vault = try invocation.openVault()
        // The options are the person's own: what was not asked is not warned of.
        let (plan, codes) = try invocation.end(vault) { vault in
            if let plan = try unarmed(label, vault, invocation) { return (plan, PlanCodes?.none) }
            let talk = PlanConversation(label, vault, invocation)
            let options = try talk.run()
            let codes = PlanCodes(invocation, hasDuress: try talk.wantsDuress())
            let draft = try PlanDraft(label, options, talk.codeWords(options), invocation)
            return (try add(draft, codes, vault, invocation), codes)
        }
        if let codes { try tell(codes, plan, invocation) }
        try PlanFirstSteps(plan, vault, invocation).run()
    }

    /// A plan whose code is known already, and that is to be rehearsed and armed.
    private static func unarmed(
        _ label: PlanLabel, _ vault: Vault, _ invocation: Invocation
    ) throws -> Plan? {
        guard
            let plan = PlanBook(Keyring(vault)).plans.last(where: {
                $0.label == label && $0.stage == .draft
            }),
            try invocation.choose(
                Text(
                    en: "'\(label)' is made and not armed. Go on with it?",
                    es: "«\(label)» ya está hecho y sin activar. ¿Sigues con él?"), preset: true)
        else { return nil }
        if !plan.isOfDigits { try requireCode(of: plan, invocation) }
        return plan
    }

    /// Whoever stopped where the code was shown may not have it: a plan that nobody can report in on
    /// raises a false alarm.
    private static func requireCode(of plan: Plan, _ invocation: Invocation) throws {
        let prompt = Text(
            en: "type its code, from what you wrote down (Ctrl-C: you do not have it)",
            es: "escribe su código, leyendo lo que anotaste (Ctrl-C: no lo tienes)")
        guard try !isTyped(prompt, invocation, { try isCode($0, of: plan) }) else { return }
        throw Failure(
            .refused,
            Text(
                en: "without its code '\(plan.label)' would raise a false alarm: it is not armed",
                es: "sin su código «\(plan.label)» daría una falsa alarma: no se activa"),
            hint: Text(
                en: "end it (amparo checkin plan end \(plan.label)), and make it again: amparo"
                    + " checkin plan new \(plan.label)",
                es: "termínalo (amparo checkin plan end \(plan.label)) y hazlo de nuevo: amparo"
                    + " checkin plan new \(plan.label)"))
    }

    private static func isCode(_ typed: borrowing SecretBytes, of plan: Plan) throws -> Bool {
        let seed: SecretBytes
        do throws(CodeError) {
            seed = try typed.withBytes { (typed) throws(CodeError) in
                try PlanCode(reading: typed).signingSeed(
                    plan: plan.id, secret: plan.planSecret.bytes)
            }
        } catch .outOfMemory {
            throw CodeError.outOfMemory
        } catch { return false }
        return Ed25519.publicKey(seed: seed) == plan.safeKey
    }

    // MARK: The plan and its codes

    private static func add(
        _ draft: PlanDraft, _ codes: PlanCodes, _ vault: Vault, _ invocation: Invocation
    ) throws -> Plan {
        let tickets = try invocation.tickets()
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
        let plan = try draft.plan(codes, keyring, Notebook(vault), invocation.world.random)
        // Before a code is shown: what could never be sent is refused now.
        _ = try Muster(plan, keyring).registration(
            Notebook(vault), isUntested: true, at: invocation.world.clock.now, in: draft.zone)
        book.add(plan)
        PlanDrafts(keyring).discard(draft.label)
        return plan
    }

    private static func tell(_ codes: PlanCodes, _ plan: Plan, _ invocation: Invocation) throws {
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
    }

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
        try invocation.print(shown(codes.safe, codes))
        if asksBack { try askBack(codes.safe, plan, invocation) }
        guard codes.hasDuress else { return }
        invocation.say(
            Text(
                en: "And this one is for when somebody forces you: it looks the same, and your"
                    + " people hear that you are under duress and must not call you:",
                es: "Y este es para cuando alguien te obligue: se ve igual, y tu gente sabrá que"
                    + " estás bajo amenaza y que no debe llamarte:"))
        try invocation.print(shown(codes.duress, codes))
        if asksBack { try askBack(codes.duress, plan, invocation) }
    }

    /// Digits in threes, as they are read out.
    private static func shown(_ code: borrowing PlanCode, _ codes: PlanCodes) -> String {
        let words = words(code)
        guard codes.areOfDigits else { return words }
        let digits = Array(words)
        return stride(from: 0, to: digits.count, by: 3).map { start in
            String(digits[start..<min(start + 3, digits.count)])
        }.joined(separator: " ")
    }

    private static func words(_ code: borrowing PlanCode) -> String {
        code.text.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    static func sayWhatIsNext(_ plan: Plan, _ invocation: Invocation) {
        guard !plan.isOfDigits else { return sayWhoWatchesDigits(plan, invocation) }
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

    private static func sayWhoWatchesDigits(_ plan: Plan, _ invocation: Invocation) {
        invocation.say(
            Text(
                en: """
                    Plan \(plan.label) (\(plan.id.description.prefix(8))) is a draft. NOBODY IS \
                    WATCHING YET. A code of digits is for machines of others; this one never watches \
                    it. Next:
                        amparo checkin plan simulate \(plan.label)
                        amparo checkin plan hand-over \(plan.label) --to NAME
                    """,
                es: """
                    El plan \(plan.label) (\(plan.id.description.prefix(8))) es un borrador. NADIE \
                    VIGILA TODAVÍA. Un código de cifras es para equipos de otras personas; este nunca \
                    lo vigila. Sigue:
                        amparo checkin plan simulate \(plan.label)
                        amparo checkin plan hand-over \(plan.label) --to NOMBRE
                    """))
    }

    private static func askBack(
        _ code: borrowing PlanCode, _ plan: Plan, _ invocation: Invocation
    ) throws {
        let isRight: Bool
        do {
            isRight = try isBackTyped(code, invocation)
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

    /// The code stands on the screen all the while.
    private static func isBackTyped(
        _ code: borrowing PlanCode, _ invocation: Invocation
    ) throws -> Bool {
        let prompt = Text(
            en: "type it back, from what you wrote down",
            es: "escríbelo, leyendo lo que anotaste")
        return try isTyped(prompt, invocation) { typed in
            let same = try? typed.withBytes { (typed) throws(CodeError) in
                try PlanCode(reading: typed).text.equals(code.text)
            }
            return same == true
        }
    }

    /// Three tries.
    private static func isTyped(
        _ prompt: Text, _ invocation: Invocation, _ isRight: (borrowing SecretBytes) throws -> Bool
    ) throws -> Bool {
        for _ in 0..<3 {
            let typed = try invocation.passphrase(option: "code-fd", prompt: prompt)
            if try isRight(typed) { return true }
            invocation.warn(Text(en: "that is not the code", es: "ese no es el código"))
        }
        return false
    }
}
