internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Keyring
internal import Platform
internal import Secrets
internal import Vault
internal import Watch
internal import Wording

/// `amparo watch`: the watcher on this machine.
enum WatchCommands {
    static let command = Command(
        "watch", spanish: ["vigilar", "vigilante", "vigila"],
        Text(
            en: "Watch over the armed plans until stopped",
            es: "Vigila los planes activos hasta que lo detengas"),
        why: Text(
            en: """
                The watcher waits for your check-ins and sends the alerts if one is missing. It \
                opens the vault once, at its start, and keeps only its own key in memory. While it \
                is not running, or the machine sleeps, nobody is alerted; after that it reminds you \
                first and waits. A machine that is taken away or runs out of battery alerts nobody.
                """,
            es: """
                El vigilante espera tus reportes y manda las alertas si falta uno. Abre la bóveda \
                una vez, al empezar, y guarda en memoria solo su propia llave. Mientras no corre, o \
                el equipo duerme, no se avisa a nadie; después primero te recuerda y espera. Un \
                equipo que se llevan o se queda sin batería no avisa a nadie.
                """),
        options: [
            .flag(
                "once",
                Text(
                    en: "do what is due now, and end", es: "haz lo que toca ahora y termina")),
            .flag(
                "wait", spanish: ["espera"],
                Text(
                    en: "start without the vault and wait for amparo watch unlock, as a service",
                    es: "arranca sin la bóveda y espera a amparo watch unlock, como servicio")),
        ],
        conflicts: [
            Conflict(
                "once", "wait",
                hint: Text(
                    en: "for what is due now the vault is opened",
                    es: "para lo que toca ahora se abre la bóveda"))
        ],
        examples: ["amparo watch", "amparo watch --once", "amparo watch status"],
        subcommands: [
            status, add, checkIn, pause, resume, end, acknowledge, hold, remove, install, unlock,
            uninstall,
        ], run: watch)

    private static let status = Command(
        "status", spanish: ["estado"],
        Text(en: "Show whether the watcher runs", es: "Muestra si el vigilante está en marcha")
    ) { invocation in
        let watched = try? CheckInCommands.watchedPlans(invocation)
        if invocation.json {
            let handed = try invocation.handedTickets()
            let plans = (watched?.plans ?? []).map { plan -> JSON in
                [
                    "plan": .text(plan.plan.description), "label": .text(plan.label),
                    "state": .text(plan.state), "next": plan.deadline.map(JSON.time) ?? .null,
                    "alerted": .list(plan.told), "not_reached": .list(plan.waiting),
                    "from": .text(orNull: handed.ticket(plan.plan)?.handedBy),
                ]
            }
            try invocation.printJSON([
                "watching": .bool(watched != nil), "plans": .list(plans),
            ])
        }
        guard let watched else { throw CheckInCommands.noWatcher }
        guard !invocation.json else { return }
        let handed = try invocation.handedTickets()
        let open = watched.plans.filter { $0.state != "ended" }
        if open.isEmpty {
            try invocation.print(
                Text(
                    en: "the watcher runs; no plan is armed",
                    es: "el vigilante está en marcha; no hay ningún plan activo"))
        }
        for plan in open {
            let hours = Hours(
                zone: plan.zone, place: plan.place, world: invocation.world, now: watched.now,
                seconds: plan.isShort)
            for line in CheckInCommands.lines(plan, hours) { try invocation.print(line) }
            if let ticket = handed.ticket(plan.plan), let name = ticket.handedBy {
                let word = handed.word(for: ticket)
                try invocation.print(
                    Text(
                        en: "  handed over to you by \(name); when \(name) calls: amparo watch"
                            + " checkin \(word)",
                        es: "  te lo entregó \(name); cuando llame: amparo watch checkin \(word)"))
            }
        }
        let own = open.filter { !handed.has($0.plan) }
        if !own.isEmpty { try invocation.print(CheckInCommands.onlyThisMachine) }
    }

    @Sendable private static func watch(_ invocation: Invocation) throws {
        let home = try invocation.home
        let files = invocation.world.files
        // Before any passphrase; a second watcher would send everything twice.
        let lock: any FileLock
        do throws(FileError) {
            try files.createDirectories(home.path)
            lock = try files.lock(home.watchLock)
        } catch .locked {
            throw Failure(
                .refused,
                Text(
                    en: "a watcher runs here already", es: "aquí ya hay un vigilante en marcha"),
                hint: Text(
                    en: "see what it does: amparo watch status; if it waits for its key: amparo"
                        + " watch unlock",
                    es: "mira qué hace: amparo watch status; si espera su llave: amparo watch"
                        + " unlock"))
        }
        defer { lock.release() }
        if invocation.flag("wait") { return try watchOnceUnlocked(home, invocation) }
        let (keys, armed) = try invocation.withVault { vault in
            try invocation.requireOuter(vault)
            let book = PlanBook(Keyring(vault))
            let host = book.hostKey(orDrawing: invocation.world.random)
            return (WatchKeys(host: host.bytes), book.plans.filter { $0.stage == .armed })
        }
        let (service, screen) = try service(keys, armed, home, invocation)
        defer { screen.finish() }
        if invocation.flag("once") { return try service.once() }
        PracticeShell.followWorld(invocation)
        let listener = try LocalListener(folder: home.path, name: WatchSocket.name)
        defer { try? files.removeIfPresent(home.watchSocket) }
        screen.say(
            Text(
                en: "watching; do not close this window or the lid: if it closes or the computer"
                    + " sleeps, nobody watches. Ctrl-C stops it",
                es: "vigilando; no cierres esta ventana ni la tapa: si se cierra o el equipo"
                    + " duerme, nadie vigila. Ctrl-C lo detiene"))
        try service.run(listener)
        screen.say(CheckInCommands.nobodyWatches)
    }

    /// Answers that nobody watches, until the key comes; with one that opens nothing it waits on.
    private static func watchOnceUnlocked(_ home: Home, _ invocation: Invocation) throws {
        let listener = try LocalListener(folder: home.path, name: WatchSocket.name)
        defer { try? invocation.world.files.removeIfPresent(home.watchSocket) }
        while let (keys, connection) = waitForKey(listener, invocation) {
            guard let (service, screen) = try? Self.service(keys, [], home, invocation) else {
                try? WatchSocket.answer(.refused(.store), over: connection)
                continue
            }
            defer { screen.finish() }
            try? WatchSocket.answer(
                .greeting(
                    WatchReply.Greeting(
                        now: invocation.world.clock.now, boxKey: keys.boxKey, lastCounter: nil)),
                over: connection)
            return try service.run(listener)
        }
    }

    /// nil when a signal came first.
    private static func waitForKey(_ listener: LocalListener, _ invocation: Invocation)
        -> (WatchKeys, LocalConnection)?
    {
        while !Interrupts.isRaised {
            _ = Waiting.forReadable(
                [listener.descriptor, Interrupts.descriptor], limit: .seconds(3_600))
            while let connection = listener.accept(limit: .seconds(2)) {
                let clock = invocation.world.clock
                let request = try? WatchSocket.request(over: connection, clock: clock)
                if case .unlock(var bytes)? = request {
                    return (WatchKeys(host: SecretBytes(draining: &bytes)), connection)
                }
                try? WatchSocket.answer(.refused(.asleep), over: connection)
            }
        }
        return nil
    }

    /// On disk, and in memory for when the disk fails. What is owed lies in there: without it
    /// nothing could be watched that is not invented. A disk that is full, busy or not there may
    /// come back while nobody looks: it is tried until then.
    private static func store(_ keys: WatchKeys, _ home: Home, _ invocation: Invocation) throws
        -> any WatchStore
    {
        var told: WatchError?
        while true {
            do throws(WatchError) {
                return try MirroredStore(SQLiteWatchStore(path: home.watchStore, keys: keys))
            } catch {
                let failure = error.failure
                guard error.mayPass, !invocation.flag("once"), !Interrupts.isRaised else {
                    throw Failure(
                        failure.exit,
                        Text(
                            en: "NOBODY IS WATCHING, the watcher does not start:"
                                + " \(failure.message.en)",
                            es: "NADIE ESTÁ VIGILANDO, el vigilante no arranca:"
                                + " \(failure.message.es)"),
                        hint: failure.hint)
                }
                if error != told {
                    invocation.warn(
                        Text(
                            en: "NOBODY IS WATCHING YET: \(failure.message.en); trying again every"
                                + " 5 seconds",
                            es: "TODAVÍA NADIE VIGILA: \(failure.message.es); se reintenta cada 5"
                                + " segundos"))
                }
                told = error
                _ = Waiting.forReadable([Interrupts.descriptor], limit: .seconds(5))
            }
        }
    }

    private static func service(
        _ keys: WatchKeys, _ armed: [Plan], _ home: Home, _ invocation: Invocation
    ) throws -> (WatchService, WatchScreen) {
        let files = invocation.world.files
        let catalog = ZoneCatalog.newest(on: files)
        let engine = WatchEngine(
            store: try Self.store(keys, home, invocation),
            random: invocation.world.random,
            writer: AlertWriter(answers: keys.answers) { try? catalog.rules($0) })
        let tickets = Tickets(home, files)
        let watched = try engine.plans()
        let handed = Tickets(home, files, areHanded: true)
        for plan in watched
        where plan.isWatched && !tickets.has(plan.id) && !handed.has(plan.id) {
            invocation.warn(CheckInCommands.ticketIsLost(plan.registration.label.text))
        }
        let known = Set(watched.filter { $0.state != .draft }.map(\.id))
        for plan in armed where tickets.has(plan.id) && !known.contains(plan.id) {
            invocation.warn(
                Text(
                    en: "plan \(plan.label) is not watched: arm it again"
                        + " (amparo checkin plan arm \(plan.label))",
                    es: "el plan \(plan.label) no está vigilado: actívalo otra vez"
                        + " (amparo checkin plan arm \(plan.label))"))
        }
        UnsetClock.warn(invocation)
        if ProcessCourier.find(files, program: ChildProcess.ownPath) == nil {
            invocation.warn(
                Text(
                    en: "amparo-courier is missing: no alert can leave this machine",
                    es: "falta amparo-courier: ninguna alerta puede salir de este equipo"))
        }
        let screen = WatchScreen(invocation) { label in
            let row = (try? engine.plans())?.last { $0.registration.label == label }
            guard let row, let rules = try? catalog.rules(row.registration.zone) else { return nil }
            return PlaceTime(rules: rules, place: row.registration.place)
        }
        let practice = PracticeWorld(environment: invocation.world.environment)
        let timeline = practice.map { Timeline($0, files) }
        let writer: Timeline.Writer = practice?.colleague == home.path ? .colleague : .watcher
        let service = try WatchService(
            engine: engine, keys: keys,
            // Less than the claim's lease, so that no second attempt begins beside it.
            courier: ProcessCourier(
                files: files, seconds: 45, proxy: invocation.proxy, reach: invocation.reach),
            clock: invocation.world.clock,
            drain: { isSettled in
                for waiting in (try? tickets.waiting()) ?? [] where isSettled(waiting.box) {
                    try? tickets.remove(waiting.plan, counter: waiting.counter)
                }
            },
            tell: { news in
                screen.show(news)
                timeline?.add(
                    screen.line(news), at: invocation.world.clock.now, by: writer)
            })
        return (service, screen)
    }
}
