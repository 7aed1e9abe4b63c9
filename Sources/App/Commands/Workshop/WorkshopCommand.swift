internal import CommandLineKit
internal import Encoding
internal import Platform
internal import Primitives
internal import Wording

/// `amparo workshop kit`: a folder for a USB stick, with the program, the handouts and the agendas.
enum WorkshopCommand {
    static let command = Command(
        "workshop", spanish: ["taller"],
        Text(en: "Give a workshop", es: "Da un taller"), why: why, subcommands: [kit])

    private static let why = Text(
        en: """
            The kit works without network and without administrator rights: one program that needs \
            no other, a script that copies it to the machine, pages to print and agendas. It keeps \
            no list of who came and sends nothing. It is for 64-bit Linux and live sticks; whoever \
            has Windows or only a phone gets the pages on paper. Whoever finds the stick sees that \
            there was a workshop: keep nothing of your own on it.
            """,
        es: """
            El kit sirve sin red y sin permisos de administración: un programa que no necesita \
            otros, un script que lo copia al equipo, hojas para imprimir y agendas. No lleva lista \
            de quién vino ni envía nada. Es para Linux de 64 bits y memorias vivas; quien trae \
            Windows o solo celular recibe las hojas en papel. Quien encuentre la memoria sabe que \
            hubo un taller: no guardes en ella nada tuyo.
            """)

    private static let kit = Command(
        "kit", spanish: ["paquete", "memoria"],
        Text(
            en: "Write everything for a workshop into a folder for a USB stick",
            es: "Escribe todo lo de un taller en una carpeta para una memoria USB"),
        why: why,
        options: [
            .value(
                "participants", "N", spanish: ["participantes"],
                Text(
                    en: "how many cards to print, 1 to 200; 20 if left out",
                    es: "cuántas tarjetas imprimir, de 1 a 200; 20, si lo omites")),
            .value(
                "program", "FILE", spanish: ["programa"],
                Text(
                    en: "the static amparo to put in, if this one is not",
                    es: "el amparo estático que va dentro, si este no lo es")),
        ],
        arguments: [
            Argument(
                "DIR",
                Text(
                    en: "A folder that does not exist yet, such as /media/usb/amparo",
                    es: "Una carpeta que todavía no existe, por ejemplo /media/usb/amparo"))
        ],
        examples: ["amparo workshop kit /media/usb/amparo --participants 20 --lang es"]
    ) { invocation in
        let folder = invocation.argument("DIR") ?? ""
        let count = try participants(invocation)
        let programs = try programs(invocation)
        let files = KitFiles(invocation.language, participants: count).all
        let kit = try failing(folder) { () throws(FileError) in
            try invocation.world.files.newFolder(folder)
        }
        var byteCount = 0
        var sums = ""
        for (name, bytes, isProgram) in programs + files {
            try Interrupts.check()
            let parts = name.split(separator: "/").map(String.init)
            let file = try failing(folder) { () throws(FileError) in
                try kit.createFile(parts, isProgram: isProgram)
            }
            try file.write(bytes.span)
            byteCount += bytes.count
            sums += Hex.encode(SHA256.hash(bytes.span)) + "  " + name + "\n"
        }
        let list = try failing(folder) { () throws(FileError) in
            try kit.createFile(["SHA256SUMS"], isProgram: false)
        }
        try list.write(Array(sums.utf8).span)
        try failing(folder) { () throws(FileError) in try kit.commit(only: nil) }
        if invocation.json {
            return try invocation.printJSON([
                "folder": .text(folder), "files": .number(Int64(programs.count + files.count + 1)),
                "bytes": .number(Int64(byteCount + sums.utf8.count)),
                "participants": .number(Int64(count)),
            ])
        }
        try invocation.print(folder)
        let size = Quantity.bytes(UInt64(byteCount))
        invocation.say(
            Text(
                en: "\(size), for 64-bit Linux without network or rights. Begin there with: sh"
                    + " start.sh",
                es: "\(size), para Linux de 64 bits, sin red ni permisos. Ahí se empieza con: sh"
                    + " start.sh"))
    }

    private static func participants(_ invocation: Invocation) throws -> Int {
        guard let text = invocation.value("participants") else { return 20 }
        guard let count = Int(text), (1...200).contains(count) else {
            throw Failure(
                .usage,
                Text(
                    en: "--participants cannot be '\(text)'",
                    es: "--participants no puede ser «\(text)»"),
                hint: Text(
                    en: "write a number from 1 to 200", es: "escribe un número de 1 a 200"))
        }
        return count
    }

    /// The program and its courier, both needing nothing of the machine they will run on.
    private static func programs(_ invocation: Invocation) throws -> [KitFiles.File] {
        let files = invocation.world.files
        guard let own = invocation.value("program") ?? ChildProcess.ownPath else { throw notStatic }
        let program = try failing(own) { () throws(FileError) in
            try files.read(own, limit: ProgramImage.limit)
        }
        let courierPath = Path.join(Path.directory(of: own), "amparo-courier")
        let courier = try? files.read(courierPath, limit: ProgramImage.limit)
        guard ProgramImage.isStatic(program) else { throw notStatic }
        guard let courier, ProgramImage.isStatic(courier) else {
            throw Failure(
                .failed,
                Text(
                    en: "\(courierPath) is missing or not static: alerts could not be practised",
                    es: "falta \(courierPath) o no es estático: no se podrían practicar alertas"),
                hint: make)
        }
        return [
            ("program/amparo", program, true), ("program/amparo-courier", courier, true),
        ]
    }

    private static let notStatic = Failure(
        .refused,
        Text(
            en: "this program needs libraries that the workshop's machines may not have",
            es: "este programa necesita bibliotecas que los equipos del taller quizá no tengan"),
        hint: make)

    private static let make = Text(
        en:
            "make one that needs none, in Amparo's source: make kit; then --program .build/kit/amparo",
        es: "haz uno que no las necesite, en el código de Amparo: make kit; luego --program"
            + " .build/kit/amparo")
}
