internal import Bundles
internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// Notes of Joplin, as its export of kind JEX writes them: a tar of one small file for each item,
/// and the files themselves in `resources`.
struct JoplinArchive {
    private let path: String
    private let invocation: Invocation
    private let notebook: Notebook
    private let leavesOthersOut: Bool

    private var notes: [JoplinItem] = []
    private var folders: [ID16: JoplinItem] = [:]
    private var tags: [ID16: String] = [:]
    private var noteTags: [ID16: [ID16]] = [:]
    private var resources: [ID16: JoplinItem] = [:]
    /// What came in under which id.
    private var ids: [ID16: ID16] = [:]
    /// Which notes want a file, and under which name.
    private var wanted: [ID16: [(note: ID16, name: String)]] = [:]
    private var count = Importing.Count()

    static let ending = ".jex"
    private static let folder = "resources/"
    private static let itemLimit = Notebook.bodyLimit + 65_536
    private static let itemCountLimit = 2_000_000

    static func read(
        _ path: String, into notebook: Notebook, leavesOthersOut: Bool, _ invocation: Invocation
    ) throws -> Importing.Count {
        var archive = JoplinArchive(path, notebook, leavesOthersOut, invocation)
        try archive.readItems()
        try archive.addNotes()
        try archive.attachFiles()
        return archive.count
    }

    private init(
        _ path: String, _ notebook: Notebook, _ leavesOthersOut: Bool, _ invocation: Invocation
    ) {
        self.path = path
        self.notebook = notebook
        self.leavesOthersOut = leavesOthersOut
        self.invocation = invocation
    }

    /// Each file of the tar in turn, by its path in it.
    private func entries(_ body: (String, TarReader.Entry, TarReader) throws -> Void) throws {
        let input = try failing(path) { () throws(FileError) in
            try invocation.world.files.input(path)
        }
        let tar = TarReader(input)
        do {
            var entryCount = 0
            while let entry = try tar.next() {
                try Interrupts.check()
                entryCount += 1
                guard entryCount <= Self.itemCountLimit else { throw BundleError.malformed }
                guard entry.kind != .folder else { continue }
                guard entry.kind == .file, !entry.isSparse else { throw BundleError.malformed }
                let name = entry.name.hasPrefix("./") ? String(entry.name.dropFirst(2)) : entry.name
                try body(name, entry, tar)
            }
        } catch is BundleError { throw Importing.damaged(path) }
    }

    // MARK: Items

    private mutating func readItems() throws {
        var others: [String] = []
        var files: Set<ID16> = []
        var (notes, folders, tags, noteTags, resources) = (
            notes, folders, tags, noteTags, resources
        )
        try entries { name, entry, tar in
            if name.hasPrefix(Self.folder) {
                guard let id = Self.resource(name) else { return others.append(name) }
                files.insert(id)
                return
            }
            guard name.hasSuffix(".md"), !name.contains("/") else { return others.append(name) }
            guard entry.byteCount <= Self.itemLimit else { throw Importing.damaged(path) }
            var bytes: [UInt8] = []
            while case let piece = try tar.piece(), !piece.isEmpty { bytes += piece }
            guard let item = JoplinItem(parsing: bytes) else { throw damagedItem(name) }
            guard !item.isEncrypted else { throw encrypted }
            switch item.kind {
            case .note: notes.append(item)
            case .folder: folders[item.id] = item
            case .resource: resources[item.id] = item
            case .tag: tags[item.id] = item.title
            case .noteTag:
                guard let note = item.reference("note_id"), let tag = item.reference("tag_id")
                else {
                    throw damagedItem(name)
                }
                noteTags[note, default: []].append(tag)
            case nil: others.append(name)
            }
        }
        guard !notes.isEmpty || !folders.isEmpty else { throw Importing.damaged(path) }
        (self.notes, self.folders, self.tags) = (notes, folders, tags)
        (self.noteTags, self.resources) = (noteTags, resources)
        // A file is asked for by the notes that show it; one that nobody shows is in no note.
        let shown = Set(notes.flatMap { JoplinLinks().targets(in: $0.body) })
        others += files.subtracting(shown).sorted().map { resources[$0]?.title ?? $0.description }
        if let missing = resources.keys.filter({ shown.contains($0) && !files.contains($0) }).min()
        {
            throw Importing.missing(resources[missing]?.title ?? missing.description, of: path)
        }
        guard others.isEmpty || leavesOthersOut else {
            throw MarkdownFolder.unused(others.sorted())
        }
        count.leftOut += others.count
    }

    /// `resources/ID.ending`.
    private static func resource(_ name: String) -> ID16? {
        ID16(hexadecimal: name.dropFirst(folder.count).prefix { $0 != "." })
    }

    // MARK: Notes

    private mutating func addNotes() throws {
        var taken = Set(notes.map(\.id))
        for item in notes {
            guard ids[item.id] == nil else { throw damagedItem("\(item.id).md") }
            // The same id where it is free: a second import of the same file makes other notes.
            var id = item.id
            while notebook.isKnown(id) || id != item.id && !taken.insert(id).inserted {
                id = id.following
            }
            ids[item.id] = id
        }
        for item in notes {
            try Interrupts.check()
            try add(item)
        }
    }

    private mutating func add(_ item: JoplinItem) throws {
        guard let id = ids[item.id], let times = item.times else {
            throw damagedItem("\(item.id).md")
        }
        let links = JoplinLinks()
        var names = PortableName()
        var fileNames: [ID16: String] = [:]
        for target in links.targets(in: item.body) {
            guard let resource = resources[target] else { continue }
            let title = resource.title.isEmpty ? resource["filename"] ?? "" : resource.title
            let ending = resource["file_extension"].map { "." + $0 } ?? ""
            let name = names.fileName(title.isEmpty ? "\(target)\(ending)" : title)
            fileNames[target] = name
            wanted[target, default: []].append((id, name))
        }
        var body = links.replace(in: item.body, file: { fileNames[$0] }, note: { ids[$0] })
        let leftovers = item.leftovers
        if !leftovers.isEmpty {
            body = Array((leftovers.joined(separator: "\n") + "\n\n").utf8) + body
            count.keptHeads += 1
        }
        do {
            try notebook.add(
                title: item.title, body: body, tags: tags(of: item),
                past: .init(created: times.created, modified: times.modified), id: id)
        } catch let error as NotebookError {
            throw Importing.failure(error, "\(path): \(item.id).md")
        }
        if item.isDeleted, let note = notebook.note(id) { notebook.trash(note) }
        count.notes += 1
    }

    /// Its tags, and the notebook that it lay in, with those above it.
    private func tags(of item: JoplinItem) -> [String] {
        var path: [String] = []
        var seen: Set<ID16> = []
        var folder = item.reference("parent_id").flatMap { folders[$0] }
        while let next = folder, seen.insert(next.id).inserted {
            path.insert(next.title, at: 0)
            folder = next.reference("parent_id").flatMap { folders[$0] }
        }
        var notebookTag = path.joined(separator: "/").replacing("\"", with: "'")
        while notebookTag.utf8.count > Notebook.tagLimit { notebookTag.removeLast() }
        let own = (noteTags[item.id] ?? []).compactMap { tags[$0] }
        return (own + [notebookTag]).filter { !$0.isEmpty }
    }

    // MARK: Files

    /// A file that several notes show is kept with each: the tar is read once for each in turn.
    private mutating func attachFiles() throws {
        let rounds = wanted.values.map(\.count).max() ?? 0
        for round in 0..<rounds {
            var attached = 0
            try entries { name, _, tar in
                guard name.hasPrefix(Self.folder), let id = Self.resource(name),
                    let places = wanted[id], round < places.count
                else { return }
                let place = places[round]
                try notebook.attach(place.name, to: place.note, isNew: true) {
                    try Interrupts.check()
                    return try tar.piece()
                }
                attached += 1
            }
            count.files += attached
        }
    }

    // MARK: Failures

    private func damagedItem(_ name: String) -> Failure { Importing.damaged("\(path): \(name)") }

    private var encrypted: Failure {
        Failure(
            .refused,
            Text(
                en: "\(path): its items are encrypted by Joplin; nothing was imported",
                es: "\(path): Joplin cifró lo que trae; no se importó nada"),
            hint: Text(
                en: "decrypt them in Joplin first, then export again",
                es: "descífralo antes en Joplin y vuelve a exportar"))
    }
}
