internal import CheckIn
internal import Encoding
package import Platform

/// What a rehearsal has shown: who received it, and who has said so.
package struct DrillReport: Hashable, Sendable {
    package struct Person: Hashable, Sendable {
        package let name: String
        /// Channels over which it was delivered.
        package let channels: [String]
        package let acknowledged: Instant?

        package init(name: String, channels: [String], acknowledged: Instant?) {
            self.name = name
            self.channels = channels
            self.acknowledged = acknowledged
        }
    }

    package let at: Instant
    package let people: [Person]

    package init(at: Instant, people: [Person]) {
        self.at = at
        self.people = people
    }

    /// Who of `names` has not answered.
    package func unanswered(of names: [String]) -> [String] {
        names.filter { name in
            !people.contains { $0.name == name && $0.acknowledged != nil }
        }
    }

    // Fields: 1 moment, 2 person* (1 name, 2 channel*, 3 acknowledged).
    var fields: FieldList {
        FieldList(
            [Field(1, at)]
                + people.map { person in
                    let list =
                        [Field(1, person.name)] + person.channels.map { Field(2, $0) }
                        + (person.acknowledged.map { [Field(3, $0)] } ?? [])
                    return Field(2, FieldList(list).serialized())
                })
    }

    init?(_ fields: FieldList) {
        guard let at = fields.instant(1) else { return nil }
        var people: [Person] = []
        for bytes in fields.all(2) {
            guard let list = try? FieldList(parsing: bytes[...]), let name = list.text(1) else {
                return nil
            }
            people.append(
                Person(name: name, channels: list.texts(2), acknowledged: list.instant(3)))
        }
        self.init(at: at, people: people)
    }
}
