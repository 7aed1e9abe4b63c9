internal import Wording

/// The beginning of an id: at least 4 of its 32 hexadecimal digits.
package struct IDPrefix: Hashable, Sendable {
    /// Small letters.
    package let digits: String

    /// - Returns: nil for fewer than 4 or more than 32 digits, or anything that is no digit.
    package init?(parsing text: String) {
        guard (4...32).contains(text.utf8.count),
            text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return nil }
        digits = text.lowercased()
    }

    /// Whether an id, written as 32 small hexadecimal digits, begins like this.
    package func matches(_ id: String) -> Bool { id.hasPrefix(digits) }

    /// The one item whose id begins with `text`.
    ///
    /// - Parameter id: An item's id as 32 small hexadecimal digits.
    /// - Throws: Exit 1 when there is none, exit 2 when there are several or it is no prefix.
    package static func only<Item>(
        _ text: String, in items: some Sequence<Item>, id: (Item) -> String
    ) throws(Failure) -> Item {
        guard let prefix = IDPrefix(parsing: text) else {
            throw Failure(
                .usage,
                Text(en: "'\(text)' is not an id", es: "«\(text)» no es un identificador"),
                hint: Text(
                    en: "an id is 32 digits 0-9 a-f; its first 4 or more are enough",
                    es: "un identificador son 32 cifras 0-9 a-f; bastan las primeras 4 o más"))
        }
        let matches = items.filter { prefix.matches(id($0)) }
        guard matches.count <= 1 else {
            throw Failure(
                .usage,
                Text(
                    en: "\(matches.count) ids begin with '\(text)'",
                    es: "\(matches.count) identificadores empiezan con «\(text)»"),
                hint: Text(en: "type more of it", es: "escribe más cifras"))
        }
        guard let match = matches.first else {
            throw Failure(
                .failed,
                Text(
                    en: "nothing has the id '\(text)'",
                    es: "nada tiene el identificador «\(text)»"))
        }
        return match
    }
}
