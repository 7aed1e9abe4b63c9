package import CommandLineKit
internal import Platform
internal import Wording

/// `amparo` alone on a terminal: what is there to do, in plain words, with the command beside it.
package enum GuidedMenu {
    /// - Parameter isUndecided: Nobody has chosen a language, and the locale does not say.
    /// - Returns: Whether there was somebody to show it to.
    @Sendable package static func open(_ invocation: Invocation, isUndecided: Bool) throws -> Bool {
        let terminal = invocation.world.terminal
        guard terminal.canAsk, terminal.isTerminal(.input), terminal.isTerminal(.output) else {
            return false
        }
        let walk = MenuWalk(invocation)
        defer { walk.face.giveWay() }
        if isUndecided, try !walk.chooseLanguage() { return true }
        try walk.run()
        return true
    }
}

/// One sitting at the menu.
final class MenuWalk {
    private let invocation: Invocation
    private let keyring: NearestKeyring
    private let table: MenuTable
    private let path: MenuPath
    private let voice: Voice
    let face: any MenuFace
    private var last: [String]?
    private var isOver = false

    /// The language, which the menu can change on its way.
    private final class Voice {
        var language: Language
        init(_ language: Language) { self.language = language }
    }

    init(_ invocation: Invocation) {
        self.invocation = invocation
        keyring = NearestKeyring(invocation.world)
        table = MenuTable(invocation.root)
        path = MenuPath(invocation.world)
        let voice = Voice(invocation.language)
        self.voice = voice
        let name = invocation.world.environment["TERM"] ?? "dumb"
        let canDraw = !invocation.plain && name != "dumb" && !name.isEmpty
        face =
            canDraw
            ? FullFace(invocation, isProjector: invocation.flag("projector")) { voice.language }
            : PlainFace(invocation) { voice.language }
    }

    private var language: Language { voice.language }
    private var inner: InnerRun {
        InnerRun(
            outer: invocation, sessions: keyring, language: language,
            marks: [PracticeShell.menuMark: "1"])
    }

    // MARK: Pages

    /// - Returns: Whether one was chosen.
    func chooseLanguage() throws -> Bool {
        let languages = [Language.spanish, .english]
        let view = MenuView(
            status: { _ in ["amparo"] }, title: "¿En qué idioma? · Which language?",
            rows: [
                MenuView.Row(label: "Español", command: "amparo config lang es"),
                MenuView.Row(label: "English", command: "amparo config lang en"),
            ], back: "Salir · Leave", canRepeat: false)
        while true {
            switch try face.choose(view) {
            case .row(let index):
                voice.language = languages[index]
                face.giveWay()
                inner.run(["config", "lang", languages[index].rawValue])
                return true
            case .back, .leave: return false
            case .again, .why: break
            }
        }
    }

    func run() throws {
        let home = try invocation.home
        try keyring.dropping {
            while !isOver {
                let hadVault = MenuStatus(inner, home).hasVault
                try visit(hadVault ? table.main : table.firstRun, home, isFirst: true)
            }
        }
    }

    /// Stays on a page until the person goes back, or the first page is another one now.
    private func visit(_ page: MenuPage, _ home: Home, isFirst: Bool) throws {
        let hadVault = MenuStatus(inner, home).hasVault
        var selected = 0
        while !isOver {
            if isFirst, MenuStatus(inner, home).hasVault != hadVault { return }
            let view = MenuView(
                status: { [inner] in MenuStatus(inner, home).lines(isIdle: $0) },
                title: page.title(language),
                rows: page.entries.map(row), selected: selected,
                back: (isFirst ? MenuWords.leave : MenuWords.back)(language),
                canRepeat: last != nil)
            switch try face.choose(view) {
            case .row(let index):
                selected = index
                switch page.entries[index] {
                case .page(let below): try visit(below, home, isFirst: false)
                case .command(let command):
                    if let words = try words(of: command) { try perform(words) }
                    // A vault that has just come turns everything round.
                    if MenuStatus(inner, home).hasVault != hadVault { return }
                }
            case .again: if let last { try perform(last) }
            case .why(let index):
                selected = index
                if case .command(let command) = page.entries[index] {
                    try perform(command.path + ["--why"], isStep: false)
                }
            case .back:
                if isFirst { isOver = true }
                return
            case .leave: isOver = true
            }
        }
    }

    private func row(_ entry: MenuEntry) -> MenuView.Row {
        switch entry {
        case .page(let page): MenuView.Row(label: page.label(language), command: "")
        case .command(let command):
            MenuView.Row(label: command.label(language), command: command.shown(language))
        }
    }

    // MARK: A command

    /// Shows the line, runs it, and waits until what it said was read.
    ///
    /// - Parameter isStep: Counts as the last step, which one key repeats.
    private func perform(_ words: [String], isStep: Bool = true) throws {
        if isStep { last = words }
        face.giveWay()
        let home = invocation.value("home").map { ["--home", $0] } ?? []
        try invocation.print()
        try invocation.print("$ " + ShellQuoting.line(["amparo"] + home + words))
        inner.run(words)
        // Ctrl-C ends the command that ran, not the menu.
        if Interrupts.isCancelled { Interrupts.clear() }
        try Interrupts.check()
        try pause()
    }

    private func pause() throws {
        let question =
            last == nil
            ? Text(en: "Enter: back to the menu", es: "Enter: volver al menú")
            : Text(
                en: "Enter: back to the menu · r: once more",
                es: "Enter: volver al menú · r: otra vez")
        var typed = ""
        do throws(TerminalError) {
            typed = try invocation.world.terminal.readLine(
                prompt: "\n" + question(language) + " ")
        } catch {
            switch error {
            case .endOfInput: isOver = true
            case .interrupted where Interrupts.isCancelled: Interrupts.clear()
            case .interrupted, .unavailable, .failed: throw error
            case .tooLong, .notText: break
            }
        }
        if typed.lowercased() == "r", let last { try perform(last) }
    }

    /// - Returns: nil when the person went back.
    private func words(of command: MenuCommand) throws -> [String]? {
        var words = command.path + command.fixed
        for ask in command.asks {
            guard let answer = try answer(to: ask) else { return nil }
            guard !answer.isEmpty else { continue }
            // A name that begins with a dash is no option.
            if let option = ask.option {
                words += [option, answer]
            } else {
                words += answer.hasPrefix("-") ? ["--", answer] : [answer]
            }
        }
        return words
    }

    /// - Returns: nil to go back; empty where nothing is needed.
    private func answer(to ask: MenuAsk) throws -> String? {
        switch ask.kind {
        case .file, .folder, .place:
            var foldersOnly = false
            if case .folder = ask.kind { foldersOnly = true }
            let hint = Text(
                en: "Type its name, or drop the file into this window.",
                es: "Escribe su nombre o arrastra el archivo a esta ventana.")
            let field = MenuField(
                completions: { [path] in path.completions($0, foldersOnly: foldersOnly) },
                hint: hint(language))
            return try face.type(ask.question(language), field).map { path.meant($0) }
        case .words:
            let field = MenuField(completions: { _ in [] }, hint: "")
            let typed = try face.type(ask.question(language), field)
            return typed ?? (ask.isOptional ? "" : nil)
        case .choice(let choices):
            return try pick(ask, choices.map { MenuOffer(word: $0, label: $0) })
        case .lesson, .note, .noteInTrash, .contact, .contactWithKey, .key, .channel, .plan,
            .armedPlan:
            return try offer(ask)
        }
    }

    /// What lies in the vault, by number. Its passphrase is asked for on the ordinary terminal.
    private func offer(_ ask: MenuAsk) throws -> String? {
        var isQuiet = false
        if case .armedPlan = ask.kind { isQuiet = true }
        if ask.kind.needsVault { face.giveWay() }
        guard let offers = MenuOffer.list(ask.kind, inner) else {
            if Interrupts.isCancelled { Interrupts.clear() }
            try Interrupts.check()
            try pause()
            return nil
        }
        // The command itself says what is missing, and what to do.
        if isQuiet, offers.count < 2 { return "" }
        guard !offers.isEmpty else {
            guard !ask.isOptional else { return "" }
            invocation.say(Text(verbatim: MenuOffer.none(ask.kind)(language)))
            try pause()
            return nil
        }
        return try pick(ask, offers)
    }

    private func pick(_ ask: MenuAsk, _ offers: [MenuOffer]) throws -> String? {
        let view = MenuView(
            status: { _ in ["amparo"] }, title: ask.question(language),
            rows: offers.map { MenuView.Row(label: $0.label, command: "") },
            back: MenuWords.back(language), canRepeat: false)
        while true {
            switch try face.choose(view) {
            case .row(let index): return offers[index].word
            case .back: return nil
            case .leave:
                isOver = true
                return nil
            case .again, .why: break
            }
        }
    }
}
