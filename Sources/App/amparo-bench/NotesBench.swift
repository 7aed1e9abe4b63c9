internal import Notebook
internal import Platform
internal import Secrets
internal import Vault

/// A vault with the notes of a folder, opened with the keys of a session: no key derivation.
package struct NotesBench {
    private let report: Report
    private let folder: String
    private let scratch: String

    package init(_ report: Report, folder: String, scratch: String) {
        self.report = report
        self.folder = folder
        self.scratch = scratch
    }

    package func run() throws {
        let files = LinuxFileSystem()
        let context = VaultContext(
            files: files, clock: LinuxClock(), stateFolder: scratch + "/state")
        let path = scratch + "/vault.db"
        let passphrase = SecretBytes(copying: Array("one two three four five six".utf8).span)
        let vault = try Vault.create(
            at: path, passphrase: passphrase, recovery: SecretBytes.random(count: 16),
            options: Vault.CreateOptions(cost: KeyDerivationCost(mebibytes: 64)),
            in: context)
        _ = try vault.commit()

        let names = try files.list(folder).sorted()
        let notebook = Notebook(vault)
        let adding = try report.best(of: 1) {
            for (index, name) in names.enumerated() {
                let text = try files.read(folder + "/" + name, limit: 1 << 20)
                try notebook.add(title: "", body: text, tags: [])
                // As an import does it: a transaction for many, not for each.
                if index % 500 == 499 { _ = try vault.commit() }
            }
            _ = try vault.commit()
        }
        try report.line("adding \(names.count) notes", adding, "s")
        try report.line(
            "size of that vault", Double(try files.status(path)?.byteCount ?? 0) / 1e6, "MB")

        let session = vault.sessionKey()
        var found = 0
        let opening = try report.median(of: 11) {
            found = Notebook(try open(path, session, context)).notes().count
        }
        try report.line("opening and listing \(found) notes", opening, "s")
        try report.line(
            "opening, adding one note and making it durable",
            try report.median(of: 11) {
                let vault = try open(path, session, context)
                try Notebook(vault).add(title: "", body: Array("gusano de luz".utf8), tags: [])
                _ = try vault.commit()
            }, "s")
        for word in ["zarzamora", "luciernaga"] {
            let search = try Search(parsing: word)
            let finding = try report.median(of: 11) {
                found = try Notebook(try open(path, session, context))
                    .find(search) { $0.utc.date }.count
            }
            try report.line("opening and finding '\(word)' (\(found) notes)", finding, "s")
        }
        try attach(path, session, context)
    }

    /// Cells beside the log: what a photo or a recording costs.
    private func attach(
        _ path: String, _ session: borrowing SecretBytes, _ context: VaultContext
    ) throws {
        let mebibytes = 256
        let piece = SystemRandom().bytes(1 << 20)
        let vault = try open(path, session, context)
        var left = mebibytes
        var blob: BlobReference?
        let storing = try report.best(of: 1) {
            blob = try vault.stageBlob {
                left -= 1
                return left >= 0 ? piece : []
            }
            _ = try vault.commit()
        }
        try report.line("storing \(mebibytes) MiB beside the notes", storing, "s")
        guard let blob else { return }
        let reading = try report.best(of: 1) {
            try vault.readBlob(blob) { _ in }
        }
        try report.line("reading them back", reading, "s")
    }

    private func open(
        _ path: String, _ session: borrowing SecretBytes, _ context: VaultContext
    ) throws -> Vault {
        try Vault.open(at: path, with: .session(session.copy()), in: context)
    }
}
