internal import Platform
package import Secrets

/// Hidden compartments. Their cells take the place of chaff and never add to it, so that a hidden
/// session writes what looking something up writes.
extension Vault {
    /// Whether this session's passphrase opened a hidden compartment.
    package var isHidden: Bool { slot.role == .hidden }

    /// Bytes of records that still fit into this session's commit; nil where nothing limits them.
    package var room: Int? {
        isHidden ? max(0, chaffCount - pending.count) * LogPart.sliceLimit : nil
    }

    var roomInAll: Int { chaffCount * LogPart.sliceLimit }

    /// Makes a hidden compartment under a passphrase of its own, with the next commit.
    ///
    /// - Parameter fill: Stages what it holds from its first moment.
    /// - Throws: `.provable` where nothing can hide, `.passphraseInUse` when the passphrase opens
    ///   a slot already, `.noRoom`; and what `fill` throws.
    package func addCompartment(
        passphrase: borrowing SecretBytes, _ fill: (any RecordStore) throws -> Void
    ) throws {
        try requireWritable()
        guard let file else { throw VaultError.notFound }
        guard !isProvable else { throw VaultError.provable }
        let keys = try freeSlotKeys(SlotKey.stretch(passphrase, for: head), in: file)
        let hidden = Slot(
            role: .hidden, origin: .passphrase, master: context.random.names.secret(count: 32),
            visitKey: slot.visitKey.copy(), minute: context.clock.now.minute)
        let inner = Vault(
            head: head, slot: hidden, content: VaultContent(), file: file, path: path,
            system: system, isRolledBack: false, chaffCount: chaffCount, context: context)
        try fill(inner)
        inner.stage(hidden, under: keys)
        let cells = inner.pending + (try inner.sealStaged().cells)
        guard guests.count + cells.count <= chaffCount else {
            throw VaultError.noRoom(byteCount: roomInAll)
        }
        // Its sequences are its own.
        guests += cells.map { PendingCell(cell: $0.cell, address: nil) }
    }
}
