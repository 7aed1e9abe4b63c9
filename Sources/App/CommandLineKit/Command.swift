package import Wording

/// One command, declared once: parser, help, manual pages and completions all read it.
package struct Command: Sendable {
    package let name: String
    package let aliases: [String]
    /// Words that a Spanish speaker would try; they are suggested, not accepted: scripts and
    /// courses have one spelling.
    package private(set) var spanish: [String]
    /// One line, capital letter, no full stop.
    package let summary: Text
    /// For `--why`: what this protects, what it does not.
    package let why: Text?
    package let options: [Option]
    package let conflicts: [Conflict]
    package let arguments: [Argument]
    /// Whole command lines; a test parses them.
    package let examples: [String]
    package let subcommands: [Command]
    /// Subcommands that only a later version will have: typed, they are named as such.
    package let later: [String]
    package let run: (@Sendable (Invocation) throws -> Void)?
    /// A few words for the first screen, which shows only commands that have some.
    package private(set) var gist: Text?
    /// The name that is told to people, where it is not the first one.
    package private(set) var spoken: String
    /// What it is for is to show a secret: a room that looks on must not see it.
    package private(set) var tellsSecrets = false

    package init(
        _ name: String, aliases: [String] = [], spanish: [String] = [], _ summary: Text,
        why: Text? = nil, options: [Option] = [], conflicts: [Conflict] = [],
        arguments: [Argument] = [], examples: [String] = [], subcommands: [Command] = [],
        later: [String] = [], run: (@Sendable (Invocation) throws -> Void)? = nil
    ) {
        self.name = name
        spoken = name
        self.aliases = aliases
        self.spanish = spanish
        self.summary = summary
        self.why = why
        self.options = options
        self.conflicts = conflicts
        self.arguments = arguments
        self.examples = examples
        self.subcommands = subcommands
        self.later = later
        self.run = run
    }

    /// The same command, on the first screen; perhaps under one of its aliases, which has Spanish
    /// words of its own.
    package func inShort(
        as alias: String? = nil, spanish words: [String] = [], en: String, es: String
    ) -> Command {
        var command = self
        command.spanish += words
        command.spoken = alias ?? name
        command.gist = Text(en: en, es: es)
        return command
    }

    /// The same command, not to be run before a room.
    package func tellingSecrets() -> Command {
        var command = self
        command.tellsSecrets = true
        return command
    }

    /// The subcommand that answers to `word`.
    package func subcommand(_ word: String) -> Command? {
        subcommands.first { $0.name == word || $0.aliases.contains(word) }
    }
}
