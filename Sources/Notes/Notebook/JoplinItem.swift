internal import Encoding
package import Platform
package import Vault

/// One thing in an export of Joplin: a note, a notebook, a file's description, a tag, or that a note
/// has a tag. Title, an empty line, text, an empty line, `name: value` lines to the end.
///
/// Source: Joplin's `BaseItem` (packages/lib/models), what its export of raw items and JEX writes.
package struct JoplinItem: Hashable, Sendable {
    package enum Kind: Int, Sendable {
        case note = 1
        case folder = 2
        case resource = 4
        case tag = 5
        case noteTag = 6
    }

    /// nil for what no export has to have: settings, earlier versions and the like.
    package let kind: Kind?
    package let id: ID16
    package let title: String
    package let body: [UInt8]
    private let values: [String: String]

    /// - Returns: nil for what is no item.
    package init?(parsing bytes: [UInt8]) {
        guard (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
        var end = bytes.count
        while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        var values: [String: String] = [:]
        // From the end upwards, to the empty line above.
        var isInside = true
        while isInside, end > 0 {
            let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let line = String(decoding: bytes[start..<end], as: UTF8.self).trimmed
            end = max(0, start - 1)
            guard !line.isEmpty else {
                isInside = false
                break
            }
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = String(line[..<colon]).trimmed
            values[name] = String(line[line.index(after: colon)...]).trimmed
            if start == 0 { end = 0 }
        }
        guard let id = values["id"].flatMap({ ID16(hexadecimal: $0) }),
            let type = values["type_"].flatMap({ Int($0) })
        else { return nil }
        self.id = id
        kind = Kind(rawValue: type)
        self.values = values
        guard !isInside else {
            (title, body) = ("", [])
            return
        }
        let text = bytes[..<end]
        let line = text.firstIndex(of: 0x0A) ?? text.endIndex
        title = String(decoding: text[..<line], as: UTF8.self).trimmed
        // Below the title stands an empty line.
        let rest = text.dropFirst(line + 1)
        let empty = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
        body = Array(rest[empty...])
    }

    package subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    package func reference(_ name: String) -> ID16? { self[name].flatMap { ID16(hexadecimal: $0) } }

    package var isEncrypted: Bool { self["encryption_applied"] == "1" }

    /// When it was written and changed: by its user's account, else by the program's.
    package var times: (created: Instant, modified: Instant)? {
        func time(_ name: String) -> Instant? {
            (self["user_\(name)"] ?? self[name]).flatMap { Instant(rfc3339: Self.whole($0)) }
        }
        guard let created = time("created_time") else { return nil }
        return (created, time("updated_time") ?? created)
    }

    /// `2025-03-04T10:20:30.123Z` without the part of a second, which notes of ours do not have.
    private static func whole(_ time: String) -> String {
        guard let dot = time.firstIndex(of: ".") else { return time }
        return time[..<dot] + "Z"
    }

    /// Facts of a note that have no place of their own here, as lines for the top of its text.
    package var leftovers: [String] {
        var lines: [String] = []
        for name in ["author", "source_url"] {
            if let value = self[name] { lines.append("\(name): \(value)") }
        }
        for name in ["latitude", "longitude", "altitude"] {
            if let value = self[name], value.contains(where: { ("1"..."9").contains($0) }) {
                lines.append("\(name): \(value)")
            }
        }
        if self["is_todo"] == "1" {
            lines.append("todo: \(["0", nil].contains(self["todo_completed"]) ? "open" : "done")")
            if let due = self["todo_due"], due != "0" { lines.append("todo_due: \(due)") }
        }
        if self["is_conflict"] == "1" { lines.append("is_conflict: 1") }
        return lines
    }

    /// Whether it lies in Joplin's own trash.
    package var isDeleted: Bool { self["deleted_time"].map { $0 != "0" } ?? false }
}

extension ID16 {
    /// 32 hexadecimal digits.
    package init?(hexadecimal text: some StringProtocol) {
        guard text.utf8.count == 32, let bytes = Hex.decode(text.lowercased()) else { return nil }
        self.init(bytes)
    }

    /// The next name in order; after the last comes the first.
    package var following: ID16 {
        var bytes = bytes
        for place in bytes.indices.reversed() {
            bytes[place] &+= 1
            if bytes[place] != 0 { break }
        }
        return ID16(bytes) ?? self
    }
}

/// What Joplin's links, `:/` and 32 digits, point to, put in our words.
package struct JoplinLinks {
    private let mark = Array(":/".utf8)

    package init() {}

    /// Every id that a text links to, each once, in order.
    package func targets(in body: [UInt8]) -> [ID16] {
        var found: [ID16] = []
        visit(body) { _, id in
            if !found.contains(id) { found.append(id) }
        }
        return found
    }

    /// - Parameters:
    ///   - file: The name under which the note keeps that file, if it is one.
    ///   - note: The id of that note here, if it is one.
    package func replace(
        in body: [UInt8], file: (ID16) -> String?, note: (ID16) -> ID16?
    ) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(body.count)
        var done = 0
        visit(body) { place, id in
            if let name = file(id) {
                out += body[done..<place] + Self.escaped(name)
                done = place + 34
            } else if let own = note(id) {
                let (start, words, end) = link(around: place, in: body, from: done)
                out += body[done..<start]
                out +=
                    words.map { "[[\(own)|\($0)]]" }.map { Array($0.utf8) }
                    ?? Array("note:\(own)".utf8)
                done = end
            }
        }
        return out + body[done...]
    }

    /// Of `[words](:/id)` all of it; else the target alone.
    private func link(
        around place: Int, in body: [UInt8], from done: Int
    ) -> (start: Int, words: String?, end: Int) {
        let end = place + 34
        let alone = (place, String?.none, end)
        guard place >= 2, body[place - 2..<place].elementsEqual("](".utf8), end < body.count,
            body[end] == UInt8(ascii: ")"),
            let open = body[done..<place - 2].lastIndex(of: UInt8(ascii: "[")),
            !body[open..<place].contains(0x0A),
            open == body.startIndex || body[open - 1] != UInt8(ascii: "!"),
            let words = String(validating: body[open + 1..<place - 2], as: UTF8.self),
            !words.contains("]"), !words.contains("|")
        else { return alone }
        return (open, words, end + 1)
    }

    private func visit(_ body: [UInt8], _ take: (Int, ID16) -> Void) {
        var place = 0
        while let colon = body[place...].firstIndex(of: mark[0]) {
            place = colon + 1
            guard colon + 34 <= body.count, body[colon + 1] == mark[1],
                let digits = String(validating: body[colon + 2..<colon + 34], as: UTF8.self),
                let id = ID16(hexadecimal: digits)
            else { continue }
            take(colon, id)
            place = colon + 34
        }
    }

    /// As a link writes a file's name: with percent signs where Markdown would stumble.
    private static func escaped(_ name: String) -> [UInt8] {
        var out: [UInt8] = []
        for byte in name.utf8 {
            if byte <= 0x20 || [0x22, 0x25, 0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D].contains(byte) {
                out += Array("%".utf8) + Array(Hex.encode([byte]).uppercased().utf8)
            } else {
                out.append(byte)
            }
        }
        return out
    }
}
