package import CommandLineKit
package import Notebook
internal import Wording

extension NotebookError: Explainable {
    package var failure: Failure {
        switch self {
        case .malformedTitle(let limit):
            Failure(
                .usage,
                Text(
                    en: "a title is one line of at most \(limit) bytes",
                    es: "un título es una sola línea de a lo más \(limit) bytes"),
                hint: Text(
                    en: "shorten it; the rest belongs in the note",
                    es: "acórtalo; lo demás va en el apunte"))
        case .malformedTag(let limit):
            Failure(
                .usage,
                Text(
                    en: "a tag is a word or a few, at most \(limit) bytes, without quotation marks",
                    es:
                        "una etiqueta es una palabra o pocas, de a lo más \(limit) bytes y sin comillas"
                ))
        case .emptyNote:
            Failure(
                .usage,
                Text(
                    en: "the note has neither a title nor a text",
                    es: "el apunte no tiene título ni texto"),
                hint: Text(
                    en: "like this: amparo note new --title TITLE < FILE",
                    es: "así: amparo note new --title TÍTULO < ARCHIVO"))
        case .bodyIsNotText:
            Failure(
                .damaged,
                Text(
                    en: "the text of the note is not UTF-8",
                    es: "el texto del apunte no es UTF-8"),
                hint: Text(
                    en: "convert it (iconv -f latin1 -t utf8 FILE), or keep it as it is: "
                        + "amparo note attach ID FILE",
                    es: "conviértelo (iconv -f latin1 -t utf8 ARCHIVO) o guárdalo tal cual: "
                        + "amparo note attach APUNTE ARCHIVO"))
        case .bodyTooLong(let limit):
            Failure(
                .failed,
                Text(
                    en: "a note's text has at most \(limit >> 20) MiB",
                    es: "el texto de un apunte tiene a lo más \(limit >> 20) MiB"),
                hint: Text(
                    en: "keep it as a file: amparo note attach ID FILE",
                    es: "guárdalo como archivo: amparo note attach APUNTE ARCHIVO"))
        case .malformedName:
            Failure(
                .usage,
                Text(
                    en: "a file with such a name cannot be attached",
                    es: "no se puede adjuntar un archivo con ese nombre"),
                hint: Text(
                    en: "rename it: no control characters, at most 255 bytes",
                    es: "cámbiale el nombre: sin caracteres de control y de a lo más 255 bytes"))
        case .nameTaken(let name):
            Failure(
                .refused,
                Text(
                    en: "the note would have two files called '\(name)'",
                    es: "el apunte tendría dos archivos llamados «\(name)»"),
                hint: Text(
                    en: "keep it under another name: amparo note attach ID FILE --name NAME",
                    es: "guárdalo con otro nombre: "
                        + "amparo note attach APUNTE ARCHIVO --name NOMBRE"))
        case .unreadableBody:
            Failure(
                .damaged,
                Text(
                    en: "the text of this note was written by a newer amparo",
                    es: "el texto de este apunte lo escribió un amparo más nuevo"),
                hint: Text(en: "install the newer one", es: "instala la versión más nueva"))
        }
    }
}

extension SearchError: Explainable {
    package var failure: Failure {
        switch self {
        case .malformedDate(let text):
            Failure(
                .usage,
                Text(en: "'\(text)' is not a day", es: "«\(text)» no es un día"),
                hint: Text(
                    en: "write it like this: before:2026-01-31",
                    es: "escríbelo así: before:2026-01-31"))
        }
    }
}
