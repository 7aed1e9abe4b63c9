/// The alphabet in which 160 signs fit into one text message; one sign outside of it would leave
/// room for 70.
///
/// Source: 3GPP TS 23.038 section 6.2.1.
package enum GSM7 {
    /// Signs in one message, and in each of several that belong together.
    package static let single = 160
    package static let part = 153

    private static let basic = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)
    /// Each takes two places.
    private static let extended = Set("^{}\\[~]|€".unicodeScalars)
    /// Spanish has letters and marks that it lacks: better without an accent than in three parts.
    private static let plain: [Unicode.Scalar: String] = [
        "á": "a", "í": "i", "ó": "o", "ú": "u", "Á": "A", "Í": "I", "Ó": "O", "Ú": "U",
        "«": "\"", "»": "\"", "“": "\"", "”": "\"", "‘": "'", "’": "'", "–": "-", "—": "-",
        "…": "...", "\u{a0}": " ", "\u{202f}": " ", "â": "a", "ê": "e", "ô": "o", "ç": "Ç",
        "ã": "a", "õ": "o", "È": "E", "Ê": "E",
    ]

    /// The text with what the alphabet lacks replaced: an accent is lost, another script is `?`.
    package static func folded(_ text: String) -> String {
        var out = ""
        // Accents that stand apart from their letter are lost as well.
        for scalar in text.unicodeScalars where !(0x300...0x36f).contains(scalar.value) {
            if basic.contains(scalar) || extended.contains(scalar) {
                out.unicodeScalars.append(scalar)
            } else {
                out += plain[scalar] ?? "?"
            }
        }
        return out
    }

    /// Places that a folded text takes.
    package static func count(_ text: String) -> Int {
        folded(text).unicodeScalars.reduce(0) { $0 + (extended.contains($1) ? 2 : 1) }
    }

    /// How many messages it becomes.
    package static func parts(_ text: String) -> Int {
        let count = count(text)
        return count <= single ? 1 : (count + part - 1) / part
    }
}
