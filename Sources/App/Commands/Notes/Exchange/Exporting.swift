internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// What goes out of the vault, and what stays.
struct Exporting {
    /// A note as one file: of several versions that stand side by side, each is one.
    struct Sheet {
        let note: Note
        let version: NoteVersion
        /// Only the newest version carries the note's files.
        let attachments: [Attachment]
    }

    let notebook: Notebook
    let sheets: [Sheet]
    private let pastCount: Int
    private let trashCount: Int
    private let apartCount: Int

    /// The notes that were asked for, else all that are not in the trash.
    init(_ invocation: Invocation, _ vault: Vault, where isWanted: (Note) -> Bool = { _ in true })
        throws
    {
        if invocation.arguments("ID").isEmpty { try vault.loadDeferred() }
        let notebook = Notebook(vault)
        let ids = invocation.arguments("ID")
        var notes = try ids.map { try NoteCommands.lookUp($0, in: notebook) }
        if ids.isEmpty { notes = notebook.notes() }
        notes = notes.filter(isWanted)
        self.notebook = notebook
        sheets = notes.flatMap { note in
            note.versions.enumerated().map { place, version in
                Sheet(
                    note: note, version: version, attachments: place == 0 ? note.attachments : [])
            }
        }
        apartCount = sheets.count - notes.count
        pastCount = notes.reduce(0) { sum, note in
            sum + notebook.history(of: note.id).count - note.versions.count
        }
        trashCount = ids.isEmpty ? notebook.notes(inTrash: true).count : 0
    }

    var attachmentCount: Int { sheets.reduce(0) { $0 + $1.attachments.count } }

    func report(_ invocation: Invocation) {
        invocation.say(
            Text(
                en: "exported: \(sheets.count - apartCount) notes, \(attachmentCount) files",
                es: "exportado: \(sheets.count - apartCount) apuntes, \(attachmentCount) archivos"))
        if apartCount > 0 {
            invocation.say(
                Text(
                    en: "\(apartCount) more versions that were written apart, each as a note",
                    es: "\(apartCount) versiones más escritas por separado, cada una como apunte"))
        }
        guard pastCount + trashCount > 0 else { return }
        invocation.say(
            Text(
                en: "not exported: \(pastCount) earlier versions, \(trashCount) notes in the trash",
                es: "sin exportar: \(pastCount) versiones anteriores, "
                    + "\(trashCount) apuntes en la papelera"))
    }
}

/// Writes of a new folder, with the path that the user knows.
struct ExportFolder {
    let path: String
    private let folder: any NewFolder

    init(_ path: String, _ invocation: Invocation) throws {
        self.path = path
        do throws(FileError) { folder = try invocation.world.files.newFolder(path) } catch {
            throw error == .alreadyExists ? Failure.exists(path) : error.failure(path)
        }
    }

    func file(_ name: [String], modified: Instant? = nil, _ write: (any NewFile) throws -> Void)
        throws
    {
        let file = try failing(path) { () throws(FileError) in
            try folder.createFile(name, isProgram: false)
        }
        try write(file)
        guard let modified else { return }
        try failing(path) { () throws(FileError) in try file.setModified(modified) }
    }

    func directory(_ name: [String]) throws {
        try failing(path) { () throws(FileError) in try folder.createDirectory(name) }
    }

    func commit() throws {
        try failing(path) { () throws(FileError) in try folder.commit(only: nil) }
    }
}

extension ByteOutput {
    /// With the path that the user knows in what goes wrong.
    func put(_ bytes: [UInt8], _ path: String) throws(Failure) {
        do throws(StreamError) { try write(bytes.span) } catch {
            throw FileError(error).failure(path)
        }
    }

    func put(_ text: String, _ path: String) throws(Failure) { try put(Array(text.utf8), path) }
}
