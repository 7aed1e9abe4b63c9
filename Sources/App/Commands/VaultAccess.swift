internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Vault
internal import Wording

/// The one place where an invocation opens the vault, and ends with its one commit.
extension Invocation {
    /// Opens the vault and lends it. Then comes the invocation's one commit: also after only
    /// reading, and also when `body` failed, of which nothing is stored.
    ///
    /// Print results afterwards: what is acknowledged is on the disk.
    ///
    /// - Throws: Exit 1 without a vault, exit 3 without a key.
    func withVault<R>(_ body: (Vault) throws -> R) throws -> R {
        try end(try openVault(), with: body)
    }

    /// The same for a vault that was opened in another way.
    func end<R>(_ vault: Vault, with body: (Vault) throws -> R) throws -> R {
        announce(vault)
        let result: R
        do {
            // A key derivation cannot be cut short: whoever gave up meanwhile is heard here.
            try Interrupts.check()
            result = try body(vault)
            try Interrupts.check()
        } catch {
            vault.discardStaged()
            // The visit belongs to having opened it; what went wrong is told either way.
            _ = try? vault.commit()
            throw error
        }
        switch try vault.commit() {
        case .written: break
        case .visitNotWritten(let reason):
            let why = reason.failure.message
            warn(
                Text(
                    en: "this visit was not noted down: \(why.en)",
                    es: "esta visita no quedó anotada: \(why.es)"))
        }
        return result
    }

    /// - Parameter room: Bytes of noise to write on top of what `--room` asks for.
    func vaultContext(room: Int = 0) throws(Failure) -> VaultContext {
        let asked = try value("room").map { (text) throws(Failure) in
            try Room.parse(text, of: "--room")
        }
        let home = try home
        return VaultContext(
            files: world.files, clock: world.clock, random: VaultRandom(world.random),
            stateFolder: home.state, pepper: try Pepper.load(home, world.files)?.secret,
            roomByteCount: min(room + (asked ?? 0), VaultContext.roomLimit))
    }

    /// A passphrase from `--passphrase-fd`, else the session's keys, else the terminal.
    func openVault(room: Int = 0) throws -> Vault {
        let file = try VaultFile(try home.vault)
        let context = try vaultContext(room: room)
        if value("passphrase-fd") != nil { return try openByAskingOnce(file, context) }
        if let vault = try openWithSession(file, context) { return vault }
        let vault = try openByAsking(file, context)
        // Where the login session has no place for it, the next command asks again.
        if (try? startSession(vault, for: Session.lifetime)) != nil { say(Session.opened) }
        return vault
    }

    /// The same, without looking for a session: whoever lengthens one has to know the passphrase.
    func openVaultByPassphrase() throws -> Vault {
        let file = try VaultFile(try home.vault)
        let context = try vaultContext()
        return value("passphrase-fd") == nil
            ? try openByAsking(file, context) : try openByAskingOnce(file, context)
    }

    /// Whether the vault's keys wait for the next command.
    func hasSession(_ vault: ID16) -> Bool {
        // A keyring that cannot be read holds nothing for us.
        guard (try? world.sessions.fetch(Session.name(of: vault))) != nil else { return false }
        return true
    }

    /// Keeps the vault's keys for the next commands.
    func startSession(_ vault: Vault, for lifetime: Duration) throws {
        try world.sessions.store(
            vault.sessionKey(), as: Session.name(of: vault.id), for: lifetime)
    }

    private func openWithSession(_ file: VaultFile, _ context: VaultContext) throws -> Vault? {
        guard let key = try? world.sessions.fetch(Session.name(of: file.id)) else { return nil }
        do { return try Vault.open(file, with: .session(key), in: context) } catch {
            guard case VaultError.sessionEnded = error else { throw error }
            return nil
        }
    }

    /// Three tries, as at any door; the right answer opens a session.
    private func openByAsking(_ file: VaultFile, _ context: VaultContext) throws -> Vault {
        for _ in 1..<3 {
            do { return try openByAskingOnce(file, context) } catch VaultError.wrongPassphrase {
                warn(VaultError.wrongPassphrase.failure.message)
            }
        }
        return try openByAskingOnce(file, context)
    }

    private func openByAskingOnce(_ file: VaultFile, _ context: VaultContext) throws -> Vault {
        let passphrase = try passphrase(option: "passphrase-fd", prompt: Self.question)
        return try Vault.open(file, with: .passphrase(passphrase), in: context)
    }

    private static let question = Text(
        en: "passphrase of the vault", es: "frase de contraseña de la bóveda")

    /// What leaves a trace outside the vault's file would tell on a hidden compartment.
    func requireOuter(_ vault: Vault) throws {
        if vault.isHidden { throw VaultError.hiddenSession }
    }

    /// What the person has to know of the vault before she goes on.
    func announce(_ vault: Vault) {
        if vault.isRolledBack {
            warn(
                Text(
                    en: "this vault is older than the one this machine saw last: "
                        + "somebody put an earlier copy in its place",
                    es: "esta bóveda es más vieja que la última que vio este equipo: "
                        + "alguien puso en su lugar una copia anterior"))
        }
        if !vault.damage.isEmpty {
            warn(
                Text(
                    en: "part of the vault is damaged; see what: amparo vault check",
                    es: "una parte de la bóveda está dañada; mira cuál: amparo vault check"))
        }
    }
}

/// An open vault between two commands.
enum Session {
    static let lifetime = Duration.seconds(600)

    static func name(of vault: ID16) -> String { SessionKey.description(vault: vault.description) }

    static let opened = Text(
        en: "the vault stays open in this window for 10 minutes after each use;"
            + " to close it sooner: amparo close",
        es: "la bóveda queda abierta en esta ventana 10 minutos después de cada uso;"
            + " para cerrarla antes: amparo close")
}

/// Noise that somebody asks for.
enum Room {
    /// - Parameter place: The option or argument that says it.
    /// - Throws: Exit 2 when it is no size, or too much for one write.
    static func parse(_ text: String, of place: String) throws(Failure) -> Int {
        guard let size = SizeArgument.parse(text), size <= VaultContext.roomLimit else {
            throw Failure(
                .usage,
                Text(
                    en: "\(place) cannot be '\(text)'", es: "\(place) no puede ser «\(text)»"),
                hint: Text(
                    en: "write a size like 64K or 2M, up to 250M",
                    es: "escribe un tamaño como 64K o 2M, hasta 250M"))
        }
        return size
    }
}
