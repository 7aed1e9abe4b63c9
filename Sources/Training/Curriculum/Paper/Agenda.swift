package import Wording

/// What is done when, for three lengths of a workshop.
package struct Agenda: Sendable {
    package enum Length: String, CaseIterable, Sendable {
        case threeHours = "3h"
        case oneDay = "1d"
        case twoDays = "2d"
    }

    package struct Item: Sendable {
        package let minutes: Int
        package let what: Text
        /// Lessons of the course that belong to it.
        package let lessons: [Int]

        fileprivate init(_ minutes: Int, _ what: Text, lessons: [Int] = []) {
            self.minutes = minutes
            self.what = what
            self.lessons = lessons
        }
    }

    package struct Day: Sendable {
        /// Minutes after midnight.
        package let start: Int
        package let items: [Item]
    }

    package let length: Length
    package let title: Text
    package let days: [Day]

    package static func of(_ length: Length) -> Agenda {
        switch length {
        case .threeHours:
            Agenda(
                length: length, title: Text(en: "three hours", es: "tres horas"),
                days: [Day(start: 16 * 60, items: afternoon)])
        case .oneDay:
            Agenda(
                length: length, title: Text(en: "one day", es: "un día"),
                days: [Day(start: 9 * 60, items: firstDay + closingOfOne)])
        case .twoDays:
            Agenda(
                length: length, title: Text(en: "two days", es: "dos días"),
                days: [
                    Day(start: 9 * 60, items: firstDay + closingOfFirst),
                    Day(start: 9 * 60, items: secondDay),
                ])
        }
    }

    // MARK: The parts

    private static func pause(_ minutes: Int) -> Item {
        Item(minutes, Text(en: "Break", es: "Descanso"))
    }

    private static let meal = Item(60, Text(en: "Meal", es: "Comida"))
    private static let close = Item(
        10,
        Text(
            en: "Close: what I do on Monday, practice deleted, papers destroyed",
            es: "Cierre: qué hago el lunes, práctica borrada, papeles destruidos"))

    /// Demo 10, risk 20, passphrases 20, notes 30, break 10, files and people 40, drill 40, close 10.
    private static let afternoon = [
        Item(
            10,
            Text(
                en: "What it does, in five scenes: amparo demo",
                es: "Qué hace, en cinco escenas: amparo demo")),
        lesson(1, 20), lesson(2, 20), lesson(4, 30), pause(10),
        Item(
            40, Text(en: "Files, keys and people", es: "Archivos, llaves y personas"),
            lessons: [5, 6]),
        Item(
            40,
            Text(en: "A check-in, a silence, an alert", es: "Un reporte, un silencio, una alerta"),
            lessons: [12]),
        close,
    ]

    private static let firstDay = [
        Item(
            20,
            Text(
                en: "Agreements of the room, quiz before: amparo lesson quiz",
                es: "Acuerdos de la sala, cuestionario de antes: amparo lesson quiz")),
        Item(
            10,
            Text(
                en: "What it does, in five scenes: amparo demo",
                es: "Qué hace, en cinco escenas: amparo demo")),
        lesson(1, 30), lesson(2, 30), pause(15), lesson(3, 25), lesson(4, 40), meal, lesson(5, 45),
        lesson(6, 45), pause(15),
    ]

    private static let closingOfOne = [
        lesson(12, 50),
        Item(
            20,
            Text(
                en: "Who answers at night: the key contact",
                es: "Quién contesta de noche: el contacto"),
            lessons: [13]),
        Item(
            15,
            Text(en: "Quiz after, totals on paper", es: "Cuestionario de después, totales en papel")
        ),
        close,
    ]

    private static let closingOfFirst = [
        lesson(8, 40),
        Item(
            15,
            Text(
                en: "What to rehearse tonight: the passphrase, twice",
                es: "Qué ensayar hoy en la noche: la frase, dos veces")),
    ]

    private static let secondDay = [
        Item(
            15,
            Text(
                en: "The phrase from memory: amparo lesson check 2",
                es: "La frase de memoria: amparo lesson check 2"), lessons: [2]),
        lesson(12, 60), lesson(13, 50), pause(15), lesson(7, 35), lesson(14, 40), meal,
        lesson(9, 35), lesson(10, 35), pause(15),
        Item(
            40,
            Text(
                en: "Under pressure: only if the group asked for it",
                es: "Bajo amenaza: solo si el grupo lo pidió"), lessons: [11]),
        Item(
            15,
            Text(en: "Quiz after, totals on paper", es: "Cuestionario de después, totales en papel")
        ),
        close,
    ]

    private static func lesson(_ number: Int, _ minutes: Int) -> Item {
        Item(
            minutes,
            Text(
                en: Course.title(number, in: .english), es: Course.title(number, in: .spanish)),
            lessons: [number])
    }

    /// `16:40`, counted from the beginning of the day.
    package static func hour(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return two(minutes / 60 % 24) + ":" + two(minutes % 60)
    }
}
