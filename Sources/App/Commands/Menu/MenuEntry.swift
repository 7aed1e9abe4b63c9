internal import CommandLineKit
internal import Wording

/// One line of the menu: a command, or a page of more lines.
indirect enum MenuEntry: Sendable {
    case command(MenuCommand)
    case page(MenuPage)

    var label: Text {
        switch self {
        case .command(let command): command.label
        case .page(let page): page.label
        }
    }
}

/// A list to choose from.
struct MenuPage: Sendable {
    let label: Text
    /// The question above the list.
    let title: Text
    let entries: [MenuEntry]

    init(_ label: Text, title: Text? = nil, _ entries: [MenuEntry]) {
        self.label = label
        self.title = title ?? label
        self.entries = entries
    }
}

/// A command of the table, and what of its line is asked for.
struct MenuCommand: Sendable {
    let label: Text
    /// From the root, without it.
    let path: [String]
    /// Options that are always there.
    let fixed: [String]
    let asks: [MenuAsk]

    /// Without `asks`, what the command cannot do without.
    ///
    /// - Precondition: The table has such a command; a test walks the whole menu.
    init(
        _ path: [String], _ label: Text? = nil, fixed: [String] = [], asks: [MenuAsk]? = nil,
        root: Command
    ) {
        guard let command = root.command(at: path) else {
            preconditionFailure("the menu names a command that is not there: \(path)")
        }
        self.path = path
        self.label = label ?? command.summary
        self.fixed = fixed
        self.asks = asks ?? MenuAsk.needed(by: command, at: path)
    }

    /// As it is typed, with names for what is still to be asked.
    func shown(_ language: Language) -> String {
        (["amparo"] + path + fixed + asks.map { $0.shown(language) }).joined(separator: " ")
    }
}

extension Command {
    /// The command that `names` lead to, from this one.
    func command(at names: [String]) -> Command? {
        var command = self
        for name in names {
            guard let next = command.subcommands.first(where: { $0.name == name }) else {
                return nil
            }
            command = next
        }
        return command
    }

    /// Every command below this one that does something, with its path.
    func leaves(below path: [String] = []) -> [(path: [String], command: Command)] {
        subcommands.flatMap { command -> [(path: [String], command: Command)] in
            let here = path + [command.name]
            let own = command.run == nil ? [] : [(path: here, command: command)]
            return own + command.leaves(below: here)
        }
    }
}
