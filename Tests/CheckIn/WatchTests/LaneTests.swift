import CheckIn
import Dispatch
import Platform
import TestSupport
import Testing
import Watch

@Suite("what rings, and the letter with the sheet")
struct LaneTests {
    let alarm = start + hour * 6 + minute * 30

    private func armed(_ channels: [String]) throws -> (WatchEngine, Registration) {
        let sample = try Sample(channels: channels)
        let engine = engine()
        try engine.start(mark(start))
        _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: start)
        try engine.beat(mark(alarm))
        try engine.tick(alarm)
        return (engine, sample.registration)
    }

    private func states(_ engine: WatchEngine, _ plan: PlanID) throws -> [String] {
        try engine.deliveries(plan).filter { $0.contact == "laura" }.map {
            "\($0.channel) \($0.state)"
        }
    }

    /// Claims and ends one message over a channel.
    private func send(
        _ engine: WatchEngine, _ channel: String, _ result: DeliveryResult, _ now: Instant
    ) throws {
        var others: [Shipment] = []
        while let shipment = try engine.claim(now) {
            guard shipment.channel.name != channel else {
                try engine.finish(shipment, result, now)
                break
            }
            others.append(shipment)
        }
        for other in others {
            try engine.finish(other, .tryAgain(DeliveryReason(.connection)), now)
        }
    }

    @Test("both begin at once; a text message that was taken keeps no letter back")
    func both() throws {
        let (engine, registration) = try armed(["sms", "mail", "spare", "ntfy"])
        let plan = registration.plan
        #expect(
            try states(engine, plan)
                == ["sms pending", "mail pending", "spare standby", "ntfy standby"])
        let text = try #require(try engine.claim(alarm))
        let letter = try #require(try engine.claim(alarm))
        #expect([text.channel.name, letter.channel.name].sorted() == ["mail", "sms"])
        for shipment in [text, letter] where shipment.channel.name == "sms" {
            #expect(GSM7.parts(shipment.message.sms) <= 2)
            try engine.finish(shipment, .delivered, alarm)
        }
        #expect(
            try states(engine, plan)
                == ["sms delivered", "mail pending", "spare standby", "ntfy cancelled"])
        for shipment in [text, letter] where shipment.channel.name == "mail" {
            #expect(shipment.message.attachments.count == 1)
            try engine.finish(shipment, .delivered, alarm)
        }
        #expect(
            try states(engine, plan)
                == ["sms delivered", "mail delivered", "spare cancelled", "ntfy cancelled"])
    }

    @Test("after two failures the next of its own sort starts, and the other sort is left alone")
    func nextInLane() throws {
        let (engine, registration) = try armed(["sms", "ntfy", "mail", "spare"])
        let plan = registration.plan
        var now = alarm
        for _ in 0..<2 {
            try send(engine, "sms", .tryAgain(DeliveryReason(.reply, "503")), now)
            now = now + .seconds(6)
        }
        #expect(
            try states(engine, plan).prefix(2) == ["sms pending", "ntfy pending"])
    }

    @Test("somebody is out of reach only when no sort of channel is left")
    func unreachable() throws {
        let (engine, registration) = try armed(["sms", "mail"])
        let refused = DeliveryResult.refused(DeliveryReason(.reply, "no such number"))
        func isNextTold() throws -> Bool {
            try engine.deliveries(registration.plan).contains { $0.contact == "abogado" }
        }
        try engine.finish(try #require(try engine.claim(alarm)), refused, alarm)
        #expect(try !isNextTold())
        try engine.finish(try #require(try engine.claim(alarm)), refused, alarm)
        #expect(try isNextTold(), "two hours early")
    }

    @Test("a server may ask for patience, but not for more than a quarter of an hour")
    func patience() throws {
        let (engine, registration) = try armed(["sms"])
        for (asked, expected) in [(UInt32(2), 5), (120, 120), (86_400, 900)] {
            let due = try #require(
                try engine.deliveries(registration.plan).first { $0.contact == "laura" }?.due)
            let now = max(due, alarm)
            let shipment = try #require(try engine.claim(now))
            try engine.finish(
                shipment, .tryAgain(DeliveryReason(.reply, "429", wait: asked)), now)
            let next = try #require(
                try engine.deliveries(registration.plan).first { $0.contact == "laura" }?.due)
            #expect(next - now == .seconds(Int64(expected)), "\(asked)")
        }
    }

    /// The receiver is away from the alarm on; everybody is told once it is back.
    @Test(
        "outages of every length end with everybody told",
        arguments: [.seconds(30), .seconds(600), .seconds(6 * 3_600), .seconds(48 * 3_600)]
            as [Duration])
    func outages(_ outage: Duration) throws {
        let (engine, registration) = try armed(["sms", "mail", "spare"])
        let plan = registration.plan
        let back = alarm + outage
        var now = alarm
        var arrived: Set<String> = []
        var attempts = 0
        // Six minutes after the end: the longest pause between two attempts is shorter.
        while now < back + minute * 6 {
            try engine.beat(mark(now))
            try engine.tick(now)
            while let shipment = try engine.claim(now) {
                attempts += 1
                if now < back {
                    try engine.finish(
                        shipment, .tryAgain(DeliveryReason(.connection)), now)
                } else {
                    arrived.insert("\(shipment.message.contact) \(shipment.channel.name)")
                    try engine.finish(shipment, .delivered, now)
                }
            }
            now = now + .seconds(5)
        }
        let told = outage > hour * 2 ? ["laura", "abogado"] : ["laura"]
        for name in told {
            #expect(arrived.contains("\(name) sms"), "\(name)")
            #expect(arrived.contains("\(name) mail") || arrived.contains("\(name) spare"))
        }
        #expect(
            try engine.deliveries(plan).allSatisfy {
                $0.kind != .alert || $0.state == .delivered || $0.state == .cancelled
            })
        #expect(attempts > told.count)
    }
}
