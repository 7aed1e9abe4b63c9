internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Vault
internal import Wording

/// Builds the practice world with the commands that everybody uses.
struct PracticeStage {
    private let world: PracticeWorld
    private let invocation: Invocation
    private var language: Language { invocation.language }
    private var files: any FileSystem { invocation.world.files }

    /// Invented and written beside what they open: they guard nothing.
    static let passphrase = "frase de practica para ines"
    static let colleaguePassphrase = "frase de practica para laura"
    /// The least that the format allows.
    private static let memory = "32"

    init(_ world: PracticeWorld, _ invocation: Invocation) {
        self.world = world
        self.invocation = invocation
    }

    /// - Throws: What stood in the way; nothing is left of the world then.
    func build() throws {
        do {
            try furnish()
            try settle()
            try noteVault()
        } catch {
            // Without its mark nobody takes what is left for a world.
            PracticeEnd.remove(world.folder, files)
            throw error
        }
    }

    /// Folders, marks and files.
    private func furnish() throws {
        try files.createDirectories(Path.directory(of: world.folder))
        for folder in [world.folder, world.home, world.colleague, world.work, world.otherMachine] {
            try files.createDirectory(folder)
        }
        for folder in [
            world.inbox(language), world.copies, inWork(Cast.stick), inWork(said(Cast.cloud)),
            inWork(said(Cast.documents)),
        ] {
            try files.createDirectory(folder)
        }
        let clock = ClockFile(startingAt: invocation.world.clock.now)
        try files.create(world.clock, with: clock.serialized)
        for marked in [world.folder, world.home, world.colleague, world.otherMachine] {
            try files.create(
                PracticeWorld.mark(in: marked), with: PracticeWorld.mark(language))
        }
        for home in [world.home, world.colleague, world.otherMachine] {
            var config = Config()
            config["lang"] = language.rawValue
            try files.create(Home(home).config, with: config.serialized)
        }
        try files.create(world.passphrase, with: Array((Self.passphrase + "\n").utf8))
        try files.create(
            world.colleaguePassphrase, with: Array((Self.colleaguePassphrase + "\n").utf8))
        for file in Cast.files {
            try files.create(inWork(said(file.name)), with: Array(said(file.content).utf8))
        }
        try files.create(inWork(said(Cast.photo)), with: PracticePhoto.bytes)
        try files.create(
            inWork(said(Cast.statement)), with: Array(said(Cast.statementText).utf8))
        try files.create(
            inWork(said(Cast.alteredStatement)), with: Array(said(Cast.alteredStatementText).utf8))
        try files.create(world.shellStart, with: Array(PracticeShell.start(language).utf8))
    }

    /// Vaults, keys and what passed between the invented people.
    private func settle() throws {
        try ines("init", "--kdf-memory", Self.memory)
        try laura("init", "--kdf-memory", Self.memory)
        let hers = inWork("laura.card")
        try laura("contact", "card", "--name", "Laura", "--email", "laura@example.org", "-o", hers)
        try laura("sign", inWork(said(Cast.statement)))
        try files.create(
            inWork(said(Cast.alteredStatement) + ".minisig"),
            with: files.read(inWork(said(Cast.statement) + ".minisig"), limit: 4_096))
        let own = try ines("key", "show", "me").line
        let signing = try ines("key", "show", "me", "--signing").line
        try laura("contact", "add", "ines", "--recipient", own, "--sign-key", signing)
        try run(
            ["encrypt", "-r", "ines", "-o", inWork(said(Cast.fromLaura))], world.colleague,
            Self.colleaguePassphrase, input: said(Cast.letterFromLaura))
        // What she needs to watch over somebody: a way to reach people.
        try laura("channel", "add", world.inboxName(language), "file:" + world.inbox(language))
        try ines("contact", "add", Cast.editor, "--card", hers)
        try ines("contact", "add", Cast.lawyer, "--email", "abogada@example.org")
        // Cards with keys of nobody: Beto's to be added, and one that only calls itself Laura.
        try laura("key", "new", "beto")
        try laura(
            "contact", "card", "--key", "beto", "--name", "Beto", "--email", "beto@example.org",
            "-o", inWork(Cast.photographerCard))
        try laura("key", "new", "otra")
        try laura(
            "contact", "card", "--key", "otra", "--name", "Laura", "--email", "laura@example.org",
            "-o", inWork(said(Cast.newLauraCard)))
        for note in Cast.notes {
            try run(
                ["note", "new", "--title", said(note.title), "--tag", said(note.tag)],
                world.home, Self.passphrase, input: said(note.body))
        }
    }

    private func noteVault() throws {
        let lineage = try VaultFile(Home(world.home).vault).lineage
        try files.create(world.firstVault, with: Array(lineage.description.utf8))
    }

    private func said(_ text: Text) -> String { text(language) }

    private func inWork(_ name: String) -> String { Path.join(world.work, name) }

    // MARK: Commands

    @discardableResult
    private func ines(_ arguments: String...) throws -> String {
        try run(arguments, world.home, Self.passphrase)
    }

    @discardableResult
    private func laura(_ arguments: String...) throws -> String {
        try run(arguments, world.colleague, Self.colleaguePassphrase)
    }

    @discardableResult
    private func run(
        _ arguments: [String], _ home: String, _ passphrase: String, input: String = ""
    ) throws -> String {
        let (exit, output, errors) = DemoStage.perform(
            arguments, home: home, passphrase: Array(passphrase.utf8), input: Array(input.utf8),
            code: [], outer: invocation,
            environment: [PracticeWorld.variable: world.folder])
        try Interrupts.check()
        guard exit == .done else {
            let reason = errors.split(separator: "\n").last { $0.contains("error") } ?? ""
            throw Failure(
                .failed,
                Text(
                    en: "the practice world could not be made: \(reason)",
                    es: "no se pudo hacer el mundo de práctica: \(reason)"))
        }
        return output
    }
}

extension String {
    fileprivate var line: String { String(prefix { $0 != "\n" }) }
}
