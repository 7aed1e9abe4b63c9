package import CheckIn
package import CommandLineKit
package import Watch
internal import Wording

extension CheckInError: Explainable {
    package var failure: Failure {
        switch self {
        case .label:
            Failure(
                .usage,
                Text(en: "that cannot be a plan's label", es: "esa no puede ser una etiqueta"),
                hint: Text(
                    en: "use 1 to 32 of a-z, 0-9, - and _, and no name of a command",
                    es: "usa de 1 a 32 de a-z, 0-9, - y _, y que no sea el nombre de un comando"))
        case .interval:
            Failure(
                .usage,
                Text(
                    en: "--every lies between 1s and 31d", es: "--every va de 1s a 31d"),
                hint: Text(en: "such as --every 6h", es: "como --every 6h"))
        case .grace:
            Failure(
                .usage,
                Text(en: "--grace lies between 1s and 7d", es: "--grace va de 1s a 7d"),
                hint: Text(en: "such as --grace 30m", es: "como --grace 30m"))
        case .past:
            Failure(
                .usage,
                Text(
                    en: "a deadline or the end of the plan is in the past",
                    es: "una hora límite o el fin del plan ya pasó"),
                hint: Text(
                    en: "look at --once, --leg, --until and --zone",
                    es: "revisa --once, --leg, --until y --zone")
            )
        case .noTier:
            Failure(
                .usage,
                Text(
                    en: "nobody would hear: --tier is missing",
                    es: "no se avisaría a nadie: falta --tier"),
                hint: Text(en: "such as --tier 0m:laura", es: "como --tier 0m:laura"))
        case .tier:
            Failure(
                .usage,
                Text(
                    en: "--tier: at most 16 times between 0s and 30d, each with people",
                    es: "--tier: a lo más 16 tiempos entre 0s y 30d, cada uno con personas"),
                hint: Text(en: "such as --tier 2h:laura", es: "como --tier 2h:laura"))
        case .text:
            Failure(
                .usage,
                Text(
                    en: "alias, place and names are one plain line each, at most 200 bytes",
                    es: "alias, lugar y nombres son una sola línea, de a lo más 200 bytes"),
                hint: Text(
                    en: "look at --alias, --place, --phone and --sheet",
                    es: "revisa --alias, --place, --phone y --sheet"))
        case .reminder:
            Failure(
                .usage,
                Text(
                    en: "a reminder lies at most a day before the hour, and within the grace",
                    es: "un recordatorio va a lo más un día antes y dentro de la tolerancia"),
                hint: Text(en: "choose a longer --grace", es: "elige una --grace más larga"))
        case .overlap(let first, let second):
            Failure(
                .usage,
                Text(
                    en: "'\(second.words)' is due before the grace of '\(first.words)' is over",
                    es: "«\(second.words)» toca antes de que termine la tolerancia de"
                        + " «\(first.words)»"),
                hint: Text(
                    en: "put them further apart, or shorten --grace; for another day, write the"
                        + " date: 'YYYY-MM-DD HH:MM'",
                    es: "sepáralos más o acorta --grace; si es otro día, escribe la fecha:"
                        + " 'AAAA-MM-DD HH:MM'"))
        case .malformed:
            Failure(
                .damaged,
                Text(
                    en: "a stored plan or ticket is damaged",
                    es: "un plan guardado o su ficha está dañado"),
                hint: Text(
                    en: "arm the plan again: amparo checkin plan arm",
                    es: "activa otra vez el plan: amparo checkin plan arm"))
        case .signature:
            Failure(
                .damaged, Text(en: "a signature is wrong", es: "una firma no es correcta"),
                hint: Text(
                    en: "arm the plan again: amparo checkin plan arm",
                    es: "activa otra vez el plan: amparo checkin plan arm"))
        case .version(let version):
            Failure(
                .damaged,
                Text(
                    en: "this was made by a later version (\(version))",
                    es: "esto lo hizo una versión posterior (\(version))"),
                hint: Text(en: "use the newest amparo", es: "usa el amparo más nuevo"))
        }
    }
}

extension CodeError: Explainable {
    package var failure: Failure {
        let hint = Text(
            en: "it is five words, as they were shown when the plan was made",
            es: "son cinco palabras, como se mostraron al hacer el plan")
        switch self {
        case .wordCount(let count):
            return Failure(
                .noKey,
                count == 4
                    ? Text(
                        en: "a word is missing: there are five",
                        es: "falta una palabra: son cinco")
                    : Text(
                        en: "that is no code: it has \(count) \(count == 1 ? "word" : "words")",
                        es: "eso no es un código: tiene \(count)"
                            + (count == 1 ? " palabra" : " palabras")), hint: hint)
        case .unknownWord(let position):
            return Failure(
                .noKey,
                Text(
                    en: "word \(position) of the code is not in the word list",
                    es: "la palabra \(position) del código no está en la lista"), hint: hint)
        case .checkWord:
            return Failure(
                .noKey,
                Text(
                    en: "one of the words is not the right one: the check word says so",
                    es: "una de las palabras no es la correcta: lo dice la de comprobación"),
                hint: hint)
        case .digitCount(let count):
            return Failure(
                .noKey,
                Text(
                    en: "a code of digits has nine, not \(count)",
                    es: "un código de cifras tiene nueve, no \(count)"), hint: hint)
        case .checkDigit:
            return Failure(
                .noKey,
                Text(
                    en: "one of the digits is not the right one: the last one says so",
                    es: "una de las cifras no es la correcta: lo dice la última"), hint: hint)
        case .outOfMemory:
            return Failure(
                .failed,
                Text(
                    en: "64 MiB of memory are needed and not there",
                    es: "hacen falta 64 MiB de memoria y no los hay"),
                hint: Text(en: "close other programs", es: "cierra otros programas"))
        }
    }
}

extension WatchError: Explainable {
    package var failure: Failure {
        switch self {
        case .store(.full):
            Failure(
                .failed,
                Text(
                    en: "the disk is full: the watcher cannot write",
                    es: "el disco está lleno: el vigilante no puede escribir"),
                hint: Text(en: "make room at once", es: "libera espacio cuanto antes"))
        case .store(.damaged), .damagedRow:
            Failure(
                .damaged,
                Text(
                    en: "watch.db is damaged, or belongs to another vault",
                    es: "watch.db está dañado o es de otra bóveda"),
                hint: Text(
                    en: "move it away, start the watcher and arm every plan again",
                    es: "muévelo a otro lado, pon en marcha al vigilante y activa otra vez cada"
                        + " plan"))
        case .store(let error):
            Failure(
                .failed,
                Text(
                    en: "the watcher's file cannot be used (\(error))",
                    es: "no se puede usar el archivo del vigilante (\(error))"),
                hint: Text(
                    en: "look at the disk and at who owns watch.db",
                    es: "revisa el disco y de quién es watch.db"))
        case .differs, .ended:
            Failure(
                .refused,
                Text(
                    en: "the watcher knows another plan of this name",
                    es: "el vigilante conoce otro plan con ese nombre"),
                hint: Text(
                    en: "end that plan, or make a new one: amparo checkin plan new",
                    es: "termina ese plan o haz uno nuevo: amparo checkin plan new"))
        case .epoch:
            Failure(
                .failed,
                Text(
                    en: "another change of this plan was made meanwhile",
                    es: "mientras tanto hubo otro cambio en este plan"),
                hint: Text(en: "look at it, and try again", es: "revísalo e inténtalo otra vez"))
        case .tooSoon:
            Failure(
                .refused,
                Text(en: "one drill a day is enough", es: "basta con un simulacro al día"),
                hint: Text(en: "try again tomorrow", es: "inténtalo mañana"))
        case .alarming:
            Failure(
                .refused,
                Text(
                    en: "a check-in is missing: nobody lets go of a plan then",
                    es: "falta un reporte: en ese momento nadie suelta un plan"),
                hint: Text(
                    en: "find its owner first; her code ends the alarm",
                    es: "primero busca a quien se reporta; su código termina la alerta"))
        case .plan(let error): error.failure
        }
    }
}

extension WatchSocket.Unreachable: Explainable {
    package var failure: Failure { CheckInCommands.noWatcher }
}
