/// Makes text from outside safe to show on a terminal.
package enum Printable {
    /// Control characters, bidirectional overrides and line separators become visible (`\x1B`,
    /// `\u{202E}`): a file name or a message cannot move the cursor, recolour, or reorder a line.
    ///
    /// - Parameter keepingLines: Lets LF and TAB through, for text of several lines.
    package static func escape(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if !isHidden(scalar) || keepingLines && (scalar == "\n" || scalar == "\t") {
                shown.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let padding = String(repeating: "0", count: max(0, 2 - digits.count))
                shown += scalar.value < 0x100 ? "\\x\(padding)\(digits)" : "\\u{\(digits)}"
            }
        }
        return shown
    }

    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Marks and overrides of direction: they make `cod.exe` look like `exe.doc`.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0x2028, 0x2029: true
        default: false
        }
    }
}
