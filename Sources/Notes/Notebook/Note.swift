internal import Encoding
package import Platform
package import Vault

/// One entry of the notebook, as all devices together know it.
package struct Note: Hashable, Sendable {
    package let id: ID16
    /// At least one, newest first; two after edits on two devices: both are shown.
    package let versions: [NoteVersion]
    package let created: Instant
    /// Sorted; one spelling of each.
    package let tags: [String]
    /// In the order of their import.
    package let attachments: [Attachment]
    package let isTrashed: Bool

    package var current: NoteVersion { versions[0] }
    package var title: String { current.title }
    package var modified: Instant { current.time }
    package var template: String? { current.template }
}

/// One saved state of a note.
///
/// Record kind 1; fields: 1 title, 2 body (at most 3,000 bytes) or 3 body's blob reference,
/// 4 time of creation (Unix ms u64; absent in the first version, whose own time it is), 5 name of
/// its template, 6 when it was written, if that was before it came into the vault (Unix ms u64).
package struct NoteVersion: Hashable, Sendable {
    package let id: ID16
    package let title: String
    package let body: NoteBody
    package let time: Instant
    /// The name of the form that it was begun with; see `NoteTemplate`.
    package let template: String?

    static let titleTag: UInt8 = 1
    static let bodyTag: UInt8 = 2
    static let blobTag: UInt8 = 3
    static let createdTag: UInt8 = 4
    static let templateTag: UInt8 = 5
    static let writtenTag: UInt8 = 6

    init(_ record: Record) {
        id = record.version
        title = record.fields.text(Self.titleTag) ?? ""
        body = NoteBody(record)
        time =
            record.fields.u64(Self.writtenTag).map { Instant(milliseconds: Int64(clamping: $0)) }
            ?? record.time
        template = record.fields.text(Self.templateTag)
    }
}

/// Where the words of a note are.
package enum NoteBody: Hashable, Sendable {
    case inline(ArraySlice<UInt8>)
    case stored(BlobReference)
    /// In the log, beside a checkpoint that tells the rest.
    case deferred(DeferredField)
    /// The record names a body in a way that this version cannot read.
    case unreadable

    /// Larger bodies are blobs.
    package static let inlineLimit = 3_000

    package var byteCount: UInt64 {
        switch self {
        case .inline(let bytes): UInt64(bytes.count)
        case .stored(let blob): blob.byteCount
        case .deferred(let field): UInt64(field.byteCount)
        case .unreadable: 0
        }
    }

    init(_ record: Record) {
        let fields = record.fields
        if let reference = fields.first(NoteVersion.blobTag) {
            self = BlobReference(parsing: reference).map { .stored($0) } ?? .unreadable
        } else if let field = record.deferred {
            self = field.tag == NoteVersion.bodyTag ? .deferred(field) : .unreadable
        } else {
            self = .inline(fields.slice(NoteVersion.bodyTag) ?? [])
        }
    }
}

/// A file kept with a note, byte for byte.
///
/// Record kind 6, written after the last byte; its entity is the blob's id; fields: 1 note id,
/// 2 file name, 3 blob reference. The record's time is the time of import.
package struct Attachment: Hashable, Sendable {
    package let id: ID16
    package let name: String
    package let blob: BlobReference
    package let time: Instant

    static let noteTag: UInt8 = 1
    static let nameTag: UInt8 = 2
    static let blobTag: UInt8 = 3

    init?(_ record: Record) {
        guard let name = record.fields.text(Self.nameTag),
            let blob = record.fields.first(Self.blobTag).flatMap(BlobReference.init(parsing:))
        else { return nil }
        id = record.entity
        self.name = name
        self.blob = blob
        time = record.time
    }

    /// The note that it belongs to.
    static func note(of record: Record) -> ID16? {
        record.fields.slice(noteTag).flatMap { ID16($0) }
    }
}

extension BlobReference {
    /// id 16 ‖ byte count u64 ‖ BLAKE2b-256 of all bytes 32.
    package static let serializedByteCount = 56

    package init?(parsing bytes: [UInt8]) {
        guard bytes.count == Self.serializedByteCount, let id = ID16(bytes[..<16]) else {
            return nil
        }
        let count = bytes[16..<24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(id: id, byteCount: count, hash: Array(bytes[24...]))
    }

    package func serialized() -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(id.bytes)
        writer.u64(byteCount)
        writer.raw(hash)
        return writer.bytes
    }
}
