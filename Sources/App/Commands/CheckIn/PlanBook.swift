internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Keyring
internal import Secrets
internal import Vault
internal import Wording

/// Plans and the watcher's host key as records of an open vault (kinds 20 and 21).
struct PlanBook {
    private let keyring: Keyring

    init(_ keyring: Keyring) { self.keyring = keyring }

    /// The oldest first.
    var plans: [Plan] {
        keyring.entities(RecordKind.plan).compactMap { try? Plan($0.current.fields) }
    }

    func add(_ plan: Plan) { keyring.save(RecordKind.plan, plan.fields.fields) }

    func replace(_ plan: Plan) {
        let old = keyring.entities(RecordKind.plan).first {
            $0.current.fields.first(1) == plan.id.bytes
        }
        keyring.save(RecordKind.plan, replacing: old, plan.fields.fields)
    }

    /// The plan that `word` names: a label (the newest of it) or the beginning of an id.
    func find(_ word: String) throws -> Plan {
        let all = plans
        if let named = all.last(where: { $0.label.text == word && $0.stage != .ended }) {
            return named
        }
        if let named = all.last(where: { $0.label.text == word }) { return named }
        guard let prefix = IDPrefix(parsing: word),
            all.contains(where: { prefix.matches($0.id.description) })
        else {
            throw Failure(
                .failed,
                Text(en: "no plan is called '\(word)'", es: "ningún plan se llama «\(word)»"),
                hint: Text(
                    en: "see which there are: amparo checkin plan list",
                    es: "mira cuáles hay: amparo checkin plan list"))
        }
        return try IDPrefix.only(word, in: all) { $0.id.description }
    }

    /// The watcher's host key, 32 bytes; nil before the first `watch`.
    func hostKey() -> SharedSecret? {
        guard let entity = keyring.entities(RecordKind.hostKey).first,
            var bytes = entity.current.fields.first(1), bytes.count == 32
        else { return nil }
        return SharedSecret(SecretBytes(draining: &bytes))
    }

    /// - Returns: The stored key, or a fresh one that was staged.
    func hostKey(orDrawing random: any RandomSource) -> SharedSecret {
        if let known = hostKey() { return known }
        let key = SharedSecret(random.secret(count: 32))
        var bytes = key.bytes.withBytes { span in span.indices.map { span[$0] } }
        keyring.save(RecordKind.hostKey, [Field(1, bytes)])
        Zeroing.zero(&bytes)
        return key
    }
}
