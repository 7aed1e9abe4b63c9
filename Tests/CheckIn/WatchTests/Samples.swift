import CheckIn
import Encoding
import Foundation
import Platform
import Primitives
import Secrets
import TestSupport
import Watch
import Wording

let start = Instant(milliseconds: 1_800_000_000_000)
let minute: Duration = .seconds(60)
let hour: Duration = .seconds(3_600)

/// A plan with everything that signs for it.
struct Sample {
    let codeSeed: SharedSecret
    let duressSeed: SharedSecret
    let ticketSeed: SharedSecret
    let registration: Registration
    let envelopes: [[UInt8]]

    init(
        seed: UInt64 = 1, promise: Promise = .interval(hour * 6, end: nil),
        grace: Duration = minute * 30, tiers: [Duration] = [.zero, hour * 2],
        contacts: [[String]] = [["laura"], ["abogado"]], channels: [String] = ["mail", "spare"],
        owner: Bool = false, label: String = "xalapa", sheetBytes: Int = 300
    ) throws {
        let random = SeededRandom(seed: seed)
        codeSeed = SharedSecret(random.secret(count: 32))
        ticketSeed = SharedSecret(random.secret(count: 32))
        duressSeed = SharedSecret(SeededRandom(seed: seed ^ 0xD0).secret(count: 32))
        func listener(_ name: String, sheet: [UInt8]?) -> Listener {
            let routes = channels.map { channel in
                let (url, address): (String, String?) =
                    switch channel {
                    case "sms": ("sms://AC1@127.0.0.1:9?from=X", "+525512345678")
                    case "web": ("https://desk.example.org/T0/x", nil)
                    case "ntfy": ("ntfy://127.0.0.1:9", name + "-x9")
                    case _ where channel.hasPrefix("folder"): ("file:/tmp/\(channel)", nil)
                    default:
                        ("smtp://127.0.0.1:2525?from=me@example.org", name + "@example.org")
                    }
                return Route(channel: channel, url: url, password: nil, address: address)
            }
            return Listener(
                name: name, language: .spanish, phones: [], routes: routes,
                sheet: sheet.map { BLAKE2b.hash(count: 32, of: $0.span) })
        }
        let sheet = random.bytes(sheetBytes)
        envelopes = [sheet]
        registration = Registration(
            plan: .random(random), label: try PlanLabel(parsing: label),
            ticketKey: Ed25519.publicKey(seed: ticketSeed.bytes),
            safeKey: Ed25519.publicKey(seed: codeSeed.bytes),
            duressKey: Ed25519.publicKey(seed: duressSeed.bytes),
            terms: try LeaseTerms(
                promise: promise, grace: grace,
                reminders: LeaseTerms.usualReminders(grace: grace), tiers: tiers),
            alias: "Ana", zone: "America/Mexico_City", place: "Xalapa", language: .spanish,
            phones: ["+52 228 000 0000"],
            tiers: contacts.map { $0.map { listener($0, sheet: $0 == "laura" ? sheet : nil) } },
            owner: owner ? listener("me", sheet: nil) : nil, isUntested: false)
    }

    func token(_ counter: UInt64, at issued: Instant) -> Token {
        Token(
            plan: registration.plan, counter: counter, issued: issued,
            codeSeed: codeSeed.bytes, ticketSeed: ticketSeed.bytes)
    }

    /// The same, typed under duress.
    func duressToken(at issued: Instant) -> Token {
        Token(
            plan: registration.plan, counter: UInt64(issued.milliseconds), issued: issued,
            codeSeed: duressSeed.bytes, ticketSeed: ticketSeed.bytes)
    }

    func order(
        _ order: Order, at issued: Instant, seconds: UInt32 = 0, enclosure: [UInt8]? = nil,
        isForced: Bool = false
    ) -> [UInt8] {
        let seed = isForced ? duressSeed : codeSeed
        return SignedOrder(
            order, plan: registration.plan, counter: UInt64(issued.milliseconds), issued: issued,
            seconds: seconds, enclosure: enclosure, codeSeed: seed.bytes,
            ticketSeed: ticketSeed.bytes
        ).bytes
    }

    /// The same as a colleague's machine has it.
    var handedOver: Registration {
        let old = registration
        var copy = Registration(
            plan: old.plan, label: old.label, ticketKey: old.ticketKey, safeKey: old.safeKey,
            duressKey: old.duressKey, terms: old.terms, alias: old.alias, zone: old.zone,
            place: old.place, language: old.language, phones: old.phones, tiers: old.tiers,
            owner: old.owner, isUntested: true, isHandedOver: true)
        copy.texts = old.texts
        return copy
    }

    func release(by seed: SharedSecret? = nil) -> [UInt8] {
        Ed25519.sign(
            WatchEngine.release(of: registration.plan).span, seed: (seed ?? ticketSeed).bytes)
    }

    /// The next registration, changed.
    func changed(
        _ epoch: UInt32 = 2, terms: LeaseTerms? = nil, tiers: [[Listener]]? = nil,
        alias: String? = nil
    ) -> Registration {
        let old = registration
        return Registration(
            plan: old.plan, label: old.label, ticketKey: old.ticketKey, safeKey: old.safeKey,
            duressKey: old.duressKey, terms: terms ?? old.terms, alias: alias ?? old.alias,
            zone: old.zone, place: old.place, language: old.language, phones: old.phones,
            tiers: tiers ?? old.tiers, owner: old.owner, isUntested: old.isUntested, epoch: epoch)
    }

    func token(at issued: Instant) -> Token {
        token(UInt64(issued.milliseconds), at: issued)
    }
}

let mexico: AlertWriter.Zones = { try? ZoneCatalog.embedded.rules($0) }

func engine(_ store: any WatchStore = MemoryWatchStore(), seed: UInt64 = 1) -> WatchEngine {
    WatchEngine(
        store: store, random: SeededRandom(seed: seed),
        writer: AlertWriter(answers: answerCodes, zones: mexico))
}

/// With which the engines of these tests answer.
let answerCodes = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32)).answers

extension DeliveryID {
    /// What stands in the message.
    var code: String { answerCodes.code(self) }
}

func mark(_ now: Instant) -> ClockMark {
    ClockMark(bootID: [1], boot: now - start, now: now)
}

/// A store in a file of its own, which goes with it.
final class TemporaryStore {
    let folder: URL
    let keys: WatchKeys

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "watch-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        keys = WatchKeys(host: SeededRandom(seed: 99).secret(count: 32))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.path + "/watch.db" }

    func open() throws -> SQLiteWatchStore { try SQLiteWatchStore(path: path, keys: keys) }
}
