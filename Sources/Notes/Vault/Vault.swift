internal import Database
internal import Encoding
internal import Platform
package import Secrets

/// What opens a vault.
package enum VaultUnlock: ~Copyable {
    case passphrase(SecretBytes)
    /// The 16 bytes that the recovery words stand for.
    case recovery(SecretBytes)
    /// What `sessionKey()` gave while the vault was open.
    case session(SecretBytes)
}

/// What became of a commit.
package enum CommitOutcome: Hashable, Sendable {
    case written
    /// Nothing was to be stored but the visit, and the medium did not take it.
    case visitNotWritten(VaultError)
}

/// An open vault: records and blobs of one compartment, and what this invocation adds to them.
///
/// Whoever opens a vault ends with one `commit()`, also after only reading. One thread uses it.
package final class Vault: RecordStore {
    /// In replay order, then what was staged.
    package internal(set) var records: [Record]
    /// What was found wrong while opening. The rest is whole.
    package let damage: [VaultDamage]
    /// Rows that this device wrote last are not in the file: an older copy has taken its place.
    package let isRolledBack: Bool

    let head: Head
    let slot: Slot
    /// Of the passphrase that was typed; nil where a session's keys opened.
    let slotKeys: CellKeys?
    let compartmentKeys: CellKeys
    let visitKeys: CellKeys
    let context: VaultContext
    /// Also for tests: where a vault is made, the name of an SQLite VFS.
    let path: String
    let system: String?
    /// nil until the first commit of a new vault.
    var file: VaultFile?
    var index: CellIndex
    var blobs: BlobIndex

    let device: ID16
    /// Of the next commit. Drawn before anything is read, and anew after every commit: several of one
    /// run look like so many runs, whatever they hold.
    private(set) var chaffCount: Int
    /// Without chaff nothing can hide.
    package let isProvable: Bool
    private let newerKind: UInt8?
    var leaves: [ID16]
    var greatest: [CellKind: UInt64]
    var stagedFrom: Int
    /// What the newest checkpoint covers, and what it has cost.
    var coverage: Coverage
    /// Whole commits of the log whose fields were asked for.
    var loaded: LoadedLog
    /// Cells of this compartment for the next transaction.
    var pending: [PendingCell] = []
    /// Cells of a compartment that is just being made: they take the places of chaff.
    var guests: [PendingCell] = []

    init(
        head: Head, slot: Slot, slotKeys: CellKeys? = nil, content: VaultContent,
        file: VaultFile?, path: String, system: String?, isRolledBack: Bool, chaffCount: Int,
        context: VaultContext
    ) {
        self.head = head
        self.slot = slot
        self.slotKeys = slotKeys
        self.context = context
        self.file = file
        self.path = path
        self.system = system
        self.isRolledBack = isRolledBack
        compartmentKeys = CellKeys(from: slot.master, context: "AmpComp1")
        visitKeys = CellKeys(from: slot.visitKey, context: "AmpVisit")
        device = context.device()
        damage = content.damage
        index = content.index
        blobs = content.blobs
        leaves = content.history.leaves
        greatest = content.greatest
        // A commit that was tried again after a doubtful failure may be there twice.
        var versions: Set<ID16> = []
        records = []
        let count = content.history.commits.reduce(0) { $0 + $1.records.count }
        versions.reserveCapacity(count)
        records.reserveCapacity(count)
        for commit in content.history.commits {
            for record in commit.records where versions.insert(record.version).inserted {
                records.append(record)
            }
        }
        stagedFrom = records.count
        coverage = Coverage(content)
        loaded = LoadedLog(content.covered)
        newerKind = records.lazy.map(\.kind).first { $0 >= RecordKind.firstUnreadable }
        isProvable = records.contains {
            $0.kind == RecordKind.setting && $0.fields == Setting.provable
        }
        self.chaffCount = isProvable ? 0 : chaffCount
    }

    /// Uniform 3…10, and the room that was asked for.
    private static func drawChaffCount(_ context: VaultContext) -> Int {
        3 + Int(context.random.count.below(8)) + LogPart.cellCount(context.roomByteCount)
    }

    func drawChaffCount() {
        if !isProvable { chaffCount = Self.drawChaffCount(context) }
    }

    /// Keys for the next invocations, to be kept in the login session's keyring.
    package func sessionKey() -> SecretBytes { slot.serialized() }

    /// Names the vault; the session's key has it in its name.
    package var id: ID16 { head.salt }

    /// Why nothing can be stored here; nil where it can.
    var refusal: VaultError? {
        if let newerKind { return .newerRecords(kind: newerKind) }
        return file?.isReadOnly == true ? .readOnly : nil
    }
}

// MARK: - Making and opening

extension Vault {
    package struct CreateOptions: Sendable {
        /// nil: what this machine can spare.
        package let cost: KeyDerivationCost?
        /// No chaff: every cell opens, and the owner can prove that nothing is hidden.
        package let isProvable: Bool

        package init(cost: KeyDerivationCost? = nil, isProvable: Bool = false) {
            self.cost = cost
            self.isProvable = isProvable
        }
    }

    /// Draws the keys of a new vault. Nothing is on the disk before `commit()`, which writes
    /// a draft beside `path` and renames it.
    ///
    /// - Parameters:
    ///   - recovery: 16 random bytes, which the owner writes down as words.
    ///   - system: Name of an SQLite VFS, for tests.
    /// - Throws: `.alreadyExists`, `.passphraseLength`, `.outOfMemory`.
    package static func create(
        at path: String, passphrase: borrowing SecretBytes, recovery: borrowing SecretBytes,
        options: CreateOptions = CreateOptions(), in context: VaultContext, system: String? = nil
    ) throws(VaultError) -> Vault {
        let chaffCount = drawChaffCount(context)
        do throws(FileError) {
            guard try !context.files.exists(path) else { throw FileError.alreadyExists }
        } catch {
            throw VaultError(error)
        }
        let names = context.random.names
        let head = Head(
            salt: ID16(random: names),
            cost: options.cost
                ?? .choose(clock: context.clock, available: context.availableMemory()),
            lineage: ID16(random: names))
        let slot = Slot(
            role: .outer, origin: .passphrase, master: names.secret(count: 32),
            visitKey: names.secret(count: 32), minute: context.clock.now.minute)
        let vault = Vault(
            head: head, slot: slot, content: VaultContent(), file: nil, path: path, system: system,
            isRolledBack: false, chaffCount: options.isProvable ? 0 : chaffCount, context: context)
        let words = try SlotKey.passphrase(recovery: recovery)
        vault.stage(
            slot,
            under: SlotKey.keys(
                from: try SlotKey.stretch(passphrase, for: head), pepper: context.pepper))
        vault.stage(
            slot.issued(to: .recovery, minute: slot.minute),
            under: SlotKey.keys(
                from: try SlotKey.stretch(words, for: head), pepper: context.pepper))
        if options.isProvable {
            vault.stage(
                kind: RecordKind.setting, entity: Setting.id("provable"), parents: [],
                fields: Setting.provable)
        }
        return vault
    }

    /// Opens the vault at `path` and replays its log.
    ///
    /// - Throws: `.notFound`, `.notAVault`, `.damaged`, `.wrongPassphrase`, `.sessionEnded`,
    ///   `.outOfMemory`, `.unfinishedWrite`, …
    package static func open(
        at path: String, with unlock: consuming VaultUnlock, in context: VaultContext
    ) throws(VaultError) -> Vault {
        try open(try VaultFile(path), with: unlock, in: context)
    }

    package static func open(
        _ file: VaultFile, with unlock: consuming VaultUnlock, in context: VaultContext
    ) throws(VaultError) -> Vault {
        let chaffCount = drawChaffCount(context)
        let witness = context.witness(of: file.id)
        let reader = try VaultReader(file)
        let attempt: KeyAttempt = try KeyAttempt(
            unlock, pepper: context.pepper, head: file.head)

        var (index, isWhole) = try file.scan()
        guard let (slot, slotKeys) = try attempt.slot(reader, index) else { throw attempt.refusal }
        var content = try reader.content(of: slot, in: index)
        if isWhole, !content.damage.isEmpty || witness?.isContradicted(by: index) == true {
            // The index alone may be at fault: the table says it all again.
            (index, isWhole) = try file.scanEverything()
            content = try reader.content(of: slot, in: index)
        }
        if !isWhole { content.damage.append(.structure) }
        content.damage += index.misshapen.sorted().map { .row($0) }
        guard content.hasLog else { throw attempt.refusal }
        return Vault(
            head: file.head, slot: slot, slotKeys: slotKeys, content: content, file: file,
            path: file.path, system: nil,
            isRolledBack: witness?.isContradicted(by: index) ?? false, chaffCount: chaffCount,
            context: context)
    }

    /// One way of opening, with its derivation spent: what it finds takes the same work whether
    /// the passphrase is wrong or a compartment does not exist.
    struct KeyAttempt {
        private let session: Slot?
        private let slotKeys: [CellKeys]

        init(
            _ unlock: consuming VaultUnlock, pepper: SharedSecret?, head: Head
        ) throws(VaultError) {
            let stretched: SecretBytes
            switch consume unlock {
            case .session(let key):
                session = key.withBytes { Slot(parsing: $0) }
                slotKeys = []
                return
            case .passphrase(let passphrase):
                stretched = try SlotKey.stretch(passphrase, for: head)
            case .recovery(let recovery):
                stretched = try SlotKey.stretch(
                    try SlotKey.passphrase(recovery: recovery), for: head)
            }
            session = nil
            var keys = [SlotKey.keys(from: stretched, pepper: nil)]
            if let pepper { keys.append(SlotKey.keys(from: stretched, pepper: pepper)) }
            slotKeys = keys
        }

        func slot(
            _ reader: VaultReader, _ index: CellIndex
        ) throws(VaultError) -> (Slot, CellKeys?)? {
            if let session { return (session, nil) }
            for keys in slotKeys {
                if let slot = try reader.slot(keys, in: index) { return (slot, keys) }
            }
            return nil
        }

        var refusal: VaultError { slotKeys.isEmpty ? .sessionEnded : .wrongPassphrase }
    }
}
