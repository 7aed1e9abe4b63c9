internal import CommandLineKit
internal import Platform
internal import Vault
internal import Wording

/// Copies of the vault: out to another disk, and back. Neither needs a passphrase.
enum VaultCopyCommands {
    static let backup = Command(
        "backup", spanish: ["respaldo", "respaldar", "copia", "copiar"],
        Text(
            en: "Copy the vault and compare the copy",
            es: "Copia la bóveda y compara la copia"),
        why: Text(
            en: """
                The copy is as sealed as the vault, and opens with the same passphrases and recovery \
                words. Whoever gets several copies sees how much was added between them.
                """,
            es: """
                La copia está tan cerrada como la bóveda y se abre con las mismas frases de \
                contraseña y palabras de recuperación. Quien junte varias copias ve cuánto se \
                agregó entre una y otra.
                """),
        arguments: [
            Argument(
                "PATH",
                Text(
                    en: "A file that does not exist yet, or a folder",
                    es: "Un archivo que todavía no existe, o una carpeta"))
        ],
        examples: ["amparo vault backup /media/usb/vault.db"]
    ) { invocation in
        let files = invocation.world.files
        let vault = try VaultFile(try invocation.home.vault)
        var path = invocation.argument("PATH") ?? ""
        let status = try failing(path) { () throws(FileError) in try files.status(path) }
        if status?.kind == .directory { path = Path.join(path, "vault.db") }
        do throws(VaultError) {
            try vault.backup(to: path, files: files)
        } catch {
            throw failure(error, path)
        }
        LastCopy.note(try invocation.home, invocation.world)
        try invocation.print(path)
        invocation.say(
            Text(
                en: "copied, read back and compared: it is the same",
                es: "copiada, releída y comparada: es igual"))
    }

    /// What stood in the way of the copy, not of the vault.
    private static func failure(_ error: VaultError, _ path: String) -> Failure {
        switch error {
        case .alreadyExists: .exists(path)
        case .notFound:
            Failure(
                .failed,
                Text(
                    en: "\(path): the folder is not there", es: "\(path): no existe esa carpeta"),
                hint: Text(
                    en: "is the disk connected? look at the spelling",
                    es: "¿está conectado el disco? revisa cómo está escrito"))
        case .full: FileError.noSpace.failure(path)
        case .readOnly: FileError.readOnly.failure(path)
        case .file(let error): error.failure(path)
        default: error.failure
        }
    }

    private static let alreadyHere = Failure(
        .refused, VaultError.alreadyExists.failure.message,
        hint: Text(
            en: "restore it into another folder: amparo --home DIR vault restore COPY",
            es: "restáurala en otra carpeta: amparo --home CARPETA vault restore COPIA"))

    static let restore = Command(
        "restore", spanish: ["restaurar", "recuperar"],
        Text(
            en: "Bring a copy back, where there is no vault",
            es: "Trae una copia, donde no hay bóveda"),
        why: Text(
            en: """
                Nothing of the copy is trusted but its sealed cells. It opens with the passphrase it \
                had when it was made. What was written after that is not in it.
                """,
            es: """
                De la copia solo se toman sus celdas selladas. Se abre con la frase de contraseña \
                que tenía cuando se hizo. Lo que se escribió después no está en ella.
                """),
        arguments: [Argument("PATH", Text(en: "The copy", es: "La copia"))],
        examples: ["amparo vault restore /media/usb/vault.db"]
    ) { invocation in
        let files = invocation.world.files
        let home = try invocation.home
        let source = invocation.argument("PATH") ?? ""
        let exists = try failing(home.vault) { () throws(FileError) in try files.exists(home.vault)
        }
        guard !exists else { throw alreadyHere }
        let status = try failing(source) { () throws(FileError) in try files.status(source) }
        guard let status else { throw FileError.notFound.failure(source) }
        if status.kind == .directory { throw FileError.isDirectory.failure(source) }
        _ = try failing(source) { () throws(FileError) in try files.input(source) }
        _ = try invocation.createdHome()
        let report = try VaultFile.restore(from: source, to: home.vault, files: files)
        if report.refusedCount > 0 {
            invocation.warn(
                Text(
                    en: "\(report.refusedCount) damaged cells of the copy were left out; "
                        + "see what was lost: amparo vault check",
                    es: "quedaron fuera \(report.refusedCount) celdas dañadas de la copia; "
                        + "mira qué se perdió: amparo vault check"))
        }
        try invocation.print(home.vault)
        invocation.say(
            Text(
                en: "the vault is back; it opens with the passphrase of that copy",
                es: "la bóveda está de vuelta; se abre con la frase de contraseña de esa copia"))
    }
}
