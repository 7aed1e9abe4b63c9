internal import CommandLineKit
internal import Passphrases
internal import Platform
internal import Secrets
internal import Wording

/// Choosing a passphrase on a terminal: one's own, typed twice, or words drawn by lot, typed back.
enum NewPassphrase {
    static let question = Text(
        en: "new passphrase of the vault", es: "frase de contraseña nueva de la bóveda")

    /// - Parameter option: With which a script hands it over; it was not given.
    static func ask(
        _ invocation: Invocation, option: String = "passphrase-fd"
    ) throws -> SecretBytes {
        guard invocation.world.terminal.canAsk else {
            // Says what a script has to do.
            return try invocation.passphrase(option: option, prompt: question)
        }
        invocation.say(
            Text(
                en: "a passphrase is several words; six drawn by lot are the best there is",
                es: "una frase de contraseña son varias palabras; seis al azar son lo mejor que hay"
            ))
        let offer = Text(
            en: "draw six words for you?", es: "¿te propongo seis palabras al azar?")
        // `--yes` answers questions of judgement; this is a choice.
        if try invocation.choose(offer, preset: true) { return try draw(invocation, option) }
        return try own(invocation, option: option, prompt: question)
    }

    /// One's own, typed twice; a weak one only after a warning. A script's is taken as it is.
    static func own(
        _ invocation: Invocation, option: String, prompt: Text
    ) throws -> SecretBytes {
        while true {
            let typed = try invocation.passphrase(option: option, prompt: prompt, confirm: true)
            guard invocation.value(option) == nil, invocation.world.terminal.canAsk else {
                return typed
            }
            let strength = typed.withBytes { Strength(of: $0) }
            guard strength.verdict == .weak else { return typed }
            invocation.say(StrengthWords.verdict(strength))
            if let leaning = StrengthWords.leaning(strength) { invocation.say(leaning) }
            if try invocation.confirm(
                Text(en: "keep it all the same?", es: "¿la usas de todos modos?"))
            {
                return typed
            }
        }
    }

    /// The words are shown until they were typed back once.
    private static func draw(
        _ invocation: Invocation, _ option: String
    ) throws -> SecretBytes {
        let drawn = Diceware(invocation.language).draw(
            Diceware.usualCount, random: invocation.world.random)
        // These are for the eyes: what is shown has to be text.
        let shown = drawn.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        while true {
            try invocation.showSecret(["", "    " + shown, ""])
            let again = Text(
                en: "write them down or learn them, then type them here (they are not shown)",
                es: "apúntalas o apréndetelas, y escríbelas aquí (no se ven)")
            let typed = try invocation.passphrase(option: option, prompt: again)
            if typed.equals(drawn) {
                invocation.clearScreen()
                return drawn
            }
            invocation.say(Text(en: "not quite; once more", es: "casi; otra vez"))
        }
    }
}

extension Invocation {
    /// Lines for the eyes only: on the terminal, never into a pipe.
    ///
    /// - Throws: Exit 6 where a room looks on.
    func showSecret(_ lines: [String]) throws {
        guard !isProjected else { throw Program.notBeforeARoom }
        let output =
            world.terminal.isTerminal(.output) ? world.standardOutput : world.standardError
        for line in lines { try output.write(line + "\n") }
    }

    /// Takes what was shown off the screen and out of what can be scrolled back to.
    func clearScreen() {
        guard !plain, world.environment["TERM"] != "dumb" else { return }
        let output =
            world.terminal.isTerminal(.output) ? world.standardOutput : world.standardError
        try? output.write("\u{1B}[H\u{1B}[2J\u{1B}[3J")
    }
}
