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
        let languages = inBoth ? [Language.spanish, .english] : [language]
        for (index, language) in languages.enumerated() {
            if index > 0 { try print() }
            try world.standardOutput.write(
                WelcomePage.render(root, language: language, offersBoth: inBoth))
        }
    }

    private var helpWidth: Int {
        world.terminal.isTerminal(.output) ? world.terminal.width ?? 80 : 80
    }
}

/// The short page of `amparo` alone.
enum WelcomePage {
    static func render(_ root: Command, language: Language, offersBoth: Bool) -> String {
        var page = root.summary(language) + "\n\n"
        let column = (root.subcommands.map(\.name.count).max() ?? 0) + 2
        for command in root.subcommands {
            let gap = String(repeating: " ", count: column - command.name.count)
            page += "  amparo \(command.name)\(gap)\(command.summary(language))\n"
        }
        let end = Text(
            en: "More: amparo --help, amparo COMMAND --help",
            es: "Más: amparo --help, amparo COMANDO --help")
        page += "\n" + end(language) + "\n"
        if offersBoth {
            let choice = Text(
                en: "To speak English from now on: amparo config lang en",
                es: "Para hablar español de aquí en adelante: amparo config lang es")
            page += choice(language) + "\n"
        }
        return page
    }
}
