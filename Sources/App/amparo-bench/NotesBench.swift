internal import Encoding
internal import Notebook
internal import Platform
internal import Secrets
internal import Vault

/// A vault with the notes of a folder, opened with the keys of a session: no key derivation.
///
/// Each line is a word that `Tools/bench` knows, not a sentence.
package struct NotesBench {
    private let report: Report
    private let folder: String
    private let scratch: String
    private let files = LinuxFileSystem()
    private let passphrase = "one two three four five six"

    package init(_ report: Report, folder: String, scratch: String) {
        self.report = report
        self.folder = folder
        self.scratch = scratch
    }

    private var path: String { scratch + "/vault.db" }

    private func context(room: Int = 0) -> VaultContext {
        VaultContext(
            files: files, clock: LinuxClock(), stateFolder: scratch + "/state", roomByteCount: room)
    }

    private func secret(_ text: String) -> SecretBytes {
        SecretBytes(copying: Array(text.utf8).span)
    }

    package func run() throws {
        let vault = try Vault.create(
            at: path, passphrase: secret(passphrase), recovery: SecretBytes.random(count: 16),
            options: Vault.CreateOptions(cost: KeyDerivationCost(mebibytes: 64)), in: context())
        _ = try vault.commit()
        let session = vault.sessionKey()

        let names = try files.list(folder).sorted()
        var texts: [[UInt8]] = []
        for name in names { texts.append(try files.read(folder + "/" + name, limit: 1 << 20)) }
        // As an import does it: one commit for all.
        let importing = try report.best(of: 1) {
            let vault = try open(session)
            let notebook = Notebook(vault)
            for text in texts { try notebook.add(title: "", body: text, tags: []) }
            _ = try vault.commit()
        }
        try report.line("notes", Double(names.count), "")
        try report.line("text", Double(texts.reduce(0) { $0 + $1.count }) / 1e6, "MB")
        texts = []
        try report.line("import", importing, "s")
        try report.line("size", Double(try files.status(path)?.byteCount ?? 0) / 1e6, "MB")

        var found = 0
        try report.line(
            "list",
            try report.median(of: 11) {
                found = Notebook(try open(session)).notes().count
            }, "s")
        guard found == names.count else { return try report.complain("notes are missing") }
        for word in ["zarzamora", "luciernaga"] {
            let search = try Search(parsing: word)
            let finding = try report.median(of: 11) {
                found = try Notebook(try open(session)).find(search) { $0.utc.date }.matches.count
            }
            guard found == 3 else { return try report.complain("found \(found) of 3") }
            try report.line(word == "zarzamora" ? "find" : "find-folded", finding, "s")
        }
        try report.line("open", try report.median(of: 11) { _ = try open(session) }, "s")
        try report.line(
            "add",
            try report.median(of: 11) {
                let vault = try open(session)
                try Notebook(vault).add(title: "", body: Array("gusano de luz".utf8), tags: [])
                _ = try vault.commit()
            }, "s")
        try visits(session)
        if names.count >= 100_000 { try rewrite() } else { try merge(session) }
        if names.count < 10_000 { try refusals() }
    }

    /// What one opening adds to the file, on average.
    private func visits(_ session: borrowing SecretBytes) throws {
        let before = try files.status(path)?.byteCount ?? 0
        let count = 50
        for _ in 0..<count { _ = try open(session).commit() }
        let after = try files.status(path)?.byteCount ?? 0
        try report.line("visit", Double(after - before) / Double(count) / 1e3, "KB")
    }

    /// 50,000 cells that another copy has.
    private func merge(_ session: borrowing SecretBytes) throws {
        let other = scratch + "/other.db"
        try VaultFile(path).backup(to: other, files: files)
        let vault = try Vault.open(
            at: other, with: .session(session.copy()),
            in: context(room: 50_000 * 3_938))
        _ = try vault.commit()
        var added = 0
        let merging = try report.best(of: 1) { added = try VaultFile(path).merge(other).addedCount }
        try report.line("merge", merging, "s")
        try report.line("merged", Double(added), "")
        try files.remove(other)
    }

    private func rewrite() throws {
        let vault = try Vault.open(at: path, with: .passphrase(secret(passphrase)), in: context())
        let rewriting = try report.best(of: 1) {
            let lasting = Notebook(vault).lasting
            _ = try vault.rewrite(
                keeping: lasting, recovery: SecretBytes.random(count: 16), passphrases: [],
                discardsUnopened: false)
        }
        try report.line("rewrite", rewriting, "s")
        let again = try Vault.open(at: path, with: .passphrase(secret(passphrase)), in: context())
        try report.line("rewritten", Double(Notebook(again).notes().count), "")
    }

    /// A wrong passphrase, in a vault that has a hidden compartment and in one that has none: what
    /// a person with a clock could tell. In turns, so that both see the same machine.
    private func refusals() throws {
        let hiding = scratch + "/hiding.db"
        try VaultFile(path).backup(to: hiding, files: files)
        let outer = try Vault.open(at: hiding, with: .passphrase(secret(passphrase)), in: context())
        try outer.addCompartment(passphrase: secret("a hidden one of six words")) { store in
            store.stage(
                kind: RecordKind.setting, entity: nil, parents: [], fields: .init())
        }
        _ = try outer.commit()
        var (without, with) = ([Double](), [Double]())
        for _ in 0..<41 {
            without.append(try report.best(of: 1) { try refuse(path) })
            with.append(try report.best(of: 1) { try refuse(hiding) })
        }
        try report.line("wrong", without.sorted()[20] * 1_000, "ms")
        try report.line("wrong-hidden", with.sorted()[20] * 1_000, "ms")
        try files.remove(hiding)
    }

    private func refuse(_ path: String) throws {
        do {
            _ = try Vault.open(at: path, with: .passphrase(secret("not this one")), in: context())
            try report.complain("it opened")
        } catch VaultError.wrongPassphrase {}
    }

    private func open(_ session: borrowing SecretBytes) throws -> Vault {
        try Vault.open(at: path, with: .session(session.copy()), in: context())
    }
}
