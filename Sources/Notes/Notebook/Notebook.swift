internal import Encoding
package import Platform
package import Vault

/// The notes of an open vault.
///
/// What is added here is only staged: it is on disk after the vault's one commit.
package final class Notebook {
    package static let titleLimit = 500
    package static let tagLimit = 100
    /// 16 MiB: a book. Larger things are attachments.
    package static let bodyLimit = 16 << 20

    let store: any RecordStore
    private var cached: (count: Int, index: RecordIndex)?

    package init(_ store: any RecordStore) { self.store = store }

    /// Built when it is first asked for, and again after something was staged.
    var index: RecordIndex {
        let records = store.records
        if let cached, cached.count == records.count { return cached.index }
        let index = RecordIndex(records)
        cached = (records.count, index)
        return index
    }

    // MARK: Reading

    /// All notes that are not in the trash, the oldest first.
    package func notes(inTrash: Bool = false) -> [Note] {
        let index = index
        let attachments = attachments(index)
        return index.entities(RecordKind.note).filter { $0.isTrashed == inTrash }
            .map { note($0, index, attachments[$0.id] ?? []) }
    }

    /// One note, also from the trash; nil when unknown or purged.
    package func note(_ id: ID16) -> Note? {
        let index = index
        return index.entity(RecordKind.note, id).map {
            note($0, index, attachments(index)[id] ?? [])
        }
    }

    /// Whether there is or was a note of this id: also one that was purged.
    package func isKnown(_ id: ID16) -> Bool { !index.marks(RecordKind.note, on: id).isEmpty }

    /// The whole body, verified.
    ///
    /// - Throws: `NotebookError.unreadableBody`, or the store's error for a damaged blob.
    package func body(of version: NoteVersion) throws -> [UInt8] {
        Array(try text(of: version))
    }

    /// The same, without a copy where it lies in the record.
    func text(of version: NoteVersion) throws -> ArraySlice<UInt8> {
        try text(version.body, of: version.id)
    }

    /// - Parameter version: Of which record, for the error.
    func text(_ body: NoteBody, of version: ID16) throws -> ArraySlice<UInt8> {
        switch body {
        case .inline(let bytes): return bytes
        case .deferred(let field): return try store.bytes(of: field)
        case .unreadable: throw NotebookError.unreadableBody(version)
        case .stored(let blob):
            var bytes: [UInt8] = []
            try store.readBlob(blob) { piece in bytes.append(contentsOf: piece) }
            return bytes[...]
        }
    }

    /// Every blob that a note names, in all its versions and also in the trash, with the title or
    /// file name that it goes by.
    package var storedBytes: [(blob: BlobReference, name: String)] {
        Self.storedBytes(in: store.records)
    }

    static func storedBytes(in records: [Record]) -> [(blob: BlobReference, name: String)] {
        records.compactMap { record in
            switch record.kind {
            case RecordKind.note:
                let version = NoteVersion(record)
                guard case .stored(let blob) = version.body else { return nil }
                return (blob, version.title)
            case RecordKind.blob: return Attachment(record).map { ($0.blob, $0.name) }
            case RecordKind.draft:
                guard let draft = Draft(record), case .stored(let blob) = draft.body else {
                    return nil
                }
                return (blob, draft.title)
            default: return nil
            }
        }
    }

    // MARK: Writing

    /// When a note was written that comes from elsewhere.
    package struct Past: Sendable {
        let created: Instant
        let modified: Instant

        package init(created: Instant, modified: Instant) {
            self.created = created
            self.modified = modified
        }
    }

    /// - Parameters:
    ///   - title: May be empty when there is a body: then its first line stands for it.
    ///   - body: UTF-8 text.
    ///   - template: The name of the form that it was begun with.
    ///   - past: nil for a note of this moment.
    ///   - id: That of its draft; nil for another one.
    @discardableResult
    package func add(
        title: String, body: [UInt8], tags: [String] = [], template: String? = nil,
        past: Past? = nil, id: ID16? = nil
    ) throws -> ID16 {
        try Self.check(body: body)
        let title = try Self.checked(title: title.isEmpty ? Self.firstLine(of: body) : title)
        guard !title.isEmpty || !body.isEmpty else { throw NotebookError.emptyNote }
        let tags = try tags.map(Self.checked(tag:))
        var fields = try fields(title: title, body: body)
        if let template { fields.append(Field(NoteVersion.templateTag, template)) }
        if let past {
            fields.append(Self.time(NoteVersion.createdTag, past.created))
            fields.append(Self.time(NoteVersion.writtenTag, past.modified))
        }
        let record = store.stage(
            kind: RecordKind.note, entity: id, parents: [], fields: FieldList(fields))
        // A new note has no tags yet: nothing to look up, and imports add thousands of notes.
        stage(tags, on: record.entity, beside: [])
        return record.entity
    }

    private static func time(_ tag: UInt8, _ moment: Instant) -> Field {
        Field(tag, u64: UInt64(clamping: moment.milliseconds))
    }

    /// Replaces the versions seen in `note` by one new version; a head that arrives later from
    /// another device stays beside it.
    ///
    /// - Parameter seen: The versions that were seen, if they are not those of `note`.
    package func edit(
        _ note: Note, seen: [ID16]? = nil, title: String, body: [UInt8]
    ) throws {
        try Self.check(body: body)
        let title = try Self.checked(title: title.isEmpty ? Self.firstLine(of: body) : title)
        let created = Self.time(NoteVersion.createdTag, note.created)
        // Its template, and what a later version of the program put into the note.
        let carried =
            index.entity(RecordKind.note, note.id)?.current.fields.fields
            .filter { $0.tag == NoteVersion.templateTag || $0.tag > NoteVersion.writtenTag } ?? []
        let fields = try fields(title: title, body: body) + [created] + carried
        store.stage(
            kind: RecordKind.note, entity: note.id,
            parents: (seen ?? note.versions.map(\.id)).capped,
            fields: FieldList(fields))
    }

    /// A tag that is already there, in any spelling, stays as it is.
    package func addTags(_ tags: [String], to id: ID16) throws {
        let tags = try tags.map(Self.checked(tag:))
        stage(tags, on: id, beside: Set(tagMarks(on: id).map(\.key)))
    }

    /// - Parameter present: Folded tags that the note has.
    private func stage(_ tags: [String], on id: ID16, beside present: Set<[UInt8]>) {
        var present = present
        for tag in tags where present.insert(Folding.fold(tag)).inserted {
            store.stage(
                kind: RecordKind.tagAdd, entity: id, parents: [],
                fields: FieldList([Field(Self.tagText, tag)]))
        }
    }

    /// Removes the marks seen here; the same tag added elsewhere meanwhile stays.
    ///
    /// - Returns: The tags that were not there.
    @discardableResult
    package func removeTags(_ tags: [String], from id: ID16) throws -> [String] {
        let marks = tagMarks(on: id)
        var absent: [String] = []
        for tag in try tags.map(Self.checked(tag:)) {
            let key = Folding.fold(tag)
            let seen = marks.filter { $0.key == key }.map(\.record.version)
            if seen.isEmpty { absent.append(tag) }
            for versions in seen.chunks(of: 255) {
                store.stage(
                    kind: RecordKind.tagRemove, entity: id, parents: versions,
                    fields: FieldList([Field(Self.tagText, tag)]))
            }
        }
        return absent
    }

    /// Stores a file with a note; `next` gives its bytes piece by piece and an empty array at the
    /// end.
    ///
    /// - Parameter isNew: The caller knows that the note has no file of that name: imports add
    ///   thousands, and looking each up would take its time.
    /// - Throws: `.nameTaken` where the note has such a file: whoever asks for it would get either.
    @discardableResult
    package func attach(
        _ name: String, to id: ID16, isNew: Bool = false, reading next: () throws -> [UInt8]
    ) throws -> Attachment {
        try Self.check(name: name)
        let isTaken = !isNew && attachments(index)[id]?.contains { $0.name == name } == true
        guard !isTaken else { throw NotebookError.nameTaken(name) }
        let blob = try store.stageBlob(next)
        let record = store.stage(
            kind: RecordKind.blob, entity: blob.id, parents: [],
            fields: FieldList([
                Field(Attachment.noteTag, id.bytes), Field(Attachment.nameTag, name),
                Field(Attachment.blobTag, blob.serialized()),
            ]))
        guard let attachment = Attachment(record) else { throw NotebookError.malformedName }
        return attachment
    }

    /// Gives the bytes of an attachment in order, each piece once it is verified.
    package func extract(_ attachment: Attachment, _ body: ([UInt8]) throws -> Void) throws {
        try store.readBlob(attachment.blob, body)
    }

    package func trash(_ note: Note) {
        guard let entity = index.entity(RecordKind.note, note.id) else { return }
        store.stageTrash(entity)
    }

    package func restore(_ note: Note) {
        guard let entity = index.entity(RecordKind.note, note.id) else { return }
        store.stageRestore(entity, index)
    }

    // MARK: Records

    /// Field of tag records: the tag as it was typed.
    private static let tagText: UInt8 = 1

    private func note(_ entity: Entity, _ index: RecordIndex, _ attachments: [Attachment]) -> Note {
        let created = entity.current.fields.u64(NoteVersion.createdTag).map {
            Instant(milliseconds: Int64(clamping: $0))
        }
        return Note(
            id: entity.id, versions: entity.heads.map(NoteVersion.init),
            created: created ?? entity.created, tags: tags(on: entity.id, index),
            attachments: attachments, isTrashed: entity.isTrashed)
    }

    private func tags(on id: ID16, _ index: RecordIndex) -> [String] {
        let marks = tagMarks(on: id, index)
        guard !marks.isEmpty else { return [] }
        var spelling: [[UInt8]: Record] = [:]
        for (key, record) in marks {
            // The oldest spelling, whatever the order in which the marks arrived.
            if let known = spelling[key],
                (known.time, known.version) < (record.time, record.version)
            {
                continue
            }
            spelling[key] = record
        }
        return spelling.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .compactMap { $0.value.fields.text(Self.tagText) }
    }

    private func tagMarks(on id: ID16) -> [(key: [UInt8], record: Record)] {
        tagMarks(on: id, index)
    }

    private func tagMarks(on id: ID16, _ index: RecordIndex) -> [(key: [UInt8], record: Record)] {
        index.standing(RecordKind.tagAdd, without: RecordKind.tagRemove, on: id).compactMap {
            mark in
            mark.fields.text(Self.tagText).map { (Folding.fold($0), mark) }
        }
    }

    private func attachments(_ index: RecordIndex) -> [ID16: [Attachment]] {
        var found: [ID16: [Attachment]] = [:]
        for entity in index.entities(RecordKind.blob) where !entity.isTrashed {
            guard let note = entity.current.fields.first(Attachment.noteTag).flatMap({ ID16($0) }),
                let attachment = Attachment(entity.current)
            else { continue }
            found[note, default: []].append(attachment)
        }
        return found
    }

    func fields(title: String, body: [UInt8]) throws -> [Field] {
        let title = Field(NoteVersion.titleTag, title)
        guard body.count > NoteBody.inlineLimit else {
            return [title, Field(NoteVersion.bodyTag, body)]
        }
        var rest = body[...]
        let blob = try store.stageBlob {
            defer { rest = rest.dropFirst(65_536) }
            return Array(rest.prefix(65_536))
        }
        return [title, Field(NoteVersion.blobTag, blob.serialized())]
    }
}
