internal import CommandLineKit
internal import Notebook
internal import Passphrases
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// `amparo vault rewrite`: a new file with new keys, in the place of the old one.
enum RewriteCommand {
    private static let keep = "keep-passphrase-fd"

    static let command = Command(
        "rewrite", spanish: ["reescribir", "reescribe"],
        Text(
            en: "Write the vault anew, with new keys: old passphrases stop opening it",
            es: "Escribe la bóveda de nuevo, con llaves nuevas: las frases viejas ya no la abren"),
        why: Text(
            en: """
                For a passphrase that somebody knows, and to get rid of what was purged. The file \
                gets new keys; the passphrase you type goes on, others only if you name them, and \
                there are new recovery words. Copies made before still open with what opened them, \
                and no longer merge: replace every one of them. What this passphrase does not open \
                (noise, hidden compartments) is carried along; with --discard-unopened it is lost \
                for ever, without being shown.
                """,
            es: """
                Para una frase de contraseña que alguien conoce, y para deshacerte de lo purgado. \
                El archivo recibe llaves nuevas; la frase que escribes sigue, otras solo si las \
                dices, y hay palabras de recuperación nuevas. Las copias de antes se abren con lo \
                que las abría y ya no se unen: sustitúyelas todas. Lo que esta frase no abre \
                (relleno, compartimentos ocultos) pasa tal cual; con --discard-unopened se pierde \
                para siempre, sin mostrarse.
                """),
        options: [
            .flag(
                "discard-unopened",
                Text(
                    en: "leave behind what this passphrase does not open; asks for a typed word",
                    es: "deja atrás lo que esta frase no abre; pide una palabra escrita")),
            .value(
                keep, "N", repeats: true,
                Text(
                    en: "another passphrase that goes on opening it, from this file descriptor",
                    es:
                        "otra frase de contraseña que la siga abriendo, de este descriptor de archivo"
                )),
        ],
        examples: [
            "amparo vault rewrite",
            "amparo vault rewrite --yes --passphrase-fd 3 --keep-passphrase-fd 4 3<MINE 4<OTHER",
        ]
    ) { invocation in
        // The slot of a passphrase can only be made anew by whoever types it.
        let vault = try invocation.openVaultByPassphrase()
        invocation.announce(vault)
        let words = RecoveryWords(random: invocation.world.random)
        let report: RewriteReport
        do {
            try invocation.requireOuter(vault)
            try consent(vault, invocation)
            let passphrases = try others(invocation)
            let recovery = words.withSecret { SecretBytes(copying: $0) }
            if invocation.world.terminal.canAsk {
                try RecoveryDialogue.teach(words, invocation)
            }
            try Interrupts.check()
            report = try vault.rewrite(
                keeping: Notebook(vault).lasting, recovery: recovery, passphrases: passphrases,
                discardsUnopened: invocation.flag("discard-unopened"))
        } catch {
            vault.discardStaged()
            _ = try? vault.commit()
            throw error
        }
        // The keys in it open nothing any more.
        _ = try? invocation.world.sessions.revoke(Session.name(of: vault.id))
        try tell(report, words, invocation)
    }.tellingSecrets()

    private static func consent(_ vault: Vault, _ invocation: Invocation) throws {
        if !vault.damage.isEmpty {
            let question = Text(
                en: "part of the vault is damaged; what a copy could still give back is lost to it "
                    + "then. Rewrite all the same?",
                es:
                    "una parte de la bóveda está dañada; lo que una copia aún pudiera devolverle se "
                    + "pierde. ¿La reescribes de todos modos?")
            guard try invocation.confirm(question) else { throw declined }
        }
        let question = Text(
            en: "every copy and every other machine with this vault will have to get the new file; "
                + "bring in what they have before. Rewrite it now?",
            es:
                "todas las copias y los otros equipos con esta bóveda necesitarán el archivo nuevo; "
                + "trae antes lo que tengan. ¿La reescribes ya?")
        guard try invocation.confirm(question) else { throw declined }
        guard invocation.flag("discard-unopened") else { return }
        let warning = Text(
            en: "All that this passphrase does not open is lost for ever: noise, and hidden "
                + "compartments if there are any. Nobody can bring it back.",
            es: "Se pierde para siempre todo lo que esta frase de contraseña no abre: el relleno y "
                + "los compartimentos ocultos, si los hay. Nadie puede recuperarlo.")
        guard try invocation.consent(warning, typing: Text(en: "DISCARD", es: "DESCARTAR")) else {
            throw declined
        }
    }

    private static let declined = Failure(
        .refused, Text(en: "the vault is as it was", es: "la bóveda sigue como estaba"))

    /// Passphrases that stay, besides the one that was typed.
    private static func others(_ invocation: Invocation) throws -> [SharedSecret] {
        let numbers = invocation.values(keep)
        guard numbers.isEmpty else {
            return try numbers.map {
                SharedSecret(try invocation.passphrase(descriptor: $0, option: keep))
            }
        }
        guard invocation.world.terminal.canAsk else { return [] }
        invocation.say(
            Text(
                en: "The passphrase that you typed goes on. There will be new recovery words; the "
                    + "old ones and every other passphrase stop opening the vault.",
                es: "La frase que escribiste sigue. Habrá palabras de recuperación nuevas; las "
                    + "viejas y cualquier otra frase de contraseña dejan de abrir la bóveda."))
        var kept: [SharedSecret] = []
        while try invocation.choose(
            Text(
                en: kept.isEmpty
                    ? "shall another passphrase go on opening it?" : "and yet another one?",
                es: kept.isEmpty ? "¿otra frase debe seguir abriéndola?" : "¿y otra más?"),
            preset: false)
        {
            kept.append(
                SharedSecret(
                    try invocation.passphrase(
                        option: keep,
                        prompt: Text(
                            en: "passphrase that stays", es: "frase de contraseña que se queda"),
                        confirm: true)))
        }
        return kept
    }

    private static func tell(
        _ report: RewriteReport, _ words: borrowing RecoveryWords, _ invocation: Invocation
    ) throws {
        if report.lostCount > 0 {
            invocation.warn(
                Text(
                    en: "\(report.lostCount) damaged cells could not be taken over",
                    es: "\(report.lostCount) celdas dañadas no se pudieron pasar"))
        }
        let isScripted = !invocation.world.terminal.canAsk
        if isScripted || invocation.json {
            let list = (1...RecoveryWords.count).map { words.word($0, in: invocation.language) }
            if invocation.json {
                try invocation.printJSON([
                    "recovery_words": .list(isScripted ? list : []),
                    "sealed": .number(Int64(report.sealedCount)),
                    "carried": .number(Int64(report.carriedCount)),
                    "discarded": .number(Int64(report.discardedCount)),
                ])
            } else {
                try invocation.print(list.joined(separator: " "))
            }
        }
        invocation.say(
            Text(
                en: "the vault has new keys; replace every copy of it: amparo vault backup FILE",
                es: "la bóveda tiene llaves nuevas; sustituye todas sus copias: "
                    + "amparo vault backup ARCHIVO"))
    }
}
