internal import CommandLineKit
internal import Wording

/// What the menu offers: five verbs first, everything else one level down. The rest is derived from
/// the option table, so that no command is missing.
struct MenuTable: Sendable {
    private let root: Command

    init(_ root: Command) { self.root = root }

    // MARK: The first page

    var main: MenuPage {
        MenuPage(
            Text(en: "menu", es: "menú"),
            title: Text(en: "What would you like to do?", es: "¿Qué quieres hacer?"),
            [.page(write), .page(send), .page(open), .page(checkIn), .page(learn), .page(more)])
    }

    private var write: MenuPage {
        MenuPage(
            Text(
                en: "Write: notes that nobody else reads", es: "Escribir: apuntes que nadie más lee"
            ),
            title: Text(en: "Write", es: "Escribir"),
            [
                entry(["note", "new"], Text(en: "A new note", es: "Un apunte nuevo")),
                entry(
                    ["note", "new"],
                    Text(
                        en: "A new note from a form", es: "Un apunte nuevo con formato"),
                    asks: [template]),
                entry(["note", "edit"], Text(en: "Go on with a note", es: "Seguir un apunte")),
                entry(["note", "find"], Text(en: "Find a note", es: "Buscar un apunte")),
                entry(["note", "list"], Text(en: "See them all", es: "Verlos todos")),
                entry(
                    ["note", "attach"],
                    Text(en: "Keep a photo or file with a note", es: "Guardar una foto o archivo")),
                entry(
                    ["note", "trash"],
                    Text(en: "Throw a note away", es: "Tirar un apunte a la papelera")),
            ])
    }

    private var send: MenuPage {
        MenuPage(
            Text(
                en: "Send: a file that only they can open",
                es: "Enviar: un archivo que solo abre quien tú digas"),
            title: Text(en: "Send", es: "Enviar"),
            [
                entry(
                    ["encrypt"], Text(en: "Encrypt for somebody", es: "Cifrar para alguien")),
                entry(
                    ["encrypt"],
                    Text(
                        en: "Encrypt for somebody who has no Amparo",
                        es: "Cifrar para quien no tiene Amparo"),
                    fixed: ["-r", "me", "--letter"]),
                entry(
                    ["encrypt"],
                    Text(en: "Encrypt with a passphrase", es: "Cifrar con una frase de contraseña"),
                    fixed: ["-p"], asks: [file]),
                entry(
                    ["encrypt"], Text(en: "Encrypt for yourself only", es: "Cifrar solo para ti"),
                    fixed: ["-r", "me"], asks: [file]),
                entry(["sign"], Text(en: "Sign a file", es: "Firmar un archivo")),
                entry(
                    ["contact", "invite"],
                    Text(en: "Ask somebody for their key", es: "Pedirle su llave a alguien"),
                    asks: [
                        MenuAsk(
                            .contact, "NAME", isOptional: true,
                            Text(en: "Whom do you ask?", es: "¿A quién se la pides?"))
                    ]),
                entry(
                    ["contact", "card"],
                    Text(en: "Give somebody your card", es: "Dar tu tarjeta a alguien"), asks: []),
            ])
    }

    private var open: MenuPage {
        MenuPage(
            Text(
                en: "Open: an encrypted file or a note", es: "Abrir: un archivo cifrado o un apunte"
            ),
            title: Text(en: "Open", es: "Abrir"),
            [
                entry(
                    ["decrypt"],
                    Text(en: "Open an encrypted file", es: "Abrir un archivo cifrado")),
                entry(["note", "show"], Text(en: "Read a note", es: "Leer un apunte")),
                entry(
                    ["note", "extract"],
                    Text(
                        en: "Take a file out of a note", es: "Sacar un archivo de un apunte")),
                entry(
                    ["verify"],
                    Text(en: "See who signed a file", es: "Ver quién firmó un archivo")),
                entry(
                    ["inspect"],
                    Text(
                        en: "See what a file is without opening it",
                        es: "Ver qué es un archivo sin abrirlo")),
            ])
    }

    private var checkIn: MenuPage {
        MenuPage(
            Text(en: "Check in: say that you are well", es: "Reportarte: avisar que estás bien"),
            title: Text(en: "Check in", es: "Reportarte"),
            [
                entry(
                    ["checkin"],
                    Text(en: "I am well: check in now", es: "Estoy bien: reportarme ya"),
                    asks: [
                        MenuAsk(
                            .armedPlan, "LABEL", isOptional: true,
                            Text(en: "Which plan?", es: "¿Cuál plan?"))
                    ]),
                entry(
                    ["checkin", "status"],
                    Text(
                        en: "What is owed and who watches", es: "Qué está pendiente y quién vigila")
                ),
                entry(["checkin", "plan", "new"], Text(en: "Make a plan", es: "Hacer un plan")),
                entry(
                    ["checkin", "plan", "simulate"],
                    Text(en: "See what would happen", es: "Ver qué pasaría")),
                entry(
                    ["checkin", "plan", "arm"], Text(en: "Arm a plan", es: "Activar un plan")),
                entry(
                    ["watch"],
                    Text(
                        en: "Watch from this machine (leave it running)",
                        es: "Vigilar desde este equipo (déjalo en marcha)")),
                entry(
                    ["checkin", "plan", "end"], Text(en: "End a plan", es: "Terminar un plan")),
            ])
    }

    private var learn: MenuPage {
        MenuPage(
            Text(en: "Learn: lessons and practice", es: "Aprender: lecciones y práctica"),
            title: Text(en: "Learn", es: "Aprender"),
            [
                entry(
                    ["practice", "start"],
                    Text(
                        en: "Practise with invented people", es: "Practicar con personas inventadas"
                    )),
                entry(["lesson", "list"], Text(en: "See the lessons", es: "Ver las lecciones")),
                entry(
                    ["lesson", "start"], Text(en: "Begin a lesson", es: "Empezar una lección"),
                    asks: [Self.lesson]),
                entry(
                    ["lesson", "check"],
                    Text(en: "Check what you made", es: "Revisar lo que hiciste"),
                    asks: [Self.lesson]),
                entry(
                    ["demo"],
                    Text(en: "See it work in two minutes", es: "Verlo funcionar en dos minutos")),
                entry(
                    ["passphrase"],
                    Text(en: "Make a passphrase", es: "Hacer una frase de contraseña")),
                entry(
                    ["risk"],
                    Text(en: "Think your risk through", es: "Pensar tu riesgo")),
                entry(
                    ["doctor"],
                    Text(en: "Look at this machine", es: "Revisar este equipo")),
                entry(
                    ["travel"],
                    Text(
                        en: "Before you leave: check everything", es: "Antes de salir: revisar todo"
                    )),
            ])
    }

    // MARK: The rest, one level down

    /// Commands of the root by their place in the menu. A test holds that none is missing.
    private static let groups: [(Text, [String])] = [
        (Text(en: "Notes", es: "Apuntes"), ["note"]),
        (
            Text(en: "Files and signatures", es: "Archivos y firmas"),
            ["encrypt", "decrypt", "inspect", "rewrap", "sign", "verify"]
        ),
        (Text(en: "Keys and passphrases", es: "Llaves y frases"), ["key", "passphrase"]),
        (Text(en: "People and channels", es: "Personas y canales"), ["contact", "channel"]),
        (
            Text(en: "Plans and watching", es: "Planes y vigilancia"), ["checkin", "watch"]
        ),
        (
            Text(en: "Vault and copies", es: "Bóveda y copias"), ["vault", "recover", "init"]
        ),
        (
            Text(en: "Course and workshop", es: "Curso y taller"),
            ["lesson", "practice", "workshop"]
        ),
        (
            Text(en: "This machine and settings", es: "Este equipo y ajustes"),
            ["doctor", "travel", "risk", "demo", "config"]
        ),
    ]

    /// What makes no sense inside a menu: a prompt in a prompt, and texts for other programs.
    static let outside = ["shell", "help", "man", "completions", "version"]

    private var more: MenuPage {
        let named = Set(Self.groups.flatMap(\.1) + Self.outside + ["close"])
        let rest = root.subcommands.map(\.name).filter { !named.contains($0) }
        let groups =
            Self.groups
            + (rest.isEmpty
                ? [] : [(Text(en: "Everything else", es: "Todo lo demás"), rest)])
        let pages = groups.map { label, names -> MenuEntry in
            let leaves = root.leaves().filter { names.contains($0.path[0]) }
            return .page(
                MenuPage(label, leaves.map { entry($0.path) }))
        }
        return MenuPage(
            Text(
                en: "More: keys, people, plans, vault, this machine",
                es: "Más: llaves, personas, planes, bóveda, este equipo"),
            title: Text(en: "More", es: "Más"),
            [entry(["close"], Text(en: "Close now: lock the vault", es: "Cerrar ya la bóveda"))]
                + pages)
    }

    // MARK: Before there is a vault

    var firstRun: MenuPage {
        MenuPage(
            Text(en: "beginning", es: "inicio"),
            title: Text(en: "There is no vault here yet", es: "Aquí todavía no hay bóveda"),
            [
                entry(["init"], Text(en: "New: make my vault", es: "Nueva: hacer mi bóveda")),
                .page(
                    MenuPage(
                        Text(
                            en: "I have a copy or recovery words",
                            es: "Tengo una copia o palabras de recuperación"),
                        title: Text(
                            en: "First bring the copy; the words then open it",
                            es: "Primero trae la copia; después las palabras la abren"),
                        [
                            entry(
                                ["vault", "restore"],
                                Text(en: "Bring my copy here", es: "Traer aquí mi copia"),
                                asks: [
                                    MenuAsk(
                                        .file, "PATH",
                                        Text(
                                            en: "Where is the copy?", es: "¿Dónde está la copia?"))
                                ]),
                            entry(
                                ["recover"],
                                Text(
                                    en: "I forgot the passphrase: use my words",
                                    es: "Olvidé la frase: usar mis palabras")),
                            entry(
                                ["recover"],
                                Text(
                                    en: "I forgot it: use shares that others keep",
                                    es: "La olvidé: usar partes que otros guardan"),
                                fixed: ["--shares"]),
                        ])),
                entry(
                    ["practice", "start"],
                    Text(
                        en: "Practice: with invented people",
                        es: "Practicar: con personas inventadas")),
                entry(
                    ["demo"],
                    Text(en: "Only look: a tour of two minutes", es: "Solo mirar: un recorrido")),
                entry(
                    ["decrypt"],
                    Text(en: "Open an encrypted file", es: "Abrir un archivo cifrado")),
                .page(more),
            ])
    }

    // MARK: Helpers

    private static let file = MenuAsk(
        .file, "PATH", Text(en: "Which file?", es: "¿Cuál archivo?"))
    private var file: MenuAsk { Self.file }

    private static let reader = MenuAsk(
        .contactWithKey, "CONTACT", option: "-r", Text(en: "For whom?", es: "¿Para quién?"))

    private static let lesson = MenuAsk(
        .lesson, "NUMBER", Text(en: "Which lesson?", es: "¿Cuál lección?"))

    private static let note = MenuAsk(.note, "ID", Text(en: "Which note?", es: "¿Cuál apunte?"))

    /// Commands that take more, or something else, than what the option table calls needed: without
    /// it they would read standard input, or do nothing that anybody wants.
    private static let asks: [[String]: [MenuAsk]] = [
        ["encrypt"]: [reader, file], ["decrypt"]: [file], ["inspect"]: [file], ["sign"]: [file],
        ["verify"]: [file], ["rewrap"]: [file, reader], ["note", "edit"]: [note],
        ["contact", "add"]: [
            MenuAsk(.words, "NAME", Text(en: "Their name:", es: "Su nombre:")),
            MenuAsk(
                .words, "RECIPIENT", option: "--recipient", isOptional: true,
                Text(
                    en: "Their key (age1…); leave it empty if you have none yet:",
                    es: "Su llave (age1…); déjala vacía si todavía no la tienes:")),
            MenuAsk(
                .words, "ADDRESS", option: "--email", isOptional: true,
                Text(
                    en: "Their mail address, for alerts; it may be empty:",
                    es: "Su correo, para las alertas; puede quedar vacío:")),
        ],
    ]

    private static let fixed: [[String]: [String]] = [["encrypt"]: ["-r", "me"]]

    private var template: MenuAsk {
        let option = root.command(at: ["note", "new"])?.options.first { $0.long == "template" }
        return MenuAsk(
            .choice(option?.choices ?? []), "NAME", option: "--template",
            Text(en: "Which form?", es: "¿Cuál formato?"))
    }

    private func entry(
        _ path: [String], _ label: Text? = nil, fixed: [String]? = nil, asks: [MenuAsk]? = nil
    ) -> MenuEntry {
        .command(
            MenuCommand(
                path, label, fixed: fixed ?? Self.fixed[path] ?? [], asks: asks ?? Self.asks[path],
                root: root))
    }
}
