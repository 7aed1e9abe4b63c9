internal import CommandLineKit
internal import Platform
internal import Wording

/// `amparo shell`: a prompt that keeps the keys in its own process, for machines without a place in
/// the kernel for them.
enum ShellCommand {
    static let command = Command(
        "shell", spanish: ["terminal", "consola"],
        Text(
            en: "A prompt that keeps the vault open in this window only",
            es: "Una línea de comandos que deja abierta la bóveda solo en esta ventana"),
        why: Text(
            en: """
                Type amparo's commands without the word amparo; end with exit. The keys stay in the \
                memory of this one program, for 10 minutes after each use, and no other program \
                can ask for them. What you type here goes into no history; while you wait at the \
                prompt the keys are still in memory, so type close when you leave the table.
                """,
            es: """
                Escribe los comandos de amparo sin la palabra amparo; sal con exit. Las llaves se \
                quedan en la memoria de este único programa, 10 minutos después de cada uso, y \
                ningún otro puede pedirlas. Lo que escribes aquí no queda en ningún historial; \
                mientras no escribes, las llaves siguen en la memoria: escribe close si te levantas.
                """),
        examples: ["amparo shell"]
    ) { invocation in
        guard invocation.world.terminal.canAsk else {
            throw Failure(
                .usage,
                Text(
                    en: "the shell is for a terminal", es: "shell es para una terminal"),
                hint: Text(
                    en: "a script passes --passphrase-fd to each command",
                    es: "un script pasa --passphrase-fd a cada comando"))
        }
        let sessions = ProcessKeyring(clock: invocation.world.clock)
        _ = try invocation.home
        invocation.say(
            Text(
                en: "no history is kept here; end with: exit",
                es: "aquí no se guarda historial; sal con: exit"))
        try sessions.dropping { try prompt(sessions, invocation) }
    }

    private static func prompt(_ sessions: ProcessKeyring, _ invocation: Invocation) throws {
        while true {
            let line: String
            do throws(TerminalError) {
                line = try invocation.world.terminal.readLine(
                    prompt: invocation.practiceMark + "amparo> ")
            } catch {
                guard error == .endOfInput else { throw error }
                break
            }
            sessions.dropExpired()
            guard var words = ShellWords.split(line) else {
                invocation.warn(
                    Text(en: "a quote is not closed", es: "falta cerrar unas comillas"))
                continue
            }
            if words.first == "amparo" { words.removeFirst() }
            guard let first = words.first else { continue }
            if ["exit", "quit", "salir", "fin"].contains(first) { break }
            guard first != "shell" else { continue }
            InnerRun(outer: invocation, sessions: sessions, language: invocation.language)
                .run(words)
            // Ctrl-C ends the command that ran, not the shell.
            if Interrupts.isCancelled { Interrupts.clear() }
            try Interrupts.check()
        }
    }
}

/// Words of a line as a shell would cut them: blanks, quotes, and a backslash before a character.
enum ShellWords {
    /// - Returns: nil when a quote is left open.
    static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { return nil }
        if let done = word { words.append(done) }
        return words
    }
}
