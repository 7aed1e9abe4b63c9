internal import Encoding
package import Vault

/// One saved state of a note among all of them.
package struct PastVersion: Hashable, Sendable {
    package let version: NoteVersion
    /// The versions that it replaced.
    package let parents: [ID16]
    package let device: ID16
    /// Nothing has replaced it.
    package let isHead: Bool
}

extension Notebook {
    /// Every saved state of a note, what was saved last first: each comes before those it replaced,
    /// whatever the clocks said.
    package func history(of id: ID16) -> [PastVersion] {
        guard let entity = index.entity(RecordKind.note, id) else { return [] }
        let heads = Set(entity.heads.map(\.version))
        return index.marks(RecordKind.note, on: id).reversed().map {
            PastVersion(
                version: NoteVersion($0), parents: $0.parents, device: $0.device,
                isHead: heads.contains($0.version))
        }
    }

    /// Makes an earlier state the newest; what it replaces stays in the history.
    package func restore(_ note: Note, to version: NoteVersion) throws {
        try edit(note, title: version.title, body: try body(of: version))
    }

    /// Hides a note and its files for ever, also from copies that have not heard of it: a copy that
    /// is merged later does not bring them back. Their cells stay until the vault is rewritten.
    package func purge(_ note: Note) {
        for id in [note.id] + note.attachments.map(\.id) {
            store.stage(kind: RecordKind.purge, entity: id, parents: [], fields: FieldList())
        }
    }

    /// The versions that nothing has replaced, put together into one text.
    package struct Reunion: Sendable {
        package let title: String
        package let merge: ThreeWayMerge
        /// The titles differed; the newest stands.
        package let otherTitles: [String]
    }

    /// - Parameter marks: What to write around places that both changed, given the version that
    ///   stands second.
    /// - Returns: nil for a note with one version.
    package func reunion(
        of note: Note, marks: (NoteVersion) -> ThreeWayMerge.Marks
    ) throws -> Reunion? {
        guard note.versions.count > 1 else { return nil }
        let history = history(of: note.id)
        var text = try body(of: note.current)
        var conflicts = 0
        var merge: ThreeWayMerge?
        for other in note.versions.dropFirst() {
            let base = Self.base(of: note.current.id, other.id, in: history)
            let next = ThreeWayMerge(
                base: try base.map { try body(of: $0) } ?? [], mine: text,
                theirs: try body(of: other), marks: marks(other))
            text = next.text
            conflicts += next.conflictCount
            merge = ThreeWayMerge(text: text, conflictCount: conflicts)
        }
        return merge.map { merge in
            Reunion(
                title: note.title, merge: merge,
                otherTitles: note.versions.dropFirst().map(\.title).filter { $0 != note.title })
        }
    }

    /// The last state that both come from.
    private static func base(of one: ID16, _ other: ID16, in history: [PastVersion]) -> NoteVersion?
    {
        let parents = Dictionary(history.map { ($0.version.id, $0.parents) }) { $1 }
        func ancestors(_ id: ID16) -> Set<ID16> {
            var found: Set<ID16> = []
            var waiting = [id]
            while let next = waiting.popLast() {
                if found.insert(next).inserted { waiting += parents[next] ?? [] }
            }
            return found
        }
        let both = ancestors(one).intersection(ancestors(other))
        return history.first { both.contains($0.version.id) }?.version
    }
}
