extension Notebook {
    /// - Returns: The title without white space at its ends.
    static func checked(title: String) throws(NotebookError) -> String {
        let title = title.trimmed
        guard title.utf8.count <= titleLimit, !title.hasControlCharacters else {
            throw .malformedTitle(limit: titleLimit)
        }
        return title
    }

    /// - Returns: The tag without white space at its ends and without a leading `#`.
    static func checked(tag: String) throws(NotebookError) -> String {
        var tag = tag.trimmed
        if tag.hasPrefix("#") { tag = String(tag.dropFirst()).trimmed }
        guard !tag.isEmpty, tag.utf8.count <= tagLimit, !tag.hasControlCharacters,
            !tag.contains("\"")
        else { throw .malformedTag(limit: tagLimit) }
        return tag
    }

    /// Before anything is opened, asked or typed.
    package static func check(tags: [String]) throws(NotebookError) {
        for tag in tags { _ = try checked(tag: tag) }
    }

    package static func check(title: String) throws(NotebookError) { _ = try checked(title: title) }

    static func check(body: [UInt8]) throws(NotebookError) {
        guard body.count <= bodyLimit else { throw .bodyTooLong(limit: bodyLimit) }
        guard (try? UTF8Span(validating: body.span)) != nil else { throw .bodyIsNotText }
    }

    /// A file name as it may lie in any folder.
    static func check(name: String) throws(NotebookError) {
        guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 255,
            !name.contains("/"), !name.hasControlCharacters
        else { throw .malformedName }
    }

    /// The first line with words in it, cut to what a list can show.
    static func firstLine(of body: [UInt8]) -> String {
        for line in body.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            let words = String(decoding: line.prefix(400), as: UTF8.self).filter {
                !$0.isControl && $0 != "\u{fffd}"
            }.trimmed
            if !words.isEmpty { return String(words.prefix(80)).trimmed }
        }
        return ""
    }
}

extension Character {
    /// C0, DEL and C1: what could drive a terminal.
    var isControl: Bool {
        unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
    }
}

extension String {
    var hasControlCharacters: Bool { contains(where: \.isControl) }

    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
