import CommandLineKit
import Editor
import Platform
import Secrets
import TestSupport
import Testing
import Wording

@testable import Commands

@Suite("the guided menu")
struct MenuTests {
    /// A terminal with a scripted screen and scripted answers to questions between.
    private final class Person: Terminal {
        let screen: ScriptedScreen
        let asker: ScriptedTerminal
        private let hasScreen: Bool

        init(_ steps: [ScriptedScreen.Step]?, _ answers: [String], clock: ManualClock) {
            screen = ScriptedScreen(steps ?? [], clock: clock)
            asker = ScriptedTerminal(answers: answers)
            hasScreen = steps != nil
        }

        var canAsk: Bool { true }
        var width: Int? { 80 }
        var height: Int? { 24 }
        func isTerminal(_ stream: StandardStream) -> Bool { true }
        func readLine(prompt: String) throws(TerminalError) -> String {
            try asker.readLine(prompt: prompt)
        }
        func readSecret(prompt: String, erases: Bool) throws(TerminalError) -> SecretBytes? {
            try asker.readSecret(prompt: prompt, erases: erases)
        }
        func openScreen() throws(TerminalError) -> any Screen {
            guard hasScreen else { throw .unavailable }
            return screen
        }
    }

    @Test("a key that means nothing says so until the next one")
    func stranger() {
        var list = MenuList(
            MenuView(
                status: { _ in [] }, title: "lista",
                rows: [MenuView.Row(label: "uno", command: "")], back: "Atrás", canRepeat: false),
            isProjector: false)
        func below() -> String {
            let lines = list.lines(status: ["amparo"], size: (80, 24), .spanish).lines
            return String(decoding: lines.last?.bytes ?? [], as: UTF8.self)
        }
        #expect(below().hasPrefix(" número, o flechas"))
        #expect(list.press(.text([0x37])) == nil)
        #expect(below().hasPrefix(" no hay ese número · ?"))
        #expect(below().contains("· q salir") && below().count <= 80)
        #expect(list.press(.text([0x78])) == nil)
        #expect(below().hasPrefix(" esa tecla no hace nada · ?"))
        #expect(below().contains("· q salir") && below().count <= 80)
        #expect(list.press(.down) == nil)
        #expect(below().hasPrefix(" número, o flechas"))
    }

    private struct Sitting {
        let exit: ExitCode
        let output: String
        let error: String
        let person: Person
        var asked: [String] { person.asker.asked }
        var commands: [String] {
            output.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map {
                String($0.dropFirst(2))
            }
        }
    }

    /// - Parameter steps: Keys on the whole terminal; nil for one that cannot be drawn on.
    private func sit(
        _ desk: Desk, _ arguments: [String] = [], screen steps: [ScriptedScreen.Step]? = nil,
        answers: [String] = [], environment: [String: String] = [:]
    ) -> Sitting {
        let person = Person(steps, answers, clock: desk.clock)
        let output = MemoryOutput()
        let error = MemoryOutput()
        let base = [
            "TZ": desk.zone, "TERM": steps == nil ? "dumb" : "xterm", "LANG": "en_US.UTF-8",
            "AMPARO_HOME": desk.home, "HOME": desk.folder.path,
        ]
        let world = World(
            arguments: arguments, environment: base.merging(environment) { $1 },
            files: LinuxFileSystem(), clock: desk.clock, random: SeededRandom(seed: 1),
            terminal: person, standardInput: MemoryInput([]), standardOutput: output,
            standardError: error, descriptor: { _ in MemoryInput([]) }, sessions: desk.sessions)
        let exit = Program(
            version: "", root: Root.command, storedLanguage: Config.storedLanguage,
            opening: GuidedMenu.open
        ).run(world)
        return Sitting(exit: exit, output: output.text, error: error.text, person: person)
    }

    // MARK: The table

    private static func commands(_ entry: MenuEntry) -> [MenuCommand] {
        switch entry {
        case .command(let command): [command]
        case .page(let page): page.entries.flatMap(commands)
        }
    }

    private static func pages(_ page: MenuPage) -> [MenuPage] {
        [page]
            + page.entries.flatMap { entry -> [MenuPage] in
                if case .page(let below) = entry { return pages(below) }
                return []
            }
    }

    @Test("five verbs and the rest; every page fits what a person overlooks, in both languages")
    func pages() {
        let table = MenuTable(Root.command)
        #expect(table.main.entries.count == 6)
        for page in Self.pages(table.main) + Self.pages(table.firstRun) {
            let labels = page.entries.map(\.label)
            #expect(!labels.isEmpty, "\(page.title.en)")
            for language in Language.allCases {
                let words = labels.map { $0(language) }
                #expect(Set(words).count == words.count, "\(page.title.en)")
                #expect(words.allSatisfy { $0.count <= 100 && $0.first?.isUppercase == true })
            }
        }
        for label in table.main.entries.map(\.label) {
            #expect(label.en.count <= 60 && label.es.count <= 60)
        }
    }

    @Test("no command is missing from the menu, and every line that it makes is one")
    func everyCommand() {
        let table = MenuTable(Root.command)
        let entries = table.main.entries + table.firstRun.entries
        let commands = entries.flatMap(Self.commands)
        let reached = Set(commands.map { $0.path.joined(separator: " ") })
        for leaf in Root.command.leaves() where !MenuTable.outside.contains(leaf.path[0]) {
            let name = leaf.path.joined(separator: " ")
            #expect(reached.contains(name), "\(name) is not in the menu")
        }
        for command in commands {
            let words = command.asks.flatMap { ask -> [String] in
                var answer = "x"
                if case .choice(let choices) = ask.kind { answer = choices.first ?? "" }
                return (ask.option.map { [$0] } ?? []) + [answer]
            }
            let line = Parser.parse(command.path + command.fixed + words, root: Root.command)
            #expect(line.mistake == nil, "\(command.shown(.english))")
            #expect(line.path.dropFirst().map(\.name) == command.path)
        }
    }

    // MARK: Line by line

    @Test("numbers only: a question, the command that runs, what it says, and back again")
    func plain() throws {
        let desk = try Desk.ready()
        let id = desk.note("Entrevista Puerto", "uno")
        let sitting = sit(
            desk,
            answers: [
                "x", "99", "1", "4", "puerto", "", "?5", "", "0", "3", "2", "1", "",
                "0", "q",
            ])
        #expect(sitting.exit == .done, "\(sitting.error)")
        #expect(sitting.output.contains("1. Write: notes that nobody else reads"))
        #expect(sitting.output.contains("there is no such number"))
        #expect(!sitting.output.contains("\u{1B}"))
        // The vault is opened for the list of notes, once, with its passphrase.
        #expect(sitting.commands.first == "amparo note find")
        #expect(sitting.asked.contains { $0.hasPrefix("passphrase") })
        _ = id
    }

    @Test("a day at the numbers: a note read, a file encrypted for a contact and opened again")
    func day() throws {
        let desk = try Desk.ready()
        let id = desk.note("Entrevista Puerto", "uno")
        let key = desk.run("key", "show", "me").line
        #expect(desk.run("contact", "add", "laura", "--recipient", key).exit == .done)
        try desk.folder.write("mi foto.txt", Array("foto".utf8))
        let photo = desk.folder("mi foto.txt")
        let sitting = sit(
            desk, ["--plain", "--lang", "es"],
            answers: [
                "3", "2", Desk.passphrase, "1", "", "0",
                "2", "1", "1", "'\(photo)' ", "", "0",
                "6", "1", "", "r", "0", "0",
            ], environment: ["TERM": "xterm"])
        #expect(sitting.exit == .done, "\(sitting.error) \(sitting.asked)")
        #expect(
            sitting.commands.prefix(2) == [
                "amparo note show \(id.prefix(8))",
                "amparo encrypt -r me -r laura '\(photo)'",
            ], "\(sitting.commands)")
        #expect(sitting.output.contains("uno"))
        #expect(desk.folder.names.contains("mi foto.txt.age"))
        #expect(sitting.commands.filter { $0 == "amparo close" }.count == 2)
        #expect(sitting.output.contains("amparo · bóveda cerrada"))
        #expect(sitting.output.contains("amparo · bóveda abierta"))
    }

    @Test("before there is a vault: make one, bring a copy, or only look", arguments: ["en", "es"])
    func firstRun(_ language: String) throws {
        let other = try Desk.ready()
        _ = other.note("Puerto")
        #expect(other.run("vault", "backup", other.folder("copy.db")).exit == .done)
        let desk = try Desk()
        let sitting = sit(
            desk, ["--lang", language],
            answers: ["2", "1", other.folder("copy.db"), "", "1", "5", Desk.passphrase, "", "q"])
        #expect(sitting.exit == .done, "\(sitting.error)")
        let isSpanish = language == "es"
        #expect(
            sitting.output.contains(
                isSpanish ? "1. Nueva: hacer mi bóveda" : "1. New: make my vault"))
        #expect(
            sitting.output.contains(isSpanish ? "todavía sin bóveda" : "no vault yet"))
        // The copy is there: the menu is the ordinary one, and its notes are read.
        #expect(sitting.output.contains(isSpanish ? "¿Qué quieres hacer?" : "What would you like"))
        #expect(sitting.output.contains("Puerto"))
    }

    @Test("nobody has chosen a language: both are offered, and the choice is kept")
    func language() throws {
        let desk = try Desk.ready()
        let sitting = sit(desk, answers: ["1", "q"], environment: ["LANG": "C"])
        #expect(sitting.exit == .done)
        #expect(sitting.output.contains("¿En qué idioma? · Which language?"))
        #expect(sitting.output.contains("¿Qué quieres hacer?"))
        let next = sit(desk, answers: ["q"], environment: ["LANG": "C"])
        #expect(next.output.contains("¿Qué quieres hacer?") && !next.output.contains("Which"))
    }

    @Test("without a terminal it is the short help, as before")
    func script() throws {
        let test = TestWorld(environment: ["LANG": "es_MX.UTF-8"])
        let exit = Program(
            version: "", root: Root.command, storedLanguage: Config.storedLanguage,
            opening: GuidedMenu.open
        ).run(test.world)
        #expect(exit == .done && test.output.text.contains("amparo note"))
        #expect(!test.output.text.contains("¿Qué quieres hacer?"))
    }

    // MARK: On the whole terminal

    @Test("arrows, numbers, back and leave; the screen is given back for every command")
    func screen() throws {
        let desk = try Desk.ready()
        _ = desk.note("Uno")
        let sitting = sit(
            desk,
            screen: [
                .look { #expect($0.shown[4].hasPrefix("> 1  Write")) },
                .type("\u{1B}[B\u{1B}[B"),
                .look { #expect($0.shown[6].hasPrefix("> 3  Open")) },
                .type("\u{1B}[A\u{1B}[A\u{1B}[A"),
                .look { #expect($0.shown[9].hasPrefix("> 6  More")) },
                .type("\r"), .look { #expect($0.shown[2].hasPrefix(" More")) },
                .type("\u{1B}"), .wait(.milliseconds(60)), .type("15"),
                .look { #expect($0.shown[22].hasPrefix(" $ amparo note list")) },
                .type("q"),
            ], answers: [Desk.passphrase, ""])
        #expect(sitting.exit == .done, "\(sitting.error)")
        #expect(sitting.commands == ["amparo note list"])
        #expect(sitting.output.contains("Uno"))
        #expect(!sitting.person.screen.isOpen)
    }

    @Test("a path is typed with completion, and Esc is the way back")
    func path() throws {
        let desk = try Desk.ready()
        for name in ["carta.txt", "carta vieja.txt", "otra.txt"] {
            try desk.folder.write(name, Array("x".utf8))
        }
        let sitting = sit(
            desk,
            screen: [
                .type("35~/ca\t"),
                .look { screen in
                    #expect(screen.shown.contains { $0.hasPrefix(" > ~/carta") })
                    #expect(screen.shown.contains { $0.hasPrefix("   ~/carta vieja.txt") })
                },
                .type(".\t"),
                .look { #expect($0.shown.contains { $0.hasPrefix(" > ~/carta.txt") }) },
                .type("\r"), .type("5\u{1B}"), .wait(.milliseconds(60)), .type("0q"),
            ], answers: [""])
        #expect(sitting.exit == .done, "\(sitting.error)")
        #expect(sitting.commands == ["amparo inspect \(desk.folder("carta.txt"))"])
    }

    @Test("small and changing sizes, long lists, numbers of two digits")
    func sizes() throws {
        let desk = try Desk.ready()
        for number in 1...14 { _ = desk.note("Apunte \(number)") }
        let sitting = sit(
            desk,
            screen: [
                .resize(columns: 30, rows: 10), .type("32"),
                .type("1"),
                .look { screen in
                    #expect(screen.shown.contains { $0.contains("number: 1") })
                    #expect(screen.shown.count == 10)
                },
                .resize(columns: 80, rows: 24), .type("2"),
                .resize(columns: 1, rows: 1), .type("q"),
            ], answers: [Desk.passphrase, ""])
        #expect(sitting.exit == .done, "\(sitting.error)")
        #expect(sitting.commands.count == 1 && sitting.output.contains("Apunte "))
    }

    @Test("Ctrl-C leaves with 130, a lost terminal with an error, Ctrl-D with 0")
    func ends() throws {
        let desk = try Desk.ready()
        #expect(sit(desk, screen: [.type("\u{3}")]).exit == .interrupted)
        #expect(sit(desk, screen: [.type("1\u{3}")]).exit == .interrupted)
        #expect(sit(desk, screen: [.interrupt]).exit == .interrupted)
        #expect(sit(desk, screen: []).exit == .interrupted)
        #expect(sit(desk, screen: [.type("\u{4}")]).exit == .done)
        #expect(sit(desk, answers: []).exit == .done)
    }

    @Test("before a room: large, one key repeats, and no secret is shown")
    func projector() throws {
        let desk = try Desk.ready()
        let sitting = sit(
            desk, ["--projector"],
            screen: [
                .look { screen in
                    #expect(screen.shown[4].hasPrefix("> 1  Write"))
                    #expect(screen.shown[6].hasPrefix("  2  Send"))
                    #expect(screen.shown[23].contains("r: the last one again"))
                },
                .type("61"), .type("r"), .type("0"), .type("56"), .type("q"),
            ], answers: ["", "", "", ""])
        #expect(sitting.exit == .done, "\(sitting.error)")
        #expect(sitting.commands == ["amparo close", "amparo close", "amparo passphrase"])
        #expect(sitting.error.contains("--projector"))
        #expect(sitting.output.contains("amparo passphrase"))
    }

    @Test(
        "with --projector what shows secrets refuses",
        arguments: [
            ["init"], ["recover"], ["passphrase"], ["key", "export", "me"], ["key", "split"],
            ["key", "combine"], ["checkin", "plan", "new", "x"], ["vault", "rewrite"],
        ])
    func refuses(_ words: [String]) throws {
        let desk = try Desk()
        #expect(desk.run(words + ["--projector"]).exit == .refused)
    }
}
