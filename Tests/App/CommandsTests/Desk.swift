import CommandLineKit
import Commands
import Foundation
import Platform
import Secrets
import TestSupport
import Vault

/// A person at a desk: a home of her own, a clock that only a test moves, repeatable randomness,
/// and commands run inside this process.
final class Desk {
    struct Result {
        let exit: ExitCode
        let output: String
        let error: String

        var line: String { output.split(separator: "\n").first.map(String.init) ?? "" }

        /// The one object that `--json` prints.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
        }

        func list(_ name: String) -> [[String: Any]] { json[name] as? [[String: Any]] ?? [] }
    }

    static let passphrase = "correcto caballo batería grapa"

    let folder: TemporaryDirectory
    let clock = ManualClock(now: Instant(milliseconds: 1_768_000_000_000))
    let sessions: MemorySessionKeyring
    private let random: SeededRandom
    /// `$TZ` of every run.
    var zone = "America/Mexico_City"
    /// The disk under the home, or one that fails at a chosen moment.
    var disk: any FileSystem = LinuxFileSystem()

    init(seed: UInt64 = 1, sessions: MemorySessionKeyring = MemorySessionKeyring()) throws {
        folder = try TemporaryDirectory()
        random = SeededRandom(seed: seed)
        self.sessions = sessions
    }

    /// With a vault; the cheapest one that opens.
    static func ready(seed: UInt64 = 1) throws -> Desk {
        let desk = try Desk(seed: seed)
        let made = desk.run("init", "--kdf-memory", "32")
        guard made.exit == .done else { throw NotReady(reason: made.error) }
        return desk
    }

    struct NotReady: Error { let reason: String }

    var home: String { folder("home") }
    var vault: String { home + "/vault.db" }

    /// - Parameters:
    ///   - passphrase: For descriptor 3; nil leaves `--passphrase-fd` out.
    ///   - others: What further descriptors give.
    @discardableResult
    func run(
        _ arguments: String..., input: [UInt8] = [], passphrase: String? = Desk.passphrase,
        others: [Int32: String] = [:], terminal: ScriptedTerminal = .absent, language: String = "en"
    ) -> Result {
        run(
            arguments, input: input, passphrase: passphrase, others: others, terminal: terminal,
            language: language)
    }

    @discardableResult
    func run(
        _ arguments: [String], input: [UInt8] = [], passphrase: String? = Desk.passphrase,
        others: [Int32: String] = [:],
        terminal: any Terminal = ScriptedTerminal.absent, typing: (any ByteInput)? = nil,
        language: String = "en"
    ) -> Result {
        let output = MemoryOutput()
        let error = MemoryOutput()
        var descriptors = others
        var all = arguments
        if let passphrase {
            descriptors[3] = passphrase
            all += ["--passphrase-fd", "3"]
        }
        let world = World(
            arguments: all + ["--home", home, "--lang", language],
            environment: ["TZ": zone, "TERM": "xterm"], files: disk, clock: clock,
            random: random, terminal: terminal, standardInput: typing ?? MemoryInput(input),
            standardOutput: output, standardError: error,
            descriptor: { [descriptors] in MemoryInput(descriptors[$0] ?? "") },
            sessions: sessions)
        let exit = Program(
            version: Root.version, root: Root.command, storedLanguage: Config.storedLanguage
        ).run(world)
        return Result(exit: exit, output: output.text, error: error.text)
    }

    /// Writes a note and gives its id.
    func note(_ title: String, _ body: String = "", tags: [String] = []) -> String {
        run(
            ["note", "new", "--title", title] + tags.flatMap { ["--tag", $0] },
            input: Array(body.utf8)
        ).line
    }

    /// Past the commands, for what they never do.
    func withVault(_ body: (Vault) throws -> Void) throws {
        let context = VaultContext(
            files: LinuxFileSystem(), clock: clock, stateFolder: home + "/state")
        let phrase = SecretBytes(copying: Array(Self.passphrase.utf8).span)
        let opened = try Vault.open(at: vault, with: .passphrase(phrase), in: context)
        try body(opened)
        _ = try opened.commit()
    }

    /// Every file below the home, by name.
    var files: [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        let walk = FileManager.default.enumerator(atPath: home)
        while let name = walk?.nextObject() as? String {
            if let data = FileManager.default.contents(atPath: home + "/" + name) {
                found[name] = Array(data)
            }
        }
        return found
    }

    func mode(_ name: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: name)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }
}
