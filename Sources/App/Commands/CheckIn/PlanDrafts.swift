internal import CheckIn
internal import Encoding
internal import Keyring

/// Plans whose conversation was left in the middle: what was said so far, under the label.
///
/// Setting `plan-drafts`; fields: 1 draft*, each: 1 label, 2 option* (1 name, 2 value*).
struct PlanDrafts {
    private static let setting = "plan-drafts"
    private let keyring: Keyring

    init(_ keyring: Keyring) { self.keyring = keyring }

    /// What cannot be read is left out: a lost draft is a few questions.
    var all: [(label: String, options: PlanOptions)] {
        guard let bytes = keyring.setting(Self.setting),
            let list = try? FieldList(parsing: bytes[...])
        else { return [] }
        return list.all(1).compactMap { bytes in
            guard let draft = try? FieldList(parsing: bytes[...]), let label = draft.text(1) else {
                return nil
            }
            var options = PlanOptions()
            for bytes in draft.all(2) {
                guard let option = try? FieldList(parsing: bytes[...]), let name = option.text(1),
                    PlanOptions.names.contains(name)
                else { continue }
                options.set(name, option.texts(2))
            }
            return (label, options)
        }
    }

    func options(_ label: PlanLabel) -> PlanOptions? {
        all.first { $0.label == label.text }?.options
    }

    /// Staged.
    func keep(_ label: PlanLabel, _ options: PlanOptions) {
        keep(all.filter { $0.label != label.text } + [(label.text, options)])
    }

    /// - Returns: Whether there was one; that it is gone is staged.
    @discardableResult
    func discard(_ label: PlanLabel) -> Bool {
        let others = all.filter { $0.label != label.text }
        guard others.count < all.count else { return false }
        keep(others)
        return true
    }

    private func keep(_ drafts: [(label: String, options: PlanOptions)]) {
        let fields = drafts.map { draft in
            let options = draft.options.values.sorted { $0.key < $1.key }.map { name, values in
                Field(2, FieldList([Field(1, name)] + values.map { Field(2, $0) }).serialized())
            }
            return Field(1, FieldList([Field(1, draft.label)] + options).serialized())
        }
        keyring.set(Self.setting, to: FieldList(fields).serialized())
    }
}
