/// The name of a contact, a key or a channel: 1–64 bytes that fit into a command line, a folder's
/// name and a plan's `--tier 2h:NAME` or `--sheet NAME=NOTE`.
///
/// Letters of any language, digits, inner spaces and `-_.+&()`; not starting with `-` or `.`, and
/// nothing that cannot be seen.
package struct EntryName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package static let limit = 64
    /// Stands for one's own first key wherever a contact may be named.
    package static let me = "me"

    /// - Throws: `.malformedName` for any other spelling.
    package init(parsing text: String) throws(KeyringError) {
        guard Self.isWellFormed(text) else { throw .malformedName(text) }
        self.text = text
    }

    package var description: String { text }

    /// Case does not matter, nor how a keyboard composes accents.
    package func matches(_ other: String) -> Bool { text.lowercased() == other.lowercased() }

    /// Whether a person would take the other for this one: see `LookAlike`.
    package func resembles(_ other: String) -> Bool {
        LookAlike.skeleton(text) == LookAlike.skeleton(other)
    }

    private static func isWellFormed(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, text.utf8.count <= limit,
            !"-. ".contains(first), last != " "
        else { return false }
        // Otherwise `-r age1…` could mean two things.
        let lower = text.lowercased()
        guard !lower.hasPrefix("age1"), !lower.hasPrefix("age-") else { return false }
        // Two names that nobody can tell apart would be two people.
        guard !text.unicodeScalars.contains(where: LookAlike.isInvisible) else { return false }
        return text.allSatisfy { character in
            character.isLetter || character.isNumber || " -_.+&()".contains(character)
        }
    }
}
