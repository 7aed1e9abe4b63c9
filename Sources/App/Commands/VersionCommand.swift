internal import CommandLineKit
internal import Wording

enum VersionCommand {
    static let command = Command(
        "version", Text(en: "Show the version", es: "Muestra la versión")
    ) { invocation in
        try invocation.print(Root.version)
    }
}
