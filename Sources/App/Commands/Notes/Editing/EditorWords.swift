internal import CommandLineKit
internal import Wording

/// What the editor says. The keys of one action stand once, here.
enum EditorWords {
    static let keys = Text(
        en: "^S keep  ^Q quit  ^F find  ^G next  ^Z undo  ^Y redo  ^T title  F1 keys",
        es: "^S guardar  ^Q salir  ^F buscar  ^G sigue  ^Z deshacer  ^T título  F1 teclas"
    )

    static func help(keepsDrafts: Bool) -> [Text] {
        let space = [Text(verbatim: "")]
        let back = [Text(en: "any key: back to the note", es: "cualquier tecla: volver al apunte")]
        return allKeys + space + (keepsDrafts ? aboutDrafts : aboutNoDrafts) + space + back
    }

    private static let aboutDrafts = [
        Text(
            en: "A draft goes into the vault 30 seconds after a change;",
            es: "A los 30 segundos de un cambio va un borrador a la bóveda;"),
        Text(
            en: "amparo note edit --draft goes on with it. Nothing is written outside.",
            es: "amparo note edit --draft sigue con él. Nada se escribe afuera."),
    ]

    private static let aboutNoDrafts = [
        Text(
            en: "This compartment keeps no drafts: what you typed since the last ^S",
            es: "Este compartimento no guarda borradores: lo escrito desde el último ^S"),
        Text(
            en: "is lost if the machine stops. Nothing is written outside.",
            es: "se pierde si el equipo se apaga. Nada se escribe afuera."),
    ]

    /// ^ is the Ctrl key.
    private static let allKeys = [
        Text(en: "^ is the Ctrl key", es: "^ es la tecla Ctrl"),
        Text(verbatim: ""),
        Text(
            en: "^S             keep a version and go on",
            es: "^S             guardar una versión y seguir"),
        Text(en: "^Q  ^C         quit", es: "^Q  ^C         salir"),
        Text(
            en: "^F             find; case and accents do not matter",
            es: "^F             buscar; sin importar mayúsculas ni acentos"),
        Text(en: "^G             find the next one", es: "^G             buscar el siguiente"),
        Text(en: "^Z  ^Y         undo, redo", es: "^Z  ^Y         deshacer, rehacer"),
        Text(en: "^T             change the title", es: "^T             cambiar el título"),
        Text(
            en: "^K             cut to the end of the line",
            es: "^K             borrar hasta el fin de la línea"),
        Text(
            en: "^W  Alt-D      delete a word, before or after",
            es: "^W  Alt-D      borrar una palabra, antes o después"),
        Text(
            en: "^A  ^E         start and end of the row, as Home and End",
            es: "^A  ^E         inicio y fin del renglón, como Inicio y Fin"),
        Text(
            en: "Ctrl-arrows    word by word, page by page",
            es: "Ctrl-flechas   por palabras, por páginas"),
        Text(
            en: "Ctrl-Home/End  start and end of the note",
            es: "Ctrl-Inicio/Fin  principio y fin del apunte"),
        Text(
            en: "^L             draw the screen again",
            es: "^L             volver a dibujar la pantalla"),
    ]

    static let untitled = Text(en: "(no title)", es: "(sin título)")
    static let find = Text(en: "find: ", es: "buscar: ")
    static let title = Text(en: "title: ", es: "título: ")
    static let quit = Text(
        en: "keep what you changed?  y: keep  n: drop  Esc: go on",
        es: "¿guardas lo que cambiaste?  s: guardar  n: perder  Esc: seguir")
    static let kept = Text(en: "kept in the vault", es: "guardado en la bóveda")
    static let noDrafts = Text(
        en: "no drafts are kept in this compartment: what you save goes into the vault when the "
            + "editor ends, and is lost if the machine stops before",
        es: "en este compartimento no se guardan borradores: lo que guardes entra a la bóveda al "
            + "cerrar el editor, y se pierde si el equipo se apaga antes")
    static let draft = Text(en: "draft kept", es: "borrador guardado")
    static let nothingFound = Text(en: "not found", es: "no se encontró")
    static let nothingToUndo = Text(en: "nothing to undo", es: "nada que deshacer")
    static let nothingToRedo = Text(en: "nothing to redo", es: "nada que rehacer")
    static let full = Text(
        en: "a note holds no more: keep the rest as a file, with amparo note attach",
        es: "en un apunte no cabe más: guarda el resto como archivo, con amparo note attach")

    static func stray(_ count: Int) -> Text {
        Text(
            en: "\(count) bytes were not UTF-8 and were read as Windows-1252: look them over",
            es: "\(count) bytes no eran UTF-8 y se leyeron como Windows-1252: revísalos")
    }

    static func room(_ count: Int, of room: Int) -> Text {
        let (text, whole) = (Layout.bytes(count), Layout.bytes(room))
        return Text(
            en: "\(text) of \(whole) of room; no drafts here: ^S keeps",
            es: "\(text) de \(whole) de espacio; aquí no hay borradores: ^S guarda")
    }

    static func notKept(_ reason: Text) -> Text {
        Text(en: "NOT kept: \(reason.en)", es: "NO se guardó: \(reason.es)")
    }
}
