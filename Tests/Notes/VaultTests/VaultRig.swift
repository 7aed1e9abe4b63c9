import Encoding
import Foundation
import Platform
import Secrets
import TestSupport

@testable import Vault

/// A vault in a folder of its own, with a clock and tapes that the test holds.
final class VaultRig {
    let folder: TemporaryDirectory
    let clock = ManualClock()
    let context: VaultContext
    /// Weakest that a vault may ask for: 12 ms.
    static let cost = KeyDerivationCost(unchecked: 1, 32 << 20)
    static let passphrase = "correct horse"
    static let recovery = [UInt8](0..<16)

    var path: String { folder("vault.db") }

    init(
        seed: UInt64 = 1, in folder: TemporaryDirectory? = nil, state: String = "state",
        room: Int = 0
    ) throws {
        self.folder = try folder ?? TemporaryDirectory(inMemory: true)
        let tapes = (0..<4).map { SeededRandom(seed: seed &* 4 &+ UInt64($0)) }
        context = VaultContext(
            files: LinuxFileSystem(), clock: clock,
            random: VaultRandom(count: tapes[0], order: tapes[1], boxes: tapes[2], names: tapes[3]),
            stateFolder: self.folder(state), roomByteCount: room)
    }

    static func secret(_ text: String) -> SecretBytes { secret(Array(text.utf8)) }

    static func secret(_ bytes: [UInt8]) -> SecretBytes { SecretBytes(copying: bytes.span) }

    static func bytes(_ secret: borrowing SecretBytes) -> [UInt8] {
        secret.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    func create(isProvable: Bool = false, system: String? = nil) throws -> Vault {
        try Vault.create(
            at: path, passphrase: Self.secret(Self.passphrase),
            recovery: Self.secret(Self.recovery),
            options: Vault.CreateOptions(cost: Self.cost, isProvable: isProvable), in: context,
            system: system)
    }

    /// A vault on disk, closed; the key of its session.
    @discardableResult
    func made(isProvable: Bool = false) throws -> [UInt8] {
        let vault = try create(isProvable: isProvable)
        _ = try vault.commit()
        return Self.bytes(vault.sessionKey())
    }

    func open(_ passphrase: String = VaultRig.passphrase) throws -> Vault {
        try Vault.open(at: path, with: .passphrase(Self.secret(passphrase)), in: context)
    }

    func open(session: [UInt8], path: String? = nil) throws -> Vault {
        try Vault.open(
            at: path ?? self.path, with: .session(Self.secret(session)), in: context)
    }

    func note(_ vault: Vault, _ text: String) {
        vault.stage(kind: 1, entity: nil, parents: [], fields: FieldList([Field(1, text)]))
    }

    static func texts(_ vault: Vault) -> [String] { vault.records.compactMap { $0.fields.text(1) } }
}
