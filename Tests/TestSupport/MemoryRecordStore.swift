import Encoding
import Platform
import Primitives
import Secrets
import Vault

/// A vault's records in memory, with a settable time and repeatable names.
public final class MemoryRecordStore: RecordStore {
    package private(set) var records: [Record] = []
    package var now: Instant
    package let device: ID16
    private let random: SeededRandom
    private var blobs: [ID16: [UInt8]] = [:]

    package init(seed: UInt64, now: Instant = Instant(milliseconds: 1_768_000_000_000)) {
        random = SeededRandom(seed: seed)
        self.now = now
        device = Self.id(random)
    }

    @discardableResult
    package func stage(kind: UInt8, entity: ID16?, parents: [ID16], fields: FieldList) -> Record {
        let record = Record(
            kind: kind, entity: entity ?? Self.id(random), version: Self.id(random),
            parents: parents, time: now, device: device, fields: fields)
        records.append(record)
        return record
    }

    package func stageBlob(_ next: () throws -> [UInt8]) throws -> BlobReference {
        var bytes: [UInt8] = []
        while case let piece = try next(), !piece.isEmpty { bytes += piece }
        let id = Self.id(random)
        blobs[id] = bytes
        return BlobReference(
            id: id, byteCount: UInt64(bytes.count), hash: BLAKE2b.hash(count: 32, of: bytes.span))
    }

    /// A blob that another store did not bring along.
    package struct MissingBlob: Error {}

    package func readBlob(_ blob: BlobReference, _ body: ([UInt8]) throws -> Void) throws {
        guard let bytes = blobs[blob.id] else { throw MissingBlob() }
        for start in stride(from: 0, to: bytes.count, by: 3_900) {
            try body(Array(bytes[start..<min(start + 3_900, bytes.count)]))
        }
    }

    /// As damage to the cells of every blob would.
    package func loseBlobs() { blobs = [:] }

    /// Nothing is ever left elsewhere.
    package func bytes(of field: DeferredField) throws -> ArraySlice<UInt8> { throw MissingBlob() }
    package func loadDeferred() {}

    /// Takes over what `other` has and this store has not, as a merge does.
    package func merge(_ other: MemoryRecordStore) {
        let known = Set(records.map(\.version))
        records += other.records.filter { !known.contains($0.version) }
        blobs.merge(other.blobs) { mine, _ in mine }
    }

    package func shuffle(_ random: SeededRandom) { random.shuffle(&records) }

    private static func id(_ random: SeededRandom) -> ID16 {
        guard let id = ID16(random.bytes(ID16.byteCount)) else { preconditionFailure("16 bytes") }
        return id
    }
}
