internal import Encoding
package import Platform

/// One thing in the vault (a note, a contact, a key): the versions of it that nothing replaces.
package struct Entity: Hashable, Sendable {
    package let id: ID16
    /// At least one, newest first; more after edits on two devices. None is ever dropped by time.
    package let heads: [Record]
    /// Time of the earliest version.
    package let created: Instant
    /// Whether somebody put every one of these heads into the trash. An edit made elsewhere, which
    /// that person had not seen, brings the entity back.
    package let isTrashed: Bool

    /// The newest head: what lists show.
    package var current: Record { heads[0] }
}

/// What all records say about each entity, whatever the order in which they arrived.
///
/// Versions form graphs: a version names the ones that it replaces. Marks (tags, trash) are
/// observed-remove: a mark stands until a record names it. A purge is for ever.
package struct RecordIndex: Sendable {
    private let records: [Record]
    /// For each record the place of the next one of its kind and entity, or `none`.
    private let next: [Int32]
    /// By kind.
    private let groups: [Group]

    /// What one kind says of each entity: places of its first and last record.
    private struct Group {
        var chains: [ID16: Int] = [:]
        /// In the order of first mention.
        var ends: [Chain] = []
    }

    /// The records of one kind and entity.
    private struct Chain {
        let entity: ID16
        /// The earliest time among them.
        var created: Instant
        let first: Int32
        var last: Int32
    }

    private static let none: Int32 = -1

    package init(_ records: [Record]) {
        var next = [Int32](repeating: Self.none, count: records.count)
        var groups = [Group](repeating: Group(), count: 256)
        for (place, record) in records.enumerated() {
            let here = Int32(place)
            let kind = Int(record.kind)
            let chain = groups[kind].chains[record.entity]
            if let chain {
                next[Int(groups[kind].ends[chain].last)] = here
                groups[kind].ends[chain].last = here
                let created = groups[kind].ends[chain].created
                groups[kind].ends[chain].created = min(created, record.time)
            } else {
                groups[kind].chains[record.entity] = groups[kind].ends.count
                groups[kind].ends.append(
                    Chain(entity: record.entity, created: record.time, first: here, last: here))
            }
        }
        self.records = records
        self.next = next
        self.groups = groups
    }

    /// In the order of replay.
    private func records(of chain: Chain) -> [Record] {
        var found: [Record] = []
        var place = chain.first
        while place != Self.none {
            found.append(records[Int(place)])
            place = next[Int(place)]
        }
        return found
    }

    private func chain(_ kind: UInt8, _ id: ID16) -> Chain? {
        groups[Int(kind)].chains[id].map { groups[Int(kind)].ends[$0] }
    }

    /// The entities of a kind that were not purged, oldest first; those in the trash are among them.
    package func entities(_ kind: UInt8) -> [Entity] {
        // Sorted before they are put together: whole entities are dear to move about.
        groups[Int(kind)].ends.sorted { ($0.created, $0.entity) < ($1.created, $1.entity) }
            .compactMap { entity($0) }
    }

    /// - Returns: nil for an unknown or purged entity.
    package func entity(_ kind: UInt8, _ id: ID16) -> Entity? {
        chain(kind, id).flatMap { entity($0) }
    }

    /// Records of a marking kind on one entity, in the order of replay.
    package func marks(_ kind: UInt8, on id: ID16) -> [Record] {
        chain(kind, id).map { records(of: $0) } ?? []
    }

    /// Marks of kind `added` on an entity that no record of kind `removed` names.
    package func standing(_ added: UInt8, without removed: UInt8, on id: ID16) -> [Record] {
        let adds = marks(added, on: id)
        guard !adds.isEmpty else { return [] }
        let gone = Set(marks(removed, on: id).flatMap(\.parents))
        return adds.filter { !gone.contains($0.version) }
    }

    /// Trash marks that no restore has undone.
    package func trashMarks(on id: ID16) -> [Record] {
        let marks = marks(RecordKind.trash, on: id)
        guard !marks.isEmpty else { return [] }
        let undone = Set(marks.filter { !$0.isTrashing }.flatMap(\.parents))
        return marks.filter { $0.isTrashing && !undone.contains($0.version) }
    }

    private func entity(_ chain: Chain) -> Entity? {
        guard groups[Int(RecordKind.purge)].chains[chain.entity] == nil else { return nil }
        let heads = Self.heads(of: records(of: chain))
        let covered = Set(trashMarks(on: chain.entity).flatMap(\.parents))
        return Entity(
            id: chain.entity, heads: heads, created: chain.created,
            isTrashed: heads.allSatisfy { covered.contains($0.version) })
    }

    private static func heads(of versions: [Record]) -> [Record] {
        guard versions.count > 1 else { return versions }
        let replaced = Set(versions.flatMap(\.parents))
        var seen: Set<ID16> = []
        // A record may come twice, from a log and from a checkpoint.
        let all = versions.filter { seen.insert($0.version).inserted }
        let loose = all.filter { !replaced.contains($0.version) }
        // Versions that replace each other in a ring cannot come from us; show all rather than none.
        return (loose.isEmpty ? all : loose).sorted {
            ($0.time, $0.version) > ($1.time, $1.version)
        }
    }
}

extension Record {
    /// Field of a trash record: u8, 1 into the trash, 0 out of it again.
    package static let trashState: UInt8 = 1

    fileprivate var isTrashing: Bool { fields.first(Self.trashState) == [1] }
}

extension RecordStore {
    /// Puts an entity into the trash as it is seen now.
    package func stageTrash(_ entity: Entity) {
        stage(
            kind: RecordKind.trash, entity: entity.id, parents: entity.heads.map(\.version).capped,
            fields: FieldList([Field(Record.trashState, [1])]))
    }

    /// Takes an entity out of the trash.
    package func stageRestore(_ entity: Entity, _ index: RecordIndex) {
        for marks in index.trashMarks(on: entity.id).map(\.version).chunks(of: 255) {
            stage(
                kind: RecordKind.trash, entity: entity.id, parents: marks,
                fields: FieldList([Field(Record.trashState, [0])]))
        }
    }
}

extension Array {
    /// As many parents as one record holds; more heads than that need 256 devices.
    package var capped: [Element] { Array(prefix(255)) }

    package func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
