internal import CPlatform
internal import Glibc

/// Ctrl-C, `kill` and a closed terminal, as a flag that loops look at.
///
/// A command that is interrupted unwinds: drafts are removed on the way out, then the program
/// ends with 130.
package enum Interrupts {
    /// Takes INT, TERM and HUP over, and ignores PIPE. Signals that the parent ignores stay so.
    package static func install() {
        _ = amparo_interrupts_install()
    }

    package static var isRaised: Bool { amparo_interrupts_raised() != 0 }

    /// Whether the person pressed Ctrl-C; a closed terminal and `kill` are no wish of hers.
    package static var isCancelled: Bool { amparo_interrupts_raised() == SIGINT }

    /// Becomes readable with the first signal, for `poll`; -1 before `install`.
    package static var descriptor: Int32 { amparo_interrupts_descriptor() }

    /// To be called between two pieces of long work.
    package static func check() throws(Interrupted) {
        if isRaised { throw Interrupted() }
    }

    /// Asks the work on other threads of this process to stop, as a signal would.
    package static func raise() { amparo_interrupts_raise() }

    /// Forgets the signal; for a command that handles it and goes on, and for tests.
    package static func clear() { amparo_interrupts_clear() }
}

/// The user or the system asked the program to stop.
package struct Interrupted: Error, Hashable, Sendable {
    package init() {}
}
