internal import Age
internal import AgeFormat
internal import Bundles
internal import CommandLineKit
internal import Platform
internal import Wording

/// `amparo inspect`: what a file shows to anybody who has it.
enum InspectCommand {
    static let command = Command(
        "inspect", spanish: ["inspeccionar", "inspecciona", "examinar"],
        Text(
            en: "Show what a file is and what it tells to strangers",
            es: "Muestra qué es un archivo y qué le dice a un extraño"),
        why: Text(
            en: """
                Needs no key and tells no more than anybody can see who has the file: what it is, \
                how many could open it and with what kind of key, and how long the text is. Who \
                they are is not in it, unless an SSH key is among them.
                """,
            es: """
                No necesita llave y no dice más de lo que ve cualquiera que tenga el archivo: qué \
                es, cuántos pueden abrirlo y con qué tipo de llave, y cuánto mide el texto. \
                Quiénes son no aparece, salvo que haya una llave de SSH.
                """),
        arguments: [Argument("FILE", Text(en: "any file", es: "cualquier archivo"))],
        examples: ["amparo inspect report.pdf.age", "amparo inspect --json report.pdf.age"]
    ) { invocation in try run(invocation) }

    private static func run(_ invocation: Invocation) throws {
        let path = invocation.argument("FILE")
        let input = try FileInput(path, invocation)
        let found: Found
        do throws(AgeError) {
            let sealed = try SealedFile(reading: input)
            let length: Int?
            if sealed.form == .binary, let total = input.status, total.kind == .regular {
                length = SealedFile.plainByteCount(
                    afterHeader: total.byteCount - sealed.headerByteCount)
            } else {
                length = try sealed.measure()
            }
            found = Found(sealed, plainByteCount: length)
        } catch {
            input.finish()
            guard let foreigner = Foreigner(firstBytes: input.firstBytes) else {
                throw error.failure(
                    input: input.name, output: "stdout", first: input.firstBytes)
            }
            return try show(foreigner, input.name, invocation)
        }
        input.finish()
        try invocation.json
            ? invocation.printJSON(found.json(input.name)) : found.show(input.name, invocation)
        guard found.plainByteCount != nil else {
            throw Failure(
                .damaged,
                Text(
                    en: "\(input.name) is damaged: no whole file has this length",
                    es: "\(input.name) está dañado: ningún archivo completo mide eso"),
                hint: Text(en: "ask for the file again", es: "pide el archivo otra vez"))
        }
    }

    private static func show(
        _ foreigner: Foreigner, _ name: String, _ invocation: Invocation
    ) throws {
        let words = foreigner.hint
        guard invocation.json else {
            return try invocation.print(
                Text(en: "\(name): \(words.en)", es: "\(name): \(words.es)"))
        }
        try invocation.printJSON([
            "file": .text(name), "format": .text("\(foreigner)"),
            "description": .text(words(invocation.language)),
        ])
    }

    /// What the outside of an age file says.
    private struct Found {
        let form: FileForm
        let stanzas: [Stanza]
        let headerByteCount: Int
        let plainByteCount: Int?

        init(_ sealed: SealedFile, plainByteCount: Int?) {
            form = sealed.form
            stanzas = sealed.stanzas
            headerByteCount = sealed.headerByteCount
            self.plainByteCount = plainByteCount
        }

        /// Kinds in the order of their first stanza, with how many there are.
        var kinds: [(type: String, count: Int)] {
            var kinds: [(type: String, count: Int)] = []
            for stanza in stanzas {
                if let place = kinds.firstIndex(where: { $0.type == stanza.type }) {
                    kinds[place].count += 1
                } else {
                    kinds.append((stanza.type, 1))
                }
            }
            return kinds
        }

        var workFactor: Int? {
            guard let stanza = stanzas.first, stanza.type == "scrypt", stanza.arguments.count == 2
            else { return nil }
            return Int(stanza.arguments[1])
        }

        /// A length of a whole tar that was padded, or by chance.
        var looksPadded: Bool {
            guard let count = plainByteCount, count > 0, count % 512 == 0 else { return false }
            return Padme.length(count) == count
        }

        func json(_ name: String) -> JSON {
            [
                "file": .text(name), "format": "age", "version": 1,
                "armored": .bool(form == .armored),
                "recipients": .list(
                    kinds.map { ["kind": .text($0.type), "count": .number(Int64($0.count))] }),
                "work_factor": workFactor.map { .number(Int64($0)) } ?? .null,
                "header_bytes": .number(Int64(headerByteCount)),
                "plaintext_bytes": plainByteCount.map { .number(Int64($0)) } ?? .null,
                "padded": .bool(looksPadded),
            ]
        }

        func show(_ name: String, _ invocation: Invocation) throws {
            try invocation.print(
                form == .armored
                    ? Text(
                        en: "\(name): an encrypted file (age version 1, as text)",
                        es: "\(name): un archivo cifrado (age versión 1, como texto)")
                    : Text(
                        en: "\(name): an encrypted file (age version 1)",
                        es: "\(name): un archivo cifrado (age versión 1)"))
            for kind in kinds { try invocation.print(opener(kind.type, kind.count)) }
            if let count = plainByteCount {
                try invocation.print(
                    Text(
                        en: "Inside: exactly \(count) bytes"
                            + (looksPadded ? ", perhaps padded" : ""),
                        es: "Dentro: exactamente \(count) bytes"
                            + (looksPadded ? ", quizá rellenado" : "")))
            }
            try invocation.print(
                Text(
                    en: "It tells strangers: its name and date, this length, how many can open it",
                    es: "Le dice a un extraño: nombre y fecha, este tamaño, cuántos lo abren"))
            if stanzas.contains(where: { $0.type == "ssh-ed25519" || $0.type == "ssh-rsa" }) {
                try invocation.print(
                    Text(
                        en: "It also tells which SSH keys: whoever has the public keys can compare",
                        es: "También dice cuáles llaves de SSH: quien tenga las públicas compara"))
            }
        }

        private func opener(_ type: String, _ count: Int) -> Text {
            let many = count != 1
            switch type {
            case "X25519":
                return Text(
                    en: many ? "Opens with: any of \(count) age keys" : "Opens with: one age key",
                    es: many
                        ? "Lo abre: cualquiera de \(count) llaves de age"
                        : "Lo abre: una llave de age")
            case "mlkem768x25519":
                return Text(
                    en: many
                        ? "Opens with: any of \(count) post-quantum age keys"
                        : "Opens with: one post-quantum age key",
                    es: many
                        ? "Lo abre: cualquiera de \(count) llaves poscuánticas de age"
                        : "Lo abre: una llave poscuántica de age")
            case "scrypt":
                let cost = workFactor.map { " (2^\($0))" } ?? ""
                return Text(
                    en: "Opens with: a passphrase\(cost)",
                    es: "Lo abre: una frase de contraseña\(cost)")
            case "ssh-ed25519", "ssh-rsa":
                return Text(
                    en: many ? "Opens with: any of \(count) SSH keys" : "Opens with: one SSH key",
                    es: many
                        ? "Lo abre: cualquiera de \(count) llaves de SSH"
                        : "Lo abre: una llave de SSH")
            default:
                return Text(
                    en: "Opens perhaps with: \(count) of a kind not known here (\(type))",
                    es: "Quizá lo abre: \(count) de un tipo que aquí no se conoce (\(type))")
            }
        }
    }
}
