internal import Encoding
internal import Primitives

/// The log in brief: its commits without the texts of notes, and what of the log that stands for.
/// Whoever has one opens a few of its cells instead of all of the log's.
///
/// It only repeats what the log says: one that is damaged or missing costs time and nothing else.
///
/// Source: Docs/formats/vault.md, "Checkpoints".
struct Checkpoint {
    /// Sequences that were in the log, 1,024 by 1,024.
    struct Block: Hashable {
        /// Sequence / 1,024.
        let number: UInt64
        let count: UInt32
        /// BLAKE2b-256 over the ids in ascending order.
        let hash: [UInt8]
    }

    struct Entry: Hashable {
        let place: CommitPlace
        /// The fields that are left out are told by each record's `deferred`.
        let commit: Commit
    }

    /// The greatest sequence of the log that it covers, and its own sequence.
    let greatest: UInt64
    /// In ascending order.
    let blocks: [Block]
    /// By their places in the log.
    let entries: [Entry]

    static let version: UInt8 = 1
    static let blockLength: UInt64 = 1_024
    /// Shorter fields stay: a reference to them is no shorter.
    static let deferringFrom = 64

    static func block(of sequence: UInt64) -> UInt64 { sequence / blockLength }

    /// A checkpoint's name is what it says, so that its parts may be written one by one.
    static func id(of joined: ArraySlice<UInt8>) -> ID16? {
        var hash = BLAKE2bState(count: 16)
        hash.update(Array("amparo/checkpoint/1".utf8).span)
        hash.update(joined.span)
        return ID16(hash.finish())
    }
}

/// Where in the log a commit lies: its parts have sequences in a row.
struct CommitPlace: Hashable {
    let id: ID16
    /// Of its first part.
    let first: UInt64
    let parts: UInt16

    var last: UInt64 { first + UInt64(parts) - 1 }

    var blocks: ClosedRange<UInt64> { Checkpoint.block(of: first)...Checkpoint.block(of: last) }
}

/// A field of a record that a checkpoint left in the log.
package struct DeferredField: Hashable, Sendable {
    package let tag: UInt8
    private let count: UInt32
    /// Of its first byte in the joined commit.
    private let start: UInt32
    /// Which of the checkpoint's commits.
    private let place: Int32

    package var byteCount: Int { Int(count) }
    var offset: Int { Int(start) }
    var commit: Int { Int(place) }
    var range: Range<Int> { offset..<offset + byteCount }

    /// - Returns: nil beyond what a commit can hold.
    init?(tag: UInt8, byteCount: Int, offset: Int, commit: Int) {
        guard let count = UInt32(exactly: byteCount), let start = UInt32(exactly: offset),
            let place = Int32(exactly: commit), tag > 0
        else { return nil }
        self.tag = tag
        self.count = count
        self.start = start
        self.place = place
    }
}

// MARK: - What goes in

extension Checkpoint {
    /// - Parameters:
    ///   - places: Where each commit lies; one that has none cannot be covered.
    ///   - ids: Those of every log cell, in ascending order.
    /// - Returns: nil when not all of the log can be told.
    init?(
        _ commits: [Commit], at places: [ID16: CommitPlace], greatest: UInt64,
        ids: some Sequence<(sequence: UInt64, id: ArraySlice<UInt8>)>
    ) {
        var entries: [Entry] = []
        entries.reserveCapacity(commits.count)
        for commit in commits {
            guard let place = places[commit.id], place.last <= greatest else { return nil }
            entries.append(Entry(place: place, commit: commit))
        }
        entries.sort { ($0.place.first, $0.place.id) < ($1.place.first, $1.place.id) }
        self.entries = entries.enumerated().map { number, entry in
            Entry(place: entry.place, commit: entry.commit.deferring(number))
        }
        self.greatest = greatest
        blocks = Self.blocks(of: ids, upTo: greatest)
    }

    /// What of the log there is, block by block.
    static func blocks(
        of ids: some Sequence<(sequence: UInt64, id: ArraySlice<UInt8>)>, upTo greatest: UInt64
    ) -> [Block] {
        var joined: [UInt64: [UInt8]] = [:]
        for (sequence, id) in ids where sequence <= greatest {
            joined[block(of: sequence), default: []].append(contentsOf: id)
        }
        return joined.map { number, ids in
            Block(
                number: number, count: UInt32(clamping: ids.count / CellFormat.idByteCount),
                hash: BLAKE2b.hash(count: 32, of: ids.span))
        }.sorted { $0.number < $1.number }
    }
}

extension Checkpoint {
    /// Blocks of the log that are not what they were, as after a merge or a loss, with those that
    /// share a commit with them.
    func differing(
        from ids: some Sequence<(sequence: UInt64, id: ArraySlice<UInt8>)>
    ) -> Set<UInt64> {
        let now = Self.blocks(of: ids, upTo: greatest)
        var differing = Set(Set(now).symmetricDifference(blocks).map(\.number))
        guard !differing.isEmpty else { return [] }
        let spanning = entries.map(\.place.blocks).filter { $0.count > 1 }
        var isComplete = false
        while !isComplete {
            isComplete = true
            for range in spanning where range.contains(where: differing.contains) {
                for number in range where differing.insert(number).inserted { isComplete = false }
            }
        }
        return differing
    }
}

extension Commit {
    /// The same without the fields that may stay in the log.
    ///
    /// - Parameter number: Its place in the checkpoint.
    fileprivate func deferring(_ number: Int) -> Commit {
        var offset = 1 + ID16.byteCount * parents.count
        var brief: [Record] = []
        brief.reserveCapacity(records.count)
        for record in records {
            brief.append(record.deferring(at: offset, commit: number))
            offset += record.wholeByteCount
        }
        return Commit(id: id, parents: parents, records: brief)
    }
}

extension Record {
    /// As it stands in the log.
    fileprivate var wholeByteCount: Int { byteCount + (deferred.map { 5 + $0.byteCount } ?? 0) }

    fileprivate func deferring(at start: Int, commit: Int) -> Record {
        if let deferred {
            let same = DeferredField(
                tag: deferred.tag, byteCount: deferred.byteCount, offset: deferred.offset,
                commit: commit)
            return same.map { with(fields, deferred: $0) } ?? self
        }
        guard let tag = RecordKind.bulkyField(of: kind), let bytes = fields.slice(tag),
            bytes.count >= Checkpoint.deferringFrom
        else { return self }
        let all = fields.fields
        guard all.filter({ $0.tag == tag }).count == 1 else { return self }
        let before = all.prefix { $0.tag < tag }.reduce(0) { $0 + 5 + $1.bytes.count }
        let headerByteCount = byteCount - fields.byteCount
        guard
            let deferred = DeferredField(
                tag: tag, byteCount: bytes.count, offset: start + headerByteCount + before + 5,
                commit: commit)
        else { return self }
        return with(FieldList(all.filter { $0.tag != tag }), deferred: deferred)
    }

    /// With the field that was left out.
    func whole(_ bytes: [UInt8]) -> Record {
        guard let deferred else { return self }
        return with(FieldList(fields.fields + [Field(deferred.tag, bytes)]), deferred: nil)
    }

    private func with(_ fields: FieldList, deferred: DeferredField?) -> Record {
        Record(
            kind: kind, entity: entity, version: version, parents: parents, time: time,
            device: device, fields: fields, deferred: deferred)
    }
}

// MARK: - As bytes

extension Checkpoint {
    func serialized() -> [UInt8] {
        var writer = ByteWriter()
        writer.u8(Self.version)
        writer.u64(greatest)
        writer.u32(UInt32(blocks.count))
        for block in blocks {
            writer.u64(block.number)
            writer.u32(block.count)
            writer.raw(block.hash)
        }
        writer.u32(UInt32(entries.count))
        for entry in entries {
            writer.raw(entry.place.id.bytes)
            writer.u64(entry.place.first)
            writer.u16(entry.place.parts)
            writer.id16s(entry.commit.parents)
            writer.u32(UInt32(entry.commit.records.count))
            for record in entry.commit.records {
                writer.u8(record.deferred?.tag ?? 0)
                if let deferred = record.deferred {
                    writer.u32(UInt32(deferred.byteCount))
                    writer.u32(UInt32(deferred.offset))
                }
                record.write(to: &writer)
            }
        }
        return writer.bytes
    }

    /// - Throws: `CodecError` for anything but the one spelling.
    init(parsing joined: ArraySlice<UInt8>) throws(CodecError) {
        var reader = ByteReader(joined)
        guard try reader.u8() == Self.version else { throw .malformed(at: 0) }
        let greatest = try reader.u64()
        guard greatest <= CellAddress.greatestSequence else { throw .malformed(at: reader.offset) }
        var blocks: [Block] = []
        for _ in 0..<(try reader.u32()) {
            let block = Block(
                number: try reader.u64(), count: try reader.u32(), hash: Array(try reader.raw(32)))
            guard block.number > blocks.last?.number ?? 0 || blocks.isEmpty, block.count > 0,
                block.number <= Self.block(of: greatest)
            else { throw .malformed(at: reader.offset) }
            blocks.append(block)
        }
        var entries: [Entry] = []
        for number in 0..<(try reader.u32()) {
            let entry = try Self.entry(&reader, number: Int(number), greatest: greatest)
            if let last = entries.last?.place {
                guard (last.first, last.id) < (entry.place.first, entry.place.id) else {
                    throw .malformed(at: reader.offset)
                }
            }
            entries.append(entry)
        }
        try reader.expectEnd()
        self.greatest = greatest
        self.blocks = blocks
        self.entries = entries
    }

    private static func entry(
        _ reader: inout ByteReader, number: Int, greatest: UInt64
    ) throws(CodecError) -> Entry {
        let id = try reader.id16()
        let first = try reader.u64()
        let parts = try reader.u16()
        guard parts > 0, first <= greatest, UInt64(parts) - 1 <= greatest - first else {
            throw .malformed(at: reader.offset)
        }
        let parents = try reader.id16s()
        var records: [Record] = []
        for _ in 0..<(try reader.u32()) {
            let tag = try reader.u8()
            var deferred: DeferredField?
            if tag > 0 {
                let byteCount = Int(try reader.u32())
                let offset = Int(try reader.u32())
                guard offset + byteCount <= Int(parts) * LogPart.sliceLimit else {
                    throw .malformed(at: reader.offset)
                }
                deferred = DeferredField(
                    tag: tag, byteCount: byteCount, offset: offset, commit: number)
            }
            let record = try Record(parsing: &reader, deferred: deferred)
            guard tag == 0 || record.fields.slice(tag) == nil else {
                throw .malformed(at: reader.offset)
            }
            records.append(record)
        }
        return Entry(
            place: CommitPlace(id: id, first: first, parts: parts),
            commit: Commit(id: id, parents: parents, records: records))
    }
}
