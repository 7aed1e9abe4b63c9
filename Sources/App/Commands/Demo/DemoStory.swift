internal import CommandLineKit
internal import Dispatch
internal import Platform
internal import Wording

/// The five scenes. Each runs real commands and shows what they really answered.
struct DemoStory {
    private let stage: DemoStage
    private let ana = DemoStage.Person(name: "ana", passphrase: Array("ana de prueba".utf8))
    private let laura = DemoStage.Person(name: "laura", passphrase: Array("laura de prueba".utf8))
    private var note = ""
    private var code: [UInt8] = []
    private(set) var watcher: DemoWatcher?

    /// What Ana's source told her; both languages, as notes are written in one.
    private let body = Text(
        en: """
            The watchman saw three boats unload at pier 7, without lights.
            The manifest said furniture. Ask Ramírez who signed it.

            """,
        es: """
            El velador vio descargar tres lanchas en el muelle 7, sin luces.
            El manifiesto decía muebles. Preguntar a Ramírez quién lo firmó.

            """)
    private let title = Text(en: "Interview at the harbour", es: "Entrevista en el puerto")
    private let word = Text(en: "pier", es: "muelle")
    private let route = Text(
        en: "Xalapa to Veracruz by bus, back before dark. Hotel Mar, room 12.\n",
        es:
            "De Xalapa a Veracruz en camión, regreso antes de que oscurezca. Hotel Mar, cuarto 12.\n"
    )

    init(_ stage: DemoStage) { self.stage = stage }

    private func said(_ text: Text) -> String { text(stage.invocation.language) }

    // MARK: 1

    mutating func write() throws {
        try stage.open(1, Text(en: "Ana writes", es: "Ana escribe"))
        // The weakest key derivation there is, so that nobody waits: this vault guards nothing.
        try stage.run(["init", "--kdf-memory", "64"], by: ana)
        let file = Text(en: "notes.txt", es: "apuntes.txt")
        try stage.show(
            "amparo note new --title \"\(said(title))\" --tag veracruz < \(said(file))", by: ana)
        note = try stage.run(
            ["note", "new", "--title", said(title), "--tag", "veracruz"], by: ana,
            input: Array(said(body).utf8)
        ).trimmedLine
        try stage.quote(note)
        try stage.show("amparo note find \(said(word))", by: ana)
        try stage.quote(try stage.run(["note", "find", said(word)], by: ana))
    }

    // MARK: 2

    func thief() throws {
        try stage.open(
            2,
            Text(
                en: "What a thief sees who takes the laptop",
                es: "Lo que ve un ladrón que se lleva el equipo"))
        let files = stage.invocation.world.files
        let path = Path.join(stage.home(of: ana), "vault.db")
        let bytes = try files.read(path, limit: 64 << 20)
        try stage.tell(
            Text(
                en: "One file of \(bytes.count) bytes. From its middle:",
                es: "Un archivo de \(bytes.count) bytes. De en medio:"))
        // Well inside a page of the file, where the cells lie.
        let start = bytes.count / 8_192 * 4_096 + 1_024
        for line in 0..<4 {
            let row = bytes.dropFirst(start + line * 16).prefix(16)
            let digits = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            let letters = row.map {
                (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "."
            }
            try stage.quote(digits.joined(separator: " ") + "  " + String(letters))
        }
        let words = Set((said(title) + " " + said(body) + " veracruz").split { !$0.isLetter })
            .filter { $0.utf8.count >= 4 }
        let found = words.filter { bytes.contains(Array($0.utf8)) }
        try stage.tell(
            Text(
                en: "Of the \(words.count) longer words of the note, title and tag, the file "
                    + "contains \(found.count).",
                es: "De las \(words.count) palabras más largas del apunte, título y etiqueta, el "
                    + "archivo contiene \(found.count)."))
        try stage.tell(
            Text(
                en: "It does show: that Ana uses Amparo, the file's size, and when she last used "
                    + "it. And a passphrase that is easy to guess protects nothing.",
                es:
                    "Sí se ve: que Ana usa Amparo, el tamaño del archivo y cuándo lo usó por última "
                    + "vez. Y una frase de contraseña fácil de adivinar no protege nada."))
    }

    // MARK: 3

    func editor() throws {
        try stage.open(3, Text(en: "The editor opens", es: "La editora abre"))
        try stage.run(["init", "--kdf-memory", "64"], by: laura)
        let recipient = try stage.run(["key", "show", "me"], by: laura).trimmedLine
        try stage.show("amparo contact add laura --recipient \(recipient.prefix(12))…", by: ana)
        try stage.run(["contact", "add", "laura", "--recipient", recipient], by: ana)

        let plain = stage.path(said(Text(en: "report.txt", es: "informe.txt")))
        let sealed = plain + ".age"
        let name = Path.name(of: plain)
        try stage.invocation.world.files.create(plain, with: Array(said(body).utf8))
        try stage.show("amparo encrypt -r laura -r me -o \(name).age \(name)", by: ana)
        try stage.run(["encrypt", "-r", "laura", "-r", "me", "-o", sealed, plain], by: ana)
        let size = try stage.invocation.world.files.status(sealed)?.byteCount ?? 0
        try stage.quote("\(name).age: \(size) bytes")
        try stage.show("amparo decrypt -o - \(name).age", by: laura)
        try stage.quote(try stage.run(["decrypt", sealed], by: laura))
        try stage.tell(
            Text(
                en: "The file is in the age format: Laura does not need Amparo, any age program "
                    + "opens it.",
                es: "El archivo está en formato age: Laura no necesita Amparo, cualquier programa "
                    + "age lo abre."))
    }
}

extension DemoStory {
    // MARK: 4

    mutating func silence() throws {
        try stage.open(
            4, Text(en: "Silence, and what Laura reads", es: "Silencio, y lo que lee Laura"))
        let files = stage.invocation.world.files
        let inbox = stage.path("inbox")
        try files.createDirectory(inbox)
        let sheet = try stage.run(
            ["note", "new", "--title", said(Text(en: "Route", es: "Ruta"))], by: ana,
            input: Array(said(route).utf8)
        ).trimmedLine
        try stage.run(["channel", "add", "redaccion", "file:\(inbox)"], by: ana)

        try stage.tell(
            Text(
                en: "Ana promises to report. In life every few hours; here every 6 seconds.",
                es: "Ana promete reportarse. En la vida, cada varias horas; aquí, cada 6 segundos.")
        )
        let sheetName = said(Text(en: "itinerary", es: "itinerario"))
        let options = [
            "checkin", "plan", "new", "xalapa", "--every", "6s", "--grace", "2s", "--zone",
            "America/Mexico_City", "--alias", "Ana", "--place", "Xalapa", "--tier", "0m:laura",
            "--sheet", "\(sheetName)=\(sheet)", "--yes",
        ]
        try stage.show(
            "amparo checkin plan new xalapa --every 6s --grace 2s --tier 0m:laura \\\n"
                + "    --sheet \(sheetName)=\(sheet.prefix(8)) --alias Ana --place Xalapa \\\n"
                + "    --zone America/Mexico_City --yes", by: ana)
        code = Array(
            try stage.run(options + ["--json"], by: ana).value(ofJSON: "code").utf8)
        try stage.quote(
            said(Text(en: "code to report in: ", es: "código para reportarse: "))
                + String(decoding: code, as: UTF8.self))

        try stage.show("amparo watch &", by: ana)
        guard let watcher = DemoWatcher(stage, ana) else { throw FileError.system(11) }
        self.watcher = watcher
        let socket = Path.join(stage.home(of: ana), "watch.sock")
        try DemoWatcher.wait(.seconds(30)) { try files.exists(socket) ? () : nil }
        try stage.show("amparo checkin plan arm xalapa --untested", by: ana)
        try stage.quote(
            try stage.run(["checkin", "plan", "arm", "xalapa", "--untested"], by: ana))

        try stage.tell(
            Text(
                en: "Ana does not report. Nobody touches anything…",
                es: "Ana no se reporta. Nadie toca nada…"))
        let alert = try mail(number: 1, in: inbox)
        try show(alert)
        guard let attachment = alert.attachments.first else { return }
        let sealed = stage.path(attachment.name)
        try files.create(sealed, with: attachment.bytes)
        try stage.show("amparo decrypt -o - \(attachment.name)", by: laura)
        try stage.quote(try stage.run(["decrypt", sealed], by: laura).withoutPadding)
    }

    // MARK: 5

    func allClear() throws {
        try stage.open(
            5, Text(en: "The all-clear", es: "El aviso de que está bien"),
            after: Text(en: "\n[Enter: Ana reports in]", es: "\n[Enter: Ana se reporta]"))
        try stage.show("amparo ok", by: ana)
        try stage.quote(try stage.run(["ok"], by: ana, code: code))
        try show(try mail(number: 2, in: stage.path("inbox")))
    }

    /// Laura's mails, oldest first, once there are `count`.
    private func mail(number count: Int, in inbox: String) throws -> MailReading {
        let files = stage.invocation.world.files
        let folder = Path.join(inbox, "laura/new")
        return try DemoWatcher.wait(.seconds(60)) {
            guard try files.exists(folder) else { return nil }
            let names = try files.list(folder).filter { !$0.hasPrefix(".") }
            guard names.count >= count, let name = names.last else { return nil }
            return MailReading(parsing: try files.read(Path.join(folder, name), limit: 1 << 20))
        }
    }

    private func show(_ mail: MailReading) throws {
        try stage.tell(Text(en: "In Laura's inbox:", es: "En el buzón de Laura:"))
        // A mail says everything in both languages; one is enough for the room.
        let lines = mail.text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines.prefix { !$0.hasPrefix("----") }
        try stage.quote(mail.subject + "\n\n" + first.joined(separator: "\n"))
        for attachment in mail.attachments {
            try stage.quote("[\(attachment.name), \(attachment.bytes.count) bytes]")
        }
    }
}

extension String {
    fileprivate var trimmedLine: String { String(prefix { $0 != "\n" }) }

    /// A text value of an object that we wrote ourselves a moment ago.
    fileprivate func value(ofJSON key: String) -> String {
        let mark = "\"\(key)\":\""
        guard let start = ranges(of: mark).first?.upperBound else { return "" }
        return String(self[start...].prefix { $0 != "\"" })
    }

    /// Sheets end in spaces that hide their length.
    fileprivate var withoutPadding: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension [UInt8] {
    fileprivate func contains(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        return indices.dropLast(needle.count - 1).contains { start in
            self[start] == first && self[start..<start + needle.count].elementsEqual(needle)
        }
    }
}
