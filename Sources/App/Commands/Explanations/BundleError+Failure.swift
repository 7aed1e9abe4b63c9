package import Bundles
package import CommandLineKit
internal import Platform
internal import Wording

extension BundleError {
    /// - Parameters:
    ///   - input: Name of the bundle, as the user knows it.
    ///   - output: Where it was to come out.
    package func failure(input: String, output: String) -> Failure {
        switch self {
        case .malformed, .input:
            Failure(
                .damaged,
                Text(
                    en: "\(input) opens, but the folder in it is not as it was packed",
                    es: "\(input) abre, pero la carpeta que trae no está como se empacó"),
                hint: Text(
                    en: "nothing was written; ask for it again",
                    es: "no se escribió nada; pídelo otra vez"))
        case .refused(let danger):
            Failure(
                .refused,
                Text(
                    en: "\(input) holds \(danger.words.en), so nothing of it was unpacked",
                    es: "\(input) trae \(danger.words.es), así que no se desempacó nada"),
                hint: Text(
                    en: "no honest program packs that; ask who sent it",
                    es: "ningún programa honesto empaca eso; pregunta a quien lo mandó"))
        case .output(.alreadyExists):
            Failure(
                .refused,
                Text(
                    en: "\(output) exists already, and a folder comes out in a place of its own",
                    es: "\(output) ya existe, y una carpeta sale en un lugar nuevo"),
                hint: Text(en: "choose another name with -o", es: "elige otro nombre con -o"))
        case .output(let error): error.failure(output)
        case .unreadable(let path, let error): error.failure(path)
        case .changed(let path):
            Failure(
                .failed,
                Text(
                    en: "\(path) changed while it was read",
                    es: "\(path) cambió mientras se leía"),
                hint: Text(
                    en: "close what is writing to it, and try again",
                    es: "cierra lo que esté escribiendo en él y repite"))
        case .unusableName(let path):
            Failure(
                .failed,
                Text(
                    en: "\(path): that name is too long, or in an old encoding",
                    es: "\(path): ese nombre es muy largo, o está en una codificación vieja"),
                hint: Text(en: "rename it, and try again", es: "cámbiale el nombre y repite"))
        case .twice(let name):
            Failure(
                .usage,
                Text(
                    en: "two of the things to pack are named \(name)",
                    es: "dos de las cosas por empacar se llaman \(name)"),
                hint: Text(
                    en: "rename one, or encrypt them one by one with --each",
                    es: "cámbiale el nombre a una, o cífralas por separado con --each"))
        }
    }
}

extension BundleError.Danger {
    fileprivate var words: Text {
        switch self {
        case .absolutePath, .parentPath:
            Text(
                en: "a name that leads out of its folder",
                es: "un nombre que lleva fuera de su carpeta")
        case .leavingLink:
            Text(
                en: "a link that leads out of its folder",
                es: "un enlace que lleva fuera de su carpeta")
        case .special:
            Text(
                en: "something that is neither file nor folder",
                es: "algo que no es archivo ni carpeta")
        case .privileged:
            Text(
                en: "a program that would run with another user's rights",
                es: "un programa que correría con los permisos de otro usuario")
        case .repeated: Text(en: "the same name twice", es: "dos veces el mismo nombre")
        case .sparse:
            Text(
                en: "a file that would be larger than what was sent",
                es: "un archivo que sería mayor que lo enviado")
        case .badName:
            Text(en: "a name that no disk holds", es: "un nombre que ningún disco acepta")
        case .tooDeep: Text(en: "too many folders in folders", es: "demasiadas carpetas anidadas")
        case .tooMany: Text(en: "too many files", es: "demasiados archivos")
        }
    }
}

extension BundleError: Explainable {
    package var failure: Failure { failure(input: "stdin", output: "stdout") }
}
