internal import Encoding

/// One invocation's facts: whole in the log or not at all.
///
/// Joined layout: parent count u8 ‖ parents ‖ records.
struct Commit: Hashable {
    let id: ID16
    /// The commits that nothing built upon when this one was made; at most 255.
    let parents: [ID16]
    let records: [Record]

    static let parentLimit = 255

    init(id: ID16, parents: [ID16], records: [Record]) {
        self.id = id
        self.parents = parents
        self.records = records
    }

    /// - Throws: `CodecError` for anything but the one spelling.
    init(id: ID16, parsing joined: ArraySlice<UInt8>) throws(CodecError) {
        var reader = ByteReader(joined)
        self.id = id
        parents = try reader.id16s()
        var records: [Record] = []
        while !reader.isAtEnd { records.append(try Record(parsing: &reader)) }
        self.records = records
    }

    func serialized() -> [UInt8] {
        var writer = ByteWriter()
        writer.id16s(parents)
        for record in records { record.write(to: &writer) }
        return writer.bytes
    }
}

/// What one log cell carries of a commit.
///
/// Layout: commit 16 ‖ part u16 ‖ parts u16 ‖ slice. Parts count from 0; a slice may be empty only
/// in a commit of one part, which then says nothing and does not parse.
struct LogPart: Hashable {
    let commit: ID16
    let part: UInt16
    let parts: UInt16
    /// May share its memory with the other parts that were read along with it.
    let slice: ArraySlice<UInt8>

    static let headerByteCount = 20
    static let sliceLimit = CellFormat.contentLimit - headerByteCount

    /// Parts of a commit of so many bytes.
    static func cellCount(_ byteCount: Int) -> Int { (byteCount + sliceLimit - 1) / sliceLimit }

    init(commit: ID16, part: UInt16, parts: UInt16, slice: ArraySlice<UInt8>) {
        self.commit = commit
        self.part = part
        self.parts = parts
        self.slice = slice
    }

    init?(parsing bytes: ArraySlice<UInt8>) {
        guard let place = Place(bytes) else { return nil }
        self.init(
            commit: place.commit, part: place.part, parts: place.parts,
            slice: bytes.dropFirst(Self.headerByteCount))
    }

    /// What stands before the slice.
    struct Place: Hashable {
        let commit: ID16
        let part: UInt16
        let parts: UInt16

        init?(_ bytes: ArraySlice<UInt8>) {
            var reader = ByteReader(bytes)
            guard let commit = try? reader.id16(), let part = try? reader.u16(),
                let parts = try? reader.u16(), part < parts
            else { return nil }
            self.commit = commit
            self.part = part
            self.parts = parts
        }
    }

    func serialized() -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(commit.bytes)
        writer.u16(part)
        writer.u16(parts)
        writer.bytes.append(contentsOf: slice)
        return writer.bytes
    }

    /// Cuts a commit into cells' worth.
    ///
    /// - Throws: `.tooLarge` beyond 65,535 parts.
    static func cut(_ commit: Commit) throws(VaultError) -> [LogPart] {
        try cut(commit.serialized(), commit.id)
    }

    /// - Parameter id: Of the commit, or of a checkpoint, which is cut in the same way.
    static func cut(_ joined: [UInt8], _ id: ID16) throws(VaultError) -> [LogPart] {
        guard let parts = UInt16(exactly: cellCount(joined.count)) else { throw .tooLarge }
        return (0..<parts).map { part in
            let start = Int(part) * sliceLimit
            return LogPart(
                commit: id, part: part, parts: parts,
                slice: joined[start..<min(start + sliceLimit, joined.count)])
        }
    }
}
