internal import CommandLineKit
internal import Wording

/// `help`, `man` and `completions`: three views of the option table.
enum HelpCommands {
    private static let words = Argument(
        "COMMAND", .repeating,
        Text(en: "A command, such as: note find", es: "Un comando, por ejemplo: note find"))

    static let help = Command(
        "help", spanish: ["ayuda"],
        Text(en: "Show help for a command", es: "Muestra la ayuda de un comando"),
        arguments: [words], examples: ["amparo help config lang"]
    ) { invocation in
        try invocation.printHelp(of: path(invocation))
    }

    static let manual = Command(
        "man", aliases: ["manual"],
        Text(
            en: "Print the manual page of a command",
            es: "Entrega la página de manual de un comando"
        ),
        arguments: [words], examples: ["amparo man | man -l -", "amparo man config"]
    ) { invocation in
        let page = ManualPage.render(
            try path(invocation), language: invocation.language, version: Root.version)
        try invocation.print(bytes: Array(page.utf8).span)
    }

    static let completions = Command(
        "completions", spanish: ["completar", "autocompletar"],
        Text(
            en: "Print what a shell needs to complete commands",
            es: "Entrega lo que un shell necesita para completar comandos"),
        arguments: [
            Argument("bash|zsh|fish", Text(en: "The shell you use", es: "El shell que usas"))
        ],
        examples: ["amparo completions bash > ~/.local/share/bash-completion/completions/amparo"]
    ) { invocation in
        let language = invocation.language
        let script =
            switch invocation.argument("bash|zsh|fish") {
            case "zsh": ZshCompletion.script(invocation.root, language: language)
            case "fish": FishCompletion.script(invocation.root, language: language)
            default: BashCompletion.script(invocation.root)
            }
        try invocation.print(bytes: Array(script.utf8).span)
    }

    /// The command that the words name, from the root.
    private static func path(_ invocation: Invocation) throws -> [Command] {
        let words = invocation.arguments("COMMAND")
        let line = Parser.parse(words + ["--help"], root: invocation.root)
        if let mistake = line.mistake, case .unknownCommand = mistake { throw mistake }
        guard line.words.isEmpty else {
            throw UsageMistake.unknownCommand(words.joined(separator: " "), suggestion: nil)
        }
        return line.path
    }
}
