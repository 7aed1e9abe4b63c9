internal import Encoding
internal import Platform
package import Secrets

/// The vault's parsers as a fuzzer sees them: bytes in, and for what is accepted its one spelling.
package enum VaultParsing: String, CaseIterable, Sendable {
    case commit, checkpoint, part, slot, visit, brick, witness

    /// - Returns: nil for what is refused.
    package func spelling(of bytes: [UInt8]) -> [UInt8]? {
        switch self {
        case .commit:
            try? Commit(id: Self.id(1), parsing: bytes[...]).serialized()
        case .checkpoint:
            try? Checkpoint(parsing: bytes[...]).serialized()
        case .part: LogPart(parsing: bytes[...])?.serialized()
        case .slot:
            Slot(parsing: bytes.span)?.serialized().withBytes { out in out.indices.map { out[$0] } }
        case .visit: Visit(parsing: bytes[...])?.serialized()
        case .brick:
            // One that is cut short or altered gives what is whole in it, which has no spelling.
            Brick(parsing: bytes).map { brick in
                brick.isWhole
                    ? Brick.serialized(
                        brick.cells.map { SealedCell(id: Array($0.id), box: Array($0.box)) },
                        head: brick.head) : bytes
            }
        case .witness: Witness(parsing: bytes)?.serialized()
        }
    }

    /// Valid inputs.
    package func samples(_ random: any RandomSource) -> [[UInt8]] {
        let records = [0, 10, 200].map { count in
            Record(
                kind: RecordKind.note, entity: Self.id(2), version: ID16(random: random),
                parents: count == 0 ? [] : [Self.id(3)],
                time: Instant(milliseconds: 1_700_000_000_000),
                device: Self.id(4),
                fields: FieldList([
                    Field(1, "Puerto"), Field(2, random.bytes(count)), Field(4, u64: 7),
                ]))
        }
        let commits =
            [Commit(id: Self.id(5), parents: [], records: [])]
            + (1...3).map {
                Commit(
                    id: ID16(random: random), parents: [Self.id(6)],
                    records: Array(records.prefix($0)))
            }
        switch self {
        case .commit: return commits.map { $0.serialized() }
        case .checkpoint:
            let ids: [(sequence: UInt64, id: ArraySlice<UInt8>)] = [3, 1_500].map {
                ($0, random.bytes(32)[...])
            }
            return (1...commits.count).compactMap { count in
                let some = Array(commits.prefix(count))
                let places = some.enumerated().map {
                    ($1.id, CommitPlace(id: $1.id, first: UInt64(1 + $0 * 3), parts: 2))
                }
                return Checkpoint(
                    some, at: Dictionary(uniqueKeysWithValues: places), greatest: 2_000,
                    ids: ids
                )?.serialized()
            }
        case .part:
            return commits.flatMap { (try? LogPart.cut($0)) ?? [] }.map { $0.serialized() }
        case .slot:
            let slot = Slot(
                role: .outer, origin: .passphrase, master: random.secret(count: 32),
                visitKey: random.secret(count: 32), minute: 29_000_000)
            return [slot.serialized().withBytes { out in out.indices.map { out[$0] } }]
        case .visit: return [Visit(device: Self.id(7), minute: 29_000_000).serialized()]
        case .brick:
            let head = Head(
                salt: Self.id(8), cost: KeyDerivationCost(unchecked: 3, 64 << 20),
                lineage: Self.id(9))
            return (0...2).map { count in
                Brick.serialized((0..<count).map { _ in SealedCell.chaff(random) }, head: head)
            }
        case .witness:
            return [0, 1, 5].map { count in
                Witness(
                    vault: Self.id(1), index: CellIndex(),
                    lastCommit: (0..<count).map { _ in SealedCell.chaff(random) }
                ).serialized()
            }
        }
    }

    private static func id(_ first: UInt8) -> ID16 {
        guard let id = ID16((0..<16).map { first &+ $0 }) else { preconditionFailure("16 bytes") }
        return id
    }
}
