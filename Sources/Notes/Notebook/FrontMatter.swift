package import Platform

/// What stands between two lines of `---` at the head of a Markdown file: a small, strict part of
/// YAML, which other note programs write and read.
///
/// Written: `title`, `id`, `created`, `modified`, `tags`, `template`, `attachments`, in this order,
/// text as JSON strings, moments as RFC 3339 in UTC. Read: these, in any order and with the names
/// that other programs use, also with plain or singly quoted text and lists of several lines. Lines
/// that this reader does not understand are kept in `others`, for the text of the note.
package struct FrontMatter: Hashable, Sendable {
    package var title: String?
    package var tags: [String] = []
    package var created: Instant?
    package var modified: Instant?
    package var template: String?
    /// Paths, relative to the file.
    package var attachments: [String] = []
    package private(set) var others: [String] = []

    package init() {}

    // MARK: Writing

    package func serialized(id: String) -> String {
        var lines = ["---"]
        if let title { lines.append("title: " + Self.quoted(title)) }
        lines.append("id: " + Self.quoted(id))
        if let created { lines.append("created: " + created.rfc3339) }
        if let modified { lines.append("modified: " + modified.rfc3339) }
        lines.append("tags: [" + tags.map(Self.quoted).joined(separator: ", ") + "]")
        if let template { lines.append("template: " + Self.quoted(template)) }
        if !attachments.isEmpty {
            lines += ["attachments:"] + attachments.map { "  - " + Self.quoted($0) }
        }
        return (lines + ["---", ""]).joined(separator: "\n")
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": out += "\\\(scalar)"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                    let digits = String(scalar.value, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }

    // MARK: Reading

    /// No longer head is looked for.
    static let byteLimit = 65_536

    /// Splits a file into its head and its text; a file without a head is all text.
    package static func split(_ file: [UInt8]) -> (head: FrontMatter, body: ArraySlice<UInt8>) {
        // Some editors of another system begin a file with the mark U+FEFF.
        let start = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lines = Lines(file[start...].prefix(byteLimit))
        guard lines.next() == "---" else { return (FrontMatter(), file[start...]) }
        var head: [String] = []
        while let line = lines.next() {
            guard line == "---" || line == "..." else {
                head.append(line)
                continue
            }
            var matter = FrontMatter()
            matter.read(head)
            return (matter, file[lines.place...])
        }
        return (FrontMatter(), file[start...])
    }

    private struct Lines {
        private let bytes: ArraySlice<UInt8>
        private(set) var place: Int

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            place = bytes.startIndex
        }

        /// Only a line with an end counts, and only UTF-8.
        mutating func next() -> String? {
            guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            var line = bytes[place..<end]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            place = end + 1
            return String(validating: line, as: UTF8.self)
        }
    }

    private mutating func read(_ lines: [String]) {
        var index = 0
        while index < lines.count {
            let start = index
            index += 1
            // What belongs to this key: lines that are indented, and list items.
            while index < lines.count,
                lines[index].hasPrefix(" ") || lines[index].hasPrefix("- ")
                    || lines[index].hasPrefix("\t")
            {
                index += 1
            }
            if !take(lines[start], items: lines[start + 1..<index].map(\.trimmed)) {
                others += lines[start..<index].filter { !$0.trimmed.isEmpty }
            }
        }
    }

    /// - Returns: false for what this reader does not understand.
    private mutating func take(_ line: String, items: [String]) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return line.trimmed.isEmpty }
        let key = line[..<colon].lowercased()
        let value = String(line[line.index(after: colon)...]).trimmed
        switch key {
        case "title", "título", "titulo":
            guard items.isEmpty, let text = Self.scalar(value) else { return false }
            title = text
        case "id": return items.isEmpty
        case "created", "date", "created_at", "creado", "fecha":
            guard items.isEmpty, let time = Self.moment(value) else { return false }
            created = time
        case "modified", "updated", "updated_at", "lastmod", "modificado":
            guard items.isEmpty, let time = Self.moment(value) else { return false }
            modified = time
        case "template":
            guard items.isEmpty, let text = Self.scalar(value) else { return false }
            template = text
        case "tags", "tag", "keywords", "etiquetas":
            guard let list = Self.list(value, items) else { return false }
            tags += list.filter { !$0.isEmpty }
        case "attachments", "adjuntos":
            guard let list = Self.list(value, items) else { return false }
            attachments += list
        default: return false
        }
        return true
    }

    private static func list(_ value: String, _ items: [String]) -> [String]? {
        if !items.isEmpty {
            guard value.isEmpty else { return nil }
            var list: [String] = []
            for item in items {
                guard item.hasPrefix("-"), let text = scalar(String(item.dropFirst()).trimmed)
                else { return nil }
                list.append(text)
            }
            return list
        }
        guard value.hasPrefix("["), value.hasSuffix("]") else {
            guard !value.isEmpty else { return [] }
            return scalar(value).map { $0.split(separator: ",").map { String($0).trimmed } }
        }
        var list: [String] = []
        var piece = ""
        var quote: Character?
        var isEscaped = false
        func close() -> Bool {
            let text = piece.trimmed
            piece = ""
            guard !text.isEmpty else { return true }
            guard let item = scalar(text) else { return false }
            list.append(item)
            return true
        }
        for character in value.dropFirst().dropLast() {
            if isEscaped {
                isEscaped = false
            } else if let open = quote {
                if character == "\\", open == "\"" { isEscaped = true }
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "," {
                guard close() else { return nil }
                continue
            }
            piece.append(character)
        }
        return close() && quote == nil ? list : nil
    }

    /// Text in double, single or no quotation marks.
    private static func scalar(_ text: String) -> String? {
        if text.hasPrefix("\"") { return unquoted(text) }
        if text.hasPrefix("'") {
            guard text.count > 1, text.hasSuffix("'") else { return nil }
            let inner = String(text.dropFirst().dropLast()).replacing("''", with: "\u{0}")
            return inner.contains("'") ? nil : inner.replacing("\u{0}", with: "'")
        }
        // Signs with which YAML begins something else than text.
        guard let first = text.first else { return "" }
        return "[]{}>|*&!%@`".contains(first) ? nil : String(text)
    }

    private static func unquoted(_ text: String) -> String? {
        var out = ""
        var rest = text.unicodeScalars.dropFirst()
        while let scalar = rest.popFirst() {
            if scalar == "\"" { return rest.isEmpty ? out : nil }
            guard scalar == "\\" else {
                out.unicodeScalars.append(scalar)
                continue
            }
            switch rest.popFirst() {
            case "n": out += "\n"
            case "t": out += "\t"
            case "\"": out += "\""
            case "\\": out += "\\"
            case "/": out += "/"
            case "u":
                let digits = String(String.UnicodeScalarView(rest.prefix(4)))
                guard digits.utf8.count == 4, let value = UInt32(digits, radix: 16),
                    let made = Unicode.Scalar(value)
                else { return nil }
                rest = rest.dropFirst(4)
                out.unicodeScalars.append(made)
            default: return nil
            }
        }
        return nil
    }

    /// RFC 3339 in UTC, or a day, or a day and an hour without a zone, which counts as UTC.
    private static func moment(_ value: String) -> Instant? {
        guard let text = scalar(value) else { return nil }
        if let exact = Instant(rfc3339: text) { return exact }
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: "Z") { bytes.removeLast() }
        if bytes.count > 10, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") {
            bytes[10] = UInt8(ascii: "T")
        }
        // Fractions of a second are cut off.
        if bytes.count > 20, bytes[19] == UInt8(ascii: "."),
            bytes[20...].allSatisfy({ (0x30...0x39).contains($0) })
        {
            bytes.removeSubrange(19...)
        }
        let plain = String(decoding: bytes, as: UTF8.self)
        return switch bytes.count {
        case 10: Instant(rfc3339: plain + "T00:00:00Z")
        case 16: Instant(rfc3339: plain + ":00Z")
        case 19: Instant(rfc3339: plain + "Z")
        default: nil
        }
    }
}
