/// Names that look the same on a screen although their letters are different ones.
enum LookAlike {
    /// Two names with one skeleton look alike in any ordinary type: Cyrillic and Greek letters count
    /// as the Latin ones they resemble, full-width forms as plain ones, capitals as small ones.
    ///
    /// Source: Unicode UTS #39 (confusables), the letters of these three scripts that are drawn
    /// alike; Unicode NFKC for U+FF01…U+FF5E, ª and º.
    static func skeleton(_ name: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            // Full-width forms lie in the order of ASCII.
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            let narrow = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            plain.append(letters[narrow] ?? narrow)
        }
        // Small letters of another alphabet may resemble only now: Е, е.
        let small = String(plain).lowercased().unicodeScalars.map { letters[$0] ?? $0 }
        var skeleton = String.UnicodeScalarView()
        skeleton.append(contentsOf: small)
        return String(skeleton)
    }

    /// Scalars that show nothing, or only move what stands beside them: joiners, marks of direction,
    /// fillers, variation selectors, tags.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format
            // Braille's blank is drawn as nothing, whatever its properties say.
            || scalar.value == 0x2800
    }

    /// Capitals are listed on their own: В resembles B, в does not resemble b.
    private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
        let rows: [(String, String)] = [
            ("АВЕЅІЈКМНОРСТУХԚԜҮԌ", "ABESIJKMHOPCTYXQWYG"),  // Cyrillic
            ("аеѕіјорсухһԁԛԝүԍѵ", "aesijopcyxhdqwygv"),
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),  // Greek
            ("αγικνορυχϲϳ", "ayikvopuxcj"),
            ("ªºıȷɡɑ", "aoijga"),  // Latin
        ]
        var letters: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (others, latin) in rows {
            for (other, plain) in zip(others.unicodeScalars, latin.unicodeScalars) {
                letters[other] = plain
            }
        }
        return letters
    }()
}
