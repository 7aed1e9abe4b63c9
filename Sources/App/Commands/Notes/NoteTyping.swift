internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// A note that somebody types: until it is stored it exists nowhere else, so that nothing but the
/// person's own wish may lose it.
struct NoteTyping {
    let invocation: Invocation
    let vault: Vault
    let tags: [String]

    /// Asks, reads, stores and prints the note's id.
    func run() throws {
        let title: String
        let typed: Typed
        do {
            title = try askTitle()
            typed = try readText()
        } catch {
            // The visit belongs to having opened it.
            _ = try? vault.commit()
            throw error
        }
        // From here on a hang-up must not take what it was to save.
        if typed.isCutShort { Interrupts.clear() }
        let id = try store(title, typed, in: vault)
        guard !typed.isCutShort else {
            // Where the terminal has gone nobody reads this, and the note is stored all the same.
            try? NoteCommands.kept(id, invocation)
            invocation.warn(
                Text(
                    en: "interrupted: what was typed until then is kept, with the tag "
                        + "\(Self.interrupted.en)",
                    es: "se interrumpió: lo escrito hasta ahí quedó guardado, con la etiqueta "
                        + "\(Self.interrupted.es)"))
            throw Interrupted()
        }
        try NoteCommands.kept(id, invocation)
    }

    private static let interrupted = Text(en: "interrupted", es: "interrumpido")

    // MARK: Typing

    private func askTitle() throws -> String {
        if let title = invocation.value("title") { return title }
        while true {
            let problem: Failure
            do {
                let title = try invocation.ask(
                    Text(en: "title:", es: "título:"), instead: "--title")
                try Notebook.check(title: title)
                return title
            } catch let error as NotebookError {
                problem = error.failure
            } catch TerminalError.notText {
                problem = TerminalError.notText.failure
            } catch let error as TerminalError {
                guard case .tooLong = error else { throw error }
                problem = error.failure
            }
            invocation.warn(problem.message)
        }
    }

    private struct Typed {
        var body: [UInt8] = []
        /// A signal or the end of the terminal came before the person was done.
        var isCutShort = false

        /// Nobody types more, and read as letters it still fits into a note.
        static let byteLimit = Notebook.bodyLimit / 4
    }

    /// - Throws: `Interrupted` for Ctrl-C; otherwise only when there is nothing to keep.
    private func readText() throws -> Typed {
        invocation.say(
            Text(
                en: "write; finish with Ctrl-D on an empty line, or drop it all with Ctrl-C",
                es: "escribe; termina con Ctrl-D en una línea vacía, o déjalo todo con Ctrl-C"))
        var (bytes, isTooLong, failure) = ([UInt8](), false, StreamError?.none)
        var piece = [UInt8](repeating: 0, count: 65_536)
        do throws(StreamError) {
            while true {
                var span = piece.mutableSpan
                let count = try invocation.world.standardInput.read(into: &span)
                if count == 0 { break }
                isTooLong = isTooLong || count > Typed.byteLimit - bytes.count
                // Read to its end all the same: the rest of a paste is no command for the shell.
                if !isTooLong { bytes.append(contentsOf: piece[..<count]) }
            }
        } catch {
            failure = error
        }
        guard !Interrupts.isCancelled else {
            invocation.warn(
                Text(
                    en: "dropped: nothing of what was typed was kept",
                    es: "descartado: no se guardó nada de lo que escribiste"))
            throw Interrupted()
        }
        let isCutShort = failure != nil || Interrupts.isRaised
        if isCutShort, bytes.isEmpty { throw failure ?? .interrupted }
        let (text, strayCount) = StrayBytes.readable(bytes)
        if strayCount > 0 {
            invocation.warn(
                Text(
                    en: "\(strayCount) bytes were not UTF-8 and were read as Windows-1252 letters: "
                        + "look the note over",
                    es: "\(strayCount) bytes no eran UTF-8 y se leyeron como letras de "
                        + "Windows-1252: revisa el apunte"))
        }
        if isTooLong {
            invocation.warn(
                Text(
                    en: "only the first \(bytes.count) bytes are kept: keep the rest as a file, "
                        + "with amparo note attach",
                    es: "solo se guardan los primeros \(bytes.count) bytes: guarda el resto como "
                        + "archivo, con amparo note attach"))
        }
        return Typed(body: text, isCutShort: isCutShort)
    }

    // MARK: Storing

    /// Tries until it works or the person gives the note up.
    private func store(_ title: String, _ typed: Typed, in vault: Vault) throws -> ID16 {
        let marks = typed.isCutShort ? [Self.interrupted(invocation.language)] : []
        var staged: ID16?
        while true {
            do {
                if staged == nil {
                    staged = try Notebook(vault).add(
                        title: title, body: typed.body, tags: tags + marks)
                }
                _ = try vault.commit()
                if let staged { return staged }
            } catch let error as VaultError {
                if staged == nil { vault.discardStaged() }
                guard !typed.isCutShort else { throw error }
                do { try askForPatience(error.failure) } catch {
                    vault.discardStaged()
                    _ = try? vault.commit()
                    throw error
                }
            } catch {
                _ = try? vault.commit()
                throw error
            }
        }
    }

    /// Returns when it is to be tried again.
    ///
    /// - Throws: `failure` once the person gave the note up, or is gone.
    private func askForPatience(_ failure: Failure) throws {
        invocation.warn(failure.message)
        if let hint = failure.hint { invocation.warn(hint) }
        let word = Text(en: "DROP", es: "DESCARTAR")
        let question = Text(
            en: "your note is not stored yet: put that right in another window and press Enter to "
                + "try again, or type \(word.en) to give it up:",
            es: "tu apunte todavía no se guarda: corrígelo en otra ventana y pulsa Enter para "
                + "intentar de nuevo, o escribe \(word.es) para perderlo:")
        while true {
            do {
                guard try invocation.ask(question) == word(invocation.language) else { return }
                throw failure
            } catch TerminalError.interrupted where Interrupts.isCancelled {
                // Ctrl-C may be a slip; the word is none.
                Interrupts.clear()
            } catch is TerminalError {
                throw failure
            }
        }
    }
}
