internal import CommandLineKit
internal import Keyring
internal import Platform
internal import QR
internal import Vault
internal import Wording

/// `amparo key qr`: a public key as a picture that a telephone reads.
enum KeyQR {
    static let command = Command(
        "qr",
        Text(
            en: "Show a public key as a QR code", es: "Muestra una llave pública como código QR"),
        why: Text(
            en: """
                The code holds the public half alone, letter by letter: any telephone reads it, and \
                age takes what comes out. Nothing in it is secret. Whoever prints it could print \
                another one over it: compare the six words of amparo key sheet.
                """,
            es: """
                El código lleva solo la parte pública, letra por letra: cualquier teléfono lo lee y \
                age acepta lo que sale. No tiene nada secreto. Quien lo imprime podría poner otro \
                encima: compara las seis palabras de amparo key sheet.
                """),
        options: [KeyCommands.signing, QRPicture.output], arguments: [KeyCommands.name],
        examples: ["amparo key qr me", "amparo key qr me -o me.png"]
    ) { invocation in
        let target = try QRPicture.Target(invocation)
        let key = try invocation.withVault { vault in
            try OwnKey(invocation, in: Keyring(vault)).text
        }
        try QRPicture.deliver(Array(key.utf8), to: target, invocation)
    }
}

/// A QR code on the terminal, or in a picture file.
enum QRPicture {
    static let output = Option.value(
        "output", short: "o", "OUT", spanish: ["salida"],
        Text(
            en: "into this new file: .png, or .svg to print it large",
            es: "en este archivo nuevo: .png, o .svg para imprimirlo grande"))

    /// Where it goes, reserved before anybody types a passphrase.
    struct Target {
        let path: String?
        let file: (any OutputFile)?

        init(_ invocation: Invocation) throws {
            let chosen = invocation.value("output")
            path = chosen == "-" ? nil : chosen
            file = try path.map { try invocation.newFile($0) }
        }
    }

    static func deliver(
        _ bytes: [UInt8], to target: Target, _ invocation: Invocation
    ) throws {
        let code = try QRCode(bytes)
        guard let path = target.path, let file = target.file else {
            return try show(code, invocation)
        }
        try invocation.write(
            path.lowercased().hasSuffix(".svg") ? Array((code.svg + "\n").utf8) : code.png(),
            to: file, path)
        try invocation.print(path)
    }

    private static func show(_ code: QRCode, _ invocation: Invocation) throws {
        let terminal = invocation.world.terminal
        let isShown = terminal.isTerminal(.output)
        let columns = code.width + 2 * QRCode.quietZone
        if isShown, let width = terminal.width, width < columns {
            throw Failure(
                .failed,
                Text(
                    en: "the QR code needs \(columns) columns, and this terminal has \(width)",
                    es: "el código QR ocupa \(columns) columnas y esta terminal tiene \(width)"),
                hint: Text(
                    en: "make the window wider, or save a picture with -o FILE.png",
                    es: "agranda la ventana o guarda una imagen con -o ARCHIVO.png"))
        }
        try invocation.world.standardOutput.write(
            lines(code, invocation).map { $0 + "\n" }.joined())
    }

    /// In colours where there are some, so that light ground does not turn it inside out.
    static func lines(_ code: QRCode, _ invocation: Invocation) -> [String] {
        let environment = invocation.world.environment
        let coloured =
            invocation.world.terminal.isTerminal(.output) && !invocation.flag("no-color")
            && !invocation.plain && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb" && environment["TERM"] != nil
        return code.lines(coloured: coloured)
    }
}

extension Invocation {
    /// Fills a reserved file and gives it its name.
    func write(_ bytes: [UInt8], to file: any OutputFile, _ path: String) throws {
        try failing(path) { () throws(FileError) in
            do throws(StreamError) { try file.write(bytes.span) } catch { throw FileError(error) }
            try file.commit()
        }
    }
}
