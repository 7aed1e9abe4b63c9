internal import CommandLineKit
internal import Platform
internal import Wording

/// How to open one file with `age` alone, for somebody who has never heard of this program: a plain
/// text in both languages, beside the file. Says nothing about who made it or for whom.
struct Letter {
    private let path: String
    private let text: String

    /// - Returns: nil when no letter is wanted.
    init?(
        _ order: SealOrder, _ output: FileOutput, isBundle: Bool, _ invocation: Invocation
    ) throws {
        guard order.wantsLetter else { return nil }
        _ = try order.file(of: output)
        path = output.name + ".txt"
        if try invocation.world.files.exists(path) {
            throw FileError.alreadyExists.failure(path)
        }
        text = Self.text(
            for: Path.name(of: output.name), isBundle: isBundle,
            byPassphrase: invocation.flag("passphrase"), language: invocation.language)
    }

    func write(_ invocation: Invocation) throws {
        do throws(FileError) {
            try invocation.world.files.create(path, with: Array(text.utf8), access: .ordinary)
        } catch { throw error.failure(path) }
        invocation.acknowledge(Text(en: "letter: \(path)", es: "carta: \(path)"))
    }

    private static func text(
        for name: String, isBundle: Bool, byPassphrase: Bool, language: Language
    ) -> String {
        let bare = name.hasSuffix(".age") ? String(name.dropLast(4)) : name + ".out"
        let opened = quoted(isBundle ? bare + ".tar" : bare)
        let key = byPassphrase ? "" : " -i key.txt"
        let command = "age -d\(key) -o \(opened) \(quoted(name))"
        let unpack = "tar -xf \(opened)"
        let install = """
                Windows          winget install --id FiloSottile.age
                Mac              brew install age
                Debian, Ubuntu   sudo apt install age

            """
        let english = """
            HOW TO OPEN \(name)

            This file is encrypted in the age format, which several free programs read. Only
            \(byPassphrase
                ? "whoever knows its passphrase can open it."
                : "the people it was encrypted for can open it, each with a private key.")

            1. Install age:

            \(install)
            2. Open a terminal in the folder where the file is\(byPassphrase
                ? "." : ", and put your private key\n   there, in a file named key.txt.")

            3. Type this line\(byPassphrase ? " and, when it asks, the passphrase" : ""):

                \(command)

            \(isBundle ? "4. What comes out is several files in one. Take it apart with:\n\n    \(unpack)\n\n" : "")Never send anybody your private key or a passphrase, not even whoever sent you this
            file. If it does not open, ask the sender by another way than the one it came by.

            """
        let spanish = """
            CÓMO ABRIR \(name)

            Este archivo está cifrado en el formato age, que leen varios programas gratuitos. Solo
            \(byPassphrase
                ? "puede abrirlo quien sepa su frase de contraseña."
                : "pueden abrirlo las personas para quienes se cifró, cada una con su llave privada.")

            1. Instala age:

            \(install)
            2. Abre una terminal en la carpeta donde está el archivo\(byPassphrase
                ? "." : " y pon ahí tu llave\n   privada, en un archivo que se llame key.txt.")

            3. Escribe esta línea\(byPassphrase ? " y, cuando te la pida, la frase de contraseña" : ""):

                \(command)

            \(isBundle ? "4. Lo que sale son varios archivos en uno. Sepáralos con:\n\n    \(unpack)\n\n" : "")Nunca le mandes a nadie tu llave privada ni una frase de contraseña, tampoco a quien te
            mandó este archivo. Si no abre, pregúntale por otra vía, no por donde te llegó.

            """
        // Whoever gets it reads the other language perhaps, but first comes that of the sender.
        return language == .english
            ? "(En español más abajo.)\n\n" + english + "\n\n" + spanish
            : "(In English below.)\n\n" + spanish + "\n\n" + english
    }

    /// For any shell: names of everyday need no quotes.
    private static func quoted(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        return isPlain ? name : "\"\(name)\""
    }
}
