internal import CommandLineKit
internal import Keyring
internal import Platform
internal import QR
internal import Vault
internal import Wording

/// `amparo key sheet`: one's public keys on a page to hand out.
enum KeySheetCommand {
    static let command = Command(
        "sheet", spanish: ["hoja"],
        Text(
            en: "Make a page with your public keys, to print and hand out",
            es: "Haz una hoja con tus llaves públicas, para imprimir y repartir"),
        why: Text(
            en: """
                There is nothing secret on the page: anybody may have it. Its six words are what a \
                person reads aloud so that the other knows the key is hers; a page that came \
                through somebody else's hands proves nothing until then.
                """,
            es: """
                En la hoja no hay nada secreto: puede tenerla quien sea. Sus seis palabras son las \
                que una persona lee en voz alta para que la otra sepa que la llave es suya; una \
                hoja que pasó por otras manos no prueba nada hasta entonces.
                """),
        options: [
            .flag(
                "html",
                Text(
                    en: "as HTML to print; also when OUT ends in .html",
                    es: "como HTML para imprimir; también si la SALIDA termina en .html")),
            PublicName.option,
            .value(
                "output", short: "o", "OUT", spanish: ["salida"],
                Text(
                    en: "into this new file; standard output if left out",
                    es: "en este archivo nuevo; si falta, la salida estándar")),
        ],
        arguments: [
            Argument(
                "NAME", .optional,
                Text(
                    en: "The key's name; me if left out",
                    es: "El nombre de la llave; me si lo omites"))
        ],
        examples: ["amparo key sheet", "amparo key sheet me --name 'Ana Ruiz' -o sheet.html"]
    ) { invocation in
        let key = invocation.argument("NAME") ?? EntryName.me
        let name = try PublicName.of(key, invocation)
        let output = invocation.value("output").flatMap { $0 == "-" ? nil : $0 }
        let isHTML =
            invocation.flag("html")
            || [".html", ".htm"].contains { output?.lowercased().hasSuffix($0) ?? false }
        let file = try output.map { try invocation.newFile($0) }
        let keys = try invocation.withVault { vault in try Keyring(vault).ownKeys(key) }
        let now = invocation.world.clock.now
        let sheet = KeySheet(
            name: name, keys: keys, date: LocalTime(invocation.world).date(of: now),
            language: invocation.language)
        // A page without its picture is still a page.
        let code = try code(of: sheet, invocation)
        let page =
            isHTML
            ? sheet.html(code?.svg)
            : sheet.text(code.map { QRPicture.lines($0, invocation) } ?? [])
        guard let output, let file else {
            return try invocation.world.standardOutput.write(page)
        }
        try invocation.write(Array(page.utf8), to: file, output)
        try invocation.print(output)
    }

    private static func code(of sheet: KeySheet, _ invocation: Invocation) throws -> QRCode? {
        do throws(QRError) {
            return try QRCode(Array(sheet.recipient.utf8))
        } catch .libraryMissing {
            invocation.warn(QRError.libraryMissing.failure.message)
            return nil
        }
    }
}

/// What a person is called by others: `me` is only her own word for herself.
enum PublicName {
    static let option = Option.value(
        "name", "NAME", spanish: ["nombre"],
        Text(
            en: "what others call you; else your login name",
            es: "cómo te llaman los demás; si no, tu nombre de usuario"))

    static func of(_ key: String, _ invocation: Invocation) throws -> String {
        if let chosen = invocation.value("name") { return try EntryName(parsing: chosen).text }
        guard key.lowercased() == EntryName.me else { return key }
        let environment = invocation.world.environment
        let login = ["LOGNAME", "USER"].compactMap { environment[$0] }
            .first { (try? EntryName(parsing: $0)) != nil && $0.lowercased() != EntryName.me }
        return login ?? Text(en: "journalist", es: "periodista")(invocation.language)
    }
}
