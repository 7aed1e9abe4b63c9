import Age
import AgeFormat
import Encoding
import Primitives
import Secrets
import TestSupport

/// Makes age files by hand, with whatever in them the format forbids, and a MAC that is right.
struct FileForge {
    static let identity = Identity.generate(SeededRandom(seed: 21))
    static let hybridIdentity = Identity.generate(SeededRandom(seed: 22), kind: .hybrid)
    static let passphrase = "frase de prueba"
    static let chunk = 65_536
    private static let fileKey = SeededRandom(seed: 23).bytes(16)
    private static let nonce = SeededRandom(seed: 24).bytes(16)

    /// A stanza that wraps the file key, in the text of a header: two lines of words and body.
    static func wrapped(_ sealer: any Sealer, seed: UInt64 = 25) throws -> Stanza {
        let key = SecretBytes(copying: fileKey.span)
        return try sealer.wrap(key, random: SeededRandom(seed: seed))
    }

    static func text(_ stanza: Stanza) -> String {
        let header = Header([stanza]) { _ in [UInt8](repeating: 0, count: 32) }
        let lines = String(decoding: header.authenticated, as: UTF8.self)
        return String(lines.dropFirst(version.count).dropLast(3))
    }

    static let version = "age-encryption.org/v1\n"

    static func base64(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.encode(bytes.span, .unpadded), as: UTF8.self)
    }

    static func mac(over text: String) -> String {
        let key = HKDF.derive(
            count: 32, from: fileKey.span, salt: Span(), info: Array("header".utf8).span)
        var mac = [UInt8](repeating: 0, count: 32)
        var out = mac.mutableSpan
        let bytes = Array(text.utf8)
        key.withBytes { HMACSHA256.authenticate(bytes.span, key: $0, into: &out) }
        return base64(mac)
    }

    /// A whole header around the text of stanzas.
    static func header(_ stanzas: String, version: String = version) -> String {
        let front = version + stanzas + "---"
        return front + " " + mac(over: front) + "\n"
    }

    /// One sealed chunk.
    static func box(_ text: [UInt8], _ counter: Int, isFinal: Bool) -> [UInt8] {
        let key = HKDF.derive(
            count: 32, from: fileKey.span, salt: nonce.span, info: Array("payload".utf8).span)
        var number = [UInt8](repeating: 0, count: 12)
        number[10] = UInt8(counter)
        number[11] = isFinal ? 1 : 0
        var box = [UInt8](repeating: 0, count: text.count + 16)
        var out = box.mutableSpan
        key.withBytes { ChaChaPoly.seal(text.span, into: &out, key: $0, nonce: number.span) }
        return box
    }

    /// A file with this header and these chunks.
    static func file(_ header: String, _ boxes: [[UInt8]]) -> [UInt8] {
        Array(header.utf8) + nonce + boxes.joined()
    }

    /// A file of two lines of text under a header.
    static func file(_ header: String) -> [UInt8] {
        file(header, [box(Array("age".utf8), 0, isFinal: true)])
    }

    static func armored(_ file: [UInt8]) -> String {
        let digits = String(decoding: Base64.encode(file.span, .padded), as: UTF8.self)
        var lines = ["-----BEGIN AGE ENCRYPTED FILE-----"]
        var rest = digits[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        return lines.joined(separator: "\n") + "\n-----END AGE ENCRYPTED FILE-----\n"
    }
}
