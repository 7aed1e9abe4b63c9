internal import CommandLineKit
internal import Encoding
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// Notes as one JSON file, files as base64 in it: `{"amparo_notes":1,"notes":[…]}`.
enum JSONNotes {
    private static let mark = "amparo_notes"

    static func write(_ exporting: Exporting, to output: any ByteOutput, _ path: String) throws {
        try output.put("{\"\(mark)\":1,\"notes\":[", path)
        for (place, sheet) in exporting.sheets.enumerated() {
            try Interrupts.check()
            let body = try exporting.notebook.body(of: sheet.version)
            let head: JSON = [
                "id": .text(sheet.note.id.description), "title": .text(sheet.version.title),
                "tags": .list(sheet.note.tags), "created": .time(sheet.note.created),
                "modified": .time(sheet.version.time),
                "template": .text(orNull: sheet.version.template),
                "body": .text(String(decoding: body, as: UTF8.self)),
            ]
            let open = (place == 0 ? "\n" : ",\n") + head.serialized.dropLast()
            try output.put(open + ",\"attachments\":[", path)
            for (place, attachment) in sheet.attachments.enumerated() {
                try write(attachment, isFirst: place == 0, of: exporting, to: output, path)
            }
            try output.put("]}", path)
        }
        try output.put("\n]}\n", path)
    }

    private static func write(
        _ attachment: Attachment, isFirst: Bool, of exporting: Exporting,
        to output: any ByteOutput, _ path: String
    ) throws {
        let head: JSON = [
            "name": .text(attachment.name),
            "bytes": .number(Int64(clamping: attachment.blob.byteCount)),
            "blake2b": .text(attachment.hash), "imported": .time(attachment.time),
        ]
        let open = (isFirst ? "" : ",") + head.serialized.dropLast()
        try output.put(open + ",\"data\":\"", path)
        var waiting: [UInt8] = []
        try exporting.notebook.extract(attachment) { piece in
            try Interrupts.check()
            waiting += piece
            // Whole groups only: between two pieces there is no padding.
            let whole = waiting.count / 3 * 3
            try output.put(Base64.encode(waiting.span.extracting(0..<whole), .padded), path)
            waiting.removeFirst(whole)
        }
        try output.put(Base64.encode(waiting.span, .padded), path)
        try output.put("\"}", path)
    }

    // MARK: Reading

    /// No note has so many.
    private static let listLimit = 100_000

    static func read(
        _ input: any ByteInput, _ path: String, into notebook: Notebook
    ) throws -> Importing.Count {
        var count = Importing.Count()
        var reader = JSONReader(input)
        do {
            var version: Int?
            try reader.object { name, reader in
                switch name {
                case mark: version = try reader.number()
                case "notes":
                    // Nothing is read before it is known to be ours.
                    guard version == 1 else { throw Importing.damaged(path) }
                    try reader.list { reader in
                        try note(&reader, path, into: notebook, &count)
                    }
                default: throw Importing.damaged(path)
                }
            }
            try reader.expectEnd()
            guard version == 1 else { throw Importing.damaged(path) }
        } catch JSONReader.Mistake.unreadable(let error) {
            throw FileError(error).failure(path)
        } catch is JSONReader.Mistake {
            throw Importing.damaged(path)
        } catch let error as NotebookError {
            throw Importing.failure(error, path)
        }
        return count
    }

    private static func note(
        _ reader: inout JSONReader, _ path: String, into notebook: Notebook,
        _ count: inout Importing.Count
    ) throws {
        var (title, template) = (String?.none, String?.none)
        var body: [UInt8] = []
        var tags: [String] = []
        var (created, modified) = (Instant?.none, Instant?.none)
        var id: ID16?
        /// What comes before the files is all of the note but them.
        func add() throws -> ID16 {
            if let id { return id }
            guard let title, let created, let modified else { throw Importing.damaged(path) }
            let made = try notebook.add(
                title: title, body: body, tags: tags, template: template,
                past: .init(created: created, modified: modified))
            id = made
            return made
        }
        var files = count.files
        try reader.object { name, reader in
            guard id == nil else { throw Importing.damaged(path) }
            switch name {
            case "id": _ = try reader.string(limit: 64)
            case "title": title = try reader.string(limit: 4 * Notebook.titleLimit)
            case "tags":
                try reader.list { reader in
                    guard tags.count < listLimit else { throw Importing.damaged(path) }
                    tags.append(try reader.string(limit: 4 * Notebook.tagLimit))
                }
            case "created": created = try moment(&reader, path)
            case "modified": modified = try moment(&reader, path)
            case "template": template = try reader.stringOrNull(limit: 64)
            case "body": body = try reader.text(limit: Notebook.bodyLimit)
            case "attachments":
                let id = try add()
                var names: Set<String> = []
                try reader.list { reader in
                    try attachment(&reader, path, to: id, &names, notebook)
                    files += 1
                }
            default: throw Importing.damaged(path)
            }
        }
        _ = try add()
        count.notes += 1
        count.files = files
    }

    private static func moment(_ reader: inout JSONReader, _ path: String) throws -> Instant {
        guard let moment = Instant(rfc3339: try reader.string(limit: 32)) else {
            throw Importing.damaged(path)
        }
        return moment
    }

    private static func attachment(
        _ reader: inout JSONReader, _ path: String, to id: ID16, _ names: inout Set<String>,
        _ notebook: Notebook
    ) throws {
        var (name, hash) = (String?.none, String?.none)
        var stored: Attachment?
        try reader.object { member, reader in
            guard stored == nil else { throw Importing.damaged(path) }
            switch member {
            case "name": name = try reader.string(limit: 1_024)
            case "bytes": _ = try reader.number()
            case "blake2b": hash = try reader.string(limit: 128)
            case "imported": _ = try moment(&reader, path)
            case "data":
                guard let name, names.insert(name).inserted else { throw Importing.damaged(path) }
                stored = try notebook.attach(name, to: id, isNew: true) {
                    try Interrupts.check()
                    return try reader.base64Piece()
                }
            default: throw Importing.damaged(path)
            }
        }
        guard let stored, hash == nil || hash == stored.hash else { throw Importing.damaged(path) }
    }
}
