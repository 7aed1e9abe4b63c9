internal import CommandLineKit
internal import Platform
internal import Vault
internal import Wording

/// `amparo vault merge`: two copies of one vault that were used apart become the same again.
enum VaultMergeCommand {
    /// A copy this large is looked at twice before it is taken in.
    private static let questionByteCount = 64 << 20

    static let command = Command(
        "merge", spanish: ["unir", "juntar", "fusionar"],
        Text(
            en: "Bring in what another copy of this vault has",
            es: "Trae lo que tenga otra copia de esta bóveda"),
        why: Text(
            en: """
                For two machines with the same vault, and for the copies that Syncthing leaves after \
                a conflict. It needs no passphrase. Nothing here is overwritten and nothing of the \
                other copy is changed; run it there too, and both have everything. A note that was \
                edited on both sides shows both versions. What came in cannot be taken out again. A \
                copy that somebody altered brings in no altered cell.
                """,
            es: """
                Para dos equipos con la misma bóveda, y para las copias que deja Syncthing tras un \
                conflicto. No pide frase de contraseña. Aquí no se sobrescribe nada y la otra copia \
                no cambia; repítelo allá y las dos tendrán todo. Un apunte editado en ambos lados \
                muestra las dos versiones. Lo que entró ya no se puede sacar. Una copia que alguien \
                alteró no trae ninguna celda alterada.
                """),
        arguments: [Argument("PATH", Text(en: "The other copy", es: "La otra copia"))],
        examples: ["amparo vault merge /media/usb/vault.db"]
    ) { invocation in
        let files = invocation.world.files
        let path = try invocation.home.vault
        let source = invocation.argument("PATH") ?? ""
        let vault = try VaultFile(path)
        let (own, other) = try failing(source) { () throws(FileError) in
            (try files.status(path), try files.status(source))
        }
        guard let other else { throw FileError.notFound.failure(source) }
        if other.kind == .directory { throw FileError.isDirectory.failure(source) }
        guard other.identity != own?.identity else { throw sameFile }
        _ = try failing(source) { () throws(FileError) in try files.input(source) }
        if other.byteCount > questionByteCount {
            let size = Quantity.bytes(UInt64(clamping: other.byteCount))
            let question = Text(
                en: "that copy has \(size), and what comes in stays: merge it?",
                es: "esa copia tiene \(size), y lo que entra se queda: ¿la unes?")
            guard try invocation.confirm(question) else { throw Self.declined }
        }
        let report: MergeReport
        do { report = try vault.merge(source) } catch VaultError.damaged { throw damagedCopy }
        if report.refusedCount > 0 {
            invocation.warn(
                Text(
                    en: "\(report.refusedCount) damaged cells of the copy were left out",
                    es: "quedaron fuera \(report.refusedCount) celdas dañadas de la copia"))
        }
        guard !invocation.json else {
            return try invocation.printJSON([
                "added": .number(Int64(report.addedCount)),
                "known": .number(Int64(report.knownCount)),
                "refused": .number(Int64(report.refusedCount)),
            ])
        }
        try invocation.print(
            Text(
                en: "\(report.addedCount) cells came in, \(report.knownCount) were here already",
                es: "entraron \(report.addedCount) celdas, \(report.knownCount) ya estaban aquí"))
    }

    private static let sameFile = Failure(
        .usage, Text(en: "that is this vault itself", es: "esa es esta misma bóveda"),
        hint: Text(
            en: "name the other copy: amparo vault merge PATH",
            es: "di cuál es la otra copia: amparo vault merge RUTA"))

    private static let declined = Failure(
        .refused, Text(en: "nothing was merged", es: "no se unió nada"),
        hint: Text(
            en: "look at whose copy that is and where it comes from",
            es: "mira de quién es esa copia y de dónde viene"))

    private static let damagedCopy = Failure(
        .damaged,
        Text(
            en: "that copy is too damaged to be read; this vault is as it was",
            es: "esa copia está tan dañada que no se puede leer; esta bóveda sigue como estaba"),
        hint: Text(
            en: "use another copy, or look at this one: amparo vault check",
            es: "usa otra copia, o revisa esta bóveda: amparo vault check"))
}
