internal import Platform
package import Secrets
package import Wording

extension Invocation {
    /// A passphrase from `--OPTION N`, else from the terminal.
    ///
    /// - Parameters:
    ///   - option: `passphrase-fd`, `file-passphrase-fd` or `code-fd`, or a command's own.
    ///   - prompt: Without a colon at the end.
    ///   - confirm: Asks twice; for a new passphrase.
    ///   - spelling: `.typed` for what another program may have sealed.
    /// - Throws: Exit 3 when there is nobody to ask.
    package func passphrase(
        option: String, prompt: Text, confirm: Bool = false, spelling: Spelling = .composed
    ) throws -> SecretBytes {
        if let number = value(option) {
            return try passphrase(descriptor: number, option: option, spelling)
        }
        guard world.terminal.canAsk else {
            throw Failure(
                .noKey,
                Text(
                    en: "a passphrase is needed and there is no terminal to ask on",
                    es: "se necesita una frase de contraseña y no hay terminal donde pedirla"),
                hint: Text(
                    en: "pass it on a file descriptor: --\(option) 3 3<FILE",
                    es: "pásala por un descriptor de archivo: --\(option) 3 3<ARCHIVO"))
        }
        while true {
            guard let typed = try secret(prompt, spelling) else {
                tell(Text(en: "nothing was typed; try again", es: "no escribiste nada; otra vez"))
                continue
            }
            guard confirm else { return typed }
            let again = Text(en: "the same once more", es: "otra vez la misma")
            if let second = try secret(again, spelling), typed.equals(second) { return typed }
            tell(
                Text(
                    en: "the two are different; start again",
                    es: "no coinciden; empieza de nuevo"))
        }
    }

    /// How a passphrase is spelled in bytes.
    package enum Spelling: Sendable {
        /// In NFC, as everything that is sealed here.
        case composed
        /// As it came.
        case typed
    }

    /// - Parameter text: The descriptor's number, as it was typed.
    package func passphrase(
        descriptor text: String, option: String, _ spelling: Spelling = .composed
    ) throws -> SecretBytes {
        let number = try descriptor(text, of: option)
        do throws(PassphraseError) {
            let input = world.descriptor(number)
            switch spelling {
            case .composed: return try Passphrase.read(from: input)
            case .typed: return try Passphrase.typed(from: input)
            }
        } catch {
            throw error.failure(option: option, descriptor: text)
        }
    }

    private func descriptor(_ text: String, of option: String) throws(Failure) -> Int32 {
        guard let number = Int32(text), number >= 0 else {
            throw Failure(
                .usage,
                Text(
                    en: "--\(option) needs the number of a file descriptor, not '\(text)'",
                    es: "--\(option) lleva el número de un descriptor de archivo, no «\(text)»"),
                hint: Text(
                    en: "like this: --\(option) 3 3<FILE", es: "así: --\(option) 3 3<ARCHIVO"))
        }
        return number
    }

    /// Everything that `--OPTION N` gives, for secrets of several lines; nil when it was left out.
    package func secretText(option: String, limit: Int) throws -> SecretBytes? {
        guard let text = value(option) else { return nil }
        let number = try descriptor(text, of: option)
        do throws(PassphraseError) {
            let bytes: [UInt8]?
            do throws(StreamError) {
                bytes = try world.descriptor(number).readAll(limit: limit)
            } catch { throw .unreadable(error) }
            guard var bytes else { throw .tooLong(limit: limit) }
            guard !bytes.isEmpty else { throw .empty }
            return SecretBytes(draining: &bytes)
        } catch {
            throw error.failure(option: option, descriptor: text)
        }
    }

    private func secret(_ prompt: Text, _ spelling: Spelling) throws -> SecretBytes? {
        let words = practiceMark + Printable.escape(prompt(language))
        let question = filled(words + ":", on: nil) + " "
        let erases = !plain && world.environment["TERM"] != "dumb"
        guard let typed = try world.terminal.readSecret(prompt: question, erases: erases) else {
            return nil
        }
        guard spelling == .composed else { return typed }
        do throws(PassphraseError) {
            return try Passphrase.canonical(typed)
        } catch {
            throw error.failure(option: nil, descriptor: "")
        }
    }

    /// Whether left-out things are asked for; a script is told which options are missing.
    package var canConverse: Bool {
        let terminal = world.terminal
        return terminal.canAsk && terminal.isTerminal(.error) && !json && !yes
    }

    /// A line typed by the person.
    ///
    /// - Parameter option: What a script uses instead, such as `--title`.
    /// - Throws: Exit 2 when there is nobody to ask.
    package func ask(_ question: Text, instead option: String? = nil) throws -> String {
        guard world.terminal.canAsk else { throw nobodyToAsk(question, instead: option) }
        let shown = practiceMark + Printable.escape(question(language), keepingLines: true)
        return try world.terminal.readLine(prompt: filled(shown, on: nil) + " ")
    }

    /// Words of a secret, from a sheet: shown as they are typed, and nowhere but in guarded memory; nil
    /// for an empty line.
    package func askWords(_ question: Text) throws -> SecretBytes? {
        guard world.terminal.canAsk else { throw nobodyToAsk(question, instead: nil) }
        let shown = practiceMark + Printable.escape(question(language), keepingLines: true)
        return try world.terminal.readShown(prompt: filled(shown, on: nil) + " ")
    }

    /// A question of judgement; no is the default, `--yes` answers.
    package func confirm(_ question: Text) throws -> Bool {
        try yes || choose(question, preset: false, instead: "--yes")
    }

    /// Yes or no where either is as good; `--yes` does not answer.
    ///
    /// - Parameter preset: What Enter alone means; what is neither yes nor no is asked again.
    package func choose(
        _ question: Text, preset: Bool, instead option: String? = nil
    ) throws -> Bool {
        let choices =
            preset ? Text(en: " [Y/n]", es: " [S/n]") : Text(en: " [y/N]", es: " [s/N]")
        while true {
            switch try ask(question + choices, instead: option).withoutOuterSpace.lowercased() {
            case "": return preset
            case "y", "yes", "s", "si", "sí": return true
            case "n", "no": return false
            default: tell(Text(en: "answer yes or no", es: "responde sí o no"))
            }
        }
    }

    /// A consent that has to be typed in full; `--yes` does not give it.
    package func consent(_ question: Text, typing word: Text) throws -> Bool {
        let order = Text(
            en: "\nType \(word.en) to go on:", es: "\nEscribe \(word.es) para seguir:")
        return try ask(question + order).withoutOuterSpace == word(language)
    }

    private func nobodyToAsk(_ question: Text, instead option: String?) -> Failure {
        let hint =
            option.map { Text(en: "use \($0)", es: "usa \($0)") }
            ?? Text(
                en: "run it on a terminal: this answer has to be typed",
                es: "hazlo en una terminal: esta respuesta se escribe a mano")
        return Failure(
            .usage,
            Text(
                en: "there is no terminal to ask: \(question.en)",
                es: "no hay terminal donde preguntar: \(question.es)"),
            hint: hint)
    }

    /// A remark in the middle of a dialogue: not silenced, it explains the next question.
    private func tell(_ text: Text) { write(filled(text(language), on: .error) + "\n") }
}

extension String {
    /// Without the white space around it.
    package var withoutOuterSpace: String {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}

extension PassphraseError: Explainable {
    package var failure: Failure { failure(option: nil, descriptor: "") }

    /// - Parameter option: nil when it was typed on the terminal.
    func failure(option: String?, descriptor: String) -> Failure {
        switch self {
        case .empty:
            Failure(
                .noKey,
                Text(en: "the passphrase is empty", es: "la frase de contraseña está vacía"),
                hint: option.map {
                    Text(
                        en: "nothing came from descriptor \(descriptor) (--\($0))",
                        es: "no llegó nada por el descriptor \(descriptor) (--\($0))")
                })
        case .tooLong(let limit):
            Failure(
                .noKey,
                Text(
                    en: "a passphrase has at most \(limit) bytes",
                    es: "una frase de contraseña tiene a lo más \(limit) bytes"))
        case .notUTF8:
            Failure(
                .noKey,
                Text(
                    en: "the passphrase is not UTF-8 text",
                    es: "la frase de contraseña no es texto UTF-8"))
        case .unreadable(.interrupted):
            Failure(.interrupted, Text(en: "interrupted", es: "interrumpido"))
        case .unreadable:
            Failure(
                .usage,
                Text(
                    en: "file descriptor \(descriptor) cannot be read",
                    es: "no se puede leer el descriptor de archivo \(descriptor)"),
                hint: option.map {
                    Text(
                        en: "open it in the same line: --\($0) \(descriptor) \(descriptor)<FILE",
                        es: "ábrelo en la misma línea: --\($0) \(descriptor) \(descriptor)<ARCHIVO")
                })
        }
    }
}
