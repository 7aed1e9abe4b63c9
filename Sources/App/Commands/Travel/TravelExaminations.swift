internal import CheckIn
internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault
internal import Wording

/// What matters on the road besides the machine itself. Nothing is said of what a vault may hold
/// besides what was opened: whoever looks over the shoulder learns nothing from it.
struct TravelExaminations {
    private static let day: Duration = .seconds(86_400)
    /// A week of work is what most people can stand to lose.
    private static let copyLimit = day * 7

    let invocation: Invocation
    let home: Home

    init(_ invocation: Invocation, _ home: Home) {
        self.invocation = invocation
        self.home = home
    }

    private var hasVault: Bool { (try? invocation.world.files.exists(home.vault)) == true }

    private var isOpen: Bool {
        (try? VaultFile(home.vault).id).map(invocation.hasSession) ?? false
    }

    // MARK: The vault

    func vault() -> Examination {
        var findings: [Finding] = []
        if !hasVault {
            findings.append(
                .good(
                    Text(
                        en: "there is no vault on this machine",
                        es: "en este equipo no hay bóveda")))
        } else if isOpen {
            findings.append(
                .danger(
                    Text(
                        en: "the vault is open: whoever takes the machine now reads it",
                        es: "la bóveda está abierta: quien te quite el equipo ahora la lee"),
                    do: Text(
                        en: "close it before you leave: amparo close",
                        es: "ciérrala antes de salir: amparo close")))
        } else {
            findings.append(
                .good(Text(en: "the vault is locked", es: "la bóveda está cerrada")))
        }
        if (try? invocation.world.files.exists(home.pepper)) == true {
            findings.append(
                .attention(
                    Text(
                        en: "the pepper travels with the vault: your passphrase alone opens both",
                        es: "la pimienta viaja con la bóveda: con tu frase de contraseña basta"),
                    do: Text(
                        en: "if its 24 words are safe at home, take it away: amparo close --pepper",
                        es:
                            "si sus 24 palabras están seguras en casa, quítala: amparo close --pepper"
                    )))
        }
        return Examination(id: "vault", name: Text(en: "vault", es: "bóveda"), findings: findings)
    }

    func copy() -> Examination {
        let finding: Finding
        let make = Text(
            en: "make one on a stick that stays at home: amparo vault backup /media/usb/vault.db",
            es: "haz una en una memoria que se quede en casa: amparo vault backup"
                + " /media/usb/boveda.db")
        if !hasVault {
            finding = .good(Text(en: "nothing to copy", es: "no hay nada que copiar"))
        } else if let last = LastCopy.read(home, invocation.world.files) {
            let age = invocation.world.clock.now - last
            let said =
                Text(en: "last copy of the vault: ", es: "última copia de la bóveda: ")
                + Self.past(days: max(0, age.components.seconds / 86_400))
            finding = age > Self.copyLimit ? .attention(said, do: make) : .good(said)
        } else {
            finding = .attention(
                Text(
                    en: "no copy of the vault was made from this machine",
                    es: "desde este equipo no se ha hecho ninguna copia de la bóveda"), do: make)
        }
        return Examination(id: "copy", name: Text(en: "copy", es: "copia"), findings: [finding])
    }

    private static func past(days: Int64) -> Text {
        switch days {
        case 0: Text(en: "within the last day", es: "hace menos de un día")
        case 1: Text(en: "1 day ago", es: "hace 1 día")
        default: Text(en: "\(days) days ago", es: "hace \(days) días")
        }
    }

    /// Nobody can see paper from here.
    func words() -> Examination {
        let finding: Finding =
            hasVault
            ? .unknown(
                Text(
                    en: "the paper with your recovery words: is it far from this machine?",
                    es: "el papel con tus palabras de recuperación: ¿está lejos de este equipo?"),
                do: Text(
                    en: "leave it where you are not going, with somebody or under lock",
                    es: "déjalo donde no vas a ir, con alguien o bajo llave"))
            : .good(Text(en: "no words to look after", es: "no hay palabras que cuidar"))
        return Examination(
            id: "words", name: Text(en: "words", es: "palabras"), findings: [finding])
    }

    // MARK: People

    /// What an open vault tells.
    enum Inside {
        case closed
        case unreadable
        /// The contacts, and plans that were handed over to somebody.
        case open([Contact], [Plan])
    }

    /// Nobody is asked for a passphrase for the sake of this.
    func look() -> Inside {
        guard hasVault, isOpen || invocation.value("passphrase-fd") != nil else { return .closed }
        let found = try? invocation.withVault { vault in
            let keyring = Keyring(vault)
            let handed = PlanBook(keyring).plans.filter { $0.stage != .ended && !$0.handed.isEmpty }
            return Inside.open(keyring.contacts, handed)
        }
        return found ?? .unreadable
    }

    func people(_ inside: Inside) -> Examination {
        let name = Text(en: "people", es: "personas")
        func examination(_ findings: [Finding]) -> Examination {
            Examination(id: "people", name: name, findings: findings)
        }
        let contacts: [Contact]
        switch inside {
        case .closed:
            return examination([
                .unknown(
                    Text(
                        en: "contacts are looked at only while the vault is open",
                        es: "los contactos solo se miran con la bóveda abierta"),
                    do: Text(
                        en: "see who is verified: amparo contact list",
                        es: "mira a quién comprobaste: amparo contact list"))
            ])
        case .unreadable:
            return examination([
                .unknown(
                    Text(
                        en: "the contacts could not be looked at",
                        es: "no se pudieron mirar los contactos"),
                    do: Text(
                        en: "look yourself: amparo contact list",
                        es: "míralos tú: amparo contact list"))
            ])
        case .open(let found, _): contacts = found
        }
        let open = contacts.filter { !$0.recipients.isEmpty && $0.verified == nil }
        guard !open.isEmpty else {
            return examination([
                .good(
                    Text(
                        en: "every key of your contacts was compared by voice",
                        es: "todas las llaves de tus contactos están comprobadas por voz"))
            ])
        }
        let names = open.prefix(3).map(\.name).joined(separator: ", ")
        let rest = open.count > 3 ? Text(en: " and more", es: " y más") : Text(verbatim: "")
        return examination([
            .attention(
                Text(
                    en: "keys that nobody compared yet: \(names)\(rest.en)",
                    es: "llaves que todavía nadie comprobó: \(names)\(rest.es)"),
                do: Text(
                    en: "read six words to each other: amparo contact verify \(open[0].name)",
                    es: "léanse seis palabras: amparo contact verify \(open[0].name)"))
        ])
    }
}

/// When a copy of the vault was last made from here: the time alone, beside the vault's other state.
/// It tells nothing that the vault's own times do not.
enum LastCopy {
    private static let limit = 32

    static func read(_ home: Home, _ files: any FileSystem) -> Instant? {
        guard let bytes = try? files.read(home.lastCopy, limit: limit),
            let value = Int64(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
        else { return nil }
        return Instant(milliseconds: value)
    }

    /// Best effort: the copy itself is made by now.
    static func note(_ home: Home, _ world: World) {
        try? world.files.createDirectories(home.state)
        try? world.files.replace(
            home.lastCopy, with: Array("\(world.clock.now.milliseconds)\n".utf8))
    }
}
