internal import Platform
package import Secrets

extension Vault {
    /// Gives this compartment one more passphrase, with the next commit. The old ones still open.
    ///
    /// - Throws: `.passphraseInUse` when it opens a slot already, whose ever that is.
    package func addSlot(passphrase: borrowing SecretBytes) throws(VaultError) {
        try addSlot(SlotKey.stretch(passphrase, for: head), .passphrase)
    }

    /// The same for 16 bytes that the owner writes down as words.
    package func addSlot(recovery: borrowing SecretBytes) throws(VaultError) {
        let words = try SlotKey.passphrase(recovery: recovery)
        try addSlot(SlotKey.stretch(words, for: head), .recovery)
    }

    private func addSlot(
        _ stretched: borrowing SecretBytes, _ origin: SlotOrigin
    ) throws(VaultError) {
        try requireWritable()
        guard let file else { throw .notFound }
        let keys = try freeSlotKeys(stretched, in: file)
        stage(slot.issued(to: origin, minute: context.clock.now.minute), under: keys)
    }

    /// The keys of a slot that is to be made.
    ///
    /// - Throws: `.passphraseInUse` when a slot opens already, with the pepper or without: either
    ///   way of typing it must open one slot only.
    func freeSlotKeys(
        _ stretched: borrowing SecretBytes, in file: VaultFile
    ) throws(VaultError) -> CellKeys {
        let reader = try VaultReader(file)
        let keys = SlotKey.keys(from: stretched, pepper: context.pepper)
        if try reader.slot(keys, in: index) != nil { throw .passphraseInUse }
        if context.pepper != nil,
            try reader.slot(SlotKey.keys(from: stretched, pepper: nil), in: index) != nil
        {
            throw .passphraseInUse
        }
        return keys
    }

    /// Where the passphrase that opened this vault came from.
    package var origin: SlotOrigin { slot.origin }
}
