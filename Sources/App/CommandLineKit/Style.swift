internal import Platform

/// Bold and colour where they help and were not refused.
struct Style: Sendable {
    private let colors: Bool

    init(world: World, line: ParsedLine) {
        let environment = world.environment
        colors =
            world.terminal.isTerminal(.error) && !line.flags.contains("no-color")
            && !line.flags.contains("plain") && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb" && environment["TERM"] != nil
    }

    func strong(_ text: String) -> String { colors ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func alarm(_ text: String) -> String { colors ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
}
