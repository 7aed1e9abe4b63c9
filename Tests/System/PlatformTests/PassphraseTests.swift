import Platform
import Secrets
import TestSupport
import Testing

@Suite("a passphrase from a descriptor")
struct PassphraseTests {
    private func read(_ bytes: [UInt8], pieceSize: Int = .max) -> Result<[UInt8], PassphraseError> {
        Result { () throws(PassphraseError) -> [UInt8] in
            let secret = try Passphrase.read(from: MemoryInput(bytes, pieceSize: pieceSize))
            return secret.withBytes { span in span.indices.map { span[$0] } }
        }
    }

    @Test("loses one final LF and nothing else")
    func finalLineFeed() {
        #expect(read(Array("casa azul\n".utf8)) == .success(Array("casa azul".utf8)))
        #expect(read(Array("casa azul".utf8)) == .success(Array("casa azul".utf8)))
        #expect(read(Array("casa\n\n".utf8)) == .success(Array("casa\n".utf8)))
        #expect(read(Array("casa\r\n".utf8)) == .success(Array("casa\r".utf8)))
        #expect(read(Array(" a \n".utf8)) == .success(Array(" a ".utf8)))
    }

    @Test("may come in any pieces", arguments: 1...5)
    func pieces(_ size: Int) {
        #expect(read(Array("frase\n".utf8), pieceSize: size) == .success(Array("frase".utf8)))
    }

    @Test("has 1 to 1,024 bytes")
    func limits() {
        let longest = [UInt8](repeating: 97, count: 1_024)
        #expect(read([]) == .failure(.empty))
        #expect(read([10]) == .failure(.empty))
        #expect(read([97]) == .success([97]))
        #expect(read(longest) == .success(longest))
        #expect(read(longest + [10]) == .success(longest))
        #expect(read(longest + [97]) == .failure(.tooLong(limit: 1_024)))
        #expect(read(longest + [97, 10]) == .failure(.tooLong(limit: 1_024)))
        #expect(read(longest + longest) == .failure(.tooLong(limit: 1_024)))
    }

    @Test("is UTF-8, whole")
    func encoding() {
        #expect(read([0xC3]) == .failure(.notUTF8))
        #expect(read([0xFF, 0x41]) == .failure(.notUTF8))
        #expect(read([0xED, 0xA0, 0x80]) == .failure(.notUTF8))
        #expect(read([0xC0, 0x80]) == .failure(.notUTF8))
    }

    @Test("is the same secret whichever way the accents were typed")
    func composition() {
        let composed = Array("contraseña única".utf8)
        let apart = Array("contrasen\u{303}a u\u{301}nica".utf8)
        #expect(apart != composed)
        #expect(read(apart) == .success(composed))
        #expect(read(composed) == .success(composed))
        // The Ångström sign has a canonical form of its own, and Hangul composes by rule.
        #expect(read(Array("\u{212B}".utf8)) == .success(Array("\u{C5}".utf8)))
        #expect(
            read(Array("\u{1112}\u{1161}\u{11AB}".utf8)) == .success(Array("\u{D55C}".utf8)))
        // Some characters grow: U+FB2C becomes three scalars.
        #expect(
            read(Array("\u{FB2C}".utf8)) == .success(Array("\u{5E9}\u{5BC}\u{5C1}".utf8)))
    }
}
