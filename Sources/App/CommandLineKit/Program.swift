internal import Platform
package import Wording

/// From words on a command line to an exit code.
package struct Program: Sendable {
    /// What `--version` prints.
    package let version: String
    private let root: @Sendable () -> Command
    private let storedLanguage: @Sendable (World, String?) -> Language?
    private let opening: (@Sendable (Invocation, _ isUndecided: Bool) throws -> Bool)?
    private let lesson: (@Sendable (_ path: [String]) -> Text?)?

    /// - Parameters:
    ///   - root: Built only when it is needed: `--version` must start at once.
    ///   - storedLanguage: The choice kept in a home, given the world and the value of `--home`.
    ///   - opening: What meets a person who typed no command; it says whether there was one.
    ///   - lesson: Where a command is taught, for the end of its `--why`; names below the root.
    package init(
        version: String, root: @autoclosure @escaping @Sendable () -> Command,
        storedLanguage: @escaping @Sendable (World, String?) -> Language?,
        opening: (@Sendable (Invocation, _ isUndecided: Bool) throws -> Bool)? = nil,
        lesson: (@Sendable (_ path: [String]) -> Text?)? = nil
    ) {
        self.version = version
        self.root = root
        self.storedLanguage = storedLanguage
        self.opening = opening
        self.lesson = lesson
    }

    package func run(_ world: World) -> ExitCode {
        if world.arguments == ["--version"] {
            return (try? world.standardOutput.write(version + "\n")) == nil ? .failed : .done
        }
        let root = root()
        let line = Parser.parse(world.arguments, root: root)
        let chosen =
            line.language ?? storedLanguage(world, line.values["home"]?.last)
            ?? LanguageChoice.fromLocale(world.environment)
        let invocation = Invocation(
            world: world, language: chosen ?? .english, line: line, root: root)
        do {
            try perform(invocation, isUndecided: chosen == nil)
            return .done
        } catch {
            return Self.settle(error, invocation)
        }
    }

    private func perform(_ invocation: Invocation, isUndecided: Bool) throws {
        let line = invocation.line
        if line.flags.contains("help") { return try invocation.printHelp(of: line.path) }
        if line.flags.contains("version") { return try invocation.print(version) }
        if line.flags.contains("why") {
            try invocation.printWhy(of: line.path)
            guard let lesson = lesson?(line.path.dropFirst().map(\.name)) else { return }
            return try invocation.print(lesson)
        }
        if line.mistake == .missingCommand(of: invocation.root.name) {
            if try opening?(invocation, isUndecided) ?? false { return }
            return try invocation.printWelcome(inBoth: isUndecided)
        }
        if let mistake = line.mistake { throw mistake }
        guard let run = line.command.run else {
            preconditionFailure("a command without work is a mistake of the line")
        }
        if invocation.isProjected, line.command.tellsSecrets { throw Self.notBeforeARoom }
        try run(invocation)
    }

    package static let notBeforeARoom = Failure(
        .refused,
        Text(
            en: "this shows a secret, and --projector keeps secrets from the room",
            es: "esto muestra un secreto, y con --projector no se le enseña ninguno a la sala"),
        hint: Text(
            en: "do it on a screen that only you see, without --projector",
            es: "hazlo en una pantalla que solo veas tú, sin --projector"))

    /// Says what went wrong, once, and gives the shell its number.
    static func settle(_ error: any Error, _ invocation: Invocation) -> ExitCode {
        // Whatever broke while the person asked to stop, stopping is what happened.
        if Interrupts.isRaised || error is Interrupted { return .interrupted }
        let failure: Failure
        switch error {
        // Whoever read our output has seen enough: `amparo note list | head -1`.
        case StreamError.closed, FileError.closedPipe: return .failed
        case StreamError.interrupted, TerminalError.interrupted, FileError.interrupted:
            return .interrupted
        case let error as StreamError: failure = error.failure
        case let error as TerminalError: failure = error.failure
        case let error as any Explainable: failure = error.failure
        default:
            // Every module's errors are explained in Commands; a test holds them to it.
            failure = Failure(
                .failed,
                Text(
                    en: "something unexpected happened (\(error))",
                    es: "pasó algo inesperado (\(error))"),
                hint: Text(
                    en: "this is a fault of the program: tell whoever gave it to you",
                    es: "es una falla del programa: díselo a quien te lo dio"))
        }
        if failure.exit != .interrupted { invocation.report(failure) }
        return failure.exit
    }
}

/// For streams without a name: standard input and output.
extension StreamError: Explainable {
    package var failure: Failure {
        switch FileError(self) {
        case .noSpace:
            Failure(
                .failed,
                Text(
                    en: "the disk is full; the output is not whole",
                    es: "el disco está lleno; la salida quedó incompleta"))
        case .isDirectory:
            Failure(
                .failed,
                Text(
                    en: "standard input is a folder, not a file",
                    es: "la entrada estándar es una carpeta, no un archivo"))
        case let error:
            Failure(
                .failed,
                Text(
                    en: "standard input or output does not work (\(error))",
                    es: "la entrada o la salida estándar no funciona (\(error))"))
        }
    }
}

extension TerminalError: Explainable {
    package var failure: Failure {
        switch self {
        case .unavailable:
            Failure(
                .usage,
                Text(en: "there is no terminal to ask on", es: "no hay terminal donde preguntar"))
        case .endOfInput:
            Failure(
                .interrupted, Text(en: "nothing was answered", es: "no hubo respuesta"))
        case .interrupted:
            Failure(.interrupted, Text(en: "interrupted", es: "interrumpido"))
        case .tooLong(let limit):
            Failure(
                .usage,
                Text(
                    en: "an answer has at most \(limit) bytes",
                    es: "una respuesta tiene a lo más \(limit) bytes"))
        case .notText:
            Failure(
                .usage, Text(en: "the answer is not UTF-8 text", es: "la respuesta no es UTF-8"))
        case .failed(let code):
            Failure(
                .failed,
                Text(
                    en: "the terminal could not be used (\(code))",
                    es: "no se pudo usar la terminal (\(code))"))
        }
    }
}
