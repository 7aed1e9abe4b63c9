package import Encoding

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

    /// What a record's checkpoint left in the log.
    ///
    /// - Throws: `VaultError` when the cells that hold it are missing or do not open.
    func bytes(of field: DeferredField) throws -> ArraySlice<UInt8>

    /// Said before most deferred fields are asked for: they are then read in one go.
    func loadDeferred() throws
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
