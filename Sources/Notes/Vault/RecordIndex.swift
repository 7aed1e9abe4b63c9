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
    private let groups: [UInt8: [ID16: [Record]]]

    package init(_ records: [Record]) {
        var groups: [UInt8: [ID16: [Record]]] = [:]
        for record in records {
            groups[record.kind, default: [:]][record.entity, default: []].append(record)
        }
        self.groups = groups
    }

    /// The entities of a kind that were not purged, oldest first; those in the trash are among them.
    package func entities(_ kind: UInt8) -> [Entity] {
        (groups[kind] ?? [:]).compactMap { entity($0.key, of: $0.value) }
            .sorted { ($0.created, $0.id) < ($1.created, $1.id) }
    }

    /// - Returns: nil for an unknown or purged entity.
    package func entity(_ kind: UInt8, _ id: ID16) -> Entity? {
        groups[kind]?[id].flatMap { entity(id, of: $0) }
    }

    /// Records of a marking kind on one entity, in the order of replay.
    package func marks(_ kind: UInt8, on id: ID16) -> [Record] { groups[kind]?[id] ?? [] }

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

    private func entity(_ id: ID16, of versions: [Record]) -> Entity? {
        guard groups[RecordKind.purge]?[id] == nil else { return nil }
        let heads = Self.heads(of: versions)
        let covered = Set(trashMarks(on: id).flatMap(\.parents))
        return Entity(
            id: id, heads: heads, created: versions.map(\.time).min() ?? heads[0].time,
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
