internal import CommandLineKit
internal import Platform
internal import Wording

enum ConfigCommands {
    static let command = Command(
        "config", spanish: ["configurar", "configuración", "ajustes", "idioma"],
        Text(en: "Choose once for always", es: "Elige una vez para siempre"),
        subcommands: [language])

    private static let language = Command(
        "lang", spanish: ["idioma", "lengua", "lenguaje"],
        Text(en: "Show or store the language", es: "Muestra o guarda el idioma"),
        arguments: [
            Argument("en|es", .optional, Text(en: "English or Spanish", es: "inglés o español"))
        ],
        examples: ["amparo config lang es"]
    ) { invocation in
        let files = invocation.world.files
        guard let chosen = invocation.argument("en|es").flatMap(Language.init(rawValue:)) else {
            return try invocation.print(invocation.language.rawValue)
        }
        let home = try invocation.createdHome()
        // A file that cannot be understood holds no choice worth keeping.
        var config = try Config.load(from: home, files: files) ?? Config()
        config["lang"] = chosen.rawValue
        try files.replace(home.config, with: config.serialized)
        let done = Text(
            en: "amparo speaks English from now on", es: "amparo habla español de aquí en adelante")
        invocation.say(Text(verbatim: done(chosen)))
    }
}
