package import Platform
internal import Wording

extension Invocation {
    package func printHelp(of path: [Command]) throws(StreamError) {
        try world.standardOutput.write(
            HelpPage.render(path, language: language, width: helpWidth))
    }

    /// What the command protects and what it does not; the nearest one above it that says so.
    package func printWhy(of path: [Command]) throws(StreamError) {
        let reason = path.reversed().lazy.compactMap(\.why).first ?? path[path.count - 1].summary
        try print(Layout.wrap(reason(language), width: min(helpWidth, 100)))
    }

    /// The screen without arguments; in both languages while nobody has chosen one.
    func printWelcome(inBoth: Bool) throws(StreamError) {
        try world.standardOutput.write(
            inBoth
                ? WelcomePage.inBoth(root)
                : WelcomePage.render(root, language: language, width: helpWidth))
    }

    private var helpWidth: Int {
        world.terminal.isTerminal(.output) ? world.terminal.width ?? 80 : 80
    }
}

/// The short page of `amparo` alone.
enum WelcomePage {
    static func render(_ root: Command, language: Language, width: Int) -> String {
        var page = root.summary(language) + "\n\n"
        let column = (root.subcommands.map(\.name.count).max() ?? 0) + 2
        for command in root.subcommands {
            let name = "  amparo " + Layout.pad(command.spoken, to: column)
            let summary = Layout.wrap(
                command.summary(language), width: width, indent: name.count, first: name.count)
            page += "\(name)\(summary)\n"
        }
        let end = Text(
            en: "More: amparo --help, amparo COMMAND --help",
            es: "Más: amparo --help, amparo COMANDO --help")
        return page + "\n" + end(language) + "\n"
    }

    /// The commands of a first day, each in few words: both languages are in sight on any screen.
    static func inBoth(_ root: Command) -> String {
        let choice = """
            Español: amparo --lang es   (siempre: amparo config lang es)
            English: amparo --lang en   (always: amparo config lang en)
            """
        let rest = Text(en: "All the rest", es: "Todo lo demás")
        let rows =
            root.subcommands.compactMap { command in command.gist.map { (command.spoken, $0) } }
            + [("--help", rest)]
        let column = (rows.map(\.0.count).max() ?? 0) + 2
        let table = rows.map { name, gist in
            "  amparo " + Layout.pad(name, to: column) + gist.es + " · " + gist.en
        }
        return [root.summary.es, root.summary.en, "", choice, ""].joined(separator: "\n") + "\n"
            + table.joined(separator: "\n") + "\n"
    }
}
