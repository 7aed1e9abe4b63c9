internal import Encoding
package import Platform
package import Vault

/// A note on its way: what an editor kept before its user said so.
///
/// Record kind 24; the entity is the note's id, or the one that a new note will have; fields:
/// 1 title, 2 body or 3 blob reference of a longer one, 5 template, 7 tag*, 8 version of the note
/// that was seen*. A draft without fields is closed.
package struct Draft: Hashable, Sendable {
    /// The note's, or the one that a new note will have.
    package let id: ID16
    package let title: String
    package let time: Instant
    package let template: String?
    /// Of a new note.
    package let tags: [String]
    /// The versions of the note that were seen when the editing began.
    package let seen: [ID16]
    let body: NoteBody
    let version: ID16

    static let tagTag: UInt8 = 7
    static let seenTag: UInt8 = 8

    init?(_ record: Record) {
        guard let title = record.fields.text(NoteVersion.titleTag) else { return nil }
        id = record.entity
        self.title = title
        time = record.time
        template = record.fields.text(NoteVersion.templateTag)
        tags = record.fields.texts(Self.tagTag)
        seen = record.fields.all(Self.seenTag).compactMap { ID16($0) }
        body = NoteBody(record)
        version = record.version
    }
}

extension Notebook {
    /// What was begun and neither kept nor dropped, the newest first. Of two drafts of one note,
    /// made on two devices, each is there.
    package var drafts: [Draft] {
        let index = index
        return index.entities(RecordKind.draft).flatMap(\.heads).compactMap(Draft.init)
            .sorted { ($0.time, $0.id) > ($1.time, $1.id) }
    }

    package func body(of draft: Draft) throws -> [UInt8] {
        Array(try text(draft.body, of: draft.version))
    }

    /// Puts a state into the place of the draft before it.
    ///
    /// - Parameters:
    ///   - id: The note's; nil for a note that is new.
    ///   - seen: The versions of the note that it goes on from.
    /// - Returns: The draft's id.
    @discardableResult
    package func keepDraft(
        _ id: ID16?, seen: [ID16], title: String, body: [UInt8], tags: [String],
        template: String?
    ) throws -> ID16 {
        try Self.check(body: body)
        var fields = try fields(title: try Self.checked(title: title), body: body)
        if let template { fields.append(Field(NoteVersion.templateTag, template)) }
        fields += tags.map { Field(Draft.tagTag, $0) }
        fields += seen.capped.map { Field(Draft.seenTag, $0.bytes) }
        let heads = id.map { draftHeads($0) } ?? []
        return store.stage(
            kind: RecordKind.draft, entity: id, parents: heads, fields: FieldList(fields)
        ).entity
    }

    /// Its note was kept, or its user dropped it.
    package func closeDraft(_ id: ID16) {
        let heads = draftHeads(id)
        guard !heads.isEmpty else { return }
        store.stage(kind: RecordKind.draft, entity: id, parents: heads, fields: FieldList())
    }

    private func draftHeads(_ id: ID16) -> [ID16] {
        index.entity(RecordKind.draft, id)?.heads.filter { Draft($0) != nil }.map(\.version).capped
            ?? []
    }
}
