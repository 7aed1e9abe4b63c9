package import Wording

/// What the shell learns. In the manual, never renumbered.
package enum ExitCode: Int32, Sendable, CaseIterable {
    case done = 0
    case failed = 1
    /// The command line itself was wrong.
    case usage = 2
    /// No key or a wrong passphrase.
    case noKey = 3
    /// Damaged, or not in the format.
    case damaged = 4
    /// Network or relay unreachable.
    case network = 5
    /// Refused for safety: would overwrite, input is output, unencrypted key.
    case refused = 6
    case interrupted = 130
}

extension ExitCode {
    /// For the manual.
    package var meaning: Text {
        switch self {
        case .done: Text(en: "done", es: "hecho")
        case .failed: Text(en: "failed", es: "falló")
        case .usage:
            Text(en: "the command line was wrong", es: "el comando estaba mal escrito")
        case .noKey:
            Text(
                en: "no key, or a wrong passphrase",
                es: "falta la llave o la frase de contraseña no es esa")
        case .damaged:
            Text(en: "damaged, or not in the format", es: "dañado, o no tiene el formato")
        case .network:
            Text(
                en: "the network, the relay or the watcher could not be reached",
                es: "no hubo forma de llegar a la red, al relevo o al vigilante")
        case .refused:
            Text(
                en: "refused for safety, as when a file would be overwritten",
                es: "no se hizo, por seguridad: por ejemplo, se sobrescribiría un archivo")
        case .interrupted: Text(en: "interrupted", es: "interrumpido")
        }
    }
}

/// Why a command stops, in words for the user.
package struct Failure: Error, Hashable, Sendable {
    /// One line, lower case, no full stop.
    package let message: Text
    /// The next step the user can take, often a command line to paste.
    package let hint: Text?
    package let exit: ExitCode

    package init(_ exit: ExitCode, _ message: Text, hint: Text? = nil) {
        self.exit = exit
        self.message = message
        self.hint = hint
    }
}

/// An error of a module that `Commands` knows how to say; conformances live in
/// `Commands/Explanations`.
package protocol Explainable: Error {
    var failure: Failure { get }
}

extension Failure: Explainable {
    package var failure: Failure { self }
}
