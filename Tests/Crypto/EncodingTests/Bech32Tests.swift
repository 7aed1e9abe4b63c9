import Encoding
import Foundation
import TestSupport
import Testing

@Suite("bech32")
struct Bech32Tests {
    private struct VectorFile: Decodable {
        struct Text: Decodable {
            let hex: String
            let valid: Bool
        }
        struct KeyPair: Decodable {
            let kind: String
            let identity: String
            let recipient: String
        }
        let bech32: [Text]
        let age_key_pairs: [KeyPair]
    }

    private func read() throws -> VectorFile? {
        guard Vectors.folder != nil else { return nil }
        return try JSONDecoder().decode(
            VectorFile.self, from: Data(try Vectors.bytes("bech32/bech32.json")))
    }

    @Test("the published strings are read or refused, and written back as they were")
    func published() throws {
        guard let file = try read() else { return }
        for vector in file.bech32 {
            let text = try #require(Hex.decode(vector.hex))
            let decoded = Bech32.decode(text.span)
            #expect((decoded != nil) == vector.valid, "\(vector.hex)")
            guard let decoded else { continue }
            let upper = text.contains { (65...90).contains($0) }
            let again = Bech32.encode(
                decoded.bytes.span, prefix: decoded.prefix, upper ? .upper : .lower)
            #expect(again == text, "\(vector.hex)")
        }
        #expect(file.bech32.count == 22)
        Vectors.report("bech32", ran: file.bech32.count)
    }

    @Test("age's key pairs are read and written back, also the long post-quantum ones")
    func keyPairs() throws {
        guard let file = try read() else { return }
        for pair in file.age_key_pairs {
            for (text, letters) in [
                (pair.identity, Bech32.Case.upper), (pair.recipient, Bech32.Case.lower),
            ] {
                let found = Bech32.decode(Array(text.utf8).span)
                let decoded = try #require(found)
                let again = Bech32.encode(decoded.bytes.span, prefix: decoded.prefix, letters)
                #expect(String(decoding: again, as: UTF8.self) == text)
            }
        }
        #expect(file.age_key_pairs.count == 2)
        Vectors.report("bech32 key pairs", ran: file.age_key_pairs.count)
    }

    @Test("any single changed character is refused")
    func flips() throws {
        let text = Bech32.encode(Array(0..<32).span, prefix: "age")
        for index in text.indices {
            for other in "abcdefghijklmnopqrstuvwxyz0123456789 ~\u{7f}".utf8
            where other != text[index] {
                var changed = text
                changed[index] = other
                #expect(Bech32.decode(changed.span)?.bytes != Array(0..<32))
            }
        }
    }

    @Test("every length is given back", arguments: 0...80)
    func lengths(_ count: Int) {
        let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
        let text = Bech32.encode(bytes.span, prefix: "x")
        #expect(Bech32.decode(text.span)?.bytes == bytes)
    }
}
