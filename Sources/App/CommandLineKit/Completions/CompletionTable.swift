/// The option table as shells need it: one row for each command.
struct CompletionTable {
    struct Row {
        /// Below the root: `note find`; empty for the root.
        let key: String
        let command: Command
        /// Its own, its parents' and the global ones.
        let options: [Option]
    }

    let program: String
    let rows: [Row]

    init(_ root: Command) {
        program = root.name
        rows = Self.rows(root, key: "", inherited: GlobalOptions.all)
    }

    private static func rows(_ command: Command, key: String, inherited: [Option]) -> [Row] {
        let options = command.options + inherited
        let own = Row(key: key, command: command, options: options)
        return [own]
            + command.subcommands.flatMap { child in
                rows(
                    child, key: key.isEmpty ? child.name : "\(key) \(child.name)",
                    inherited: options)
            }
    }
}

extension Option {
    /// `--recipient`, `-r`.
    var spellings: [String] { ["--" + long] + (short.map { ["-\($0)"] } ?? []) }

    var offer: Placeholder { Placeholder(placeholder ?? "") }
}

/// In single quotes for a POSIX shell; fish reads the same.
func shellQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
}
