package import CheckIn
package import Secrets

internal import Primitives

/// Everything that a watcher derives from its host key (record 21 of the vault, 32 bytes).
///
/// crypto_kdf context `AmpWatch`: 1 seals rows, 2 seeds the box key, 3 keys paper-code hashes,
/// 4 keys the codes by which contacts answer.
package struct WatchKeys: Sendable {
    package let rows: SharedSecret
    package let boxSeed: SharedSecret
    /// To which check-ins are sealed, 32 bytes.
    package let boxKey: [UInt8]
    package let answers: AnswerCodes
    private let paper: SharedSecret

    package init(host: borrowing SecretBytes) {
        rows = SharedSecret(Subkey.derive(1, context: "AmpWatch", from: host))
        boxSeed = SharedSecret(Subkey.derive(2, context: "AmpWatch", from: host))
        boxKey = SealedBox.publicKey(seed: boxSeed.bytes)
        paper = SharedSecret(Subkey.derive(3, context: "AmpWatch", from: host))
        answers = AnswerCodes(
            key: SharedSecret(Subkey.derive(4, context: "AmpWatch", from: host)))
    }

    /// Under which a code of a printed card is stored: who has only the store cannot try codes.
    package func paperHash(_ plan: PlanID, _ code: PaperCode) -> [UInt8] {
        paper.bytes.withBytes { key in
            code.text.bytes.withBytes { text in
                var bytes = plan.bytes
                for index in text.indices { bytes.append(text[index]) }
                defer { Zeroing.zero(&bytes) }
                return BLAKE2b.hash(count: 32, of: bytes.span, key: key)
            }
        }
    }

    /// - Returns: nil for what was not sealed to this watcher.
    package func open(_ box: [UInt8]) -> [UInt8]? {
        try? SealedBox.open(box.span, seed: boxSeed.bytes)
    }
}

/// Seals a token or an order to a watcher; only this is ever queued or sent.
package func sealToWatcher(_ bytes: [UInt8], boxKey: [UInt8]) -> [UInt8]? {
    guard boxKey.count == 32 else { return nil }
    return try? SealedBox.seal(bytes.span, to: boxKey.span)
}
