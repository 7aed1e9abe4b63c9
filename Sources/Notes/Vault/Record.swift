package import Encoding
package import Platform
package import Secrets

/// A random 16-byte name: of an entity, a version, a device, a commit or a blob.
package struct ID16: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Two words instead of an array: a log of 100,000 records holds half a million names.
    private let high: UInt64
    private let low: UInt64

    package static let byteCount = 16

    /// - Returns: nil for any other length than 16.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.high = high
        self.low = low
    }

    /// A fresh name.
    package init(random: some RandomSource) {
        func word() -> UInt64 { random.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
        high = word()
        low = word()
    }

    package var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.u64(high)
        writer.u64(low)
        return writer.bytes
    }

    package static func < (left: ID16, right: ID16) -> Bool {
        (left.high, left.low) < (right.high, right.low)
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
    /// Stayed in the log: this record comes from a checkpoint.
    package let deferred: DeferredField?

    package init(
        kind: UInt8, entity: ID16, version: ID16, parents: [ID16], time: Instant, device: ID16,
        fields: FieldList
    ) {
        self.init(
            kind: kind, entity: entity, version: version, parents: parents, time: time,
            device: device, fields: fields, deferred: nil)
    }

    init(
        kind: UInt8, entity: ID16, version: ID16, parents: [ID16], time: Instant,
        device: ID16, fields: FieldList, deferred: DeferredField?
    ) {
        precondition(parents.count <= 255, "a record has at most 255 parents")
        self.kind = kind
        self.entity = entity
        self.version = version
        self.parents = parents
        self.time = time
        self.device = device
        self.fields = fields
        self.deferred = deferred
    }
}

extension Record {
    /// - Throws: `CodecError` for anything but the one spelling of a record.
    init(
        parsing reader: inout ByteReader, deferred: DeferredField? = nil
    ) throws(CodecError) {
        let kind = try reader.u8()
        let entity = try reader.id16()
        let version = try reader.id16()
        let parents = try reader.id16s()
        let timeOffset = reader.offset
        guard let milliseconds = Int64(exactly: try reader.u64()) else {
            throw .malformed(at: timeOffset)
        }
        let device = try reader.id16()
        let byteCount = try reader.u32()
        let fields = try FieldList(parsing: try reader.raw(Int(byteCount)))
        self.init(
            kind: kind, entity: entity, version: version, parents: parents,
            time: Instant(milliseconds: milliseconds), device: device, fields: fields,
            deferred: deferred)
    }

    /// Of its one spelling, without a field that was left out.
    var byteCount: Int { 62 + 16 * parents.count + fields.byteCount }

    func write(to writer: inout ByteWriter) {
        writer.u8(kind)
        writer.raw(entity.bytes)
        writer.raw(version.bytes)
        writer.id16s(parents)
        // A clock before 1970 is as wrong as one in 1970.
        writer.u64(UInt64(max(0, time.milliseconds)))
        writer.raw(device.bytes)
        let bytes = fields.serialized()
        writer.u32(UInt32(bytes.count))
        writer.raw(bytes)
    }
}

extension ByteReader {
    mutating func id16() throws(CodecError) -> ID16 {
        let start = offset
        guard let id = ID16(try raw(ID16.byteCount)) else { throw .truncated(at: start) }
        return id
    }

    /// A list with its count in one byte.
    mutating func id16s() throws(CodecError) -> [ID16] {
        let count = try u8()
        var ids: [ID16] = []
        for _ in 0..<count { ids.append(try id16()) }
        return ids
    }
}

extension ByteWriter {
    /// - Precondition: At most 255.
    mutating func id16s(_ ids: [ID16]) {
        u8(UInt8(ids.count))
        for id in ids { raw(id.bytes) }
    }
}
