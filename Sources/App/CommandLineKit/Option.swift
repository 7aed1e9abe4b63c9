package import Wording

/// One option, declared once: parser, help, manual page and completions all read it.
package struct Option: Sendable {
    /// Without the dashes.
    package let long: String
    package let short: Character?
    /// Name of the value in help, such as `PATH`; nil for a switch. `FILE`, `PATH` and `DIR` make a
    /// shell offer files; `a|b` makes it offer the words and the parser accept no other; a space
    /// makes it take two words.
    package let placeholder: String?
    package let repeats: Bool
    /// Names that a Spanish speaker would try; they are suggested, not accepted.
    package let spanish: [String]
    package let help: Text

    /// A switch.
    package static func flag(
        _ long: String, short: Character? = nil, spanish: [String] = [], _ help: Text
    ) -> Option {
        Option(
            long: long, short: short, placeholder: nil, repeats: false, spanish: spanish,
            help: help)
    }

    /// An option with a value; given twice it is a mistake unless it `repeats`.
    package static func value(
        _ long: String, short: Character? = nil, _ placeholder: String, repeats: Bool = false,
        spanish: [String] = [], _ help: Text
    ) -> Option {
        Option(
            long: long, short: short, placeholder: placeholder, repeats: repeats,
            spanish: spanish, help: help)
    }

    /// The words that the value must be one of; nil when it is free.
    package var choices: [String]? { Placeholder.choices(placeholder ?? "") }

    /// `NAME HOUR`: each time it is given, two words follow and both become values.
    var takesTwo: Bool { placeholder?.contains(" ") ?? false }
}

/// One word after the options.
package struct Argument: Sendable {
    package enum Count: Sendable {
        case required
        case optional
        /// Any number, none included; only as the last argument.
        case repeating
        /// At least one; only as the last argument.
        case oneOrMore
    }

    package let placeholder: String
    package let count: Count
    package let help: Text

    /// A required word.
    package init(_ placeholder: String, _ help: Text) { self.init(placeholder, .required, help) }

    package init(_ placeholder: String, _ count: Count, _ help: Text) {
        self.placeholder = placeholder
        self.count = count
        self.help = help
    }

    /// The words that it must be one of; nil when it is free.
    package var choices: [String]? { Placeholder.choices(placeholder) }

    var isRequired: Bool { count == .required || count == .oneOrMore }
    var repeats: Bool { count == .repeating || count == .oneOrMore }
}

/// Two options that do not go together.
package struct Conflict: Sendable {
    package let first: String
    package let second: String
    /// What to use instead.
    package let hint: Text?

    package init(_ first: String, _ second: String, hint: Text? = nil) {
        self.first = first
        self.second = second
        self.hint = hint
    }
}
