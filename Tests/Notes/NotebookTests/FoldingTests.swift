import Foundation
import Notebook
import TestSupport
import Testing

@Suite("folding")
struct FoldingTests {
    static let table: [(String, String)] = [
        ("LUCIÉRNAGA", "luciernaga"), ("Luciérnaga", "luciernaga"), ("año", "ano"),
        ("ÑANDÚ", "nandu"), ("pingüino", "pinguino"), ("cafe\u{301}", "cafe"),
        ("n\u{303}", "n"), ("Œuvre ﬁn ﬄ", "oeuvre fin ffl"), ("Straße", "strasse"),
        ("Æsir", "aesir"), ("a\u{a0}\n\t b", "a b"), ("so\u{ad}lo", "solo"),
        ("«Puerto»", "\"puerto\""), ("L’amour", "l'amour"), ("Łódź", "lodz"), ("Đặng", "dang"),
        ("1.º 2.ª", "1.o 2.a"), ("日本", "日本"), ("a😀B", "a😀b"), ("Ž", "z"), ("İı", "ii"),
        ("¿Qué?", "¿que?"), ("×÷", "×÷"), ("", ""),
    ]

    @Test("accents, case and ligatures", arguments: table)
    func folds(_ text: String, _ expected: String) {
        #expect(String(decoding: Folding.fold(text), as: UTF8.self) == expected)
    }

    @Test("every Latin letter with an accent folds as its decomposition says")
    func decompositions() {
        var letters = 0
        for value in [0xc0...0x24f, 0x1e00...0x1eff].joined() {
            guard let scalar = Unicode.Scalar(value),
                let base = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first,
                base.isASCII, base.properties.isAlphabetic
            else { continue }
            letters += 1
            #expect(
                Folding.fold(String(scalar)) == Array(String(base).lowercased().utf8),
                "U+\(String(value, radix: 16))")
        }
        #expect(letters == 488)
    }

    @Test("any bytes fold without growing")
    func hostile() {
        for seed in UInt64(0)..<200 {
            let bytes = SeededRandom(seed: seed).bytes(200)
            var once: [UInt8] = []
            Folding.fold(bytes.span, onto: &once)
            #expect(once.count <= bytes.count)
        }
    }
}
