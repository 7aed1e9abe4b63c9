package import Wording

/// Something that happens to the invented journalist while her plan is armed.
package enum Scenario: String, CaseIterable, Sendable {
    case phoneDead = "phone-dead"
    case late
    case duress
    case relayDown = "relay-down"
    case checkpoint

    /// How far the hours go, from what the plan promises.
    package enum Span: Sendable {
        /// Into the grace, half of it.
        case intoGrace
        /// Past the first people's alert, by a quarter of an hour.
        case firstAlert
        /// Past everybody's.
        case lastAlert
        /// Past the first people's alert, with nobody watching for three hours before.
        case withoutWatcher
        /// None: something is told and nothing passes.
        case none
    }

    package var title: Text {
        switch self {
        case .phoneDead: Text(en: "Her telephone is dead", es: "Se quedó sin pila")
        case .late: Text(en: "She is late", es: "Va tarde")
        case .duress: Text(en: "Somebody makes her report in", es: "Alguien la obliga a reportarse")
        case .relayDown: Text(en: "Nobody is watching", es: "El vigilante se cae")
        case .checkpoint: Text(en: "Arrested at a checkpoint", es: "Detenida en un retén")
        }
    }

    /// What the trainer reads aloud.
    package var story: Text {
        switch self {
        case .phoneDead:
            Text(
                en: """
                    Inés is on the bus back and her battery ran out at four. She is well. Nobody knows that. \
                    The hour comes and goes; so does the grace.
                    """,
                es: """
                    Inés viene en el camión y la pila se le acabó a las cuatro. Está bien. Nadie lo sabe. \
                    Pasa la hora; pasa también la tolerancia.
                    """)
        case .late:
            Text(
                en: """
                    The interview took longer and Inés forgot the hour. The reminders come; the grace is \
                    half over.
                    """,
                es: """
                    La entrevista se alargó y a Inés se le fue la hora. Llegan los recordatorios; va la \
                    mitad de la tolerancia.
                    """)
        case .duress:
            Text(
                en: """
                    Two men stand beside Inés and say: tell them that you are well. She has to type \
                    something, and they look on.
                    """,
                es: """
                    Dos hombres están junto a Inés y le dicen: diles que estás bien. Tiene que escribir \
                    algo, y ellos miran.
                    """)
        case .relayDown:
            Text(
                en: """
                    The machine that watches loses its power for three hours, just when the check-in is due. \
                    When it comes back it does not know whether Inés tried to report in.
                    """,
                es: """
                    El equipo que vigila se queda sin luz tres horas, justo cuando toca el reporte. Al \
                    volver no sabe si Inés quiso reportarse.
                    """)
        case .checkpoint:
            Text(
                en: """
                    At the checkpoint of La Antigua they take Inés off the bus, with her laptop. She does \
                    not report in, and the hours pass for everybody on her list.
                    """,
                es: """
                    En el retén de La Antigua bajan a Inés del camión, con su laptop. No se reporta, y las \
                    horas pasan para toda su lista.
                    """)
        }
    }

    package var span: Span {
        switch self {
        case .phoneDead: .firstAlert
        case .late: .intoGrace
        case .duress: .none
        case .relayDown: .withoutWatcher
        case .checkpoint: .lastAlert
        }
    }

    /// What to do or talk about then.
    package var task: Text {
        switch self {
        case .phoneDead:
            Text(
                en: "She found a charger. Report in and read what everybody gets: amparo ok",
                es: "Encontró un cargador. Repórtate y lee lo que recibe cada quien: amparo ok")
        case .late:
            Text(
                en: "Report in now. Who was alarmed? amparo ok",
                es: "Repórtate ya. ¿A quién se alarmó? amparo ok")
        case .duress:
            Text(
                en: """
                    A plan with a relay or a hand-over has a second code for this, with the same screen. A \
                    plan that only this machine watches has none: whoever stands there could read it. What \
                    would you agree on with Laura instead, in ordinary words?
                    """,
                es: """
                    Un plan con relevo o con encargo tiene un segundo código para esto, con la misma \
                    pantalla. Un plan que solo vigila este equipo no lo tiene: quien está ahí podría \
                    leerlo. ¿Qué acordarías con Laura en su lugar, con palabras comunes?
                    """)
        case .relayDown:
            Text(
                en: "The alert waits first and asks. Report in, or let it wait: amparo ok",
                es: "La alerta primero espera y pregunta. Repórtate, o déjala esperar: amparo ok")
        case .checkpoint:
            Text(
                en: "Look at what the officer has in hand: amparo practice attacker thief",
                es: "Mira lo que el oficial tiene en la mano: amparo practice attacker thief")
        }
    }
}
