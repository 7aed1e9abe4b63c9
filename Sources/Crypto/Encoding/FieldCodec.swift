/// Big-endian integers and tagged fields: the one binary encoding of records, tickets and messages
/// between our own processes.
///
/// field = tag u8 ‖ length u32 ‖ bytes; tags non-decreasing; one spelling for each list.
package struct ByteWriter: Sendable {
    package var bytes: [UInt8] = []

    package init() {}

    package mutating func u8(_ value: UInt8) { bytes.append(value) }
    package mutating func u16(_ value: UInt16) { integer(value) }
    package mutating func u32(_ value: UInt32) { integer(value) }
    package mutating func u64(_ value: UInt64) { integer(value) }
    package mutating func raw(_ value: [UInt8]) { bytes.append(contentsOf: value) }
    package mutating func raw(_ value: Span<UInt8>) {
        bytes.reserveCapacity(bytes.count + value.count)
        for index in value.indices { bytes.append(value[index]) }
    }

    /// The low `count` bytes of `value`, big-endian.
    package mutating func integer(_ value: UInt64, count: Int) {
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index)))
        }
    }

    package mutating func field(_ tag: UInt8, _ value: [UInt8]) {
        u8(tag)
        u32(UInt32(value.count))
        raw(value)
    }

    private mutating func integer<T: FixedWidthInteger>(_ value: T) {
        for index in (0..<MemoryLayout<T>.size).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> T(8 * index)))
        }
    }
}

/// What a strict reader refuses; offsets count from the start of what was read.
package enum CodecError: Error, Hashable {
    case truncated(at: Int)
    case trailing(at: Int)
    case tagOrder(at: Int)
    case malformed(at: Int)
}

/// Reads front to back; every length is checked against what is left before it is used.
package struct ByteReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    package var remaining: Int { bytes.endIndex - position }
    package var offset: Int { position - bytes.startIndex }
    package var isAtEnd: Bool { remaining == 0 }

    package mutating func u8() throws(CodecError) -> UInt8 { try integer() }
    package mutating func u16() throws(CodecError) -> UInt16 { try integer() }
    package mutating func u32() throws(CodecError) -> UInt32 { try integer() }
    package mutating func u64() throws(CodecError) -> UInt64 { try integer() }

    /// A big-endian integer of `count` bytes, at most 8.
    package mutating func integer(count: Int) throws(CodecError) -> UInt64 {
        try raw(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    package mutating func raw(_ count: Int) throws(CodecError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw .truncated(at: offset) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    package mutating func rest() -> ArraySlice<UInt8> {
        defer { position = bytes.endIndex }
        return bytes[position...]
    }

    package func expectEnd() throws(CodecError) {
        guard isAtEnd else { throw .trailing(at: offset) }
    }

    private mutating func integer<T: FixedWidthInteger>() throws(CodecError) -> T {
        try raw(MemoryLayout<T>.size).reduce(0) { $0 << 8 | T($1) }
    }
}

/// One tagged value.
package struct Field: Hashable, Sendable {
    package let tag: UInt8
    package let bytes: [UInt8]

    package init(_ tag: UInt8, _ bytes: [UInt8]) {
        self.tag = tag
        self.bytes = bytes
    }

    package init(_ tag: UInt8, _ text: String) { self.init(tag, Array(text.utf8)) }

    package init(_ tag: UInt8, u32 value: UInt32) {
        var writer = ByteWriter()
        writer.u32(value)
        self.init(tag, writer.bytes)
    }

    package init(_ tag: UInt8, u64 value: UInt64) {
        var writer = ByteWriter()
        writer.u64(value)
        self.init(tag, writer.bytes)
    }
}

/// A list of fields in the order of their tags; a tag may repeat and its order is kept.
///
/// It is kept as it is written, and may share its memory with what it was read from: a notebook
/// opens ten thousand of them to show their titles.
package struct FieldList: Hashable, Sendable {
    private let written: ArraySlice<UInt8>

    package init(_ fields: [Field] = []) {
        var writer = ByteWriter()
        // Stable, so that repeated tags keep their order.
        let sorted = fields.enumerated()
            .sorted { ($0.element.tag, $0.offset) < ($1.element.tag, $1.offset) }
        for field in sorted { writer.field(field.element.tag, field.element.bytes) }
        written = writer.bytes[...]
    }

    /// - Throws: `CodecError` for a cut field or tags out of order.
    package init(parsing bytes: ArraySlice<UInt8>) throws(CodecError) {
        var reader = ByteReader(bytes)
        var last: UInt8 = 0
        while !reader.isAtEnd {
            let start = reader.offset
            let tag = try reader.u8()
            guard tag >= last else { throw .tagOrder(at: start) }
            last = tag
            _ = try reader.raw(Int(try reader.u32()))
        }
        written = bytes
    }

    package var fields: [Field] {
        var fields: [Field] = []
        visit { tag, bytes in
            fields.append(Field(tag, Array(bytes)))
            return true
        }
        return fields
    }

    package func serialized() -> [UInt8] { Array(written) }

    package var byteCount: Int { written.count }

    /// Without a copy.
    package func slice(_ tag: UInt8) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        visit { here, bytes in
            if here == tag { found = bytes }
            return here < tag
        }
        return found
    }

    package func first(_ tag: UInt8) -> [UInt8]? { slice(tag).map { Array($0) } }

    package func all(_ tag: UInt8) -> [[UInt8]] {
        var found: [[UInt8]] = []
        visit { here, bytes in
            if here == tag { found.append(Array(bytes)) }
            return here <= tag
        }
        return found
    }

    /// UTF-8 text; nil when absent or not valid UTF-8.
    package func text(_ tag: UInt8) -> String? {
        slice(tag).flatMap { String(validating: $0, as: UTF8.self) }
    }

    package func texts(_ tag: UInt8) -> [String] {
        all(tag).compactMap { String(validating: $0, as: UTF8.self) }
    }

    package func u32(_ tag: UInt8) -> UInt32? {
        guard let bytes = slice(tag), bytes.count == 4 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    package func u64(_ tag: UInt8) -> UInt64? {
        guard let bytes = slice(tag), bytes.count == 8 else { return nil }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Gives each field in order, until `body` has seen enough.
    private func visit(_ body: (UInt8, ArraySlice<UInt8>) -> Bool) {
        var reader = ByteReader(written)
        while !reader.isAtEnd {
            // What was checked or written by us cannot end early.
            guard let tag = try? reader.u8(), let count = try? reader.u32(),
                let bytes = try? reader.raw(Int(count)), body(tag, bytes)
            else { return }
        }
    }
}
