import Age
import Encoding
import Minisign
import Secrets
import Shares
import Synchronization

/// A parser, valid inputs for it, and what must hold for everything that it accepts.
///
/// A broken promise ends the process, as a trap in the parser does.
struct Target {
    let name: String
    let corpus: [[UInt8]]
    /// Whether the input was accepted.
    let accepts: ([UInt8]) -> Bool

    static var all: [Target] {
        [
            header, armor, bundle, bech32, keyFiles, minisignKeys, minisignSignatures, shares,
            joplin, frontMatter, search, keys,
        ] + vault
    }

    /// The same keys in every run, so that a seed and a number lead to the same input again.
    static let random = Random(seed: 1)

    static func copy(_ secret: borrowing SecretBytes) -> [UInt8] {
        secret.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// Bech32 of every length and case: what is accepted has one spelling.
    static var bech32: Target {
        let corpus = [
            Bech32.encode(random.bytes(32).span, prefix: "age"),
            Bech32.encode(random.bytes(32).span, prefix: "age-secret-key-", .upper),
            Bech32.encode(random.bytes(0).span, prefix: "a"),
            Bech32.encode(random.bytes(1).span, prefix: "x1y"),
            Bech32.encode(random.bytes(300).span, prefix: "age1pq"),
        ]
        return Target(name: "bech32", corpus: corpus) { input in
            guard let found = Bech32.decode(input.span) else { return false }
            let again = Bech32.encode(found.bytes.span, prefix: found.prefix)
            let lowered = input.map { (65...90).contains($0) ? $0 + 32 : $0 }
            precondition(again == lowered, "another spelling was accepted")
            return true
        }
    }

    /// Files of identities and of recipients: age's, OpenSSH's, sealed ones.
    static var keyFiles: Target {
        let identities = [Identity.Kind.curve, .hybrid, .ssh].map {
            Identity.generate(Target.random, kind: $0)
        }
        let created = "2026-11-24T00:00:00Z"
        let texts = identities.map { copy(KeyFile.text(of: $0, created: created)) }
        let recipients = identities.map { Array("\($0.recipient)\n".utf8) }
        let corpus =
            texts + recipients + [
                texts[0] + texts[1], Array(texts.joined()), Array("# empty\n\r\n".utf8),
                Array("age-encryption.org/v1\n".utf8),
            ]
        return Target(name: "key-files", corpus: corpus) { input in
            var isAccepted = (try? KeyFile.recipients(input)) != nil
            guard !input.isEmpty else { return isAccepted }
            let text = SecretBytes(copying: input.span)
            if KeyFile.isSealed(text) { return isAccepted }
            if let found = try? KeyFile.identities(text) {
                precondition(!found.isEmpty, "a file without keys was accepted")
                isAccepted = true
            }
            return isAccepted
        }
    }

    /// Public and secret keys; nothing is derived, so that a hostile cost costs nothing.
    static var minisignKeys: Target {
        let key = MinisignSecretKey.generate(random: random)
        let published = key.publicKey
        let exposed = copy(MinisignSecretKeyFile.exposed(key))
        let phrase = Array("frase".utf8)
        let sealed = try? MinisignSecretKeyFile.seal(
            key, passphrase: phrase.span, cost: .interactive, random: random
        ).file
        let corpus = [
            published.serialized(), Array(published.description.utf8), exposed, sealed ?? exposed,
        ]
        return Target(name: "minisign-keys", corpus: corpus) { input in
            if let found = try? MinisignPublicKey(parsing: input.span) {
                let text = Array(found.serialized())
                precondition(
                    (try? MinisignPublicKey(parsing: text.span)) == found, "it is read differently")
                return true
            }
            guard let file = try? MinisignSecretKeyFile(parsing: input.span) else { return false }
            if !file.needsPassphrase { _ = try? file.open() }
            return true
        }
    }

    /// Signatures: what is accepted is written as it was read, save for its line ends.
    static var minisignSignatures: Target {
        let key = MinisignSecretKey.generate(random: random)
        let published = key.publicKey
        let text = Array("hola".utf8)
        let hash = Prehash(of: text.span)
        let comments = ["hashed", "", "señal\ttab", String(repeating: "x", count: 5_000)]
        let files = comments.compactMap {
            try? key.sign(hash, trustedComment: $0).serialized()
        }
        let known = Set(comments)
        return Target(name: "minisign-signatures", corpus: files) { input in
            guard let found = try? MinisignSignature(parsing: input.span) else { return false }
            let again = found.serialized()
            precondition(
                (try? MinisignSignature(parsing: again.span)) == found, "it is read differently")
            if let comment = try? found.verify(hash, with: published) {
                precondition(known.contains(comment), "a comment that nobody signed")
            }
            return true
        }
    }

    /// Shares as typed, and sets of them; every 32nd whole set is put together, whose rounds take a
    /// thousand times as long as reading it.
    static var shares: Target {
        let turn = Turn(of: 32)
        var corpus: [[UInt8]] = []
        for (count, groups) in [(16, 1), (32, 1), (32, 2), (64, 1)] {
            guard
                let scheme = try? ShareScheme(
                    groupThreshold: groups,
                    groups: Array(repeating: .init(threshold: 2, count: 3), count: groups)),
                let split = try? scheme.split(
                    random.secret(count: count), exponent: 0, random: random)
            else { preconditionFailure("a valid scheme was refused") }
            for share in split.joined() { corpus.append(copy(share.text())) }
        }
        let first = corpus[0]
        guard let genuine = try? Share(parsing: first.span) else {
            preconditionFailure("an own share was refused")
        }
        return Target(name: "shares", corpus: corpus) { input in
            guard let found = try? Share(parsing: input.span) else { return false }
            let text = copy(found.text())
            precondition(
                (try? Share(parsing: text.span))?.header == found.header, "it is read differently")
            var pool = SharePool()
            try? pool.add(genuine)
            try? pool.add(found)
            if pool.progress.isComplete, turn.isNext() { _ = try? pool.combine() }
            return true
        }
    }
}

/// Says yes to every n-th question, the first one too: for what costs much more than the rest.
final class Turn: Sendable {
    private let period: Int
    private let asked = Mutex(0)

    init(of period: Int) { self.period = period }

    func isNext() -> Bool {
        asked.withLock { asked in
            defer { asked += 1 }
            return asked % period == 0
        }
    }
}
