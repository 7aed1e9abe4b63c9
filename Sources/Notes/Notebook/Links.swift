/// Links in a text.
package enum Links {
    /// Targets of `](…)`, `](<…>)` and `![[…]]` that look like paths of this disk, percent signs
    /// undone; each once, in order.
    package static func targets(in body: [UInt8]) -> [String] {
        var found: [String] = []
        func add(_ text: String) {
            let target = unescaped(text)
            let isPath = !target.isEmpty && !target.hasPrefix("/") && !target.hasPrefix("#")
            // A scheme such as https: is no path.
            let hasScheme = target.prefix { $0 != "/" }.contains(":")
            if isPath, !hasScheme, !found.contains(target) { found.append(target) }
        }
        for text in between("](", ")", in: body) {
            if text.hasPrefix("<"), text.hasSuffix(">") {
                add(String(text.dropFirst().dropLast()))
            } else {
                // A title may follow in quotation marks.
                add(String(text.prefix { $0 != " " }))
            }
        }
        for text in between("![[", "]]", in: body) {
            add(String(text.prefix { $0 != "|" && $0 != "#" }))
        }
        return found
    }

    /// The titles or ids in `[[…]]`; each once, in order.
    package static func notes(in body: [UInt8]) -> [String] {
        var found: [String] = []
        for text in between("[[", "]]", in: body) {
            let name = String(text.prefix { $0 != "|" && $0 != "#" }).trimmed
            if !name.isEmpty, !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// No link is longer.
    private static let byteLimit = 1_000

    /// What stands between two marks on one line.
    private static func between(_ open: String, _ close: String, in body: [UInt8]) -> [String] {
        let (open, close) = (Array(open.utf8), Array(close.utf8))
        var found: [String] = []
        var place = 0
        while let start = body[place...].firstIndex(of: open[0]) {
            place = start + 1
            guard body[start...].starts(with: open) else { continue }
            let inner = start + open.count
            var end = inner
            while end < body.count, end - inner < byteLimit, body[end] != 0x0A,
                !body[end...].starts(with: close)
            {
                end += 1
            }
            guard end < body.count, body[end...].starts(with: close) else { continue }
            if let text = String(validating: body[inner..<end], as: UTF8.self) {
                found.append(text)
            }
            place = end
        }
        return found
    }

    private static func unescaped(_ text: String) -> String {
        guard text.contains("%") else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? text
    }
}
