internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Keyring
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// What is in the files of the practice world for whoever has no passphrase, measured on them.
struct AttackerView {
    private let world: PracticeWorld
    private let invocation: Invocation
    /// What the words were, to be looked for in the sealed file: the attacker does not have these.
    private let words: [String]
    private let plans: [Plan]
    private let channels: [Channel]
    private let sheets: [String: Int]

    /// Opens the vault, as its owner, to know what to look for.
    init(_ world: PracticeWorld, _ invocation: Invocation) throws {
        self.world = world
        self.invocation = invocation
        let found = try invocation.withVault { vault in
            let notebook = Notebook(vault)
            let keyring = Keyring(vault)
            var words: Set<String> = []
            var sizes: [String: Int] = [:]
            for note in notebook.notes() {
                let body = (try? notebook.body(of: note.current)) ?? []
                sizes[note.id.description] = body.count
                let text = note.title + " " + String(decoding: body, as: UTF8.self)
                words.formUnion(
                    (text + " " + note.tags.joined(separator: " "))
                        .split { !$0.isLetter }.map(String.init).filter { $0.utf8.count >= 5 })
            }
            return (
                words: words.sorted(), plans: PlanBook(keyring).plans, channels: keyring.channels,
                sizes: sizes
            )
        }
        (words, plans, channels, sheets) = found
    }

    private var files: any FileSystem { invocation.world.files }
    private static let limit = 256 << 20

    // MARK: The thief

    func thief() throws -> [Text] {
        let path = Home(world.home).vault
        let bytes = try files.read(path, limit: Self.limit)
        let found = words.count { word in
            let needle = Array(word.utf8)
            return bytes.span.contains(needle.span)
        }
        let last = try files.status(path)?.modified
        let when = last.map { LocalTime(invocation.world).text($0) } ?? "?"
        var lines = [
            Text(
                en: "sees the vault: one file of \(bytes.count >> 10) KiB, last written \(when)",
                es:
                    "ve la bóveda: un archivo de \(bytes.count >> 10) KiB, escrito por última vez \(when)"
            ),
            Text(
                en:
                    "of the \(words.count) longer words of your notes, titles and tags the file holds"
                    + " \(found)",
                es:
                    "de las \(words.count) palabras más largas de tus apuntes, títulos y etiquetas, el"
                    + " archivo contiene \(found)"),
        ]
        let loose = readable(in: world.work)
        if !loose.isEmpty {
            let names = loose.prefix(8).joined(separator: ", ")
            let more = loose.count > 8 ? ", …" : ""
            lines.append(
                Text(
                    en: "READS what lies outside the vault, \(loose.count) files: \(names)\(more)",
                    es:
                        "LEE lo que está fuera de la bóveda, \(loose.count) archivos: \(names)\(more)"
                ))
        }
        let tickets = try Tickets(Home(world.home), files).all()
        for ticket in tickets {
            lines.append(
                Text(
                    en:
                        "sees that there is a plan '\(ticket.label)', when you owe a check-in, and that"
                        + " this machine watches it",
                    es:
                        "ve que hay un plan «\(ticket.label)», cuándo debes reportarte y que lo vigila"
                        + " este equipo"))
        }
        if invocation.hasSession(try VaultFile(path).id) {
            lines.append(
                Text(
                    en: "FINDS THE VAULT OPEN: lock it before you leave the table (amparo close)",
                    es: "ENCUENTRA LA BÓVEDA ABIERTA: ciérrala antes de levantarte (amparo close)"))
        }
        if let history = try? files.read(world.history, limit: 1 << 20), !history.isEmpty {
            let count = history.split(separator: UInt8(ascii: "\n")).count
            lines.append(
                Text(
                    en: "READS the \(count) commands in your terminal's history, titles included",
                    es:
                        "LEE los \(count) comandos del historial de tu terminal, con los títulos que"
                        + " escribiste"))
        }
        lines.append(
            Text(
                en: "does not have the passphrase, and guesses at it as long as he likes",
                es: "no tiene la frase de contraseña, y puede tratar de adivinarla cuanto quiera"))
        return lines
    }

    /// Names of files that anybody with the disk reads: neither sealed nor a vault.
    private func readable(in folder: String, under prefix: String = "") -> [String] {
        ((try? files.list(folder)) ?? []).flatMap { name -> [String] in
            let path = Path.join(folder, name)
            switch ((try? files.linkStatus(path)) ?? nil)?.kind {
            case .directory: return readable(in: path, under: prefix + name + "/")
            case .regular:
                let bytes = (try? files.read(path, limit: Self.limit)) ?? []
                let isSealed =
                    ["age-encryption.org/v1", "-----BEGIN AGE", "SQLite format 3"].contains {
                        bytes.starts(with: Array($0.utf8))
                    }
                let isOurs = name == PracticeWorld.markName || name == "config"
                return isSealed || isOurs ? [] : [prefix + name]
            default: return []
            }
        }
    }

    // MARK: The border

    /// The first time a copy is taken; from then on two can be compared.
    func border() throws -> [Text] {
        let current = try files.read(Home(world.home).vault, limit: Self.limit)
        let path = world.copies + "/border.db"
        guard let earlier = try files.readIfPresent(path, limit: Self.limit) else {
            try files.create(path, with: current)
            return [
                Text(
                    en:
                        "has copied the vault now; write something, then look again to compare the two",
                    es:
                        "acaba de copiar la bóveda; escribe algo y vuelve a mirar para comparar las dos"
                )
            ]
        }
        let page = 4_096
        let changed = stride(from: 0, to: min(earlier.count, current.count), by: page).count {
            earlier[$0..<min($0 + page, earlier.count)]
                != current[$0..<min($0 + page, min(earlier.count, current.count))]
        }
        let grown = max(0, current.count - earlier.count)
        let (plus, share) = (grown >> 10, grown / page)
        return [
            Text(
                en:
                    "sees that it grew by \(plus) KiB (\(share) cells) and that \(changed) old pages"
                    + " changed",
                es:
                    "ve que creció \(plus) KiB (\(share) celdas) y que cambiaron \(changed) páginas de"
                    + " antes"),
            Text(
                en:
                    "every use adds cells, reading too, and some of them are noise: which are notes,"
                    + " which are visits, which are nothing cannot be told apart",
                es:
                    "cada uso agrega celdas, también leer, y algunas son relleno: no se distingue cuáles"
                    + " son apuntes, cuáles visitas y cuáles nada"),
            Text(
                en: "knows that you used it in between: with two copies that cannot be denied",
                es: "sabe que la usaste entre una y otra: con dos copias eso no se puede negar"),
        ]
    }

    // MARK: The relay

    func relay() throws -> [Text] {
        guard let plan = plans.last(where: { $0.stage != .ended }) else {
            return [
                Text(
                    en: "sees nothing: there is no plan yet (lesson 12)",
                    es: "no ve nada: todavía no hay ningún plan (lección 12)")
            ]
        }
        let names = plan.tiers.flatMap(\.contacts)
        let addresses = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            return names.flatMap { (try? keyring.person(named: $0))?.addresses("email") ?? [] }
        }
        let who = (names + addresses).joined(separator: ", ")
        var lines = [
            Text(
                en:
                    "would see the plan's hours, how you are called (\(plan.alias)), and whom to tell:"
                    + " \(who)",
                es:
                    "vería las horas del plan, cómo te llaman (\(plan.alias)) y a quién avisar: \(who)"
            ),
            Text(
                en: "would see the alert's words, when each check-in came, and from when none came",
                es:
                    "vería las palabras de la alerta, cuándo llegó cada reporte y desde cuándo no llega"
            ),
        ]
        for sheet in plan.sheets {
            let size = SheetWriter.byteCount(of: sheets[sheet.note] ?? 0)
            lines.append(
                Text(
                    en:
                        "of the sheet '\(sheet.name)' only about how long it is, rounded: \(size) bytes."
                        + " Not one word of it",
                    es:
                        "de la hoja «\(sheet.name)», solo cuánto mide, redondeado: \(size) bytes. Ni una"
                        + " palabra"))
        }
        lines.append(
            Text(
                en:
                    "would not see the vault, the code or any key. This plan is watched by this machine"
                    + " alone: today there is no relay to see even that",
                es: "no vería la bóveda, el código ni ninguna llave. Este plan lo vigila solo este"
                    + " equipo: hoy no hay relevo que vea ni eso"))
        return lines
    }

    // MARK: The network

    func network() -> [Text] {
        var lines: [Text] = []
        for channel in channels {
            guard let address = try? ChannelAddress(parsing: channel.url) else { continue }
            let here = address.staysHere
            lines.append(
                here
                    ? Text(
                        en:
                            "sees nothing of the channel '\(channel.name)': it stays on this machine",
                        es: "no ve nada del canal «\(channel.name)»: se queda en este equipo")
                    : Text(
                        en: "would see that you speak to the server of '\(channel.name)', and when",
                        es: "vería que hablas con el servidor de «\(channel.name)», y cuándo"))
        }
        lines += [
            Text(
                en:
                    "notes, files and keys send nothing at all: with the cable pulled all of it works",
                es: "los apuntes, archivos y llaves no mandan nada: con el cable desconectado todo"
                    + " funciona igual"),
            Text(
                en:
                    "in life, with a mail channel, sees to which server you speak, when and how much;"
                    + " not the words",
                es:
                    "en la vida, con un canal de correo, ve con qué servidor hablas, cuándo y cuánto; no"
                    + " las palabras"),
        ]
        return lines
    }
}
