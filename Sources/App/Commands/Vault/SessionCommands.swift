internal import CheckIn
internal import CommandLineKit
internal import Platform
internal import Vault
internal import Wording

/// Keeping the vault open between commands, and closing it.
enum SessionCommands {
    /// Longer than a working day is no session any more.
    private static let longest = Duration.seconds(24 * 3_600)

    static let unlock = Command(
        "unlock", spanish: ["abrir", "desbloquear"],
        Text(en: "Keep the vault open for a while", es: "Deja abierta la bóveda un rato"),
        why: Text(
            en: """
                The keys wait in the kernel's memory, for programs of this login session: every one \
                of them can read them, other people's cannot. They go when the time is over, at \
                logout, and with amparo close.
                """,
            es: """
                Las llaves esperan en la memoria del sistema, para los programas de esta sesión: \
                cualquiera de ellos puede leerlas, los de otras personas no. Se van cuando pasa el \
                tiempo, al cerrar la sesión y con amparo close.
                """),
        options: [
            .value(
                "for", "TIME",
                Text(
                    en: "without use, such as 30m or 2h; else 10m",
                    es: "sin usarla, por ejemplo 30m o 2h; si no, 10m"))
        ],
        examples: ["amparo vault unlock", "amparo vault unlock --for 2h"]
    ) { invocation in
        let lifetime = try invocation.duration("for") ?? Session.lifetime
        guard lifetime <= longest, lifetime > .zero else {
            throw Failure(
                .usage,
                Text(
                    en: "a session lasts 24 hours at most", es: "una sesión dura a lo más 24 horas"),
                hint: Text(en: "like this: --for 2h", es: "así: --for 2h"))
        }
        let vault = try invocation.openVaultByPassphrase()
        try invocation.end(vault) { vault in
            do { try invocation.startSession(vault, for: lifetime) } catch {
                throw unavailable
            }
        }
        invocation.say(
            Text(
                en: "the vault is open; close it with: amparo close",
                es: "la bóveda está abierta; ciérrala con: amparo close"))
    }

    private static let unavailable = Failure(
        .failed,
        Text(
            en: "this login session has nowhere safe to keep the keys: the vault stays locked",
            es: "esta sesión no tiene dónde guardar las llaves sin riesgo: la bóveda sigue cerrada"),
        hint: Text(
            en: "keep it open in one window: amparo shell; or pass --passphrase-fd",
            es: "déjala abierta en una sola ventana: amparo shell; o pasa --passphrase-fd"))

    static let lock = Command(
        "lock", spanish: ["cerrar", "bloquear"],
        Text(en: "Lock the vault now", es: "Cierra la bóveda ya"), examples: ["amparo vault lock"]
    ) { invocation in
        let wasOpen = try drop(invocation)
        invocation.say(
            wasOpen
                ? Text(en: "the vault is locked", es: "la bóveda está cerrada")
                : Text(
                    en: "the vault was locked already", es: "la bóveda ya estaba cerrada"))
    }

    static let close = Command(
        "close", aliases: [], spanish: ["cerrar", "cierra", "salir"],
        Text(
            en: "Drop every key now; calls nobody",
            es: "Suelta ya todas las llaves; no avisa a nadie"),
        why: Text(
            en: """
                The vault is locked at once. Nobody is called, and nothing is erased: notes and plans \
                stay. Plans stay armed, but there is only an alert while the watcher is running. \
                To call for help, agree on a plan beforehand: amparo checkin.
                """,
            es: """
                La bóveda se cierra en el acto. No se avisa a nadie y no se borra nada: los apuntes y \
                los planes siguen. Los planes siguen activos, pero solo hay alerta mientras el \
                vigilante esté en marcha. Para pedir ayuda, acuerda antes \
                un plan: amparo checkin.
                """),
        options: [
            .flag(
                "pepper", spanish: ["pimienta"],
                Text(
                    en: "remove the pepper too: only its 24 words bring it back",
                    es: "quita también la pimienta: solo vuelve con sus 24 palabras"))
        ],
        examples: ["amparo close", "amparo close --pepper"]
    ) { invocation in
        _ = try drop(invocation)
        invocation.say(Text(en: "The vault is locked.", es: "La bóveda está cerrada."))
        try invocation.print(Text(en: "Nobody was called.", es: "No se avisó a nadie."))
        for ticket in (try? invocation.tickets().all()) ?? [] {
            invocation.say(
                Text(
                    en: "Plan '\(ticket.label)' stays armed.",
                    es: "El plan «\(ticket.label)» sigue activo."))
        }
        if invocation.flag("pepper") { try removePepper(invocation) }
    }

    /// After every key is gone: the question may take its time.
    private static func removePepper(_ invocation: Invocation) throws {
        let path = try invocation.home.pepper
        let files = invocation.world.files
        guard try failing(path, { () throws(FileError) in try files.exists(path) }) else {
            return invocation.say(
                Text(en: "There is no pepper here.", es: "Aquí no hay pimienta."))
        }
        let question = Text(
            en: "Without the pepper nothing opens the vault, not even you, until its 24 words are "
                + "typed. What was on a flash disk can sometimes still be read by experts.",
            es: "Sin la pimienta nada abre la bóveda, tampoco tú, hasta que se escriban sus 24 "
                + "palabras. Lo que estuvo en un disco flash a veces lo recupera un experto.")
        let word = Text(en: "PEPPER", es: "PIMIENTA")
        guard try invocation.consent(question, typing: word) else {
            throw Failure(
                .refused, Text(en: "the pepper stays", es: "la pimienta se queda"))
        }
        try failing(path) { () throws(FileError) in
            try files.remove(path)
            try files.syncDirectory(of: path)
        }
        invocation.say(
            Text(
                en: "The pepper is gone; back with: amparo recover --pepper",
                es: "La pimienta ya no está; vuelve con: amparo recover --pepper"))
    }

    /// - Returns: Whether there was an open session.
    private static func drop(_ invocation: Invocation) throws -> Bool {
        let vault: ID16
        do { vault = try VaultFile(try invocation.home.vault).id } catch {
            // Without a vault there are no keys to drop.
            guard case VaultError.notFound = error else { throw error }
            return false
        }
        do {
            let wasOpen = try invocation.world.sessions.revoke(Session.name(of: vault))
            let windows = try OpenMark.hangUpOthers(invocation.home.windows, limit: .seconds(2))
            if windows > 0 { invocation.say(closed(windows)) }
            return wasOpen || windows > 0
        } catch {
            throw Failure(
                .failed,
                Text(
                    en: "the keys could not be dropped: THE VAULT MAY STILL BE OPEN",
                    es: "no se pudieron soltar las llaves: LA BÓVEDA PUEDE SEGUIR ABIERTA"),
                hint: Text(
                    en: "close every window of amparo, log out, or switch the machine off",
                    es: "cierra todas las ventanas de amparo, la sesión o apaga el equipo"))
        }
    }

    private static func closed(_ windows: Int) -> Text {
        windows == 1
            ? Text(
                en: "Another window of amparo was open: it is closed.",
                es: "Había otra ventana de amparo abierta: se cerró.")
            : Text(
                en: "\(windows) other windows of amparo were open: they are closed.",
                es: "Había otras \(windows) ventanas de amparo abiertas: se cerraron.")
    }
}
