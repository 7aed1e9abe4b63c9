internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Platform
internal import Secrets
internal import Watch
internal import Wording

/// The tickets of a home, and the check-ins that wait there for a watcher.
struct Tickets {
    private let home: Home
    private let files: any FileSystem
    private let folder: String
    /// Of plans that others handed over to whoever watches here.
    let areHanded: Bool

    init(_ home: Home, _ files: any FileSystem, areHanded: Bool = false) {
        self.home = home
        self.files = files
        self.areHanded = areHanded
        folder = areHanded ? home.handed : home.tickets
    }

    // MARK: Tickets

    /// In the order of their labels. One that cannot be read is skipped: the others still count.
    func all() throws(FileError) -> [Ticket] {
        guard try files.exists(folder) else { return [] }
        var found: [Ticket] = []
        // Anything else, such as a draft that a crash has left, is no ticket.
        for name in try files.list(folder) where Self.isPlan(name) {
            guard let ticket = try? read(name) else { continue }
            found.append(ticket)
        }
        return found.sorted { $0.label.text < $1.label.text }
    }

    func has(_ plan: PlanID) -> Bool {
        (try? files.exists(path(plan))) ?? false
    }

    /// The ticket that `word` names, or the only one.
    ///
    /// - Throws: Exit 1 when there is none, exit 2 when several could be meant.
    func find(_ word: String?) throws -> Ticket {
        let tickets = try all()
        let labels = tickets.map(\.label.text).joined(separator: ", ")
        guard let word else {
            guard let only = tickets.first, tickets.count == 1 else {
                guard !tickets.isEmpty else { throw none }
                throw Failure(
                    .usage,
                    Text(
                        en: "which plan? there are several: \(labels)",
                        es: "¿cuál plan? hay varios: \(labels)"),
                    hint: Text(
                        en: "name one: \(command) \(tickets[0].label)",
                        es: "di cuál: \(command) \(tickets[0].label)"))
            }
            return only
        }
        let named = tickets.filter { $0.label.text == word }
        // A dictated code must reach the plan of whoever dictates it.
        guard named.count < 2 else { throw several(named) }
        if let only = named.first { return only }
        if let prefix = IDPrefix(parsing: word) {
            let matches = tickets.filter { prefix.matches($0.plan.description) }
            if let only = matches.first, matches.count == 1 { return only }
        }
        guard !tickets.isEmpty else { throw none }
        throw Failure(
            .failed,
            Text(
                en: "no armed plan is called '\(word)'",
                es: "ningún plan activo se llama «\(word)»"),
            hint: Text(en: "there are: \(labels)", es: "hay: \(labels)"))
    }

    /// What names a ticket and no other: its label, or the beginning of its id.
    func word(for ticket: Ticket) -> String {
        let others = ((try? all()) ?? []).filter { $0.plan != ticket.plan }
        guard others.contains(where: { $0.label == ticket.label }) else { return ticket.label.text }
        let id = ticket.plan.description
        let length = (8...id.utf8.count).first { length in
            !others.contains { $0.plan.description.hasPrefix(id.prefix(length)) }
        }
        return String(id.prefix(length ?? id.utf8.count))
    }

    private func several(_ named: [Ticket]) -> Failure {
        let label = named[0].label
        let list = named.map { ticket in
            word(for: ticket) + (ticket.handedBy.map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
        return Failure(
            .usage,
            Text(
                en: "there are several plans called '\(label)': \(list)",
                es: "hay varios planes que se llaman «\(label)»: \(list)"),
            hint: Text(
                en: "name one by the beginning of its id: \(command) \(word(for: named[0]))",
                es:
                    "di cuál con el principio de su identificador: \(command) \(word(for: named[0]))"
            ))
    }

    private var command: String { areHanded ? "amparo watch checkin" : "amparo ok" }

    private var none: Failure {
        areHanded
            ? Failure(
                .failed,
                Text(
                    en: "nobody has handed a plan over to you",
                    es: "nadie te ha entregado un plan"),
                hint: Text(
                    en: "take one that came as a file: amparo watch add FILE",
                    es: "acepta uno que llegó como archivo: amparo watch add ARCHIVO"))
            : Failure(
                .failed,
                Text(en: "no plan is armed here", es: "aquí no hay ningún plan activo"),
                hint: Text(
                    en: "make one, then arm it: amparo checkin plan new --help; for one that you"
                        + " handed over, call and dictate your code",
                    es: "haz uno y actívalo: amparo checkin plan new --help; para uno que"
                        + " entregaste, llama y dicta tu código"))
    }

    func save(_ ticket: Ticket) throws(FileError) {
        try files.createDirectories(folder)
        var bytes = ticket.serialized()
        defer { Zeroing.zero(&bytes) }
        try files.replace(path(ticket.plan), with: bytes)
    }

    /// nil when there is none that can be read.
    func ticket(_ plan: PlanID) -> Ticket? { try? read(plan.description) }

    /// The ticket alone; check-ins that wait stay.
    func remove(_ plan: PlanID) throws(FileError) { try files.removeIfPresent(path(plan)) }

    /// The plan is over: nothing of it stays outside the vault.
    func forget(_ plan: PlanID) throws(FileError) {
        for folder in [home.queue, folder] where try files.exists(folder) {
            // Drafts of a crash, too: they hold the same secrets.
            for name in try files.list(folder) where name.hasPrefix(plan.description) {
                try files.removeIfPresent(Path.join(folder, name))
            }
        }
    }

    private static func isPlan(_ name: String) -> Bool {
        name.utf8.count == 32
            && name.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    private func path(_ plan: PlanID) -> String {
        Path.join(folder, plan.description)
    }

    private func read(_ name: String) throws -> Ticket {
        var bytes = try files.read(Path.join(folder, name), limit: Ticket.byteLimit)
        defer { Zeroing.zero(&bytes) }
        return try Ticket(parsing: bytes)
    }

    // MARK: Check-ins that wait

    struct Waiting {
        let plan: PlanID
        let counter: UInt64
        let box: [UInt8]
    }

    /// Oldest first.
    func waiting() throws(FileError) -> [Waiting] {
        guard try files.exists(home.queue) else { return [] }
        var found: [Waiting] = []
        for name in try files.list(home.queue) {
            let parts = name.split(separator: "-")
            guard parts.count == 2, let plan = Hex.decode(parts[0]).flatMap({ PlanID($0) }),
                let counter = UInt64(parts[1]), parts[1].utf8.count <= 20,
                let box = try? files.read(Path.join(home.queue, name), limit: 4_096)
            else { continue }
            found.append(Waiting(plan: plan, counter: counter, box: box))
        }
        return found.sorted { ($0.counter, $0.plan) < ($1.counter, $1.plan) }
    }

    func queue(_ box: [UInt8], plan: PlanID, counter: UInt64) throws(FileError) {
        try files.createDirectories(home.queue)
        try files.replace(queuePath(plan, counter), with: box)
    }

    func remove(_ plan: PlanID, counter: UInt64) throws(FileError) {
        try files.removeIfPresent(queuePath(plan, counter))
    }

    private func queuePath(_ plan: PlanID, _ counter: UInt64) -> String {
        Path.join(home.queue, "\(plan)-\(counter)")
    }
}

extension Invocation {
    func tickets() throws -> Tickets { Tickets(try home, world.files) }

    /// Those of plans that others handed over to this machine.
    func handedTickets() throws -> Tickets {
        Tickets(try home, world.files, areHanded: true)
    }

    /// Asks the watcher on this machine; one that waits for its key watches nobody.
    func askWatcher(_ request: WatchRequest) throws -> WatchReply {
        let reply = try WatchSocket.ask(request, folder: try home.path)
        if case .refused(.asleep) = reply { throw WatchSocket.Unreachable() }
        return reply
    }

    /// Who watches here and what time it is there.
    ///
    /// - Throws: `WatchSocket.Unreachable` when nobody does.
    func greetWatcher(_ plan: PlanID?) throws -> WatchReply.Greeting {
        guard case .greeting(let greeting) = try askWatcher(.hello(plan)) else {
            throw WatchSocket.Unreachable()
        }
        return greeting
    }
}
