internal import CommandLineKit
internal import Passphrases
internal import Platform
internal import Secrets
internal import Shares
internal import Wording

/// Twelve words from the screen onto paper, and from paper back.
enum RecoveryDialogue {
    /// Shows the words and asks for three of them; again until they are right.
    static func teach(_ words: borrowing RecoveryWords, _ invocation: Invocation) throws {
        while true {
            try show(words, invocation)
            _ = try invocation.ask(
                Text(
                    en: "Press Enter when all twelve are on paper.",
                    es: "Pulsa Enter cuando las doce estén en papel."))
            invocation.clearScreen()
            if try asksBack(words, invocation) {
                // Three of them were typed in sight.
                invocation.clearScreen()
                return
            }
            invocation.say(
                Text(
                    en: "that is another word; look at them once more",
                    es: "esa es otra palabra; míralas una vez más"))
        }
    }

    private static func show(_ words: borrowing RecoveryWords, _ invocation: Invocation) throws {
        let half = RecoveryWords.count / 2
        var rows: [[String]] = []
        for place in 1...half {
            let pair = [place, place + half].map { number in
                (number < 10 ? " " : "") + "\(number)  "
                    + words.word(number, in: invocation.language)
            }
            rows.append(["    " + pair[0], pair[1]])
        }
        let opening = Text(
            en: "These twelve words open your vault if you forget the passphrase.\n"
                + "Copy them by hand, on paper, and keep it where nobody looks. No photo.\n"
                + "They do not replace a copy of the file: amparo vault backup.",
            es: "Estas doce palabras abren tu bóveda si olvidas la frase de contraseña.\n"
                + "Cópialas a mano, en papel, y guárdalo donde nadie busque. Sin fotos.\n"
                + "No sustituyen una copia del archivo: amparo vault backup.")
        try invocation.showSecret(
            ["", opening(invocation.language), ""] + Columns.lines(rows, gap: 6) + [""])
    }

    /// Three different places, drawn by lot, in ascending order.
    private static func asksBack(
        _ words: borrowing RecoveryWords, _ invocation: Invocation
    ) throws -> Bool {
        var places = Array(1...RecoveryWords.count)
        invocation.world.random.shuffle(&places)
        for place in places.prefix(3).sorted() {
            let typed = try invocation.ask(
                Text(en: "Word number \(place):", es: "Palabra número \(place):"))
            guard words.isWord(place, Array(typed.utf8).span) else { return false }
        }
        return true
    }

    /// The words, or what shares give: `--shares`, `--shares-fd`, or a `--recovery-fd` with shares.
    static func readWordsOrShares(_ invocation: Invocation) throws -> RecoveryWords {
        if invocation.flag("shares") || invocation.value("shares-fd") != nil {
            return try words(from: ShareInput.read(invocation), invocation)
        }
        guard let text = try invocation.secretText(option: "recovery-fd", limit: 256 * 1_024)
        else { return try read(invocation) }
        guard ShareInput.looksLikeShares(text) else {
            return try text.withBytes { text in try RecoveryWords(reading: text) }
        }
        return try words(from: ShareInput.read(text, invocation), invocation)
    }

    private static func words(
        from pool: SharePool, _ invocation: Invocation
    ) throws -> RecoveryWords {
        let secret = try ShareInput.combine(pool, invocation)
        guard secret.bytes.count == RecoveryWords.secretByteCount else {
            throw Failure(
                .noKey,
                Text(
                    en: "these shares are of a key, not of a vault",
                    es: "estas partes son de una llave, no de una bóveda"),
                hint: Text(
                    en: "put them together with: amparo key combine",
                    es: "júntalas con: amparo key combine"))
        }
        return RecoveryWords(secret: secret.bytes.copy())
    }

    /// The words of `--recovery-fd`, else typed on the terminal until they are some.
    static func read(_ invocation: Invocation) throws -> RecoveryWords {
        if invocation.value("recovery-fd") != nil {
            let typed = try invocation.passphrase(
                option: "recovery-fd",
                prompt: Text(en: "recovery words", es: "palabras de recuperación"))
            return try typed.withBytes { text in try RecoveryWords(reading: text) }
        }
        guard invocation.world.terminal.canAsk else {
            throw Failure(
                .noKey,
                Text(
                    en: "the recovery words are needed and there is no terminal to ask on",
                    es: "se necesitan las palabras de recuperación y no hay terminal donde pedirlas"
                ),
                hint: Text(
                    en: "pass them on a file descriptor: --recovery-fd 3 3<FILE",
                    es: "pásalas por un descriptor de archivo: --recovery-fd 3 3<ARCHIVO"))
        }
        return try ask(
            Text(
                en: "The twelve words, in either language:",
                es: "Las doce palabras, en cualquiera de los dos idiomas:"),
            // Whoever passes by opens the vault with them.
            clearing: true, invocation)
    }

    /// Twelve words, asked for until they are some.
    static func ask(
        _ question: Text, clearing: Bool, _ invocation: Invocation
    ) throws -> RecoveryWords {
        while true {
            let typed = try invocation.askWords(question)
            if clearing { invocation.clearScreen() }
            guard let typed else { continue }
            do throws(RecoveryWordsError) {
                return try typed.withBytes { (text) throws(RecoveryWordsError) in
                    try RecoveryWords(reading: text)
                }
            } catch {
                let failure = error.failure
                invocation.warn(failure.message)
                if let hint = failure.hint { invocation.say(hint) }
            }
        }
    }
}
