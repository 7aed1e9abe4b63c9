internal import Age
internal import CommandLineKit
internal import Curriculum
internal import Keyring
internal import Minisign
internal import Notebook
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// What a check may look at: the practice home with its vault open, and the desk beside it.
final class Inspection {
    let world: PracticeWorld
    let invocation: Invocation
    let notebook: Notebook
    let keyring: Keyring
    let vault: Vault
    /// Whether the vault was open before the check opened it.
    let wasOpen: Bool
    /// What she typed from memory, once.
    private var typed: SharedSecret?

    init(_ world: PracticeWorld, _ vault: Vault, wasOpen: Bool, _ invocation: Invocation) {
        self.world = world
        self.invocation = invocation
        self.vault = vault
        notebook = Notebook(vault)
        keyring = Keyring(vault)
        self.wasOpen = wasOpen
    }

    var files: any FileSystem { invocation.world.files }
    private static let limit = 64 << 20

    // MARK: Files

    func path(_ name: Text) -> String { Path.join(world.work, name(worldLanguage)) }

    /// In which the world's files are named.
    var worldLanguage: Language { world.language(files) ?? invocation.language }

    func bytes(_ name: Text) -> [UInt8]? { bytes(at: path(name)) }

    func bytes(at path: String) -> [UInt8]? { try? files.read(path, limit: Self.limit) }

    func exists(_ name: Text) -> Bool { (try? files.linkStatus(path(name))) ?? nil != nil }

    /// Regular files in a folder of the desk, hidden ones too.
    func names(in folder: Text) -> [String] {
        let folder = path(folder)
        return ((try? files.list(folder)) ?? []).filter {
            (try? files.status(Path.join(folder, $0)))??.kind == .regular
        }
    }

    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Keys

    var ownIdentities: [Identity] { keyring.identities.map(\.identity) }

    /// What the bytes hold when one of `keys` opens them.
    func opened(_ bytes: [UInt8], with keys: [any Opener]) -> [UInt8]? {
        keys.isEmpty ? nil : try? Age.open(bytes, with: keys)
    }

    /// The passphrase that she has to know by heart; asked for once.
    func fromMemory(_ question: Text) throws -> SharedSecret {
        if let typed { return typed }
        let secret = SharedSecret(
            try invocation.passphrase(option: "file-passphrase-fd", prompt: question))
        typed = secret
        return secret
    }

    /// Laura's vault: the passphrase of practice lies beside it.
    func asColleague<R>(_ body: (Vault) throws -> R) throws -> R? {
        let home = Home(world.colleague)
        guard let file = try? VaultFile(home.vault),
            var line = bytes(at: world.colleaguePassphrase)
        else { return nil }
        while line.last == UInt8(ascii: "\n") { line.removeLast() }
        guard !line.isEmpty else { return nil }
        let context = VaultContext(
            files: files, clock: invocation.world.clock,
            random: VaultRandom(invocation.world.random), stateFolder: home.state, pepper: nil,
            roomByteCount: 0)
        let vault = try Vault.open(
            file, with: .passphrase(SecretBytes(draining: &line)), in: context)
        let result = try body(vault)
        _ = try vault.commit()
        return result
    }

    // MARK: Notes

    /// Notes with a tag, in either language.
    func notes(tagged tag: Text) -> [Note] {
        notebook.notes().filter { note in
            note.tags.contains { Folding.fold($0) == Folding.fold(tag.es) }
                || note.tags.contains { Folding.fold($0) == Folding.fold(tag.en) }
        }
    }

    func body(_ note: Note) -> String {
        (try? notebook.body(of: note.current)).map(text) ?? ""
    }

    /// Lines of a note that say something.
    func lines(_ note: Note) -> [String] {
        body(note).split(separator: "\n").map(String.init)
    }
}

/// One look: nil when it is there, else what is missing.
typealias Look = @Sendable (Inspection) throws -> Text?

/// The code behind the checks that lessons name.
enum LessonChecks {
    static let all: [Int: [String: Look]] = [
        1: risk, 2: passphrases, 3: devices, 4: notes, 5: sealedFiles, 6: keys,
        7: proof, 8: copies, 9: deleting, 10: travel, 11: pressure, 12: checkIns, 13: lostContact,
        14: incident,
    ]

    /// That a loose file has gone.
    static func gone(_ name: Text) -> @Sendable (Inspection) -> Text? {
        { view in
            guard view.exists(name) else { return nil }
            let word = Text(verbatim: name(view.worldLanguage))
            return Text(
                en: "\(word.en) still lies there: rm \(word.en)",
                es: "\(word.es) sigue ahí: rm \(word.es)")
        }
    }

    static func noNote(tagged tag: Text) -> Text {
        Text(
            en: "no note has the tag '\(tag.en)': amparo note new --tag \(tag.en)",
            es: "ningún apunte tiene la etiqueta «\(tag.es)»: amparo note new --tag \(tag.es)")
    }

    static func noFile(_ name: Text, _ view: Inspection) -> Text {
        let word = name(view.worldLanguage)
        return Text(en: "\(word) is not there", es: "\(word) no está")
    }
}
