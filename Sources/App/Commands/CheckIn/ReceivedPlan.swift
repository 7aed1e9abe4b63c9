internal import Age
internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Watch
internal import Wording

/// A plan that somebody handed over: opened, whole, and from whom it is as far as is known here.
struct ReceivedPlan {
    enum Sender {
        case signed(Signer)
        /// Nobody here has the key that it was signed with.
        case unknown(MinisignKeyID)
        case nobody
    }

    let handOver: HandOver
    let sender: Sender

    /// - Throws: Exit 3 when no key of the vault opens it, exit 4 when it is no such file or its
    ///   signature does not hold, exit 6 when it was made for somebody else, who passed it on.
    init(_ file: [UInt8], _ path: String, _ keyring: Keyring) throws {
        var bytes: [UInt8]
        do throws(AgeError) {
            bytes = try Age.open(file, with: keyring.identities.map(\.identity))
        } catch {
            guard case .noMatch = error else { throw Self.foreign(path) }
            throw Failure(
                .noKey,
                Text(
                    en: "none of your keys opens \(path)", es: "ninguna de tus llaves abre \(path)"),
                hint: Text(
                    en: "it was sealed to somebody else; ask for one that is yours",
                    es: "se selló para otra persona; pide uno que sea tuyo"))
        }
        defer { Zeroing.zero(&bytes) }
        do throws(CheckInError) {
            let read = try HandOver.parse(bytes)
            handOver = read.handOver
            sender = try Self.sender(
                read.signature, over: Array(bytes[..<read.signedCount]), keyring, path)
        } catch { throw Self.foreign(path) }
        let mine = keyring.identities.map { HandOver.receiver($0.recipient) }
        guard handOver.receivers.contains(where: mine.contains) else {
            throw Self.forSomebodyElse(handOver.registration.alias, path)
        }
    }

    private static func forSomebodyElse(_ name: String, _ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en:
                    "\(path) was made for somebody else: \(name) does not know that you would watch",
                es: "\(path) se hizo para otra persona: \(name) no sabe que tú vigilarías"),
            hint: Text(
                en: "ask \(name) for one of your own",
                es: "pídele a \(name) uno para ti"))
    }

    private static func sender(
        _ signature: [UInt8], over bytes: [UInt8], _ keyring: Keyring, _ path: String
    ) throws(CheckInError) -> Sender {
        guard !signature.isEmpty else { return .nobody }
        guard let read = try? MinisignSignature(parsing: signature.span) else { throw .signature }
        let known = (Signer.all(in: keyring) + Signer.doubtful(in: keyring)).filter {
            $0.key.keyID == read.keyID
        }
        guard !known.isEmpty else { return .unknown(read.keyID) }
        for signer in known
        where (try? read.verify(Prehash(of: bytes.span), with: signer.key)) != nil {
            return .signed(signer)
        }
        throw .signature
    }

    private static func foreign(_ path: String) -> Failure {
        Failure(
            .damaged,
            Text(
                en: "\(path) is no plan that was handed over, or it was changed",
                es: "\(path) no es un plan entregado, o alguien lo cambió"),
            hint: Text(
                en: "ask for it again; it is made with: amparo checkin plan hand-over",
                es: "pídelo otra vez; se hace con: amparo checkin plan hand-over"))
    }

    /// Says from whom it is.
    func tell(_ invocation: Invocation) {
        switch sender {
        case .signed: break
        case .unknown(let id):
            invocation.warn(
                Text(
                    en: "it is signed with key \(id), which nobody here has: that proves nothing;"
                        + " ask by voice whether it is hers",
                    es: "lo firma la llave \(id), que aquí nadie tiene: eso no prueba nada;"
                        + " pregúntale de viva voz si es suyo"))
        case .nobody:
            invocation.warn(
                Text(
                    en: "nobody signed it: ask by voice whether it is hers",
                    es: "nadie lo firmó: pregúntale de viva voz si es suyo"))
        }
    }
}

/// What whoever takes a plan over promises, before she says yes.
struct HandedPromise {
    /// Deadlines that are shown one by one.
    private static let shown = 4

    private let registration: Registration
    private let sender: ReceivedPlan.Sender
    private let hours: Hours
    private let invocation: Invocation

    init(
        _ registration: Registration, _ sender: ReceivedPlan.Sender, _ now: Instant,
        _ invocation: Invocation
    ) {
        self.registration = registration
        self.sender = sender
        self.invocation = invocation
        hours = Hours(
            zone: registration.zone, place: registration.place, world: invocation.world, now: now,
            seconds: registration.terms.isShort)
    }

    /// On standard error: it belongs to the question that follows.
    func show() {
        let name = registration.alias
        let label = registration.label
        invocation.say(
            Text(
                en: "\(name) asks you to watch over the plan '\(label)'",
                es: "\(name) te pide vigilar su plan «\(label)»") + signed)
        line(Text(en: "check-ins: ", es: "reportes: ") + rhythm)
        let grace = DurationArgument.describe(registration.terms.grace)
        line(Text(en: "grace: \(grace)", es: "tolerancia: \(grace)"))
        if !registration.phones.isEmpty {
            let phones = registration.phones.joined(separator: ", ")
            line(Text(en: "her phones: \(phones)", es: "sus teléfonos: \(phones)"))
        }
        for (offset, people) in zip(registration.terms.tiers, registration.tiers) {
            let after = DurationArgument.describe(offset)
            let when =
                offset == .zero
                ? Text(
                    en: "alert as soon as the grace is over",
                    es: "alerta en cuanto pasa la tolerancia")
                : Text(
                    en: "alert \(after) after the grace",
                    es: "alerta \(after) después de la tolerancia")
            for person in people {
                let ways = person.routes.map { route in
                    route.address.map { "\(route.channel) (\($0))" } ?? route.channel
                }.joined(separator: ", ")
                line(
                    Text(
                        en: "\(when.en): \(person.name), by \(ways)",
                        es: "\(when.es): \(person.name), por \(ways)"))
            }
        }
        invocation.say(
            Text(
                en: "You promise that this machine stays on with amparo watch, and that \(name) can"
                    + " reach you by telephone at those hours to dictate the code.",
                es: "Prometes que este equipo sigue encendido con amparo watch y que \(name) puede"
                    + " llamarte a esas horas para dictarte el código."))
    }

    private var signed: Text {
        switch sender {
        case .signed(let signer):
            Text(en: ", signed ", es: ", firmado ") + signer.words
                + Text(verbatim: ":")
        case .unknown, .nobody: Text(verbatim: ":")
        }
    }

    private var rhythm: Text {
        switch registration.terms.promise {
        case .interval(let interval, let end):
            let every = DurationArgument.describe(interval)
            let first = Text(en: "every \(every) from now on", es: "cada \(every) desde ahora")
            guard let end else { return first }
            return first + Text(en: ", until ", es: ", hasta ") + hours.said(end)
        case .deadlines(let deadlines):
            let first = deadlines.prefix(Self.shown).map { hours.clock($0) }
            let list = Text(
                en: first.map(\.en).joined(separator: "; "),
                es: first.map(\.es).joined(separator: "; "))
            guard deadlines.count > Self.shown, let last = deadlines.last else { return list }
            let count = deadlines.count - Self.shown
            let end = hours.clock(last)
            return list
                + Text(
                    en: "; and \(count) more, the last at \(end.en)",
                    es: "; y \(count) más, el último a las \(end.es)")
        }
    }

    private func line(_ text: Text) { invocation.say(text.indented) }
}
