import Editor
import TestSupport
import Testing

@Suite("bytes of a terminal as keys")
struct KeyDecoderTests {
    private func keys(_ text: String) -> [Key] {
        var decoder = KeyDecoder(pasteLimit: 1 << 20)
        return decoder.keys(Array(text.utf8)) + decoder.flush()
    }

    static let sequences: [(String, Key)] = [
        ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}[C", .right),
        ("\u{1B}[D", .left), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[1;3D", .wordLeft),
        ("\u{1B}Oc", .wordRight), ("\u{1B}b", .wordLeft), ("\u{1B}f", .wordRight),
        ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
        ("\u{1B}[F", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[3~", .delete),
        ("\u{1B}[3;5~", .deleteWordRight), ("\u{1B}d", .deleteWordRight),
        ("\u{1B}\u{7F}", .deleteWordLeft), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
        ("\u{1B}[1;5H", .top), ("\u{1B}[1;5F", .bottom), ("\u{1B}[7^", .top),
        ("\u{1B}[1;2A", .up), ("\u{1B}OP", .help), ("\u{1B}[11~", .help), ("\u{1B}[[A", .help),
        ("\u{1B}", .escape), ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace),
        ("\u{8}", .backspace), ("\u{13}", .control("s")), ("\u{3}", .control("c")),
    ]

    @Test("of xterm, rxvt, tmux and the console, whole or in pieces", arguments: sequences)
    func sequence(_ text: String, _ key: Key) {
        #expect(keys(text) == [key])
        #expect(keys("a" + text).first == .text([0x61]))
        var decoder = KeyDecoder(pasteLimit: 10)
        var found: [Key] = []
        for byte in text.utf8 { found += decoder.keys([byte]) }
        #expect(found + decoder.flush() == [key])
    }

    @Test("letters come whole, also when their bytes do not")
    func letters() {
        #expect(keys("ñandú 字 👩") == [.text(Array("ñandú 字 👩".utf8))])
        var decoder = KeyDecoder(pasteLimit: 10)
        var text: [UInt8] = []
        for byte in "a字👩e\u{301}".utf8 {
            for case .text(let bytes) in decoder.keys([byte]) {
                #expect(String(validating: bytes, as: UTF8.self) != nil)
                text += bytes
            }
        }
        #expect(text == Array("a字👩e\u{301}".utf8) && !decoder.isInMiddle)
        // A keyboard that does not speak UTF-8: its letter is not kept waiting for ever.
        #expect(decoder.keys([0xF1]) == [] && decoder.isInMiddle)
        #expect(decoder.flush() == [.text([0xF1])])
    }

    @Test("a paste is one key, with plain line ends, in pieces of any size")
    func paste() {
        let pasted = "uno\r\ndos\rtres\u{1B}[A cuatro\n"
        let whole = "\u{1B}[200~" + pasted + "\u{1B}[201~x"
        let expected: [Key] = [
            .paste(Array("uno\ndos\ntres\u{1B}[A cuatro\n".utf8)), .text([0x78]),
        ]
        for size in 1...20 {
            var decoder = KeyDecoder(pasteLimit: 1_000)
            var found: [Key] = []
            let bytes = Array(whole.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                found += decoder.keys(Array(bytes[start..<min(start + size, bytes.count)]))
                if decoder.isInPaste { #expect(decoder.flush() == []) }
            }
            #expect(found == expected, "in pieces of \(size)")
        }
        #expect(
            keys("\u{1B}[200~" + String(repeating: "x", count: 2 << 20) + "\u{1B}[201~a")
                == [.pasteTooLong, .text([0x61])])
        var cut = KeyDecoder(pasteLimit: 100)
        #expect(cut.keys(Array("\u{1B}[200~abc".utf8)) == [] && cut.isInPaste)
        #expect(cut.endPaste() == [.paste(Array("abc".utf8))] && !cut.isInPaste)
    }

    @Test("noise of any kind is survived, and keys after it are understood")
    func noise() {
        let random = SeededRandom(seed: 3)
        for _ in 0..<3_000 {
            var decoder = KeyDecoder(pasteLimit: 100)
            var bytes = random.bytes(Int(random.below(40)))
            for index in bytes.indices where random.below(3) == 0 {
                bytes[index] = [0x1B, 0x5B, 0x3B, 0x7E, 0x4F][Int(random.below(5))]
            }
            _ = decoder.keys(bytes)
            _ = decoder.endPaste()
            _ = decoder.flush()
            #expect(!decoder.isInMiddle && !decoder.isInPaste)
            #expect(decoder.keys(Array("\u{1B}[A".utf8)) == [.up])
        }
    }
}
