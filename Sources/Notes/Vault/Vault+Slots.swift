internal import Platform
package import Secrets

extension Vault {
    /// Gives this compartment one more passphrase, with the next commit. The old ones still open.
    ///
    /// - Throws: `.passphraseInUse` when it opens a slot already, whose ever that is.
    package func addSlot(
        passphrase: borrowing SecretBytes, pepper: SharedSecret? = nil
    ) throws(VaultError) {
        try addSlot(SlotKey.stretch(passphrase, for: head), .passphrase, pepper)
    }

    /// The same for 16 bytes that the owner writes down as words.
    package func addSlot(
        recovery: borrowing SecretBytes, pepper: SharedSecret? = nil
    ) throws(VaultError) {
        let words = try SlotKey.passphrase(recovery: recovery)
        try addSlot(SlotKey.stretch(words, for: head), .recovery, pepper)
    }

    private func addSlot(
        _ stretched: borrowing SecretBytes, _ origin: SlotOrigin, _ pepper: SharedSecret?
    ) throws(VaultError) {
        try requireWritable()
        guard let file else { throw .notFound }
        let reader = try VaultReader(file)
        // With and without the pepper: either way of typing it must open one slot only.
        for tried in pepper == nil ? [nil] : [nil, pepper] {
            let keys = SlotKey.keys(from: stretched, pepper: tried)
            if try reader.slot(keys, in: index) != nil { throw .passphraseInUse }
        }
        stage(
            slot.issued(to: origin, minute: context.clock.now.minute),
            under: SlotKey.keys(from: stretched, pepper: pepper))
    }

    /// Where the passphrase that opened this vault came from.
    package var origin: SlotOrigin { slot.origin }
}
