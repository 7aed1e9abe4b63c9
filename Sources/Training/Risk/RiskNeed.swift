package import Wording

/// What a journalist may need most: each is one action, one command, one lesson.
package enum RiskNeed: String, CaseIterable, Sendable {
    case passphrase, devices, notes, files, people, proof, backup, traces, travel, pressure
    case checkIn = "checkin"
    case keyContact = "contact"
    case record

    /// Number of the lesson that teaches it.
    package var lesson: Int {
        switch self {
        case .passphrase: 2
        case .devices: 3
        case .notes: 4
        case .files: 5
        case .people: 6
        case .proof: 7
        case .backup: 8
        case .traces: 9
        case .travel: 10
        case .pressure: 11
        case .checkIn: 12
        case .keyContact: 13
        case .record: 14
        }
    }

    /// The command to begin with, as it is typed.
    package var command: String {
        switch self {
        case .passphrase: "amparo passphrase --rehearse"
        case .devices: "amparo doctor"
        case .notes: "amparo note new"
        case .files: "amparo encrypt -r me --verify"
        case .people: "amparo contact verify"
        case .proof: "amparo sign"
        case .backup: "amparo vault backup"
        case .traces: "amparo inspect"
        case .travel: "amparo travel"
        case .pressure: "amparo vault compartment --why"
        case .checkIn: "amparo checkin plan new"
        case .keyContact: "amparo contact add"
        case .record: "amparo note new --template incident"
        }
    }

    /// What to do, as an order that fits on a line.
    package var action: Text {
        switch self {
        case .passphrase:
            Text(
                en: "Change to a passphrase of six words, and rehearse it",
                es: "Cambia a una frase de contraseña de seis palabras y ensáyala")
        case .devices:
            Text(
                en: "Encrypt the disk, lock the screen, look at the machine",
                es: "Cifra el disco, bloquea la pantalla y revisa el equipo")
        case .notes:
            Text(
                en: "Move the notes that name sources into the vault",
                es: "Pasa a la bóveda los apuntes que nombran fuentes")
        case .files:
            Text(
                en: "Send sensitive files encrypted for one person",
                es: "Manda los archivos delicados cifrados para una persona")
        case .people:
            Text(
                en: "Compare keys by voice with the three people you write to most",
                es: "Comprueba por voz las llaves de las tres personas a quienes más escribes")
        case .proof:
            Text(
                en: "Sign what you may have to prove one day",
                es: "Firma lo que un día tengas que probar")
        case .backup:
            Text(
                en: "Make a copy that sleeps in another place, and try it",
                es: "Haz una copia que duerma en otro lado y pruébala")
        case .traces:
            Text(
                en: "Look for readable copies, and see what files give away",
                es: "Busca copias legibles y mira qué delatan tus archivos")
        case .travel:
            Text(
                en: "Before you leave: carry little and check the machine",
                es: "Antes de salir: lleva poco y revisa el equipo")
        case .pressure:
            Text(
                en: "Decide now what you would open, and what you would not",
                es: "Decide desde hoy qué abrirías y qué no")
        case .checkIn:
            Text(
                en: "Agree on a check-in plan for your next outing",
                es: "Acuerda un plan de reportes para tu próxima salida")
        case .keyContact:
            Text(
                en: "Choose a key contact and write down what they do first",
                es: "Elige un contacto clave y escribe qué hace primero")
        case .record:
            Text(
                en: "Write down each attack with its date and evidence",
                es: "Anota cada agresión con fecha y pruebas")
        }
    }

    /// Why it helps, and what it does not do.
    package var reason: Text {
        switch self {
        case .passphrase:
            Text(
                en: "Words drawn by lot are not guessed. It does not help against somebody who "
                    + "watches you type.",
                es: "Unas palabras al azar no se adivinan. No sirve contra quien te ve escribir.")
        case .devices:
            Text(
                en: "A machine that is off and encrypted tells a thief nothing. One that is on and "
                    + "open tells everything.",
                es: "Un equipo apagado y cifrado no le dice nada a un ladrón. Prendido y abierto, "
                    + "le dice todo.")
        case .notes:
            Text(
                en: "In the vault nobody sees titles, names or how many there are. What you leave "
                    + "outside stays readable.",
                es: "En la bóveda nadie ve títulos, nombres ni cuántos son. Lo que dejes afuera se "
                    + "sigue leyendo.")
        case .files:
            Text(
                en: "Whoever carries the file cannot read it. The person who opens it still can "
                    + "pass it on.",
                es: "Quien lleva el archivo no puede leerlo. Quien lo abre sí puede pasarlo.")
        case .people:
            Text(
                en: "Six words read aloud show whether the key is theirs. A text message does not.",
                es: "Seis palabras en voz alta dicen si la llave es suya. Un mensaje no.")
        case .proof:
            Text(
                en: "A signature shows that nothing was changed since. It does not show that it "
                    + "is true.",
                es: "Una firma muestra que nadie cambió nada desde entonces. No prueba que sea "
                    + "verdad.")
        case .backup:
            Text(
                en: "A theft, a fire or a spilt coffee then costs a day, not your archive. A copy "
                    + "never tried is a hope.",
                es: "Así un robo, un incendio o un café cuestan un día y no tu archivo. Una copia "
                    + "que nunca probaste es una esperanza.")
        case .traces:
            Text(
                en: "Deleting hides a file and does not always destroy it. What was never in the "
                    + "open need not be deleted.",
                es: "Borrar esconde y no siempre destruye. Lo que nunca estuvo a la vista no hay "
                    + "que borrarlo.")
        case .travel:
            Text(
                en:
                    "What you do not carry nobody takes from you. Switched off is safer than locked.",
                es: "Lo que no llevas nadie te lo quita. Apagado es más seguro que bloqueado.")
        case .pressure:
            Text(
                en: "Whoever has thought about it beforehand decides better. No file is worth your "
                    + "body.",
                es: "Quien lo pensó antes decide mejor. Ningún archivo vale lo que tu cuerpo.")
        case .checkIn:
            Text(
                en: "If you do not report in, the right people hear of it in the order you chose. "
                    + "Silence alone proves nothing.",
                es: "Si no te reportas, se enteran las personas que elegiste, en tu orden. El "
                    + "silencio solo no prueba nada.")
        case .keyContact:
            Text(
                en: "Somebody who knows whom to call first saves hours. Ask before you put their "
                    + "name.",
                es: "Alguien que sabe a quién llamar primero ahorra horas. Pídele permiso antes de "
                    + "poner su nombre.")
        case .record:
            Text(
                en: "Dates and evidence are what an organisation or the Mechanism can work with. "
                    + "It does not stop the next one.",
                es: "Con fechas y pruebas puede trabajar una organización o el Mecanismo. No "
                    + "detiene la siguiente.")
        }
    }
}
