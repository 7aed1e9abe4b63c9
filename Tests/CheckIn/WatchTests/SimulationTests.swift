import CheckIn
import Foundation
import Platform
import TestSupport
import Testing
import Watch

@Suite("histories of plans in a world that breaks")
struct SimulationTests {
    /// As many as `AMPARO_HISTORIES` says: `make test` asks for 10,000. A failure names its seed.
    static let histories =
        ProcessInfo.processInfo.environment["AMPARO_HISTORIES"].flatMap { Int($0) } ?? 2_000
    static let batches = 20

    /// Nine in ten histories are of check-ins alone, one is of orders and answers too.
    @Test("no alarm lost, none invented, the last word is the true one", arguments: 0..<batches)
    func histories(batch: Int) throws {
        let size = Self.histories / Self.batches * 9 / 10
        var alarms = 0
        let interval = minute * 60
        let grace = minute * 15
        let samples = try (0..<2).map { channels in
            try Sample(
                seed: 7, promise: .interval(interval, end: nil), grace: grace,
                tiers: [.zero, minute * 45], contacts: [["laura"], ["abogado"]],
                channels: channels == 0 ? ["mail"] : ["mail", "folder"])
        }
        for index in 0..<size {
            let seed = UInt64(batch * size + index)
            let world = Simulation(
                seed: seed, sample: samples[index % 2], interval: interval, grace: grace)
            try world.run(for: hour * 3)
            alarms += world.alarms
            #expect(world.problems.isEmpty, "seed \(seed): \(world.problems.prefix(3))")
        }
        #expect(alarms > size / 10, "histories without alarms prove little")
    }

    @Test(
        "orders, answers, paper and duress: nothing lost, invented or taken back",
        arguments: 0..<batches)
    func orders(batch: Int) throws {
        let size = Self.histories / Self.batches / 10
        var events: [String: Int] = [:]
        let interval = minute * 60
        let grace = minute * 15
        let sample = try Sample(
            seed: 9, promise: .interval(interval, end: nil), grace: grace,
            tiers: [.zero, minute * 45], contacts: [["laura", "mesa"], ["abogado"]],
            channels: ["mail"])
        for index in 0..<size {
            let seed = UInt64(batch * size + index)
            let world = OrdersSimulation(
                seed: seed, sample: sample, interval: interval, grace: grace)
            try world.run(for: hour * 6)
            events.merge(world.events, uniquingKeysWith: +)
            #expect(world.problems.isEmpty, "seed \(seed): \(world.problems.prefix(3))")
        }
        // Histories in which little happens prove little.
        for event in ["alert", "pause", "looser", "stricter", "asked", "acknowledge"]
        where size >= 50 {
            #expect(events[event, default: 0] > size / 50, "\(event): \(events)")
        }
    }
}
