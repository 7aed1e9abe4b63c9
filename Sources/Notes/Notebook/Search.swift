package import Platform
internal import Vault

/// What somebody looks for: every term must be found.
///
/// Words and `"phrases"` anywhere in title, body, tags or names of attachments, without regard to
/// case, accents or line ends; `tag:NAME`; `before:YYYY-MM-DD` and `after:YYYY-MM-DD` for the day
/// of creation. `etiqueta:`, `antes:` and `después:` are the same.
package struct Search: Hashable, Sendable {
    package enum Term: Hashable, Sendable {
        /// Folded; not empty.
        case words([UInt8])
        /// Folded; a tag of exactly this name.
        case tag([UInt8])
        case before(CivilDate)
        /// On that day or later.
        case after(CivilDate)
    }

    package let terms: [Term]

    package init(terms: [Term]) { self.terms = terms }

    /// - Throws: `.malformedDate` with what was typed.
    package init(parsing text: String) throws(SearchError) {
        var terms: [Term] = []
        for (prefix, value) in Self.pieces(of: text) {
            let folded = Folding.fold(value.trimmed)
            switch prefix {
            case "tag":
                let name = value.hasPrefix("#") ? Folding.fold(String(value.dropFirst())) : folded
                if !name.isEmpty { terms.append(.tag(name)) }
            case "before", "after":
                guard let date = CivilDateTime(parsing: value + " 00:00")?.date else {
                    throw .malformedDate(value)
                }
                terms.append(prefix == "before" ? .before(date) : .after(date))
            default:
                if !folded.isEmpty, folded != [0x20] { terms.append(.words(folded)) }
            }
        }
        self.terms = terms
    }

    /// Cuts at white space outside quotation marks; a known `word:` before a piece is its prefix.
    private static func pieces(of text: String) -> [(prefix: String, value: String)] {
        var pieces: [(String, String)] = []
        var prefix = ""
        var piece = ""
        var isQuoted = false
        func close() {
            if !piece.isEmpty { pieces.append((prefix, piece)) }
            (prefix, piece) = ("", "")
        }
        for character in text {
            if Self.quotes.contains(character) {
                if isQuoted { close() }
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                close()
            } else if character == ":", !isQuoted, prefix.isEmpty,
                let known = Self.prefixes[piece.lowercased()]
            {
                (prefix, piece) = (known, "")
            } else {
                piece.append(character)
            }
        }
        close()
        return pieces
    }

    /// As they are typed in either language.
    private static let prefixes = [
        "tag": "tag", "etiqueta": "tag", "before": "before", "antes": "before", "after": "after",
        "después": "after", "despues": "after",
    ]
    private static let quotes: Set<Character> = ["\"", "“", "”", "«", "»"]
}

package enum SearchError: Error, Hashable {
    /// Wants `YYYY-MM-DD`.
    case malformedDate(String)
}

extension Notebook {
    /// A note that was found, and the line that shows why.
    package struct Match: Sendable {
        package let note: Note
        /// The first line of the body with one of the words; else its first line.
        package let line: String
    }

    /// What a search came to.
    package struct Found: Sendable {
        package var matches: [Match] = []
        /// Notes whose text is damaged or missing: what they say is not known.
        package var unreadable: [Note] = []
    }

    /// Notes in which every term is found, the newest last, as in `notes`. One damaged text does
    /// not keep the others from being found.
    ///
    /// - Parameter day: The calendar day of a moment where the user is.
    package func find(
        _ search: Search, inTrash: Bool = false, day: (Instant) -> CivilDate
    ) throws -> Found {
        let words = search.words
        try store.loadDeferred()
        var folded: [UInt8] = []
        var found = Found()
        for note in notes(inTrash: inTrash) where search.allows(note, day: day) {
            guard let bodies = try? note.versions.map({ try text(of: $0) }) else {
                found.unreadable.append(note)
                continue
            }
            folded.removeAll(keepingCapacity: true)
            for (version, body) in zip(note.versions, bodies) {
                Folding.fold(version.title.utf8Span.span, onto: &folded)
                // A phrase must not reach from one part into the next.
                folded.append(0)
                Folding.fold(body.span, onto: &folded)
                folded.append(0)
            }
            for name in note.attachments.map(\.name) + note.tags {
                folded.append(contentsOf: Folding.fold(name))
                folded.append(0)
            }
            guard words.allSatisfy({ folded.span.contains($0.span) }) else { continue }
            found.matches.append(Match(note: note, line: search.line(of: bodies)))
        }
        return found
    }
}

extension Search {
    fileprivate var words: [[UInt8]] {
        terms.compactMap { if case .words(let words) = $0 { words } else { nil } }
    }

    /// The terms that need no text.
    fileprivate func allows(_ note: Note, day: (Instant) -> CivilDate) -> Bool {
        terms.allSatisfy { term in
            switch term {
            case .words: true
            case .tag(let name): note.tags.contains { Folding.fold($0) == name }
            case .before(let date): day(note.created) < date
            case .after(let date): day(note.created) >= date
            }
        }
    }

    fileprivate func line(of bodies: [ArraySlice<UInt8>]) -> String {
        let words = words
        var first: ArraySlice<UInt8>?
        for body in bodies {
            for line in body.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
                var folded: [UInt8] = []
                Folding.fold(Array(line).span, onto: &folded)
                if words.contains(where: { folded.span.contains($0.span) }) {
                    return String(decoding: line, as: UTF8.self).trimmed
                }
                if first == nil, folded != [0x20], !folded.isEmpty { first = line }
            }
        }
        return first.map { String(decoding: $0, as: UTF8.self).trimmed } ?? ""
    }
}
