internal import Vault

/// Notes that name each other: `[[title]]`, `[[id]]`, `[[id|words]]`.
extension Notebook {
    package struct Link: Hashable, Sendable {
        /// As the text has it.
        package let name: String
        /// nil when no note goes by that name.
        package let note: Note?
    }

    /// Where the newest version of a note leads, in the order of its text.
    package func links(from note: Note) throws -> [Link] {
        let names = Links.notes(in: try body(of: note.current))
        guard !names.isEmpty else { return [] }
        let catalogue = LinkCatalogue(notes())
        return names.map { Link(name: $0, note: catalogue.note($0)) }
    }

    /// The notes that lead to this one, oldest first. Reads every text.
    package func notes(linkingTo note: Note) throws -> [Note] {
        try store.loadDeferred()
        let all = notes()
        let catalogue = LinkCatalogue(all)
        return try all.filter { other in
            guard other.id != note.id else { return false }
            return Links.notes(in: try body(of: other.current)).contains {
                catalogue.note($0)?.id == note.id
            }
        }
    }
}

/// Notes by what a link may call them.
private struct LinkCatalogue {
    private let byID: [ID16: Note]
    /// Of several with one title, the oldest.
    private let byTitle: [[UInt8]: Note]

    init(_ notes: [Note]) {
        byID = Dictionary(notes.map { ($0.id, $0) }) { first, _ in first }
        byTitle = Dictionary(notes.map { (Folding.fold($0.title), $0) }) { first, _ in first }
    }

    func note(_ name: String) -> Note? {
        ID16(hexadecimal: name).flatMap { byID[$0] } ?? byTitle[Folding.fold(name)]
    }
}
