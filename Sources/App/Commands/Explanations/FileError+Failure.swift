package import CommandLineKit
package import Platform
internal import Wording

extension FileError {
    /// The same fact, said with the path that the user typed or that this program chose.
    package func failure(_ path: String) -> Failure {
        switch self {
        case .notFound:
            Failure(
                .failed,
                Text(en: "\(path): there is no such file", es: "\(path): no existe ese archivo"),
                hint: Text(
                    en: "look at the spelling, and at the folder you are in",
                    es: "revisa cómo está escrito y en qué carpeta estás"))
        case .alreadyExists:
            Failure(
                .refused,
                Text(
                    en: "\(path) exists already, and nothing is overwritten",
                    es: "\(path) ya existe, y aquí no se sobrescribe nada"),
                hint: Text(
                    en: "choose another name with -o, or allow this one: -o \(path) --force",
                    es: "elige otro nombre con -o, o permite este: -o \(path) --force"))
        case .isDirectory:
            Failure(
                .failed,
                Text(en: "\(path) is a folder, not a file", es: "\(path) es una carpeta"),
                hint: Text(en: "name a file in it", es: "nombra un archivo que esté dentro"))
        case .notDirectory:
            Failure(
                .failed,
                Text(en: "\(path): that is no folder", es: "\(path): eso no es una carpeta"),
                hint: Text(
                    en: "look at the spelling; a file is where a folder should be",
                    es: "revisa cómo está escrito; hay un archivo donde va una carpeta"))
        case .notRegular:
            Failure(
                .failed,
                Text(
                    en: "\(path) is not an ordinary file", es: "\(path) no es un archivo común"),
                hint: Text(
                    en: "name an ordinary file; what it is: ls -l \(path)",
                    es: "nombra un archivo común; qué es: ls -l \(path)"))
        case .accessDenied:
            Failure(
                .failed,
                Text(
                    en: "\(path): the system does not allow it",
                    es: "\(path): el sistema no lo permite"),
                hint: Text(
                    en: "look at who owns it: ls -ld \(path)",
                    es: "mira de quién es: ls -ld \(path)"))
        case .readOnly:
            Failure(
                .failed,
                Text(
                    en: "\(path): that disk cannot be written to",
                    es: "\(path): en ese disco no se puede escribir"),
                hint: Text(en: "use another folder", es: "usa otra carpeta"))
        case .noSpace:
            Failure(
                .failed,
                Text(en: "\(path): the disk is full", es: "\(path): el disco está lleno"),
                hint: Text(
                    en: "make room, or use another disk; nothing was left half written",
                    es: "libera espacio o usa otro disco; nada quedó a medias"))
        case .tooLarge(let limit):
            Failure(
                .damaged,
                Text(
                    en: "\(path) is larger than the \(limit) bytes it may have",
                    es: "\(path) pasa de los \(limit) bytes que puede tener"),
                hint: Text(en: "is it the right file?", es: "¿es el archivo correcto?"))
        case .sameFile:
            Failure(
                .refused,
                Text(
                    en: "\(path): input and output are the same file",
                    es: "\(path): la entrada y la salida son el mismo archivo"),
                hint: Text(
                    en: "choose another name for the output", es: "elige otro nombre de salida"))
        case .locked:
            Failure(
                .failed,
                Text(
                    en: "\(path): another amparo is using it",
                    es: "\(path): otro amparo lo está usando"),
                hint: Text(
                    en: "wait for it to end, and try again",
                    es: "espera a que termine e inténtalo de nuevo"))
        case .closedPipe:
            Failure(
                .failed,
                Text(
                    en: "\(path): nobody reads at the other end",
                    es: "\(path): nadie lee del otro lado"),
                hint: Text(
                    en: "look at the command after the |, or name a file with -o",
                    es: "mira el comando que va después de |, o nombra un archivo con -o"))
        case .badPath:
            Failure(
                .usage,
                Text(en: "\(path): that is no usable name", es: "\(path): ese nombre no sirve"),
                hint: Text(en: "choose a shorter one", es: "elige uno más corto"))
        case .notEmpty:
            Failure(
                .refused,
                Text(en: "\(path) is not empty", es: "\(path) no está vacía"),
                hint: Text(
                    en: "choose a folder that is empty or not there yet",
                    es: "elige una carpeta vacía o que todavía no exista"))
        case .interrupted:
            Failure(.interrupted, Text(en: "interrupted", es: "interrumpido"))
        case .system(let code):
            Failure(
                .failed,
                Text(
                    en: "\(path): the system refused it (error \(code))",
                    es: "\(path): el sistema no pudo (error \(code))"),
                hint: Text(
                    en: "is the disk still connected? try again, or use another disk",
                    es: "¿sigue conectado el disco? inténtalo de nuevo o usa otro"))
        }
    }

    /// The same of something that was to be made at `path`: then it is its folder that is at fault.
    package func failure(making path: String) -> Failure {
        let folder = Path.directory(of: path)
        return switch self {
        case .notFound:
            Failure(
                .failed,
                Text(
                    en: "\(path): there is no folder \(folder)",
                    es: "\(path): no existe la carpeta \(folder)"),
                hint: Text(
                    en: "is the disk connected? look at the spelling, or make it: mkdir \(folder)",
                    es: "¿está conectado el disco? revisa el nombre, o créala: mkdir \(folder)"))
        case .notDirectory:
            Failure(
                .failed,
                Text(
                    en: "\(path): \(folder) is a file, not a folder",
                    es: "\(path): \(folder) es un archivo, no una carpeta"),
                hint: Text(en: "choose another folder", es: "elige otra carpeta"))
        case .accessDenied:
            Failure(
                .failed,
                Text(
                    en: "\(path): the system does not let you write in \(folder)",
                    es: "\(path): el sistema no te deja escribir en \(folder)"),
                hint: Text(
                    en: "use another folder; whose that one is: ls -ld \(folder)",
                    es: "usa otra carpeta; de quién es esa: ls -ld \(folder)"))
        default: failure(path)
        }
    }
}

/// Where no better path is at hand.
extension FileError: Explainable {
    package var failure: Failure { failure("amparo") }
}
