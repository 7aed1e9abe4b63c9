internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Encoding
internal import Platform
internal import Wording

/// `amparo practice inbox`: what the people of the practice world were told, as they would read it.
enum PracticeInbox {
    static let command = Command(
        "inbox", spanish: ["buzón", "buzon", "correo"],
        Text(
            en: "Read what the invented people were sent",
            es: "Lee lo que les llegó a las personas inventadas"),
        why: Text(
            en: """
                What your plans and tests sent in the practice lies in a folder of this machine and went \
                nowhere. Without a name it lists everything; with one it shows that person's newest \
                message. In life each of them sees only her own, on her own telephone.
                """,
            es: """
                Lo que mandaron tus planes y pruebas en la práctica está en una carpeta de este equipo y \
                no salió de él. Sin nombre lo lista todo; con un nombre muestra lo último que le llegó a \
                esa persona. En la vida cada quien ve solo lo suyo, en su propio teléfono.
                """),
        options: [
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "write its sealed sheet into this new file",
                    es: "escribe su hoja sellada en este archivo nuevo"))
        ],
        arguments: [
            Argument(
                "CONTACT", .optional,
                Text(en: "Whose; a list if left out", es: "De quién; si lo omites, la lista"))
        ],
        examples: ["amparo practice inbox", "amparo practice inbox laura -o hoja.age"]
    ) { invocation in
        let world = try PracticeCommands.world(invocation)
        let inbox = PracticeMail(world, invocation.world.files)
        guard let name = invocation.argument("CONTACT") else { return try list(inbox, invocation) }
        let mails = inbox.mails(to: name.lowercased())
        guard let newest = mails.last else {
            let people = inbox.people.joined(separator: ", ")
            throw Failure(
                .failed,
                Text(
                    en: "nothing has reached '\(name)'", es: "a «\(name)» no le ha llegado nada"),
                hint: people.isEmpty
                    ? Text(
                        en: "let some hours pass: amparo practice clock --skip 2h",
                        es: "deja pasar unas horas: amparo practice clock --skip 2h")
                    : Text(
                        en: "something has reached: \(people)", es: "les llegó algo a: \(people)"))
        }
        if let output = invocation.value("output") {
            // Before anything is shown: a script wants the file.
            guard
                let sheet = mails.last(where: { !$0.reading.attachments.isEmpty })?
                    .reading.attachments.first
            else {
                throw Failure(
                    .failed,
                    Text(
                        en: "no message to \(name) carries a sealed sheet",
                        es: "ningún mensaje para \(name) lleva una hoja sellada"))
            }
            let file = try invocation.newFile(output)
            try invocation.write(sheet.bytes, to: file, output)
        }
        if invocation.json { return try invocation.printJSON(json(name.lowercased(), newest)) }
        try invocation.print(newest.reading.subject)
        try invocation.print()
        for line in newest.words {
            try invocation.print(invocation.filled(line, on: .output))
        }
        for sheet in newest.reading.attachments {
            try invocation.print(Text(verbatim: "+ \(sheet.name)"))
        }
    }

    private static func list(_ inbox: PracticeMail, _ invocation: Invocation) throws {
        let all = inbox.people.flatMap { person in inbox.mails(to: person).map { (person, $0) } }
            .sorted { $0.1.time < $1.1.time }
        if invocation.json {
            return try invocation.printJSON(["mails": .list(all.map { json($0, $1) })])
        }
        guard !all.isEmpty else {
            return invocation.say(
                Text(en: "nothing has reached anybody yet", es: "todavía no le llega nada a nadie"))
        }
        let time = LocalTime(invocation.world)
        try invocation.print(
            columns: all.map { [time.text($1.time), $0, $1.reading.subject] })
    }

    private static func json(_ person: String, _ mail: PracticeMail.Mail) -> JSON {
        [
            "contact": .text(person), "time": .time(mail.time),
            "subject": .text(mail.reading.subject), "text": .text(mail.reading.text),
            "attachments": .list(mail.reading.attachments.map(\.name)),
        ]
    }
}

/// The folders in which the messages of a practice world lie.
struct PracticeMail {
    struct Mail {
        let time: Instant
        let reading: MailReading

        /// In the contact's language: the same follows in the other one, below a line.
        var words: [String] {
            let lines = reading.text.split(separator: "\n", omittingEmptySubsequences: false)
            let first = lines.prefix { !$0.hasPrefix("-----") }.map(String.init)
            return first.suffix(from: first.firstIndex { !$0.isEmpty } ?? 0)
                .reversed().drop { $0.isEmpty }.reversed()
        }
    }

    private static let limit = 64 << 20
    private let folder: String
    private let files: any FileSystem

    init(_ world: PracticeWorld, _ files: any FileSystem) {
        self.files = files
        // Named in the language in which the world was made.
        folder = world.inbox(world.language(files) ?? .english)
    }

    /// Who has been sent anything.
    var people: [String] { ((try? files.list(folder)) ?? []).filter { !mails(to: $0).isEmpty } }

    /// Oldest first.
    func mails(to contact: String) -> [Mail] {
        let inbox = Path.join(Path.join(folder, contact), "new")
        return ((try? files.list(inbox)) ?? []).compactMap { name -> Mail? in
            guard let time = Int64(name.prefix { $0 != "." }),
                let bytes = try? files.read(Path.join(inbox, name), limit: Self.limit),
                let reading = MailReading(parsing: bytes)
            else { return nil }
            return Mail(time: Instant(milliseconds: time), reading: reading)
        }.sorted { $0.time < $1.time }
    }
}
