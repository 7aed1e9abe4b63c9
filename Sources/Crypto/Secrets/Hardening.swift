internal import CPlatform

/// What a process does before it touches a secret.
package enum Hardening {
    /// Not dumpable (no core file, no ptrace by the same user), core limit zero, and crash signals
    /// back to the system's own handling: Swift's backtracer prints registers and memory.
    ///
    /// Best effort: a kernel that refuses one of them does not stop the work.
    package static func apply() {
        amparo_harden()
    }
}
