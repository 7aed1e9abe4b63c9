package import Wording

/// A command line as plain values; nothing outside was looked at.
///
/// Parsing does not stop at the first mistake: `--help`, `--version`, `--lang` and `--home` further
/// along still count.
package struct ParsedLine: Sendable {
    /// From the root to the chosen command.
    package var path: [Command]
    package var flags: Set<String> = []
    package var values: [String: [String]] = [:]
    package var words: [String] = []
    /// The first mistake, if any.
    package var mistake: UsageMistake?

    package var command: Command { path[path.count - 1] }

    /// As typed: `amparo note find`.
    package var name: String { path.map(\.name).joined(separator: " ") }

    package var language: Language? { values["lang"]?.last.flatMap(Language.init(rawValue:)) }
}

/// What is wrong with a command line.
package enum UsageMistake: Error, Hashable, Sendable {
    case unknownOption(String, nearest: String?, of: String)
    /// `suggestion` is the whole path below the root.
    case unknownCommand(String, suggestion: String?)
    /// A command of a later version.
    case notYet(String, of: String)
    case missingCommand(of: String)
    case missingValue(option: String)
    case needlessValue(option: String)
    case repeated(option: String)
    case notAChoice(of: String, value: String, choices: [String])
    case missingArgument(String, help: Text, of: String)
    case excessArgument(String, of: String)
    case conflict(String, String, hint: Text?)
}
