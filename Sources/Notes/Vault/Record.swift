package import Encoding
package import Platform

/// A random 16-byte name: of an entity, a version, a device, a commit or a blob.
package struct ID16: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    package static let byteCount = 16

    /// - Returns: nil for any other length than 16.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    package static func < (left: ID16, right: ID16) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// 32 lower-case hexadecimal digits.
    package var description: String { Hex.encode(bytes) }
}

/// One fact in a vault's log: a version of an entity, or a mark on it.
///
/// Layout: kind u8 ‖ entity 16 ‖ version 16 ‖ parent count u8 ‖ parents ‖ Unix ms u64 ‖ device 16 ‖
/// length u32 ‖ fields. The vault gives no meaning to kinds or fields.
package struct Record: Hashable, Sendable {
    package let kind: UInt8
    package let entity: ID16
    package let version: ID16
    /// Versions of the same entity that this one replaces; at most 255.
    package let parents: [ID16]
    package let time: Instant
    package let device: ID16
    package let fields: FieldList

    package init(
        kind: UInt8, entity: ID16, version: ID16, parents: [ID16], time: Instant, device: ID16,
        fields: FieldList
    ) {
        precondition(parents.count <= 255, "a record has at most 255 parents")
        self.kind = kind
        self.entity = entity
        self.version = version
        self.parents = parents
        self.time = time
        self.device = device
        self.fields = fields
    }
}

/// What the notebook and the keyring see of an open vault: facts to read, facts to add.
///
/// Nothing staged is on disk before the vault's single commit at the end of the invocation.
package protocol RecordStore: AnyObject {
    /// Every record of the log in replay order, then those staged in this invocation.
    var records: [Record] { get }

    /// Adds a fact to this invocation's commit, with a fresh version, the time and this device.
    ///
    /// - Parameter entity: nil for a new entity.
    @discardableResult
    func stage(kind: UInt8, entity: ID16?, parents: [ID16], fields: FieldList) -> Record

    /// Stores bytes outside the log, in blob cells; `next` gives them piece by piece and an empty
    /// array at the end. The blob can be read once the record that names it is committed.
    func stageBlob(_ next: () throws -> [UInt8]) throws -> BlobReference

    /// Gives the bytes of a blob in order, each piece once it is verified.
    ///
    /// - Throws: `VaultError` when a piece is missing or the whole differs from the reference.
    func readBlob(_ blob: BlobReference, _ body: ([UInt8]) throws -> Void) throws
}

/// Where a blob is and how to know that it is whole.
package struct BlobReference: Hashable, Sendable {
    package let id: ID16
    package let byteCount: UInt64
    /// BLAKE2b-256 of all bytes.
    package let hash: [UInt8]

    package init(id: ID16, byteCount: UInt64, hash: [UInt8]) {
        self.id = id
        self.byteCount = byteCount
        self.hash = hash
    }
}
