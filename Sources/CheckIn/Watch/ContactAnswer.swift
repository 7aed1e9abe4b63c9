package import CheckIn
internal import Encoding
package import Platform

/// What became of a contact's answer ("A7K2: I am on it").
package enum ContactAnswer: Hashable, Sendable {
    package struct Noted: Hashable, Sendable {
        package let label: PlanLabel
        package let contact: String
        package let isDrill: Bool
        /// When the next people hear if nothing comes; nil when everybody has been told.
        package let next: Instant?
        /// Who has said that they have spoken with her, since the last hold.
        package let spoken: [String]
        /// Until when two of them hold what is still to be told.
        package let heldUntil: Instant?

        package init(
            label: PlanLabel, contact: String, isDrill: Bool, next: Instant?, spoken: [String],
            heldUntil: Instant?
        ) {
            self.label = label
            self.contact = contact
            self.isDrill = isDrill
            self.next = next
            self.spoken = spoken
            self.heldUntil = heldUntil
        }
    }

    case noted(Noted)
    /// No message that is still true carries this code.
    case unknownCode
    /// Messages of several plans do.
    case severalPlans([PlanLabel])
    /// A drill is not held.
    case onlyDrill

    // Fields: 1 answer u8, 2 label*, 3 contact, 4 drill, 5 next, 6 spoken*, 7 held until.
    var fields: FieldList {
        switch self {
        case .noted(let noted):
            FieldList(
                [
                    Field(1, [1]), Field(2, noted.label.text), Field(3, noted.contact),
                    Field(4, [noted.isDrill ? 1 : 0]),
                ] + (noted.next.map { [Field(5, $0)] } ?? [])
                    + noted.spoken.map { Field(6, $0) }
                    + (noted.heldUntil.map { [Field(7, $0)] } ?? []))
        case .unknownCode: FieldList([Field(1, [2])])
        case .severalPlans(let labels):
            FieldList([Field(1, [3])] + labels.map { Field(2, $0.text) })
        case .onlyDrill: FieldList([Field(1, [4])])
        }
    }

    init?(_ fields: FieldList) {
        let labels = fields.texts(2).compactMap { try? PlanLabel(parsing: $0) }
        switch fields.first(1) {
        case [1]:
            guard let label = labels.first, let contact = fields.text(3) else { return nil }
            self = .noted(
                Noted(
                    label: label, contact: contact, isDrill: fields.flag(4),
                    next: fields.instant(5), spoken: fields.texts(6),
                    heldUntil: fields.instant(7)))
        case [2]: self = .unknownCode
        case [3]: self = .severalPlans(labels)
        case [4]: self = .onlyDrill
        default: return nil
        }
    }
}
