internal import CommandLineKit
internal import Platform
internal import Vault
internal import Wording

/// `amparo vault sync`: one vault on several machines, through a folder.
enum VaultSyncCommand {
    /// More than this is not taken in without a question.
    private static let questionByteCount = 64 << 20

    static let command = Command(
        "sync", spanish: ["sincronizar", "sincroniza"],
        Text(
            en: "Exchange what is new with your other machines, through a folder",
            es: "Intercambia lo nuevo con tus otros equipos, por una carpeta"),
        why: Text(
            en: """
                The folder can be on a stick or one that a program such as Syncthing keeps the same. \
                It gets files of sealed cells, never changed once they are there; whoever sees it \
                learns how much was added, and when. Nothing in it is trusted: half-copied or \
                altered files bring in only their whole cells. It needs no passphrase. Where there \
                is no vault yet, one is made of what the folder has.
                """,
            es: """
                La carpeta puede estar en una memoria USB o ser una que un programa como Syncthing \
                mantiene igual. Recibe archivos de celdas selladas que ya no cambian; quien la vea \
                sabe cuánto se agregó y cuándo. No se confía en nada de ella: de archivos a medio \
                copiar o alterados solo entran sus celdas enteras. No pide frase de contraseña. \
                Donde todavía no hay bóveda, se hace una con lo que tenga la carpeta.
                """),
        arguments: [
            Argument("DIR", Text(en: "The shared folder", es: "La carpeta compartida"))
        ],
        examples: ["amparo vault sync /media/usb/amparo"]
    ) { invocation in
        let files = invocation.world.files
        let folder = invocation.argument("DIR") ?? ""
        let status = try failing(folder) { () throws(FileError) in try files.status(folder) }
        guard let status else { throw FileError.notFound.failure(folder) }
        guard status.kind == .directory else { throw FileError.notDirectory.failure(folder) }
        let vault = try open(folder, invocation)
        let survey = try vault.survey(folder, files: files)
        if survey.unseenByteCount > questionByteCount {
            let size = Quantity.bytes(UInt64(survey.unseenByteCount))
            let question = Text(
                en: "the folder has \(size) that are not here, and what comes in stays: take it?",
                es:
                    "la carpeta tiene \(size) que no están aquí, y lo que entra se queda: ¿lo traes?"
            )
            guard try invocation.confirm(question) else { throw declined }
        }
        let added = try vault.take(survey, files: files)
        let sent = try vault.give(
            survey, files: files, random: VaultRandom(invocation.world.random))
        warn(survey, invocation)
        if invocation.json {
            try invocation.printJSON([
                "added": .number(Int64(added)), "sent": .number(Int64(sent)),
                "incomplete": .number(Int64(survey.incompleteCount)),
                "refused": .number(Int64(survey.refusedCount)),
                "foreign": .number(Int64(survey.foreignCount)),
                "other_lineage": .number(Int64(survey.otherLineageCount)),
            ])
        } else {
            try invocation.print(
                Text(
                    en: "\(added) cells came in, \(sent) went out",
                    es: "entraron \(added) celdas, salieron \(sent)"))
        }
        // What could be done is done; this cannot be mended here.
        if survey.otherLineageCount > 0 { throw rewritten(folder) }
    }

    private static func open(_ folder: String, _ invocation: Invocation) throws -> VaultFile {
        let path = try invocation.home.vault
        do { return try VaultFile(path) } catch VaultError.notFound {
            _ = try invocation.createdHome()
            do throws(VaultError) {
                try VaultFile.make(at: path, from: folder, files: invocation.world.files)
            } catch .otherVault {
                throw severalVaults
            }
            invocation.say(
                Text(
                    en: "there was no vault here; this one opens with the passphrase of the others",
                    es: "aquí no había bóveda; esta se abre con la frase de contraseña de las otras"
                ))
            return try VaultFile(path)
        }
    }

    private static func warn(_ survey: BrickSurvey, _ invocation: Invocation) {
        if survey.incompleteCount > 0 {
            invocation.warn(
                Text(
                    en: "\(survey.incompleteCount) files of the folder are not whole; what is "
                        + "whole in them came in. Once they are copied in full, sync again",
                    es: "\(survey.incompleteCount) archivos de la carpeta no están enteros; entró "
                        + "lo que sí lo está. Cuando se copien del todo, sincroniza otra vez"))
        }
        if survey.refusedCount > 0 {
            invocation.warn(
                Text(
                    en: "\(survey.refusedCount) damaged cells of the folder were left out",
                    es: "quedaron fuera \(survey.refusedCount) celdas dañadas de la carpeta"))
        }
    }

    private static let declined = Failure(
        .refused, Text(en: "nothing came in or went out", es: "no entró ni salió nada"),
        hint: Text(
            en: "look at who else can write in that folder",
            es: "mira quién más puede escribir en esa carpeta"))

    private static let severalVaults = Failure(
        .refused,
        Text(
            en: "the folder has cells of several vaults, and there is none here yet",
            es: "la carpeta tiene celdas de varias bóvedas, y aquí todavía no hay ninguna"),
        hint: Text(
            en: "bring yours from a copy: amparo vault restore FILE",
            es: "trae la tuya de una copia: amparo vault restore ARCHIVO"))

    private static func rewritten(_ folder: String) -> Failure {
        Failure(
            .refused,
            Text(
                en: "the folder also has cells from before or after a rewrite: they do not mix",
                es: "la carpeta tiene además celdas de antes o después de una reescritura: "
                    + "no se mezclan"),
            hint: Text(
                en: "put the newest vault on every machine, and use an empty folder",
                es: "pon la bóveda más nueva en todos los equipos y usa una carpeta vacía"))
    }
}
