import Encoding
import Platform
import Secrets
import TestSupport
import Testing

@testable import Vault

@Suite("replay order")
struct HistoryTests {
    private func commit(_ random: SeededRandom, parents: [ID16], text: String) -> Commit {
        let record = Record(
            kind: 1, entity: ID16(random: random), version: ID16(random: random), parents: [],
            time: Instant(milliseconds: Int64(random.below(1_000))), device: ID16(random: random),
            fields: FieldList([Field(1, text)]))
        return Commit(id: ID16(random: random), parents: parents.sorted(), records: [record])
    }

    /// Commits made on three devices that merge now and then.
    private func randomHistory(_ seed: UInt64, count: Int) -> [Commit] {
        let random = SeededRandom(seed: seed)
        var devices: [[Commit]] = [[], [], []]
        func leaves(_ commits: [Commit]) -> [ID16] {
            let parents = Set(commits.flatMap(\.parents))
            return commits.map(\.id).filter { !parents.contains($0) }
        }
        for number in 0..<count {
            let device = Int(random.below(3))
            if random.below(4) == 0 {
                let other = devices[Int(random.below(3))]
                devices[device] += other.filter { !devices[device].contains($0) }
            }
            devices[device].append(
                commit(random, parents: leaves(devices[device]), text: "\(number)"))
        }
        return Array(Set(devices.joined()))
    }

    @Test("every order of the rows gives one result, parents first", arguments: 1...40)
    func isOneOrder(_ seed: UInt64) throws {
        let commits = randomHistory(seed, count: 30)
        var parts = try commits.flatMap { try LogPart.cut($0) }
        let reference = History(parts: parts)
        #expect(Set(reference.commits) == Set(commits) && reference.damage.isEmpty)
        var seen: Set<ID16> = []
        for commit in reference.commits {
            #expect(commit.parents.allSatisfy { seen.contains($0) })
            seen.insert(commit.id)
        }
        let random = SeededRandom(seed: seed &+ 1_000)
        for _ in 0..<5 {
            random.shuffle(&parts)
            // Rows that came twice change nothing.
            let history = History(parts: parts + parts.prefix(Int(random.below(10))))
            #expect(history.commits == reference.commits)
            #expect(history.leaves == reference.leaves && history.damage.isEmpty)
        }
    }

    @Test("joined in place, parts say the same as one by one", arguments: 1...60)
    func pile(_ seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        let commits = (0..<8).map { number in
            commit(
                random, parents: [],
                text: String(repeating: "\(number)", count: Int(random.below(20_000))))
        }
        var parts = try commits.flatMap { try LogPart.cut($0) }
        random.shuffle(&parts)
        // Lost, come twice, cut short, and of a commit that claims another number of parts.
        if seed % 2 == 0 { parts.removeLast() }
        if seed % 3 == 0 { parts.append(parts[0]) }
        if seed % 5 == 0 {
            let part = parts[1]
            parts[1] = LogPart(
                commit: part.commit, part: part.part, parts: part.parts,
                slice: part.slice.dropLast())
        }
        if seed % 7 == 0 {
            parts.append(
                LogPart(commit: parts[2].commit, part: 0, parts: 40_000, slice: parts[2].slice))
        }
        var pile = LogPile(cellCount: parts.count)
        for part in parts {
            pile.add(part.commit, part: part.part, of: part.parts, at: 1, part.slice.span)
        }
        let (wholes, rest) = pile.sorted()
        let joined = History(parts: rest, wholes: wholes)
        let reference = History(parts: parts)
        #expect(joined.commits == reference.commits && joined.leaves == reference.leaves)
        #expect(Set(joined.damage) == Set(reference.damage))
        if seed % 2 != 0, seed % 5 != 0, seed % 7 != 0 {
            #expect(Set(joined.commits) == Set(commits) && (seed % 3 == 0 || rest.isEmpty))
        }
    }

    @Test("what is lost is named, what is left is read", arguments: 1...20)
    func losses(_ seed: UInt64) throws {
        let random = SeededRandom(seed: seed)
        let commits = randomHistory(seed, count: 20)
        let gone = commits[Int(random.below(UInt32(commits.count)))]
        let left = commits.filter { $0 != gone }
        let history = History(parts: try left.flatMap { try LogPart.cut($0) })
        #expect(Set(history.commits) == Set(left))
        let isNamed = left.contains { $0.parents.contains(gone.id) }
        #expect(history.damage == (isNamed ? [.commitLost(gone.id)] : []))
    }

    @Test("a commit without one of its parts is left out whole")
    func incomplete() throws {
        let random = SeededRandom(seed: 5)
        let first = commit(random, parents: [], text: String(repeating: "x", count: 10_000))
        let second = commit(random, parents: [first.id], text: "kept")
        let parts = try LogPart.cut(first).dropLast() + LogPart.cut(second)
        let history = History(parts: Array(parts))
        #expect(history.commits == [second])
        #expect(history.damage == [.commitIncomplete(first.id)])
    }

    @Test("two contents under one name, and content that is none, are reported in every order")
    func contradictions() throws {
        let random = SeededRandom(seed: 6)
        let one = commit(random, parents: [], text: "one")
        let two = Commit(
            id: one.id, parents: [], records: commit(random, parents: [], text: "two").records)
        let noise = LogPart(commit: one.id, part: 0, parts: 1, slice: [9, 9])
        let parts = try LogPart.cut(one) + LogPart.cut(two)
        let forward = History(parts: parts)
        let backward = History(parts: parts.reversed())
        #expect(forward.commits == backward.commits && forward.commits.count == 1)
        #expect(forward.damage == [.commitUnreadable(one.id)])
        #expect(backward.damage == forward.damage)
        for mixed in [[noise] + parts, parts + [noise]] {
            #expect(History(parts: mixed).commits == forward.commits)
        }
        #expect(History(parts: [noise]).damage == [.commitUnreadable(one.id)])
    }

    @Test("a ring, which nobody can make by accident, is broken the same way each time")
    func ring() throws {
        let random = SeededRandom(seed: 7)
        let ids = (0..<3).map { _ in ID16(random: random) }
        let commits = ids.indices.map {
            Commit(id: ids[$0], parents: [ids[($0 + 1) % 3], ids[$0]], records: [])
        }
        let parts = try commits.flatMap { try LogPart.cut($0) }
        let history = History(parts: parts)
        #expect(history.commits.count == 3)
        #expect(History(parts: parts.reversed()).commits == history.commits)
    }

    @Test("every cut of a commit's bytes is refused, and no byte is ignored")
    func strictness() throws {
        let whole = commit(SeededRandom(seed: 8), parents: [GoldenTests.id(3)], text: "text")
        let bytes = whole.serialized()
        for count in 0..<bytes.count {
            let cut = try? Commit(id: whole.id, parsing: bytes[..<count])
            // Parents without records are a commit too.
            #expect(cut == nil || cut?.records.isEmpty == true)
        }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x81
            let other = try? Commit(id: whole.id, parsing: changed[...])
            #expect(other != whole)
            #expect(other == nil || other?.serialized() == changed)
        }
    }
}
