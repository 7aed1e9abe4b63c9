internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Platform
internal import Wording

/// `amparo practice …`: an invented journalist's world to learn in.
enum PracticeCommands {
    static let command = Command(
        "practice", spanish: ["práctica", "practica", "practicar"],
        Text(
            en: "Learn with invented people, where nothing is at stake",
            es: "Aprende con personas inventadas, donde no se arriesga nada"),
        why: Text(
            en: """
                The practice world has a home, a vault, contacts, a colleague who watches and a clock \
                of its own. A practice process opens no real vault and a real one no practice vault; \
                its alerts go to a folder or to this machine and nowhere else. Its vault opens fast \
                because its key derivation is the weakest there is, and its passphrase lies beside \
                it: keep nothing of your own in there. Every lesson is practised here.
                """,
            es: """
                El mundo de práctica tiene su propia carpeta, bóveda, contactos, una colega que \
                vigila y un reloj. Un proceso de práctica no abre ninguna bóveda de verdad, y uno de \
                verdad ninguna de práctica; sus alertas van a una carpeta o a este mismo equipo, a \
                ningún otro lado. Su bóveda abre rápido porque usa la derivación de llave más débil \
                que hay, y su frase de contraseña está junto a ella: no guardes ahí nada tuyo. Todas \
                las lecciones se practican aquí.
                """),
        examples: ["amparo practice start", "amparo practice end"],
        subcommands: [
            PracticeStart.command, PracticeClockCommand.command, PracticeScenario.command,
            PracticeInbox.command, PracticeAttacker.command, PracticeEnd.command,
        ])

    // MARK: Refusals

    /// - Throws: Exit 6 outside of practice, and when the world has ended.
    static func world(_ invocation: Invocation) throws(Failure) -> PracticeWorld {
        guard let world = PracticeWorld(environment: invocation.world.environment) else {
            throw Failure(
                .refused,
                Text(en: "this is not practice", es: "esto no es la práctica"),
                hint: Text(
                    en: "go in first: amparo practice start",
                    es: "entra primero: amparo practice start"))
        }
        guard world.language(invocation.world.files) != nil else { throw ended }
        return world
    }

    static let ended = Failure(
        .refused,
        Text(en: "this practice has ended", es: "esta práctica ya terminó"),
        hint: Text(
            en: "leave its shell: exit · begin again: amparo practice start",
            es: "sal de su terminal: exit · empieza otra: amparo practice start"))

    /// A practice process was given a home that is none.
    static func realHome(_ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "you are in PRACTICE, and \(path) is no practice home: nothing there is opened",
                es: "estás en PRÁCTICA, y \(path) no es de práctica: ahí no se abre nada"),
            hint: Text(
                en: "for your own things leave the practice: exit",
                es: "para lo tuyo sal de la práctica: exit"))
    }

    /// A real process was given a practice home.
    static func practiceHome(_ path: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "\(path) belongs to a PRACTICE world: everything in it is invented",
                es: "\(path) es de un mundo de PRÁCTICA: todo ahí es inventado"),
            hint: Text(
                en: "go into the practice: amparo practice start",
                es: "entra en la práctica: amparo practice start"))
    }
}

extension Invocation {
    /// How far messages of this process may go.
    var reach: Reach { isPractice ? .thisMachine : .anywhere }
}
