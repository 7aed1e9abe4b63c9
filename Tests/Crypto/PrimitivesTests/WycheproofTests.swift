import Encoding
import Foundation
import Primitives
import Secrets
import TestSupport
import Testing

/// The JSON of C2SP/wycheproof, testvectors_v1, as far as these suites read it.
private struct VectorFile<Group: Decodable>: Decodable {
    let numberOfTests: Int
    let testGroups: [Group]
}

private struct Hexadecimal: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = Hex.decode(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not hexadecimal"))
        }
        self.bytes = bytes
    }
}

private enum Verdict: String, Decodable { case valid, acceptable, invalid }

private func groups<Group: Decodable>(_ file: String, count: Int) throws -> [Group] {
    guard Vectors.folder != nil else { return [] }
    let bytes = try Vectors.bytes("wycheproof/\(file)_test.json")
    let suite = try JSONDecoder().decode(VectorFile<Group>.self, from: Data(bytes))
    #expect(suite.numberOfTests == count)
    return suite.testGroups
}

@Suite("Wycheproof")
struct WycheproofTests {
    private struct X25519Group: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let flags: [String]
            let `public`: Hexadecimal
            let `private`: Hexadecimal
            let shared: Hexadecimal
        }
        let tests: [Case]
    }

    @Test("X25519 gives the published secret, and refuses a point that would give zero")
    func x25519() throws {
        let groups: [X25519Group] = try groups("x25519", count: 518)
        var ran = 0
        for test in groups.flatMap(\.tests) {
            let scalar = SecretBytes(copying: test.private.bytes.span)
            let result = Result { () throws(PrimitiveError) in
                try X25519.sharedSecret(scalar: scalar, point: test.public.bytes.span)
                    .withBytes { span in span.indices.map { span[$0] } }
            }
            // "Acceptable": twists and other spellings of a point are computed like any other.
            let expected: Result<[UInt8], PrimitiveError> =
                test.flags.contains("ZeroSharedSecret")
                ? .failure(.lowOrderPoint) : .success(test.shared.bytes)
            #expect(result == expected, "case \(test.tcId)")
            ran += 1
        }
        finish("x25519", ran: ran, of: 518)
    }

    private struct Ed25519Group: Decodable {
        struct Key: Decodable { let pk: Hexadecimal }
        struct Case: Decodable {
            let tcId: Int
            let msg: Hexadecimal
            let sig: Hexadecimal
            let result: Verdict
        }
        let publicKey: Key
        let tests: [Case]
    }

    @Test("Ed25519 accepts the valid signatures and no other")
    func ed25519() throws {
        let groups: [Ed25519Group] = try groups("ed25519", count: 151)
        var ran = 0
        for group in groups {
            for test in group.tests {
                let verdict = Ed25519.verify(
                    test.sig.bytes.span, of: test.msg.bytes.span,
                    publicKey: group.publicKey.pk.bytes.span)
                #expect(verdict == (test.result == .valid), "case \(test.tcId)")
                ran += 1
            }
        }
        finish("ed25519", ran: ran, of: 151)
    }

    private struct HKDFGroup: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let ikm: Hexadecimal
            let salt: Hexadecimal
            let info: Hexadecimal
            let size: Int
            let okm: Hexadecimal
            let result: Verdict
        }
        let tests: [Case]
    }

    @Test("HKDF-SHA-256 gives the published keys; what is invalid is longer than it can give")
    func hkdf() throws {
        let groups: [HKDFGroup] = try groups("hkdf_sha256", count: 86)
        var ran = 0
        for test in groups.flatMap(\.tests) {
            if test.result == .valid {
                let key = HKDF.derive(
                    count: test.size, from: test.ikm.bytes.span, salt: test.salt.bytes.span,
                    info: test.info.bytes.span
                ).withBytes { span in span.indices.map { span[$0] } }
                #expect(key == test.okm.bytes, "case \(test.tcId)")
            } else {
                #expect(test.size > HKDF.maximumByteCount, "case \(test.tcId)")
            }
            ran += 1
        }
        finish("hkdf_sha256", ran: ran, of: 86)
    }

    private struct HMACGroup: Decodable {
        struct Case: Decodable {
            let tcId: Int
            let key: Hexadecimal
            let msg: Hexadecimal
            let tag: Hexadecimal
            let result: Verdict
        }
        let tagSize: Int
        let tests: [Case]
    }

    @Test("HMAC-SHA-256 gives the published tags, whole or cut")
    func hmac() throws {
        let groups: [HMACGroup] = try groups("hmac_sha256", count: 174)
        var ran = 0
        for group in groups {
            for test in group.tests {
                var mac = [UInt8](repeating: 0, count: 32)
                var span = mac.mutableSpan
                HMACSHA256.authenticate(
                    test.msg.bytes.span, key: test.key.bytes.span, into: &span)
                let matches = Array(mac.prefix(group.tagSize / 8)) == test.tag.bytes
                #expect(matches == (test.result == .valid), "case \(test.tcId)")
                ran += 1
            }
        }
        finish("hmac_sha256", ran: ran, of: 174)
    }

    private func finish(_ suite: String, ran: Int, of expected: Int) {
        guard Vectors.folder != nil else { return }
        #expect(ran == expected)
        Vectors.report("wycheproof \(suite)", ran: ran)
    }
}
