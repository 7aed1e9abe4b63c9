/// Text inside the markup of a page.
package enum HTMLText {
    /// - Returns: `text` as it stands between tags or in a quoted attribute.
    ///
    /// Source: HTML Living Standard, section 13.3, "Escaping a string".
    package static func escaped(_ text: String) -> String {
        var out = ""
        // By scalars: a quote stays a quote under a combining accent.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
