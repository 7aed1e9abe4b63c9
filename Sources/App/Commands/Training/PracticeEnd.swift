internal import CommandLineKit
internal import Curriculum
internal import Platform
internal import Wording

/// `amparo practice end`: deletes the world, after saying what goes.
enum PracticeEnd {
    static let command = Command(
        "end", spanish: ["terminar", "acabar", "borrar"],
        Text(en: "Delete the practice world", es: "Borra el mundo de práctica"),
        why: Text(
            en: """
                The whole practice folder goes, with what you made in it; nothing of yours. What was \
                written to a disk can be found on it for a while: that is why everything in there is \
                invented.
                """,
            es: """
                Se va toda la carpeta de práctica, con lo que hiciste en ella; nada tuyo. Lo que se \
                escribió en un disco se puede encontrar ahí por un tiempo: por eso todo es inventado.
                """),
        examples: ["amparo practice end", "amparo practice end --yes"]
    ) { invocation in
        let files = invocation.world.files
        let world =
            try PracticeWorld(environment: invocation.world.environment)
            ?? PracticeStart.place(invocation)
        guard world.language(files) != nil else {
            guard PracticeWorld(environment: invocation.world.environment) == nil else {
                throw PracticeCommands.ended
            }
            throw Failure(
                .failed,
                Text(en: "there is no practice here", es: "aquí no hay ninguna práctica"),
                hint: Text(
                    en: "begin one: amparo practice start", es: "empieza una: amparo practice start"
                ))
        }
        let names = everything(in: world.folder, files)
        let bytes = names.reduce(0) { $0 + $1.byteCount }
        for entry in (try? files.list(world.folder)) ?? [] {
            invocation.say(Text(verbatim: "  " + Path.join(world.folder, entry)))
        }
        let kib = bytes >> 10
        let all = Text(
            en: "Delete all of this, \(names.count) files (\(kib) KiB)?",
            es: "¿Borrar todo esto, \(names.count) archivos (\(kib) KiB)?")
        guard try invocation.confirm(all) else {
            return invocation.say(Text(en: "nothing was deleted", es: "no se borró nada"))
        }
        // Without the mark nobody takes it for a world: the watcher ends, and nothing is opened.
        try files.remove(PracticeWorld.mark(in: world.folder))
        PracticeShell.awaitEnd(world, files)
        remove(world.folder, files)
        guard try files.linkStatus(world.folder) == nil else {
            throw Failure(
                .failed,
                Text(
                    en: "something is still in \(world.folder)",
                    es: "todavía queda algo en \(world.folder)"),
                hint: Text(
                    en: "close what uses it, then delete the folder",
                    es: "cierra lo que la use y borra la carpeta"))
        }
        if invocation.json {
            return try invocation.printJSON([
                "deleted": .text(world.folder), "files": .number(Int64(names.count)),
            ])
        }
        invocation.say(
            Text(
                en: "the practice is deleted; leave its shell with exit",
                es: "la práctica quedó borrada; sal de su terminal con exit"))
    }

    private static func everything(in path: String, _ files: any FileSystem) -> [FileStatus] {
        guard let status = (try? files.linkStatus(path)) ?? nil else { return [] }
        guard status.kind == .directory else { return [status] }
        return ((try? files.list(path)) ?? []).flatMap {
            everything(in: Path.join(path, $0), files)
        }
    }

    /// A link is removed, never what it points to: somebody may have put one to her own files.
    static func remove(_ path: String, _ files: any FileSystem) {
        if ((try? files.linkStatus(path)) ?? nil)?.kind == .directory {
            for name in (try? files.list(path)) ?? [] { remove(Path.join(path, name), files) }
        }
        try? files.remove(path)
    }
}
