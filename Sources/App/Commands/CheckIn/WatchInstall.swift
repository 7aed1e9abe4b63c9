internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Encoding
internal import Keyring
internal import Platform
internal import Primitives
internal import Secrets
internal import Vault
internal import Watch
internal import Wording

extension WatchCommands {
    static let install = Command(
        "install", spanish: ["instalar", "instala"],
        Text(
            en: "Keep a watcher that outlives this terminal",
            es: "Deja un vigilante que sigue aunque cierres la terminal"),
        why: Text(
            en: """
                Writes a service for systemd, for your user alone, and starts it. Nothing that opens \
                your vault is written: after each start the service waits, and NOBODY IS WATCHING \
                until you type amparo watch unlock. A machine that is off, asleep or taken away \
                watches nobody all the same. It keeps no journal.
                """,
            es: """
                Escribe un servicio de systemd, solo para tu usuario, y lo pone en marcha. No se \
                escribe nada que abra tu bóveda: después de cada arranque el servicio espera, y NADIE \
                ESTÁ VIGILANDO hasta que escribas amparo watch unlock. Un equipo apagado, dormido o en \
                manos de otros tampoco vigila. No lleva ningún diario.
                """),
        examples: ["amparo watch install", "amparo watch unlock", "amparo watch uninstall"]
    ) { invocation in
        try refuseWherePointless(invocation)
        let folder = try unitFolder(invocation)
        guard let program = ChildProcess.ownPath else { throw noProgram }
        let unit = try WatchUnit(program: program, home: invocation.home.path)
        guard (try? invocation.greetWatcher(nil)) == nil else { throw runsAlready }
        let key = try hostKey(invocation)
        try write(unit, in: folder, invocation)
        guard let services = UserServices(invocation.world) else { throw noServices }
        guard services.run("daemon-reload"), services.run("enable", "--now", WatchUnit.name),
            awaitsKey(invocation)
        else { throw notStarted }
        try give(key, invocation)
        try invocation.print(
            Text(
                en: "the watcher runs, and goes on when you close this terminal",
                es: "el vigilante está en marcha y sigue aunque cierres esta terminal"))
        try sayWhatEndsIt(invocation)
    }

    static let uninstall = Command(
        "uninstall", spanish: ["desinstalar", "desinstala"],
        Text(
            en: "Stop the installed watcher and take its service away",
            es: "Detén el vigilante instalado y quita su servicio"),
        examples: ["amparo watch uninstall"]
    ) { invocation in
        let folder = try unitFolder(invocation)
        let files = invocation.world.files
        let path = Path.join(folder, WatchUnit.name)
        guard try hasUnit(path, files) else { throw notInstalled }
        let services = UserServices(invocation.world)
        let isStopped = services?.run("disable", "--now", WatchUnit.name) ?? false
        do throws(FileError) {
            try files.removeIfPresent(
                Path.join(folder, "default.target.wants/" + WatchUnit.name))
            try files.remove(path)
            try files.syncDirectory(of: path)
        } catch { throw error.failure }
        _ = services?.run("daemon-reload")
        if !isStopped, (try? invocation.greetWatcher(nil)) != nil {
            invocation.warn(
                Text(
                    en: "the service is gone, but its watcher still runs until you log out",
                    es: "el servicio ya no está, pero su vigilante sigue hasta que cierres sesión"))
            return
        }
        try invocation.print(
            Text(en: "the service is taken away", es: "el servicio quedó quitado"))
        try invocation.print(CheckInCommands.nobodyWatches)
    }

    static let unlock = Command(
        "unlock", spanish: ["desbloquear", "abrir"],
        Text(
            en: "Give the installed watcher its key after a start of the machine",
            es: "Dale su llave al vigilante instalado después de encender el equipo"),
        why: Text(
            en: """
                The service that amparo watch install made starts without a key. It gets only the \
                watcher's own, over a socket of this machine that nobody else can use; never your \
                passphrase.
                """,
            es: """
                El servicio que hizo amparo watch install arranca sin llave. Solo recibe la del \
                vigilante, por una conexión de este equipo que nadie más puede usar; nunca tu frase \
                de contraseña.
                """),
        examples: ["amparo watch unlock"]
    ) { invocation in
        let home = try invocation.home.path
        guard let reply = try? WatchSocket.ask(.hello(nil), folder: home) else {
            throw CheckInCommands.noWatcher
        }
        if case .refused(.asleep) = reply {
            try give(try hostKey(invocation), invocation)
            return try invocation.print(
                Text(en: "the watcher runs", es: "el vigilante está en marcha"))
        }
        try invocation.print(
            Text(en: "the watcher runs already", es: "el vigilante ya está en marcha"))
    }

    // MARK: Before

    private static func refuseWherePointless(_ invocation: Invocation) throws {
        guard !invocation.world.isTails else {
            throw Failure(
                .refused,
                Text(
                    en: "Tails forgets services, and watches nobody once it is off",
                    es: "Tails olvida los servicios y, apagado, no vigila a nadie"),
                hint: Text(
                    en: "let a colleague's machine watch: amparo checkin plan hand-over PLAN --to"
                        + " NAME",
                    es: "que vigile el equipo de un colega: amparo checkin plan hand-over PLAN --to"
                        + " NOMBRE"))
        }
        guard PracticeWorld(environment: invocation.world.environment) == nil else {
            throw Failure(
                .refused,
                Text(
                    en: "practice leaves nothing on the machine: no service either",
                    es: "la práctica no deja nada en el equipo: tampoco un servicio"),
                hint: Text(
                    en: "watch in another terminal: amparo watch",
                    es: "vigila en otra terminal: amparo watch"))
        }
    }

    private static func unitFolder(_ invocation: Invocation) throws(Failure) -> String {
        guard let folder = WatchUnit.folder(invocation.world.environment) else {
            throw Failure(
                .failed,
                Text(
                    en: "there is no folder for services of yours: HOME is not set",
                    es: "no hay carpeta para servicios tuyos: falta HOME"),
                hint: Text(
                    en: "log in as yourself and try again",
                    es: "inicia sesión con tu usuario e inténtalo otra vez"))
        }
        return folder
    }

    private static func write(_ unit: WatchUnit, in folder: String, _ invocation: Invocation)
        throws
    {
        let files = invocation.world.files
        let path = Path.join(folder, WatchUnit.name)
        _ = try hasUnit(path, files)
        do throws(FileError) {
            try files.createDirectories(folder)
            try files.replace(path, with: Array(unit.text.utf8))
        } catch { throw error.failure }
        invocation.say(Text(en: "wrote \(path)", es: "se escribió \(path)"))
    }

    /// Whether a service of ours lies there.
    ///
    /// - Throws: For one of somebody else's.
    private static func hasUnit(_ path: String, _ files: any FileSystem) throws(Failure) -> Bool {
        guard let text = try? files.read(path, limit: 65_536) else { return false }
        guard String(decoding: text, as: UTF8.self).hasPrefix(WatchUnit.mark) else {
            throw foreign(path)
        }
        return true
    }

    /// In the vault before anybody gets it.
    private static func hostKey(_ invocation: Invocation) throws -> SharedSecret {
        try invocation.withVault { vault in
            try invocation.requireOuter(vault)
            return PlanBook(Keyring(vault)).hostKey(orDrawing: invocation.world.random)
        }
    }

    // MARK: Its key

    /// Waits until the service listens.
    private static func awaitsKey(_ invocation: Invocation) -> Bool {
        guard let home = try? invocation.home.path else { return false }
        for _ in 0..<50 where !Interrupts.isRaised {
            if case .refused(.asleep)? = try? WatchSocket.ask(.hello(nil), folder: home) {
                return true
            }
            _ = Waiting.forReadable([Interrupts.descriptor], limit: .milliseconds(200))
        }
        return false
    }

    private static func give(_ key: SharedSecret, _ invocation: Invocation) throws {
        var bytes = key.bytes.withBytes { span in span.indices.map { span[$0] } }
        defer { Zeroing.zero(&bytes) }
        let reply = try? WatchSocket.ask(.unlock(bytes), folder: invocation.home.path)
        guard case .greeting(let greeting)? = reply,
            greeting.boxKey == WatchKeys(host: key.bytes).boxKey
        else {
            throw Failure(
                .failed,
                Text(
                    en: "NOBODY IS WATCHING: the watcher did not start with this vault's key",
                    es: "NADIE ESTÁ VIGILANDO: el vigilante no arrancó con la llave de esta"
                        + " bóveda"),
                hint: Text(
                    en: "see what it says in a terminal: amparo watch uninstall; amparo watch",
                    es: "mira qué dice en una terminal: amparo watch uninstall; amparo watch"))
        }
    }

    // MARK: Afterwards

    private static func sayWhatEndsIt(_ invocation: Invocation) throws {
        let user = invocation.world.environment["USER"] ?? ""
        let lingers =
            !user.isEmpty && !user.contains("/")
            && (try? invocation.world.files.exists("/var/lib/systemd/linger/" + user)) == true
        if !lingers {
            try invocation.print(
                Text(
                    en: "It ends when you log out. To keep it then too: loginctl enable-linger",
                    es: "Termina cuando cierras la sesión. Para que también siga entonces: loginctl"
                        + " enable-linger"))
        }
        try invocation.print(
            Text(
                en: "After the machine starts again NOBODY IS WATCHING until you type: amparo watch"
                    + " unlock",
                es: "Cuando el equipo vuelva a encender, NADIE VIGILA hasta que escribas: amparo"
                    + " watch unlock"))
        try invocation.print(CheckInCommands.onlyThisMachine)
    }

    private static let startByHand =
        "systemctl --user daemon-reload; systemctl --user enable --now \(WatchUnit.name);"
        + " amparo watch unlock"

    private static let noServices = Failure(
        .failed,
        Text(
            en: "NOBODY IS WATCHING: there is no systemctl here to start the service with",
            es: "NADIE ESTÁ VIGILANDO: aquí no hay systemctl para poner en marcha el servicio"),
        hint: Text(
            en: "watch in a terminal that stays open (amparo watch), or where systemd is:"
                + " \(startByHand)",
            es: "vigila en una terminal que quede abierta (amparo watch) o, donde haya systemd:"
                + " \(startByHand)"))

    private static let notStarted = Failure(
        .failed,
        Text(
            en: "NOBODY IS WATCHING: systemd did not start the service",
            es: "NADIE ESTÁ VIGILANDO: systemd no puso en marcha el servicio"),
        hint: Text(
            en: "try it by hand: \(startByHand)", es: "inténtalo a mano: \(startByHand)"))

    private static let runsAlready = Failure(
        .refused,
        Text(
            en: "a watcher runs here already; two would send everything twice",
            es: "aquí ya hay un vigilante en marcha; dos mandarían todo dos veces"),
        hint: Text(
            en: "stop it first (Ctrl-C in its terminal), then install",
            es: "detenlo primero (Ctrl-C en su terminal) y luego instala"))

    private static let notInstalled = Failure(
        .failed,
        Text(en: "no watcher is installed", es: "no hay ningún vigilante instalado"),
        hint: Text(
            en: "to install one: amparo watch install", es: "para instalarlo: amparo watch install")
    )

    private static let noProgram = Failure(
        .failed,
        Text(
            en: "cannot see where this program lies", es: "no se ve dónde está este programa"),
        hint: Text(en: "call it by its whole path", es: "llámalo por su ruta completa"))

    private static func foreign(_ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "\(path) is there, and not from Amparo",
                es: "\(path) ya existe y no es de Amparo"),
            hint: Text(
                en: "look at it, and move it away if it is not needed",
                es: "revísalo y muévelo si no hace falta"))
    }
}
