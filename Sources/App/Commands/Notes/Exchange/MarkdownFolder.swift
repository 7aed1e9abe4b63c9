internal import Bundles
internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// Notes as a folder of Markdown files with front matter, files beside them.
enum MarkdownFolder {
    static func write(
        _ exporting: Exporting, to path: String, signing key: SigningKeys.Own?,
        _ invocation: Invocation
    ) throws {
        let folder = try ExportFolder(path, invocation)
        var custody = CustodyList()
        var names = PortableName()
        // What the list is called is no note's name.
        for name in CustodyList.names { _ = names.name(name) }
        for sheet in exporting.sheets {
            try Interrupts.check()
            let file = names.name(sheet.version.title, ending: ".md")
            let files = String(file.dropLast(3)) + ".files"
            var head = FrontMatter()
            head.title = sheet.version.title
            head.created = sheet.note.created
            head.modified = sheet.version.time
            head.tags = sheet.note.tags
            head.template = sheet.version.template
            var places: [[String]] = []
            var fileNames = PortableName()
            for attachment in sheet.attachments {
                places.append([files, fileNames.fileName(attachment.name)])
            }
            head.attachments = places.map { $0.joined(separator: "/") }
            try folder.file([file], modified: sheet.version.time) { output in
                let hashing = HashingOutput(output, path)
                try hashing.write(Array(head.serialized(id: sheet.note.id.description).utf8))
                try hashing.write(try exporting.notebook.body(of: sheet.version))
                custody.add([file], hash: hashing.finish())
            }
            if !places.isEmpty { try folder.directory([files]) }
            for (attachment, place) in zip(sheet.attachments, places) {
                try folder.file(place, modified: attachment.time) { output in
                    let hashing = HashingOutput(output, path)
                    try exporting.notebook.extract(attachment) { piece in
                        try Interrupts.check()
                        try hashing.write(piece)
                    }
                    custody.add(attachment, of: sheet.note, at: place, hash: hashing.finish())
                }
            }
        }
        if let key { try custody.write(to: folder, signing: key) }
        try folder.commit()
    }

    // MARK: Reading

    private static let endings = [".md", ".markdown"]

    private static func isNote(_ name: String) -> Bool {
        endings.contains { name.lowercased().hasSuffix($0) }
    }

    /// Everything in the folder by its path in it, but what is hidden.
    private struct Contents {
        var notes: [String] = []
        var files: Set<String> = []
        /// Never followed: whoever made the folder chose where they lead, perhaps out of it over
        /// several of them.
        var links: Set<String> = []
        var hiddenCount = 0
    }

    static func read(
        _ root: String, into notebook: Notebook, leavesOthersOut: Bool, _ invocation: Invocation
    ) throws -> Importing.Count {
        let contents = try contents(root, invocation)
        var count = Importing.Count()
        count.leftOut += contents.hiddenCount
        var used: Set<String> = []
        for path in contents.notes {
            try Interrupts.check()
            try read(path, in: root, contents, &used, into: notebook, &count, invocation)
        }
        let others = contents.files.subtracting(used).union(contents.links).sorted()
        if !others.isEmpty {
            guard leavesOthersOut else { throw unused(others) }
            count.leftOut += others.count
        }
        return count
    }

    static func unused(_ paths: [String]) -> Failure {
        let some = paths.prefix(5).joined(separator: ", ") + (paths.count > 5 ? ", …" : "")
        return Failure(
            .failed,
            Text(
                en: "\(paths.count) files belong to no note, and nothing was imported: \(some)",
                es: "\(paths.count) archivos no son de ningún apunte y no se importó nada: \(some)"),
            hint: Text(
                en: "leave them out with --leave-out", es: "déjalos fuera con --leave-out"))
    }

    private static func contents(_ root: String, _ invocation: Invocation) throws -> Contents {
        var contents = Contents()
        // Its contents are at the top, so that no link among them is followed.
        var walk = try Tree(
            [Tree.Root(path: Path.join(root, "."))], on: invocation.world.files
        ).walk()
        while let member = try walk.next() {
            let path = member.name.joined(separator: "/")
            switch member.kind {
            case .folder, .input: continue
            case _ where member.name.contains(where: { $0.hasPrefix(".") }):
                contents.hiddenCount += 1
            case .file where CustodyList.names.contains(path): continue
            case .file:
                if isNote(path) { contents.notes.append(path) } else { contents.files.insert(path) }
            case .link: contents.links.insert(path)
            }
        }
        for left in walk.leftOut { contents.files.insert(left.path) }
        return contents
    }

    private static func read(
        _ path: String, in root: String, _ contents: Contents, _ used: inout Set<String>,
        into notebook: Notebook, _ count: inout Importing.Count, _ invocation: Invocation
    ) throws {
        let file = Path.join(root, path)
        let bytes = try failing(file) { () throws(FileError) in
            try invocation.world.files.read(file, limit: Notebook.bodyLimit + 65_536)
        }
        let (head, text) = FrontMatter.split(bytes)
        var body = Array(text)
        if !head.others.isEmpty {
            body = Array((head.others.joined(separator: "\n") + "\n\n").utf8) + body
            count.keptHeads += 1
        }
        let status = try failing(file) { () throws(FileError) in
            try invocation.world.files.status(file)
        }
        let modified = head.modified ?? status?.modified ?? invocation.world.clock.now
        let stem = String(Path.name(of: path).prefix { $0 != "." })
        let id: ID16
        do {
            id = try notebook.add(
                title: head.title ?? stem, body: body, tags: head.tags,
                template: head.template.flatMap(NoteTemplate.init(rawValue:))?.rawValue,
                past: .init(created: head.created ?? modified, modified: modified))
        } catch let error as NotebookError { throw Importing.failure(error, file) }
        count.notes += 1
        var names = PortableName()
        var attached: Set<String> = []
        for (wanted, isPromised) in head.attachments.map({ ($0, true) })
            + Links.targets(in: body).map({ ($0, false) })
        {
            guard let found = resolve(wanted, from: path, contents) else {
                // A link may lead out of the folder; the head of a file promises what is there.
                guard !isPromised else { throw Importing.missing(wanted, of: file) }
                continue
            }
            guard attached.insert(found).inserted else { continue }
            used.insert(found)
            try Importing.attach(
                Path.join(root, found), as: names.fileName(Path.name(of: found)), to: id,
                notebook, invocation)
            count.files += 1
        }
    }

    /// A path as a note writes it: from its own folder, else from the top.
    private static func resolve(
        _ target: String, from note: String, _ contents: Contents
    ) -> String? {
        let folder = note.split(separator: "/").dropLast().map(String.init)
        for start in [folder, []] {
            var parts = start
            var isInside = true
            for part in target.split(separator: "/") where part != "." {
                if part == ".." {
                    isInside = isInside && parts.popLast() != nil
                } else {
                    parts.append(String(part))
                }
            }
            let path = parts.joined(separator: "/")
            if isInside, contents.files.contains(path) { return path }
        }
        return nil
    }
}
