internal import Encoding
internal import Secrets

/// The log, put together from cells in whatever order they lie in the file.
struct History {
    /// Every whole commit, each after its parents; among those that could come next, the least id
    /// comes first. All merge orders of the same cells give this same list.
    let commits: [Commit]
    /// Commits that nothing builds upon: the parents of the next one.
    let leaves: [ID16]
    let damage: [VaultDamage]

    /// - Parameters:
    ///   - parts: In any order, some perhaps twice or missing.
    ///   - wholes: Commits joined from all their parts, of which none is among `parts`.
    ///   - known: Commits that a checkpoint tells; where the log tells one too, the log counts.
    init(
        parts: [LogPart], wholes: [ID16: ArraySlice<UInt8>] = [:], known: [Commit] = []
    ) {
        var damage: [VaultDamage] = []
        var commits: [ID16: Commit] = [:]
        commits.reserveCapacity(parts.count + wholes.count + known.count)
        for (id, bytes) in wholes {
            do throws(CodecError) {
                commits[id] = try Commit(id: id, parsing: bytes)
            } catch {
                damage.append(.commitUnreadable(id))
            }
        }
        // A commit of one part, which most are, needs no joining.
        var cut: [ID16: [LogPart]] = [:]
        var contradicted: Set<ID16> = []
        for part in parts {
            guard part.parts == 1,
                let commit = try? Commit(id: part.commit, parsing: part.slice)
            else {
                cut[part.commit, default: []].append(part)
                continue
            }
            guard let known = commits.updateValue(commit, forKey: commit.id) else { continue }
            // The same cell twice, as after a merge of rewritten copies, is nothing. Two tellings
            // under one name are, and the choice must not hang on the order of the rows.
            let other = known.serialized()
            if other[...] != part.slice { contradicted.insert(commit.id) }
            if other.lexicographicallyPrecedes(part.slice) { commits[commit.id] = known }
        }
        damage += contradicted.map { .commitUnreadable($0) }
        for (id, pieces) in cut {
            if commits[id] != nil {
                // Two tellings under one name: the whole one stands, the other is reported.
                damage.append(.commitUnreadable(id))
                continue
            }
            do throws(VaultDamageFact) {
                commits[id] = try Self.join(pieces, id: id)
            } catch {
                damage.append(error.damage)
            }
        }
        for commit in known where commits[commit.id] == nil { commits[commit.id] = commit }
        let damaged = Set(damage)
        var lost: Set<ID16> = []
        for commit in commits.values {
            for parent in commit.parents
            where commits[parent] == nil && !damaged.contains(.commitIncomplete(parent))
                && !damaged.contains(.commitUnreadable(parent))
            {
                lost.insert(parent)
            }
        }
        damage += lost.map { .commitLost($0) }
        self.commits = Self.ordered(commits)
        let parents = Set(self.commits.flatMap(\.parents))
        leaves = self.commits.map(\.id).filter { !parents.contains($0) }.sorted()
        self.damage = damage
    }

    private struct VaultDamageFact: Error { let damage: VaultDamage }

    private static func join(
        _ pieces: [LogPart], id: ID16
    ) throws(VaultDamageFact) -> Commit {
        var slices: [UInt16: ArraySlice<UInt8>] = [:]
        let count = pieces[0].parts
        for piece in pieces {
            guard piece.parts == count, slices[piece.part] ?? piece.slice == piece.slice else {
                throw VaultDamageFact(damage: .commitUnreadable(id))
            }
            slices[piece.part] = piece.slice
        }
        guard slices.count == Int(count) else {
            throw VaultDamageFact(damage: .commitIncomplete(id))
        }
        var joined: [UInt8] = []
        joined.reserveCapacity(Int(count) * LogPart.sliceLimit)
        for part in 0..<count { joined.append(contentsOf: slices[part] ?? []) }
        defer { Zeroing.zero(&joined) }
        do throws(CodecError) {
            return try Commit(id: id, parsing: joined[...])
        } catch {
            throw VaultDamageFact(damage: .commitUnreadable(id))
        }
    }

    /// Topological by parents, ties by id. A parent that is not there holds nothing back.
    private static func ordered(_ commits: [ID16: Commit]) -> [Commit] {
        var waitingFor: [ID16: Int] = [:]
        var children: [ID16: [ID16]] = [:]
        var ready = MinimumHeap()
        for commit in commits.values {
            let present = Set(commit.parents).filter { commits[$0] != nil && $0 != commit.id }
            waitingFor[commit.id] = present.count
            for parent in present { children[parent, default: []].append(commit.id) }
            if present.isEmpty { ready.insert(commit.id) }
        }
        var ordered: [Commit] = []
        ordered.reserveCapacity(commits.count)
        var done: Set<ID16> = []
        // Random names cannot form a ring; a maliciously made one is broken at its least name.
        var rest = commits.keys.sorted()[...]
        while ordered.count < commits.count {
            guard let id = ready.removeMinimum() ?? rest.popFirst() else { break }
            guard let commit = commits[id], done.insert(id).inserted else { continue }
            ordered.append(commit)
            for child in children[id] ?? [] {
                let left = (waitingFor[child] ?? 0) - 1
                waitingFor[child] = left
                if left == 0 { ready.insert(child) }
            }
        }
        return ordered
    }
}

/// A binary heap of names.
private struct MinimumHeap {
    private var items: [ID16] = []

    mutating func insert(_ item: ID16) {
        items.append(item)
        var child = items.count - 1
        while child > 0, items[child] < items[(child - 1) / 2] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeMinimum() -> ID16? {
        guard let minimum = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return minimum }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && items[child] < items[least] {
                least = child
            }
            guard least != parent else { return minimum }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
